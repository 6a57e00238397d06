package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"c8yx/ui"
	"c8yx/views"
)

// newSnapshot is the command that prints one frame.
func newSnapshot(f *flags, streams Streams) *cobra.Command {
	size, color, timeout := "120x40", false, 30*time.Second
	c := &cobra.Command{
		Use:   "snapshot PLACE",
		Short: "Print a frame of a place, without a terminal",
		Long: `Open a place without a terminal, wait until it has settled, print the frame and
exit: for scripts, bug reports and tests.`,
		Example: "  c8yx --demo snapshot devices --size 120x40",
		Args:    plainArgs(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			var width, height int
			if n, err := fmt.Sscanf(size, "%dx%d", &width, &height); n != 2 || err != nil || width < 1 || height < 1 || width > 1000 || height > 1000 {
				return usage("--size %s: write columns x rows, such as 120x40", size)
			}
			shell, closing, err := f.shell(c.Context(), args[0], streams)
			if err != nil {
				return err
			}
			defer closing()
			frame, err := settledFrame(c.Context(), shell, width, height, timeout)
			if err != nil {
				return err
			}
			if !color {
				frame = plain(frame)
			}
			_, err = io.WriteString(streams.Out, frame+"\n")
			return err
		},
	}
	c.Flags().StringVar(&size, "size", size, "columns and rows of the frame")
	c.Flags().BoolVar(&color, "color", color, "keep the colours, as escape sequences")
	c.Flags().DurationVar(&timeout, "timeout", timeout, "how long to wait for the place to settle")
	return c
}

// shell makes the shell of the tenant that flags, environment and configuration name, at a place, for
// nobody who could be asked. closing ends what was begun for it.
func (f *flags) shell(ctx context.Context, place string, streams Streams) (shell *ui.Shell, closing func(), err error) {
	k, err := f.known()
	if err != nil {
		return nil, nil, err
	}
	k.tell(streams.Err)
	options := views.ShellOptions{Home: place, Keys: k.Keys}
	if options.Palette, options.Dark, options.FixedTheme, err = f.look(k.Config); err != nil {
		return nil, nil, err
	}
	k.Keeper = f.unasked(streams)
	a, closing, err := f.access(ctx, k)
	if err != nil {
		return nil, nil, err
	}
	if shell, err = newShell(a, options); err != nil {
		closing()
		return nil, nil, err
	}
	return shell, closing, nil
}

// settledFor is how long nothing may be under way for a frame to count as
// settled: long enough for the live connection to come up.
const settledFor = 150 * time.Millisecond

// settledFrame runs the shell without a terminal until it has been idle for a
// while, and returns what it shows then.
func settledFrame(ctx context.Context, shell *ui.Shell, width, height int, timeout time.Duration) (string, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, timeout, fmt.Errorf("it did not settle within %s: %w", timeout, context.DeadlineExceeded))
	defer cancel()
	program := tea.NewProgram(shell,
		tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(io.Discard),
		tea.WithWindowSize(width, height), tea.WithoutSignalHandler(), tea.WithoutRenderer())
	shell.Attach(program.Send)
	go func() {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		idle := time.Duration(0)
		for idle < settledFor {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			idle += 10 * time.Millisecond
			if !shell.Idle() {
				idle = 0
			}
		}
		program.Quit()
	}()
	_, err := program.Run()
	frame := shell.View().Content
	shell.Close()
	switch {
	case shell.Err() != nil:
		return "", reportCrash(shell.Err())
	case errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil:
		return "", context.Cause(ctx)
	}
	return frame, err
}

// plain removes colours and trailing blanks.
func plain(frame string) string {
	lines := strings.Split(ansi.Strip(frame), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n")
}
