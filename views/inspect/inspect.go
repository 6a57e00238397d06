package inspect

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/document"
	"c8yx/ui/input"
	"c8yx/ui/text"
	"c8yx/views/copyas"
	"c8yx/views/explain"
	"c8yx/views/fault"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// View shows a document, as a rule the one at a path of the API.
type View struct {
	tenant *tenant.Tenant
	place  place.Place
	title  text.Safe
	source Source
	// Request is the request behind a document that is not from a path, for those who copy it.
	Request copyas.Request
	path    string // in the API, with the leading slash; "" if it is not from there
	scope   *ui.Scope
	viewer  *document.Viewer
	actions []ui.Action

	err      error
	asOf     time.Time
	raw      []byte   // the document as the tenant sent it
	siblings []string // the children of the object's parent, once they were asked for

	search    *input.Line
	searching bool
	jq        filter
	width     int
	height    int
}

// New returns the view of a place "inspect/PATH", where PATH is a path of the
// REST API without the leading slash.
func New(t *tenant.Tenant, p place.Place) (*View, error) {
	words := make([]string, len(p.Path))
	for i, w := range p.Path {
		words[i] = url.PathEscape(w)
	}
	path := "/" + strings.Join(words, "/")
	if len(p.Query) > 0 {
		path += "?" + p.Query.Encode()
	}
	v := Of(t, p, "", nil)
	v.turnTo(p, path)
	return v, nil
}

// turnTo makes the view that of another document of the API.
func (v *View) turnTo(p place.Place, path string) {
	v.place, v.path, v.title = p, path, text.Clean("JSON "+c8yclient.Redact(strings.TrimPrefix(path, "/")))
	v.source = func(ctx context.Context) (jsontext.Value, error) {
		var raw jsontext.Value
		err := v.tenant.Client.Get(ctx, path, &raw)
		return raw, err
	}
}

// Source reads a document.
type Source func(ctx context.Context) (jsontext.Value, error)

// Of returns the view of any document: its place opens it again, and source reads it.
func Of(t *tenant.Tenant, p place.Place, title text.Safe, source Source) *View {
	v := &View{
		tenant: t, place: p, title: title, source: source,
		viewer: document.New(), search: input.New("/ ", "search in names and values"),
	}
	v.jq.line = input.New("jq ", ".alarms[] | select(.count > 1) | .text")
	v.viewer.SetLinks(func(path, value string) (text.Safe, bool) {
		_, label, ok := reference(v.path, path, value, t.ID())
		return label, ok
	})
	return v
}

// Open reads the document.
func (v *View) Open(scope *ui.Scope) {
	v.scope = scope
	v.actions = v.bind()
	v.read()
}

func (v *View) read() {
	ui.Load(v.scope, v.source, func(raw jsontext.Value, err error) {
		v.err = err
		if err == nil {
			v.asOf, v.raw = time.Now(), raw
			v.present()
		}
		if errors.Is(err, c8yclient.ErrNotFound) {
			v.scope.Outdate() // the list that led here
		}
	})
}

// Place returns the place of the document.
func (v *View) Place() string { return v.place.String() }

// Title names the document.
func (v *View) Title() text.Safe { return v.title }

// Actions returns what can be done with a document.
func (v *View) Actions() []ui.Action { return v.actions }

// Status says where the cursor is, and what was found.
func (v *View) Status() []ui.Span {
	var spans []ui.Span
	if q := v.viewer.Query(); q != "" {
		at, total := v.viewer.Matches()
		spans = append(spans, ui.Span{Role: theme.Accent, Text: text.Count(at) + "/" + text.Count(total) + " " + text.Clean(q)})
	}
	switch {
	case v.jq.err != nil:
		spans = append(spans, ui.Span{Role: theme.Minor, Text: "jq does not run"})
	case v.jq.program() != "":
		spans = append(spans, ui.Span{Role: theme.Accent, Text: "filtered by jq"})
	}
	if path := v.viewer.Path(); path != "" {
		spans = append(spans, ui.Span{Role: theme.Muted, Text: text.Clean(path)})
	}
	if v.err != nil && !v.asOf.IsZero() {
		spans = append(spans, ui.Span{Role: theme.Critical, Text: fault.Short(v.err) + ", as of " + text.Age(time.Since(v.asOf))})
	}
	return spans
}

// Resize sets the size of the pane.
func (v *View) Resize(width, height int) {
	v.width, v.height = width, height
	v.viewer.Resize(width, height-v.lineAbove()-1) // and the hint below
}

// lineAbove returns how many lines are typed in above the document.
func (v *View) lineAbove() int {
	if v.searching || v.jq.typing || v.jq.program() != "" {
		return 1
	}
	return 0
}

// Render draws the document, or why there is none.
func (v *View) Render(th *theme.Theme) string {
	if v.asOf.IsZero() {
		said, role := text.Safe("Reading the document …"), theme.Busy
		if v.err != nil {
			said, role = fault.Explain(v.err), theme.Critical
		}
		return ui.Notice(th, role, said, v.width, v.height)
	}
	drawn := v.viewer.Render(th) + "\n" + v.drawHint(th)
	switch {
	case v.searching:
		return ui.Fit(v.search.Render(th, v.width), v.width) + "\n" + drawn
	case v.lineAbove() > 0:
		return v.jq.render(th, v.width) + "\n" + drawn
	}
	return drawn
}

// drawHint draws the line below the document: what is wrong with the jq program, else what is
// worth knowing about the value under the cursor.
func (v *View) drawHint(th *theme.Theme) string {
	value := ""
	if len(v.viewer.Value()) <= longestMoment {
		value = v.viewer.Text()
	}
	role, said := theme.Muted, hint(v.viewer.Path(), value, time.Now())
	if v.jq.err != nil {
		role, said = theme.Minor, text.Clean(v.jq.err.Error())
	}
	return th.Render(role, string(text.Fit(said, v.width, text.Left)))
}

// Key edits the search or the jq program.
func (v *View) Key(msg tea.KeyPressMsg) bool {
	switch {
	case v.jq.typing:
		v.typeJQ(msg)
		return true
	case !v.searching:
		return false
	}
	switch msg.String() {
	case "enter":
		v.searching = false
	case "esc":
		v.searching = false
		v.viewer.Search("")
	default:
		if v.search.Key(msg) {
			v.viewer.Search(v.search.Value())
		}
	}
	v.Resize(v.width, v.height)
	return true
}

// Typing reports whether something is being typed.
func (v *View) Typing() bool { return v.searching || v.jq.typing }

// Paste puts pasted text into the line that is being typed.
func (v *View) Paste(s string) {
	if v.jq.typing {
		v.jq.line.Paste(s)
		v.present()
		return
	}
	v.search.Paste(s)
	v.viewer.Search(v.search.Value())
}

// bind binds the actions of a document.
func (v *View) bind() []ui.Action {
	moves := []struct {
		record keys.Action
		do     func()
	}{
		{keys.Up, func() { v.viewer.Move(-1) }},
		{keys.Down, func() { v.viewer.Move(1) }},
		{keys.PageUp, func() { v.viewer.Page(-1) }},
		{keys.PageDown, func() { v.viewer.Page(1) }},
		{keys.First, v.viewer.Top},
		{keys.Last, v.viewer.Bottom},
		{keys.Left, v.viewer.Fold},
		{keys.Right, v.viewer.Unfold},
	}
	noQuery := func() string {
		if v.viewer.Query() == "" {
			return "nothing was searched for"
		}
		return ""
	}
	noLink := func() string {
		if _, ok := v.viewer.Link(); !ok {
			return "the value refers to nothing that can be opened"
		}
		return ""
	}
	whole := keys.Back
	whole.Title, whole.Hint, whole.Context = "Show the whole document again", "whole document", keys.Documents
	actions := []ui.Action{
		{Action: keys.Open, Run: v.follow, Disabled: noLink},
		{Action: keys.FollowLink, Run: v.follow, Disabled: noLink},
		{Action: keys.Search, Run: func() { v.searching = true; v.Resize(v.width, v.height) }},
		{Action: keys.NextMatch, Run: v.viewer.Next, Disabled: noQuery},
		{Action: keys.PrevMatch, Run: v.viewer.Prev, Disabled: noQuery},
		{Action: keys.JQ, Run: func() { v.jq.typing = true; v.Resize(v.width, v.height) }},
		{Action: keys.Parents, Run: v.parents, Disabled: v.noObject},
		{Action: keys.NextSibling, Run: func() { v.sibling(1) }, Disabled: v.noObject},
		{Action: keys.PrevSibling, Run: func() { v.sibling(-1) }, Disabled: v.noObject},
		{Action: whole, Run: v.clearJQ, Disabled: func() string {
			if v.jq.program() == "" {
				return "the whole document is shown"
			}
			return ""
		}},
		{Action: keys.Fold, Run: v.viewer.Toggle},
		{Action: keys.FoldAll, Run: v.foldAll()},
		{Action: keys.Copy, Run: v.copy},
		{Action: keys.CopyPath, Run: func() { v.scope.Copy("the path", v.viewer.Path()) }},
		{Action: keys.Refresh, Run: v.read},
		explain.Denied(v.tenant, v.scope, func() error { return v.err }),
	}
	for _, m := range moves {
		actions = append(actions, ui.Action{Action: m.record, Run: m.do})
	}
	return actions
}

// foldAll folds everything, and unfolds it the next time.
func (v *View) foldAll() func() {
	folded := false
	return func() {
		folded = !folded
		if folded {
			v.viewer.FoldAll()
		} else {
			v.viewer.UnfoldAll()
		}
	}
}

func (v *View) follow() {
	if p, _, ok := reference(v.path, v.viewer.Path(), v.viewer.Text(), v.tenant.ID()); ok {
		v.scope.Open(p.String())
	}
}
