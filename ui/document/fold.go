package document

import "slices"

// bulky is the number of lines from which a value is folded when a document is
// opened: more than that hides what comes after it.
const bulky = 200

// folds is what a user chose to fold.
type folds struct {
	rule   rule
	depth  int32          // for foldBelow
	chosen map[int32]bool // lines that are folded or not, whatever the rule says
}

// rule says which containers are folded that were not chosen one by one.
type rule uint8

const (
	foldBulky rule = iota // those of many lines
	foldBelow             // those at a depth or deeper
	foldNone
)

// folded reports whether the container on line i is folded. The outermost one
// is only if it was chosen: nothing would be left.
func (f *folds) folded(l *line, i int32) bool {
	folded, chosen := f.chosen[i]
	switch {
	case chosen:
		return folded
	case l.parent < 0 || f.rule == foldNone:
		return false
	case f.rule == foldBelow:
		return l.depth >= f.depth
	}
	return l.mate-i > bulky
}

// choose notes that the container on a line is folded or not.
func (f *folds) choose(i int32, folded bool) {
	if f.chosen == nil {
		f.chosen = map[int32]bool{}
	}
	f.chosen[i] = folded
}

// carry takes what was chosen over to another version of the document, by path.
// At depths that only a test of our patience has, it is forgotten.
func (f *folds) carry(from, to *index) {
	const patience = 200
	chosen := f.chosen
	f.chosen = nil
	for i, folded := range chosen {
		if from.lines[i].depth > patience {
			continue
		}
		if now, exact := to.find(from.path(i)); exact && to.container(now) {
			f.choose(now, folded)
		}
	}
}

// Toggle folds the value under the cursor, or unfolds it. On a line without
// anything to fold it folds the container around it.
func (v *Viewer) Toggle() {
	if len(v.doc.lines) == 0 {
		return
	}
	i := v.doc.subject(v.cursor)
	if !v.doc.container(i) {
		i = v.doc.lines[i].parent
	}
	if i >= 0 {
		v.fold(i, !v.folded(i))
	}
}

// Fold folds the value under the cursor or, if there is nothing to fold, goes
// to the container around it. With [Viewer.Unfold] it is what the left and
// right keys do in a tree.
func (v *Viewer) Fold() {
	if len(v.doc.lines) == 0 {
		return
	}
	i := v.doc.subject(v.cursor)
	if v.doc.container(i) && !v.folded(i) {
		v.fold(i, true)
		return
	}
	v.Parent()
}

// Unfold unfolds the value under the cursor, or goes into it if it is unfolded.
func (v *Viewer) Unfold() {
	switch {
	case len(v.doc.lines) == 0 || !v.doc.container(v.cursor):
	case v.folded(v.cursor):
		v.fold(v.cursor, false)
	default:
		v.Move(1)
	}
}

// FoldAll folds everything but the outermost container, UnfoldAll nothing.
func (v *Viewer) FoldAll() { v.FoldTo(1) }

// UnfoldAll shows every line.
func (v *Viewer) UnfoldAll() { v.setRule(folds{rule: foldNone}) }

// FoldTo shows containers down to a depth (1: the members of the document) and
// folds those below.
func (v *Viewer) FoldTo(depth int) {
	v.setRule(folds{rule: foldBelow, depth: int32(max(1, min(depth, 1<<30)))})
}

// setRule folds by another rule, and keeps the cursor where it is on screen.
func (v *Viewer) setRule(f folds) {
	offset := v.row(v.cursor) - v.top
	v.folds = f
	v.refold()
	v.top = v.row(v.cursor) - offset
	v.settle()
}

// fold folds one container or unfolds it.
func (v *Viewer) fold(i int32, folded bool) {
	v.folds.choose(i, folded)
	offset := v.row(v.cursor) - v.top
	v.refold()
	v.top = v.row(v.cursor) - offset
	v.settle()
}

// folded reports whether the container on visible line i is folded.
func (v *Viewer) folded(i int32) bool {
	r := v.row(i)
	return v.doc.container(i) && (r+1 >= len(v.rows) || v.rows[r+1] != i+1)
}

// refold works out which lines are visible. A cursor on a line that is not
// moves to the container that hides it.
func (v *Viewer) refold() {
	v.rows = slices.Grow(v.rows[:0], min(len(v.doc.lines), 1024))
	for i := int32(0); int(i) < len(v.doc.lines); {
		v.rows = append(v.rows, i)
		if !v.doc.container(i) {
			i++
			continue
		}
		l := &v.doc.lines[i]
		if v.folds.folded(l, i) {
			i = l.mate
		}
		i++
	}
	if len(v.rows) > 0 {
		v.cursor = v.rows[v.row(v.cursor)]
	}
	v.forget()
}

// reveal unfolds what hides line i.
func (v *Viewer) reveal(i int32) {
	if len(v.rows) == 0 || v.rows[v.row(i)] == i {
		return
	}
	for p := v.around(i); p >= 0; p = v.doc.lines[p].parent {
		if v.folds.folded(&v.doc.lines[p], p) {
			v.folds.choose(p, false)
		}
	}
	v.refold()
}

// around returns the container in which line i is hidden when it is folded.
func (v *Viewer) around(i int32) int32 {
	if l := &v.doc.lines[i]; l.kind != closing {
		return l.parent
	}
	return v.doc.lines[i].mate
}

// row returns the position of line i among the visible ones; of a hidden line,
// that of the container that hides it.
func (v *Viewer) row(i int32) int {
	r, found := slices.BinarySearch(v.rows, i)
	if !found {
		r--
	}
	return max(0, r)
}
