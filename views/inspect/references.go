package inspect

import (
	"net/url"
	"strings"

	"c8yx/ui/text"
	"c8yx/views/place"
)

// reference finds the place that a value refers to: the id of an object, of a user or of another
// document, or a link within the API. tenantID is needed for users and may be "".
func reference(document, path, value, tenantID string) (p place.Place, label text.Safe, ok bool) {
	name := path[strings.LastIndexByte(path, '.')+1:]
	if bracket := strings.IndexByte(name, '['); bracket >= 0 {
		name = name[:bracket]
	}
	if link, is := linkWithin(name, value); is {
		return link, "JSON", true
	}
	if value == "" {
		return place.Place{}, "", false
	}
	above := strings.TrimSuffix(strings.TrimSuffix(path, name), ".")
	number := strings.Trim(value, "0123456789") == ""
	inspect := func(label text.Safe, segments ...string) (place.Place, text.Safe, bool) {
		return place.At("inspect", append(segments, value)...), label, true
	}
	switch {
	case number && pointsToObject(document, name, above):
		return place.At("device", value), "object", true
	case name == "bulkOperationId" && number, name == "failedParentId" && number:
		return inspect("bulk operation", "devicecontrol", "bulkoperations")
	case (name == "owner" || name == "user" || name == "userName" && above != "") && tenantID != "" && !strings.ContainsAny(value, " /"):
		return inspect("user", "user", tenantID, "users")
	case name == "id" && strings.HasSuffix(above, "application"):
		return inspect("application", "application", "applications")
	case name == "id" && strings.HasSuffix(above, "tenant"):
		return inspect("tenant", "tenant", "tenants")
	case name == "id" && strings.HasSuffix(above, "group"):
		return inspect("global role", "user", tenantID, "groups")
	case name == "id" && strings.HasSuffix(above, "role") && strings.HasPrefix(value, "ROLE_"):
		return inspect("permission", "user", "roles")
	case name == "externalId" && above == "":
		return place.At("find").With("what", value), "find", true
	}
	return place.Place{}, "", false
}

// pointsToObject reports whether a number of that name is the id of a managed object.
func pointsToObject(document, name, above string) bool {
	switch name {
	case "deviceId", "agentId", "groupId", "managedObjectId", "profileId", "c8y_DashboardId", "binaryId":
		return true
	case "id":
		return above == "source" || strings.HasSuffix(above, "managedObject") || strings.HasSuffix(above, ".source")
	case "managedObject":
		return above == "" || strings.HasPrefix(document, "/user/") // of an inventory assignment
	case "moId", "deviceID", "assetId":
		return true
	}
	return false
}

// linkWithin returns the place of a link to another document of the API.
func linkWithin(name, value string) (place.Place, bool) {
	switch name {
	case "self", "next", "prev", "url", "file":
	default:
		return place.Place{}, false
	}
	u, err := url.Parse(value)
	if err != nil || strings.Contains(value, "{") {
		return place.Place{}, false
	}
	segments := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	if len(segments) < 2 || !isAPI(segments[0]) {
		return place.Place{}, false
	}
	if segments[0] == "inventory" && segments[1] == "binaries" && len(segments) == 3 {
		segments[1] = "managedObjects" // its content may be anything, its object is a document
	}
	p := place.At("inspect", segments...)
	p.Query = u.Query()
	return p, true
}

// isAPI reports whether the first segment of a path is that of an API with documents.
func isAPI(first string) bool {
	switch first {
	case "alarm", "application", "audit", "devicecontrol", "event", "identity", "inventory",
		"measurement", "notification2", "retention", "tenant", "user", "features", "service":
		return true
	}
	return false
}
