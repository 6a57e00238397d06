package views

import (
	"slices"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/text"
	"c8yx/views/collection"
)

// fragmentFields lists the fragments of a document that have no field of their
// own, with as much of their content as fits a few lines.
func fragmentFields(d *c8yclient.Document, without ...string) []collection.Field {
	var fields []collection.Field
	for name, raw := range d.AllFragments() {
		if slices.Contains(without, name) {
			continue
		}
		if fields == nil {
			fields = append(fields, collection.Field{Label: "Fragments"})
		}
		const most = 300
		content := string(raw)
		if len(content) > most {
			content = content[:most] + "…"
		}
		fields = append(fields, collection.Field{Label: text.Clean(name), Value: text.Clean(content), Role: theme.Value})
	}
	return fields
}
