package cmd

import (
	"slices"
	"strings"
	"testing"

	"c8yx/c8yclient"
	"c8yx/cmd/story"
	"c8yx/session"
	"c8yx/views"
	"c8yx/views/tenant"
)

// unfilled are places that show nothing until they are told of what.
var unfilled = []string{"find", "accessmappings", "externalids", "assignments", "members", "me", "remoteaccess", "timeline", "installed", "bulkfailures", "usedby", "deviceconfigurations", "deviceuser", "logs", "versions", "follow", "jobs", "journal", "transfers"}

// Every place that c8yx places prints opens on the demo tenant, settles, and shows rows.
func TestStoryOfEveryPlace(t *testing.T) {
	t.Parallel()
	client, err := c8yclient.New("http://demo.example")
	if err != nil {
		t.Fatal(err)
	}
	tell(t, story.Options{Place: "overview"}, func(s *story.Story) {
		for _, entry := range views.NewExplorer(tenant.New(client, session.Profile{})).Entries() {
			if entry.NeedsPath() || slices.Contains(unfilled, entry.Name) || strings.HasSuffix(entry.Name, "versions") { // those of one thing
				continue
			}
			s.Open(entry.Name)
			s.See(strings.Fields(string(entry.Title))[0], "▌")
			s.DontSee("Reading ")
		}
	})
}

// A device's page has everything that belongs to it in tabs.
func TestStoryOfTheTabsOfADevice(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices?filter=Liniengateway"}, func(s *story.Story) {
		s.See("Liniengateway 1")
		s.Press("enter")
		for _, tab := range []struct{ name, shows string }{
			{"timeline?last=all", "operation"}, {"software", "firmware"}, {"identity", "c8y_Serial"}, {"audit?last=all", "audit record"},
		} {
			s.Open("device/1007/" + tab.name)
			s.See(tab.shows)
		}
	})
}
