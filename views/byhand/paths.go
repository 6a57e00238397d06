package byhand

import (
	"slices"
	"strings"

	"c8yx/c8yclient"
)

// Paths returns the paths of the API that can be meant by what was typed: those that begin so, each
// up to where it differs from what was typed by a value, and as templates where a value belongs.
// "" for method means any.
func Paths(method, typed string) []string {
	if !strings.HasPrefix(typed, "/") {
		typed = "/" + typed
	}
	var found []string
	for _, e := range c8yclient.Endpoints() {
		if method != "" && e.Method != method {
			continue
		}
		if path, ok := continued(e.Path, typed); ok && !slices.Contains(found, path) {
			found = append(found, path)
		}
	}
	return found
}

// continued returns the path that a template makes of what was typed, if it can: elements that
// were typed stay in place of the names of values.
func continued(template, typed string) (string, bool) {
	elements, given := strings.Split(template, "/"), strings.Split(typed, "/")
	if len(given) > len(elements) {
		return "", false
	}
	last := len(given) - 1
	for i, g := range given {
		value := strings.HasPrefix(elements[i], "{")
		switch {
		case i == last && g == "":
		case value && g != "" && !strings.HasPrefix(g, "{"):
			elements[i] = g
		case i == last && strings.HasPrefix(elements[i], g):
		case elements[i] == g:
		default:
			return "", false
		}
	}
	return strings.Join(elements, "/"), true
}
