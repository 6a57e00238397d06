package demo_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"c8yx/demo"
)

// owed are the operations of the official document that nothing serves yet. The list must shrink, and nothing else may be
// missing.
func owed() []string {
	return []string{}
}

// Every operation of the official document has a route.
func TestEveryOperationIsServed(t *testing.T) {
	doc, err := specification()
	if err != nil {
		t.Fatal(err)
	}
	if doc == nil {
		t.Skipf("the official document is not at %s", specificationFile)
	}
	b := start(t, demo.Options{})
	missing, operations := []string{}, 0
	for path, item := range doc.Paths.Map() {
		plain, _, _ := strings.Cut(path, "?")
		if plain == "/notification/realtime" {
			operations += len(item.Operations())
			continue // Bayeux answers there, not the router
		}
		segments := strings.Split(plain, "/")
		for i, segment := range segments {
			if strings.HasPrefix(segment, "{") {
				segments[i] = "x"
			}
		}
		allowed := strings.Split(b.do(http.MethodOptions, strings.Join(segments, "/"), nil).Header.Get("Allow"), ", ")
		for method := range item.Operations() {
			if operations++; !slices.Contains(allowed, method) {
				missing = append(missing, method+" "+path)
			}
		}
	}
	slices.Sort(missing)
	if !slices.Equal(missing, owed()) {
		t.Errorf("not served:\n%s\nwant:\n%s", strings.Join(missing, "\n"), strings.Join(owed(), "\n"))
	}
	if operations < 250 {
		t.Errorf("%d operations, want 250", operations)
	}
}
