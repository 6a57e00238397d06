package guest

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/pelletier/go-toml/v2"
)

// parserOf returns what reads files with the extension of a name, nil if nothing does. Its errors
// never repeat what is in the file, which may be a password.
func parserOf(name string) func([]byte) (any, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".json":
		return parseJSON
	case ".yaml", ".yml":
		return parseYAML
	case ".toml":
		return parseTOML
	}
	return nil
}

func parseJSON(content []byte) (value any, err error) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if json.Unmarshal(content, &value, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)) != nil {
		return nil, errors.New("it is not JSON")
	}
	return value, nil
}

func parseYAML(content []byte) (value any, err error) {
	// Whatever somebody's file does to the parser must not end the program.
	defer func() {
		if recover() != nil {
			value, err = nil, errors.New("it is not YAML")
		}
	}()
	file, err := parser.ParseBytes(content, 0)
	if err != nil {
		return nil, errors.New("it is not YAML")
	}
	for _, document := range file.Docs {
		// Anchors let a small file unfold into a huge value. The command line writes none.
		var found references
		if document.Body != nil {
			ast.Walk(&found, document.Body)
		}
		if found {
			return nil, errors.New("anchors and aliases in YAML are not read")
		}
	}
	if yaml.Unmarshal(content, &value) != nil {
		return nil, errors.New("it is not YAML")
	}
	return value, nil
}

// references notices anchors and aliases.
type references bool

// Visit implements [ast.Visitor].
func (r *references) Visit(node ast.Node) ast.Visitor {
	switch node.(type) {
	case *ast.AnchorNode, *ast.AliasNode:
		*r = true
	}
	return r
}

func parseTOML(content []byte) (any, error) {
	value := map[string]any{}
	err := toml.Unmarshal(content, &value)
	var bad *toml.DecodeError
	if errors.As(err, &bad) {
		row, _ := bad.Position()
		return nil, fmt.Errorf("it is not TOML: see line %d", row)
	}
	if err != nil {
		return nil, errors.New("it is not TOML")
	}
	return value, nil
}

// settings are the values of a file by the path of their keys, in lower case and with dots:
// "settings.mode.enablecreate". The command line writes keys in any case, and settings nested or
// with dots in their names.
type settings map[string]string

// deepest is how deep values may nest.
const deepest = 10

func settingsOf(value any) (settings, error) {
	if _, ok := value.(map[string]any); !ok {
		return nil, errors.New("it holds no settings")
	}
	flat := settings{}
	flat.add("", value, 0)
	return flat, nil
}

func (s settings) add(path string, value any, depth int) {
	switch value := value.(type) {
	case map[string]any:
		if depth >= deepest {
			return
		}
		for name, inner := range value {
			name = strings.ToLower(name)
			if path != "" {
				name = path + "." + name
			}
			s.add(name, inner, depth+1)
		}
	case string:
		s[path] = value
	case bool:
		s[path] = strconv.FormatBool(value)
	case int64, uint64, int, uint:
		s[path] = fmt.Sprint(value)
	case float64: // JSON has no other numbers
		s[path] = strconv.FormatFloat(value, 'f', -1, 64)
	}
}

// first returns the first of the paths that says something.
func (s settings) first(paths ...string) string {
	for _, path := range paths {
		if value := strings.TrimSpace(s[path]); value != "" && value != "null" {
			return value
		}
	}
	return ""
}

func (s settings) flag(path string) bool {
	on, _ := strconv.ParseBool(strings.TrimSpace(s[path]))
	return on
}
