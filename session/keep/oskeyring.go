package keep

import (
	"errors"

	"github.com/zalando/go-keyring"
)

// osKeyring is the operating system's keyring as a store. Its methods block as long as
// the system pleases.
type osKeyring struct{}

func (osKeyring) get(name string) (string, error) {
	text, err := keyring.Get(service, name)
	return text, absentOr(err)
}

func (osKeyring) set(name, text string) error { return keyring.Set(service, name, text) }

func (osKeyring) remove(name string) error { return absentOr(keyring.Delete(service, name)) }

func absentOr(err error) error {
	if errors.Is(err, keyring.ErrNotFound) {
		return errAbsent
	}
	return err
}
