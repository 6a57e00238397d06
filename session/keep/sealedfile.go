package keep

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"

	"filippo.io/age"

	"c8yx/c8yclient"
	"c8yx/session"
)

// sealedFile is what stands in the file: whose sign-ins there are, for everybody to read, and
// the sign-ins themselves, sealed. Without c8yx they are opened by
//
//	jq -r .sealed sealed.json | base64 -d | age -d
type sealedFile struct {
	Version int     `json:"version"`
	Kept    []entry `json:"kept"`   // without secrets
	Sealed  string  `json:"sealed"` // a JSON array of entries; age, with a passphrase; base64
	Sum     string  `json:"sum"`    // SHA-256 of Sealed, to tell a damaged file from a wrong passphrase
}

// A guess of the passphrase costs 2^workFactor steps of scrypt, about a second: what age
// itself takes. A file that demands more than 2^maxWorkFactor was not made here.
const (
	workFactor    = 18
	maxWorkFactor = 20
)

// lists reports whether there is a sign-in of the tenant and user.
func (f sealedFile) lists(address, tenant, user string) bool {
	for _, e := range f.Kept {
		if isOf(e.kept(), address, tenant, user) {
			return true
		}
	}
	return false
}

// read reads the file. One that does not exist is empty.
func (s *Sealed) read() (sealedFile, error) {
	text, err := os.ReadFile(s.file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return sealedFile{}, s.unusable(err)
	}
	return s.parse(text)
}

func (s *Sealed) parse(text []byte) (sealedFile, error) {
	if text == nil {
		return sealedFile{}, nil
	}
	var f sealedFile
	err := json.Unmarshal(text, &f)
	switch {
	case f.Version > entryVersion:
		return sealedFile{}, newer(s.file)
	case err != nil, f.Version != entryVersion, f.Sum != sumOf(f.Sealed):
		return sealedFile{}, damaged(s.file)
	}
	return f, nil
}

// unusable explains an error of the file system.
func (s *Sealed) unusable(err error) error {
	return because(session.ErrNoKeeper, "the sealed file cannot be used: %w", err)
}

// unseal opens what is sealed. With nothing sealed any passphrase will do, except none.
func (s *Sealed) unseal(f sealedFile, passphrase c8yclient.Secret) (map[string]session.Kept, error) {
	if passphrase == "" {
		return nil, ErrPassphrase
	}
	kept := map[string]session.Kept{}
	if f.Sealed == "" {
		return kept, nil
	}
	identity, err := age.NewScryptIdentity(passphrase.Reveal())
	if err != nil {
		return nil, err
	}
	identity.SetMaxWorkFactor(maxWorkFactor)
	encoded := base64.NewDecoder(base64.StdEncoding, bytes.NewReader([]byte(f.Sealed)))
	opened, err := age.Decrypt(encoded, identity)
	var wrong *age.NoIdentityMatchError
	if errors.As(err, &wrong) {
		return nil, ErrPassphrase
	}
	var entries []entry
	if err == nil {
		err = json.NewDecoder(opened).Decode(&entries)
	}
	if err == nil {
		_, err = io.Copy(io.Discard, opened) // to the end, which is authenticated too
	}
	if err != nil {
		return nil, damaged(s.file)
	}
	for _, e := range entries {
		kept[account(e.Address, e.Tenant, e.User)] = e.kept()
	}
	return kept, nil
}

// sealedText is the text of a whole file, and the sealed part of it.
type sealedText struct {
	file   []byte
	sealed string
}

// write seals sign-ins.
func (s *Sealed) write(kept map[string]session.Kept, passphrase c8yclient.Secret) (sealedText, error) {
	f := sealedFile{Version: entryVersion}
	var secret []entry
	for _, k := range latestFirst(slices.Collect(maps.Values(kept))) {
		secret = append(secret, entryOf(k))
		f.Kept = append(f.Kept, entryOf(withoutSecrets(k)))
	}
	recipient, err := age.NewScryptRecipient(passphrase.Reveal())
	if err != nil {
		return sealedText{}, err
	}
	recipient.SetWorkFactor(s.work)
	var encoded bytes.Buffer
	encoder := base64.NewEncoder(base64.StdEncoding, &encoded)
	sealing, err := age.Encrypt(encoder, recipient)
	if err != nil {
		return sealedText{}, err
	}
	if err := errors.Join(json.NewEncoder(sealing).Encode(secret), sealing.Close(), encoder.Close()); err != nil {
		return sealedText{}, err
	}
	f.Sealed = encoded.String()
	f.Sum = sumOf(f.Sealed)
	text, err := json.MarshalIndent(f, "", "  ")
	return sealedText{append(text, '\n'), f.Sealed}, err
}
