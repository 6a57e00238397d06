package c8yclient_test

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"c8yx/c8yclient"
)

// What c8y_api.md promises to those who come from Python must exist.
func TestPythonTableNamesMethods(t *testing.T) {
	text, err := os.ReadFile("c8y_api.md")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`([A-Z][A-Za-z]+)\\.([A-Z][A-Za-z]+)`")
	client := reflect.TypeFor[c8yclient.Client]()
	found := 0
	for line := range strings.Lines(string(text)) {
		columns := strings.Split(line, "|")
		if len(columns) < 3 {
			continue
		}
		for _, name := range named.FindAllStringSubmatch(columns[2], -1) {
			service := reflect.PointerTo(client)
			if name[1] != "Client" {
				field, ok := client.FieldByName(name[1])
				if !ok {
					continue // a type, or another package
				}
				service = field.Type
			}
			found++
			if _, ok := service.MethodByName(name[2]); !ok {
				t.Errorf("there is no %s.%s", name[1], name[2])
			}
		}
	}
	if found < 60 {
		t.Errorf("only %d methods are named", found)
	}
}
