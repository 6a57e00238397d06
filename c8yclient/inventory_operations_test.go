package c8yclient_test

import (
	"context"
	"strings"

	"c8yx/c8yclient"
)

const (
	managedObjectJSON = `{"id":"4711","self":"https://acme.example/inventory/managedObjects/4711","name":"Pump 7","type":"acme_Pump",
		"owner":"jane","creationTime":"2026-02-02T09:30:00.000Z","lastUpdated":"2026-02-02T09:30:00.000Z",
		"childDevices":{"references":[{"managedObject":{"id":"4712","name":"Valve","acme_Size":2}}]},
		"assetParents":{"references":[{"managedObject":{"id":"200"}}]},
		"c8y_IsDevice":{},"acme_Flow":{"max":7}}`
	managedObjectsJSON = `{"managedObjects":[` + managedObjectJSON + `],"statistics":{"currentPage":1,"pageSize":2000}}`
	childJSON          = `{"self":"s","managedObject":` + managedObjectJSON + `}`
	childrenJSON       = `{"references":[` + childJSON + `],"statistics":{"currentPage":1,"pageSize":2000}}`

	mediaManagedObject           = "application/vnd.com.nsn.cumulocity.managedobject+json"
	mediaManagedObjectCollection = "application/vnd.com.nsn.cumulocity.managedobjectcollection+json"
	mediaReferenceCollection     = "application/vnd.com.nsn.cumulocity.managedobjectreferencecollection+json"
)

func inventoryOperations() []operation {
	return []operation{{
		method: "Inventory.List", answer: managedObjectsJSON, items: "managedObjects",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.Inventory.List(ctx, &c8yclient.InventoryListOptions{
				InventoryFilter: c8yclient.InventoryFilter{
					Query: "$filter=(name eq 'A+B')", Q: "q", Type: "t", FragmentType: "f", Owner: "o", Text: "x y",
					IDs: []string{"1", "2"}, ChildDeviceID: "3", ChildAssetID: "4", ChildAdditionID: "5", OnlyRoots: true,
				},
				InventoryDetail: c8yclient.InventoryDetail{
					WithChildren: true, WithChildrenCount: true, SkipChildrenNames: true, WithParents: true, WithLatestValues: true,
				},
				WithGroups: true, Paging: c8yclient.Paging{Walk: c8yclient.WalkPages},
			}))
		},
		sends: "GET /inventory/managedObjects?query=%24filter%3D%28name%20eq%20%27A%2BB%27%29&q=q&type=t&fragmentType=f&owner=o&text=x%20y" +
			"&ids=1,2&childDeviceId=3&childAssetId=4&childAdditionId=5&onlyRoots=true&withChildren=true&withChildrenCount=true" +
			"&skipChildrenNames=true&withParents=true&withLatestValues=true&withGroups=true&pageSize=2000",
	}, {
		method: "Inventory.Pages", answer: managedObjectsJSON, items: "managedObjects",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.Inventory.Pages(ctx, nil))
		},
		sends: "GET /inventory/managedObjects?query=%24filter%3D%28_id%20gt%20%270%27%29%20%24orderby%3D_id%20asc&withChildren=false&pageSize=2000",
	}, {
		method: "Inventory.Page", answer: managedObjectsJSON, items: "managedObjects",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.Inventory.Page(ctx, nil))
		},
		sends: "GET /inventory/managedObjects?withChildren=false&pageSize=2000",
	}, {
		method: "Inventory.Count", answer: "7", accept: "application/json, text/plain", beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Inventory.Count(ctx, &c8yclient.InventoryFilter{Type: "t"})
		},
		sends: "GET /inventory/managedObjects/count?type=t",
	}, {
		method: "Inventory.Get", answer: managedObjectJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Inventory.Get(ctx, "4711", nil) },
		sends: "GET /inventory/managedObjects/4711?withChildren=false",
	}, {
		method: "Inventory.Create", status: 201, answer: managedObjectJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Inventory.Create(ctx, &c8yclient.ManagedObject{Name: "Pump 7"})
		},
		sends: "POST /inventory/managedObjects", body: `{"name":"Pump 7"}`, contentType: mediaManagedObject,
	}, {
		method: "Inventory.CreateMany", status: 201, answer: managedObjectsJSON, items: "managedObjects",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Inventory.CreateMany(ctx, []*c8yclient.ManagedObject{{Name: "Pump 7"}})
		},
		sends: "POST /inventory/managedObjects", body: `{"managedObjects":[{"name":"Pump 7"}]}`, contentType: mediaManagedObjectCollection,
	}, {
		method: "Inventory.Update", answer: managedObjectJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Inventory.Update(ctx, "4711", map[string]any{"acme_Flow": nil})
		},
		sends: "PUT /inventory/managedObjects/4711", body: `{"acme_Flow":null}`,
	}, {
		method: "Inventory.UpdateMany", answer: managedObjectsJSON, items: "managedObjects",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Inventory.UpdateMany(ctx, []*c8yclient.ManagedObject{{ID: "4711", Name: "Pump 7"}})
		},
		sends: "PUT /inventory/managedObjects", body: `{"managedObjects":[{"id":"4711","name":"Pump 7"}]}`,
		contentType: mediaManagedObjectCollection,
	}, {
		method: "Inventory.Delete", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Inventory.Delete(ctx, "4711", &c8yclient.InventoryDeleteOptions{Cascade: true, ForceCascade: true, WithDeviceUser: true}))
		},
		sends: "DELETE /inventory/managedObjects/4711?cascade=true&forceCascade=true&withDeviceUser=true",
	}, {
		method: "Inventory.Availability",
		answer: `{"deviceId":"4711","externalId":"x","lastMessage":"2026-02-02T09:30:00.000Z","interval":5,
			"dataStatus":"AVAILABLE","connectionStatus":"CONNECTED","acme":1}`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Inventory.Availability(ctx, "4711")
		},
		sends: "GET /inventory/managedObjects/4711/availability",
	}, {
		method: "Inventory.SupportedMeasurements", answer: `{"c8y_SupportedMeasurements":["c8y_T"]}`, returns: `["c8y_T"]`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Inventory.SupportedMeasurements(ctx, "4711")
		},
		sends: "GET /inventory/managedObjects/4711/supportedMeasurements",
	}, {
		method: "Inventory.SupportedSeries", answer: `{"c8y_SupportedSeries":["c8y_T.T"]}`, returns: `["c8y_T.T"]`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Inventory.SupportedSeries(ctx, "4711")
		},
		sends: "GET /inventory/managedObjects/4711/supportedSeries",
	}, {
		method: "Inventory.DeviceUser", answer: `{"userName":"device_7","enabled":true,"self":"s"}`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Inventory.DeviceUser(ctx, "4711")
		},
		sends: "GET /inventory/managedObjects/4711/user",
	}, {
		method: "Inventory.EnableDeviceUser", answer: `{"userName":"device_7","enabled":false,"self":"s"}`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Inventory.EnableDeviceUser(ctx, "4711", false)
		},
		sends: "PUT /inventory/managedObjects/4711/user", body: `{"enabled":false}`,
	}}
}

// childrenOperations call each method once for each kind of children.
func childrenOperations() []operation {
	each := func(call func(c8yclient.ChildKind) (any, error)) (any, error) {
		var last any
		for _, kind := range []c8yclient.ChildKind{c8yclient.ChildDevices, c8yclient.ChildAssets, c8yclient.ChildAdditions} {
			result, err := call(kind)
			if err != nil {
				return nil, err
			}
			last = result
		}
		return last, nil
	}
	sends := func(line string) string {
		var all []string
		for _, kind := range []string{"childDevices", "childAssets", "childAdditions"} {
			all = append(all, strings.ReplaceAll(line, "KIND", kind))
		}
		return strings.Join(all, "\n")
	}
	return []operation{{
		method: "Inventory.Children", answer: childrenJSON, returns: "[" + managedObjectJSON + "]",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return each(func(kind c8yclient.ChildKind) (any, error) {
				return collected(c.Inventory.Children(ctx, "4711", kind, nil))
			})
		},
		sends: sends("GET /inventory/managedObjects/4711/KIND?withChildren=false&pageSize=2000"),
	}, {
		method: "Inventory.ChildrenPage", answer: childrenJSON, items: "references",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return each(func(kind c8yclient.ChildKind) (any, error) {
				return itemsOf(c.Inventory.ChildrenPage(ctx, "4711", kind, &c8yclient.ChildListOptions{Query: "$orderby=name"}))
			})
		},
		sends: sends("GET /inventory/managedObjects/4711/KIND?query=%24orderby%3Dname&withChildren=false&pageSize=2000"),
	}, {
		method: "Inventory.Child", answer: childJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return each(func(kind c8yclient.ChildKind) (any, error) { return c.Inventory.Child(ctx, "4711", kind, "4712") })
		},
		sends: sends("GET /inventory/managedObjects/4711/KIND/4712"),
	}, {
		method: "Inventory.AddChildren", status: 201,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return each(func(kind c8yclient.ChildKind) (any, error) {
				return nothing(c.Inventory.AddChildren(ctx, "4711", kind, "4712", "4713"))
			})
		},
		sends: sends("POST /inventory/managedObjects/4711/KIND"), contentType: mediaReferenceCollection,
		body: `{"references":[{"managedObject":{"id":"4712"}},{"managedObject":{"id":"4713"}}]}`,
	}, {
		method: "Inventory.CreateChild", status: 201, answer: managedObjectJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return each(func(kind c8yclient.ChildKind) (any, error) {
				return c.Inventory.CreateChild(ctx, "4711", kind, &c8yclient.ManagedObject{Name: "Valve"})
			})
		},
		sends: sends("POST /inventory/managedObjects/4711/KIND"), contentType: mediaManagedObject, body: `{"name":"Valve"}`,
		beyond: "the document describes no answer",
	}, {
		method: "Inventory.RemoveChild", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return each(func(kind c8yclient.ChildKind) (any, error) {
				return nothing(c.Inventory.RemoveChild(ctx, "4711", kind, "4712"))
			})
		},
		sends: sends("DELETE /inventory/managedObjects/4711/KIND/4712"),
	}, {
		method: "Inventory.RemoveChildren", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return each(func(kind c8yclient.ChildKind) (any, error) {
				return nothing(c.Inventory.RemoveChildren(ctx, "4711", kind, "4712"))
			})
		},
		sends: sends("DELETE /inventory/managedObjects/4711/KIND"), contentType: mediaReferenceCollection,
		body: `{"references":[{"managedObject":{"id":"4712"}}]}`,
	}}
}
