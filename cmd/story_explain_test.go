package cmd

import (
	"encoding/json"
	"net/http/httptest"
	"testing"

	"c8yx/cmd/story"
	"c8yx/demo"
)

// x says why: of a device why it counts as it does.
func TestStoryOfADeviceThatIsSilent(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices?filter=unavailable"}, func(s *story.Story) {
		s.See("unavailable")
		s.Press("x")
		s.See("It is unavailable: silent for", "required every", "latest measurement", "WHAT TO DO")
		s.Press("esc")
		s.DontSee("WHAT TO DO")
		s.Press("enter", "x")
		s.See("It is unavailable: silent for")
	})
}

// A pending operation is explained by what holds it up.
func TestStoryOfAPendingOperation(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "operations?status=PENDING"}, func(s *story.Story) {
		s.See("pending")
		s.Press("x")
		s.See("agent", "supported", "before it", "delivery", "WHAT TO DO")
	})
}

// Whoever may not read something learns which permission it takes.
func TestStoryOfADeniedDevice(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "devices", Account: nobody}, func(s *story.Story, _ *watched) {
		s.See("This user sees no devices")
		s.Open("device/" + anyDevice(t, s))
		s.See("403")
		s.Press("x")
		s.See("The user nobody lacks ROLE_INVENTORY_READ or", "ROLE_MANAGED_OBJECT_READ.", "needs", "this user may not read the global roles")
	})
}

// A permission may count for some users only: the card says for which, wherever the refusal stands, and in the list of requests also
// what those take that went well.
func TestStoryOfAPermissionWithALimit(t *testing.T) {
	t.Parallel()
	manager := story.Account{Tenant: "t4711", User: "manager", Password: "demo-Manager.1"}
	watch(t, story.Options{Place: "inspect/user/t4711/users/operator", Tenant: bare, Account: manager}, func(s *story.Story, _ *watched) {
		limit := "ROLE_USER_MANAGEMENT_CREATE counts for users below one's own"
		s.See("403", "x says which")
		s.Press("x")
		s.See(limit, "has", "ROLE_USER_MANAGEMENT_READ or", "admins")
		s.Press("esc")
		s.Open("requests?filter=403")
		s.Row("▌").Has("403")
		s.Press("x")
		s.See(limit)
		s.Press("esc")
		s.Open("requests?filter=groups/5")
		s.Press("x")
		s.See("This request takes ROLE_USER_MANAGEMENT_READ.")
	})
}

// anyDevice asks the tenant as its administrator for the id of a device.
func anyDevice(t *testing.T, s *story.Story) string {
	t.Helper()
	admin := demo.Options{}.Administrator()
	request := httptest.NewRequest("GET", "/inventory/managedObjects?query=has(c8y_IsDevice)&pageSize=1", nil)
	request.SetBasicAuth(admin.Tenant+"/"+admin.Name, admin.Password)
	answer := httptest.NewRecorder()
	s.Demo.ServeHTTP(answer, request)
	var page struct {
		ManagedObjects []struct {
			ID string `json:"id"`
		} `json:"managedObjects"`
	}
	if err := json.Unmarshal(answer.Body.Bytes(), &page); err != nil || len(page.ManagedObjects) == 0 {
		t.Fatalf("no device: %v", err)
	}
	return page.ManagedObjects[0].ID
}
