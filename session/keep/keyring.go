package keep

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"c8yx/session"
)

// service is the name under which all entries lie in the keyring.
const service = "c8yx"

// Keyring keeps sign-ins in the keyring of the operating system: the Secret Service of Linux
// (GNOME Keyring, KWallet, KeePassXC), the Keychain of macOS, the Credential Manager of
// Windows. There is one entry for each tenant and user, split into several where it is long;
// an [index] beside it lists them. Make one with [NewKeyring].
//
// An answer may take three seconds. Where the keyring has to be unlocked first, the user has
// a minute for it, and [Options.Waiting] says so.
type Keyring struct {
	patient *patient
	index   index
}

// NewKeyring returns the operating system's keyring. Whether there is one shows when it is
// used; [Keyring.Available] asks for it.
func NewKeyring(o Options) *Keyring {
	return newKeyring(o, &patient{store: osKeyring{}, look: look, answer: 3 * time.Second, prompt: time.Minute})
}

func newKeyring(o Options, p *patient) *Keyring {
	p.turn = make(chan struct{}, 1)
	if p.waiting = o.Waiting; p.waiting == nil {
		p.waiting = func(string) {}
	}
	return &Keyring{patient: p, index: index(filepath.Join(o.Folder, "keyring"))}
}

// Name returns "the keyring".
func (k *Keyring) Name() string { return "the keyring" }

// Available reports whether there is a keyring, without opening it: nil, or an error that is
// [session.ErrNoKeeper] and says why not.
func (k *Keyring) Available(ctx context.Context) error {
	_, err := k.Locked(ctx)
	return err
}

// Locked reports whether the keyring is going to ask the user to unlock it; false where that
// cannot be known. It unlocks nothing. Its error is that of [Keyring.Available].
func (k *Keyring) Locked(ctx context.Context) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, k.patient.answer)
	defer cancel()
	state, err := beside(ctx, func() (openness, error) { return k.patient.look(ctx, "") })
	if errors.Is(err, context.DeadlineExceeded) {
		return false, noAnswer(false, "within "+k.patient.answer.String())
	}
	return state == locked, inWords(err)
}

// Load returns what is kept for a tenant and user. It fails with [session.ErrNotKept],
// [session.ErrNoKeeper], [session.ErrRefused] or [session.ErrUnreadableEntry].
func (k *Keyring) Load(ctx context.Context, address, tenant, user string) (session.Kept, error) {
	name := account(address, tenant, user)
	text, err := ask(ctx, k.patient, name, func(s store) (string, error) { return readText(s, name) })
	if errors.Is(err, errAbsent) {
		_ = k.index.drop(name) // else it is dropped the next time
		return session.Kept{}, nothingKept(address, tenant, user)
	}
	what := "the sign-in that the keyring holds for " + whose(address, tenant, user)
	if errors.Is(err, errTorn) {
		return session.Kept{}, damaged(what)
	}
	if err != nil {
		return session.Kept{}, inWords(err)
	}
	found, err := decode(text, what)
	if err != nil {
		return session.Kept{}, err
	}
	if !isOf(found, address, tenant, user) { // not what its name says
		return session.Kept{}, nothingKept(address, tenant, user)
	}
	k.index.sees(found)
	return found, nil
}

// Save replaces what is kept for the tenant and user of the sign-in. If it fails, what was
// kept before is still there.
func (k *Keyring) Save(ctx context.Context, kept session.Kept) error {
	text, err := encode(kept)
	if err != nil {
		return err
	}
	name := account(kept.Address, kept.Tenant, kept.User)
	// Listed first, so that whatever lies in the keyring is listed. A list that cannot be
	// written is no reason to have the user sign in again tomorrow.
	_, before := k.index.read(name)
	_ = k.index.put(kept)
	_, err = ask(ctx, k.patient, name, func(s store) (struct{}, error) { return struct{}{}, writeText(s, name, text) })
	if err != nil && before != nil {
		_ = k.index.drop(name)
	}
	return inWords(err)
}

// Delete removes what is kept for a tenant and user.
func (k *Keyring) Delete(ctx context.Context, address, tenant, user string) error {
	name := account(address, tenant, user)
	if _, err := ask(ctx, k.patient, name, func(s store) (struct{}, error) { return struct{}{}, removeText(s, name) }); err != nil {
		return inWords(err)
	}
	return k.index.drop(name)
}

// List returns what is kept, without secrets. It reads the list beside the keyring, so it
// neither waits nor asks, and may name an entry that somebody has removed from the
// keyring by other means, until it is loaded the next time.
func (k *Keyring) List(context.Context) ([]session.Kept, error) { return k.index.list() }

// inWords explains what went wrong with the keyring.
func inWords(err error) error {
	var said *problem
	switch {
	case err == nil, errors.As(err, &said), errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, errNotStored), errors.Is(err, errNotRemoved):
		return because(session.ErrRefused, "the keyring said yes, but %w", err)
	case errors.Is(err, errTooLong):
		return because(session.ErrNoKeeper, "%w for the keyring", err)
	case refused(err):
		return because(session.ErrRefused, "the keyring was not opened: its prompt was dismissed or could not be shown")
	}
	return because(session.ErrNoKeeper, "the keyring does not work: %w", err)
}
