package keep

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"c8yx/c8yclient"
	"c8yx/session"
)

// Where says where sign-ins are to be kept, in the words of --keep and C8YX_KEEP.
type Where string

// The places. The zero Where is for [Open] to decide.
const (
	InKeyring Where = "keyring"
	InFile    Where = "file" // sealed with a passphrase
	Nowhere   Where = "none" // for this session only
)

// ParseWhere reads what a user has written; nothing is allowed.
func ParseWhere(text string) (Where, error) {
	switch w := Where(text); w {
	case "", InKeyring, InFile, Nowhere:
		return w, nil
	}
	return "", fmt.Errorf("%q: choose %s, %s or %s", text, InKeyring, InFile, Nowhere)
}

// Options say how to open a keeper. Only Folder is needed.
type Options struct {
	// Folder is where this package writes what it writes: the list of what the keyring holds,
	// the sealed file, the user's choice.
	Folder string
	// Where is what the user wants this time.
	Where Where
	// Passphrase asks the user for the passphrase of the sealed file, once for each program
	// unless it was wrong. Without it the file stays sealed.
	Passphrase func(context.Context, Question) (c8yclient.Secret, error)
	// Waiting is told in a sentence that the user is waited for, outside of the program: to
	// unlock the keyring. It is called on another goroutine. The wait is over when the call of
	// the Keeper returns.
	Waiting func(what string)
}

// Open chooses where sign-ins are kept: where the user wants it this time; else in the keyring
// if there is one; else where the user has chosen before ([Remember]). If the user has to
// choose now, between the file and this session only, it fails with [session.ErrNoKeeper],
// and the error says in a sentence why.
//
// It takes up to three seconds, if there is a keyring that does not answer.
func Open(ctx context.Context, o Options) (session.Keeper, error) {
	where := o.Where
	if where == "" {
		k := NewKeyring(o)
		err := k.Available(ctx)
		if err == nil {
			return k, nil
		}
		if where = remembered(o.Folder); where == "" || !errors.Is(err, session.ErrNoKeeper) {
			return nil, err
		}
	}
	switch where {
	case InKeyring:
		k := NewKeyring(o)
		if err := k.Available(ctx); err != nil {
			return nil, err
		}
		return k, nil
	case InFile:
		return NewSealed(o), nil
	}
	return &session.Memory{}, nil
}

// Remember keeps the user's choice for machines without a keyring, for [Open] to find.
func Remember(folder string, where Where) error {
	if where == "" || where == InKeyring {
		err := os.Remove(choice(folder))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	return replace(choice(folder), []byte(where+"\n"))
}

func remembered(folder string) Where {
	text, err := os.ReadFile(choice(folder))
	if err != nil {
		return ""
	}
	switch w := Where(strings.TrimSpace(string(text))); w {
	case InFile, Nowhere:
		return w
	}
	return "" // whatever else it says, the user can say it again
}

func choice(folder string) string { return filepath.Join(folder, "without-keyring") }

// Everywhere returns the keepers that outlive a program, whichever is chosen at present: to
// list and to remove what was kept anywhere. Listing neither opens nor asks for anything.
func Everywhere(o Options) []session.Keeper {
	return []session.Keeper{NewKeyring(o), NewSealed(o)}
}
