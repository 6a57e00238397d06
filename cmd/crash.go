package cmd

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"c8yx/ui"
)

// stateFolder is where the program keeps what it writes by itself.
func stateFolder() (string, error) {
	if dir := os.Getenv("XDG_STATE_HOME"); dir != "" {
		return filepath.Join(dir, "c8yx"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(home, ".local", "state", "c8yx"), nil
}

// writeCrash writes the stack of a panic into a file. The panic's own value is
// left out unless it is the runtime's: it could quote anything, a secret
// included.
func writeCrash(crash *ui.Crash) (path string, err error) {
	dir, err := stateFolder()
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	what := fmt.Sprintf("a panic of type %T", crash.Value)
	if runtime, ok := crash.Value.(interface {
		error
		RuntimeError()
	}); ok {
		what = runtime.Error()
	}
	path = filepath.Join(dir, "crash-"+time.Now().UTC().Format("20060102-150405")+".txt")
	report := fmt.Sprintf("c8yx %s\n%s\n\n%s", Version(), what, crash.Stack)
	return path, os.WriteFile(path, []byte(report), 0o600)
}
