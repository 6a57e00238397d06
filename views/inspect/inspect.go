package inspect

import (
	"context"
	"net/url"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/document"
	"c8yx/ui/input"
	"c8yx/ui/text"
	"c8yx/views/fault"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// View shows the document at a path of the API.
type View struct {
	tenant  *tenant.Tenant
	place   place.Place
	path    string // in the API, with the leading slash
	scope   *ui.Scope
	viewer  *document.Viewer
	actions []ui.Action

	err       error
	asOf      time.Time
	search    *input.Line
	searching bool
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
	v := &View{tenant: t, place: p, path: path, viewer: document.New(), search: input.New("/ ", "search in names and values")}
	v.viewer.SetLinks(func(path, value string) (text.Safe, bool) {
		_, label, ok := follow(path, value)
		return label, ok
	})
	return v, nil
}

// Open reads the document.
func (v *View) Open(scope *ui.Scope) {
	v.scope = scope
	v.actions = v.bind()
	v.read()
}

func (v *View) read() {
	ui.Load(v.scope, func(ctx context.Context) (jsontext.Value, error) {
		var raw jsontext.Value
		err := v.tenant.Client.Get(ctx, v.path, &raw)
		return raw, err
	}, func(raw jsontext.Value, err error) {
		v.err = err
		if err == nil {
			v.asOf = time.Now()
			v.viewer.SetDocument(raw)
		}
	})
}

// Place returns the place of the document.
func (v *View) Place() string { return v.place.String() }

// Title names the document by its path.
func (v *View) Title() text.Safe { return text.Clean("JSON " + strings.TrimPrefix(v.path, "/")) }

// Actions returns what can be done with a document.
func (v *View) Actions() []ui.Action { return v.actions }

// Status says where the cursor is, and what was found.
func (v *View) Status() []ui.Span {
	var spans []ui.Span
	if q := v.viewer.Query(); q != "" {
		at, total := v.viewer.Matches()
		spans = append(spans, ui.Span{Role: theme.Accent, Text: text.Count(at) + "/" + text.Count(total) + " " + text.Clean(q)})
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
	v.viewer.Resize(width, height-v.searchLines())
}

func (v *View) searchLines() int {
	if v.searching {
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
	drawn := v.viewer.Render(th)
	if v.searching {
		return ui.Fit(v.search.Render(th, v.width), v.width) + "\n" + drawn
	}
	return drawn
}

// Key edits the search.
func (v *View) Key(msg tea.KeyPressMsg) bool {
	if !v.searching {
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

// Typing reports whether the search is being typed.
func (v *View) Typing() bool { return v.searching }

// Paste puts pasted text into the search.
func (v *View) Paste(s string) {
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
	actions := []ui.Action{
		{Action: keys.Open, Run: v.follow, Disabled: noLink},
		{Action: keys.FollowLink, Run: v.follow, Disabled: noLink},
		{Action: keys.Search, Run: func() { v.searching = true; v.Resize(v.width, v.height) }},
		{Action: keys.NextMatch, Run: v.viewer.Next, Disabled: noQuery},
		{Action: keys.PrevMatch, Run: v.viewer.Prev, Disabled: noQuery},
		{Action: keys.Fold, Run: v.viewer.Toggle},
		{Action: keys.FoldAll, Run: v.foldAll()},
		{Action: keys.Copy, Run: func() { v.scope.Copy("the value", string(v.viewer.Value())) }},
		{Action: keys.CopyPath, Run: func() { v.scope.Copy("the path", v.viewer.Path()) }},
		{Action: keys.Refresh, Run: v.read},
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
	if p, _, ok := follow(v.viewer.Path(), v.viewer.Text()); ok {
		v.scope.Open(p.String())
	}
}

// follow finds the place that a value refers to: the id of a source or a
// device, or a link within the API.
func follow(path, value string) (place.Place, text.Safe, bool) {
	name := path[strings.LastIndexByte(path, '.')+1:]
	number := value != "" && strings.Trim(value, "0123456789") == ""
	switch {
	case number && (path == "source.id" || name == "deviceId" || name == "agentId" || strings.HasSuffix(path, "managedObject.id")):
		return place.At("device", value), "device", true
	case name == "self":
		u, err := url.Parse(value)
		if err != nil || strings.Trim(u.Path, "/") == "" {
			return place.Place{}, "", false
		}
		p := place.At("inspect", strings.Split(strings.Trim(u.Path, "/"), "/")...)
		p.Query = u.Query()
		return p, "JSON", true
	}
	return place.Place{}, "", false
}
