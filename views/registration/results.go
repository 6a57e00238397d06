package registration

import (
	"strings"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/views/save"
)

// result is what became of a line.
type result struct {
	line   int
	id     string
	said   text.Safe
	role   theme.Role
	failed bool
}

// results puts what the tenant said beside the lines, in their order. A line of which the tenant said
// nothing is shown as such.
func (s *Sheet) results(answer *c8yclient.BulkRegistration) []result {
	told := map[string]c8yclient.RegisteredDevice{}
	for _, list := range [][]c8yclient.RegisteredDevice{answer.Updated, answer.Failures} {
		for _, d := range list {
			told[d.DeviceID] = d
		}
	}
	all := make([]result, len(s.rows))
	for i, r := range s.rows {
		id := s.cell(r, columnID)
		d, known := told[id]
		one := result{line: r.line, id: id}
		switch {
		case !known:
			one.said, one.role, one.failed = "the tenant said nothing of it", theme.Minor, true
		case d.Status == "FAILED":
			one.said, one.role, one.failed = "failed: "+text.Clean(d.FailureReason), theme.Critical, true
		case d.Status == "CREDENTIAL_UPDATED":
			one.said, one.role = "was there already, has new credentials", theme.Good
		case s.Announces():
			one.said, one.role = "announced", theme.Good
		default:
			one.said, one.role = "registered", theme.Good
		}
		all[i] = one
	}
	return all
}

// tell shows what became of each line, the failed ones first.
func (m *many) tell(answer *c8yclient.BulkRegistration) {
	results := m.sheet.results(answer)
	failed := map[string]bool{}
	for _, r := range results {
		if r.failed {
			failed[r.id] = true
		}
	}
	review := &dialog.Review{
		Title:    "Register many devices",
		Question: counted(len(results)-len(failed), "device") + " of " + text.Count(len(results)) + " registered, " + text.Count(len(failed)) + " failed.",
		Body: func(th *theme.Theme, width int) []string {
			return append(outcomes(th, results, true, width), outcomes(th, results, false, width)...)
		},
		Choices: []dialog.Choice{{Key: "c", Title: "Close"}},
	}
	if len(failed) > 0 {
		review.Details = []text.Safe{"The failed lines can be written to a file of their own, as they stand in yours, with what passwords there are: mend them and send that."}
		review.Choices = append(review.Choices, dialog.Choice{Key: "w", Title: "Write the failed ones to a file", Run: func() {
			save.Text(m.tenant, m.scope, "the failed lines", failedName(m.path), string(m.sheet.File(failed)))
		}})
	}
	m.scope.Show(review)
}

func outcomes(th *theme.Theme, results []result, failed bool, width int) []string {
	const number, id = 10, 24
	var lines []string
	for _, r := range results {
		if r.failed != failed {
			continue
		}
		for i, l := range text.Wrap(r.said, max(8, width-number-id-1)) {
			head := strings.Repeat(" ", number+id)
			if i == 0 {
				head = th.Render(theme.Muted, string(text.Fit("line "+text.Count(r.line), number, text.Left))) +
					th.Render(theme.Strong, string(text.Fit(text.Clean(r.id), id, text.Left)))
			}
			lines = append(lines, head+" "+th.Render(r.role, string(l)))
		}
	}
	return lines
}

// failedName is what a file of failed lines is called to begin with: "devices.failed.csv".
func failedName(path string) string {
	base := path[strings.LastIndexAny(path, `/\`)+1:]
	stem := strings.TrimSuffix(base, ".csv")
	return stem + ".failed.csv"
}
