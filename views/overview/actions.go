package overview

import (
	tea "charm.land/bubbletea/v2"

	"c8yx/keys"
	"c8yx/ui"
)

// bind binds the actions of the view.
func (v *View) bind() []ui.Action {
	none := func() string {
		if v.compose(); v.board.at.figure == nil {
			return "nothing has been counted yet"
		}
		return ""
	}
	return []ui.Action{
		{Action: keys.Open, Run: v.open, Disabled: none},
		{Action: keys.NextPane, Run: v.nextCard},
		{Action: keys.OverviewAlarms, Run: func() { v.scope.Open("alarms") }},
		{Action: keys.OverviewDevices, Run: func() { v.scope.Open("devices") }},
		{Action: keys.OverviewOperations, Run: func() { v.scope.Open("operations") }},
		{Action: keys.OverviewEvents, Run: func() { v.scope.Open("events") }},
		{Action: keys.OverviewTree, Run: func() { v.scope.Open("tree") }},
		{Action: keys.Left, Run: func() { v.move(-1, 0) }},
		{Action: keys.Right, Run: func() { v.move(1, 0) }},
		{Action: keys.Up, Run: func() { v.move(0, -1) }},
		{Action: keys.Down, Run: func() { v.move(0, 1) }},
		{Action: keys.PageUp, Run: func() { v.scroll(-v.board.height / 2) }},
		{Action: keys.PageDown, Run: func() { v.scroll(v.board.height / 2) }},
		{Action: keys.First, Run: func() { v.jump(0) }},
		{Action: keys.Last, Run: func() { v.jump(len(v.board.figures) - 1) }},
		{Action: keys.Refresh, Run: v.askAll},
		{Action: keys.Pause, Run: v.pause},
	}
}

// open opens the list of the figure under the cursor.
func (v *View) open() { v.scope.Open(v.board.at.opens) }

// put puts the cursor on a figure.
func (v *View) put(p placed) {
	v.board.cursor, v.board.at = p.key, p
	v.board.theme = nil // draw again
}

// jump puts the cursor on a figure in the order of reading.
func (v *View) jump(to int) {
	v.compose()
	if to >= 0 && to < len(v.board.figures) {
		v.put(v.board.figures[to])
	}
}

// move moves the cursor to the nearest figure in a direction. What is beside or
// below the cursor counts as nearer than what is off to the side.
func (v *View) move(dx, dy int) {
	v.compose()
	from, best, found := v.board.at, 0, -1
	if from.figure == nil {
		return
	}
	for i, p := range v.board.figures {
		along, aside := dy*(p.y-from.y), max(0, p.from-from.end, from.from-p.end)
		switch {
		case dx > 0:
			along, aside = p.from-from.end+1, abs(p.y-from.y)
		case dx < 0:
			along, aside = from.from-p.end+1, abs(p.y-from.y)
		}
		if along <= 0 {
			continue
		}
		if score := along + 4*aside; found < 0 || score < best {
			found, best = i, score
		}
	}
	if found >= 0 {
		v.put(v.board.figures[found])
	}
}

// scroll moves the cursor by about half a screen.
func (v *View) scroll(by int) {
	v.compose()
	from, found := v.board.at, -1
	if from.figure == nil {
		return
	}
	target := from
	target.y += by
	for i, p := range v.board.figures {
		if found < 0 || distance(target, p) < distance(target, v.board.figures[found]) {
			found = i
		}
	}
	v.put(v.board.figures[found])
}

// nextCard puts the cursor on the first figure of the next card.
func (v *View) nextCard() {
	v.compose()
	for i, p := range v.board.figures {
		if p.card > v.board.at.card {
			v.jump(i)
			return
		}
	}
	v.jump(0)
}

// Mouse puts the cursor on the figure that is clicked, opens it at the second
// click, and scrolls.
func (v *View) Mouse(msg tea.MouseMsg, at tea.Mouse) {
	v.compose()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		if at.Button == tea.MouseWheelUp {
			v.move(0, -1)
		} else {
			v.move(0, 1)
		}
	case tea.MouseClickMsg:
		for _, p := range v.board.figures {
			if p.y != at.Y+v.board.offset || at.X < p.from || at.X >= p.end {
				continue
			}
			if v.board.cursor == p.key {
				v.open()
				return
			}
			v.put(p)
			return
		}
	}
}

var (
	_ ui.Visitor = (*View)(nil)
	_ ui.Pointer = (*View)(nil)
)
