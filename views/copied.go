package views

import "github.com/go-json-experiment/json/jsontext"

// copyName is the name to begin with for a file of what was copied.
func copyName(content string) string {
	if raw := jsontext.Value(content); raw.IsValid() && (raw.Kind() == '{' || raw.Kind() == '[') {
		return "copy.json"
	}
	return "copy.txt"
}
