package guest

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"c8yx/c8yclient"
	"c8yx/session"
)

// errNoSession says of a file that it is something else than a session, which is no problem.
var errNoSession = errors.New("it is no session of the c8y command line")

// Read returns the profile of the session in a file. Its error is a [*Problem].
func Read(file string) (session.Profile, error) {
	s, err := read(file)
	if err != nil {
		return session.Profile{}, &Problem{File: file, Err: err}
	}
	p, sealed, err := s.profile()
	if err != nil {
		return session.Profile{}, &Problem{File: file, Err: err}
	}
	p.From = file
	if sealed {
		p.Sealed = file
	}
	p.Name = strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	return p, nil
}

// read reads the settings of a file.
func read(name string) (settings, error) {
	parse := parserOf(name)
	if parse == nil {
		return nil, errNoSession
	}
	// Whoever opens a pipe waits for somebody to write into it.
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, plain(err)
	case !info.Mode().IsRegular():
		return nil, errors.New("it is not a file")
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, plain(err)
	}
	defer func() { _ = file.Close() }()
	content, err := io.ReadAll(io.LimitReader(file, mostBytes+1))
	switch {
	case err != nil:
		return nil, plain(err)
	case len(content) > mostBytes:
		return nil, fmt.Errorf("it is larger than %d KB", mostBytes>>10)
	}
	value, err := parse(content)
	if err != nil {
		return nil, err
	}
	return settingsOf(value)
}

// profile makes a profile of the settings. Secrets that are sealed are left out.
func (s settings) profile() (p session.Profile, sealed bool, err error) {
	p = session.Profile{
		Address: s.first("host"), Tenant: s.first("tenant"), User: s.first("username"),
		Mode:   s.mode(),
		TLS:    session.TLS{Insecure: s.flag("settings.defaults.insecure")},
		Method: loginMethods[strings.ToUpper(s.first("logintype", "settings.login.type", "credential.logintype"))],
		Origin: session.FromC8Y,
	}
	if p.Address == "" && p.Tenant == "" && p.User == "" || s.flag("settings.session.hide") {
		return p, false, errNoSession
	}
	if p.Address == "" {
		return p, false, errors.New("it names no host")
	}
	client, err := c8yclient.New(p.Address)
	if err != nil {
		return p, false, err
	}
	p.Address = client.BaseURL().String()
	for _, secret := range []struct {
		from string
		to   *c8yclient.Secret
	}{{s.password(), &p.Password}, {s.token(), &p.Token}, {s.totp(), &p.TOTPSecret}} {
		if isSealed(secret.from) {
			sealed = true
			continue
		}
		*secret.to = c8yclient.Secret(secret.from)
	}
	return p, sealed, nil
}

// password returns the password as it stands there: blanks belong to it.
func (s settings) password() string { return s["password"] }

func (s settings) token() string { return s.first("token") }

func (s settings) totp() string { return s.first("credential.totp.secret") }

// loginMethods are the ways to sign in by the names that the command line gives them, for
// [session.Profile.Method].
var loginMethods = map[string]string{
	"BASIC": "BASIC", "OAUTH2_INTERNAL": "OAUTH2_INTERNAL", "OAUTH2": "OAUTH2", "BROWSER": "OAUTH2", "DEVICE": "DEVICE",
}

// mode returns how careful the user is with the tenant. Newer versions of the command line have a
// word for it, older ones three switches. A session that says nothing is locked as the command
// line itself would have it: nothing is allowed that is not switched on.
func (s settings) mode() session.Mode {
	switch strings.ToLower(s.first("settings.session.mode", "mode", "settings.mode", "session.mode")) {
	case "prod":
		return session.Production
	case "qual":
		return session.Qualification
	case "dev", "ci":
		return session.Development
	}
	writes := s.flag("settings.mode.enablecreate") && s.flag("settings.mode.enableupdate")
	switch {
	case writes && s.flag("settings.mode.enabledelete"):
		return session.Development
	case writes:
		return session.Qualification
	}
	return session.Production
}
