package cmd

import (
	"net/url"
	"regexp"
	"testing"

	"c8yx/cmd/story"
)

// TestStoryOfASubscription: made in a form that knows what the platform takes, followed live, paused,
// looked into; whoever leaves leaves no subscriber behind.
func TestStoryOfASubscription(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story, _ *watched) {
		id, path := pump(s)
		visit := func(said string) {
			s.Tenant.Post("/event/events", map[string]any{
				"source": map[string]any{"id": id}, "type": "hv_Visit", "text": said, "time": "2026-03-02T09:00:00Z",
			})
		}
		s.Open("subscriptions?source=" + id)
		s.See("There are no subscriptions")
		s.Press("n")
		s.See("New subscription", id)
		s.Type("pump_7")
		s.Press("enter")
		s.See("only letters and digits")
		s.Press("shift+tab", "ctrl+u")
		s.Type("pump7")
		s.Press("enter", "enter", "enter")
		s.Type("events, weather")
		s.Press("enter")
		s.Type("'hv_Visit' or hv_Call")
		s.Press("ctrl+s")
		s.See("several are written so: 'one' or 'another'")
		s.Press("ctrl+u")
		s.Type("'hv_Visit' or 'hv_Call'")
		s.Press("ctrl+s")
		s.See("there is no “weather” here")
		s.Press("ctrl+u")
		s.Type("events, managedobjects")
		s.Press("ctrl+s")
		s.See("Created the subscription", "1 subscription")
		s.Row("▌  pump7").Has("mo", "Pump 7", "events, manag")
		made := s.Tenant.Get("/notification2/subscriptions")["subscriptions"].([]any)[0].(map[string]any)
		filter := made["subscriptionFilter"].(map[string]any)
		if made["source"].(map[string]any)["id"] != id || len(filter["apis"].([]any)) != 2 || filter["typeFilter"] != "'hv_Visit' or 'hv_Call'" {
			t.Fatalf("the tenant has %v", made)
		}
		s.Press("e")
		s.See("the platform does not change subscriptions")
		s.Press("f")
		s.See("News of pump7")
		s.Row("▌").Has("connection", "live", "as the subscriber")
		var subscriber string
		aside(s, func() { subscriber = regexp.MustCompile(`c8yx[a-z0-9]{12}`).FindString(s.Screen()) })
		visit("Greased")
		s.Row("events        create").Has("Greased")
		s.Press("p")
		visit("Tightened")
		s.See("paused, 1 change waits")
		s.DontSee("Tightened")
		s.Press("p")
		s.Row("▌").Has("events        create", "Tightened")
		s.Press("home", "enter")
		s.See("Message 3", `"text": "Tightened"`, `"type": "hv_Visit"`)
		s.Press("[")
		s.See("3 messages")
		s.Tenant.Put(path, map[string]any{"type": "hv_Call"})
		s.See("managedobjects  update")

		unsubscribe := func() int {
			token := s.Tenant.Post("/notification2/token", map[string]any{"subscription": "pump7", "subscriber": subscriber, "expiresInMinutes": 5})
			status, _ := s.Tenant.Do("POST", "/notification2/unsubscribe?token="+url.QueryEscape(token["token"].(string)), nil)
			return status
		}
		s.Press("[")
		s.See("1 subscription")
		if status := unsubscribe(); status != 404 {
			t.Errorf("the subscriber %q was left behind: %d", subscriber, status)
		}
		s.Press("D", "y")
		s.See("Deleted 1 subscription", "There are no subscriptions")
		s.Press("u", "y")
		s.See("Taken back", "1 subscription")
		s.Row("▌  pump7").Has("events, manag")
	})
}
