package operate

import (
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/edit"
	"c8yx/views/write"
)

// another returns the task with what the document lists put aside, and the document for one more
// entry. What has no name is none: one more was asked for, and nothing said.
func (t task) another(document jsontext.Value) (task, jsontext.Value) {
	entry, there := write.Member(document, t.fragment)
	var list []jsontext.Value // as the user may have written it
	switch {
	case !there:
		return t, document
	case json.Unmarshal(entry, &list) != nil:
		list = []jsontext.Value{entry}
	}
	t.entries = slices.Clone(t.entries)
	for _, e := range list {
		if _, named := write.Member(e, "name"); named {
			t.entries = append(t.entries, e)
		}
	}
	return t, write.Without(document, t.fragment)
}

// listed makes a list of the entry that the form filled and those before it.
func (t task) listed(document jsontext.Value) jsontext.Value {
	t, rest := t.another(document)
	if len(t.entries) == 0 {
		return rest
	}
	list := jsontext.Value("[")
	for i, e := range t.entries {
		if i > 0 {
			list = append(list, ',')
		}
		list = append(list, e...)
	}
	return write.With(rest, t.fragment, append(list, ']'))
}

// before says which entries the list has already.
func (t task) before() []text.Safe {
	var lines []text.Safe
	for _, e := range t.entries {
		line := text.Safe("with")
		for _, member := range []string{"action", "name", "version"} {
			value, _ := write.Member(e, member)
			line += " " + text.Clean(edit.Plain(value))
		}
		lines = append(lines, line)
	}
	if lines != nil {
		lines = append(lines, "Left empty, this form adds nothing to it.")
	}
	return lines
}

// check returns what is wrong with the fields together; nil if nothing can be.
func (t task) check(fields []edit.Field, below string) func(form.Values) map[string]text.Safe {
	if t.span == [2]string{} {
		return t.optional(fields, below)
	}
	from, to := below+t.span[0], below+t.span[1]
	return func(v form.Values) map[string]text.Safe {
		if !v.Time(from).Before(v.Time(to)) {
			return map[string]text.Safe{to: "this is not after the beginning"}
		}
		return nil
	}
}

// optional makes fields of one more entry such that all of it can be left empty, and returns what
// is wrong if only a part is.
func (t task) optional(fields []edit.Field, below string) func(form.Values) map[string]text.Safe {
	if len(t.entries) == 0 {
		return nil
	}
	name, version := below+t.fragment+".name", below+t.fragment+".version"
	for i := range fields {
		if fields[i].Name == name || fields[i].Name == version {
			fields[i].Required = false
		}
	}
	return func(v form.Values) map[string]text.Safe {
		for one, other := range map[string]string{name: version, version: name} {
			if v.Text(one) == "" && v.Text(other) != "" {
				return map[string]text.Safe{one: "this is needed"}
			}
		}
		return nil
	}
}
