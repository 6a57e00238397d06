package edit

import (
	"net/http"

	"c8yx/theme"
	"c8yx/ui/text"
	"c8yx/views/job"
	"c8yx/views/write"
)

// NoUndo returns why nothing can be taken back now, "" if something can.
func (b Bench) NoUndo() string {
	deed, any := b.Tenant.Deeds.Latest()
	switch {
	case !any:
		return "nothing has been changed in this session"
	case len(deed.Back) == 0:
		return string(deed.What + ": " + deed.Why)
	}
	return b.Tenant.Forbids(removes(deed))
}

func removes(deed write.Deed) bool {
	return len(deed.Back) > 0 && deed.Back[0].Step.Request.Method == http.MethodDelete
}

// Undo shows what would take the latest deed back, and does it if the user agrees.
func (b Bench) Undo() {
	deed, any := b.Tenant.Deeds.Latest()
	if !any || len(deed.Back) == 0 {
		return
	}
	first := deed.Back[0]
	c := Change{
		Title:    "Take back",
		Did:      func(int) text.Safe { return "Taken back: " + deed.What },
		Items:    make([]job.Item, len(deed.Back)),
		Step:     func(i int) write.Step { return deed.Back[i].Step },
		Destroys: removes(deed),
		Back:     true,
	}
	for i, back := range deed.Back {
		c.Items[i] = job.Item{ID: back.ID, Label: back.Label, Path: back.Step.Document}
	}
	q := b.question(c)
	q.Question = "Take back in " + text.Clean(b.Tenant.Called()) + ": " + deed.What + "?"
	q.Yes = "Take back"
	if deed.Why != "" {
		q.Details = append(q.Details, deed.Why)
	}
	requests := q.Body
	q.Body = func(th *theme.Theme, width int) []string {
		lines := requests(th, width)
		if first.Before == nil || first.After == nil {
			return lines
		}
		return append(append(lines, ""), Differences(th, write.Diff(first.After, first.Before), width)...)
	}
	q.Accept = func() {
		b.Tenant.Deeds.Forget()
		b.begin(c)
	}
	b.Scope.Show(q)
}
