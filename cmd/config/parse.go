package config

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"c8yx/keys"
	"c8yx/theme"
)

// Parse reads the content of a file.
func Parse(file string, content []byte) Config {
	lines := strings.Split(strings.ToValidUTF8(string(content), "\uFFFD"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSuffix(line, "\r")
	}
	values, read, wrong := decode(lines)
	r := &reader{file: file, lines: lines, outline: outlineOf(read), suspect: map[int]bool{}}
	original := outlineOf(lines)
	for _, w := range wrong {
		r.add(w.row, w.column, w.says)
		if p := original[w.row]; p.table == "tenants" && !p.header {
			r.suspect[p.nth] = true
		}
	}
	config := Config{File: file, Theme: "auto", Palette: theme.Standard}
	r.document(values, &config)
	slices.SortStableFunc(r.mistakes, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	config.Mistakes = r.mistakes
	return config
}

// reader turns values into a configuration and notes what is wrong with them.
type reader struct {
	file     string
	lines    []string
	outline  outline
	mistakes []Mistake
	suspect  map[int]bool // tenants with a mistake, by their order
}

func (r *reader) add(row, column int, says string) {
	r.mistakes = append(r.mistakes, Mistake{File: r.file, Line: row + 1, Column: max(column, 1), Text: shown(r.lines[row]), Says: says})
}

func (r *reader) document(values map[string]any, config *Config) {
	t := &table{reader: r, values: values}
	config.DefaultTenant = t.text("default_tenant")
	config.DefaultPlace = t.text("default_place")
	config.Theme = t.oneOf("theme", "auto", "auto", "dark", "light")
	config.Palette = theme.Name(t.oneOf("palette", string(theme.Standard), string(theme.Standard), string(theme.ColorBlind)))
	config.Tenants = r.tenants(t)
	config.Keys = r.keys(t)
	t.rest()
}

// keys reads the preset and the changes to it.
func (r *reader) keys(document *table) *keys.Map {
	values, _ := document.take("keys").(map[string]any)
	if values == nil && document.values["keys"] != nil {
		document.wrong("keys", "keys are a table of their own: [keys]")
	}
	t := &table{reader: r, name: "keys", values: values}
	presets := keys.Presets()
	var names []string
	for _, p := range presets {
		names = append(names, p.Name)
	}
	chosen := t.oneOf("preset", names[0], names...)
	changes := map[keys.ID][]string{}
	for name, value := range values {
		if name != "preset" {
			t.change(changes, name, value)
		}
	}
	m, err := presets[slices.Index(names, chosen)].Map(changes)
	var wrong *keys.MapError
	if errors.As(err, &wrong) {
		for _, id := range wrong.Unknown {
			t.wrong(string(id), fmt.Sprintf("there is no action %q%s; c8yx keys lists all of them", id, didYouMean(string(id), actionNames())))
		}
		for _, n := range wrong.Names {
			t.wrong(string(n.ID), n.Err.Error())
		}
		for _, c := range wrong.Conflicts {
			id := c.First
			if _, changed := changes[id]; !changed {
				id = c.Second
			}
			t.wrong(string(id), c.String())
		}
	}
	return m
}

// change takes the keys of an action, whose name may be written in one or as nested tables.
func (t *table) change(changes map[keys.ID][]string, name string, value any) {
	switch value := value.(type) {
	case string:
		changes[keys.ID(name)] = []string{value}
		return
	case map[string]any:
		for _, inner := range slices.Sorted(maps.Keys(value)) {
			t.change(changes, name+"."+inner, value[inner])
		}
		return
	case []any:
		list := make([]string, 0, len(value))
		for _, each := range value {
			if key, ok := each.(string); ok {
				list = append(list, key)
			}
		}
		if len(list) == len(value) {
			changes[keys.ID(name)] = list
			return
		}
	}
	t.wrong(name, `keys are written as ["a", "ctrl+b"]`)
}

func actionNames() []string {
	var names []string
	for _, a := range keys.All() {
		names = append(names, string(a.ID))
	}
	return names
}
