package directory

import (
	"context"
	"errors"
	"fmt"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/session/guest"
)

// Directory says where to look for tenants. The zero Directory knows none.
type Directory struct {
	// Config are the tenants of the configuration, in its order, and Default is the name of the
	// one to choose, which may be of another source.
	Config  []session.Profile
	Default string
	// Getenv gives the variables of the environment; nil if it is not to be looked at.
	Getenv func(name string) string
	// Guests is the folder with the sessions of the c8y command line, "" for none.
	Guests string
	// Keeper knows who has signed in before; nil if nobody does.
	Keeper session.Keeper
	// Demo says that there is a demo tenant.
	Demo bool
}

// Demo is the profile of the demo tenant, which has an address when it has been started.
func Demo() session.Profile {
	return session.Profile{Name: "demo", Origin: session.FromDemo}
}

// Read looks everywhere and returns what it has found. It reads files and may ask the keyring, so
// it is not for the update loop.
func (d Directory) Read(ctx context.Context) Listing {
	l := Listing{preferred: d.Default, aliases: map[string]int{}}
	for _, p := range d.Config {
		l.add(p)
	}
	guests, problems := guest.Sessions(d.Guests)
	if d.Getenv != nil {
		p, known, err := d.environment(guests)
		if err != nil {
			problems = append(problems, err)
		}
		if known {
			l.environment = l.add(p) + 1
		} else {
			l.unusable = err
		}
	}
	for _, p := range guests {
		l.add(p)
	}
	if d.Keeper != nil {
		kept, err := d.Keeper.List(ctx)
		if err != nil && !errors.Is(err, session.ErrNoKeeper) {
			problems = append(problems, fmt.Errorf("who has signed in before is not known: %w", err))
		}
		for _, k := range kept {
			l.add(session.Profile{Address: k.Address, Tenant: k.Tenant, User: k.User, Method: k.Method, Origin: session.FromKeeper, From: d.Keeper.Name()})
		}
	}
	if d.Demo {
		l.add(Demo())
	}
	l.Problems = problems
	return l
}

// Ask asks the user for the passphrase of his encrypted sessions; problem says what was wrong with
// the last answer, nil the first time.
type Ask func(problem error) (c8yclient.Secret, error)

// Unseal returns the profile with what is encrypted of it: opened with the passphrase of the
// environment, C8Y_PASSPHRASE, else with one that is asked for, three times at most. A nil ask
// asks nobody. It takes a tenth of a second, so it is not for the update loop.
func (d Directory) Unseal(p session.Profile, ask Ask) (session.Profile, error) {
	if p.Sealed == "" {
		return p, nil
	}
	getenv := d.Getenv
	if getenv == nil {
		getenv = func(string) string { return "" }
	}
	opened, err := guest.Unseal(p, c8yclient.Secret(getenv("C8Y_PASSPHRASE")), getenv)
	wrong := err
	if errors.Is(err, guest.ErrNoPassphrase) {
		wrong = nil // nobody has answered yet
	}
	for range 3 {
		if ask == nil || !errors.Is(err, guest.ErrPassphrase) && !errors.Is(err, guest.ErrNoPassphrase) {
			break
		}
		answer, refused := ask(wrong)
		if refused != nil {
			return p, refused
		}
		opened, err = guest.Unseal(p, answer, getenv)
		wrong = err
	}
	return opened, err
}
