//go:build unix && !darwin

package keep

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/godbus/dbus/v5"

	"c8yx/session"
)

// The Secret Service: https://specifications.freedesktop.org/secret-service-spec/latest/
const (
	secretService    = "org.freedesktop.secrets"
	secretPath       = dbus.ObjectPath("/org/freedesktop/secrets")
	loginCollection  = secretPath + "/collection/login" // where go-keyring keeps entries,
	secretInterface  = "org.freedesktop.Secret.Service"
	secretCollection = "org.freedesktop.Secret.Collection"
)

// look asks the Secret Service, without unlocking anything, whether there is something to
// unlock. go-keyring can do neither this nor give up waiting.
func look(ctx context.Context, account string) (openness, error) {
	bus, err := sessionBus()
	if err != nil {
		return unlocked, err
	}
	conn, err := dbus.Connect(bus, dbus.WithContext(ctx))
	if err != nil {
		return unlocked, because(session.ErrNoKeeper, "no keyring is available: the session bus does not answer (%w)", err)
	}
	defer func() { _ = conn.Close() }()
	secrets := conn.Object(secretService, secretPath)

	collection, err := collectionOf(ctx, secrets)
	if err != nil {
		return unlocked, err
	}
	var isLocked bool
	err = conn.Object(secretService, collection).CallWithContext(ctx, propertyGet, 0, secretCollection, "Locked").Store(&isLocked)
	if err != nil {
		return unlocked, err
	}
	// KeePassXC may ask for each entry that a program wants to see.
	var open, closed []dbus.ObjectPath
	err = secrets.CallWithContext(ctx, secretInterface+".SearchItems", 0,
		map[string]string{"service": service, "username": account}).Store(&open, &closed)
	if err != nil {
		return unlocked, err
	}
	if isLocked || len(closed) > 0 {
		return locked, nil
	}
	return unlocked, nil
}

const propertyGet = "org.freedesktop.DBus.Properties.Get"

// collectionOf returns the collection in which go-keyring keeps entries: that of the login,
// or else the default one.
func collectionOf(ctx context.Context, secrets dbus.BusObject) (dbus.ObjectPath, error) {
	var all []dbus.ObjectPath
	err := secrets.CallWithContext(ctx, propertyGet, 0, secretInterface, "Collections").Store(&all)
	var remote dbus.Error
	if errors.As(err, &remote) && slices.Contains([]string{
		"org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NameHasNoOwner",
	}, remote.Name) {
		return "", because(session.ErrNoKeeper, "no keyring is available: no program on the session bus offers one")
	}
	if err != nil || slices.Contains(all, loginCollection) {
		return loginCollection, err
	}
	var collection dbus.ObjectPath
	if err := secrets.CallWithContext(ctx, secretInterface+".ReadAlias", 0, "default").Store(&collection); err != nil {
		return "", err
	}
	if collection == "/" {
		return "", because(session.ErrNoKeeper, "no keyring is available: the one that runs here has never been set up")
	}
	return collection, nil
}

// sessionBus returns the address of the session bus. Without one nothing may be asked, for
// go-keyring would start a bus, which would start a keyring that nobody can unlock.
func sessionBus() (string, error) {
	const variable = "DBUS_SESSION_BUS_ADDRESS"
	if address := os.Getenv(variable); address != "" && address != "autolaunch:" {
		return address, nil
	}
	socket := filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "bus")
	if info, err := os.Stat(socket); err != nil || info.Mode()&os.ModeSocket == 0 || !filepath.IsAbs(socket) {
		return "", because(session.ErrNoKeeper, "no keyring is available: this login has no session bus")
	}
	address := "unix:path=" + dbus.EscapeBusAddressValue(socket)
	// go-keyring looks for the variable and in /run/user, but not in $XDG_RUNTIME_DIR.
	return address, os.Setenv(variable, address)
}

// refused reports whether an error of go-keyring means that something stayed locked.
func refused(err error) bool {
	var remote dbus.Error
	if errors.As(err, &remote) {
		return remote.Name == "org.freedesktop.Secret.Error.IsLocked" || remote.Name == "org.freedesktop.DBus.Error.AccessDenied"
	}
	return strings.Contains(err.Error(), "failed to unlock") // what go-keyring says after a dismissed prompt
}
