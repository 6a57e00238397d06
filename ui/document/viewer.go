package document

import (
	"bytes"

	"c8yx/theme"
	"c8yx/ui/text"
)

// LinkFunc says whether a value can be followed, and what stands behind it. It
// is asked once for each string and number that comes into view: value is the
// text of the string without quotes, or the number as written. The label is
// shown behind the value; it may be empty.
type LinkFunc func(path, value string) (label text.Safe, ok bool)

// Link is a value that can be followed.
type Link struct {
	// Path is where the value is, Value what [LinkFunc] was asked about.
	Path, Value string
	Label       text.Safe
}

// Viewer shows one document in a rectangle. Make one with [New].
type Viewer struct {
	width, height int
	links         LinkFunc
	unfocused     bool
	wrap          bool

	doc    index
	folds  folds
	rows   []int32 // the lines that are not folded away
	cursor int32   // a line among rows
	search search

	top  int // the first row on screen, an index into rows
	skip int // how many wrapped screen lines of it are above the screen
	left int // how many cells are left of the screen

	laid    map[int32]laid // lines that were on screen lately
	screen  []spot         // what stands on each screen line
	widest  int            // the widest line on screen
	frame   text.Frame
	drawn   string // what Render returned last
	themed  *theme.Theme
	current bool // drawn is what Render would draw
}

// New returns a viewer without a document.
func New() *Viewer {
	return &Viewer{laid: map[int32]laid{}, doc: index{problem: &Problem{Cut: true}}}
}

// Document is a document made ready to be shown. It does not change.
type Document struct{ index index }

// Read makes a document ready. It takes about 5 ms for a megabyte, so that big
// documents are better read off the update loop. It keeps data, which must not
// change afterwards.
func Read(data []byte) *Document { return &Document{read(data)} }

// Open shows a document from its top: [Viewer.Show] of [Read].
func (v *Viewer) Open(data []byte) { v.Show(Read(data)) }

// Show shows a document from its top, with bulky values folded.
func (v *Viewer) Show(d *Document) {
	v.folds = folds{}
	v.load(d)
	v.cursor, v.top, v.skip, v.left = 0, 0, 0, 0
	v.refold()
	v.find()
}

// SetDocument shows another version of the same document: [Viewer.Replace] by
// [Read]. The same bytes again cost next to nothing.
func (v *Viewer) SetDocument(data []byte) {
	if v.doc.lines == nil || !bytes.Equal(data, v.doc.data) {
		v.Replace(Read(data))
	}
}

// Replace shows another version of the same document. The cursor stays on its
// path, or on the nearest path above it that is left; what was folded and how
// far it was scrolled stay as well.
func (v *Viewer) Replace(d *Document) {
	path, end, at := v.Path(), v.onEnd(), v.cursor
	offset := v.row(v.cursor) - v.top
	was, wasText := v.doc, v.isText()
	v.load(d)
	if v.isText() || wasText {
		v.folds.chosen = nil
		v.cursor = min(at, max(0, int32(len(v.doc.lines))-1))
	} else {
		v.folds.carry(&was, &v.doc)
		v.cursor, _ = v.doc.find(path)
		if end && v.doc.container(v.cursor) {
			v.cursor = v.doc.lines[v.cursor].mate
		}
	}
	v.refold()
	v.top = v.row(v.cursor) - offset
	v.settle()
	v.find()
}

// load takes a document and forgets what was drawn of the one before.
func (v *Viewer) load(d *Document) {
	v.doc = d.index
	v.forget()
}

// SetLinks sets what can be followed; nil for nothing.
func (v *Viewer) SetLinks(f LinkFunc) {
	v.links = f
	v.forget()
}

// Resize sets the size of the rectangle in cells.
func (v *Viewer) Resize(width, height int) {
	width, height = max(0, width), max(0, height)
	if width == v.width && height == v.height {
		return
	}
	v.width, v.height = width, height
	v.forget()
	v.settle()
}

// SetFocus says whether keys reach the viewer; without focus the cursor line is
// marked less.
func (v *Viewer) SetFocus(on bool) {
	v.current = v.current && v.unfocused == !on
	v.unfocused = !on
}

// SetWrap chooses between breaking long lines and scrolling sideways.
func (v *Viewer) SetWrap(on bool) {
	if v.wrap == on {
		return
	}
	v.wrap, v.skip, v.left = on, 0, 0
	v.forget()
	v.settle()
}

// Wrap reports whether long lines are broken.
func (v *Viewer) Wrap() bool { return v.wrap }

// Problem returns why the document could not be read to its end, nil if it
// could.
func (v *Viewer) Problem() *Problem { return v.doc.problem }

// Data returns the document as it was given.
func (v *Viewer) Data() []byte { return v.doc.data }

// Path returns where the cursor is, such as `c8y_Hardware.serialNumber` or
// `references[3].id`; "" at the top. It never holds control characters.
func (v *Viewer) Path() string {
	if v.isText() {
		return ""
	}
	return v.doc.path(v.cursor)
}

// Value returns the value under the cursor exactly as it was sent; of a
// container, all of it. The bytes belong to the document.
func (v *Viewer) Value() []byte {
	if len(v.doc.lines) == 0 {
		return nil
	}
	return v.doc.value(v.cursor)
}

// Text returns the value under the cursor as one would copy it: the text of a
// string without quotes and escapes, everything else as sent. It is not
// cleaned.
func (v *Viewer) Text() string {
	if len(v.doc.lines) > 0 && v.doc.lines[v.cursor].kind == str {
		return unquoted(v.Value())
	}
	return string(v.Value())
}

// Link returns what the value under the cursor leads to, if it can be followed.
func (v *Viewer) Link() (Link, bool) {
	if len(v.doc.lines) == 0 {
		return Link{}, false
	}
	return v.link(v.cursor)
}

// maxReference is the length up to which a value is worth asking about: no
// identifier and no address is longer.
const maxReference = 2048

// link asks the owner about a line.
func (v *Viewer) link(i int32) (Link, bool) {
	l := &v.doc.lines[i]
	if v.links == nil || l.kind != str && l.kind != number || l.value.to-l.value.from > maxReference {
		return Link{}, false
	}
	link := Link{Path: v.doc.path(i), Value: unquoted(v.doc.span(l.value))}
	var ok bool
	link.Label, ok = v.links(link.Path, link.Value)
	return link, ok
}

// isText reports whether there are only lines of text, or none.
func (v *Viewer) isText() bool {
	return len(v.doc.lines) == 0 || v.doc.lines[0].kind == plain
}

// onEnd reports whether the cursor is on the end of a container.
func (v *Viewer) onEnd() bool {
	return len(v.doc.lines) > 0 && v.doc.lines[v.cursor].kind == closing
}

// forget throws away everything that was drawn.
func (v *Viewer) forget() {
	clear(v.laid)
	v.current = false
}
