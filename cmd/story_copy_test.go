package cmd

import (
	"encoding/json"
	"strings"
	"testing"

	"c8yx/cmd/story"
)

// Whatever is under the cursor can be copied in every form in which it is of use elsewhere.
func TestStoryOfCopying(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices?sort=name"}, func(s *story.Story) {
		for _, name := range []string{"Kopie 1", "Kopie 2", "Kopie 3"} {
			s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": name, "c8y_IsDevice": map[string]any{}})
		}
		s.Press("/")
		s.Type("kopie")
		s.Press("enter")
		s.See("3 match")
		press := func(keys ...string) string {
			s.Press("y")
			s.See("Copy", "Place")
			s.Press(keys...)
			s.See("Copied ", " B")
			return s.Clipboard()
		}
		id := press("i")
		s.Read("Copied the id, 4 B, to the terminal's clipboard; not there? ctrl+e saves it to a file")
		if name := s.Tenant.Get("/inventory/managedObjects/" + id)["name"]; name != "Kopie 1" {
			t.Errorf("%s is the id of %v", id, name)
		}
		var document struct{ Name, ID string }
		if err := json.Unmarshal([]byte(press("j")), &document); err != nil || document.ID != id {
			t.Errorf("the document is %v: %s", err, s.Clipboard())
		}
		for key, want := range map[string]string{
			"8": "c8y inventory get --id " + id,
			"d": "http://acme.example/apps/devicemanagement/index.html#/device/" + id,
			"k": "http://acme.example/apps/cockpit/index.html#/device/" + id,
			"p": "devices?filter=kopie",
		} {
			if got := press(key); got != want {
				t.Errorf("%s copies %q, want %q", key, got, want)
			}
		}
		if got := press("u"); !strings.HasPrefix(got, `curl -sS "$C8Y_BASEURL"/inventory/managedObjects/`+id) || !strings.Contains(got, "Bearer $C8Y_TOKEN") {
			t.Errorf("curl: %s", got)
		}
		if got := press("v", "enter"); got != "Kopie 1" { // the first column
			t.Errorf("the value is %q", got)
		}
		if got := press("r"); !strings.HasPrefix(got, "Kopie 1\tnot monitored\t") {
			t.Errorf("the row is %q", got)
		}

		s.Press("space", "space", "space")
		s.See("3 marked")
		if got := press("c", "enter"); got != "Kopie 1\nKopie 2\nKopie 3" {
			t.Errorf("the column is %q", got)
		}
		if got := press("r"); !strings.HasPrefix(got, "name\tstatus\t") || strings.Count(got, "\n") != 3 {
			t.Errorf("the rows are %q", got)
		}
		var documents []map[string]any
		if err := json.Unmarshal([]byte(press("J")), &documents); err != nil || len(documents) != 3 || documents[2]["name"] != "Kopie 3" {
			t.Errorf("%d documents, %v", len(documents), err)
		}
	})
}

// What is too large for a clipboard goes to a file, and so does what did not arrive.
func TestStoryOfACopyThatIsTooLarge(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	tell(t, story.Options{Place: "devices"}, func(s *story.Story) {
		s.Tenant.Post("/inventory/managedObjects", map[string]any{
			"name": "Kopie 1", "c8y_IsDevice": map[string]any{}, "hv_Blob": strings.Repeat("0123456789", 8000),
		})
		s.Press("ctrl+e")
		s.See("nothing was copied yet")
		s.Press("/")
		s.Type("kopie")
		s.Press("enter")
		s.See("1 match")
		s.Press("y", "j")
		s.See("Too large to copy", "Save it to a file instead?")
		s.Press("y")
		retype(s, folder+"/devices.json")
		s.Press("enter")
		s.See("Saved", "devices.json")
		var document map[string]any
		if err := json.Unmarshal([]byte(read(t, folder+"/devices.json")), &document); err != nil || document["name"] != "Kopie 1" {
			t.Errorf("%v, %v", document["name"], err)
		}
		s.Press("y", "i")
		s.See("Copied the id")
		s.Press("ctrl+e")
		retype(s, folder+"/id.txt")
		s.Press("enter")
		s.See("id.txt")
		if got := read(t, folder+"/id.txt"); got != s.Clipboard() {
			t.Errorf("%q was saved, %q copied", got, s.Clipboard())
		}
	})
}

// Documents, device pages and the tree copy in the same way.
func TestStoryOfCopyingElsewhere(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices?filter=kopie"}, func(s *story.Story) {
		s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "Kopie 1", "c8y_IsDevice": map[string]any{}})
		s.See("1 match")
		s.Press("y", "i")
		id := s.Clipboard()
		s.Press("i")
		s.See("JSON inventory/managedObjects/" + id)
		s.Press("/")
		s.Type("\"name\"")
		s.Press("enter")
		for keys, want := range map[string]string{
			"8": "c8y inventory get --id " + id,
			"d": "http://acme.example/apps/devicemanagement/index.html#/device/" + id,
			"p": "inspect/inventory/managedObjects/" + id,
		} {
			s.Press("y")
			s.Press(keys)
			if got := s.Clipboard(); got != want {
				t.Errorf("%s copies %q, want %q", keys, got, want)
			}
		}
		s.Open("device/" + id)
		s.See("Kopie 1")
		s.Press("y", "n")
		if got := s.Clipboard(); got != "Kopie 1" {
			t.Errorf("the name is %q", got)
		}
		s.Press("y", "k")
		if got := s.Clipboard(); !strings.HasSuffix(got, "/cockpit/index.html#/device/"+id) {
			t.Errorf("the link is %q", got)
		}
		s.Press("W") // where is it?
		s.Row("· Kopie 1").Has("▌")
		s.Press("y", "8")
		if got := s.Clipboard(); got != "c8y inventory get --id "+id {
			t.Errorf("the command is %q", got)
		}
		s.Press("y", "w")
		if got := s.Clipboard(); !strings.Contains(got, "›") {
			t.Errorf("the way is %q", got)
		}
	})
}

// Everything that was written stands in the journal, and can be written again by a script.
func TestStoryOfTheJournal(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	tell(t, story.Options{Place: "journal"}, func(s *story.Story) {
		s.See("Nothing was written")
		press := s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "Presse 99", "c8y_IsDevice": map[string]any{}})["id"].(string)
		var raised []string
		for _, kind := range []string{"hv_First", "hv_Second"} {
			raised = append(raised, s.Tenant.Post("/alarm/alarms", map[string]any{
				"source": map[string]any{"id": press}, "type": kind, "severity": "CRITICAL", "text": "x", "time": "2026-03-02T09:00:00Z",
			})["id"].(string))
		}
		s.Open("alarms?source=" + press)
		s.See("2 alarms")
		s.Press("space", "a")
		s.See("cknowledged 1 alarm")
		s.Press("C")
		s.See("leared 1 alarm")
		s.Open("journal")
		s.See("2 writes", `{"status":"ACKNOWLEDG`)
		s.Row("▌").Has("PUT", "200", `{"status":"CLEARED"}`)
		aside(s, func() { s.See("Clear “x”") })
		s.Press("enter")
		s.See("Write 2", `"why": "Clear “x”"`)
		s.Press("esc", "esc") // the message, the document

		s.Press("y", "S")
		script := s.Clipboard()
		for _, id := range raised {
			if !strings.Contains(script, "c8y alarms update --id "+id) {
				t.Errorf("%s is not in\n%s", id, script)
			}
		}
		if strings.Index(script, "ACKNOWLEDGED") > strings.Index(script, "CLEARED") {
			t.Errorf("out of order:\n%s", script)
		}
		s.Press("o")
		s.See("Save the journal as a script", "2 of 2 writes")
		s.Press("tab")
		retype(s, folder+"/journal.sh")
		s.Press("enter")
		s.See("Saved the journal")
		if saved := read(t, folder+"/journal.sh"); strings.Count(saved, "\ncurl -fsS -X PUT") != 2 {
			t.Errorf("%s", saved)
		}
	})
}
