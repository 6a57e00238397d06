package demo

import (
	"strings"

	"c8yx/demo/rawjson"
)

// roots are the root resources: documents of links that say where things are.
type roots struct{}

// root is the root resource of an area. Links are templates: "…/alarm/alarms?source={source}".
type root struct {
	path, media string
	platform    string // its name in /platform, "" if it is not there
	access      access
	collections map[string]string // name of the collection (and of its empty list) → path
	links       map[string]string // name of the link → path and query
}

func areas() []root {
	return []root{
		{
			"/inventory", "inventoryapi", "inventory", inventoryReaders(),
			map[string]string{"managedObjects": "/inventory/managedObjects"},
			map[string]string{
				"managedObjectsForFragmentType": "/inventory/managedObjects?fragmentType={fragmentType}", "managedObjectsForType": "/inventory/managedObjects?type={type}",
				"managedObjectsForListOfIds": "/inventory/managedObjects?ids={ids}",
			},
		},
		{
			"/alarm", "alarmapi", "alarm", needs(roleAlarmRead),
			map[string]string{"alarms": "/alarm/alarms"},
			map[string]string{
				"alarmsForSource": "/alarm/alarms?source={source}", "alarmsForStatus": "/alarm/alarms?status={status}",
				"alarmsForSourceAndStatus":        "/alarm/alarms?source={source}&status={status}",
				"alarmsForTime":                   "/alarm/alarms?dateFrom={dateFrom}&dateTo={dateTo}",
				"alarmsForSourceAndTime":          "/alarm/alarms?source={source}&dateFrom={dateFrom}&dateTo={dateTo}",
				"alarmsForStatusAndTime":          "/alarm/alarms?status={status}&dateFrom={dateFrom}&dateTo={dateTo}",
				"alarmsForSourceAndStatusAndTime": "/alarm/alarms?source={source}&status={status}&dateFrom={dateFrom}&dateTo={dateTo}",
			},
		},
		{
			"/event", "eventapi", "event", needs(roleEventRead),
			map[string]string{"events": "/event/events"},
			map[string]string{
				"eventsForSource": "/event/events?source={source}", "eventsForType": "/event/events?type={type}",
				"eventsForSourceAndType": "/event/events?source={source}&type={type}",
				"eventsForTime":          "/event/events?dateFrom={dateFrom}&dateTo={dateTo}",
				"eventsForFragmentType":  "/event/events?fragmentType={fragmentType}",
			},
		},
		{
			"/measurement", "measurementapi", "measurement", needs(roleMeasurementRead),
			map[string]string{"measurements": "/measurement/measurements"},
			map[string]string{
				"measurementsForSource": "/measurement/measurements?source={source}", "measurementsForType": "/measurement/measurements?type={type}",
				"measurementsForSourceAndType":     "/measurement/measurements?source={source}&type={type}",
				"measurementsForValueFragmentType": "/measurement/measurements?valueFragmentType={valueFragmentType}",
				"measurementsForDate":              "/measurement/measurements?dateFrom={dateFrom}&dateTo={dateTo}",
				"measurementsForSourceAndDate":     "/measurement/measurements?source={source}&dateFrom={dateFrom}&dateTo={dateTo}",
			},
		},
		{
			"/devicecontrol", "devicecontrolapi", "deviceControl", needs(roleDeviceControlRead),
			map[string]string{"operations": "/devicecontrol/operations"},
			map[string]string{
				"operationsByStatus": "/devicecontrol/operations?status={status}", "operationsByAgentId": "/devicecontrol/operations?agentId={agentId}",
				"operationsByDeviceId":           "/devicecontrol/operations?deviceId={deviceId}",
				"operationsByAgentIdAndStatus":   "/devicecontrol/operations?agentId={agentId}&status={status}",
				"operationsByDeviceIdAndStatus":  "/devicecontrol/operations?deviceId={deviceId}&status={status}",
				"newDeviceRequests":              "/devicecontrol/newDeviceRequests",
				"deviceCredentials":              "/devicecontrol/deviceCredentials",
				"bulkNewDeviceRequestCollection": "/devicecontrol/bulkNewDeviceRequests",
			},
		},
		{
			"/identity", "identityapi", "identity", needs(roleIdentityRead), nil,
			map[string]string{
				"externalId": "/identity/externalIds/{type}/{externalId}", "externalIdsOfGlobalId": "/identity/globalIds/{globalId}/externalIds",
			},
		},
		{
			"/user", "userapi", "user", userReaders(), nil,
			map[string]string{
				"users": "/user/{realm}/users", "userByName": "/user/{realm}/users/{userName}", "currentUser": "/user/currentUser",
				"groups": "/user/{realm}/groups", "groupByName": "/user/{realm}/groupByName/{groupName}", "roles": "/user/roles",
			},
		},
		{
			"/audit", "auditapi", "audit", needs(roleAuditRead),
			map[string]string{"auditRecords": "/audit/auditRecords"},
			map[string]string{
				"auditRecordsForApplication":               "/audit/auditRecords?application={application}",
				"auditRecordsForType":                      "/audit/auditRecords?type={type}",
				"auditRecordsForUser":                      "/audit/auditRecords?user={user}",
				"auditRecordsForTypeAndApplication":        "/audit/auditRecords?type={type}&application={application}",
				"auditRecordsForTypeAndUserAndApplication": "/audit/auditRecords?type={type}&user={user}&application={application}",
				"auditRecordsForUserAndApplication":        "/audit/auditRecords?user={user}&application={application}",
				"auditRecordsForUserAndType":               "/audit/auditRecords?user={user}&type={type}",
			},
		},
		{
			"/application", "applicationapi", "", needs(roleApplicationRead), nil,
			map[string]string{
				"applications": "/application/applications", "applicationById": "/application/applications/{id}",
				"applicationsByName": "/application/applicationsByName/{name}", "applicationsByTenant": "/application/applicationsByTenant/{tenant}",
				"applicationsByOwner": "/application/applicationsByOwner/{tenant}", "applicationsByUser": "/application/applicationsByUser/{username}",
			},
		},
		{
			"/tenant", "tenantapi", "tenant", needs(roleTenantManagementRead),
			map[string]string{"options": "/tenant/options", "tenants": "/tenant/tenants"},
			map[string]string{
				"tenantForId": "/tenant/tenants/{tenantId}", "tenantApplications": "/tenant/tenants/{tenantId}/applications",
				"tenantApplicationForId":   "/tenant/tenants/{tenantId}/applications/{applicationId}",
				"tenantOptionsForCategory": "/tenant/options/{category}", "tenantOptionForCategoryAndKey": "/tenant/options/{category}/{key}",
				"tenantSystemOptions": "/tenant/system/options", "tenantSystemOptionsForCategoryAndKey": "/tenant/system/options/{category}/{key}",
			},
		},
	}
}

func (*roots) routes() []route {
	all := areas()
	routes := []route{{"GET", "/platform", everyone(), "platformapi", func(c *call) (reply, error) {
		var w rawjson.Writer
		w.Open('{')
		w.Str("self", c.url("/platform"))
		for _, r := range all {
			if r.platform == "" {
				continue
			}
			w.Key(r.platform)
			r.write(&w, c)
		}
		w.Close('}')
		return ok("platformapi", w.Buf), nil
	}}}
	for _, r := range all {
		routes = append(routes, route{"GET", r.path, r.access, r.media, func(c *call) (reply, error) {
			var w rawjson.Writer
			r.write(&w, c)
			return ok(r.media, w.Buf), nil
		}})
	}
	return routes
}

func (r root) write(w *rawjson.Writer, c *call) {
	links := map[string]any{"self": c.url(r.path)}
	for name, path := range r.collections {
		links[name] = map[string]any{"self": c.url(path), name: []any{}}
	}
	for name, path := range r.links {
		links[name] = c.url(strings.ReplaceAll(path, "{realm}", c.who.user.tenant))
	}
	w.Buf = rawjson.Append(w.Buf, links)
}
