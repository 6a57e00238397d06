package keep

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"c8yx/session"
)

// index lists what lies in the keyring, which can be asked for an entry but not for all of
// them. It is a folder with a small file for each entry, so that two programs never write
// the same file for different reasons, a file that is damaged costs nothing but dates, and
// listing neither opens the keyring nor waits for it. It holds no secret.
//
// The keyring is what counts: an entry that is found there is listed from then on, one that
// has vanished is listed no more.
type index string

// put lists a sign-in.
func (x index) put(k session.Kept) error {
	text, err := json.MarshalIndent(entryOf(withoutSecrets(k)), "", "  ")
	if err != nil {
		return err
	}
	return replace(x.file(account(k.Address, k.Tenant, k.User)), append(text, '\n'))
}

// sees puts right what is listed of an entry that was found in the keyring.
func (x index) sees(k session.Kept) {
	if listed, err := x.read(account(k.Address, k.Tenant, k.User)); err != nil || listed != withoutSecrets(k) {
		_ = x.put(k) // it is listed the next time
	}
}

// drop lists an entry no more.
func (x index) drop(account string) error {
	if err := os.Remove(x.file(account)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// list returns all entries. Of one whose file is damaged, the name of the file tells whose it is.
func (x index) list() ([]session.Kept, error) {
	files, err := os.ReadDir(string(x))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var all []session.Kept
	for _, file := range files {
		escaped, isEntry := strings.CutSuffix(file.Name(), ".json")
		name, err := url.QueryUnescape(escaped)
		if !isEntry || err != nil {
			continue
		}
		k, err := x.read(name)
		if err != nil {
			var known bool
			if k.Address, k.Tenant, k.User, known = parseAccount(name); !known {
				continue
			}
		}
		all = append(all, k)
	}
	return latestFirst(all), nil
}

func (x index) read(name string) (session.Kept, error) {
	text, err := os.ReadFile(x.file(name))
	if err != nil {
		return session.Kept{}, err
	}
	k, err := decode(string(text), "the list of what is kept")
	if err != nil || account(k.Address, k.Tenant, k.User) != name {
		return session.Kept{}, errors.Join(session.ErrUnreadableEntry, err)
	}
	return withoutSecrets(k), nil
}

func (x index) file(account string) string {
	return filepath.Join(string(x), url.QueryEscape(account)+".json")
}
