package cmd

import (
	"strings"
	"testing"
	"time"

	"c8yx/cmd/story"
)

// TestStoryOfOptions: what is wrong stands beside the field before anything is sent; a secret is sent
// and never shown; an option that is there is not overwritten by a new one.
func TestStoryOfOptions(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "options", Tenant: bare}, func(s *story.Story, _ *watched) {
		option := func(path string) (int, map[string]any) {
			status, _ := s.Tenant.Do("GET", "/tenant/options/"+path, nil)
			if status != 200 {
				return status, nil
			}
			return status, s.Tenant.Get("/tenant/options/" + path)
		}
		s.See("8 options")
		s.Press("n")
		s.See("New option")
		s.Type("my shop")
		s.Press("enter")
		s.See(`a category has no " " in it`)
		s.Press("shift+tab", "ctrl+u")
		s.Type("shop")
		s.Press("enter")
		s.Type("credentials.key")
		s.Press("enter")
		s.See("Secret value")
		s.Type("hunter2-of-the-shop")
		s.DontSee("hunter2")
		s.Press("ctrl+r")
		s.See("POST /tenant/options", `"value": "••••"`)
		s.DontSee("hunter2")
		s.Press("esc", "ctrl+s")
		s.See("Created the option", "9 options")
		s.Row("▌  shop").Has("credentials.key", "(encrypted)")
		if status, o := option("shop/credentials.key"); status != 200 || o["value"] != "<<Encrypted>>" {
			t.Fatalf("the tenant has %v", o)
		}
		s.Press("e")
		s.See("Edit shop/credentials.key")
		s.Type("hunter3-of-the-shop")
		s.Press("ctrl+s")
		s.See("PUT /tenant/options/shop/credentials.key", "••••")
		s.DontSee("hunter3", "<<Encrypted>>")
		s.Press("s")
		s.See("Changed shop/credentials.key")
		s.Press("u")
		s.Read("what was secret before is not known")

		s.Press("n")
		s.Type("password")
		s.Press("enter")
		s.Type("green.min-length")
		s.Press("enter")
		s.Type("4")
		s.Press("ctrl+s")
		s.See("Nothing was sent", "is there already")
		s.Press("esc", "y")
		s.Open("options?filter=green")
		s.Row("▌  password").Has("green.min-length", "8")
		s.Press("e", "ctrl+u")
		s.Type("12")
		s.Press("ctrl+s", "s")
		s.See("Changed password/green.min-length: value")
		s.Row("▌  password").Has("12")
		s.Press("D", "y")
		s.See("Deleted 1 option")
		if status, _ := option("password/green.min-length"); status != 404 {
			t.Errorf("it is still there: %d", status)
		}
		s.Press("u", "y")
		s.See("Taken back: Deleted 1 option")
		if _, o := option("password/green.min-length"); o["value"] != "12" {
			t.Errorf("taken back, the tenant has %v", o)
		}
		s.Open("features")
		key := strings.Fields(s.Row("▌").Text())[1]
		active := func() any { return s.Tenant.Get("/features/" + key)["active"] }
		before := active()
		s.Open("features?filter=" + key)
		s.Press("E")
		s.See("Switched 1 feature")
		if active() == before {
			t.Errorf("%s is %v still", key, before)
		}
		s.Press("u", "y")
		s.See("Taken back")
		if active() != before {
			t.Errorf("taken back, %s is %v", key, active())
		}
		s.Open("systemoptions")
		s.Press("e")
		s.See("the platform's operator sets it")
	})
}

// TestStoryOfRetention: a rule is asked what it would remove before it is there and after, and what
// another has deleted meanwhile leaves the list.
func TestStoryOfRetention(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story, _ *watched) {
		id, _ := pump(s)
		for _, days := range []int{1, 40, 50} {
			s.Tenant.Post("/event/events", map[string]any{
				"source": map[string]any{"id": id}, "type": "hv_Visit", "text": "Greased", "time": time.Now().AddDate(0, 0, -days).Format(time.RFC3339),
			})
		}
		rules := func() []any { return s.Tenant.Get("/retention/retentions")["retentionRules"].([]any) }
		s.Open("retention")
		s.See("1 retention rule")
		s.Press("n")
		s.See("New retention rule", "Days")
		s.Type("30")
		s.Press("enter", "ctrl+u")
		s.Type("hv_Visit")
		s.Press("enter", "enter", "ctrl+u")
		s.Type("pump")
		s.Press("ctrl+s")
		s.See("an id has only digits")
		s.Press("ctrl+u")
		s.Type(id)
		s.Press("ctrl+t")
		s.See("It would remove 2 documents", "events", "hv_Visit")
		if n := len(rules()); n != 1 {
			t.Fatalf("%d rules before anything was sent", n)
		}
		s.Press("esc", "ctrl+s")
		s.See("Created the retention rule", "2 retention rules")
		s.Row("hv_Visit").Has("event", "30")
		made := rules()[1].(map[string]any)
		if made["type"] != "hv_Visit" || made["maximumAge"] != 30.0 || made["source"] != id || made["fragmentType"] != "*" {
			t.Fatalf("the tenant has %v", made)
		}
		s.Press("e", "tab", "ctrl+u")
		s.Type("45")
		s.Press("ctrl+s")
		s.See(`- 30`, `+ 45`)
		s.Press("s")
		s.See("maximumAge")
		s.Row("hv_Visit").Has("45")
		s.Press("x")
		s.See("It would remove 1 document")
		s.Press("esc")
		s.Tenant.Delete("/retention/retentions/" + made["id"].(string))
		s.Press("e")
		s.See("cannot be edited", "1 retention rule")
		s.DontSee("hv_Visit")
		s.Press("D", "y")
		s.See("Deleted 1 retention rule", "nothing is ever removed")
		if n := len(rules()); n != 0 {
			t.Errorf("%d rules are left", n)
		}
	})
}
