package copyas_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"c8yx/c8yclient"
	"c8yx/demo"
	"c8yx/demo/demotest"
	"c8yx/views/copyas"
	"c8yx/views/traffic"
)

// What was recorded of a request does the same again when it is pasted into a shell.
func TestACopiedRequestDoesTheSameInAShell(t *testing.T) {
	for _, tool := range []string{"sh", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("there is no " + tool)
		}
	}
	tenant := demotest.Start(t, demo.Options{})
	recorder := &traffic.Recorder{}
	credentials := c8yclient.Credentials{Tenant: tenant.Admin.Tenant, User: tenant.Admin.Name, Password: c8yclient.Secret(tenant.Admin.Password)}
	token, err := c8yclient.Authenticate(t.Context(), tenant.URL, credentials, recorder.Options()...)
	if err != nil {
		t.Fatal(err)
	}
	client, err := c8yclient.New(tenant.URL, append(recorder.Options(), c8yclient.WithAuth(token.Auth()))...)
	if err != nil {
		t.Fatal(err)
	}
	device, err := client.Inventory.Create(t.Context(), &c8yclient.ManagedObject{Name: "Jane's \"press\" $HOME `id` \\n"})
	if err != nil {
		t.Fatal(err)
	}
	quiet := c8yclient.WithCallOptions(t.Context(), c8yclient.CallOptions{ProcessingMode: c8yclient.Quiescent})
	if err := client.Put(quiet, "/inventory/managedObjects/"+device.ID, map[string]any{"c8y_Notes": "it's\nnow 5 % better!"}, nil); err != nil {
		t.Fatal(err)
	}

	var created string
	for _, r := range recorder.Requests(0) {
		if r.Method == "GET" || r.Cause == "sign-in" {
			continue
		}
		command := copyas.Sent(&r).Curl()
		if strings.Contains(command, token.Access.Reveal()) || strings.Contains(command, tenant.Admin.Password) {
			t.Fatalf("there is a secret in %s", command)
		}
		run := exec.Command("sh", "-c", command)
		run.Env = append(os.Environ(), "C8Y_BASEURL="+tenant.URL, "C8Y_TOKEN="+token.Access.Reveal())
		out, err := run.Output()
		if err != nil {
			t.Fatalf("%s\n%v", command, err)
		}
		var answer struct{ ID, Name, Notes string }
		if err := json.Unmarshal([]byte(strings.ReplaceAll(string(out), "c8y_Notes", "notes")), &answer); err != nil || answer.ID == "" {
			t.Fatalf("%s\nis answered %s", command, out)
		}
		if r.Method == "POST" {
			created = answer.ID
			if answer.Name != device.Name || created == device.ID {
				t.Errorf("%s\nmade %s", command, out)
			}
			continue
		}
		if answer.Notes != "it's\nnow 5 % better!" {
			t.Errorf("%s\nmade %s", command, out)
		}
	}
	if created == "" || len(recorder.Writes(0)) != 2 {
		t.Errorf("%d writes were recorded", len(recorder.Writes(0)))
	}
}
