package collection

import (
	"context"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/fault"
)

// copy asks what to copy of the thing under the cursor.
func (v *View[T]) copy() {
	at := v.table.Cursor()
	item, _ := v.rows.At(at)
	id := v.rows.ID(at)
	var cells []string
	for _, c := range v.kind.Columns {
		if c.Cell != nil {
			cells = append(cells, string(c.Cell(item).Text))
		}
	}
	var choices []dialog.Choice
	if v.kind.Path != nil {
		choices = append(choices, dialog.Choice{
			Key: "j", Title: "JSON", Note: "the document as the tenant has it", Run: func() { v.copyJSON(item) },
		})
	}
	choices = append(choices,
		dialog.Choice{Key: "i", Title: "Id", Note: text.Clean(id), Run: func() { v.scope.Copy("the id", id) }},
		dialog.Choice{Key: "r", Title: "Row", Note: "its cells, parted by tabs", Run: func() { v.scope.Copy("the row", strings.Join(cells, "\t")) }},
		dialog.Choice{Key: "p", Title: "Place", Note: "of this list, to open it again", Run: func() { v.scope.Copy("the place", v.Place()) }},
	)
	v.scope.Show(&dialog.Choose{Title: "Copy", Choices: choices})
}

// copyJSON fetches the document of a thing and copies it.
func (v *View[T]) copyJSON(item T) {
	path := v.kind.Path(item)
	ui.Load(v.scope, func(ctx context.Context) (jsontext.Value, error) {
		var document jsontext.Value
		err := v.tenant.Client.Get(ctx, "/"+path, &document)
		return document, err
	}, func(document jsontext.Value, err error) {
		if err == nil {
			err = document.Indent(jsontext.WithIndent("  "))
		}
		if err != nil {
			v.scope.Toast(toast.Failure, "Not copied. "+fault.Explain(err))
			return
		}
		v.scope.Copy("the document", string(document))
	})
}
