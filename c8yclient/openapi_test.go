package c8yclient_test

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// specificationFile is the official specification, which is not part of this repository.
const specificationFile = "../../shared/api/openapi-core.json"

// What the methods send, and what the tests have the tenant answer, is what the official
// specification says – or there is a reason why not, which must not outlive its cause.
func TestOperationsMatchTheSpecification(t *testing.T) {
	spec := loadSpecification(t)
	listed := lines(t, "operations.txt")
	slices.Sort(listed)
	if !slices.Equal(listed, spec.operations()) {
		t.Errorf("testdata/operations.txt has %d operations that are not the %d of the specification", len(listed), len(spec.operations()))
	}
	known := slices.Concat(listed, lines(t, "beyond.txt"))
	for _, op := range operations() {
		t.Run(op.method, func(t *testing.T) {
			client, srv := newClient(t, op.handler())
			if _, err := op.call(t.Context(), client); err != nil {
				t.Fatal(err)
			}
			var problems []error
			for _, request := range srv.recorded() {
				problems = append(problems, spec.problems(t, op, request, known)...)
			}
			switch {
			case op.beyond == "":
				for _, problem := range problems {
					t.Error(problem)
				}
			case len(problems) == 0:
				t.Errorf("all is as specified, although %s", op.beyond)
			}
		})
	}
}

// specification is the official document.
type specification struct{ *openapi3.T }

func loadSpecification(t *testing.T) specification {
	t.Helper()
	text, err := os.ReadFile(specificationFile)
	if os.IsNotExist(err) {
		t.Skipf("the official specification is not at %s", specificationFile)
	}
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		t.Fatal(err)
	}
	// Two operations have the same id.
	doc.Paths.Value("/.well-known/est/simplereenroll").Post.OperationID += "Again"
	// Its examples and defaults are not always what its schemas say.
	if err := doc.Validate(t.Context(), openapi3.DisableExamplesValidation(), openapi3.DisableSchemaDefaultsValidation()); err != nil {
		t.Fatal(err)
	}
	for _, item := range doc.Paths.Map() {
		for _, specified := range item.Operations() {
			for _, parameter := range slices.Concat(item.Parameters, specified.Parameters) {
				repairEnum(parameter.Value.Schema.Value)
			}
		}
	}
	for name, schema := range doc.Components.Schemas {
		allowNull(schema.Value, map[*openapi3.Schema]bool{})
		if strings.Contains(strings.ToLower(name), "accessmapping") {
			repairPredicates(schema.Value)
		}
	}
	return specification{doc}
}

// repairEnum moves the values of a list from the list, where the document has them, to its
// items.
func repairEnum(schema *openapi3.Schema) {
	if schema.Type.Is(openapi3.TypeArray) && len(schema.Enum) > 0 {
		schema.Items.Value.Enum, schema.Enum = schema.Enum, nil
	}
}

// repairPredicates lets conditions nest lists of conditions, as the document's examples do; its
// schemas have a single one.
func repairPredicates(schema *openapi3.Schema) {
	when := schema.Properties["when"]
	if when == nil {
		return
	}
	if child := when.Value.Properties["childPredicates"]; child != nil && !child.Value.Type.Is(openapi3.TypeArray) {
		list := openapi3.NewArraySchema()
		list.Items = child
		when.Value.Properties["childPredicates"] = list.NewRef()
	}
}

// allowNull lets fragments be null, with which they are removed.
func allowNull(schema *openapi3.Schema, seen map[*openapi3.Schema]bool) {
	if seen[schema] {
		return
	}
	seen[schema] = true
	if fragments := schema.AdditionalProperties.Schema; fragments != nil {
		fragments.Value.Nullable = true
	}
	for _, part := range schema.AllOf {
		allowNull(part.Value, seen)
	}
}

// operations returns method and path of all operations, sorted.
func (s specification) operations() []string {
	var all []string
	for path, item := range s.Paths.Map() {
		for method := range item.Operations() {
			all = append(all, method+" "+path)
		}
	}
	slices.Sort(all)
	return all
}

// problems tells what about a request, which is one of the known operations, and about its
// answer is not as specified.
func (s specification) problems(t *testing.T, op operation, sent recorded, operations []string) []error {
	t.Helper()
	u, err := url.Parse(sent.Target)
	if err != nil {
		t.Fatal(err)
	}
	_, path, _ := strings.Cut(operationOf(t, operations, sent.Method+" "+sent.Target), " ")
	item := s.Paths.Value(path)
	if item == nil || item.GetOperation(sent.Method) == nil {
		return []error{fmt.Errorf("%s %s is not specified", sent.Method, path)}
	}
	template, _, _ := strings.Cut(path, "?")
	pathParameters, _ := parametersOf(template, u.EscapedPath())
	specified := item.GetOperation(sent.Method)
	request := &http.Request{Method: sent.Method, URL: u, Header: sent.Header}
	input := &openapi3filter.RequestValidationInput{
		Request: request, PathParams: pathParameters, QueryParams: u.Query(),
		Route:   &routers.Route{Spec: s.T, Path: path, PathItem: item, Method: sent.Method, Operation: specified},
		Options: &openapi3filter.Options{SkipSettingDefaults: true},
	}
	var problems []error
	known := map[string]bool{}
	for _, parameter := range slices.Concat(item.Parameters, specified.Parameters) {
		known[parameter.Value.Name] = true
		if err := openapi3filter.ValidateParameter(t.Context(), input, parameter.Value); err != nil {
			problems = append(problems, err)
		}
	}
	for name := range u.Query() {
		if !known[name] {
			problems = append(problems, fmt.Errorf("%s %s has no parameter %q", sent.Method, path, name))
		}
	}
	if err := checkBody(t, specified.RequestBody, sent); err != nil {
		problems = append(problems, fmt.Errorf("body of %s %s: %w", sent.Method, path, err))
	}
	if err := op.checkAnswer(specified.Responses, sent); err != nil {
		problems = append(problems, fmt.Errorf("answer of %s %s: %w", sent.Method, path, err))
	}
	return problems
}

// checkBody compares the body of a request with the specified one.
func checkBody(t *testing.T, body *openapi3.RequestBodyRef, sent recorded) error {
	t.Helper()
	if body == nil {
		if sent.Body != "" {
			return fmt.Errorf("there should be none, not %q", sent.Body)
		}
		return nil
	}
	contentType := sent.Header.Get("Content-Type")
	media, parameters, err := mime.ParseMediaType(contentType)
	if err != nil {
		return fmt.Errorf("%q: %w", contentType, err)
	}
	schema := schemaFor(body.Value.Content, media)
	switch {
	case schema == nil:
		return fmt.Errorf("%s is not specified", media)
	case media == "multipart/form-data":
		return checkNames(schema, partNames(t, sent.Body, parameters["boundary"]))
	case media == "application/x-www-form-urlencoded":
		values, err := url.ParseQuery(sent.Body)
		if err != nil {
			return err
		}
		fields := map[string]any{}
		for name := range values {
			fields[name] = values.Get(name)
		}
		return schema.VisitJSON(fields, openapi3.VisitAsRequest())
	case !strings.HasSuffix(media, "json"):
		return nil // a file, which may be of any type
	}
	return visit(schema, sent.Body, openapi3.VisitAsRequest())
}

// schemaFor returns the schema of a media type. Wherever the specification names a type of the
// vendor, the platform takes plain JSON as well; wherever it names text or bytes, any file.
func schemaFor(content openapi3.Content, media string) *openapi3.Schema {
	if exact := content[media]; exact != nil {
		return exact.Schema.Value
	}
	var found []*openapi3.Schema
	for name, each := range content {
		name, _, _ = strings.Cut(name, ";")
		isJSON := strings.HasSuffix(name, "+json") && media == "application/json"
		isFile := !strings.HasSuffix(media, "json") && !strings.HasPrefix(media, "multipart/") &&
			(name == "text/plain" || name == "application/octet-stream" || name == media)
		if isJSON || isFile {
			found = append(found, each.Schema.Value)
		}
	}
	if len(found) != 1 {
		return nil // none, or not clear which
	}
	return found[0]
}

func visit(schema *openapi3.Schema, text string, options ...openapi3.SchemaValidationOption) error {
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		return err
	}
	return schema.VisitJSON(value, options...)
}

// partNames returns the names of the parts of a form.
func partNames(t *testing.T, body, boundary string) []string {
	t.Helper()
	var names []string
	reader := multipart.NewReader(strings.NewReader(body), boundary)
	for {
		part, err := reader.NextPart()
		if err == io.EOF {
			return names
		}
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, part.FormName())
	}
}

// checkNames compares the parts of a form with the specified ones.
func checkNames(schema *openapi3.Schema, names []string) error {
	for _, name := range names {
		if schema.Properties[name] == nil {
			return fmt.Errorf("the form has no part %q", name)
		}
	}
	for _, name := range schema.Required {
		if !slices.Contains(names, name) {
			return fmt.Errorf("the form needs a part %q", name)
		}
	}
	return nil
}

// checkAnswer compares what the test has the tenant answer with what is specified.
func (op operation) checkAnswer(responses *openapi3.Responses, sent recorded) error {
	response := responses.Status(op.statusCode())
	switch {
	case response == nil:
		return fmt.Errorf("the status %d is not specified", op.statusCode())
	case op.answer == "":
		return nil
	case len(response.Value.Content) == 0:
		return fmt.Errorf("none is specified, not %q", op.answer)
	}
	accept := sent.Header.Get("Accept")
	schema := schemaFor(response.Value.Content, accept)
	if schema == nil && strings.HasPrefix(accept, "application/json") {
		schema = schemaFor(response.Value.Content, "application/json")
	}
	if schema == nil || !json.Valid([]byte(op.answer)) {
		return nil // a file, or a media type that is not told apart
	}
	return visit(schema, op.answer, openapi3.VisitAsResponse())
}
