package guest

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/crypto/scrypt"

	"c8yx/c8yclient"
	"c8yx/session"
)

// What can be wrong with the passphrase of encrypted sessions.
var (
	// ErrNoPassphrase: one is needed and none was given.
	ErrNoPassphrase = errors.New("its secrets are encrypted: the passphrase of the c8y command line is needed, typed or in C8Y_PASSPHRASE")
	// ErrPassphrase: it is not the one with which the sessions were encrypted.
	ErrPassphrase = errors.New("the passphrase is wrong")
)

// marker begins an encrypted value. What follows is, in hexadecimal, a nonce of 12 bytes, the
// ciphertext of AES-256-GCM with its tag, and a salt of 32 bytes.
const marker = "{encrypted}"

const (
	nonceSize = 12
	tagSize   = 16
	saltSize  = 32
)

// checkText is what the command line encrypts to recognise its passphrase by.
const checkText = "Cumulocity CLI Tool"

func isSealed(value string) bool { return strings.HasPrefix(value, marker) }

// Unseal returns the profile with the secrets that it lacks and its encrypted session has, which
// are read from the file anew. It takes a tenth of a second, so it is not for the update loop. getenv gives
// C8Y_PASSPHRASE_TEXT, by which the passphrase is checked first, as it is by the file .key beside
// the sessions. The errors are [ErrNoPassphrase], [ErrPassphrase], or a [*Problem] of the file.
func Unseal(p session.Profile, passphrase c8yclient.Secret, getenv func(string) string) (session.Profile, error) {
	if p.Sealed == "" {
		return p, nil
	}
	if passphrase == "" {
		return p, ErrNoPassphrase
	}
	checked, err := check(p.Sealed, passphrase, getenv)
	if err != nil {
		return p, err
	}
	s, err := read(p.Sealed)
	if err != nil {
		return p, &Problem{File: p.Sealed, Err: err}
	}
	for _, secret := range []struct {
		what, from string
		to         *c8yclient.Secret
	}{{"password", s.password(), &p.Password}, {"token", s.token(), &p.Token}, {"TOTP secret", s.totp(), &p.TOTPSecret}} {
		if *secret.to != "" || !isSealed(secret.from) {
			continue // it is known
		}
		opened, err := open(secret.from, passphrase)
		switch {
		case errors.Is(err, ErrPassphrase) && checked:
			return p, &Problem{File: p.Sealed, Err: fmt.Errorf("the %s is damaged, or encrypted with another passphrase", secret.what)}
		case errors.Is(err, ErrPassphrase):
			return p, err
		case err != nil:
			return p, &Problem{File: p.Sealed, Err: fmt.Errorf("the %s cannot be decrypted: %w", secret.what, err)}
		}
		*secret.to = opened
	}
	p.Sealed = ""
	return p, nil
}

// check holds the passphrase against the check text and reports whether there is one.
func check(file string, passphrase c8yclient.Secret, getenv func(string) string) (bool, error) {
	text := getenv("C8Y_PASSPHRASE_TEXT")
	folder := filepath.Dir(file)
	for range 4 { // sessions may lie in folders of their own
		if text != "" {
			break
		}
		if content, err := os.ReadFile(filepath.Join(folder, ".key")); err == nil && len(content) < mostBytes {
			text = strings.TrimSpace(string(content))
		}
		folder = filepath.Dir(folder)
	}
	if !isSealed(text) {
		return false, nil
	}
	opened, err := open(text, passphrase)
	if errors.Is(err, ErrPassphrase) || err == nil && opened != checkText {
		return true, ErrPassphrase
	}
	return err == nil, nil
}

// open decrypts a value.
func open(value string, passphrase c8yclient.Secret) (c8yclient.Secret, error) {
	sealed, err := hex.DecodeString(strings.TrimSpace(strings.TrimPrefix(value, marker)))
	if err != nil || len(sealed) < nonceSize+tagSize+saltSize {
		return "", errors.New("it is not complete")
	}
	salt := sealed[len(sealed)-saltSize:]
	key, err := scrypt.Key([]byte(passphrase.Reveal()), salt, 1<<14, 8, 1, 32)
	if err != nil {
		return "", err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return "", err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return "", err
	}
	opened, err := gcm.Open(nil, sealed[:nonceSize], sealed[nonceSize:len(sealed)-saltSize], nil)
	if err != nil {
		return "", ErrPassphrase
	}
	return c8yclient.Secret(opened), nil
}
