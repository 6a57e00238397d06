package session

import (
	"context"
	"errors"
	"time"

	"c8yx/c8yclient"
)

// Kept is a sign-in as it is kept between two starts: one for each tenant and user.
type Kept struct {
	Address string // https://acme.example, without a slash at the end
	Tenant  string // the tenant's id
	User    string

	// How requests are authenticated: with a token (and the XSRF token that belongs to
	// it if it is used as a cookie), or with a password, which is kept only for a
	// tenant that knows nothing but Basic, and if the user agreed.
	Token    c8yclient.Secret
	XSRF     c8yclient.Secret
	Cookie   bool // the token came as a cookie, which the tenant renews
	Password c8yclient.Secret

	Expires  time.Time // zero if unknown
	SignedIn time.Time
	TFA      bool   // a second factor was given
	Method   string // of the login option: OAUTH2_INTERNAL, BASIC, OAUTH2
}

// Keeper keeps sign-ins: the OS keyring, a sealed file, or memory for this session only.
// All methods return within the context's time even if the store blocks, and give up on one that
// does not answer after a few seconds. They take as long as the user does whom the store asks to
// unlock it.
type Keeper interface {
	// Name says where it keeps them, within a sentence: "the keyring".
	Name() string
	// Load returns what is kept for a tenant and user, or [ErrNotKept].
	Load(ctx context.Context, address, tenant, user string) (Kept, error)
	// Save replaces what is kept for the tenant and user of k.
	Save(ctx context.Context, k Kept) error
	// Delete removes it; nothing kept is no error.
	Delete(ctx context.Context, address, tenant, user string) error
	// List returns everything that is kept, without secrets, the latest first.
	List(ctx context.Context) ([]Kept, error)
}

// What can be wrong with a [Keeper].
var (
	// ErrNotKept: there is nothing for that tenant and user.
	ErrNotKept = errors.New("no sign-in is kept")
	// ErrNoKeeper: this machine has no keyring, or it does not answer.
	ErrNoKeeper = errors.New("no keyring is available")
	// ErrRefused: the keyring is locked, or the user refused to open it.
	ErrRefused = errors.New("the keyring was not opened")
	// ErrUnreadableEntry: the entry is damaged, or from a newer version of c8yx.
	ErrUnreadableEntry = errors.New("the kept sign-in cannot be read")
)
