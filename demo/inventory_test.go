package demo_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"c8yx/demo"
)

const objects = "/inventory/managedObjects"

func TestCreateAndChangeObjects(t *testing.T) {
	b := start(t, demo.Options{})
	a := b.want(201, "POST", objects, `{"name":"Pump","c8y_Number":1.50,"z":{"b":1,"a":2},"id":"1","self":"x","owner":"reader","creationTime":"1999-01-01",`+
		`"childDevices":{"references":[]},"c8y_Availability":{"status":"AVAILABLE"},"gone":null}`)
	id := a.text("id")
	body := string(a.body)
	for _, want := range []string{`"c8y_Number":1.50`, `"z":{"b":1,"a":2}`, `"owner":"admin"`, `"childDevices":{"self":`, `"deviceParents":{"self":`} {
		if !strings.Contains(body, want) {
			t.Errorf("created without %s: %s", want, body)
		}
	}
	if id == "1" || a.at("c8y_Availability") != nil || strings.Contains(body, "gone") || strings.Contains(body, "1999") || a.text("self") != b.server.URL+objects+"/"+id {
		t.Errorf("created %s", body)
	}
	a = b.want(200, "PUT", objects+"/"+id, `{"z":{"c":3},"c8y_Number":null,"new":[1,2],"lastUpdated":"1999-01-01"}`)
	if got := string(a.body); !strings.Contains(got, `"z":{"c":3}`) || !strings.Contains(got, `"new":[1,2]`) || strings.Contains(got, "c8y_Number") || strings.Contains(got, "1999") {
		t.Errorf("changed %s", got)
	}
	if got := b.want(200, "PUT", objects+"/"+id, `{"owner":"reader"}`).text("owner"); got != "reader" {
		t.Errorf("an administrator made %s the owner", got)
	}
	for _, heartbeat := range []string{`{}`, ``, `{"id":"` + id + `"}`} {
		if got := string(b.want(200, "PUT", objects+"/"+id, heartbeat).body); got != `{"id":"`+id+`"}` {
			t.Errorf("heartbeat answered %s", got)
		}
	}
	b.want(204, "DELETE", objects+"/"+id, nil)
	for _, method := range []string{"GET", "PUT", "DELETE"} {
		a := b.want(404, method, objects+"/"+id, nil)
		if want := "Finding device data from database failed : No managedObject for id '" + id + "'!"; a.text("error") != "inventory/Not Found" || a.text("message") != want {
			t.Errorf("%s of a deleted object: %s", method, a.body)
		}
	}
}

func TestBulkObjects(t *testing.T) {
	b := start(t, demo.Options{})
	collection := b.with("Content-Type", "application/vnd.com.nsn.cumulocity.managedObjectCollection+json")
	a := collection.want(201, "POST", objects, `{"managedObjects":[{"name":"a"},{"name":"b"}]}`)
	if got := a.all("managedObjects", "name"); got != "a b" {
		t.Errorf("created %s", got)
	}
	first, second := a.text("managedObjects", 0, "id"), a.text("managedObjects", 1, "id")
	a = collection.want(200, "PUT", objects, `{"managedObjects":[{"id":"`+first+`","x":1},{"id":"`+second+`","name":"B"}]}`)
	if got := a.all("managedObjects", "name"); got != "a B" || a.text("managedObjects", 0, "x") != "1" {
		t.Errorf("changed %s", a.body)
	}
	collection.want(404, "PUT", objects, `{"managedObjects":[{"id":"`+first+`","x":2},{"id":"1","x":2}]}`)
	if got := b.get(objects + "/" + first).text("x"); got != "1" {
		t.Errorf("half of a refused update was done: x is %s", got)
	}
	many := `{"managedObjects":[` + strings.Repeat(`{},`, 50) + `{}]}`
	collection.want(422, "POST", objects, many)
	collection.want(422, "POST", objects, `{}`)
	collection.want(422, "POST", objects, `{"managedObjects":[{"name":"c"},7]}`)
	if got := string(b.get(objects + "/count").body); got != "2" {
		t.Errorf("%s objects in the end", got)
	}
}

func TestSearch(t *testing.T) {
	b := start(t, demo.Options{})
	names := map[string]string{}
	for _, object := range []string{
		`{"name":"Press 1","type":"c8y_Linux","c8y_IsDevice":{},"c8y_Hardware":{"serialNumber":"A-1"},"externalIds":[{"type":"c8y_Serial","externalId":"SN-77"}]}`,
		`{"name":"Press 2","type":"c8y_Linux","c8y_IsDevice":{},"c8y_ActiveLevel":3}`,
		`{"name":"Hall","type":"c8y_DeviceGroup","c8y_IsDeviceGroup":{}}`,
		`{"name":"Line","type":"c8y_DeviceSubGroup","c8y_IsDeviceGroup":{}}`,
		`{"name":"a press in words","type":"note"}`,
	} {
		a := b.want(201, "POST", objects, object)
		names[a.text("name")] = a.text("id")
	}
	b.want(201, "POST", objects+"/"+names["Hall"]+"/childAssets", `{"managedObject":{"id":"`+names["Line"]+`"}}`)
	b.want(201, "POST", objects+"/"+names["Line"]+"/childAssets", `{"managedObject":{"id":"`+names["Press 2"]+`"}}`)
	b.want(200, "PUT", objects+"/"+names["Press 2"], `{"owner":"reader"}`)
	escape := strings.NewReplacer(" ", "%20", "'", "%27", "$", "%24", ",", "%2C", "<", names["Hall"], ">", names["Line"], "#", names["Press 1"]).Replace
	for _, test := range []struct{ query, want string }{
		{"pageSize=100", "Press 1,Press 2,Hall,Line,a press in words"},
		{"type=c8y_Linux", "Press 1,Press 2"},
		{"fragmentType=c8y_IsDeviceGroup", "Hall,Line"},
		{"fragmentType=c8y_IsDeviceGroup&onlyRoots=true", "Hall"},
		{"owner=reader", "Press 2"},
		{"owner=reader&type=note", ""},
		{"ids=#,<,1,x", "Press 1,Hall"},
		{"childAssetId=" + names["Line"], "Hall"},
		{"childDeviceId=" + names["Line"], ""},
		{"text=press", "Press 1,Press 2,a press in words"},
		{"text=press line", "Line,Press 1,Press 2,a press in words"}, // a whole name counts most
		{"text=\"press in\"", "a press in words"},
		{"text=SN-77", "Press 1"},
		{"text=pres", "Press 1,Press 2,a press in words"},
		{"text=ress", ""},
		{"query=name eq 'Press*'", "Press 1,Press 2"},
		{"query=$filter=name eq 'Press*' $orderby=name desc", "Press 2,Press 1"},
		{"query=$filter=(name eq 'press*')+$orderby=name desc&type=note", "Press 2,Press 1"},   // classic filters are ignored
		{"query=$filter=has(c8y_IsDevice) $orderby=name desc&text=press 1", "Press 2,Press 1"}, // but words count
		{"query=bygroupid(<)", "Line"},
		{"query=bygroupid(<,>)", "Press 2,Line"},
		{"query=isinhierarchyof(<)", "Press 2,Hall,Line"},
		{"query=isinhierarchyof(#)", "Press 1"},
		{"q=name eq '*'", "Press 1,Press 2"},
		{"q=", "Press 1,Press 2"},
		{"q=$orderby=name desc", "Press 2,Press 1"},
		{"query=_id gt '#' $orderby=_id asc&pageSize=2", "Press 2,Hall"},
		{"query=text eq 'line'", "Line"},
		{"query=creationTime.date gt '2020-01-01' and has(c8y_ActiveLevel)", "Press 2"},
		{"query=c8y_ActiveLevel gt 2.5d", "Press 2"},
	} {
		a := b.get(objects + "?" + escape(strings.ReplaceAll(test.query, `"`, "%22")))
		if got, want := a.all("managedObjects", "name"), strings.ReplaceAll(test.want, ",", " "); got != want {
			t.Errorf("%s: %s, want %s", test.query, got, want)
		}
	}
	a := b.want(422, "GET", objects+"?query=name+ne+5", nil)
	if a.text("error") != "inventory/Invalid Data" || a.text("message") != "Find by filter query failed : Query could not be understood." {
		t.Errorf("a wrong query: %s", a.body)
	}
	if got := string(b.with("Accept", "text/plain").get(objects + "/count?type=c8y_Linux").body); got != "2" {
		t.Errorf("counted %s", got)
	}
	if a := b.get(objects + "?query=has(c8y_IsDevice)&withTotalElements=true&pageSize=1"); a.text("statistics", "totalElements") != "2" {
		t.Errorf("total %s", a.body)
	}
}

// Walking by id finds every object once, in a collection that is as large as it likes.
func TestIDKeyset(t *testing.T) {
	b := start(t, demo.Options{})
	for i := range 23 {
		b.device(fmt.Sprint(i))
	}
	last, seen := "0", 0
	for {
		a := b.get(objects + "?pageSize=5&query=%24filter%3D_id%20gt%20%27" + last + "%27%20%24orderby%3D_id%20asc")
		ids := strings.Fields(a.all("managedObjects", "id"))
		if len(ids) == 0 {
			break
		}
		seen, last = seen+len(ids), ids[len(ids)-1]
	}
	if seen != 23 {
		t.Errorf("saw %d of 23", seen)
	}
}

func TestChildren(t *testing.T) {
	for _, relation := range []string{"childDevices", "childAssets", "childAdditions"} {
		t.Run(relation, func(t *testing.T) {
			b := start(t, demo.Options{})
			parents := map[string]string{"childDevices": "deviceParents", "childAssets": "assetParents", "childAdditions": "additionParents"}[relation]
			parent, first, second := b.device("parent"), b.device("first"), b.device("second")
			path := objects + "/" + parent + "/" + relation
			a := b.want(201, "POST", path, `{"managedObject":{"id":"`+first+`"}}`)
			if a.text("managedObject", "id") != first || a.Header.Get("Location") != b.server.URL+path+"/"+first {
				t.Errorf("attached %s, Location %s", a.body, a.Header.Get("Location"))
			}
			b.want(201, "POST", path, `{"managedObject":{"id":"`+first+`"}}`) // again is no mistake
			b.with("Content-Type", "application/vnd.com.nsn.cumulocity.managedobjectreferencecollection+json").
				want(201, "POST", path, `{"references":[{"managedObject":{"id":"`+second+`"}}]}`)
			third := b.with("Content-Type", "application/vnd.com.nsn.cumulocity.managedobject+json").
				want(201, "POST", path, `{"name":"third","managedObject":{"odd":"fragment"}}`).text("id")

			a = b.get(path + "?withTotalPages=true")
			if got := []string{a.text("references", 0, "managedObject", "name"), a.text("references", 2, "managedObject", "id"), a.text("statistics", "totalPages")}; fmt.Sprint(got) != fmt.Sprintf("[first %s 1]", third) {
				t.Errorf("children %v", got)
			}
			if a.at("references", 0, "managedObject", "c8y_IsDevice") == nil {
				t.Error("children are not complete")
			}
			if a := b.get(path + "?pageSize=1&query=name%20eq%20%27s*%27"); a.text("references", 0, "managedObject", "name") != "second" {
				t.Errorf("children by query: %s", a.body)
			}
			if got := b.get(path+"/"+second).text("managedObject", "id"); got != second {
				t.Errorf("one child: %s", got)
			}

			plain := b.get(objects + "/" + parent)
			if references, _ := plain.at(relation, "references").([]any); len(references) != 0 || plain.at(relation, "count") != nil {
				t.Errorf("without asking: %s", plain.body)
			}
			a = b.get(objects + "/" + parent + "?withChildren=true&withChildrenCount=true")
			if a.text(relation, "count") != "3" || a.text(relation, "references", 1, "managedObject", "name") != "second" {
				t.Errorf("with children: %s", a.body)
			}
			if a := b.get(objects + "/" + parent + "?withChildren=true&skipChildrenNames=true"); a.at(relation, "references", 0, "managedObject", "name") != nil {
				t.Errorf("names were not skipped: %s", a.body)
			}
			if got := b.get(objects+"/"+first+"?withParents=true").text(parents, "references", 0, "managedObject", "id"); got != parent {
				t.Errorf("parent %s", got)
			}

			a = b.want(422, "DELETE", objects+"/"+first+"/"+relation+"/"+parent, nil)
			if want := "managedObject " + parent + " is not a child of " + first; a.text("error") != "inventory/Invalid Data" || a.text("message") != want {
				t.Errorf("no child: %s", a.body)
			}
			b.want(422, "GET", path+"/"+parent, nil)
			b.want(404, "GET", path+"/1", nil)
			b.want(404, "POST", path, `{"managedObject":{"id":"1"}}`)
			b.want(404, "POST", objects+"/1/"+relation, `{"managedObject":{"id":"`+first+`"}}`)
			b.want(422, "POST", path, `{"managedObject":{}}`)
			b.want(204, "DELETE", path+"/"+first, nil)
			b.want(204, "DELETE", path, `{"references":[{"managedObject":{"id":"`+second+`"}}]}`)
			if got := b.get(path).text("references", 0, "managedObject", "id"); got != third {
				t.Errorf("left over: %s", got)
			}
		})
	}
}

// Grandparents are parents too.
func TestAllAncestors(t *testing.T) {
	b := start(t, demo.Options{})
	top, middle, leaf := b.device("top"), b.device("middle"), b.device("leaf")
	b.want(201, "POST", objects+"/"+top+"/childAssets", `{"managedObject":{"id":"`+middle+`"}}`)
	b.want(201, "POST", objects+"/"+middle+"/childAssets", `{"managedObject":{"id":"`+leaf+`"}}`)
	a := b.get(objects + "/" + leaf + "?withParents=true")
	if got := a.text("assetParents", "references", 1, "managedObject", "name") + a.text("assetParents", "references", 1, "managedObject", "type"); got != "topc8y_Linux" {
		t.Errorf("with parents: %s", a.body)
	}
	if a := b.get(objects + "/" + leaf + "?withGroups=true"); a.text("assetParents", "references", 0, "managedObject", "name") != "middle" || a.at("assetParents", "references", 1) != nil {
		t.Errorf("with groups: %s", a.body)
	}
}

func TestDelete(t *testing.T) {
	for _, test := range []struct {
		what, query, left string
	}{
		{"group", "", "gateway service sensor"}, // the subgroup always goes along
		{"group", "?cascade=true", ""},
		{"gateway", "", "group subgroup sensor"},
		{"gateway", "?cascade=true", "group subgroup"},
		{"subgroup", "", "group gateway service sensor"},
		{"group", "?forceCascade=true", ""},
	} {
		b := start(t, demo.Options{})
		ids := map[string]string{}
		for name, fragment := range map[string]string{"group": "c8y_IsDeviceGroup", "subgroup": "c8y_IsDeviceGroup", "gateway": "c8y_IsDevice", "sensor": "c8y_IsDevice", "service": "c8y_Service"} {
			ids[name] = b.create(objects, `{"name":"`+name+`","`+fragment+`":{}}`)
		}
		for _, link := range [][3]string{{"group", "childAssets", "subgroup"}, {"subgroup", "childAssets", "gateway"}, {"gateway", "childDevices", "sensor"}, {"gateway", "childAdditions", "service"}} {
			b.want(201, "POST", objects+"/"+ids[link[0]]+"/"+link[1], `{"managedObject":{"id":"`+ids[link[2]]+`"}}`)
		}
		event := b.create("/event/events", `{"source":{"id":"`+ids["gateway"]+`"},"type":"t","text":"x"}`)
		b.want(204, "DELETE", objects+"/"+ids[test.what]+test.query, nil)
		b.tenant.Settle()
		var left []string
		for _, name := range []string{"group", "subgroup", "gateway", "service", "sensor"} {
			if b.do("GET", objects+"/"+ids[name], nil).StatusCode == 200 {
				left = append(left, name)
			}
		}
		if got := strings.Join(left, " "); got != test.left {
			t.Errorf("delete %s%s leaves %s, want %s", test.what, test.query, got, test.left)
		}
		gone := !slices.Contains(left, "gateway")
		if status := b.do("GET", "/event/events/"+event, nil).StatusCode; gone != (status == 404) {
			t.Errorf("delete %s%s: event answers %d", test.what, test.query, status)
		}
	}
}

func TestIdentity(t *testing.T) {
	b := start(t, demo.Options{})
	id := b.device("Pump")
	list, one := "/identity/globalIds/"+id+"/externalIds", "/identity/externalIds/c8y_Serial/SN%2F1%20%C3%A4"
	a := b.want(201, "POST", list, `{"type":"c8y_Serial","externalId":"SN/1 ä"}`)
	if a.text("managedObject", "id") != id || a.text("externalId") != "SN/1 ä" || a.Header.Get("Location") != b.server.URL+one {
		t.Errorf("created %s at %s", a.body, a.Header.Get("Location"))
	}
	if got := b.get(one).text("managedObject", "id"); got != id {
		t.Errorf("found %s", got)
	}
	b.want(409, "POST", list, `{"type":"c8y_Serial","externalId":"SN/1 ä"}`)
	b.want(201, "POST", list, `{"type":"imei","externalId":"SN/1 ä"}`)
	b.want(422, "POST", list, `{"type":"imei"}`)
	b.want(404, "POST", "/identity/globalIds/1/externalIds", `{"type":"imei","externalId":"1"}`)
	if got := b.get(list).all("externalIds", "type"); got != "c8y_Serial imei" {
		t.Errorf("external ids %s", got)
	}
	if got := b.get("/identity/globalIds/1/externalIds").all("externalIds", "type"); got != "" {
		t.Errorf("of nothing: %s", got)
	}
	if got := b.want(200, "POST", "/identity/search", `{"externalIds":[{"type":"imei","externalId":"SN/1 ä"},{"type":"imei","externalId":"?"}]}`).all("externalIds", "type"); got != "imei" {
		t.Errorf("searched %s", got)
	}
	b.want(400, "POST", "/identity/search", `{}`)
	b.want(204, "DELETE", one, nil)
	a = b.want(404, "GET", one, nil)
	if a.text("error") != "identity/Not Found" || a.text("message") != "External id not found; external id = ID [type=c8y_Serial, value=SN/1 ä]" {
		t.Errorf("not found: %s", a.body)
	}
	b.want(404, "DELETE", one, nil)
	created := b.create(objects, `{"externalIds":[{"type":"c8y_Serial","externalId":"at-once"}]}`)
	if got := b.get("/identity/externalIds/c8y_Serial/at-once").text("managedObject", "id"); got != created {
		t.Errorf("created with an identity: %s", got)
	}
	b.want(409, "POST", objects, `{"externalIds":[{"type":"c8y_Serial","externalId":"at-once"}]}`)
	b.want(204, "DELETE", objects+"/"+created, nil)
	b.want(404, "GET", "/identity/externalIds/c8y_Serial/at-once", nil)
}
