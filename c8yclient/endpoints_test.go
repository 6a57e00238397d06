package c8yclient_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"c8yx/c8yclient"
)

// The list of endpoints is what the doc comments of the methods name.
func TestEndpointsAreThoseOfTheMethods(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^// Operation: (\S+) (\S+)$`)
	documented := map[string]bool{}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range line.FindAllStringSubmatch(string(source), -1) {
			documented[found[1]+" "+found[2]] = true
		}
	}
	listed := map[string]bool{}
	for _, e := range c8yclient.Endpoints() {
		listed[e.Method+" "+e.Path] = true
	}
	for _, each := range slices.Sorted(maps.Keys(documented)) {
		if !listed[each] {
			t.Errorf("endpoints.txt lacks %s", each)
		}
	}
	for _, each := range slices.Sorted(maps.Keys(listed)) {
		if !documented[each] {
			t.Errorf("no method does %s", each)
		}
	}
	if !slices.IsSortedFunc(c8yclient.Endpoints(), func(a, b c8yclient.Endpoint) int { return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method) }) {
		t.Error("endpoints.txt is not in order")
	}
}
