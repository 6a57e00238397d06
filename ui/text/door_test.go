package text_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestNothingGoesAroundTheDoor reads the sources of the whole repository. The
// compiler refuses a plain string where a Safe is wanted; what it would accept is
// an explicit conversion, so outside this package only constants may be
// converted.
func TestNothingGoesAroundTheDoor(t *testing.T) {
	const root = "../.."
	files := token.NewFileSet()
	imports := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != root && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		case entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		if name := nameOfText(file); name != "" {
			imports++
			for _, pos := range conversions(file, name) {
				t.Errorf("%v: converts a variable to %s.Safe; it must go through %s.Clean", files.Position(pos), name, name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if imports < 3 {
		t.Errorf("only %d files import the package: is this the repository?", imports)
	}
}

func TestConversionsAreFound(t *testing.T) {
	const source = `package p
		import text "c8yx/ui/text"
		const title = "T"
		func f(s string) {
			_ = text.Safe("constant")
			_ = text.Safe("a" + "b")
			_ = text.Clean(s)
			_ = []text.Safe{"x"}
			_ = text.Safe(s)          // 9
			_ = (text.Safe)(s + "!")  // 10
			_ = text.Safe("a" + s)    // 11
		}`
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "p.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var lines []int
	for _, pos := range conversions(file, nameOfText(file)) {
		lines = append(lines, files.Position(pos).Line)
	}
	if len(lines) != 3 || lines[0] != 9 || lines[1] != 10 || lines[2] != 11 {
		t.Errorf("found conversions in lines %v, want 9, 10, 11", lines)
	}
}

// nameOfText returns under which name a file imports the package, "" if it does
// not.
func nameOfText(file *ast.File) string {
	for _, spec := range file.Imports {
		if spec.Path.Value == `"c8yx/ui/text"` {
			if spec.Name != nil {
				return spec.Name.Name
			}
			return "text"
		}
	}
	return ""
}

// conversions returns where a file converts anything but literals to Safe.
func conversions(file *ast.File, name string) []token.Pos {
	var found []token.Pos
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 || isLiteral(call.Args[0]) {
			return true
		}
		fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok || fun.Sel.Name != "Safe" {
			return true
		}
		if pkg, ok := fun.X.(*ast.Ident); ok && pkg.Name == name {
			found = append(found, call.Pos())
		}
		return true
	})
	return found
}

// isLiteral reports whether an expression is made of literals alone.
func isLiteral(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.BasicLit:
		return true
	case *ast.BinaryExpr:
		return isLiteral(e.X) && isLiteral(e.Y)
	}
	return false
}
