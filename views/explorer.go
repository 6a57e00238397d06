package views

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/clipboard"
	"c8yx/ui/palette"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/bookmarks"
	"c8yx/views/collection"
	"c8yx/views/devicepage"
	"c8yx/views/export"
	"c8yx/views/follow"
	"c8yx/views/inspect"
	"c8yx/views/inventory"
	"c8yx/views/me"
	"c8yx/views/measurements"
	"c8yx/views/overview"
	"c8yx/views/place"
	"c8yx/views/requests"
	"c8yx/views/save"
	"c8yx/views/tenant"
	"c8yx/views/transfers"
)

// Entry is one thing that can be opened: a kind or a special view.
type Entry struct {
	Name    string   // the first word of its places
	Aliases []string // further words for it
	Title   text.Safe
	// Form shows how its places are written: "device/ID".
	Form string
	// Needs lists the permissions of which any one allows reading.
	Needs []string
	// Open makes the view of a place.
	Open func(place.Place) (ui.View, error)
	// Table makes a table of everything at a place, for an export; nil if there is none.
	Table func(context.Context, place.Place) (export.Table, error)
	// needsPath says that the place needs more than its first word.
	needsPath bool
}

// NeedsPath reports whether places of the entry need more than its first word.
func (e Entry) NeedsPath() bool { return e.needsPath }

// Explorer opens the views of one tenant.
type Explorer struct {
	tenant  *tenant.Tenant
	entries []Entry
}

// NewExplorer returns the explorer of a tenant.
func NewExplorer(t *tenant.Tenant) *Explorer {
	e := &Explorer{tenant: t}
	var followed follow.Log
	e.entries = []Entry{
		{
			Name: "overview", Aliases: []string{"home", "pulse"}, Title: "Overview", Form: "overview",
			Open: func(p place.Place) (ui.View, error) { return view(overview.New(t, p)) },
		},
		kind(t, devices(t)),
		kind(t, objects(t)),
		kind(t, groups(t)),
		kind(t, alarms(t)),
		kind(t, talkers(t)),
		kind(t, events(t)),
		kind(t, operations(t)),
		kind(t, found()),
		kind(t, bulkOperations(t)),
		kind(t, bulkFailures()),
		kind(t, deviceRequests(t)),
		kind(t, files()),
		kind(t, usedBy(t)),
		{
			Name: "me", Aliases: []string{"whoami", "profile"}, Title: "Me: profile, password, authenticator", Form: "me",
			Open: func(p place.Place) (ui.View, error) { return view(me.New(t, p)) },
		},
		kind(t, users(t)),
		kind(t, assignments(t)),
		kind(t, globalRoles(t)),
		kind(t, members(t)),
		kind(t, inventoryRoles()),
		kind(t, permissionMatrix()),
		kind(t, roleMatrix(t)),
		kind(t, applications(t)),
		kind(t, versions(t)),
		kind(t, logs(t)),
		kind(t, tenantOptions()),
		kind(t, systemOptions()),
		kind(t, features()),
		kind(t, tenants(t)),
		kind(t, usageDays()),
		kind(t, auditRecords()),
		kind(t, subscriptions(t)),
		{
			Name: follow.Name, Aliases: []string{"news"}, Title: "News of a subscription, live", Form: "follow?subscription&memory",
			Needs: []string{"ROLE_NOTIFICATION_2_ADMIN"},
			Open:  func(p place.Place) (ui.View, error) { return follow.Open(&followed, t, p) },
		},
		kind(t, retentionRules()),
		kind(t, certificates(t)),
		kind(t, loginOptions(t)),
		kind(t, accessMappings(t)),
		kind(t, externalIDs(t)),
		kind(t, timeline(t)),
		kind(t, installed(t)),
		kind(t, deviceConfigurations(t)),
		kind(t, deviceUsers(t)),
		kind(t, remoteAccesses(t)),
		{
			Name: "device", Title: "Device", Form: "device/ID/TAB", needsPath: true,
			Needs: []string{"ROLE_INVENTORY_READ", "ROLE_MANAGED_OBJECT_READ"},
			Open:  func(p place.Place) (ui.View, error) { return view(devicepage.New(t, e.at, p)) },
		},
		{
			Name: "tree", Aliases: []string{"inventory"}, Title: "Inventory tree", Form: "tree?root&reveal",
			Needs: []string{"ROLE_INVENTORY_READ", "ROLE_MANAGED_OBJECT_READ"},
			Open:  func(p place.Place) (ui.View, error) { return view(inventory.New(t, p)) },
		},
		{
			Name: "measurements", Aliases: []string{"measurement", "series"}, Title: "Measurements", Form: "measurements/DEVICE", needsPath: true,
			Needs: []string{"ROLE_MEASUREMENT_READ"},
			Open:  func(p place.Place) (ui.View, error) { return view(measurements.New(t, p)) },
			Table: func(ctx context.Context, p place.Place) (export.Table, error) {
				return measurements.NewTable(ctx, t, p)
			},
		},
		{
			Name: "jobs", Aliases: []string{"job"}, Title: "Jobs of this session", Form: "jobs",
			Open: func(p place.Place) (ui.View, error) { return openJobs(t, p) },
		},
		{
			Name: "inspect", Aliases: []string{"json"}, Title: "JSON document", Form: "inspect/PATH/IN/THE/API", needsPath: true,
			Open: func(p place.Place) (ui.View, error) { return view(inspect.New(t, p)) },
		},
		{
			Name: requests.Name, Aliases: requests.Kind().Aliases, Title: "Requests of this session", Form: "requests/NUMBER",
			Open: func(p place.Place) (ui.View, error) { return requests.Open(t, p) },
		},
		{
			Name: requests.JournalName, Aliases: requests.Journal(t).Aliases, Title: "Journal of all writes of this session", Form: "journal/NUMBER",
			Open: func(p place.Place) (ui.View, error) { return requests.OpenJournal(t, p) },
		},
		kind(t, transfers.Kind(t)),
	}
	for _, r := range repositories() {
		e.entries = append(e.entries, kind(t, r.kind()))
		if r.binaryType != "" {
			e.entries = append(e.entries, kind(t, r.versions(t)))
		}
	}
	return e
}

// kind is the entry of a kind, shown by the generic view.
func kind[T any](t *tenant.Tenant, k *collection.Kind[T]) Entry {
	form := k.Name
	if len(k.Parameters) > 0 {
		form += "?" + strings.Join(k.Parameters, "&")
	}
	return Entry{
		Name: k.Name, Aliases: k.Aliases, Title: k.Title, Form: form, Needs: k.Needs,
		Open:  func(p place.Place) (ui.View, error) { return view(collection.New(k, t, p)) },
		Table: func(_ context.Context, p place.Place) (export.Table, error) { return collection.NewTable(k, t, p) },
	}
}

// view turns a view of any type into a ui.View, without making a nil pointer
// look like one.
func view[V ui.View](v V, err error) (ui.View, error) {
	if err != nil {
		return nil, err
	}
	return v, nil
}

// Entries returns everything that can be opened, in the order of the palette.
func (e *Explorer) Entries() []Entry { return e.entries }

// Open opens a place.
func (e *Explorer) Open(written string) (ui.View, error) {
	p, err := place.Parse(written)
	if err != nil {
		return nil, err
	}
	return e.at(p)
}

// Table returns everything at a place as a table.
func (e *Explorer) Table(ctx context.Context, written string) (export.Table, error) {
	p, err := place.Parse(written)
	if err != nil {
		return export.Table{}, err
	}
	entry, known := e.find(p)
	switch {
	case !known:
		return export.Table{}, fmt.Errorf("there is no view %q; c8yx places lists all of them", p.Kind)
	case entry.Table == nil:
		return export.Table{}, fmt.Errorf("%s is no list that can be exported", p)
	}
	p.Kind = entry.Name
	return entry.Table(ctx, p)
}

// at opens a place that was read already.
func (e *Explorer) at(p place.Place) (ui.View, error) {
	entry, known := e.find(p)
	if !known {
		return nil, fmt.Errorf("there is no view %q; c8yx places lists all of them", p.Kind)
	}
	if entry.needsPath && len(p.Path) == 0 {
		return nil, fmt.Errorf("%s: write %s", p, entry.Form)
	}
	p.Kind = entry.Name
	return entry.Open(p)
}

// find returns the entry of a place, by name or alias.
func (e *Explorer) find(p place.Place) (Entry, bool) {
	for _, entry := range e.entries {
		if entry.Name == p.Kind && (len(p.Path) > 0 || !entry.needsPath) {
			return entry, true
		}
	}
	for _, entry := range e.entries {
		if entry.Name == p.Kind || slices.Contains(entry.Aliases, p.Kind) {
			return entry, true
		}
	}
	return Entry{}, false
}

// Palette returns the entries as lines of the palette.
func (e *Explorer) Palette(scope *ui.Scope) []palette.Entry {
	var lines []palette.Entry
	for _, entry := range e.entries {
		line := palette.Entry{
			Title: entry.Title, Aliases: entry.Name + " " + strings.Join(entry.Aliases, " "), Kind: "view",
			Reason: text.Clean(e.tenant.Denied(entry.Needs)),
			Run:    func() { scope.Open(entry.Name) },
		}
		if entry.needsPath && line.Reason == "" {
			line.Reason = text.Clean("write " + entry.Form)
		}
		lines = append(lines, line)
	}
	return lines
}

// Typed makes lines of the palette of whatever was typed: the place that it is, if it can be
// opened, and the question what in the tenant it may mean.
func (e *Explorer) Typed(scope *ui.Scope) palette.Typed {
	return palette.Typed{
		Means: func(typed string) *palette.Entry {
			p, err := place.Parse(typed)
			if _, known := e.find(p); err != nil || !known || len(p.Path) == 0 && len(p.Query) == 0 {
				return nil
			}
			return &palette.Entry{Title: text.Clean(p.String()), Kind: "place", Run: func() { scope.Open(p.String()) }}
		},
		Ask: func(typed string) *palette.Entry {
			return &palette.Entry{
				Title: "What is “" + text.Clean(typed) + "”?", Kind: "ask the tenant",
				Run: func() { scope.Open(place.At("find").With("what", typed).String()) },
			}
		},
	}
}

// Desk returns the desk that shows the tenant, beginning at a place. Without signIn
// nobody is asked to sign in: the program ends if the tenant does not let it in.
func (e *Explorer) Desk(home string, signIn *SignIn) ui.Desk {
	pulse, book := newPulse(e.tenant, signIn), bookmarks.New(e.tenant.State)
	return ui.Desk{
		Title:   text.Clean(e.tenant.Called()),
		Home:    home,
		Opener:  e.Open,
		Palette: func(scope *ui.Scope) []palette.Entry { return append(e.Palette(scope), book.Palette(scope)...) },
		Typed:   e.Typed,
		Ambient: func(scope *ui.Scope) {
			book.Open(scope)
			pulse.open(scope)
			transfers.Attach(e.tenant, scope)
			scope.Go(func(ctx context.Context) {
				<-ctx.Done()
				_ = e.tenant.State.Close() // nobody is left to be told
			})
		},
		Actions: func(scope *ui.Scope) []ui.Action {
			return slices.Concat(pulse.actions(scope), writeActions(e.tenant, scope), book.Actions(scope))
		},
		Visited: book.Visited,
		Cause:   because,
		Save: func(scope *ui.Scope, what text.Safe, content string) {
			save.Text(e.tenant, scope, what, copyName(content), content)
		},
	}
}

// Shell returns the shell that shows the tenant and no other, beginning at a place.
func (e *Explorer) Shell(options ShellOptions) *ui.Shell {
	return ui.New(options.With(e.Desk(options.Home, options.SignIn)))
}

// ShellOptions say how the shell of an explorer looks and where it begins.
type ShellOptions struct {
	// Home is the place that is opened first.
	Home string
	// SignIn says how the user is asked to sign in; nil if there is nobody to ask.
	SignIn *SignIn
	Keys   *keys.Map
	// Notices are told at the start: what is wrong with the configuration.
	Notices []text.Safe
	// Clipboard is the way to the clipboard of the terminal.
	Clipboard clipboard.Route
	// Palette, Dark and FixedTheme choose the colours.
	Palette    theme.Name
	Dark       bool
	FixedTheme bool
	// Editor opens files in an editor; nil takes the one that the environment names.
	Editor ui.Editor
}

// With returns what a shell is made of that begins with a desk, and tells the notices there.
func (o ShellOptions) With(first ui.Desk) ui.Options {
	ambient := first.Ambient
	first.Ambient = func(scope *ui.Scope) {
		ambient(scope)
		for _, notice := range o.Notices {
			scope.Toast(toast.Caution, notice)
		}
	}
	return ui.Options{
		First:     first,
		Title:     "c8yx",
		Keys:      o.Keys,
		Clipboard: o.Clipboard,
		Theme:     o.Palette,
		Dark:      o.Dark,
		Fixed:     o.FixedTheme,
		Editor:    o.Editor,
	}
}
