package cmd

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/views"
	"c8yx/views/tenant"
)

// TestTheTableOfSystemsIsTrue: whatever docs/systems.md names is there.
func TestTheTableOfSystemsIsTrue(t *testing.T) {
	t.Parallel()
	client, err := c8yclient.New("http://demo.example")
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]bool{}
	for _, e := range views.NewExplorer(tenant.New(client, session.Profile{})).Entries() {
		places[e.Name] = true
	}
	tests := testsOf(t)
	table, err := os.ReadFile("../docs/systems.md")
	if err != nil {
		t.Fatal(err)
	}
	rows, named := 0, regexp.MustCompile("`([^`]+)`")
	for line := range strings.Lines(string(table)) {
		cells := strings.Split(line, "|")
		if len(cells) != 6 || !strings.Contains(cells[2], "`") {
			continue
		}
		rows++
		for _, method := range named.FindAllStringSubmatch(cells[2], -1) {
			if !hasMethod(client, method[1]) {
				t.Errorf("%s: the client has no %s", cells[1], method[1])
			}
		}
		for _, place := range named.FindAllStringSubmatch(cells[3], -1) {
			if !places[place[1]] {
				t.Errorf("%s: there is no view %s", cells[1], place[1])
			}
		}
		shown := named.FindAllStringSubmatch(cells[4], -1)
		for _, test := range shown {
			if !tests[test[1]] {
				t.Errorf("%s: there is no %s", cells[1], test[1])
			}
		}
		if len(shown) == 0 {
			t.Errorf("%s is shown by no test", cells[1])
		}
	}
	if rows < 22 {
		t.Errorf("the table has %d rows", rows)
	}
}

// hasMethod reports whether the client has a method such as "Inventory.List" or "Client.Get".
func hasMethod(client *c8yclient.Client, name string) bool {
	service, method, _ := strings.Cut(name, ".")
	v := reflect.ValueOf(client)
	if service != "Client" {
		v = v.Elem().FieldByName(service)
	}
	if !v.IsValid() {
		return false
	}
	_, ok := v.Type().MethodByName(method)
	return ok
}

// testsOf returns the names of all tests of the module.
func testsOf(t *testing.T) map[string]bool {
	t.Helper()
	tests := map[string]bool{}
	for _, pattern := range []string{"*_test.go", "../c8yclient/*_test.go", "../c8yclient/*/*_test.go", "../registry/*_test.go", "../session/*_test.go", "../demo/*_test.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range parsed.Decls {
				if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil {
					tests[f.Name.Name] = true
				}
			}
		}
	}
	return tests
}
