package inventory

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/fields"
	"c8yx/ui/input"
	"c8yx/ui/text"
	"c8yx/ui/tree"
	"c8yx/views/fault"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// How long to wait before the top of the tree is read again after a failure:
// this long, then twice as long, up to the last.
const (
	firstRetry = 2 * time.Second
	lastRetry  = time.Minute
)

// View is the tree of a tenant's inventory. Make one with [New].
type View struct {
	tenant *tenant.Tenant
	root   string // the id of the object at the top; "" for all
	asked  string // the id of the object to be shown first
	scope  *ui.Scope

	tree    *tree.Tree[key]
	objects map[string]*object // by id, those made up here included
	pinned  []link             // at the top although no list of roots has them
	sums    sums
	where   whereabouts

	doubtful []string  // ids to be verified
	began    time.Time // the last complete reading
	lost     time.Time // since when changes do not arrive live; zero if they do
	paused   bool
	retry    time.Duration
	again    func() // calls the planned reading off

	search  *input.Line
	typing  bool
	finding bool // nodes are described for a search
	missed  bool // nothing was found

	theme         *theme.Theme
	version       uint64
	moved         bool // the user has moved the cursor
	unrolled      bool // the object at the top has been opened
	detail        bool // the pane beside the tree is wanted
	seen          bool
	stopTick      func()
	width, height int
	pane          fields.Pane
	pair          fields.Pair
	actions       []ui.Action
}

// parameters are what a place may ask for.
var parameters = []string{"root", "reveal"}

// New returns the tree at a place "tree?root=ID&reveal=ID": root is the object
// at the top, reveal the one to open the way to; both may be left out.
func New(t *tenant.Tenant, p place.Place) (*View, error) {
	if len(p.Path) > 0 {
		return nil, fmt.Errorf("%s: nothing follows the word tree; write tree?root=ID or tree?reveal=ID", p)
	}
	for name := range p.Query {
		if !slices.Contains(parameters, name) {
			return nil, fmt.Errorf("%s: tree knows no %q, only %s", p, name, strings.Join(parameters, " and "))
		}
	}
	v := &View{
		tenant: t, root: p.Query.Get("root"), asked: p.Query.Get("reveal"),
		objects: make(map[string]*object), sums: sums{version: 1}, detail: true,
		search: input.New("/ ", "part of a name"),
	}
	whole := &object{kind: branch, opened: [][]key{{}}}
	v.objects[topID] = whole
	v.tree = tree.New(theme.New(theme.Standard, true), v.describe)
	v.tree.SetHighlight(func(dst []text.Range, s text.Safe) []text.Range {
		return text.AppendMatches(dst, s, v.search.Value())
	})
	return v, nil
}

// Open reads the top of the tree and follows what changes.
func (v *View) Open(scope *ui.Scope) {
	v.scope = scope
	v.actions = v.bind()
	v.began = time.Now()
	v.read(v.objects[topID])
	v.follow()
	if v.asked != "" {
		v.locate(v.asked)
	}
}

// Place returns the place; once the cursor was moved it leads back to where
// that is.
func (v *View) Place() string {
	shown := v.asked
	if k, ok := v.tree.Selected(); ok && v.moved && k.id != looseID {
		shown = k.id
	}
	if shown == v.root {
		shown = ""
	}
	return place.At("tree").With("root", v.root).With("reveal", shown).String()
}

// Title names the tree by its top.
func (v *View) Title() text.Safe {
	if v.root != "" {
		return "Inventory below " + text.Clean(v.tenant.Name(v.root))
	}
	return "Inventory"
}

// Actions returns what can be done here.
func (v *View) Actions() []ui.Action { return v.actions }

// Status says how much is loaded, what is searched for and whether it is live.
func (v *View) Status() []ui.Span {
	var spans []ui.Span
	say := func(role theme.Role, s text.Safe) { spans = append(spans, ui.Span{Role: role, Text: s}) }
	if q := v.search.Value(); q != "" && v.missed {
		say(theme.Minor, "nothing loaded has "+text.Clean(q))
	} else if q != "" {
		say(theme.Accent, "search: "+text.Clean(q))
	}
	if n := len(v.where.paths); n > 1 {
		say(theme.Accent, "place "+text.Count(v.where.at+1)+" of "+text.Count(n))
	}
	if v.objects[topID].stop != nil {
		say(theme.Busy, "reading …")
	} else {
		loaded := len(v.objects) - 1
		if v.objects[looseID] != nil {
			loaded--
		}
		say(theme.Muted, text.Count(loaded)+" loaded")
	}
	if v.paused {
		say(theme.Minor, "paused")
	}
	if err := v.objects[topID].err; err != nil && v.tree.Len() > 0 {
		say(theme.Critical, fault.Short(err))
	}
	if !v.lost.IsZero() {
		say(theme.Minor, "not live since "+text.Span(time.Since(v.lost)))
	}
	return spans
}

// changed has the view drawn anew.
func (v *View) changed() {
	v.version++
	v.tick()
}

// Resize sets the size of tree and detail pane together.
func (v *View) Resize(width, height int) {
	v.width, v.height = width, height
	v.layout()
}

func (v *View) layout() {
	beside := 0
	if v.detail {
		beside = fields.PaneWidth(v.width)
	}
	v.pane.Resize(beside, v.height)
	v.tree.SetSize(v.width-beside, v.height-v.searchLines())
	v.version++
}

func (v *View) searchLines() int {
	if v.typing {
		return 1
	}
	return 0
}

// Render draws the search line, the tree and the detail pane.
func (v *View) Render(th *theme.Theme) string {
	if v.theme != th {
		v.theme = th
		v.tree.SetTheme(th)
		v.version++
	}
	if said, role := v.notice(); said != "" {
		return ui.Notice(th, role, said, v.width, v.height)
	}
	v.tree.Invalidate(v.version)
	drawn := v.tree.View()
	if v.typing {
		width := v.width - v.pane.Width()
		drawn = ui.Fit(v.search.Render(th, width), width) + "\n" + drawn
	}
	if v.pane.Width() == 0 {
		return drawn
	}
	k, ok := v.tree.Selected()
	beside := v.pane.Draw(th, v.version, k.id+string(rune('a'+k.relation)), func() (text.Safe, []fields.Field) {
		if !ok {
			return "", nil
		}
		return v.describeFully(k, time.Now())
	})
	return v.pair.Join(drawn, beside)
}

// switchDetail shows or hides the pane beside the tree. Where there is no room for one, what it
// would say lies over the tree.
func (v *View) switchDetail() {
	if v.width >= fields.WideEnough {
		v.detail = !v.detail
		v.layout()
		return
	}
	if k, ok := v.tree.Selected(); ok {
		v.scope.Show(fields.Card(v.scope.Key(keys.TreeDetail), func() (text.Safe, []fields.Field) {
			return v.describeFully(k, time.Now())
		}))
	}
}

// notice returns what stands in place of a tree that is not there: it is being
// read, could not be read, or is empty.
func (v *View) notice() (text.Safe, theme.Role) {
	whole := v.objects[topID]
	switch {
	case v.tree.Len() == 0 && whole.err != nil:
		return fault.Explain(whole.err), theme.Critical
	case v.tree.Len() == 0:
		return "Reading the inventory …", theme.Busy
	case whole.loaded && len(whole.links) == 1 && whole.links[0].object.ID == looseID && whole.links[0].object.children() == 0:
		if denied := v.tenant.Denied([]string{"ROLE_INVENTORY_READ", "ROLE_MANAGED_OBJECT_READ"}); denied != "" {
			return fault.Withheld("objects", denied), theme.Minor
		}
		return "This tenant has no groups and no devices yet. They appear here as soon as there are some.", theme.Muted
	}
	return "", theme.Text
}

// retryLater reads the top of the tree again after a failure that may pass.
func (v *View) retryLater(err error) {
	if !fault.Transient(err) {
		return
	}
	v.callRetryOff()
	v.retry = max(firstRetry, min(2*v.retry, lastRetry))
	v.again = v.scope.After(v.retry, func() {
		v.again = nil
		v.read(v.objects[topID])
		v.changed()
	})
}

func (v *View) callRetryOff() {
	if v.again != nil {
		v.again()
		v.again = nil
	}
}

// Shown lets the ages go on.
func (v *View) Shown() {
	v.seen = true
	v.changed()
}

// Hidden stops them: nobody looks.
func (v *View) Hidden() {
	v.seen = false
	if v.stopTick != nil {
		v.stopTick()
		v.stopTick = nil
	}
}

// tick plans the next moment at which an age on screen reads differently.
func (v *View) tick() {
	if v.stopTick != nil {
		v.stopTick()
		v.stopTick = nil
	}
	if !v.seen || v.scope == nil {
		return
	}
	next := time.Duration(0)
	if k, ok := v.tree.Selected(); ok && v.pane.Width() > 0 {
		if o := v.objects[k.id]; o != nil && !o.LastMessage.IsZero() {
			next = 15 * time.Second
			if time.Since(o.LastMessage.Time()) < time.Minute {
				next = time.Second
			}
		}
	}
	if !v.lost.IsZero() {
		next = time.Second
	}
	if next > 0 {
		v.stopTick = v.scope.After(next, func() {
			v.stopTick = nil
			v.changed()
		})
	}
}

// Key edits the search.
func (v *View) Key(msg tea.KeyPressMsg) bool {
	if !v.typing {
		return false
	}
	switch msg.String() {
	case "enter":
		v.typing = false
	case "esc":
		v.clearSearch()
	case "up", "down":
		v.typing = false
	default:
		if v.search.Key(msg) {
			v.find(false, true)
		}
	}
	v.layout()
	return true
}

// Typing reports whether the search is being typed.
func (v *View) Typing() bool { return v.typing }

// Paste puts pasted text into the search.
func (v *View) Paste(s string) {
	v.search.Paste(s)
	v.find(false, true)
}

// find goes to the next node that has the text searched for, or stays where it
// is if that node has it and here is set.
func (v *View) find(backward, here bool) {
	v.changed()
	query := v.search.Value()
	v.missed = false
	if query == "" {
		return
	}
	k, ok := v.tree.Selected()
	if ok && here && v.has(k, query) {
		return
	}
	v.finding = true
	found := v.tree.Find(func(k key, _ tree.Node) bool { return v.has(k, query) }, backward)
	v.finding = false
	v.moved = v.moved || found
	v.missed = !found && !(ok && v.has(k, query))
}

// has reports whether a node has the text in its name, or is the object with
// that id.
func (v *View) has(k key, query string) bool {
	o := v.objects[k.id]
	return o != nil && (o.ID == query || text.Contains(text.Clean(o.label()), query))
}

func (v *View) clearSearch() {
	v.search.SetValue("")
	v.typing, v.missed = false, false
	v.layout()
}

// Mouse moves the cursor, opens what is clicked twice, and scrolls.
func (v *View) Mouse(msg tea.MouseMsg, at tea.Mouse) {
	defer v.changed()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		by := 3
		if at.Button == tea.MouseWheelUp {
			by = -3
		}
		v.tree.Scroll(by)
		v.moved = true
	case tea.MouseClickMsg:
		before := v.tree.Cursor()
		load, hit := v.tree.Click(at.X, at.Y-v.searchLines())
		v.want(load)
		if hit && v.moved && load == nil && slices.Equal(before, v.tree.Cursor()) {
			v.enter()
		}
		v.moved = v.moved || hit
	}
}
