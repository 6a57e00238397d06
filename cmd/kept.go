package cmd

import (
	"context"
	"errors"
	"sync"

	"c8yx/session"
)

// unasked keeps sign-ins for a command that asks nobody where to: it is opened when it is first
// needed, which takes its time. Without a keyring, and without a choice of the user, nothing is kept.
type unasked struct {
	open func(context.Context) (session.Keeper, error)

	once   sync.Once
	keeper session.Keeper
	err    error
}

func (f *flags) unasked(streams Streams) *unasked {
	return &unasked{open: func(ctx context.Context) (session.Keeper, error) { return f.chosenKeeper(ctx, streams) }}
}

func (u *unasked) opened(ctx context.Context) (session.Keeper, error) {
	u.once.Do(func() { u.keeper, u.err = u.open(ctx) })
	return u.keeper, u.err
}

// Name says where sign-ins are kept.
func (u *unasked) Name() string {
	if u.keeper == nil {
		return "nothing"
	}
	return u.keeper.Name()
}

// Load implements [session.Keeper].
func (u *unasked) Load(ctx context.Context, address, tenant, user string) (session.Kept, error) {
	k, err := u.opened(ctx)
	switch {
	case errors.Is(err, session.ErrNoKeeper):
		return session.Kept{}, session.ErrNotKept
	case err != nil:
		return session.Kept{}, err
	}
	return k.Load(ctx, address, tenant, user)
}

// Save implements [session.Keeper].
func (u *unasked) Save(ctx context.Context, kept session.Kept) error {
	k, err := u.opened(ctx)
	switch {
	case errors.Is(err, session.ErrNoKeeper):
		return nil
	case err != nil:
		return err
	}
	return k.Save(ctx, kept)
}

// Delete implements [session.Keeper].
func (u *unasked) Delete(ctx context.Context, address, tenant, user string) error {
	k, err := u.opened(ctx)
	switch {
	case errors.Is(err, session.ErrNoKeeper):
		return nil
	case err != nil:
		return err
	}
	return k.Delete(ctx, address, tenant, user)
}

// List implements [session.Keeper].
func (u *unasked) List(ctx context.Context) ([]session.Kept, error) {
	k, err := u.opened(ctx)
	switch {
	case errors.Is(err, session.ErrNoKeeper):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return k.List(ctx)
}

// anywhere lists who has signed in, wherever that is kept. It opens nothing and asks for nothing.
type anywhere struct {
	session.Keeper // for nothing but its list
	all            []session.Keeper
}

// Name says where sign-ins are kept.
func (a anywhere) Name() string { return "kept" }

// List implements [session.Keeper].
func (a anywhere) List(ctx context.Context) ([]session.Kept, error) {
	var kept []session.Kept
	var wrong error
	for _, k := range a.all {
		list, err := k.List(ctx)
		kept = append(kept, list...)
		if !errors.Is(err, session.ErrNoKeeper) {
			wrong = errors.Join(wrong, err)
		}
	}
	return kept, wrong
}
