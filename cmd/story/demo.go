package story

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"c8yx/demo"
)

// past is how much of it a story's tenant has: enough to see charts and the flood of alarms, and a
// sixth of what takes the longest when a story begins.
const past = 4 * time.Hour

// Demo makes a demo tenant of its own for a story, to be used as
// [Options.Tenant]. Its clock is the story's: with demo.Options.Life, an hour of
// [Story.Wait] is an hour in the life of its fleet. Unless options say how much of
// a past it has, it is four hours.
func Demo(options demo.Options) func(context.Context) (http.Handler, error) {
	options.Past = cmp.Or(options.Past, past)
	return func(ctx context.Context) (http.Handler, error) {
		tenant, err := demo.New(options)
		if err != nil {
			return nil, err
		}
		tenant.Start(ctx)
		return tenant, nil
	}
}

// Account is somebody who may sign in to a tenant.
type Account struct {
	Tenant, User, Password string
}

// name is the user as Basic authentication names it: with the tenant in front.
func (a Account) name() string {
	if a.Tenant == "" {
		return a.User
	}
	return a.Tenant + "/" + a.User
}

// administrator is the first account of a demo tenant, nobody elsewhere.
func administrator(tenant *demo.Tenant) Account {
	if tenant == nil {
		return Account{}
	}
	first := tenant.Users()[0]
	return Account{Tenant: first.Tenant, User: first.Name, Password: first.Password}
}
