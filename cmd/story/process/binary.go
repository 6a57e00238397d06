package process

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"
)

// Patience is how long a program is waited for, in real time. It is far more
// than a machine with other work to do ever needs.
const Patience = 30 * time.Second

// Binary is a program that is built when a test first needs it. The zero value
// is ready for use and builds c8yx itself, with the flags of a release. A test
// package has one, and removes it at the end of its TestMain.
type Binary struct {
	// Package is the import path of the program, "" for c8yx.
	Package string

	once   sync.Once
	folder string
	err    error
}

// Path returns where the built program lies.
func (b *Binary) Path(t testing.TB) string {
	t.Helper()
	b.once.Do(b.build)
	if b.err != nil {
		t.Fatal(b.err)
	}
	return b.path()
}

func (b *Binary) path() string {
	name := "program"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(b.folder, name)
}

func (b *Binary) build() {
	pkg := b.Package
	if pkg == "" {
		pkg = "c8yx"
	}
	if b.folder, b.err = os.MkdirTemp("", "c8yx-binary-"); b.err != nil {
		return
	}
	// The same flags as in .ci/run, so that the compiler's cache serves both.
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", b.path(), pkg)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		b.err = fmt.Errorf("%s: %w\n%s", build, err, output)
	}
}

// Remove deletes what was built.
func (b *Binary) Remove() {
	if b.folder != "" {
		_ = os.RemoveAll(b.folder)
	}
}

// Result is what a program that has ended leaves.
type Result struct {
	Stdout, Stderr string
	// Code is the exit code, -1 if a signal ended the program.
	Code int
}

// Run runs the program to its end without a terminal: its output goes to pipes,
// there is no input. Variables ("NAME=value") are added to [Environment].
func (b *Binary) Run(t testing.TB, variables []string, args ...string) Result {
	t.Helper()
	program := b.Path(t) // building it takes time that is not the program's
	ctx, cancel := context.WithTimeout(t.Context(), Patience)
	defer cancel()
	var stdout, stderr bytes.Buffer
	command := exec.CommandContext(ctx, program, args...)
	command.Env = append(Environment(t), variables...)
	command.Stdout, command.Stderr = &stdout, &stderr
	err := command.Run()
	var exited *exec.ExitError
	switch {
	case ctx.Err() != nil:
		t.Fatalf("%q: not ended after %v\n%s%s", args, Patience, &stdout, &stderr)
	case err != nil && !errors.As(err, &exited):
		t.Fatal(err)
	}
	return Result{Stdout: stdout.String(), Stderr: stderr.String(), Code: command.ProcessState.ExitCode()}
}

// Environment is that of somebody who has never run the program: an empty home,
// a terminal with all colours, UTF-8, UTC, no session bus and no tenant.
func Environment(t testing.TB) []string {
	t.Helper()
	home := t.TempDir()
	environment := []string{
		"HOME=" + home,
		"PATH=" + os.Getenv("PATH"),
		"TERM=xterm-256color",
		"COLORTERM=truecolor",
		"LANG=C.UTF-8",
		"TZ=UTC",
	}
	for variable, folder := range map[string]string{
		"XDG_CONFIG_HOME": "config",
		"XDG_STATE_HOME":  "state",
		"XDG_DATA_HOME":   "data",
		"XDG_CACHE_HOME":  "cache",
		"XDG_RUNTIME_DIR": "run",
	} {
		folder = filepath.Join(home, folder)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		environment = append(environment, variable+"="+folder)
	}
	return environment
}
