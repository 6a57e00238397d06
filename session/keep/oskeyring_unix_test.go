//go:build unix && !darwin

package keep

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/session/keep/desktop"
)

// crowd returns sign-ins of two users on two tenants, with tokens of 6 KB as some tenants give.
func crowd() []session.Kept {
	var all []session.Kept
	for _, tenant := range []string{"t4711", "t0815"} {
		for i, user := range []string{"jane@acme.example", "joe"} {
			k := jane()
			k.Tenant, k.User, k.Address = tenant, user, "https://"+tenant+".example"
			k.Token = c8yclient.Secret(strings.Repeat(tenant+user, (6<<10)/len(tenant+user)))
			k.SignedIn = k.SignedIn.Add(time.Duration(i) * time.Hour)
			all = append(all, k)
		}
	}
	return all
}

func (r report) wants(t *testing.T, kind, says string) {
	t.Helper()
	if r.Kind != kind || !strings.Contains(r.Error, says) || kind == "" && r.Error != "" || strings.Contains(r.Error, "\n") {
		t.Errorf("after %s, the error is of kind %q and the user reads %q; want %q and %q", r.Took, r.Kind, r.Error, kind, says)
	}
}

func TestSecretServiceKeeps(t *testing.T) {
	t.Parallel()
	d := desktop.Start(t)
	d.StartKeyring(t, "a-passphrase")
	if r := do(t, d.Environment(), "available", jane()); r.Error != "" || r.Locked {
		t.Errorf("%+v", r)
	}
	do(t, d.Environment(), "load", jane()).wants(t, "not kept", "t4711/jane@acme.example at acme.example")
	for _, k := range crowd() {
		do(t, d.Environment(), "save", k).wants(t, "", "")
	}
	for _, k := range crowd() {
		r := do(t, d.Environment(), "load", k)
		r.wants(t, "", "")
		if got, err := decode(r.Text, "it"); err != nil || got != k || len(r.Told) > 0 {
			t.Errorf("%s/%s comes back as %s, %v; told was %q", k.Tenant, k.User, r.Text, err, r.Told)
		}
	}
	want := []string{"t0815/joe ", "t4711/joe ", "t0815/jane@acme.example ", "t4711/jane@acme.example "}
	if r := do(t, d.Environment(), "list", jane()); !slices.Equal(r.List, want) {
		t.Errorf("listed: %q", r.List)
	}
	renewed := crowd()[0]
	renewed.Token = "short"
	do(t, d.Environment(), "save", renewed).wants(t, "", "")
	if got, err := decode(do(t, d.Environment(), "load", renewed).Text, "it"); err != nil || got != renewed {
		t.Errorf("after a renewal: %+v, %v", got, err)
	}
	for i, k := range crowd() {
		do(t, d.Environment(), "delete", k).wants(t, "", "")
		do(t, d.Environment(), "load", k).wants(t, "not kept", k.User)
		if r := do(t, d.Environment(), "list", k); len(r.List) != 3-i {
			t.Errorf("still listed: %q", r.List)
		}
	}
	do(t, d.Environment(), "delete", jane()).wants(t, "", "")
}

// TestSecretServiceLocked is GNOME Keyring after a login that has not unlocked it, where
// nobody can be asked: without a display its prompt is dismissed at once.
func TestSecretServiceLocked(t *testing.T) {
	t.Parallel()
	d := desktop.Start(t)
	stop := d.StartKeyring(t, "a-passphrase")
	do(t, d.Environment(), "save", jane()).wants(t, "", "")
	stop()
	stop = d.StartKeyring(t, "")
	if r := do(t, d.Environment(), "available", jane()); r.Error != "" || !r.Locked {
		t.Errorf("%+v", r)
	}
	for _, job := range []string{"load", "save", "delete"} {
		r := do(t, d.Environment(), job, jane())
		r.wants(t, "refused", "the keyring was not opened")
		if !slices.Equal(r.Told, []string{waitingForUnlock}) {
			t.Errorf("%s: the user was told %q", job, r.Told)
		}
	}
	if r := do(t, d.Environment(), "list", jane()); !slices.Equal(r.List, []string{"t4711/jane@acme.example "}) {
		t.Errorf("listed: %q", r.List)
	}
	stop()
	d.StartKeyring(t, "a-passphrase")
	do(t, d.Environment(), "load", jane()).wants(t, "", "")
}

func TestSecretServiceAbsent(t *testing.T) {
	t.Parallel()
	t.Run("no bus", func(t *testing.T) {
		t.Parallel()
		home := t.TempDir()
		// If anything were to start a bus, this would be it.
		launched := filepath.Join(home, "launched")
		nowhere := []string{"HOME=" + home, "XDG_RUNTIME_DIR=" + home, "PATH=" + home + ":" + os.Getenv("PATH")}
		if err := os.WriteFile(filepath.Join(home, "dbus-launch"), []byte("#!/bin/sh\ntouch "+launched+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		for _, job := range []string{"available", "load", "save", "delete"} {
			do(t, nowhere, job, jane()).wants(t, "no keeper", "this login has no session bus")
			do(t, append(nowhere, "DBUS_SESSION_BUS_ADDRESS=autolaunch:", "XDG_RUNTIME_DIR="), job, jane()).wants(t, "no keeper", "this login has no session bus")
		}
		if r := do(t, nowhere, "list", jane()); r.Error != "" || len(r.List) > 0 {
			t.Errorf("%+v", r)
		}
		if _, err := os.Stat(launched); err == nil {
			t.Error("a bus was started")
		}
	})
	t.Run("a bus that is dead", func(t *testing.T) {
		t.Parallel()
		d := &desktop.Desktop{Home: t.TempDir(), Bus: "unix:path=/nowhere"}
		do(t, d.Environment(), "load", jane()).wants(t, "no keeper", "the session bus does not answer")
	})
	t.Run("a bus without a keyring", func(t *testing.T) {
		t.Parallel()
		d := desktop.Start(t)
		for _, job := range []string{"available", "load", "save", "delete"} {
			do(t, d.Environment(), job, jane()).wants(t, "no keeper", "no program on the session bus offers one")
		}
	})
	t.Run("a keyring that has never been set up", func(t *testing.T) {
		t.Parallel()
		d := desktop.Start(t)
		d.StartKeyring(t, "")
		for _, job := range []string{"available", "load", "save"} {
			do(t, d.Environment(), job, jane()).wants(t, "no keeper", "has never been set up")
		}
	})
	t.Run("only $XDG_RUNTIME_DIR tells of the bus", func(t *testing.T) {
		t.Parallel()
		d := desktop.Start(t)
		d.StartKeyring(t, "a-passphrase")
		do(t, append(d.Environment(), "DBUS_SESSION_BUS_ADDRESS="), "save", jane()).wants(t, "", "")
		do(t, d.Environment(), "load", jane()).wants(t, "", "")
	})
}

func TestSecretServicePrompts(t *testing.T) {
	t.Parallel()
	never := make(chan struct{})
	for name, test := range map[string]struct {
		user       func() bool
		kind, says string
	}{
		"refused":  {func() bool { return false }, "refused", "its prompt was dismissed"},
		"answered": {func() bool { time.Sleep(700 * time.Millisecond); return true }, "", ""},
		"ignored":  {func() bool { <-never; return false }, "refused", "nobody has unlocked it within 1.5s"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := desktop.Start(t)
			(&prompter{user: test.user}).offer(t, d)
			r := do(t, append(d.Environment(), answerVariable+"=500ms", promptVariable+"=1.5s"), "save", jane())
			r.wants(t, test.kind, test.says)
			if !slices.Equal(r.Told, []string{waitingForUnlock}) {
				t.Errorf("the user was told %q", r.Told)
			}
			if test.kind == "" {
				if got, err := decode(do(t, d.Environment(), "load", jane()).Text, "it"); err != nil || got != jane() {
					t.Errorf("%+v, %v", got, err)
				}
			}
		})
	}
	t.Run("mute", func(t *testing.T) {
		t.Parallel()
		d := desktop.Start(t)
		(&prompter{mute: never}).offer(t, d)
		r := do(t, append(d.Environment(), answerVariable+"=500ms"), "load", jane())
		r.wants(t, "no keeper", "the keyring does not answer within 500ms")
		if r.Took > 2*time.Second {
			t.Errorf("it took %s", r.Took)
		}
	})
}
