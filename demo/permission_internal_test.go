package demo

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// moreThanDocumented are the permissions that open a route here although the official document does not name them there.
func moreThanDocumented(path string) []string {
	switch {
	case strings.HasPrefix(path, "/user"):
		return []string{roleUserAdmin, roleUserRead, roleUserCreate} // the document takes turns; administrators may look at what they change
	case path == "/inventory/managedObjects" || path == "/inventory/binaries":
		return []string{roleDevice, roleBinaryRead, roleInventoryRead, roleManagedObjectRead} // devices create themselves; lists have no roles in the document
	case strings.HasPrefix(path, "/inventory/binaries"):
		return []string{roleManagedObjectRead, roleManagedObjectAdmin}
	case strings.HasPrefix(path, "/application"):
		return []string{roleUserOwnRead, roleApplicationAdmin}
	}
	return nil
}

// lessThanDocumented are places where the document names permissions that do not fit: those of reading for a removal, those of users for
// an application.
func lessThanDocumented(path string) []string {
	switch {
	case strings.HasPrefix(path, "/user/{tenantId}/users/{userId}"):
		return []string{roleUserRead, roleUserCreate}
	case path == "/application/applications/{id}/versions":
		return []string{roleUserAdmin, roleUserRead, roleApplicationRead}
	case strings.HasPrefix(path, "/application"):
		return []string{roleUserAdmin, roleUserRead}
	case strings.HasPrefix(path, "/tenant/system/options"):
		return []string{roleOptionAdmin} // every user reads them
	}
	return nil
}

// TestRoutesNeedTheDocumentedPermissions holds the tables of routes against the official document.
func TestRoutesNeedTheDocumentedPermissions(t *testing.T) {
	text, err := os.ReadFile("../../shared/api/openapi-core.json")
	if os.IsNotExist(err) {
		t.Skip("the official document is not here")
	}
	var document struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	tenant, err := New(Options{Devices: -1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tenant.Close)
	roles, checked := regexp.MustCompile(`ROLE_[A-Z0-9_]+`), 0
	for path, methods := range document.Paths {
		place, _ := tenant.router.find(strings.Split(path, "?")[0])
		if place == nil {
			continue
		}
		for method, raw := range methods {
			route, known := place.methods[strings.ToUpper(method)]
			var operation struct{ Description string }
			if !known || json.Unmarshal(raw, &operation) != nil {
				continue
			}
			documented := roles.FindAllString(operation.Description, -1)
			if len(documented) == 0 {
				continue
			}
			checked++
			for _, role := range documented {
				if !slices.Contains(route.access.roles, role) && !slices.Contains(lessThanDocumented(path), role) {
					t.Errorf("%s %s is not open to %s", method, path, role)
				}
			}
			for _, role := range route.access.roles {
				if !slices.Contains(documented, role) && !slices.Contains(moreThanDocumented(path), role) {
					t.Errorf("%s %s is open to %s", method, path, role)
				}
			}
			if route.access.anonymous {
				t.Errorf("%s %s is open to anybody", method, path)
			}
		}
	}
	if checked < 100 {
		t.Errorf("only %d operations were checked", checked)
	}
}
