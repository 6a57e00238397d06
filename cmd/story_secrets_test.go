package cmd

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"c8yx/cmd/story"
	"c8yx/demo"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/views"
	"c8yx/views/state"
)

// witness is the program with somebody who keeps every frame it draws.
type witness struct {
	*ui.Shell
	mu     sync.Mutex
	frames map[string]bool
}

// Update returns the witness, and not the program in it.
func (w *witness) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := w.Shell.Update(msg)
	return w, cmd
}

// View keeps the frame.
func (w *witness) View() tea.View {
	v := w.Shell.View()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.frames[v.Content] = true
	return v
}

// seen is all that was shown so far, as text.
func (w *witness) seen() []byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all strings.Builder
	for frame := range w.frames {
		all.WriteString(ansi.Strip(frame))
	}
	return []byte(all.String())
}

// TestStoryOfASessionFullOfSecrets: whatever somebody does with secrets all day, they are in nothing that
// is shown, copied, saved or remembered: not in the log of requests, the journal, the messages, the
// drafts, the exports or the state folder.
func TestStoryOfASessionFullOfSecrets(t *testing.T) {
	t.Parallel()
	c, found := &confidant{secrets: map[string]string{}}, evidence{}
	remembered, w := t.TempDir(), &witness{frames: map[string]bool{}}
	var a access
	var folder string
	h := replacing(`"name"`, `"name"`)
	options := story.Options{Place: "users", Account: story.Account{Tenant: "t4711", User: "admin", Password: "demo-Admin.1"}}
	options.Tenant = func(ctx context.Context) (http.Handler, error) {
		tenant, err := bare(ctx)
		if err == nil {
			c.Tenant = tenant.(*demo.Tenant)
		}
		return c, err
	}
	var recorded func() []byte
	options.Start = func(world story.World) (story.Model, error) {
		a, folder = accessTo(world), world.Folder
		a.state = state.Open(remembered)
		tenant, err := a.open()
		if err != nil {
			return nil, err
		}
		recorded = func() []byte {
			written, err := json.Marshal(tenant.Traffic.Requests(0))
			if err != nil {
				t.Error(err)
			}
			return fmt.Append(written, tenant.Traffic.Requests(0))
		}
		w.Shell = views.NewExplorer(tenant).Shell(views.ShellOptions{Home: world.Place, Palette: theme.Standard, Dark: true, Editor: h.open})
		return w, nil
	}
	secret := func(what, text string) string {
		c.note(what, text)
		return text
	}
	secret("password", "demo-Admin.1")
	narrate(t, options, func(s *story.Story) {
		copied := func(what string, keys ...string) {
			s.Press(keys...)
			found["copied: "+what] = []byte(s.Clipboard())
		}
		pump, _ := pump(s)

		// A user with a password, an option with credentials, a device that is reached with a password.
		jane := secret("password of a user", "jane-Secret.77")
		user := func() {
			s.Press("n")
			s.See("New user")
			for _, typed := range []string{"jane", "jane@acme.example", "", jane, jane} {
				s.Type(typed)
				s.Press("tab")
			}
		}
		user()
		s.Press("ctrl+r") // the request, before it is sent
		s.See("What would be sent", "••••")
		s.Press("esc", "ctrl+o") // the editor's draft
		afterEditor(s)
		s.See("Whole document")
		s.Press("esc", "esc")
		user()
		s.Press("ctrl+s")
		s.See("Created the user jane")
		s.Open("options")
		s.Press("n")
		s.Type("shop")
		s.Press("enter")
		s.Type("credentials.key")
		s.Press("enter")
		s.Type(secret("option", "hunter2-of-the-shop"))
		s.Press("ctrl+s")
		s.See("Created the option")
		s.Press("e")
		s.Type(secret("changed option", "hunter3-of-the-shop"))
		s.Press("ctrl+s")
		s.See("PUT /tenant/options/shop/credentials.key")
		s.Press("s")
		s.See("Changed shop/credentials.key")
		s.Open("remoteaccess?device=" + pump)
		s.Press("n")
		s.Type("console")
		s.Press("tab", "tab", "tab", "tab", "right", "enter")
		s.Type("root")
		s.Press("enter")
		s.Type(secret("remote access", "s3cret-of-the-pump"))
		s.Press("ctrl+s")
		s.See("Created the configuration")

		// Devices, announced with their credentials.
		s.Open("devicerequests")
		s.Press("N")
		lines := folder + "/devices.csv"
		if err := os.WriteFile(lines, []byte("ID;CREDENTIALS;TYPE;NAME\nfl-1;"+secret("device", "secret-of-0001")+";hv_Pump;Pump 1\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		s.Type(lines)
		s.Press("enter")
		s.See("Register 1 device")
		s.Press("y")
		s.See("of 1 registered")
		s.Press("c")

		// A password that is refused, and a failure in the middle.
		s.Open("me")
		found["screen"] = w.seen()

		// Requests by hand: what is typed there is shown there, and nowhere else.
		s.Press("ctrl+n", "shift+tab", "right", "tab")
		s.Type("/notification2/token")
		s.Press("tab")
		s.Type(`{"subscription": "x", "subscriber": "y", "password": "` + secret("body by hand", "by-hand-Secret.5") + `"}`)
		s.Press("ctrl+s")
		s.See("POST /notification2/token: 200")
		s.Press("esc", "ctrl+n")
		s.Type("/tenant/options?token=" + secret("query by hand", "a-token-in-a-query"))
		s.Press("ctrl+s")
		s.See("GET /tenant/options?token=[redacted]: 200", "Request ")
		s.Open("inspect/tenant/options?token=a-token-in-a-query") // a place that nobody should remember
		s.See(`"options"`)
		s.Wait(3 * time.Second)

		// All of it, as the requests, the journal and the messages tell it.
		s.Open("journal")
		s.See("POST", "/user/t4711/users")
		copied("journal as curl", "y", "s")
		copied("journal as c8y", "y", "S")
		s.Open("requests")
		s.Press("*")
		copied("requests as JSON", "y", "J")
		copied("requests as rows", "y", "r")
		copied("requests as curl", "y", "u")
		copied("requests as c8y", "y", "8")
		s.Press("w", "tab", "right", "right", "tab", "right", "tab")
		retype(s, folder+"/requests.ndjson")
		s.Press("enter")
		s.See("Saved")
		if err := os.Remove(lines); err != nil { // the user's own
			t.Error(err)
		}
		found["requests"] = recorded()
		later := &witness{frames: map[string]bool{}}
		s.Press("ctrl+g")
		later.frames[s.Screen()] = true
		found["messages"] = later.seen()
		found.folder(t, folder)
	})
	found.folder(t, remembered)
	for i, draft := range h.files {
		found[fmt.Sprint("draft ", i)] = []byte(draft)
	}
	for where, content := range found {
		if len(content) == 0 {
			t.Errorf("there is nothing in %s", where)
		}
	}
	if _, kept := found[remembered+"/visited.json"]; !kept || len(h.files) != 1 {
		t.Errorf("what was left behind is not among what is searched: %d drafts, visited: %v", len(h.files), kept)
	}
	c.search(t, found, "jane", "shop", "fl-1", "/notification2/token", "curl", "c8y ", "inspect")
	for _, what := range []string{"notification token", "Bearer credentials"} {
		if c.count(what) == 0 {
			t.Errorf("the tenant has noted no %s: %v", what, c.secrets)
		}
	}
}
