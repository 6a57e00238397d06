package c8yclient_test

import (
	"context"
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
	"time"

	"c8yx/c8yclient"
)

// calls holds one call of every method that stands for an operation. The ids in it are those
// that appear in the paths below.
func calls(ctx context.Context, c *c8yclient.Client) map[string]func() {
	now := time.Now()
	alarms := c8yclient.AlarmFilter{Source: "1"}
	return map[string]func(){
		"Client.Authenticate": func() { _, _ = c.Authenticate(ctx, c8yclient.Credentials{User: "jane"}) },

		"Alarms.List":         func() { drain(c.Alarms.List(ctx, nil)) },
		"Alarms.Pages":        func() { drain(c.Alarms.Pages(ctx, nil)) },
		"Alarms.Page":         func() { _, _ = c.Alarms.Page(ctx, nil) },
		"Alarms.Count":        func() { _, _ = c.Alarms.Count(ctx, nil) },
		"Alarms.Get":          func() { _, _ = c.Alarms.Get(ctx, "1") },
		"Alarms.Create":       func() { _, _ = c.Alarms.Create(ctx, &c8yclient.Alarm{}) },
		"Alarms.Upsert":       func() { _, _ = c.Alarms.Upsert(ctx, &c8yclient.Alarm{}, true) },
		"Alarms.Update":       func() { _, _ = c.Alarms.Update(ctx, "1", c8yclient.AlarmPatch{}) },
		"Alarms.UpdateStatus": func() { _, _ = c.Alarms.UpdateStatus(ctx, "1", c8yclient.AlarmCleared) },
		"Alarms.UpdateMany":   func() { _, _ = c.Alarms.UpdateMany(ctx, alarms, c8yclient.AlarmCleared) },
		"Alarms.DeleteMany":   func() { _ = c.Alarms.DeleteMany(ctx, alarms) },

		"Events.List":       func() { drain(c.Events.List(ctx, nil)) },
		"Events.Pages":      func() { drain(c.Events.Pages(ctx, nil)) },
		"Events.Page":       func() { _, _ = c.Events.Page(ctx, nil) },
		"Events.Count":      func() { _, _ = c.Events.Count(ctx, &c8yclient.EventFilter{Source: "1"}) },
		"Events.Get":        func() { _, _ = c.Events.Get(ctx, "1") },
		"Events.Create":     func() { _, _ = c.Events.Create(ctx, &c8yclient.Event{}) },
		"Events.Update":     func() { _, _ = c.Events.Update(ctx, "1", c8yclient.EventPatch{}) },
		"Events.Delete":     func() { _ = c.Events.Delete(ctx, "1") },
		"Events.DeleteMany": func() { _ = c.Events.DeleteMany(ctx, c8yclient.EventDeleteFilter{Source: "1"}) },

		"Operations.List":   func() { drain(c.Operations.List(ctx, nil)) },
		"Operations.Pages":  func() { drain(c.Operations.Pages(ctx, nil)) },
		"Operations.Page":   func() { _, _ = c.Operations.Page(ctx, nil) },
		"Operations.Count":  func() { _, _ = c.Operations.Count(ctx, nil) },
		"Operations.Get":    func() { _, _ = c.Operations.Get(ctx, "1") },
		"Operations.Create": func() { _, _ = c.Operations.Create(ctx, &c8yclient.Operation{}) },
		"Operations.Update": func() { _, _ = c.Operations.Update(ctx, "1", c8yclient.OperationPatch{}) },
		"Operations.DeleteMany": func() {
			_ = c.Operations.DeleteMany(ctx, c8yclient.OperationDeleteFilter{DeviceID: "1"})
		},

		"Measurements.List":       func() { drain(c.Measurements.List(ctx, nil)) },
		"Measurements.Pages":      func() { drain(c.Measurements.Pages(ctx, nil)) },
		"Measurements.Page":       func() { _, _ = c.Measurements.Page(ctx, nil) },
		"Measurements.Latest":     func() { _, _ = c.Measurements.Latest(ctx, "1", nil) },
		"Measurements.Get":        func() { _, _ = c.Measurements.Get(ctx, "1") },
		"Measurements.Create":     func() { _, _ = c.Measurements.Create(ctx, &c8yclient.Measurement{}) },
		"Measurements.CreateMany": func() { _, _ = c.Measurements.CreateMany(ctx, []*c8yclient.Measurement{{}}) },
		"Measurements.Delete":     func() { _ = c.Measurements.Delete(ctx, "1") },
		"Measurements.DeleteMany": func() {
			_ = c.Measurements.DeleteMany(ctx, c8yclient.MeasurementDeleteFilter{Source: "1"})
		},
		"Measurements.Series": func() {
			_, _ = c.Measurements.Series(ctx, &c8yclient.SeriesOptions{Source: "1", DateFrom: now, DateTo: now})
		},

		"Inventory.List":                  func() { drain(c.Inventory.List(ctx, nil)) },
		"Inventory.Pages":                 func() { drain(c.Inventory.Pages(ctx, nil)) },
		"Inventory.Page":                  func() { _, _ = c.Inventory.Page(ctx, nil) },
		"Inventory.Count":                 func() { _, _ = c.Inventory.Count(ctx, nil) },
		"Inventory.Get":                   func() { _, _ = c.Inventory.Get(ctx, "1", nil) },
		"Inventory.Create":                func() { _, _ = c.Inventory.Create(ctx, &c8yclient.ManagedObject{}) },
		"Inventory.CreateMany":            func() { _, _ = c.Inventory.CreateMany(ctx, []*c8yclient.ManagedObject{{}}) },
		"Inventory.Update":                func() { _, _ = c.Inventory.Update(ctx, "1", map[string]any{}) },
		"Inventory.UpdateMany":            func() { _, _ = c.Inventory.UpdateMany(ctx, []*c8yclient.ManagedObject{{}}) },
		"Inventory.Delete":                func() { _ = c.Inventory.Delete(ctx, "1", nil) },
		"Inventory.Availability":          func() { _, _ = c.Inventory.Availability(ctx, "1") },
		"Inventory.SupportedMeasurements": func() { _, _ = c.Inventory.SupportedMeasurements(ctx, "1") },
		"Inventory.SupportedSeries":       func() { _, _ = c.Inventory.SupportedSeries(ctx, "1") },
		"Inventory.DeviceUser":            func() { _, _ = c.Inventory.DeviceUser(ctx, "1") },
		"Inventory.EnableDeviceUser":      func() { _, _ = c.Inventory.EnableDeviceUser(ctx, "1", true) },
		"Inventory.Children":              each(func(k c8yclient.ChildKind) { drain(c.Inventory.Children(ctx, "1", k, nil)) }),
		"Inventory.ChildrenPage":          each(func(k c8yclient.ChildKind) { _, _ = c.Inventory.ChildrenPage(ctx, "1", k, nil) }),
		"Inventory.Child":                 each(func(k c8yclient.ChildKind) { _, _ = c.Inventory.Child(ctx, "1", k, "2") }),
		"Inventory.AddChildren":           each(func(k c8yclient.ChildKind) { _ = c.Inventory.AddChildren(ctx, "1", k, "2") }),
		"Inventory.CreateChild": each(func(k c8yclient.ChildKind) {
			_, _ = c.Inventory.CreateChild(ctx, "1", k, &c8yclient.ManagedObject{})
		}),
		"Inventory.RemoveChild":    each(func(k c8yclient.ChildKind) { _ = c.Inventory.RemoveChild(ctx, "1", k, "2") }),
		"Inventory.RemoveChildren": each(func(k c8yclient.ChildKind) { _ = c.Inventory.RemoveChildren(ctx, "1", k, "2") }),

		"Identity.List":   func() { _, _ = c.Identity.List(ctx, "1") },
		"Identity.Get":    func() { _, _ = c.Identity.Get(ctx, "a", "b") },
		"Identity.Create": func() { _, _ = c.Identity.Create(ctx, "1", "a", "b") },
		"Identity.Delete": func() { _ = c.Identity.Delete(ctx, "a", "b") },
		"Identity.Search": func() { _, _ = c.Identity.Search(ctx, []c8yclient.ExternalID{{Type: "a", ExternalID: "b"}}) },

		"CurrentUser.Get":            func() { _, _ = c.CurrentUser.Get(ctx) },
		"CurrentUser.Update":         func() { _, _ = c.CurrentUser.Update(ctx, map[string]any{}) },
		"CurrentUser.ChangePassword": func() { _ = c.CurrentUser.ChangePassword(ctx, "a", "b") },
		"CurrentUser.Logout":         func() { _ = c.CurrentUser.Logout(ctx) },

		"Tenant.Current":    func() { _, _ = c.Tenant.Current(ctx, &c8yclient.CurrentTenantOptions{WithParent: true}) },
		"LoginOptions.List": func() { _, _ = c.LoginOptions.List(ctx, nil) },

		"TenantOptions.List":           func() { drain(c.TenantOptions.List(ctx, nil)) },
		"TenantOptions.Pages":          func() { drain(c.TenantOptions.Pages(ctx, nil)) },
		"TenantOptions.Page":           func() { _, _ = c.TenantOptions.Page(ctx, nil) },
		"TenantOptions.Get":            func() { _, _ = c.TenantOptions.Get(ctx, "a", "b") },
		"TenantOptions.Category":       func() { _, _ = c.TenantOptions.Category(ctx, "a") },
		"TenantOptions.Create":         func() { _, _ = c.TenantOptions.Create(ctx, c8yclient.TenantOption{}) },
		"TenantOptions.Update":         func() { _, _ = c.TenantOptions.Update(ctx, "a", "b", "c") },
		"TenantOptions.UpdateCategory": func() { _, _ = c.TenantOptions.UpdateCategory(ctx, "a", map[string]string{}) },
		"TenantOptions.Delete":         func() { _ = c.TenantOptions.Delete(ctx, "a", "b") },
		"SystemOptions.List":           func() { _, _ = c.SystemOptions.List(ctx) },
		"SystemOptions.Get":            func() { _, _ = c.SystemOptions.Get(ctx, "a", "b") },
	}
}

func drain[T any](list func(func(T, error) bool)) {
	for range list {
	}
}

func each(call func(c8yclient.ChildKind)) func() {
	return func() {
		for _, kind := range []c8yclient.ChildKind{c8yclient.ChildDevices, c8yclient.ChildAssets, c8yclient.ChildAdditions} {
			call(kind)
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
			name, _ := receiver.X.(*ast.Ident)
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

// known returns the operations of the official specification and those beyond it.
func known(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, file := range []string{"operations.txt", "beyond.txt"} {
		text, err := os.ReadFile(filepath.Join("testdata", file))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.Split(strings.TrimSpace(string(text)), "\n")...)
	}
	return all
}

// Every method says which operation it stands for, and sends exactly that.
func TestMethodsSendTheirOperations(t *testing.T) {
	operations := known(t)
	client, srv := newClient(t, answer(200, `{}`))
	table, methods := calls(t.Context(), client), documented(t)
	for name := range table {
		if _, ok := methods[name]; !ok {
			t.Errorf("%s is called here but is no method", name)
		}
	}
	for name, documented := range methods {
		for _, operation := range documented {
			if !slices.Contains(operations, operation) {
				t.Errorf("%s documents %q, which is not in testdata", name, operation)
			}
		}
		call := table[name]
		if call == nil || len(documented) == 0 {
			t.Errorf("%s has no call in this test, or no Operation line", name)
			continue
		}
		before := len(srv.recorded())
		call()
		sent := srv.recorded()[before:]
		if len(sent) != len(documented) {
			t.Errorf("%s sends %d requests for %d operations", name, len(sent), len(documented))
			continue
		}
		for i, request := range sent {
			u, err := url.Parse(request.Target)
			if err != nil {
				t.Fatal(err)
			}
			if got := request.Method + " " + u.Path; !matches(documented[i], got) {
				t.Errorf("%s documents %s and sends %s", name, documented[i], got)
			}
		}
	}
}

// matches compares a path with a template. The ids in this file have one character, and no
// other element of a path has.
func matches(template, path string) bool {
	want, got := strings.Split(template, "/"), strings.Split(path, "/")
	for i := range want {
		if i >= len(got) || (want[i] != got[i] && (want[i][0] != '{' || len(got[i]) != 1)) {
			return false
		}
	}
	return len(want) == len(got)
}

// The services that are complete have a method for each operation of the specification.
func TestServicesAreComplete(t *testing.T) {
	have := map[string]bool{}
	for _, operations := range documented(t) {
		for _, operation := range operations {
			have[operation] = true
		}
	}
	covered := 0
	for _, operation := range known(t) {
		if have[operation] {
			covered++
			continue
		}
		_, path, _ := strings.Cut(operation, " ")
		for _, prefix := range []string{"/alarm/alarms", "/measurement/measurements", "/devicecontrol/operations", "/inventory/managedObjects", "/identity/"} {
			if strings.HasPrefix(path, prefix) {
				t.Errorf("no method for %s", operation)
			}
		}
	}
	t.Logf("%d of %d operations have a method", covered, len(known(t)))
}
