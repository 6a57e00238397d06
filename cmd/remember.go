package cmd

import (
	"net/url"
	"path/filepath"

	"c8yx/session"
	"c8yx/views/state"
)

// remembered is where c8yx keeps what a user chooses for a tenant: a folder of its own for each
// host. It is memory alone where there is no folder for it.
func remembered(p session.Profile) *state.Store {
	folder, err := stateFolder()
	if err != nil {
		return state.InMemory()
	}
	host := p.Address
	if u, err := url.Parse(p.Address); err == nil && u.Host != "" {
		host = u.Host
	}
	return state.Open(filepath.Join(folder, "tenants")).Within(host)
}
