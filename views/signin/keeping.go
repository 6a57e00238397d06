package signin

import (
	"context"
	"errors"
	"sync"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/session/keep"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/ui/toast"
)

// Keeping is a [session.Keeper] that finds out where to keep sign-ins when it first
// needs to know. If there is no keyring the user is asked, once there is something to
// keep; until he has answered it is in memory.
type Keeping struct {
	options  keep.Options
	deciding chan struct{} // holds a token while nobody finds out

	mu      sync.Mutex
	scopes  []*ui.Scope // of the open desks, where a user can be asked
	keeper  session.Keeper
	asked   bool  // the user is being asked, or has answered
	pending bool  // and has not answered yet
	why     error // why there is no keyring
	waiting *session.Memory
}

// NewKeeping returns a keeper with the options, of which Passphrase and Waiting are put
// to the user on the screen.
func NewKeeping(o keep.Options) *Keeping {
	k := &Keeping{options: o, deciding: make(chan struct{}, 1), waiting: &session.Memory{}}
	k.deciding <- struct{}{}
	k.options.Passphrase = k.passphrase
	k.options.Waiting = func(what string) {
		if scope := k.scope(); scope != nil {
			scope.Post(func() { scope.Toast(toast.Caution, text.Clean(what)) })
		}
	}
	return k
}

// Attend lets the user be asked on a desk, as long as that is open. A question that nobody has
// answered moves there: the desk on which it was put may be gone with the sign-in.
func (k *Keeping) Attend(scope *ui.Scope) {
	k.mu.Lock()
	k.scopes = append(k.scopes, scope)
	pending := k.pending
	k.mu.Unlock()
	if pending {
		k.put(scope)
	}
}

// scope returns the desk that was opened last, nil if none is open.
func (k *Keeping) scope() *ui.Scope {
	k.mu.Lock()
	defer k.mu.Unlock()
	for n := len(k.scopes); n > 0; n-- {
		if scope := k.scopes[n-1]; scope.Context().Err() == nil {
			return scope
		}
		k.scopes = k.scopes[:n-1]
	}
	return nil
}

// find returns where sign-ins are kept now.
func (k *Keeping) find(ctx context.Context) (session.Keeper, error) {
	select {
	case <-k.deciding:
		defer func() { k.deciding <- struct{}{} }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	k.mu.Lock()
	keeper, undecided := k.keeper, k.why != nil
	k.mu.Unlock()
	switch {
	case keeper != nil:
		return keeper, nil
	case undecided:
		return k.waiting, nil
	}
	keeper, err := keep.Open(ctx, k.options)
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case err == nil:
		if _, memory := keeper.(*session.Memory); memory {
			keeper = k.waiting
		}
		k.keeper = keeper
		return keeper, nil
	case errors.Is(err, session.ErrNoKeeper) && k.options.Where == "":
		k.why = err
		return k.waiting, nil
	}
	return nil, err
}

// Name says where sign-ins are kept now.
func (k *Keeping) Name() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.keeper == nil {
		return k.waiting.Name()
	}
	return k.keeper.Name()
}

// Load returns what is kept.
func (k *Keeping) Load(ctx context.Context, address, tenant, user string) (session.Kept, error) {
	keeper, err := k.find(ctx)
	if err != nil {
		return session.Kept{}, err
	}
	return keeper.Load(ctx, address, tenant, user)
}

// Save keeps a sign-in, and has the user asked where if that is not decided.
func (k *Keeping) Save(ctx context.Context, kept session.Kept) error {
	keeper, err := k.find(ctx)
	if err != nil {
		return err
	}
	err = keeper.Save(ctx, kept)
	if keeper == session.Keeper(k.waiting) {
		k.askWhere()
	}
	return err
}

// Delete removes what is kept.
func (k *Keeping) Delete(ctx context.Context, address, tenant, user string) error {
	keeper, err := k.find(ctx)
	if err != nil {
		return err
	}
	return keeper.Delete(ctx, address, tenant, user)
}

// List returns everything that is kept where sign-ins may be kept. It neither opens
// anything nor asks anybody.
func (k *Keeping) List(ctx context.Context) ([]session.Kept, error) {
	places := []session.Keeper{k.waiting}
	switch k.options.Where {
	case "":
		places = append(places, keep.Everywhere(k.options)...)
	case keep.InFile:
		places = append(places, keep.NewSealed(k.options))
	case keep.InKeyring:
		places = append(places, keep.NewKeyring(k.options))
	}
	var all []session.Kept
	var wrong error
	for _, place := range places {
		kept, err := place.List(ctx)
		all, wrong = append(all, kept...), errors.Join(wrong, err)
	}
	return all, wrong
}

// askWhere puts the one question, once.
func (k *Keeping) askWhere() {
	scope := k.scope()
	k.mu.Lock()
	first := !k.asked && k.why != nil
	k.asked, k.pending = true, k.pending || first
	k.mu.Unlock()
	if scope != nil && first {
		k.put(scope)
	}
}

// put puts the question on a desk, unless it has been answered when its turn comes.
func (k *Keeping) put(scope *ui.Scope) {
	scope.Hand(func() {
		k.mu.Lock()
		pending, why := k.pending, k.why
		k.mu.Unlock()
		if pending {
			scope.Show(k.question(scope, why))
		}
	})
}

// answered calls what the answer leads to, unless the question has been answered on another desk.
func (k *Keeping) answered(leads func()) func() {
	return func() {
		k.mu.Lock()
		first := k.pending
		k.pending = false
		k.mu.Unlock()
		if first {
			leads()
		}
	}
}

// question asks between this session only and a file that is sealed. No answer is the
// harmless one, and is asked again the next time.
func (k *Keeping) question(scope *ui.Scope, why error) ui.Overlay {
	forget := func() { k.settle(k.waiting) }
	return &dialog.Choose{
		Title:  "Stay signed in?",
		Intro:  text.Clean(sentence(why.Error())) + " So this sign-in can be kept for this session only, or in a file sealed with a passphrase.",
		Cancel: k.answered(forget),
		Choices: []dialog.Choice{
			{Key: "n", Title: "For this session only", Note: "sign in again next time", Run: k.answered(func() {
				forget()
				k.remember(scope, keep.Nowhere)
			})},
			{Key: "f", Title: "In a sealed file", Note: "type the passphrase next time", Run: k.answered(func() { k.seal(scope) })},
		},
	}
}

func (k *Keeping) settle(keeper session.Keeper) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.keeper = keeper
}

// remember keeps the user's choice for the next time.
func (k *Keeping) remember(scope *ui.Scope, where keep.Where) {
	ui.Load(scope, func(context.Context) (struct{}, error) {
		return struct{}{}, keep.Remember(k.options.Folder, where)
	}, func(_ struct{}, err error) {
		if err != nil {
			scope.Toast(toast.Caution, "You will be asked again: "+text.Clean(err.Error()))
		}
	})
}

// seal moves what is in memory to a sealed file, which asks for a passphrase first.
func (k *Keeping) seal(scope *ui.Scope) {
	sealed := keep.NewSealed(k.options)
	ui.Load(scope, func(ctx context.Context) (struct{}, error) { return struct{}{}, k.move(ctx, sealed) }, func(_ struct{}, err error) {
		if err != nil {
			k.settle(k.waiting)
			scope.Toast(toast.Caution, "Signed in for this session only: "+text.Clean(err.Error()))
			return
		}
		k.settle(sealed)
		k.remember(scope, keep.InFile)
		scope.Toast(toast.Success, "The sign-in is kept in a sealed file")
	})
}

// move saves everything that is in memory elsewhere.
func (k *Keeping) move(ctx context.Context, to session.Keeper) error {
	all, err := k.waiting.List(ctx)
	for _, listed := range all {
		kept, loadErr := k.waiting.Load(ctx, listed.Address, listed.Tenant, listed.User)
		if loadErr != nil {
			return loadErr
		}
		err = errors.Join(err, to.Save(ctx, kept))
	}
	return err
}

// passphrase asks for the passphrase of the sealed file.
func (k *Keeping) passphrase(ctx context.Context, q keep.Question) (c8yclient.Secret, error) {
	scope := k.scope()
	if scope == nil {
		return "", session.ErrRefused
	}
	return Passphrase(ctx, scope, PassphraseQuestion{Title: "Passphrase of the sealed sign-ins", New: q.New, Problem: q.Problem})
}
