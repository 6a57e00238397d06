package requests

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/form"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/copyas"
	"c8yx/views/inspect"
	"c8yx/views/place"
	"c8yx/views/save"
	"c8yx/views/tenant"
	"c8yx/views/traffic"
	"c8yx/views/transfer"
)

// JournalName is the first word of the places of the journal.
const JournalName = "journal"

type write = traffic.Write

// OpenJournal returns the view of a place: "journal" is the list of all writes, "journal/3" one
// of them as a document.
func OpenJournal(t *tenant.Tenant, p place.Place) (ui.View, error) {
	if len(p.Path) == 0 {
		return collection.New(Journal(t), t, p)
	}
	number, err := strconv.Atoi(p.Path[0])
	if err != nil || len(p.Path) > 1 {
		return nil, fmt.Errorf("%s: write journal, or journal/NUMBER", p)
	}
	v := inspect.Of(t, place.At(JournalName, p.Path[0]), text.Clean("Write "+p.Path[0]), func(context.Context) (jsontext.Value, error) {
		w, kept := t.Traffic.Write(number)
		if !kept {
			return nil, errors.New("this write is no longer kept, or never was")
		}
		return writeDocument(&w)
	})
	if w, kept := t.Traffic.Write(number); kept {
		v.Request = copyas.Written(&w)
	}
	return v, nil
}

// Journal is the kind of everything that the session has written.
func Journal(t *tenant.Tenant) *collection.Kind[*write] {
	return &collection.Kind[*write]{
		Name: JournalName, Aliases: []string{"writes", "log"},
		Title: "Journal", One: "write", Many: "writes",
		Sort:    "-number",
		Columns: journalColumns(),
		ID:      func(w *write) string { return strconv.Itoa(w.Number) },
		Label:   func(w *write) string { return w.Method + " " + w.Target },
		Request: copyas.Written,
		Copies: func(a *collection.Act[*write]) []dialog.Choice {
			writes := chosen(t, a.Items)
			note := text.Clean(fmt.Sprintf("of %d writes, in their order", len(writes)))
			script := func(tool copyas.Tool) func() {
				return func() { a.Scope.Copy("the script", copyas.Script(writes, tool, t.Called())) }
			}
			return []dialog.Choice{
				{Key: "s", Title: "Script of curl", Note: note, Run: script(copyas.WithCurl)},
				{Key: "S", Title: "Script of c8y", Note: note, Run: script(copyas.WithC8Y)},
			}
		},
		Read: func(_ context.Context, t *tenant.Tenant, _ place.Place) iter.Seq2[[]*write, error] {
			return func(yield func([]*write, error) bool) { yield(writePointers(t.Traffic.Writes(0)), nil) }
		},
		Live: func(ctx context.Context, t *tenant.Tenant, _ place.Place) iter.Seq[collection.News[*write]] {
			return func(yield func(collection.News[*write]) bool) {
				for news := range t.Traffic.FollowWrites(ctx, 0, pace) {
					if !yield(collection.News[*write]{Items: writePointers(news)}) {
						return
					}
				}
			}
		},
		Detail: func(w *write, _ time.Time) []collection.Field { return writeDetail(w) },
		Opens:  func(w *write) place.Place { return place.At(JournalName, strconv.Itoa(w.Number)) },
		Empty: func(place.Place) text.Safe {
			return "Nothing was written to the tenant in this session."
		},
		Actions: []collection.Action[*write]{
			{Action: keys.JournalScript, Run: func(a *collection.Act[*write]) { saveScript(t, a) }},
		},
	}
}

func writePointers(writes []write) []*write {
	all := make([]*write, len(writes))
	for i := range writes {
		all[i] = &writes[i]
	}
	return all
}

func journalColumns() []collection.Column[*write] {
	return []collection.Column[*write]{
		{
			Name: "number", Column: table.Column{Title: "#", Min: 4, Align: text.Right, Priority: 9},
			Cell:    func(w *write) table.Cell { return table.Cell{Text: text.Count(w.Number), Role: theme.Muted} },
			Compare: func(a, b *write) int { return cmp.Compare(a.Number, b.Number) },
		},
		{
			Name: "time", Column: table.Column{Title: "TIME", Width: 8, Priority: 6},
			Cell: func(w *write) table.Cell {
				return table.Cell{Text: text.Clean(w.Time.Local().Format(time.TimeOnly)), Role: theme.Muted}
			},
			Compare: func(a, b *write) int { return a.Time.Compare(b.Time) },
		},
		{
			Name: "method", Column: table.Column{Title: "METHOD", Width: 6, Priority: 8},
			Cell:    func(w *write) table.Cell { return methodCell(w.Method) },
			Compare: func(a, b *write) int { return cmp.Compare(a.Method, b.Method) },
		},
		{
			Name: "result", Column: table.Column{Title: "RESULT", Width: 9, Priority: 8},
			Cell:    func(w *write) table.Cell { return StatusCell(w.Status, w.Err) },
			Compare: func(a, b *write) int { return cmp.Compare(a.Status, b.Status) },
		},
		collection.Words("path", table.Column{Title: "PATH", Min: 24, Weight: 3, Priority: 8}, theme.Strong, func(w *write) string { return w.Target }),
		collection.Words("what", table.Column{Title: "WHAT", Min: 16, Max: 60, Weight: 2, Priority: 7}, theme.Text, func(w *write) string { return w.Body.Content }),
		collection.Words("why", table.Column{Title: "WHY", Min: 16, Max: 40, Weight: 2, Priority: 5}, theme.Muted, func(w *write) string { return w.Cause }),
	}
}

func writeDetail(w *write) []collection.Field {
	status := StatusCell(w.Status, w.Err)
	if w.Status != 0 {
		status.Text += text.Clean(" " + http.StatusText(w.Status))
	}
	fields := []collection.Field{
		{Label: "request", Value: text.Clean(w.Method + " " + w.Target), Role: theme.Strong},
		{Label: "why", Value: orDash(w.Cause)},
		{Label: "result", Value: status.Text, Role: status.Role},
	}
	switch said := refusal(w.Status, w.Answer); {
	case w.Status == 0:
		fields = append(fields, collection.Field{Label: "note", Value: "It may have arrived all the same.", Role: theme.Minor})
	case said != "":
		fields = append(fields, collection.Field{Label: "answer", Value: text.Clean(said), Role: status.Role})
	}
	if w.Err != nil {
		fields = append(fields, collection.Field{Label: "error", Value: orDash(w.Err.Error()), Role: theme.Critical})
	}
	fields = append(fields,
		collection.Field{Label: "when", Value: text.Clean(w.Time.Local().Format("2006-01-02 15:04:05.000")), Role: theme.Muted},
		collection.Field{Label: "took", Value: Took(w.Duration), Role: theme.Muted},
	)
	if w.Attempt > 1 || w.RetryIn > 0 {
		attempt := text.Count(w.Attempt)
		if w.RetryIn > 0 {
			attempt += ", the next " + Took(w.RetryIn) + " later"
		}
		fields = append(fields, collection.Field{Label: "attempt", Value: attempt})
	}
	fields = append(fields, collection.Field{Label: text.Clean("Sent " + string(text.Bytes(w.Bytes)))})
	if w.Body.Content == "" && w.Bytes > 0 && !w.Body.Cut {
		return append(fields, collection.Field{Label: "body", Value: "not kept: it is no JSON", Role: theme.Faint})
	}
	return append(fields, bodyField(w.Body.Content, w.Body.Cut)...)
}

// A writeRecord is what the document of a write looks like.
type writeRecord struct {
	Number  int            `json:"number"`
	Method  string         `json:"method"`
	Target  string         `json:"target"`
	Why     string         `json:"why,omitzero"`
	Time    string         `json:"time"`
	Status  int            `json:"status"`
	Reason  string         `json:"reason,omitzero"`
	Error   string         `json:"error,omitzero"`
	Took    string         `json:"took"`
	Attempt int            `json:"attempt"`
	RetryIn string         `json:"retryIn,omitzero"`
	Sent    half           `json:"sent"`
	Answer  jsontext.Value `json:"answer,omitzero"`
}

func writeDocument(w *write) (jsontext.Value, error) {
	d := writeRecord{
		Number: w.Number, Method: w.Method, Target: w.Target, Why: w.Cause,
		Time: w.Time.Local().Format(time.RFC3339Nano), Status: w.Status, Reason: http.StatusText(w.Status),
		Took: w.Duration.String(), Attempt: w.Attempt, Sent: halfOf(w.Bytes, nil, w.Body),
	}
	if w.Err != nil {
		d.Error = w.Err.Error()
	}
	if w.RetryIn > 0 {
		d.RetryIn = w.RetryIn.String()
	}
	if answer := jsontext.Value(w.Answer); answer.IsValid() {
		d.Answer = answer
	}
	return json.Marshal(d, json.Deterministic(true))
}

// toolField is the field that asks for which program a script is.
const toolField = "tool"

// saveScript asks for a file, and writes the marked writes, or all if none is marked, there as a
// shell script.
func saveScript(t *tenant.Tenant, a *collection.Act[*write]) {
	writes := chosen(t, a.Items)
	save.Where{
		Title: "Save the journal as a script",
		Intro: []text.Safe{text.Clean(fmt.Sprintf("%d of %d writes. What failed stands in it as a comment; secrets are variables.", len(writes), len(t.Traffic.Writes(0))))},
		Name:  "journal.sh",
		Fields: []form.Field{{
			Name: toolField, Label: "Commands of", Value: "curl",
			Input: form.Choice(form.Choices("curl", "c8y")...),
		}},
		Start: func(path string, replace bool, values form.Values) {
			tool := copyas.WithCurl
			if values.Text(toolField) == "c8y" {
				tool = copyas.WithC8Y
			}
			save.Start(t, a.Scope, transfer.Order{
				Title: "the journal", Way: transfer.Export,
				Work: transfer.NewText(copyas.Script(writes, tool, t.Called()), transfer.NewLanding(path, replace)),
			})
		},
	}.Ask(t, a.Scope)
}

// chosen returns the marked writes in the order in which they happened; all of them if no more
// than one is meant, since a script of one is what copying gives.
func chosen(t *tenant.Tenant, items []*write) []write {
	if len(items) <= 1 {
		return t.Traffic.Writes(0)
	}
	writes := make([]write, len(items))
	for i, w := range slices.SortedFunc(slices.Values(items), func(a, b *write) int { return cmp.Compare(a.Number, b.Number) }) {
		writes[i] = *w
	}
	return writes
}
