package demo_test

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
)

// specificationFile is the official document, which is not part of this repository. Where it is, every answer of every test
// is held against it.
const specificationFile = "../../shared/api/openapi-core.json"

// specification loads the document once; nil where it is not.
var specification = sync.OnceValues(func() (*openapi3.T, error) {
	text, err := os.ReadFile(specificationFile)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		return nil, err
	}
	for _, schema := range doc.Components.Schemas {
		repairSchema(schema.Value, map[*openapi3.Schema]bool{})
	}
	return doc, nil
})

// repairSchema puts right where the document contradicts its own examples or descriptions: conditions of access mappings nest
// lists, references to roles are a list, and what there is none of (tokens, grant types, cells of series) is null.
func repairSchema(schema *openapi3.Schema, seen map[*openapi3.Schema]bool) {
	if schema == nil || seen[schema] {
		return
	}
	seen[schema] = true
	for _, name := range []string{"childPredicates", "references"} {
		if child := schema.Properties[name]; child != nil && !child.Value.Type.Is(openapi3.TypeArray) {
			list := openapi3.NewArraySchema()
			list.Items = child
			schema.Properties[name] = list.NewRef()
		}
	}
	if values := schema.Properties["values"]; values != nil && values.Value.AdditionalProperties.Schema != nil {
		if row := values.Value.AdditionalProperties.Schema.Value; row.Items != nil {
			row.Items.Value.Nullable = true
		}
	}
	for name, property := range schema.Properties {
		if slices.Contains([]string{"idToken", "refreshToken", "grantType", "totalPages", "totalElements"}, name) {
			property.Value.Nullable, property.Value.Enum = true, nil
		}
		if slices.Contains(property.Value.Enum, any("PENDING_ACCEPTANCE")) {
			property.Value.Enum = append(property.Value.Enum, "BLOCKED")
		}
		repairSchema(property.Value, seen)
	}
	schema.AnyOf, schema.OneOf = append(schema.AnyOf, schema.OneOf...), nil // one manifest may pass for both kinds
	for _, part := range slices.Concat(schema.AllOf, schema.AnyOf) {
		repairSchema(part.Value, seen)
	}
	if schema.Items != nil {
		repairSchema(schema.Items.Value, seen)
	}
}

// operationOf finds the template of a path, the one with the fewest parameters first.
func operationOf(doc *openapi3.T, method, path string) (string, *openapi3.Operation) {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	best, least := "", 100
	for template, item := range doc.Paths.Map() {
		if strings.Contains(template, "?") || item.GetOperation(method) == nil {
			continue
		}
		pattern := strings.Split(strings.Trim(template, "/"), "/")
		parameters := strings.Count(template, "{")
		if len(pattern) == len(segments) && parameters < least && matches(pattern, segments) {
			best, least = template, parameters
		}
	}
	if best == "" {
		return "", nil
	}
	return best, doc.Paths.Value(best).GetOperation(method)
}

func matches(pattern, segments []string) bool {
	for i, segment := range pattern {
		if segments[i] == "" || !strings.HasPrefix(segment, "{") && segment != segments[i] {
			return false
		}
	}
	return true
}

// asSpecified fails the test unless an answer is what the official document says. Errors are checked where they are caused:
// the document does not list all of them.
func (b *bench) asSpecified(request *http.Request, a answer) {
	b.Helper()
	doc, err := specification()
	if err != nil {
		b.Fatal(err)
	}
	switch {
	case doc == nil, a.StatusCode >= 400, a.StatusCode == http.StatusPartialContent, a.Header.Get("Content-Encoding") != "":
		return
	case request.Header.Get("X-Http-Method") != "", request.URL.Path == "/notification/realtime":
		return // Bayeux has rules of its own
	case strings.HasSuffix(request.URL.Path, "managedObjects/count"), strings.HasSuffix(request.URL.Path, "binaries/plugins"):
		return // not in the document, which would take the last step for an id
	}
	template, operation := operationOf(doc, request.Method, request.URL.EscapedPath())
	if operation == nil {
		return
	}
	if err := checkAnswer(operation, a); err != nil {
		b.Errorf("%s %s (%s): %v\n%.2000s", request.Method, request.URL, template, err, a.body)
	}
}

func checkAnswer(operation *openapi3.Operation, a answer) error {
	response := operation.Responses.Status(a.StatusCode)
	if response == nil {
		return fmt.Errorf("the status %d is not specified", a.StatusCode)
	}
	media, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type"))
	if len(a.body) == 0 || !strings.HasSuffix(media, "json") {
		return nil
	}
	var value any
	if err := json.Unmarshal(a.body, &value); err != nil {
		return err
	}
	// With plain JSON it does not show which of several documents it is.
	err := fmt.Errorf("the media type %s is not specified", media)
	if len(response.Value.Content) == 0 {
		return nil // some answers have a body that the document does not know of
	}
	for name, each := range response.Value.Content {
		if name, _, _ = strings.Cut(name, ";"); strings.EqualFold(name, media) || strings.HasSuffix(name, "json") && media == "application/json" {
			if err = each.Schema.Value.VisitJSON(value, openapi3.VisitAsResponse(), openapi3.SetSchemaErrorMessageCustomizer(brief)); err == nil {
				return nil
			}
		}
	}
	return err
}

// brief tells what is wrong without the whole schema.
func brief(err *openapi3.SchemaError) string {
	return strings.Join(err.JSONPointer(), "/") + ": " + err.Reason
}
