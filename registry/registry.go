package registry

import (
	"errors"

	"c8yx/c8yclient"
)

// Bootstrap is the user as whom devices ask that have no credentials yet. It is
// the same for all devices of a platform; its operator knows the password.
type Bootstrap struct {
	Tenant   string // "management" if empty
	User     string // "devicebootstrap" if empty
	Password c8yclient.Secret
}

// Registry asks a platform for the credentials of devices. It may be used by
// several goroutines.
type Registry struct {
	address string
	options []c8yclient.Option
	client  *c8yclient.Client // signs in as the bootstrap user
}

// New returns the registry at an address: any domain of the platform will do,
// since the answer names the tenant. The options are those of all clients that
// the registry makes, the devices' own included.
func New(address string, bootstrap Bootstrap, options ...c8yclient.Option) (*Registry, error) {
	if bootstrap.Password == "" {
		return nil, errors.New("registry: the password of the bootstrap user is missing")
	}
	auth := c8yclient.Basic{Tenant: bootstrap.Tenant, User: bootstrap.User, Password: bootstrap.Password}
	if auth.Tenant == "" {
		auth.Tenant = "management"
	}
	if auth.User == "" {
		auth.User = "devicebootstrap"
	}
	options = append([]c8yclient.Option(nil), options...)
	client, err := c8yclient.New(address, append(options, c8yclient.WithAuth(auth))...)
	if err != nil {
		return nil, err
	}
	return &Registry{address: address, options: options, client: client}, nil
}
