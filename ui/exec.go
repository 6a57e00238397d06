package ui

import (
	"io"
	"os"
	"os/exec"

	tea "charm.land/bubbletea/v2"

	"c8yx/ui/editor"
)

// Editor makes the command that opens a file at a line and column, counted from 1.
type Editor func(path string, line, column int) (tea.ExecCommand, error)

// usersEditor is the editor that the environment names.
func usersEditor(path string, line, column int) (tea.ExecCommand, error) {
	cmd, err := editor.Command(os.Getenv, path, line, column)
	if err != nil {
		return nil, err
	}
	return terminalCommand{cmd}, nil
}

// EditFile opens a file in the user's editor, which has the terminal until it ends; then done is
// told, on the update loop, how it ended. The error says why no editor could be started, [editor.ErrNone]
// that the user has named none; done is not called then.
func (s *Scope) EditFile(path string, line, column int, done func(error)) error {
	cmd, err := s.shell.options.Editor(path, line, column)
	if err != nil {
		return err
	}
	finished := s.Busy()
	s.Do(tea.Exec(cmd, func(err error) tea.Msg {
		return applyMsg{scope: s, apply: func() {
			s.Do(tea.ClearScreen) // whatever the editor left there
			done(err)
		}, done: finished}
	}))
	return nil
}

// terminalCommand is a command on the terminal that the program has lent it.
type terminalCommand struct{ *exec.Cmd }

// SetStdin, SetStdout and SetStderr say where the terminal is.
func (c terminalCommand) SetStdin(r io.Reader)  { c.Stdin = r }
func (c terminalCommand) SetStdout(w io.Writer) { c.Stdout = w }
func (c terminalCommand) SetStderr(w io.Writer) { c.Stderr = w }
