package explain_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"c8yx/views/explain"
)

func TestNeedOfARequest(t *testing.T) {
	for _, tc := range []struct {
		method, target string
		path           string // of the operation; "" if everybody may
		permission     string
	}{
		{"PUT", "/alarm/alarms/901", "/alarm/alarms/{id}", "ROLE_ALARM_ADMIN"},
		{"PUT", "/alarm/alarms//901", "/alarm/alarms/{id}", "ROLE_ALARM_ADMIN"},
		{"GET", "/alarm/alarms/count?severity=MAJOR", "/alarm/alarms/count", "ROLE_ALARM_READ"},
		{"POST", "/alarm/alarms/upsert", "/alarm/alarms/upsert", "ROLE_ALARM_ADMIN"},
		{"DELETE", "/inventory/managedObjects/4711/childAssets/12", "/inventory/managedObjects/{id}/childAssets/{childId}", "ROLE_INVENTORY_ADMIN"},
		{"GET", "/user/currentUser", "/user/currentUser", "ROLE_USER_MANAGEMENT_OWN_READ"},
		{"GET", "/features", "", ""},
		{"GET", "/no/such/path", "", ""},
		{"TRACE", "/alarm/alarms", "", ""},
	} {
		need, known := explain.NeedOf(tc.method, tc.target)
		switch {
		case known != (tc.path != ""):
			t.Errorf("%s %s: known is %v", tc.method, tc.target, known)
		case need.Path != tc.path || known && !slices.Contains(need.Permissions, tc.permission):
			t.Errorf("%s %s: %v, want %s with %s", tc.method, tc.target, need, tc.path, tc.permission)
		}
	}
}

// TestTheTableSaysWhatTheOfficialDocumentSays compares the permissions of every operation with
// those that its description names.
func TestTheTableSaysWhatTheOfficialDocumentSays(t *testing.T) {
	const file = "../../../shared/api/openapi-core.json"
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Skipf("the official document is not at %s", file)
	}
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		t.Fatal(err)
	}
	permission := regexp.MustCompile(`ROLE_[A-Z0-9_]+`)
	// It mentions a permission without which the operation answers all the same, with less.
	optional := []string{"GET /tenant/system/options"}
	// Where it takes reading to be enough for a removal, and users for applications, it is taken for a slip.
	slips := map[string][]string{
		"PUT /application/applications/{id}":                    {"ROLE_APPLICATION_MANAGEMENT_ADMIN"},
		"DELETE /application/applications/{id}/versions":        {"ROLE_APPLICATION_MANAGEMENT_ADMIN"},
		"DELETE /user/{tenantId}/users/{userId}/roles/{roleId}": {"ROLE_USER_MANAGEMENT_ADMIN", "ROLE_USER_MANAGEMENT_CREATE"},
	}
	compared := 0
	for path, item := range doc.Paths.Map() {
		plain, _, _ := strings.Cut(path, "?")
		for method, operation := range item.Operations() {
			_, said, found := strings.Cut(operation.Description, "equired roles")
			if !found {
				_, said, _ = strings.Cut(operation.Description, "<h5>")
			}
			want := permission.FindAllString(said, -1)
			slices.Sort(want)
			want = slices.Compact(want)
			need, _ := explain.NeedOf(method, strings.NewReplacer("{", "", "}", "").Replace(plain))
			got := slices.Clone(need.Permissions)
			slices.Sort(got)
			if slices.Contains(optional, method+" "+plain) {
				continue
			}
			if meant := slips[method+" "+plain]; meant != nil {
				if slices.Equal(want, meant) {
					t.Errorf("%s %s: the document says what is meant by now", method, plain)
				}
				want = meant
			}
			if management := strings.Contains(said, "is the management tenant") || strings.Contains(said, "tenant is management"); need.From == explain.Management && !management {
				t.Errorf("%s %s: the document does not say that it is for the management tenant", method, plain)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s %s: the table says %v, the document %v", method, plain, got, want)
			}
			compared++
		}
	}
	if compared < 245 {
		t.Errorf("only %d operations were compared", compared)
	}
}

// Finds typing errors in the table.
func TestEveryNeedIsFoundByItsOwnPath(t *testing.T) {
	for _, need := range explain.Needs() {
		if found, ok := explain.NeedOf(need.Method, need.Path); !ok || found.Path != need.Path {
			t.Errorf("%s %s is found as %s", need.Method, need.Path, found.Path)
		}
		for _, p := range need.Permissions {
			if !strings.HasPrefix(p, "ROLE_") {
				t.Errorf("%s %s needs %q", need.Method, need.Path, p)
			}
		}
	}
}

// What it takes besides a permission is said of every request, refused or not.
func TestWhatElseARequestTakes(t *testing.T) {
	for _, tc := range []struct{ method, target, verdict, fact string }{
		{"DELETE", "/tenant/tenants/t1", "ROLE_TENANT_MANAGEMENT_ADMIN", "the management tenant"},
		{"PUT", "/tenant/tenants/t1", "ROLE_TENANT_MANAGEMENT_UPDATE", "the parent of the tenant concerned, or the management tenant"},
		{"DELETE", "/application/applications/7?force=true", "ROLE_APPLICATION_MANAGEMENT_ADMIN", "the tenant that owns the application"},
		{"GET", "/user/t1/users/jane", "ROLE_USER_MANAGEMENT_READ", "ROLE_USER_MANAGEMENT_CREATE counts for users below one's own only."},
		{"GET", "/application/applicationsByUser/jane", "ROLE_USER_MANAGEMENT_READ", "ROLE_USER_MANAGEMENT_READ counts together with ROLE_APPLICATION_MANAGEMENT_READ only."},
		{"GET", "/application/applicationsByUser/jane", "ROLE_USER_MANAGEMENT_OWN_READ", "ROLE_USER_MANAGEMENT_OWN_READ counts for oneself only."},
	} {
		e, err := explain.Request(t.Context(), nil, tc.method, tc.target, 200)
		if err != nil || !strings.Contains(string(e.Verdict), tc.verdict) {
			t.Errorf("%s %s: %q, %v", tc.method, tc.target, e.Verdict, err)
		}
		if !slices.ContainsFunc(e.Facts, func(f explain.Fact) bool { return string(f.Value) == tc.fact }) {
			t.Errorf("%s %s: %q is not in %v", tc.method, tc.target, tc.fact, e.Facts)
		}
	}
}
