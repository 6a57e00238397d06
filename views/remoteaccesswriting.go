package views

import (
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/place"
	"c8yx/views/write"
)

// remoteAccessAdmin is what remote access needs.
func remoteAccessAdmin() []string { return []string{"ROLE_REMOTE_ACCESS_ADMIN"} }

func remoteAccessPath(device string, rest ...string) string {
	return apiPath(append([]string{"service", "remoteaccess", "devices", device, "configurations"}, rest...)...)
}

// documentOf returns a thing as a JSON document.
func documentOf(thing any) (jsontext.Value, error) { return json.Marshal(thing) }

// remoteAccessFields are those of a configuration; what it signs in with is asked for as its sort of
// credentials wants.
func remoteAccessFields() []edit.Field {
	with := func(sorts ...string) func(form.Values) bool {
		return func(v form.Values) bool { return slices.Contains(sorts, v.Text("credentials.type")) }
	}
	return []edit.Field{
		{Field: form.Field{Name: "name", Label: "Name", Required: true, Placeholder: "ssh"}},
		{Field: form.Field{Name: "protocol", Label: "Protocol", Value: string(c8yclient.RemoteAccessSSH), Input: form.Choice(
			form.Option{Value: string(c8yclient.RemoteAccessSSH), Label: "SSH"}, form.Option{Value: string(c8yclient.RemoteAccessVNC), Label: "VNC"},
			form.Option{Value: string(c8yclient.RemoteAccessTelnet), Label: "Telnet"},
			form.Option{Value: string(c8yclient.RemoteAccessPassthrough), Label: "passthrough", Note: "A tunnel for a program of yours."},
		)}},
		{Field: form.Field{Name: "hostname", Label: "Host", Required: true, Value: "127.0.0.1", Validate: hostName, Note: "As the device calls it: itself, or what is behind it."}},
		{As: edit.Number, Field: form.Field{Name: "port", Label: "Port", Required: true, Value: "22", Input: form.Whole(1, 65535)}},
		{Field: form.Field{Name: "credentials.type", Label: "Signs in with", Value: "NONE", Input: form.Choice(
			form.Option{Value: "NONE", Label: "nothing", Note: "Whoever connects is asked."}, form.Option{Value: "USER_PASS", Label: "user and password"},
			form.Option{Value: "PASS_ONLY", Label: "password"}, form.Option{Value: "KEY_PAIR", Label: "key pair"}, form.Option{Value: "CERTIFICATE", Label: "certificate"},
		)}},
		{Field: form.Field{Name: "credentials.username", Label: "User", Required: true, Visible: with("USER_PASS", "KEY_PAIR", "CERTIFICATE")}},
		{As: edit.Secret, Field: form.Field{
			Name: "credentials.password", Label: "Password", Required: true, Visible: with("USER_PASS", "PASS_ONLY"),
			Note: "The platform gives it back to nobody, so it is asked for at every change.",
		}},
		{As: edit.Secret, Field: form.Field{Name: "credentials.privateKey", Label: "Private key", Required: true, Visible: with("KEY_PAIR", "CERTIFICATE"), Note: "Pasted, in PEM form. It is given back to nobody."}},
		{Field: form.Field{Name: "credentials.publicKey", Label: "Public key", Input: form.Lines(2), Visible: with("KEY_PAIR", "CERTIFICATE")}},
		{Field: form.Field{Name: "credentials.hostKey", Label: "Host key", Input: form.Lines(2), Visible: with("USER_PASS", "KEY_PAIR", "CERTIFICATE"), Note: "If given, no other host is believed."}},
	}
}

// hostName refuses what is no name or address of a host, such as one with a scheme.
func hostName(typed string) text.Safe {
	if strings.ContainsAny(typed, " /@") {
		return "only the name or the address of a host: pump-7 or 192.168.0.7"
	}
	return ""
}

func editRemoteAccess() *collection.Edit[*remoteAccess] {
	return &collection.Edit[*remoteAccess]{Editor: edit.Editor{
		Needs: remoteAccessAdmin(), Fields: remoteAccessFields(), Fixed: []string{"attrs"},
		Replace: func(path string, document jsontext.Value) write.Request {
			return write.Put(path, write.Without(document, "id", "self"))
		},
	}}
}

func newRemoteAccess(p place.Place) edit.Creator {
	device := edit.Field{Field: form.Field{Name: "device", Label: "Device", Required: true, Value: p.Query.Get("device"), Validate: digits, Placeholder: "4711", Note: "The id of the device."}}
	return edit.Creator{
		One: "configuration", Needs: remoteAccessAdmin(), Fields: append([]edit.Field{device}, remoteAccessFields()...),
		Request: func(document jsontext.Value) write.Request {
			of, _ := write.Member(document, "device")
			return write.Post(remoteAccessPath(edit.Plain(of)), write.Without(document, "device"))
		},
		Back: func(answer jsontext.Value) (write.Request, text.Safe) {
			return write.Request{}, "delete it in the list"
		},
	}
}
