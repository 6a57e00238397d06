package keys

// What lists of all kinds offer.
var (
	Filter   = Action{ID: "list.filter", Title: "Filter what is loaded", Hint: "filter", Keys: []string{"/"}, Context: Lists}
	Sort     = Action{ID: "list.sort", Title: "Sort by the next column", Hint: "sort", Keys: []string{"s"}, Context: Lists}
	Reverse  = Action{ID: "list.reverse", Title: "Reverse the order", Hint: "reverse", Keys: []string{"S"}, Context: Lists}
	Mark     = Action{ID: "list.mark", Title: "Mark or unmark", Hint: "mark", Keys: []string{"space"}, Context: Lists}
	MarkAll  = Action{ID: "list.markall", Title: "Mark all shown, then all that match", Hint: "mark all", Keys: []string{"*"}, Context: Lists}
	Unmark   = Action{ID: "list.unmark", Title: "Remove all marks", Hint: "unmark", Keys: []string{"U"}, Context: Lists}
	Invert   = Action{ID: "list.invert", Title: "Mark what is not marked, unmark the rest", Hint: "invert", Keys: []string{"I"}, Context: Lists}
	Range    = Action{ID: "list.range", Title: "Mark from here, and up to there", Hint: "range", Keys: []string{"V"}, Context: Lists}
	MarkUp   = Action{ID: "list.markup", Title: "Mark and go up", Hint: "mark up", Keys: []string{"shift+up"}, Context: Lists}
	MarkDown = Action{ID: "list.markdown", Title: "Mark and go down", Hint: "mark down", Keys: []string{"shift+down"}, Context: Lists}
	Columns  = Action{ID: "list.columns", Title: "Choose the columns", Hint: "columns", Keys: []string{"c"}, Context: Lists}
	Inspect  = Action{ID: "list.inspect", Title: "Inspect as JSON", Hint: "inspect", Keys: []string{"i"}, Context: Lists}
	Detail   = Action{ID: "list.detail", Title: "Show or hide the detail pane", Hint: "detail", Keys: []string{"v"}, Context: Lists}
)

// What a JSON document offers.
var (
	Search      = Action{ID: "document.search", Title: "Search in the document", Hint: "search", Keys: []string{"/"}, Context: Documents}
	NextMatch   = Action{ID: "document.next", Title: "Next match", Hint: "next", Keys: []string{"n"}, Context: Documents}
	PrevMatch   = Action{ID: "document.previous", Title: "Previous match", Hint: "previous", Keys: []string{"N"}, Context: Documents}
	Fold        = Action{ID: "document.fold", Title: "Fold or unfold", Hint: "fold", Keys: []string{"space"}, Context: Documents}
	FoldAll     = Action{ID: "document.foldall", Title: "Fold or unfold everything", Hint: "fold all", Keys: []string{"z"}, Context: Documents}
	CopyPath    = Action{ID: "document.copypath", Title: "Copy the path of the value", Hint: "copy path", Keys: []string{"P"}, Context: Documents}
	JQ          = Action{ID: "document.jq", Title: "Filter the document with jq", Hint: "jq", Keys: []string{"|"}, Context: Documents}
	Parents     = Action{ID: "document.parents", Title: "Parents of the object", Hint: "parents", Keys: []string{"^"}, Context: Documents}
	NextSibling = Action{ID: "document.nextsibling", Title: "Next sibling of the object", Hint: "next sibling", Keys: []string{"J"}, Context: Documents}
	PrevSibling = Action{ID: "document.previoussibling", Title: "Previous sibling of the object", Hint: "previous sibling", Keys: []string{"K"}, Context: Documents}
	FollowLink  = Action{ID: "document.follow", Title: "Open what the value refers to", Hint: "follow", Keys: []string{"o"}, Context: Documents}
)

// What a tree offers.
var (
	TreeSearch  = Action{ID: "tree.search", Title: "Search what is loaded", Hint: "search", Keys: []string{"/"}, Context: Trees}
	TreeNext    = Action{ID: "tree.next", Title: "Next match", Hint: "next", Keys: []string{"n"}, Context: Trees}
	TreePrev    = Action{ID: "tree.previous", Title: "Previous match", Hint: "previous", Keys: []string{"N"}, Context: Trees}
	TreeFold    = Action{ID: "tree.fold", Title: "Expand or collapse", Hint: "expand", Keys: []string{"space"}, Context: Trees}
	TreeFoldAll = Action{ID: "tree.foldall", Title: "Collapse everything", Hint: "collapse all", Keys: []string{"z"}, Context: Trees}
	TreeDetail  = Action{ID: "tree.detail", Title: "Show or hide the detail pane", Hint: "detail", Keys: []string{"v"}, Context: Trees}
	TreeInspect = Action{ID: "tree.inspect", Title: "Inspect as JSON", Hint: "inspect", Keys: []string{"i"}, Context: Trees}
)

// What a chart offers.
var (
	ZoomIn     = Action{ID: "chart.zoomin", Title: "Shorter window", Hint: "zoom in", Keys: []string{"+", "="}, Context: Charts}
	ZoomOut    = Action{ID: "chart.zoomout", Title: "Longer window", Hint: "zoom out", Keys: []string{"-"}, Context: Charts}
	ChartNow   = Action{ID: "chart.now", Title: "Follow the present", Hint: "now", Keys: []string{"n"}, Context: Charts}
	ChartReset = Action{ID: "chart.reset", Title: "The window it began with", Hint: "reset", Keys: []string{"0"}, Context: Charts}
	PanEarlier = Action{ID: "chart.earlier", Title: "Move the window to the past", Hint: "earlier", Keys: []string{"<", ","}, Context: Charts}
	PanLater   = Action{ID: "chart.later", Title: "Move the window to the present", Hint: "later", Keys: []string{">", "."}, Context: Charts}
	Series     = Action{ID: "chart.series", Title: "Show or hide the series", Hint: "series", Keys: []string{"space"}, Context: Charts}
	ChartTable = Action{ID: "chart.table", Title: "Values as a table", Hint: "table", Keys: []string{"v"}, Context: Charts}
)

// What a page with tabs offers.
var (
	NextTab = Action{ID: "page.next", Title: "Next tab", Hint: "next tab", Keys: []string{"}"}, Context: Pages}
	PrevTab = Action{ID: "page.previous", Title: "Previous tab", Hint: "previous tab", Keys: []string{"{"}, Context: Pages}
)
