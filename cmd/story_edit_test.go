package cmd

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"c8yx/cmd/story"
	"c8yx/demo"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/editor"
	"c8yx/views"
)

// hand is an editor for stories: what it does to the file is told by the story.
type hand struct {
	write []func(was string) (string, error) // one for each time it is opened
	files []string                           // the texts that it was given
	lines []int                              // at which it was opened
	path  string
}

func (h *hand) open(path string, line, _ int) (tea.ExecCommand, error) {
	if h == nil {
		return nil, editor.ErrNone
	}
	h.path = path
	h.lines = append(h.lines, line)
	return h, nil
}

func (h *hand) SetStdin(io.Reader)  {}
func (h *hand) SetStdout(io.Writer) {}
func (h *hand) SetStderr(io.Writer) {}

// Run is what happens while the editor has the terminal.
func (h *hand) Run() error {
	// Nobody writes faster than that. Bubble Tea's renderer needs the time: it would stop the clock
	// of its successor otherwise.
	time.Sleep(time.Second)
	was, err := os.ReadFile(h.path)
	if err != nil {
		return err
	}
	if info, err := os.Stat(h.path); err != nil || info.Mode().Perm() != 0o600 {
		return errors.New("others can read the draft")
	}
	write := h.write[len(h.files)]
	h.files = append(h.files, string(was))
	now, failed := write(string(was))
	if err := os.WriteFile(h.path, []byte(now), 0o600); err != nil {
		return err
	}
	return failed
}

// afterEditor presses a key that means nothing. While the editor has the terminal, the reader of the
// program's input waits, and takes the first key that comes; a real terminal can be told not to.
func afterEditor(s *story.Story) { s.Press("f12") }

// replacing is an editor that replaces texts, each time it is opened one pair.
func replacing(pairs ...string) *hand {
	h := &hand{}
	for i := 0; i < len(pairs); i += 2 {
		h.write = append(h.write, func(was string) (string, error) { return strings.Replace(was, pairs[i], pairs[i+1], 1), nil })
	}
	return h
}

// editing tells a story with an editor.
func editing(t *testing.T, h *hand, options story.Options, telling func(*story.Story)) {
	t.Helper()
	options.Start = func(w story.World) (story.Model, error) {
		return newShell(accessTo(w), views.ShellOptions{
			Home: w.Place, Palette: theme.Standard, Dark: !options.Light, Editor: ui.Editor(h.open),
		})
	}
	narrate(t, options, telling)
	if h == nil || h.path == "" {
		return
	}
	for left := filepath.Dir(h.path); left != filepath.Clean(os.TempDir()); left = filepath.Dir(left) {
		if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the program has ended, and %s is still there: %v", left, err)
		}
	}
}

// pump makes a device to be edited.
func pump(s *story.Story) (id, path string) {
	id = s.Tenant.Post("/inventory/managedObjects", map[string]any{
		"name": "Pump 7", "type": "hv_Pump", "c8y_IsDevice": map[string]any{}, "hv_Site": map[string]any{"hall": "B", "row": 3.0},
	})["id"].(string)
	return id, "/inventory/managedObjects/" + id
}

var bare = story.Demo(demo.Options{Devices: -1})

// TestStoryOfAForm: the known fields are edited in a form, shown as a difference, and only what
// differs is sent; u takes it back.
func TestStoryOfAForm(t *testing.T) {
	t.Parallel()
	editing(t, nil, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story) {
		_, path := pump(s)
		s.Open("devices")
		s.See("Pump 7")
		s.Press("e")
		s.See("Edit Pump 7", "Name", "Type", "Notes", "Expected every")
		s.Type(" north")
		s.Press("enter") // to the next field
		s.Press("ctrl+s")
		s.See("Change Pump 7", `- "Pump 7"`, `+ "Pump 7 north"`, "PUT "+path)
		s.DontSee("hv_Pump\",", "hv_Site")
		s.Press("s")
		s.See("Changed Pump 7: name")
		s.Row("1 device").Lacks("2 devices")
		s.See("Pump 7 north")
		aside(s, func() { s.See("hv_Pump") })
		if doc := s.Tenant.Get(path); doc["name"] != "Pump 7 north" || doc["hv_Site"] == nil {
			t.Errorf("the tenant has %v", doc)
		}
		s.Press("u")
		s.See("Take back in acme.example: Changed Pump 7?", `+ "Pump 7"`, `"name": "Pump 7"`)
		s.Press("y")
		s.See("Taken back: Changed Pump 7")
		if doc := s.Tenant.Get(path); doc["name"] != "Pump 7" {
			t.Errorf("taken back, the tenant has %v", doc["name"])
		}
		s.Press("u")
		s.See("nothing has been changed in this session")
	})
}

// TestStoryOfAnEditor: a comma too many is said with its place, the draft goes back to the editor,
// read-only members are protected, and what is removed is sent as null.
func TestStoryOfAnEditor(t *testing.T) {
	t.Parallel()
	h := replacing(
		`"row": 3`, `"row": 4,`,
		`"row": 4,`, "\"row\": 4\n  },\n  \"id\": \"1\",\n  \"hv_More\": {",
		"  \"id\": \"1\",\n", "",
		`  "type": "hv_Pump",`+"\n", "",
	)
	editing(t, h, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story) {
		_, path := pump(s)
		s.Open("devices")
		s.See("Pump 7")
		s.Press("e", "ctrl+o")
		afterEditor(s)
		s.See("there is a comma too many", "Line ", "column ")
		s.Press("e")
		afterEditor(s)
		s.See("id is kept by the tenant and cannot be", "Line 7, column 3")
		s.Press("enter")
		afterEditor(s)
		s.See("hv_More", "hv_Site.row", "- 3", "+ 4")
		s.Press("e") // once more, from the review
		afterEditor(s)
		s.See(`- "hv_Pump"`, `"type": null`)
		s.Press("s")
		s.See("Changed Pump 7: ")
		doc := s.Tenant.Get(path)
		if site := doc["hv_Site"].(map[string]any); site["row"] != 4.0 || site["hall"] != "B" || doc["type"] != nil || doc["hv_More"] == nil {
			t.Errorf("the tenant has %v", doc)
		}
		if strings.Contains(h.files[0], "lastUpdated") || strings.Contains(h.files[0], `"self"`) {
			t.Errorf("the editor was given what cannot be edited:\n%s", h.files[0])
		}
		if line := strings.Split(h.files[1], "\n")[h.lines[1]-1]; !strings.Contains(line, "4,") {
			t.Errorf("opened at line %d: %q", h.lines[1], line)
		}
		if _, err := os.Stat(h.path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the draft is still there: %v", err)
		}
	})
}

// TestStoryOfAnEditorThatFails: it ends with an error, or leaves nothing; nothing is lost or sent.
func TestStoryOfAnEditorThatFails(t *testing.T) {
	t.Parallel()
	h := &hand{write: []func(string) (string, error){
		func(was string) (string, error) {
			return strings.Replace(was, "Pump 7", "Pump 8", 1), errors.New("exit status 1")
		},
		func(string) (string, error) { return "", nil },
		func(was string) (string, error) { return was, nil },
	}}
	editing(t, h, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story) {
		_, path := pump(s)
		s.Open("devices")
		s.See("Pump 7")
		s.Press("e", "ctrl+o")
		afterEditor(s)
		s.See("The editor ended with an error: exit status 1")
		s.Press("e")
		afterEditor(s)
		if !strings.Contains(h.files[1], "Pump 8") {
			t.Errorf("what was written is lost:\n%s", h.files[1])
		}
		s.See("The file is empty")
		s.Press("e")
		afterEditor(s)
		if !strings.Contains(h.files[2], "Pump 8") {
			t.Errorf("an empty file took everything:\n%s", h.files[2])
		}
		s.See(`+ "Pump 8"`)
		s.Press("esc")
		s.See("The draft is kept")
		s.Press("e")
		s.See("There is a draft of this")
		s.Press("n")
		s.See("Edit Pump 7", "Expected every")
		if doc := s.Tenant.Get(path); doc["name"] != "Pump 7" {
			t.Errorf("something was sent: %v", doc)
		}
	})
}

// TestStoryOfTwoWhoEdit: what somebody else changed meanwhile is shown beside what the user did,
// who chooses.
func TestStoryOfTwoWhoEdit(t *testing.T) {
	t.Parallel()
	for choice, want := range map[string]string{"s": "Pump 8", "d": "Pump 9"} {
		t.Run(choice, func(t *testing.T) {
			t.Parallel()
			editing(t, replacing("Pump 7", "Pump 8"), story.Options{Place: "overview", Tenant: bare}, func(s *story.Story) {
				_, path := pump(s)
				s.Open("devices")
				s.See("Pump 7")
				s.Press("e", "ctrl+o")
				afterEditor(s)
				s.See(`+ "Pump 8"`)
				s.Tenant.Put(path, map[string]any{"name": "Pump 9"})
				s.Press("s")
				s.See("Pump 7 was changed meanwhile", "Yours would overwrite what was changed in name", `+ "Pump 9"`, `+ "Pump 8"`)
				s.Press(choice)
				s.SeeNoMore("changed meanwhile")
				if doc := s.Tenant.Get(path); doc["name"] != want {
					t.Errorf("the tenant has %v, want %s", doc["name"], want)
				}
			})
		})
	}
}

// TestStoryOfEditingOnTheNewOne: mine is put upon theirs.
func TestStoryOfEditingOnTheNewOne(t *testing.T) {
	t.Parallel()
	h := replacing("Pump 7", "Pump 8", "never there", "")
	editing(t, h, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story) {
		_, path := pump(s)
		s.Open("devices")
		s.See("Pump 7")
		s.Press("e", "ctrl+o")
		afterEditor(s)
		s.See(`+ "Pump 8"`)
		s.Tenant.Put(path, map[string]any{"hv_Site": map[string]any{"hall": "C"}})
		s.Press("s")
		s.See("nothing of it would be lost")
		s.Press("e")
		afterEditor(s)
		s.See("Change Pump 7", `+ "Pump 8"`)
		s.DontSee("hv_Site")
		if !strings.Contains(h.files[1], `"hall": "C"`) || !strings.Contains(h.files[1], "Pump 8") {
			t.Errorf("the editor was given\n%s", h.files[1])
		}
		s.Press("s")
		s.See("Changed Pump 7: name")
		doc := s.Tenant.Get(path)
		if doc["name"] != "Pump 8" || doc["hv_Site"].(map[string]any)["hall"] != "C" {
			t.Errorf("the tenant has %v", doc)
		}
	})
}

// TestStoryOfARefusedEdit: the tenant says no, and the draft is still there.
func TestStoryOfARefusedEdit(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		fault demo.Fault
		says  string
	}{
		"429":     {demo.Fault{Kind: demo.TooManyRequests, Method: "PUT", After: 2 * time.Minute}, "asks to be left alone for 2m"},
		"503":     {demo.Fault{Kind: demo.Unavailable, Method: "PUT", Count: 4}, "503"},
		"cut":     {demo.Fault{Kind: demo.CutOff, Method: "PUT", Count: 1}, "sending it again does no harm"},
		"dropped": {demo.Fault{Kind: demo.Dropped, Method: "PUT", Count: 4}, "sending it again does no harm"},
		"killed":  {demo.Fault{Kind: demo.KillSession, Method: "PUT", Count: 1}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			editing(t, replacing("Pump 7", "Pump 8"), story.Options{Place: "overview", Tenant: bare}, func(s *story.Story) {
				_, path := pump(s)
				s.Open("devices")
				s.See("Pump 7")
				s.Press("e", "ctrl+o")
				afterEditor(s)
				s.See(`+ "Pump 8"`)
				s.Demo.SetFaults(tc.fault)
				s.Press("s")
				if tc.says != "" {
					s.See("Send again", `+ "Pump 8"`)
					s.Read(tc.says)
					s.Demo.SetFaults()
					s.Wait(3 * time.Minute) // a tenant that has enough is left alone for as long as it asked for
					s.Press("s")
				}
				s.See("Changed Pump 7: name")
				if doc := s.Tenant.Get(path); doc["name"] != "Pump 8" {
					t.Errorf("the tenant has %v", doc["name"])
				}
			})
		})
	}
}

// TestStoryWithoutAnEditor: the document is written in a field of our own.
func TestStoryWithoutAnEditor(t *testing.T) {
	t.Parallel()
	editing(t, nil, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story) {
		_, path := pump(s)
		s.Open("devices")
		s.See("Pump 7")
		s.Press("e", "ctrl+o")
		afterEditor(s)
		s.See("Set VISUAL or EDITOR", `"name": "Pump 7"`)
		s.Press("ctrl+end")
		s.Type("x")
		s.Press("ctrl+s")
		s.See("something follows the end of the document")
		s.Press("backspace", "ctrl+s")
		s.See("Nothing was changed")
		synctest.Wait()
		if doc := s.Tenant.Get(path); doc["name"] != "Pump 7" {
			t.Errorf("the tenant has %v", doc["name"])
		}
	})
}
