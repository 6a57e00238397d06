package byhand_test

import (
	"slices"
	"testing"

	"c8yx/views/byhand"
)

func TestPathsAreCompletedFromTheOperationsOfTheAPI(t *testing.T) {
	for _, tc := range []struct {
		method, typed string
		has, lacks    []string
	}{
		{"GET", "", []string{"/alarm/alarms", "/tenant/currentTenant"}, []string{"/tenant/oauth/token"}},
		{"GET", "/alarm/al", []string{"/alarm/alarms", "/alarm/alarms/{id}", "/alarm/alarms/count"}, []string{"/event/events"}},
		{"PUT", "/alarm/alarms/9", []string{"/alarm/alarms/9"}, []string{"/alarm/alarms/count", "/alarm/alarms"}},
		{"GET", "/inventory/managedObjects/4711/", []string{"/inventory/managedObjects/4711/childDevices", "/inventory/managedObjects/4711/supportedSeries"}, nil},
		{"GET", "/inventory/managedObjects/4711/childD", []string{"/inventory/managedObjects/4711/childDevices"}, []string{"/inventory/managedObjects/4711/childAssets"}},
		{"", "alarm/alarms", []string{"/alarm/alarms"}, nil},
		{"GET", "/nothing/of/the/kind", nil, nil},
	} {
		got := byhand.Paths(tc.method, tc.typed)
		for _, want := range tc.has {
			if !slices.Contains(got, want) {
				t.Errorf("%s %s lacks %s: %q", tc.method, tc.typed, want, got)
			}
		}
		for _, unwanted := range tc.lacks {
			if slices.Contains(got, unwanted) {
				t.Errorf("%s %s has %s", tc.method, tc.typed, unwanted)
			}
		}
	}
}
