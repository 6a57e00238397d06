package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"c8yx/ui"
	"c8yx/views"
)

// explore shows the explorer on the terminal, beginning at a place.
func explore(ctx context.Context, f flags, place string, streams Streams) error {
	shell, closing, err := f.shell(ctx, place)
	if err != nil {
		return err
	}
	defer closing()
	if !onTerminal(streams) {
		return errors.New("there is no terminal to draw on. c8yx snapshot PLACE prints a frame instead")
	}
	options := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithInput(streams.In), tea.WithOutput(streams.Out), tea.WithoutSignalHandler(),
	}
	if os.Getenv("NO_COLOR") != "" { // any value counts: https://no-color.org
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	program := tea.NewProgram(shell, options...)
	shell.Attach(program.Send)
	_, err = program.Run()
	shell.Close()
	switch {
	case shell.Err() != nil:
		return reportCrash(shell.Err())
	case errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil:
		return ui.ErrInterrupted
	}
	return err
}

// onTerminal reports whether input and output are a terminal that can be drawn
// on.
func onTerminal(streams Streams) bool {
	if os.Getenv("TERM") == "dumb" {
		return false
	}
	for _, stream := range []any{streams.In, streams.Out} {
		file, ok := stream.(*os.File)
		if !ok || !term.IsTerminal(file.Fd()) {
			return false
		}
	}
	return true
}

// shell makes the shell of the tenant that flags and environment name, at a
// place. The place is checked here, so that a wrong one is said at once.
// closing ends what was begun for it.
func (f *flags) shell(ctx context.Context, place string) (shell *ui.Shell, closing func(), err error) {
	palette, dark, fixed, err := f.colours()
	if err != nil {
		return nil, nil, err
	}
	closing = func() {}
	var a access
	if f.demo {
		options, err := f.tenant.options()
		if err != nil {
			return nil, nil, err
		}
		c, err := found(ctx, options)
		if err != nil {
			return nil, nil, err
		}
		a, closing = c.access(), c.close
	} else if a, err = environment(); err != nil {
		return nil, nil, err
	}
	shell, err = newShell(a, views.ShellOptions{Home: place, Palette: palette, Dark: dark, FixedTheme: fixed})
	if err != nil {
		closing()
		return nil, nil, err
	}
	return shell, closing, nil
}

// newShell makes the shell of a tenant.
func newShell(a access, options views.ShellOptions) (*ui.Shell, error) {
	t, err := a.open()
	if err != nil {
		return nil, err
	}
	explorer := views.NewExplorer(t)
	if _, err := explorer.Open(options.Home); err != nil {
		return nil, usageError{err}
	}
	return explorer.Shell(options), nil
}

// reportCrash writes what is needed to find the cause of a panic into a file,
// and says where it is.
func reportCrash(err error) error {
	var crash *ui.Crash
	if !errors.As(err, &crash) {
		return err
	}
	path, writeErr := writeCrash(crash)
	if writeErr != nil {
		return fmt.Errorf("%w (and the report could not be written: %w)", err, writeErr)
	}
	return fmt.Errorf("%w; the report is in %s", err, path)
}
