package keep

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"c8yx/c8yclient"
	"c8yx/session"
)

// user answers the question for the passphrase, in turn, and remembers what was asked.
type user struct {
	answers []c8yclient.Secret
	asked   []Question
}

var errGoneAway = errors.New("the user has gone away")

func (u *user) answer(_ context.Context, q Question) (c8yclient.Secret, error) {
	u.asked = append(u.asked, q)
	if len(u.answers) == 0 {
		return "", errGoneAway
	}
	answer := u.answers[0]
	u.answers = u.answers[1:]
	return answer, nil
}

// sealedIn opens the sealed file of a folder, as a program that starts does, with a passphrase
// that is cheap to try.
func sealedIn(folder string, answers ...c8yclient.Secret) (*Sealed, *user) {
	u := &user{answers: answers}
	s := NewSealed(Options{Folder: folder, Passphrase: u.answer})
	s.work = 4
	return s, u
}

func TestThePassphraseIsAskedForOnce(t *testing.T) {
	folder := t.TempDir()
	s, u := sealedIn(folder, "correct horse")
	joe := jane()
	joe.User = "joe"
	for _, k := range []session.Kept{jane(), joe} {
		if err := s.Save(t.Context(), k); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := load(t, s); err != nil {
		t.Fatal(err)
	}
	if want := []Question{{File: s.file, New: true}}; !slices.Equal(u.asked, want) {
		t.Errorf("asked was %+v", u.asked)
	}

	s, u = sealedIn(folder, "wrong", "", "correct horse") // the next start
	if all := listed(t, s); len(all) != 2 {
		t.Errorf("listed: %+v", all)
	}
	_, err := s.Load(t.Context(), "https://other.example", "t1", "nobody")
	wantKind(t, err, session.ErrNotKept)
	if len(u.asked) > 0 {
		t.Errorf("asked for what needs no passphrase: %+v", u.asked)
	}
	for range 2 {
		if got, err := load(t, s); err != nil || got != jane() {
			t.Errorf("%+v, %v", got, err)
		}
	}
	if want := []Question{{File: s.file}, {s.file, false, ErrPassphrase}, {s.file, false, ErrPassphrase}}; !slices.Equal(u.asked, want) {
		t.Errorf("asked was %+v", u.asked)
	}
}

func TestTheSealedFileStaysSealed(t *testing.T) {
	folder := t.TempDir()
	s, _ := sealedIn(folder, "correct horse")
	if err := s.Save(t.Context(), jane()); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(s.file)

	s, u := sealedIn(folder, "wrong", "wrong", "wrong", "correct horse")
	_, err := load(t, s)
	wantKind(t, err, ErrPassphrase)
	wantKind(t, err, session.ErrRefused)
	if len(u.asked) != attempts || !strings.Contains(err.Error(), s.file) || strings.Contains(err.Error(), "wrong") {
		t.Errorf("asked %d times, and then the user reads: %v", len(u.asked), err)
	}
	s, _ = sealedIn(folder)
	_, err = load(t, s)
	wantKind(t, err, errGoneAway)
	wantKind(t, s.Save(t.Context(), jane()), errGoneAway)
	_, err = load(t, NewSealed(Options{Folder: folder}))
	wantKind(t, err, session.ErrRefused)
	if after, _ := os.ReadFile(s.file); !bytes.Equal(before, after) {
		t.Error("the file has changed")
	}
}

// TestADamagedFileIsNotAWrongPassphrase flips every bit group of the sealed part, and cuts the
// file at many places: nobody is asked for a passphrase that cannot help.
func TestADamagedFileIsNotAWrongPassphrase(t *testing.T) {
	folder := t.TempDir()
	s, _ := sealedIn(folder, "correct horse")
	if err := s.Save(t.Context(), jane()); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(s.file)
	if err != nil {
		t.Fatal(err)
	}
	from := bytes.Index(whole, []byte(`"sealed"`))
	try := func(what string, text []byte) {
		t.Helper()
		if err := os.WriteFile(s.file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		s, u := sealedIn(folder, "correct horse")
		_, err := load(t, s)
		if !errors.Is(err, session.ErrUnreadableEntry) || len(u.asked) > 0 || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: asked %d times, then: %v", what, len(u.asked), err)
		}
	}
	for at := from + len(`"sealed": "`); at < bytes.LastIndex(whole, []byte(`"sum"`))-5; at += 13 {
		changed := slices.Clone(whole)
		if changed[at]++; changed[at] == '"' || changed[at] == '\\' {
			continue
		}
		try("changed", changed)
	}
	for at := 0; at < len(whole)-3; at += 17 {
		try("cut", whole[:at])
	}
	try("newer", bytes.Replace(whole, []byte(`"version": 1`), []byte(`"version": 2`), 1))
	try("something else", []byte("hello"))

	s, u := sealedIn(folder, "another passphrase") // signing in again begins a new file
	if err := s.Save(t.Context(), jane()); err != nil || !u.asked[0].New {
		t.Errorf("%v, asked was %+v", err, u.asked)
	}
	if got, err := load(t, s); err != nil || got != jane() {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestWhatTheSealedFileShows(t *testing.T) {
	s, _ := sealedIn(filepath.Join(t.TempDir(), "state", "c8yx"), "correct horse")
	k := jane()
	k.Password = "a-password"
	if err := s.Save(t.Context(), k); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(s.file)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{k.Token.Reveal(), k.XSRF.Reveal(), k.Password.Reveal(), "correct horse"} {
		if bytes.Contains(text, []byte(secret)) {
			t.Errorf("it holds %q:\n%s", secret, text)
		}
	}
	if info, err := os.Stat(s.file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("its mode is %v, %v", info.Mode(), err)
	}
	if info, err := os.Stat(filepath.Dir(s.file)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the mode of its folder is %v, %v", info.Mode(), err)
	}
	if files, _ := filepath.Glob(filepath.Join(filepath.Dir(s.file), "*")); len(files) != 1 {
		t.Errorf("there is more than the file: %v", files)
	}

	// As a user opens it who has lost c8yx, but not the passphrase.
	var content struct{ Sealed string }
	if err := json.Unmarshal(text, &content); err != nil {
		t.Fatal(err)
	}
	identity, err := age.NewScryptIdentity("correct horse")
	if err != nil {
		t.Fatal(err)
	}
	opened, err := age.Decrypt(base64.NewDecoder(base64.StdEncoding, strings.NewReader(content.Sealed)), identity)
	if err != nil {
		t.Fatal(err)
	}
	if inside, err := io.ReadAll(opened); err != nil || !bytes.Contains(inside, []byte(`"token":"a-token"`)) {
		t.Errorf("inside is %s, %v", inside, err)
	}
}

// TestTwoProgramsUseTheSealedFile: what one has kept, the other finds and does not lose.
func TestTwoProgramsUseTheSealedFile(t *testing.T) {
	folder := t.TempDir()
	one, _ := sealedIn(folder, "correct horse")
	if err := one.Save(t.Context(), jane()); err != nil {
		t.Fatal(err)
	}
	other, _ := sealedIn(folder, "correct horse")
	joe := jane()
	joe.User = "joe"
	if err := other.Save(t.Context(), joe); err != nil {
		t.Fatal(err)
	}
	if got, err := one.Load(t.Context(), joe.Address, joe.Tenant, joe.User); err != nil || got != joe {
		t.Errorf("%+v, %v", got, err)
	}
	renewed := jane()
	renewed.Token = "another"
	if err := one.Save(t.Context(), renewed); err != nil {
		t.Fatal(err)
	}
	if got, err := load(t, other); err != nil || got != renewed {
		t.Errorf("%+v, %v", got, err)
	}
	if all := listed(t, other); len(all) != 2 {
		t.Errorf("listed: %+v", all)
	}
	// One signs everybody out: the file goes, and the other does not bring anybody back.
	for _, k := range []session.Kept{jane(), joe} {
		if err := one.Delete(t.Context(), k.Address, k.Tenant, k.User); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(one.file); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file is still there: %v", err)
	}
	if err := other.Save(t.Context(), joe); err != nil {
		t.Fatal(err)
	}
	_, err := load(t, other)
	wantKind(t, err, session.ErrNotKept)
}

func TestAFolderThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s, _ := sealedIn(file, "correct horse")
	wantKind(t, s.Save(t.Context(), jane()), session.ErrNoKeeper)
}

// TestTheContextEndsTheSealing: sealing takes a second, for which nobody has to wait.
func TestTheContextEndsTheSealing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := NewSealed(Options{Folder: t.TempDir(), Passphrase: func(context.Context, Question) (c8yclient.Secret, error) {
		cancel()
		return "correct horse", nil
	}})
	wantKind(t, s.Save(ctx, jane()), context.Canceled)
	if _, err := os.Stat(s.file); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file is written all the same: %v", err)
	}
}
