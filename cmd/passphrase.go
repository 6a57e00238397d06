package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"time"

	"github.com/charmbracelet/x/term"

	"c8yx/c8yclient"
	"c8yx/session/directory"
	"c8yx/ui"
)

// askPassphrase asks on the terminal, before the screen is taken; nil if there is nobody to ask.
func askPassphrase(ctx context.Context) directory.Ask {
	if !term.IsTerminal(os.Stdin.Fd()) || !term.IsTerminal(os.Stderr.Fd()) {
		return nil
	}
	return func(problem error) (c8yclient.Secret, error) {
		if problem != nil {
			fmt.Fprintln(os.Stderr, oneLine(problem)+".")
		}
		return readSecret(ctx, os.Stdin, os.Stderr, "Passphrase of the c8y command line: ")
	}
}

// silencedWithin is how long a terminal may take to stop showing what is typed.
const silencedWithin = time.Second

// readSecret asks a question and reads a line from the terminal without showing it, until the context
// ends. The question comes when the terminal shows nothing any more: some type ahead.
func readSecret(ctx context.Context, terminal *os.File, out io.Writer, question string) (c8yclient.Secret, error) {
	before, err := term.GetState(terminal.Fd())
	if err != nil {
		return "", err
	}
	type answer struct {
		typed []byte
		err   error
	}
	answered := make(chan answer, 1)
	go func() {
		typed, err := term.ReadPassword(terminal.Fd())
		answered <- answer{typed, err}
	}()
	// Whoever interrupts at once must not be quicker either: the terminal would be put back first, and
	// silenced then.
	for deadline := time.Now().Add(silencedWithin); len(answered) == 0 && time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if now, err := term.GetState(terminal.Fd()); err != nil || !reflect.DeepEqual(now, before) {
			break
		}
	}
	fmt.Fprint(out, question)
	defer fmt.Fprintln(out)
	select {
	case a := <-answered:
		return c8yclient.Secret(a.typed), a.err
	case <-ctx.Done(): // whoever reads goes on reading; the terminal is as it was
		return "", errors.Join(ui.ErrInterrupted, term.Restore(terminal.Fd(), before))
	}
}
