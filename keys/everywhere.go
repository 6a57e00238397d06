package keys

// What works in every view.
var (
	Palette     = Action{ID: "palette.open", Title: "Go to…", Hint: "go to", Keys: []string{":", "ctrl+p"}, Context: Everywhere}
	Help        = Action{ID: "help.open", Title: "Show all keys", Hint: "keys", Keys: []string{"?", "f1"}, Context: Everywhere}
	Back        = Action{ID: "view.back", Title: "Back", Hint: "back", Keys: []string{"esc", "backspace"}, Context: Everywhere}
	Earlier     = Action{ID: "history.back", Title: "Earlier place", Hint: "earlier", Keys: []string{"["}, Context: Everywhere}
	Later       = Action{ID: "history.forward", Title: "Later place", Hint: "later", Keys: []string{"]"}, Context: Everywhere}
	Refresh     = Action{ID: "view.refresh", Title: "Read again from the tenant", Hint: "refresh", Keys: []string{"r", "f5"}, Context: Everywhere}
	Pause       = Action{ID: "view.pause", Title: "Pause or resume live updates", Hint: "pause", Keys: []string{"p"}, Context: Everywhere}
	NextPane    = Action{ID: "pane.next", Title: "Next pane", Hint: "pane", Keys: []string{"tab"}, Context: Everywhere}
	Tenants     = Action{ID: "tenants.open", Title: "Tenants: open, switch, sign out…", Hint: "tenants", Keys: []string{"t"}, Context: Everywhere}
	OtherTenant = Action{ID: "tenants.other", Title: "Back to the tenant before", Hint: "other tenant", Keys: []string{"ctrl+t"}, Context: Everywhere}
	SignIn      = Action{ID: "tenant.signin", Title: "Sign in anew", Hint: "sign in", Keys: []string{"@"}, Context: Everywhere}
	SignOut     = Action{ID: "tenant.signout", Title: "Sign out of this tenant", Hint: "sign out", Keys: []string{"Q"}, Context: Everywhere}
	Messages    = Action{ID: "messages.open", Title: "Show past messages", Hint: "messages", Keys: []string{"ctrl+g"}, Context: Everywhere}
	Bookmark    = Action{ID: "place.bookmark", Title: "Keep this place as a bookmark, or drop it", Hint: "bookmark", Keys: []string{"b"}, Context: Everywhere}
	Explain     = Action{ID: "view.explain", Title: "Explain: why is it so?", Hint: "explain", Keys: []string{"x"}, Context: Everywhere}
	CopyPlace   = Action{ID: "place.copy", Title: "Copy the place of this view", Hint: "copy place", Keys: []string{"Y"}, Context: Everywhere}
	CopySave    = Action{ID: "copy.save", Title: "Save what was copied last to a file", Hint: "save copy", Keys: []string{"ctrl+e"}, Context: Everywhere}
	Unlock      = Action{ID: "production.unlock", Title: "Unlock production for this session", Hint: "unlock", Keys: []string{"!"}, Context: Everywhere}
	Lock        = Action{ID: "production.lock", Title: "Lock production again", Hint: "lock", Keys: []string{"ctrl+l"}, Context: Everywhere}
	Suspend     = Action{ID: "program.suspend", Title: "Suspend to the shell", Hint: "suspend", Keys: []string{"ctrl+z"}, Context: Everywhere}
	Quit        = Action{ID: "program.quit", Title: "Quit", Hint: "quit", Keys: []string{"q"}, Context: Everywhere}
	Interrupt   = Action{ID: "program.interrupt", Title: "Quit at once", Hint: "quit", Keys: []string{"ctrl+c"}, Context: Everywhere}
)

// How a cursor moves.
var (
	Up       = Action{ID: "cursor.up", Title: "Up", Hint: "up", Keys: []string{"up", "k"}, Context: Moving}
	Down     = Action{ID: "cursor.down", Title: "Down", Hint: "down", Keys: []string{"down", "j"}, Context: Moving}
	Left     = Action{ID: "cursor.left", Title: "Left", Hint: "left", Keys: []string{"left", "h"}, Context: Moving}
	Right    = Action{ID: "cursor.right", Title: "Right", Hint: "right", Keys: []string{"right", "l"}, Context: Moving}
	PageUp   = Action{ID: "cursor.pageup", Title: "Page up", Hint: "page up", Keys: []string{"pgup", "ctrl+u"}, Context: Moving}
	PageDown = Action{ID: "cursor.pagedown", Title: "Page down", Hint: "page down", Keys: []string{"pgdown", "ctrl+d"}, Context: Moving}
	First    = Action{ID: "cursor.first", Title: "First", Hint: "first", Keys: []string{"home", "g"}, Context: Moving}
	Last     = Action{ID: "cursor.last", Title: "Last", Hint: "last", Keys: []string{"end", "G"}, Context: Moving}
	Open     = Action{ID: "view.open", Title: "Open", Hint: "open", Keys: []string{"enter"}, Context: Moving}
	Export   = Action{ID: "view.export", Title: "Export to a file…", Hint: "export", Keys: []string{"w"}, Context: Moving}
	Copy     = Action{ID: "value.copy", Title: "Copy…", Hint: "copy", Keys: []string{"y"}, Context: Moving}
)

// What can be done while no tenant is open.
var (
	EnterTenant = Action{ID: "door.signin", Title: "Sign in to a tenant", Hint: "sign in", Keys: []string{"enter"}, Context: Door}
	EnterDemo   = Action{ID: "door.demo", Title: "Try the demo tenant", Hint: "demo", Keys: []string{"d"}, Context: Door}
)
