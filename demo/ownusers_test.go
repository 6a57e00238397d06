package demo_test

import (
	"strings"
	"testing"

	"c8yx/demo"
)

func TestOwnUsers(t *testing.T) {
	users, err := demo.ReadUsers(strings.NewReader(`[
		{"name": "jane", "password": "a-Secret.1", "groups": ["readers"], "roles": ["ROLE_ALARM_ADMIN"]},
		{"name": "tim", "password": "a-Secret.2", "totpSecret": "JBSWY3DPEHPK3PXP"}
	]`))
	if err != nil {
		t.Fatal(err)
	}
	options := demo.Options{Devices: -1, Tenant: "t1", User: "root", Password: "a-Secret.0", Users: users}
	b := start(t, options)
	if got := b.as("root:a-Secret.0").get("/user/currentUser?x").text("userName"); got != "root" {
		t.Errorf("the administrator is %s", got)
	}
	b.as("admin:demo-Admin.1").want(401, "GET", "/user/currentUser", nil)
	jane := b.as("t1/jane:a-Secret.1")
	jane.get("/event/events")
	jane.want(403, "POST", "/inventory/managedObjects", map[string]any{})
	told := b.tenant.Users()
	last := told[len(told)-2]
	if told[0].Name != "root" || told[0].Tenant != "t1" || last.Name != "jane" || last.Description != "readers, ROLE_ALARM_ADMIN" || last.Groups[0] != "readers" {
		t.Errorf("the tenant tells of %+v", told)
	}
}

func TestBadOwnUsers(t *testing.T) {
	for text, want := range map[string]string{
		`{}`:                                 "reading users",
		`[{"nam":"x"}]`:                      `unknown field "nam"`,
		`[] []`:                              "behind the array",
		`[{"password":"x"}]`:                 "no name",
		`[{"name":"a b","password":"x"}]`:    "with a space",
		`[{"name":"x"}]`:                     "no password",
		`[{"name":"READER","password":"x"}]`: "there is one already",
		`[{"name":"x","password":"x","groups":["kings"]}]`:    `no group "kings"`,
		`[{"name":"x","password":"x","roles":["ROLE_KING"]}]`: `no role "ROLE_KING"`,
	} {
		users, err := demo.ReadUsers(strings.NewReader(text))
		if err == nil {
			_, err = demo.New(demo.Options{Devices: -1, Users: users})
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
	if _, err := demo.New(demo.Options{Devices: -1, User: "reader"}); err == nil || !strings.Contains(err.Error(), `"reader"`) {
		t.Errorf("an administrator who is somebody else: %v", err)
	}
}
