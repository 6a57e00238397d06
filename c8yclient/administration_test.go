package c8yclient_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"c8yx/c8yclient"
)

// Some settings come as a map, from other tenants as a list of options.
func TestApplicationSettingsHaveTwoForms(t *testing.T) {
	for _, body := range []string{
		`{"credentials":"pa55","limit":5}`,
		`[{"category":"pumps","key":"credentials","value":"pa55"},null,{"key":"limit","value":5}]`,
	} {
		client, _ := newClient(t, answer(http.StatusOK, body))
		settings, err := client.CurrentApplication.Settings(t.Context())
		if err != nil || len(settings) != 2 || settings["credentials"].Reveal() != "pa55" || settings["limit"].Reveal() != "5" {
			t.Errorf("%s: %d settings, %v", body, len(settings), err)
		}
	}
}

// A version without its name would be all versions.
func TestOneVersionIsSelected(t *testing.T) {
	client, srv := newClient(t, answer(http.StatusNoContent, ""))
	for _, selector := range []c8yclient.VersionSelector{{}, {Version: "1.0", Tag: "latest"}} {
		_, err := client.Applications.Version(t.Context(), "20", selector)
		wantKind(t, fmt.Sprintf("Version(%v)", selector), err, c8yclient.ErrInvalid)
		err = client.Applications.DeleteVersion(t.Context(), "20", selector)
		wantKind(t, fmt.Sprintf("DeleteVersion(%v)", selector), err, c8yclient.ErrInvalid)
	}
	if sent := srv.recorded(); len(sent) != 0 {
		t.Errorf("requests were sent all the same: %v", sent)
	}
}

func TestVersionTagsHaveTwoNames(t *testing.T) {
	for body, want := range map[string][]string{
		`{"tags":["latest","a"]}`:             {"latest", "a"},
		`{"tag":["latest"]}`:                  {"latest"},
		`{"tag":"latest"}`:                    {"latest"},
		`{"tags":["latest"],"tag":["older"]}`: {"latest"},
		`{"tag":7}`:                           nil,
		`{}`:                                  nil,
	} {
		client, _ := newClient(t, answer(http.StatusOK, body))
		version, err := client.Applications.Version(t.Context(), "20", c8yclient.VersionSelector{Tag: "latest"})
		if err != nil {
			t.Fatal(err)
		}
		if got := version.AllTags(); !slices.Equal(got, want) {
			t.Errorf("%s: tags %q, want %q", body, got, want)
		}
	}
}

func TestMicroserviceThatWasNeverDeployed(t *testing.T) {
	client, srv := newClient(t, answer(http.StatusOK, `{"managedObjects":[]}`))
	_, err := client.Microservices.Status(t.Context(), "20")
	wantKind(t, "Status", err, c8yclient.ErrNotFound)
	if _, err = client.Microservices.Status(t.Context(), ""); !errors.Is(err, c8yclient.ErrInvalid) || len(srv.recorded()) != 1 {
		t.Errorf("without an application: %v", err)
	}
}

// A log may come as a document or as it is.
func TestMicroserviceLogIsText(t *testing.T) {
	for body, want := range map[string]string{
		`{"logs":"started\n"}`:       "started\n",
		"started\n":                  "started\n",
		"{\"level\":\"info\"}\nmore": "{\"level\":\"info\"}\nmore",
	} {
		client, _ := newClient(t, answer(http.StatusOK, body))
		log, err := client.Microservices.Logs(t.Context(), "20", "pumps-1", nil)
		if err != nil || log.Logs != want {
			t.Errorf("%q: %+v, %v", body, log, err)
		}
	}
}

// The platform does not say no when it keeps an encrypted value to itself.
func TestEncryptedOptionIsNoSecretToRead(t *testing.T) {
	client, _ := newClient(t, answer(http.StatusOK, `{"category":"pumps","key":"credentials.key","value":"<<Encrypted>>"}`))
	_, err := client.TenantOptions.GetSecret(t.Context(), "pumps", "key")
	wantKind(t, "GetSecret", err, c8yclient.ErrForbidden)
	option, err := client.TenantOptions.Get(t.Context(), "pumps", "credentials.key")
	if err != nil || !option.IsEncrypted() {
		t.Errorf("%+v is not encrypted, %v", option, err)
	}
}

// Device statistics have their items where other lists have the state of the page.
func TestDeviceStatisticsAreWalkedToTheEnd(t *testing.T) {
	client, srv := newClient(t, func(w http.ResponseWriter, r *http.Request) {
		page := r.URL.Query().Get("currentPage")
		switch page {
		case "":
			_, _ = fmt.Fprint(w, `{"statistics":[{"deviceId":"1"},{"deviceId":2}],"next":"https://internal/tenant/statistics/device/t1/daily/2026-02-01?pageSize=2000&currentPage=2"}`)
		case "2":
			_, _ = fmt.Fprint(w, `{"statistics":[{"deviceId":"3"}],"next":"https://internal/tenant/statistics/device/t1/daily/2026-02-01?pageSize=2000&currentPage=3"}`)
		default:
			_, _ = fmt.Fprint(w, `{"statistics":[],"next":"https://internal/tenant/statistics/device/t1/daily/2026-02-01?pageSize=2000&currentPage=4"}`)
		}
	})
	var devices []string
	for device, err := range client.UsageStatistics.DevicesOnDay(t.Context(), "t1", date(1), nil) {
		if err != nil {
			t.Fatal(err)
		}
		devices = append(devices, string(device.DeviceID))
	}
	if !slices.Equal(devices, []string{"1", "2", "3"}) || len(srv.recorded()) != 3 {
		t.Errorf("%q in %d requests", devices, len(srv.recorded()))
	}
}

// Ids of global roles and applications are numbers, except where they are text.
func TestNumericIDsAreReadInBothForms(t *testing.T) {
	client, _ := newClient(t, answer(http.StatusOK, `{"id":7,"thenGroups":[1,"2"],"thenApplications":["x"]}`))
	mapping, err := client.LoginOptions.AccessMapping(t.Context(), "OAUTH2", "7")
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := c8yclient.EncodeDocument(mapping)
	if want := `{"id":"7","thenGroups":[1,2],"thenApplications":["x"]}`; err != nil || string(encoded) != want {
		t.Errorf("%s, %v; want %s", encoded, err, want)
	}
}

// A document in which something is not as it should be is still a document, and so are its
// neighbours in a list.
func TestOddDocumentsAreRead(t *testing.T) {
	client, _ := newClient(t, answer(http.StatusOK,
		`{"applications":[{"id":20,"name":"pumps","manifest":"none","roles":"ROLE_X","breadcrumbs":"true"},{"id":"21","name":"cockpit"}]}`))
	var names []string
	for application, err := range client.Applications.List(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, application.ID+" "+application.Name)
		if application.ID == "20" && (!application.HasFragment("manifest") || !application.HasFragment("roles") || !bool(application.Breadcrumbs)) {
			t.Errorf("read as %+v", application)
		}
	}
	if !slices.Equal(names, []string{"20 pumps", "21 cockpit"}) {
		t.Errorf("read %q", names)
	}
	client, _ = newClient(t, answer(http.StatusOK, `[null,{"key":"a","active":"true"},{"key":1,"phase":[]}]`))
	features, err := client.Features.List(t.Context())
	if err != nil || len(features) != 2 || !bool(features[0].Active) || features[1].Key != "1" {
		t.Errorf("read %d features, %v", len(features), err)
	}
}

// What somebody logs by accident holds no secret.
func TestAdministrationKeepsSecrets(t *testing.T) {
	const secret = "pa55-w0rd"
	for _, value := range []any{
		&c8yclient.NewTenant{AdminPassword: secret},
		&c8yclient.RemoteAccessConfiguration{Credentials: &c8yclient.RemoteAccessCredentials{Password: secret, PrivateKey: secret}},
		&c8yclient.RemoteAccessCredentials{Password: secret, PrivateKey: secret},
		&c8yclient.ServiceUser{Password: secret},
		c8yclient.ApplicationSettings{"key": secret},
	} {
		encoded, err := c8yclient.EncodeDocument(value)
		if err != nil {
			t.Fatal(err)
		}
		if text := fmt.Sprintf("%v %+v %s", value, value, encoded); strings.Contains(text, secret) {
			t.Errorf("%T tells its secret: %s", value, text)
		}
	}
}

func TestLinksOfAnAPI(t *testing.T) {
	client, _ := newClient(t, answer(http.StatusOK,
		`{"self":"https://acme.example/alarm","alarms":{"self":"https://acme.example/alarm/alarms","alarms":[]},"alarmsForSource":"https://acme.example/alarm/alarms?source={source}","odd":7}`))
	root, err := client.Platform.Alarm(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	links := root.Links()
	if len(links) != 2 || links["alarms"] != "https://acme.example/alarm/alarms" || !strings.HasSuffix(links["alarmsForSource"], "{source}") {
		t.Errorf("links %q", links)
	}
}

func TestWithoutSourceOrUpload(t *testing.T) {
	client, srv := newClient(t, answer(http.StatusOK, `{}`))
	ctx := t.Context()
	_, uploadErr := client.Applications.UploadBinary(ctx, "20", c8yclient.Upload{}, nil)
	_, versionErr := client.Applications.CreateVersion(ctx, "", c8yclient.ApplicationVersion{}, c8yclient.Upload{Body: strings.NewReader("PK")})
	_, subscribeErr := client.Tenants.Subscribe(ctx, "t2", "")
	_, createErr := client.Tenants.Create(ctx, nil)
	_, restrictErr := client.LoginOptions.Restrict(ctx, "", "OAUTH2", true)
	_, downloadErr := client.UsageStatistics.File(ctx, "")
	for name, err := range map[string]error{
		"DeleteOfSource": client.NotificationSubscriptions.DeleteOfSource(ctx, ""),
		"UploadBinary":   uploadErr,
		"CreateVersion":  versionErr,
		"Subscribe":      subscribeErr,
		"Tenants.Create": createErr,
		"File":           downloadErr,
		"Restrict":       restrictErr,
		"SetEditable":    client.TenantOptions.SetEditable(ctx, "", "pumps", "key", false),
		"Tenants.Delete": client.Tenants.Delete(ctx, ""),
	} {
		wantKind(t, name, err, c8yclient.ErrInvalid)
	}
	if sent := srv.recorded(); len(sent) != 0 {
		t.Errorf("requests were sent all the same: %v", sent)
	}
}

func TestParseNotificationToken(t *testing.T) {
	consumer, err := c8yclient.ParseNotificationToken(notificationToken)
	if err != nil || consumer.Subscription != "pumps" || consumer.Subscriber != "app1" || !consumer.Shared || consumer.ValidFor.Minutes() != 60 {
		t.Errorf("%+v, %v", consumer, err)
	}
	client, srv := newClient(t, answer(http.StatusOK, `{"token":"a.b.c"}`))
	for _, token := range []c8yclient.Secret{"", "a.b", "a.!.c", "a.e30.c", "a.W10.c", "a.eyJzdWIiOiJhcHAxIn0.c"} {
		_, err := client.NotificationTokens.Renew(t.Context(), token)
		wantKind(t, "Renew("+token.Reveal()+")", err, c8yclient.ErrInvalid)
	}
	if n := len(srv.recorded()); n != 0 {
		t.Errorf("%d requests were sent for tokens that are none", n)
	}
}

func FuzzParseNotificationToken(f *testing.F) {
	f.Add(notificationToken)
	f.Add("a.eyJzdWIiOnt9LCJ0b3BpYyI6Ii8iLCJzaGFyZWQiOjEsImV4cCI6MWUzMDh9.c")
	f.Fuzz(func(t *testing.T, token string) {
		consumer, err := c8yclient.ParseNotificationToken(c8yclient.Secret(token))
		if err == nil && (consumer.Subscriber == "" || consumer.Subscription == "" || consumer.ValidFor < 0) {
			t.Errorf("%q was made for %+v", token, consumer)
		}
	})
}
