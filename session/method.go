package session

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"c8yx/c8yclient"
)

// ByDevice is the [Method.Type] of signing in at an identity provider with a code that is typed into
// another device's browser: for where no browser can be opened, as over ssh.
const ByDevice = "DEVICE"

// methods are the ways that the tenant shows on its sign-in page, or all if it shows none. Where
// there are tokens, nobody wants Basic. Each page of somebody else is two ways.
func (f *Flow) methods() []Method {
	options := slices.DeleteFunc(slices.Clone(f.offered), func(o *c8yclient.LoginOption) bool {
		return !o.Is(c8yclient.LoginToken) && !o.Is(c8yclient.LoginBasic) && !o.Is(c8yclient.LoginSSO)
	})
	if slices.ContainsFunc(options, tokens) {
		options = slices.DeleteFunc(options, func(o *c8yclient.LoginOption) bool { return o.Is(c8yclient.LoginBasic) })
	}
	if slices.ContainsFunc(options, visible) {
		options = slices.DeleteFunc(options, func(o *c8yclient.LoginOption) bool { return !visible(o) })
	}
	return waysOf(options)
}

func visible(o *c8yclient.LoginOption) bool { return bool(o.VisibleOnLoginPage) }

func tokens(o *c8yclient.LoginOption) bool { return o.Is(c8yclient.LoginToken) }

// waysOf makes methods of login options, passwords first.
func waysOf(options []*c8yclient.LoginOption) []Method {
	var methods []Method
	for _, o := range options {
		id := cmp.Or(o.ID, string(o.Type))
		if !o.Is(c8yclient.LoginSSO) {
			methods = append(methods, Method{ID: id, Type: strings.ToUpper(string(o.Type)), Title: "User name and password"})
		}
	}
	for _, o := range options {
		id := cmp.Or(o.ID, string(o.Type))
		if o.Is(c8yclient.LoginSSO) {
			title := cmp.Or(o.ButtonName, "Single sign-on")
			methods = append(methods,
				Method{ID: id, Type: string(c8yclient.LoginSSO), Title: title},
				Method{ID: ByDevice + " " + id, Type: ByDevice, Title: title + ", with a code on another device"})
		}
	}
	return methods
}

// choose takes the way that is wanted, or the only one, or asks.
func (f *Flow) choose(ctx context.Context) Step {
	methods := f.methods()
	wanted := f.options.Method
	if f.profile.Password != "" && wanted == "" {
		// Whoever brings a password wants to use it, whether the tenant's page shows that or not.
		wanted = f.passwordType()
	}
	if wanted != "" {
		for _, m := range append(methods, waysOf(f.offered)...) {
			if strings.EqualFold(m.Type, wanted) || m.ID == wanted {
				return f.begin(ctx, m)
			}
		}
		if f.options.Method != "" && len(methods) > 0 {
			return NeedMethod{Methods: methods, Problem: &Problem{
				Says: "the tenant does not offer " + wayWords(f.options.Method), Next: "Choose one of the ways that it offers.",
			}}
		}
	}
	switch len(methods) {
	case 0:
		return f.begin(ctx, Method{Type: f.passwordType()})
	case 1:
		return f.begin(ctx, methods[0])
	}
	return NeedMethod{Methods: methods, Problem: f.told()}
}

// passwordType is how passwords are used here: for a token, unless the tenant knows only Basic.
func (f *Flow) passwordType() string {
	basic := slices.ContainsFunc(f.offered, func(o *c8yclient.LoginOption) bool { return o.Is(c8yclient.LoginBasic) })
	if basic && !slices.ContainsFunc(f.offered, tokens) {
		return string(c8yclient.LoginBasic)
	}
	return string(c8yclient.LoginToken)
}

// method takes the choice of the user.
func (f *Flow) method(ctx context.Context, answer Answer) Step {
	for _, m := range f.methods() {
		if m.ID == answer.Method {
			return f.begin(ctx, m)
		}
	}
	return withProblem(f.step, &Problem{Says: "that is none of the ways", Next: "Choose one of them."})
}

// begin begins a way.
func (f *Flow) begin(ctx context.Context, m Method) Step {
	switch m.Type {
	case string(c8yclient.LoginSSO):
		return f.openPage(ctx, f.optionOf(m))
	case ByDevice:
		return f.openDevice(ctx, f.optionOf(m))
	}
	f.entry = entry{user: f.knownUser(), password: f.profile.Password, basic: m.Type == string(c8yclient.LoginBasic)}
	if f.entry.user == "" || f.entry.password == "" || f.entry.password == f.refused {
		f.entry.password = ""
		return f.ask(f.told())
	}
	return f.enter(ctx)
}

// optionOf finds the login option of a method.
func (f *Flow) optionOf(m Method) *c8yclient.LoginOption {
	for _, o := range f.offered {
		if id := cmp.Or(o.ID, string(o.Type)); m.ID == id || m.ID == ByDevice+" "+id {
			return o
		}
	}
	return &c8yclient.LoginOption{}
}

// passwordOption is the login option of tokens for passwords; an empty one if the tenant tells none.
func passwordOption(offered []*c8yclient.LoginOption) *c8yclient.LoginOption {
	if i := slices.IndexFunc(offered, tokens); i >= 0 {
		return offered[i]
	}
	return &c8yclient.LoginOption{}
}

// told returns what the user should know at this step, once.
func (f *Flow) told() error {
	notice := f.notice
	f.notice = nil
	return notice
}

// wayWords name a type of login option in a sentence.
func wayWords(way string) string {
	switch strings.ToUpper(way) {
	case string(c8yclient.LoginSSO), ByDevice:
		return "single sign-on"
	case string(c8yclient.LoginBasic):
		return "Basic authentication"
	case string(c8yclient.LoginToken):
		return "signing in with a password"
	}
	return way
}
