package collection

import (
	"c8yx/keys"
	"c8yx/ui/fields"
	"c8yx/ui/text"
)

// switchDetail shows or hides the pane beside the list. Where there is no room for one, what it
// would say lies over the list.
func (v *View[T]) switchDetail() {
	if v.width >= fields.WideEnough {
		v.detail = !v.detail
		v.layout()
		return
	}
	if item, ok := v.rows.At(v.table.Cursor()); ok {
		v.tell(item)
	}
}

// tell lays what the pane says of a thing over the list: in full, however long it is.
func (v *View[T]) tell(item T) {
	id := v.kind.ID(item)
	v.scope.Show(fields.Card(v.scope.Key(keys.Detail), func() (text.Safe, []Field) {
		if now, listed := v.rows.At(v.rows.Position(id)); listed {
			item = now // it may have changed, or have left the list
		}
		return text.Clean(v.kind.Label(item)), v.details(item)
	}))
}
