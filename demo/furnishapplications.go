package demo

import (
	"slices"
	"strconv"
	"sync"
	"time"

	"c8yx/demo/office"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// microserviceAge is for how long the company's microservices have been running.
const microserviceAge = 9 * 24 * time.Hour

// install brings the company's own applications, and the versions of the one that it has already.
func (f *furnishing) install() error {
	apps := f.applications
	apps.seeding = true // the statuses are shown all at once
	defer func() { apps.seeding = false }()
	for _, a := range office.Applications() {
		members := map[string]any{
			"name": a.Name, "key": a.Key, "type": a.Type, "availability": "PRIVATE", "description": a.Description, "roles": []string{}, "requiredRoles": append([]string{}, a.Permissions...),
			applicationSubscribers: []string{},
		}
		if a.URL != "" {
			members["externalUrl"], members[applicationSubscribers] = a.URL, []string{f.id}
		}
		if a.Path != "" {
			members["contextPath"] = a.Path
			members["manifest"] = map[string]any{
				"apiVersion": "1", "version": a.Version, "provider": map[string]any{"name": "Hansen & Vega"}, "isolation": "PER_TENANT", "contextPath": a.Path,
				"requiredRoles": a.Permissions, "roles": []string{}, "resources": map[string]any{"cpu": "1", "memory": "1G"},
			}
		}
		if a.Restarts > 0 {
			members[applicationRestarts] = a.Restarts
		}
		it := apps.keep(apps.shelf.next(), f.id, members)
		if a.Type == "MICROSERVICE" {
			it = apps.bootstrap(it)
			if a.Subscribed {
				apps.subscribe(it, f.id)
			}
		}
	}
	since := `{"` + applicationSince + `":"` + strconv.FormatInt(f.ago(microserviceAge), 10) + `"}`
	for _, it := range apps.shelf.all(func(it item) bool { return it.Text(applicationSince) != "" }) {
		apps.shelf.merge(it.id, since)
	}
	return f.publishVersions()
}

// webArchives are those of the versions of the company's web application. They are the same in all tenants and packed when the first needs them.
var webArchives = sync.OnceValues(func() (archives [][]byte, err error) {
	for _, v := range office.WebVersions() {
		packed, err := contents(v.Files()).pack()
		if err != nil {
			return nil, err
		}
		archives = append(archives, packed)
	}
	return archives, nil
})

// publishVersions gives the web application of the company its history.
func (f *furnishing) publishVersions() error {
	apps := f.applications
	at := apps.shelf.all(func(it item) bool { return it.Text("type") == "HOSTED" && it.Text(applicationOwner) == f.id })
	if len(at) == 0 {
		return nil
	}
	it := at[0]
	var ids []string
	var versions []applicationVersion
	archives, err := webArchives()
	if err != nil {
		return err
	}
	for i, v := range office.WebVersions() {
		file := store.File{Name: it.Text("contextPath") + "-" + v.Version + ".zip", Type: "application/zip", Content: archives[i]}
		object, err := apps.files.keep(apps.files.describe(f.store.Shapes.Encode(map[string]any{"owner": "l.garza"}), file), file, f.ago(v.Age), f.tell)
		if err != nil {
			return err
		}
		ids = append(ids, object.ID.String())
		versions = append(versions, applicationVersion{Version: v.Version, BinaryID: object.ID.String(), Tags: slices.Clone(v.Tags)})
	}
	it, _ = apps.shelf.merge(it.id, string(rawjson.Append(nil, map[string]any{applicationBinaries: ids})))
	apps.setVersions(it, versions)
	return nil
}
