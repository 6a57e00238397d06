package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"c8yx/c8yclient"
	"c8yx/session/guest"
	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/views"
)

// Streams are where a command reads and writes. The explorer needs In and Out
// to be a terminal.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// The exit codes of the program.
const (
	ExitOK          = 0
	ExitError       = 1   // something went wrong
	ExitUsage       = 2   // the command line makes no sense
	ExitSignIn      = 3   // the tenant does not let the user in
	ExitNetwork     = 4   // the tenant does not answer
	ExitInterrupted = 130 // ended by ctrl+c or a signal
)

// Main runs the program with the arguments and returns its exit code. What
// went wrong is one line on streams.Err.
func Main(args []string, streams Streams) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := newRoot(streams)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return ExitOK
	}
	var told toldError
	if !errors.Is(err, ui.ErrInterrupted) && !errors.As(err, &told) {
		fmt.Fprintln(streams.Err, "c8yx: "+oneLine(plainWords(err)))
	}
	return exitCode(err)
}

// usageError is an error of the command line, not of what it asked for.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// toldError ends the program with its exit code; the user knows why.
type toldError int

func (t toldError) Error() string { return fmt.Sprintf("exit code %d", int(t)) }

func exitCode(err error) int {
	var wrong usageError
	var told toldError
	switch {
	case errors.As(err, &told):
		return int(told)
	case errors.As(err, &wrong):
		return ExitUsage
	case errors.Is(err, ui.ErrInterrupted), errors.Is(err, context.Canceled):
		return ExitInterrupted
	case errors.Is(err, c8yclient.ErrUnauthorized), errors.Is(err, c8yclient.ErrTenantUnavailable),
		errors.Is(err, guest.ErrNoPassphrase), errors.Is(err, guest.ErrPassphrase):
		return ExitSignIn
	case errors.Is(err, c8yclient.ErrTransport), errors.Is(err, context.DeadlineExceeded):
		return ExitNetwork
	}
	return ExitError
}

// plainWords says what a user can do about a tenant that does not let him in or
// does not answer, instead of which request failed.
func plainWords(err error) error {
	var tenant *views.StartError
	if !errors.As(err, &tenant) {
		return err
	}
	reason := tenant.Err
	for cause := reason; cause != nil; cause = errors.Unwrap(cause) {
		if e, ok := cause.(*c8yclient.Error); ok {
			reason = e // the innermost: that of the sign-in, not of the request that needed it
		}
	}
	var call *c8yclient.Error
	if errors.As(reason, &call) {
		reason = errors.New(call.Message)
	}
	switch {
	case errors.Is(err, c8yclient.ErrUnauthorized), errors.Is(err, c8yclient.ErrTenantUnavailable):
		return fmt.Errorf("%s does not let you in: %s. Check C8Y_TENANT, C8Y_USER and C8Y_PASSWORD, or C8Y_TOKEN", tenant.Address, strings.TrimSuffix(reason.Error(), "."))
	case errors.Is(err, c8yclient.ErrCertificate):
		return fmt.Errorf("%s is not to be trusted: %w. --ca FILE trusts a further authority; c8yx doctor says more", tenant.Address, reason)
	case errors.Is(err, c8yclient.ErrScheme):
		return fmt.Errorf("%s is not the address: %w", tenant.Address, reason)
	case errors.Is(err, c8yclient.ErrTransport):
		return fmt.Errorf("%s does not answer: %w", tenant.Address, reason)
	}
	return err
}

// oneLine makes an error fit to be printed: it may hold what a tenant sent.
func oneLine(err error) string {
	return strings.TrimSpace(string(text.Clean(strings.ReplaceAll(err.Error(), "\n", " "))))
}

// plainArgs makes cobra's complaints about arguments usage errors.
func plainArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}
