package c8yclient_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// elsewhere are the operations of the specification that other packages have.
var elsewhere = []string{
	"POST /notification/realtime", // package realtime
}

// Every method says which operations it stands for, and sends exactly those.
func TestMethodsSendTheirOperations(t *testing.T) {
	specified, beyond := lines(t, "operations.txt"), lines(t, "beyond.txt")
	known := slices.Concat(specified, beyond)
	methods := documented(t)
	table := map[string]operation{}
	for _, op := range operations() {
		table[op.method] = op
		if _, ok := methods[op.method]; !ok {
			t.Errorf("%s is called here but is no method", op.method)
		}
	}
	for name, documented := range methods {
		op, ok := table[name]
		if !ok || len(documented) == 0 {
			t.Errorf("%s has no entry in the table of operations, or no Operation line", name)
			continue
		}
		var sent []string
		for line := range strings.Lines(op.sends) {
			sent = append(sent, operationOf(t, known, line))
		}
		if !slices.Equal(sent, documented) {
			t.Errorf("%s documents %q and sends %q", name, documented, sent)
		}
	}
}

// The list of operations without a method only ever gets shorter.
func TestSpecificationIsCovered(t *testing.T) {
	have := map[string]bool{}
	for _, operations := range documented(t) {
		for _, operation := range operations {
			have[operation] = true
		}
	}
	for _, operation := range elsewhere {
		have[operation] = true
	}
	specified, missing := lines(t, "operations.txt"), lines(t, "operations_without_method.txt")
	covered := 0
	for _, operation := range specified {
		switch listed := slices.Contains(missing, operation); {
		case have[operation]:
			covered++
			if listed {
				t.Errorf("%s has a method: take it out of testdata/operations_without_method.txt", operation)
			}
		case !listed:
			t.Errorf("%s has no method", operation)
		}
	}
	for _, operation := range missing {
		if !slices.Contains(specified, operation) {
			t.Errorf("%s is missing but is no operation of the specification", operation)
		}
	}
	t.Logf("%d of %d operations have a method", covered, len(specified))
}

// Nothing is called beyond the specification that is in it, or that no method has.
func TestBeyondTheSpecification(t *testing.T) {
	have := map[string]bool{}
	for _, operations := range documented(t) {
		for _, operation := range operations {
			have[operation] = true
		}
	}
	specified := lines(t, "operations.txt")
	for _, operation := range lines(t, "beyond.txt") {
		if slices.Contains(specified, operation) {
			t.Errorf("%s is in the specification", operation)
		}
		if !have[operation] {
			t.Errorf("%s has no method", operation)
		}
	}
}

// documented reads the Operation lines of the package's methods: "Alarms.Get" to
// "GET /alarm/alarms/{id}".
func documented(t *testing.T) map[string][]string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	line := regexp.MustCompile(`(?m)^Operation: ([A-Z]+ /\S*)$`)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, declaration := range parsed.Decls {
			method, ok := declaration.(*ast.FuncDecl)
			if !ok || method.Recv == nil || !method.Name.IsExported() {
				continue
			}
			receiver, ok := method.Recv.List[0].Type.(*ast.StarExpr)
			if !ok {
				continue
			}
			name, ok := receiver.X.(*ast.Ident)
			if !ok {
				continue
			}
			service, isService := strings.CutSuffix(name.Name, "Service")
			operations := line.FindAllStringSubmatch(method.Doc.Text(), -1)
			if !isService && len(operations) == 0 {
				continue
			}
			key := service + "." + method.Name.Name
			found[key] = []string{}
			for _, operation := range operations {
				found[key] = append(found[key], operation[1])
			}
		}
	}
	return found
}

// lines reads a file of testdata; lines that begin with # are comments.
func lines(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			all = append(all, line)
		}
	}
	return all
}

// operationOf tells which operation a request "METHOD target" is. Of several that fit it is the
// one that says most: /alarm/alarms/count is not /alarm/alarms/{id}.
func operationOf(t *testing.T, operations []string, request string) string {
	t.Helper()
	method, target, _ := strings.Cut(strings.TrimSpace(request), " ")
	u, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	found, most := "", 0
	for _, operation := range operations {
		itsMethod, template, _ := strings.Cut(operation, " ")
		template, query, _ := strings.Cut(template, "?")
		parameter, _, _ := strings.Cut(query, "=")
		_, ok := parametersOf(template, u.EscapedPath())
		if itsMethod != method || !ok || (query != "" && !u.Query().Has(parameter)) {
			continue
		}
		says := 100 - strings.Count(template, "{")
		if query != "" {
			says++
		}
		if says > most {
			found, most = operation, says
		}
	}
	if found == "" {
		t.Errorf("%s is no known operation", request)
	}
	return found
}

// parametersOf reads the parameters of a path, and reports whether the path fits the template.
func parametersOf(template, path string) (map[string]string, bool) {
	want, got := strings.Split(template, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return nil, false
	}
	parameters := map[string]string{}
	for i := range want {
		name, isParameter := strings.CutPrefix(want[i], "{")
		switch {
		case isParameter:
			value, err := url.PathUnescape(got[i])
			if err != nil {
				return nil, false
			}
			parameters[strings.TrimSuffix(name, "}")] = value
		case want[i] != got[i]:
			return nil, false
		}
	}
	return parameters, true
}
