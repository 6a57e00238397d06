package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/charmbracelet/x/term"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/session/keep"
	"c8yx/ui"
	"c8yx/ui/text"
)

// keepVariable says where sign-ins are kept, for whoever wants to say so once and for all.
const keepVariable = "C8YX_KEEP"

// keeping says how to open what keeps sign-ins. Where needs a user, it asks at the prompt; the
// explorer, which has a screen, puts its own questions in place of that.
func (f *flags) keeping(streams Streams) (keep.Options, error) {
	where, err := keep.ParseWhere(cmp.Or(f.keep, os.Getenv(keepVariable)))
	if err != nil {
		return keep.Options{}, usage("--keep (or %s) %w", keepVariable, err)
	}
	folder, err := stateFolder()
	if err != nil {
		return keep.Options{}, err
	}
	return keep.Options{
		Folder: filepath.Join(folder, "sign-ins"), Where: where,
		Waiting: func(what string) { fmt.Fprintln(streams.Err, what) },
		Passphrase: func(ctx context.Context, q keep.Question) (c8yclient.Secret, error) {
			return promptForPassphrase(ctx, q, streams)
		},
	}, nil
}

// chosenKeeper opens what keeps sign-ins, and asks nobody where.
func (f *flags) chosenKeeper(ctx context.Context, streams Streams) (session.Keeper, error) {
	options, err := f.keeping(streams)
	if err != nil {
		return nil, err
	}
	return keep.Open(ctx, options)
}

// keeper opens what keeps sign-ins. Where there is no keyring the user chooses at the prompt what
// to do without, and is not asked again.
func (f *flags) keeper(ctx context.Context, streams Streams) (session.Keeper, error) {
	options, err := f.keeping(streams)
	if err != nil {
		return nil, err
	}
	k, err := keep.Open(ctx, options)
	if options.Where != "" || !errors.Is(err, session.ErrNoKeeper) {
		return k, err
	}
	terminal := promptOn(streams)
	if terminal == nil {
		return nil, fmt.Errorf("%w. Say --keep file (or %s=file) for a file that is sealed with a passphrase, or --keep none", err, keepVariable)
	}
	fmt.Fprintf(streams.Err, "%s.\nKeep sign-ins in a file that is sealed with a passphrase [f], or keep none and sign in each time [n]? ", oneLine(err))
	answer, err := readLine(ctx, terminal)
	if err != nil {
		return nil, err
	}
	options.Where = keep.Nowhere // anything but a file is the careful choice
	if strings.EqualFold(answer, "f") || strings.EqualFold(answer, "file") {
		options.Where = keep.InFile
	}
	if err := keep.Remember(options.Folder, options.Where); err != nil {
		fmt.Fprintln(streams.Err, "c8yx: "+oneLine(fmt.Errorf("you will be asked again: %w", err)))
	}
	return keep.Open(ctx, options)
}

// promptForPassphrase asks for the passphrase of the sealed file at the prompt.
func promptForPassphrase(ctx context.Context, q keep.Question, streams Streams) (c8yclient.Secret, error) {
	terminal := promptOn(streams)
	if terminal == nil {
		return "", fmt.Errorf("%w: %s is sealed, and there is no terminal to ask for the passphrase", session.ErrRefused, q.File)
	}
	ask := func(prompt string) (c8yclient.Secret, error) {
		return readSecret(ctx, terminal, streams.Err, prompt)
	}
	if q.Problem != nil {
		fmt.Fprintln(streams.Err, "That is not the passphrase.")
	}
	if !q.New {
		return ask("Passphrase of " + string(text.Clean(q.File)) + ": ")
	}
	for {
		first, err := ask("Choose a passphrase for " + string(text.Clean(q.File)) + ": ")
		if err != nil {
			return "", err
		}
		second, err := ask("Once more: ")
		switch {
		case err != nil:
			return "", err
		case first == "":
			fmt.Fprintln(streams.Err, "An empty one protects nothing.")
		case first != second:
			fmt.Fprintln(streams.Err, "These are not the same.")
		default:
			return first, nil
		}
	}
}

// promptOn returns the terminal on which a question can be asked, nil if there is none.
func promptOn(streams Streams) *os.File {
	in, isFile := streams.In.(*os.File)
	if out, shown := streams.Err.(*os.File); !isFile || !shown || !term.IsTerminal(in.Fd()) || !term.IsTerminal(out.Fd()) {
		return nil
	}
	return in
}

// readLine reads a line from a terminal, and not a byte more, until the context ends.
func readLine(ctx context.Context, terminal *os.File) (string, error) {
	type answer struct {
		typed string
		err   error
	}
	answered := make(chan answer, 1)
	go func() {
		var line []byte
		for letter := make([]byte, 1); ; {
			n, err := terminal.Read(letter)
			if err != nil || n > 0 && letter[0] == '\n' {
				answered <- answer{strings.TrimSpace(string(line)), err}
				return
			}
			line = append(line, letter[:n]...)
		}
	}()
	select {
	case a := <-answered:
		return a.typed, a.err
	case <-ctx.Done():
		return "", ui.ErrInterrupted
	}
}
