package session

import (
	"cmp"
	"context"
	"time"

	"c8yx/c8yclient"
)

// auth returns what a kept sign-in authenticates requests with; nil if it holds nothing.
func (k Kept) auth() c8yclient.Auth {
	switch {
	case k.Token != "" && k.Cookie:
		return c8yclient.Cookie{Authorization: k.Token, XSRF: k.XSRF}
	case k.Token != "":
		return c8yclient.Bearer{Token: k.Token}
	case k.Password != "" && k.User != "":
		return c8yclient.Basic{Tenant: k.Tenant, User: k.User, Password: k.Password}
	}
	return nil
}

// secret is what the tenant sees of a sign-in.
func (k Kept) secret() c8yclient.Secret { return cmp.Or(k.Token, k.Password) }

// done completes a sign-in: it fills in what is not known yet, keeps it, and gives it to the session.
func (f *Flow) done(ctx context.Context, k Kept) Step {
	fresh := k.SignedIn.IsZero()
	claims, _ := c8yclient.ParseClaims(k.Token)
	k.Address = f.profile.Address
	if k.Method != ByDevice { // what an identity provider calls the user is nothing to the tenant
		k.User = cmp.Or(k.User, claims.User, f.entry.user, f.profile.User)
		k.Tenant = cmp.Or(k.Tenant, claims.Tenant)
	}
	k.Tenant = cmp.Or(k.Tenant, f.profile.Tenant)
	k.TFA = k.TFA || claims.TFA
	if !claims.Expires.IsZero() {
		k.Expires = claims.Expires
	}
	auth := k.auth()
	if basic, ok := auth.(c8yclient.Basic); ok {
		basic.TFAToken = f.entry.tfaToken
		auth = basic
	}
	if fresh || !f.trusting {
		f.introduce(ctx, &k, auth)
	}
	if f.somebodyElse(k.User) {
		return f.asAnother(k)
	}
	done := Done{Session: f.again}
	if fresh {
		k.SignedIn = time.Now()
		done.NotKept = f.keep(ctx, k)
	}
	if done.Session == nil {
		done.Session = newSession(f.profile, f.options, f.wire)
	}
	done.Session.adopt(k, auth)
	return done
}

// introduce asks the tenant for whose sign-in it is, as far as nothing else tells. If it does not
// say either, so be it.
func (f *Flow) introduce(ctx context.Context, k *Kept, auth c8yclient.Auth) {
	if k.User == "" {
		k.User, _ = f.whoAmI(ctx, auth)
	}
	if k.Tenant != "" {
		return
	}
	client, err := f.wire.client(f.profile.Address, auth)
	if err != nil {
		return
	}
	if current, err := client.Tenant.Current(ctx, nil); err == nil {
		k.Tenant = current.Name
	}
}

// asAnother is the step after somebody else has signed in to a session that is not his.
func (f *Flow) asAnother(k Kept) Step {
	problem := f.anothers(k.User)
	if k.Method == ByDevice || k.Method == string(c8yclient.LoginSSO) {
		return f.otherWay(problem)
	}
	f.entry = entry{basic: f.entry.basic}
	return f.ask(problem)
}

// keep keeps a sign-in for the next start, and returns why it could not. A password is kept only if
// the user agreed.
func (f *Flow) keep(ctx context.Context, k Kept) error {
	keeper := f.options.Keeper
	if keeper == nil || k.Token == "" && !f.entry.keep {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return keeper.Save(ctx, k)
}
