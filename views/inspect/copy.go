package inspect

import (
	"strings"

	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/views/copyas"
)

// copy asks what to copy: of the value under the cursor, or of the whole document.
func (v *View) copy() {
	s := copyas.Subject{Place: v.Place(), What: "this document", Object: v.objectID(), Request: v.Request}
	if v.path != "" {
		s.Request = copyas.Get(v.path)
	}
	value, path := v.viewer.Text(), v.viewer.Path()
	s.Own = append(s.Own, dialog.Choice{Key: "v", Title: "Value", Note: text.Clean(value), Run: func() { v.scope.Copy("the value", value) }})
	if path != "" {
		s.Own = append(s.Own, dialog.Choice{Key: "a", Title: "Path", Note: text.Clean(path), Run: func() { v.scope.Copy("the path", path) }})
	}
	if raw := strings.TrimSpace(string(v.viewer.Value())); raw != value {
		s.Own = append(s.Own, dialog.Choice{Key: "w", Title: "Value as JSON", Note: "with quotes and escapes", Run: func() { v.scope.Copy("the value", raw) }})
	}
	s.Own = append(s.Own, dialog.Choice{Key: "j", Title: "JSON", Note: "all that is shown", Run: func() { v.scope.Copy("the document", string(v.viewer.Data())) }})
	copyas.Menu(v.tenant, v.scope, s)
}
