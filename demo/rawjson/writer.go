package rawjson

import "strconv"

// Writer puts an object or array together, comma by comma. The zero value is ready; the caller opens and closes brackets
// and takes the bytes.
type Writer struct {
	// Buf is what has been written so far.
	Buf []byte
}

// Open begins an object or array ('{' or '[') as the next value.
func (w *Writer) Open(bracket byte) { w.Buf = append(w.Buf, bracket) }

// Close ends the innermost object or array ('}' or ']').
func (w *Writer) Close(bracket byte) { w.Buf = append(w.Buf, bracket) }

// Comma separates the next element of an array from the one before, if there is one.
func (w *Writer) Comma() {
	if n := len(w.Buf); n > 0 {
		switch w.Buf[n-1] {
		case '{', '[', ':', ',':
		default:
			w.Buf = append(w.Buf, ',')
		}
	}
}

// Key begins a member of the innermost object.
func (w *Writer) Key(key string) {
	w.Comma()
	w.Buf = append(AppendString(w.Buf, key), ':')
}

// Str writes a member with a string.
func (w *Writer) Str(key, text string) {
	w.Key(key)
	w.Buf = AppendString(w.Buf, text)
}

// Int writes a member with a whole number.
func (w *Writer) Int(key string, n int64) {
	w.Key(key)
	w.Buf = strconv.AppendInt(w.Buf, n, 10)
}

// Bool writes a member with true or false.
func (w *Writer) Bool(key string, b bool) {
	w.Key(key)
	w.Buf = strconv.AppendBool(w.Buf, b)
}

// Raw writes a member with JSON that is ready.
func (w *Writer) Raw(key, json string) {
	w.Key(key)
	w.Buf = append(w.Buf, json...)
}

// Any writes a member by [Append].
func (w *Writer) Any(key string, v any) {
	w.Key(key)
	w.Buf = Append(w.Buf, v)
}
