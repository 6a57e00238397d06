package config

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/theme"
)

// tenants reads the tables of tenants. One without an address or a name cannot be used and is
// left out; one with another mistake is read-only.
func (r *reader) tenants(document *table) []session.Profile {
	value := document.take("tenants")
	list, ok := value.([]any)
	if value != nil && !ok {
		document.wrong("tenants", "each tenant is a table of its own: [[tenants]]")
	}
	var profiles []session.Profile
	for nth, each := range list {
		values, ok := each.(map[string]any)
		if !ok {
			document.wrong("tenants", "each tenant is a table of its own: [[tenants]]")
			continue
		}
		t := &table{reader: r, name: "tenants", nth: nth, values: values}
		p, usable := t.tenant()
		if slices.ContainsFunc(profiles, func(other session.Profile) bool { return usable && other.Name == p.Name }) {
			t.wrong("name", "there is another tenant with this name above")
			usable = false
		}
		if t.faults > 0 || r.suspect[nth] {
			p.ReadOnly = true
		}
		if usable {
			profiles = append(profiles, p)
		}
	}
	return profiles
}

// tenant reads one tenant and reports whether it can be used.
func (t *table) tenant() (session.Profile, bool) {
	p := session.Profile{
		Name: t.text("name"), Address: t.text("address"), Tenant: t.text("tenant"), User: t.text("user"),
		Mode: t.mode(), ReadOnly: t.flag("read_only"),
		Colour: t.oneOf("colour", "", theme.Marks()...),
		TLS:    session.TLS{CA: t.path("ca"), Certificate: t.path("certificate"), Key: t.path("key"), Insecure: t.flag("insecure")},
		Origin: session.FromConfig, From: t.reader.file,
	}
	t.rest()
	if (p.TLS.Certificate == "") != (p.TLS.Key == "") {
		t.wrong("certificate", "certificate and key belong together: a client certificate needs both files")
	}
	usable := true
	if p.Name == "" {
		t.wrong("name", "the tenant has no name")
		usable = false
	}
	switch client, err := c8yclient.New(p.Address); {
	case p.Address == "":
		t.wrong("address", "the tenant has no address")
		usable = false
	case err != nil:
		t.wrong("address", err.Error())
		usable = false
	default:
		p.Address = client.BaseURL().String()
	}
	return p, usable
}

// mode reads the mode of a tenant. A word that is none may have been meant to protect it, so it
// counts as production.
func (t *table) mode() session.Mode {
	const none = ""
	modes := []string{string(session.Production), string(session.Qualification), string(session.Development)}
	before := t.faults
	mode := t.oneOf("mode", none, modes...)
	if t.faults > before {
		return session.Production
	}
	return session.Mode(mode)
}

// path reads the name of a file: absolute, in the home folder (~/), or beside the file itself.
func (t *table) path(key string) string {
	path := t.text(key)
	if path == "" {
		return ""
	}
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(t.reader.file), path)
}
