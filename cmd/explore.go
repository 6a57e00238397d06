package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"c8yx/cmd/config"
	"c8yx/session"
	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/views"
)

// explore shows the explorer on the terminal, beginning at a place.
func explore(ctx context.Context, f flags, place string, streams Streams) error {
	shell, closing, err := f.explorer(ctx, place, streams)
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
	spareMemory()
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

// access returns how to reach the tenant that is to be opened. closing ends what was begun for it.
func (f *flags) access(ctx context.Context, k known) (a access, closing func(), err error) {
	p, err := f.choose(ctx, k)
	if err != nil {
		return a, nil, plight(err)
	}
	if p.Origin != session.FromDemo {
		p, err = k.Unseal(p, askPassphrase(ctx))
		return access{profile: p, keeper: k.Keeper}, func() {}, err
	}
	options, err := f.company.options()
	if err != nil {
		return a, nil, err
	}
	c, err := found(ctx, options)
	if err != nil {
		return a, nil, err
	}
	a = c.access()
	a.profile.ReadOnly = p.ReadOnly || f.readOnly
	return a, c.close, nil
}

// notices are what to tell the user of his configuration when he begins.
func notices(k known) []text.Safe {
	var said []text.Safe
	for _, problem := range k.problems() {
		if m, ok := problem.(config.Mistake); ok {
			m.File = filepath.Base(m.File) // there is not much room
			problem = m
		}
		said = append(said, text.Clean(problem.Error()))
	}
	return said
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

// spareMemory collects garbage twice as often as usual, unless the user has said how often: the program
// is left running all day, holds large lists, and mostly waits.
func spareMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
}
