package write

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Difference is one value that differs between two documents.
type Difference struct {
	// Path leads to the value: "c8y_Hardware.model", "c8y_SupportedOperations[2]".
	Path string
	// Before and After are the values, nil where there is none.
	Before, After jsontext.Value
}

// Diff returns what differs between two documents, in the order of the second, with what is gone
// at the place where it was. Objects and lists are compared value by value.
func Diff(before, after jsontext.Value) []Difference {
	return appendDiff(nil, "", before, after)
}

func appendDiff(list []Difference, path string, before, after jsontext.Value) []Difference {
	switch {
	case before != nil && after != nil && Same(before, after):
		return list
	case kind(before) == '{' && kind(after) == '{':
		old, now := membersOf(before), membersOf(after)
		for _, name := range names(before, after) {
			list = appendDiff(list, join(path, name), old[name], now[name])
		}
		return list
	case kind(before) == '[' && kind(after) == '[':
		old, now := elements(before), elements(after)
		for i := range max(len(old), len(now)) {
			list = appendDiff(list, path+"["+strconv.Itoa(i)+"]", at(old, i), at(now, i))
		}
		return list
	case before == nil && kind(after) == '{' && !Empty(after):
		for name, value := range Members(after) {
			list = appendDiff(list, join(path, name), nil, value)
		}
		return list
	case after == nil && kind(before) == '{' && !Empty(before):
		for name, value := range Members(before) {
			list = appendDiff(list, join(path, name), value, nil)
		}
		return list
	}
	return append(list, Difference{Path: path, Before: before, After: after})
}

func kind(value jsontext.Value) jsontext.Kind {
	if value == nil {
		return 0
	}
	return value.Kind()
}

func at(list []jsontext.Value, i int) jsontext.Value {
	if i < len(list) {
		return list[i]
	}
	return nil
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// names returns the names of both objects: those of the second in their order, each name that only
// the first has behind the one that it followed there.
func names(before, after jsontext.Value) []string {
	var all []string
	shared := membersOf(after)
	gone, previous := map[string][]string{}, "" // the names that only the first has, by the shared one before them
	for name := range Members(before) {
		if _, there := shared[name]; there {
			previous = name
		} else {
			gone[previous] = append(gone[previous], name)
		}
	}
	all = append(all, gone[""]...)
	delete(gone, "")
	for name := range Members(after) {
		all = append(append(all, name), gone[name]...)
		delete(gone, name)
	}
	return all
}

// At returns the value at a path of member names parted by dots, and whether there is one.
func At(document jsontext.Value, path ...string) (jsontext.Value, bool) {
	for _, name := range path {
		value, there := Member(document, name)
		if !there {
			return nil, false
		}
		document = value
	}
	return document, true
}

// Set returns a document with the value at a path of member names set; the objects on the way there
// are made where they are missing. A nil value takes the last member out, and with it the objects
// that would be left empty.
func Set(document, value jsontext.Value, path ...string) jsontext.Value {
	if len(path) == 1 {
		return With(document, path[0], value)
	}
	inner, _ := Member(document, path[0])
	inner = Set(inner, value, path[1:]...)
	if value == nil && Empty(inner) {
		inner = nil
	}
	return With(document, path[0], inner)
}
