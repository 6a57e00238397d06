package copyas_test

import (
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"testing"

	"c8yx/views/copyas"
)

func TestRequestsAsCommandsOfC8Y(t *testing.T) {
	for _, tc := range []struct {
		request copyas.Request
		want    string
	}{
		{copyas.Request{Method: "PUT", Target: "/alarm/alarms/901", Body: `{"status":"ACKNOWLEDGED"}`}, `c8y alarms update --id 901 --status ACKNOWLEDGED`},
		{copyas.Request{Method: "PUT", Target: "/alarm/alarms/901", Body: `{"status":"CLEARED","hv_Note":1}`}, `c8y alarms update --id 901 --data '{"status":"CLEARED","hv_Note":1}'`},
		{copyas.Request{Method: "PUT", Target: "/alarm/alarms?source=1", Body: `{"status":"CLEARED"}`}, `c8y api PUT '/alarm/alarms?source=1' --data '{"status":"CLEARED"}'`},
		{copyas.Get("alarm/alarms/901"), `c8y alarms get --id 901`},
		{copyas.Get("alarm/alarms?severity=MAJOR,CRITICAL&source=4711&resolved=false&pageSize=100"), `c8y alarms list --severity MAJOR,CRITICAL --device 4711 --pageSize 100`},
		{copyas.Get("alarm/alarms/count"), `c8y api GET /alarm/alarms/count`},
		{copyas.Request{Method: "DELETE", Target: "/alarm/alarms?source=1"}, `c8y api DELETE '/alarm/alarms?source=1'`},
		{copyas.Get("inventory/managedObjects/4711"), `c8y inventory get --id 4711`},
		{copyas.Get("inventory/managedObjects?query=name%20eq%20%27A%27"), `c8y api GET '/inventory/managedObjects?query=name%20eq%20%27A%27'`},
		{copyas.Get("inventory/managedObjects/4711/childDevices"), `c8y api GET /inventory/managedObjects/4711/childDevices`},
		{copyas.Request{Method: "PUT", Target: "/inventory/managedObjects/1", Body: `{"name":"Jane's press"}`}, `c8y inventory update --id 1 --newName 'Jane'\''s press'`},
		{copyas.Request{Method: "DELETE", Target: "/inventory/managedObjects/1?cascade=true"}, `c8y api DELETE '/inventory/managedObjects/1?cascade=true'`},
		{copyas.Request{Method: "DELETE", Target: "/inventory/managedObjects/1"}, `c8y inventory delete --id 1`},
		{copyas.Request{Method: "POST", Target: "/event/events", Body: `{"text":"x"}`}, `c8y events create --data '{"text":"x"}'`},
		{copyas.Request{Method: "POST", Target: "/devicecontrol/operations", Body: `{"deviceId":"1","c8y_Restart":{}}`}, `c8y operations create --data '{"deviceId":"1","c8y_Restart":{}}'`},
		{copyas.Get("measurement/measurements?source=1&dateFrom=2026-03-01T00%3A00%3A00Z&revert=true"), `c8y measurements list --device 1 --dateFrom 2026-03-01T00:00:00Z --revert`},
		{copyas.Get("tenant/options/mail/host"), `c8y tenantoptions get --category mail --key host`},
		{copyas.Request{Method: "PUT", Target: "/tenant/options/mail/host", Body: `{"value":"x y"}`}, `c8y tenantoptions update --category mail --key host --value 'x y'`},
		{copyas.Request{Method: "PUT", Target: "/tenant/options/mail/credentials.p", Body: `{"value":"[redacted]"}`}, `c8y tenantoptions update --category mail --key credentials.p --value "$C8Y_SECRET"`},
		{copyas.Get("service/myservice/health"), `c8y api GET /service/myservice/health`},
		{copyas.Request{Method: "DELETE", Target: "/inventory/managedObjects/1", Header: http.Header{"X-B": {"2"}, "X-A": {"[redacted]"}}}, `c8y api DELETE /inventory/managedObjects/1 --header 'X-A: '"$C8Y_SECRET" --header 'X-B: 2'`},
		{copyas.Request{Method: "POST", Target: "/event/events", Body: `{}`, Mode: "QUIESCENT"}, `c8y api POST /event/events --processingMode QUIESCENT --data '{}'`},
		{copyas.Request{Method: "POST", Target: "/tenant/oauth", Body: `grant_type=PASSWORD`, ContentType: "application/x-www-form-urlencoded"}, `c8y api POST /tenant/oauth --contentType application/x-www-form-urlencoded --data grant_type=PASSWORD`},
		{copyas.Get("event/events/a%2Fb"), `c8y events get --id a/b`},
	} {
		if got := tc.request.C8Y(); got != tc.want {
			t.Errorf("%s %s\n got %s\nwant %s", tc.request.Method, tc.request.Target, got, tc.want)
		}
	}
}

// Whatever is in a request, a shell makes the same of it.
func TestQuotingSurvivesAShell(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh")
	}
	for _, body := range []string{
		`{"text":"plain"}`, `{"text":"it's \"quoted\""}`, `'`, `''`, `a'b'c`, `$HOME`, "`id`", `$(id)`, `\`, `\\`, "two\nlines", "tab\there",
		`!history`, `*`, `~`, `#x`, `-n`, `%s`, `;rm -rf /`, `{"emoji":"👩‍🔧","umlaut":"ü"}`, ` leading and trailing `, `&&`, `>x`,
	} {
		command := copyas.Request{Method: "POST", Target: "/x/" + url.PathEscape(body), Body: body}.Curl()
		// printf shows the words that curl would get.
		script := "C8Y_BASEURL=https://acme.example C8Y_TOKEN=t; " + strings.Replace(command, "curl", `printf '%s\001'`, 1)
		out, err := exec.Command(shell, "-c", script).Output()
		if err != nil {
			t.Fatalf("%q: %v", command, err)
		}
		words := strings.Split(strings.TrimSuffix(string(out), "\x01"), "\x01")
		want := []string{
			"-sS", "-X", "POST", "https://acme.example/x/" + url.PathEscape(body), "-H", "Authorization: Bearer t",
			"-H", "Accept: application/json", "-H", "Content-Type: application/json", "--data-raw", body,
		}
		if strings.Join(words, "\x01") != strings.Join(want, "\x01") {
			t.Errorf("%q arrives as\n%q, want\n%q", body, words, want)
		}
	}
}

// A secret that was taken out of a request comes back as a variable.
func TestSecretsAreVariables(t *testing.T) {
	r := copyas.Request{Method: "POST", Target: "/user/t1/users?token=[redacted]", Body: `{"userName":"jane","password":"[redacted]"}`}
	for _, command := range []string{r.Curl(), r.C8Y()} {
		if !strings.Contains(command, `"password":"'"$C8Y_SECRET"'"}'`) || strings.Contains(command, "[redacted]") || !strings.Contains(command, `'/user/t1/users?token='"$C8Y_SECRET"`) {
			t.Errorf("%s", command)
		}
	}
}

func TestLinksToTheWebInterface(t *testing.T) {
	base, _ := url.Parse("https://acme.example")
	for _, tc := range []struct{ got, want string }{
		{copyas.Link(base, copyas.DeviceManagement, "4711", false), "https://acme.example/apps/devicemanagement/index.html#/device/4711"},
		{copyas.Link(base, copyas.Cockpit, "12", true), "https://acme.example/apps/cockpit/index.html#/group/12"},
	} {
		if tc.got != tc.want {
			t.Errorf("%s, want %s", tc.got, tc.want)
		}
	}
}
