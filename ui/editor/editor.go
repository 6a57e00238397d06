package editor

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/charmbracelet/x/editor"
)

// ErrNone says that the user has named no editor.
var ErrNone = errors.New("neither VISUAL nor EDITOR names an editor")

// Command returns the command that opens a file at a line and column, counted from 1, in the editor
// that the environment names: VISUAL, else EDITOR, each with arguments if need be. Editors that
// cannot be told a position begin at the top. The error is [ErrNone], or says that there is no such
// program.
func Command(getenv func(string) string, path string, line, column int) (*exec.Cmd, error) {
	for _, variable := range []string{"VISUAL", "EDITOR"} {
		words := strings.Fields(getenv(variable))
		if len(words) == 0 {
			continue
		}
		program, err := exec.LookPath(words[0])
		if err != nil {
			return nil, fmt.Errorf("the editor that %s names cannot be started: %w", variable, err)
		}
		args := words[1:]
		at, named := editor.AtPosition(line, column)(filepath.Base(words[0]), path)
		args = append(args, at...)
		if !named {
			args = append(args, path)
		}
		return exec.Command(program, args...), nil
	}
	return nil, ErrNone
}
