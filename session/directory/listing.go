package directory

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"c8yx/c8yclient"
	"c8yx/session"
)

// Listing is what a [Directory] has found.
type Listing struct {
	// Profiles are the tenants in the order of the sources: configuration, environment, guests,
	// kept sign-ins, demo tenant. Their names are all different.
	Profiles []session.Profile
	// Problems are what could not be read, a line each.
	Problems []error

	preferred   string         // the name of the tenant to choose
	environment int            // the place among Profiles of that of the environment, from 1; 0 for none
	unusable    error          // why what the environment names cannot be used
	aliases     map[string]int // names of what was merged into others
}

// What can be wrong with a name that [Listing.Find] is asked for, and with a choice.
var (
	ErrUnknown   = errors.New("no such tenant is known")
	ErrAmbiguous = errors.New("several tenants are meant")
	// ErrNone: there is nothing to choose from.
	ErrNone = errors.New("no tenant is known")
	// ErrUndecided: there are several, and nothing says which.
	ErrUndecided = errors.New("several tenants are known, and none is the default")
)

// add takes a profile into the list, or what it says into the one that stands for the same tenant
// and user already, and returns its place.
func (l *Listing) add(p session.Profile) int {
	for _, same := range []func(known, p session.Profile) bool{sameUser, noUserYet, sameName} {
		for i := range l.Profiles {
			known := &l.Profiles[i]
			if known.Origin == p.Origin || !sameTenant(*known, p) || !same(*known, p) {
				continue
			}
			fill(known, p)
			if _, taken := l.aliases[p.Name]; p.Name != "" && !taken {
				l.aliases[p.Name] = i
			}
			return i
		}
	}
	l.inherit(&p)
	p.Name = l.unused(p)
	l.Profiles = append(l.Profiles, p)
	return len(l.Profiles) - 1
}

// sameTenant reports whether two profiles are of one tenant, as far as both say.
func sameTenant(a, b session.Profile) bool {
	return a.Address != "" && strings.EqualFold(a.Address, b.Address) && (a.Tenant == "" || b.Tenant == "" || a.Tenant == b.Tenant)
}

// sameUser reports whether p is the user that is known, or nobody in particular. Cumulocity does
// not tell users apart by upper and lower case.
func sameUser(known, p session.Profile) bool {
	nobody := p.User == "" && p.Password == "" && p.Token == ""
	return nobody || strings.EqualFold(known.User, p.User)
}

// noUserYet reports whether p is who has signed in to a tenant that is known without a user.
func noUserYet(known, p session.Profile) bool {
	return known.User == "" && known.Password == "" && known.Token == "" && p.Origin == session.FromKeeper
}

// sameName reports whether p is called like a tenant that is known without a user.
func sameName(known, p session.Profile) bool {
	return known.User == "" && known.Password == "" && known.Token == "" && p.Name == known.Name
}

// fill adds to a profile what it lacks and another one of the same tenant and user knows. How
// careful to be, and whom to trust, stays what it was.
func fill(p *session.Profile, other session.Profile) {
	p.Tenant = cmp.Or(p.Tenant, other.Tenant)
	p.User = cmp.Or(p.User, other.User)
	p.Method = cmp.Or(p.Method, other.Method)
	p.Password = cmp.Or(p.Password, other.Password)
	p.Token = cmp.Or(p.Token, other.Token)
	p.TOTPSecret = cmp.Or(p.TOTPSecret, other.TOTPSecret)
	p.Sealed = cmp.Or(p.Sealed, other.Sealed)
}

// inherit makes hold for another user of a tenant what the configuration says about it: whom to
// trust, how it is marked, and how careful to be. Of several that say something the most careful
// counts.
func (l *Listing) inherit(p *session.Profile) {
	if p.Origin == session.FromConfig {
		return
	}
	first := true
	for _, known := range l.Profiles {
		switch {
		case known.Origin != session.FromConfig || !strings.EqualFold(known.Address, p.Address):
			continue
		case known.Tenant != "" && p.Tenant != "" && known.Tenant != p.Tenant:
			continue // another tenant on the same host
		case first:
			p.Mode, p.ReadOnly, p.Colour, p.TLS = known.Mode, known.ReadOnly, known.Colour, known.TLS
			first = false
		case care(known) > care(*p):
			p.Mode, p.ReadOnly = known.Mode, known.ReadOnly
		}
	}
}

// care is how much a profile forbids.
func care(p session.Profile) int {
	guard := session.NewGuard(p)
	forbids := 0
	for _, effect := range []c8yclient.Effect{c8yclient.Writes, c8yclient.Removes} {
		if guard.Forbids(effect) != nil {
			forbids++
		}
	}
	if p.ReadOnly {
		forbids++
	}
	return forbids
}

// unused returns a name for a profile that no other has: its own, or its host, with the user if
// need be, or where it is from, and at last with a number.
func (l *Listing) unused(p session.Profile) string {
	host := cmp.Or(hostOf(p.Address), p.Address)
	candidates := []string{p.Name}
	if p.Name == "" {
		candidates = []string{host}
		if p.User != "" {
			candidates = append(candidates, p.User+"@"+host, p.Tenant+"/"+p.User+"@"+host)
		}
		if len(candidates) > 1 && slices.ContainsFunc(l.Profiles, func(known session.Profile) bool { return hostOf(known.Address) == host }) {
			candidates = candidates[1:] // the host alone would mean anybody there
		}
	}
	for _, name := range candidates {
		if !l.isTaken(name) {
			return name
		}
	}
	if name := candidates[0] + " (" + string(p.Origin) + ")"; !l.isTaken(name) {
		return name
	}
	for n := 2; ; n++ {
		if name := candidates[0] + " " + strconv.Itoa(n); !l.isTaken(name) {
			return name
		}
	}
}

func (l *Listing) isTaken(name string) bool {
	return slices.ContainsFunc(l.Profiles, func(known session.Profile) bool { return known.Name == name })
}

// Find returns the profile that a user means: by its name, its address or host, its tenant id, or
// "tenant/user". Its error is [ErrUnknown] or [ErrAmbiguous], and names what could be meant.
func (l Listing) Find(meant string) (session.Profile, error) {
	meant = strings.TrimSpace(meant)
	if i := slices.IndexFunc(l.Profiles, func(p session.Profile) bool { return p.Name == meant }); i >= 0 {
		return l.Profiles[i], nil
	}
	if i, known := l.aliases[meant]; known {
		return l.Profiles[i], nil
	}
	address := strings.TrimRight(meant, "/")
	for _, by := range []func(p session.Profile) bool{
		func(p session.Profile) bool { return strings.EqualFold(p.Name, meant) },
		func(p session.Profile) bool { return p.User != "" && strings.EqualFold(p.Tenant+"/"+p.User, meant) },
		func(p session.Profile) bool {
			return p.Address != "" && (strings.EqualFold(p.Address, address) || strings.EqualFold(hostOf(p.Address), address))
		},
		func(p session.Profile) bool { return p.Tenant != "" && p.Tenant == meant },
	} {
		var found []session.Profile
		for _, p := range l.Profiles {
			if by(p) {
				found = append(found, p)
			}
		}
		switch {
		case len(found) == 1:
			return found[0], nil
		case len(found) > 1:
			return session.Profile{}, fmt.Errorf("%w by %q: %s", ErrAmbiguous, meant, names(found))
		}
	}
	if len(l.Profiles) == 0 {
		return session.Profile{}, fmt.Errorf("%w as %q", ErrUnknown, meant)
	}
	return session.Profile{}, fmt.Errorf("%w as %q; known are %s", ErrUnknown, meant, names(l.Profiles))
}

// Typed returns the profile of a tenant that the user names by its address, whether it is known or
// not: for what is not known, what the configuration says about the tenant holds all the same.
func (l Listing) Typed(address string) (session.Profile, error) {
	p, err := l.Find(address)
	if !errors.Is(err, ErrUnknown) {
		return p, err
	}
	client, err := c8yclient.New(address)
	if err != nil {
		return session.Profile{}, err
	}
	p = session.Profile{Address: client.BaseURL().String(), Origin: session.FromUser}
	l.inherit(&p)
	p.Name = l.unused(p)
	return p, nil
}

// Choice returns the tenant to open when nobody has said which: that of the environment, the
// default of the configuration, or the only one there is, demo tenant aside. Its error is
// [ErrNone], [ErrUndecided], or what is wrong with the default.
func (l Listing) Choice() (session.Profile, error) {
	if l.environment > 0 {
		return l.Profiles[l.environment-1], nil
	}
	if l.unusable != nil {
		return session.Profile{}, l.unusable // another tenant would be a surprise
	}
	if l.preferred != "" {
		p, err := l.Find(l.preferred)
		if err != nil {
			return p, fmt.Errorf("the default tenant of the configuration: %w", err)
		}
		return p, nil
	}
	var real []session.Profile
	for _, p := range l.Profiles {
		if p.Origin != session.FromDemo {
			real = append(real, p)
		}
	}
	switch len(real) {
	case 0:
		return session.Profile{}, ErrNone
	case 1:
		return real[0], nil
	}
	return session.Profile{}, fmt.Errorf("%w: %s", ErrUndecided, names(real))
}

// names lists the names of some profiles for a message.
func names(profiles []session.Profile) string {
	const most = 12
	var list []string
	for _, p := range profiles[:min(len(profiles), most)] {
		list = append(list, p.Name)
	}
	if n := len(profiles) - most; n > 0 {
		list = append(list, fmt.Sprintf("%d more", n))
	}
	return strings.Join(list, ", ")
}
