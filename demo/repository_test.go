package demo_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"c8yx/demo"
)

// The repositories hold what devices can install, and its files can be downloaded.
func TestRepositories(t *testing.T) {
	b := start(t, demo.Options{Devices: 30})
	download := func(link string) []byte {
		t.Helper()
		address, err := url.Parse(link)
		if err != nil || !strings.HasPrefix(address.Path, "/inventory/binaries/") {
			t.Fatalf("the file is at %q, %v", link, err)
		}
		return b.get(address.Path).body
	}
	for kind, fragment := range map[string]string{"c8y_Firmware": "c8y_Firmware", "c8y_Software": "c8y_Software"} {
		parent := b.get(objects + "?withChildren=true&type=" + kind)
		name := parent.text("managedObjects", 0, "name")
		if parent.at("managedObjects", 0, "c8y_Global") == nil || parent.text("managedObjects", 0, "c8y_Filter", "type") == "" {
			t.Errorf("%s: %.300s", kind, parent.body)
		}
		child := b.get(objects+"/"+parent.text("managedObjects", 0, "id")+"/childAdditions").at("references", 0, "managedObject")
		id, _ := child.(map[string]any)["id"].(string)
		binary := b.get(objects + "/" + id)
		if binary.text("type") != kind+"Binary" {
			t.Errorf("below %s is a %s", kind, binary.text("type"))
		}
		// This is how the vendor's user interface lists versions.
		query := url.QueryEscape("$filter=((not(has(c8y_Patch))) and (bygroupid(" + parent.text("managedObjects", 0, "id") + "))) $orderby=creationTime.date desc")
		if got := strings.Fields(b.get(objects+"?query="+query).all("managedObjects", "id")); !slices.Contains(got, id) {
			t.Errorf("the versions of a %s are %v, without %s", kind, got, id)
		}
		version := binary.text(fragment, "version")
		if got := string(download(binary.text(fragment, "url"))); !strings.HasPrefix(got, name+" "+version+"\n") || len(got) < 4096 {
			t.Errorf("%s %s: %d bytes, %.40q", name, version, len(got), got)
		}
	}
	dump := b.get(objects + "?type=c8y_ConfigurationDump")
	if got := download(dump.text("managedObjects", 0, "url")); len(got) == 0 || dump.text("managedObjects", 0, "configurationType") == "" {
		t.Errorf("configuration: %.300s", dump.body)
	}
	if names := strings.Fields(b.get("/inventory/binaries?pageSize=200").all("managedObjects", "name")); !slices.Contains(names, "emergency-contacts.txt") {
		t.Errorf("files %s", names)
	}
}
