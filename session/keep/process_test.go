//go:build unix && !darwin

package keep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"c8yx/session"
)

// report is what a process tells of what it did.
type report struct {
	Text   string // as encode writes it
	List   []string
	Error  string
	Kind   string // of the error: "refused", …
	Told   []string
	Locked bool
	Took   time.Duration
}

// The variable that makes this test's binary do one thing and end, and those with which it is
// made less patient than the program.
const (
	jobVariable    = "C8YX_TEST_JOB"
	answerVariable = "C8YX_TEST_ANSWER"
	promptVariable = "C8YX_TEST_PROMPT"
)

// do has another process, in an environment, do something with the keyring: "save", "load",
// "delete", "list" or "available". What comes back has been in the keyring, and nowhere else.
func do(t *testing.T, environment []string, job string, k session.Kept) report {
	t.Helper()
	text, err := encode(k)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(os.Args[0])
	// Without the last one each process of a test with -race takes a second to end.
	command.Env = append(environment, jobVariable+"="+job, "GORACE=atexit_sleep_ms=0")
	command.Stdin, command.Stderr = strings.NewReader(text), os.Stderr
	output, err := command.Output()
	var r report
	if err := errors.Join(err, json.Unmarshal(output, &r)); err != nil {
		t.Fatalf("%s: %v\n%s", job, err, output)
	}
	return r
}

func TestMain(m *testing.M) {
	if job := os.Getenv(jobVariable); job != "" {
		if err := json.NewEncoder(os.Stdout).Encode(work(job)); err != nil {
			panic(err)
		}
		return
	}
	os.Exit(m.Run())
}

// work does what another process wants.
func work(job string) (r report) {
	var e entry
	if err := json.NewDecoder(os.Stdin).Decode(&e); err != nil {
		panic(err)
	}
	k, ctx := e.kept(), context.Background()
	ring := NewKeyring(Options{Folder: filepath.Join(os.Getenv("HOME"), "state"), Waiting: func(what string) { r.Told = append(r.Told, what) }})
	for variable, patience := range map[string]*time.Duration{answerVariable: &ring.patient.answer, promptVariable: &ring.patient.prompt} {
		if d, err := time.ParseDuration(os.Getenv(variable)); err == nil {
			*patience = d
		}
	}
	began := time.Now()
	var err error
	switch job {
	case "save":
		err = ring.Save(ctx, k)
	case "load":
		if k, err = ring.Load(ctx, k.Address, k.Tenant, k.User); err == nil {
			r.Text, err = encode(k)
		}
	case "delete":
		err = ring.Delete(ctx, k.Address, k.Tenant, k.User)
	case "available":
		if err = ring.Available(ctx); err == nil {
			r.Locked, err = ring.Locked(ctx)
		}
	case "list":
		var all []session.Kept
		all, err = ring.List(ctx)
		for _, k := range all {
			r.List = append(r.List, fmt.Sprintf("%s/%s %s", k.Tenant, k.User, k.Token.Reveal()))
		}
	}
	r.Took = time.Since(began)
	if err != nil {
		r.Error = err.Error()
	}
	for kind, is := range map[string]error{
		"not kept": session.ErrNotKept, "no keeper": session.ErrNoKeeper,
		"refused": session.ErrRefused, "unreadable": session.ErrUnreadableEntry,
	} {
		if errors.Is(err, is) {
			r.Kind += kind
		}
	}
	return r
}
