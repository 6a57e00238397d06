package keep

import (
	"encoding/json"
	"time"

	"c8yx/c8yclient"
	"c8yx/session"
)

// entryVersion is the version of everything that is written here. A reader refuses what is
// newer; a field that an older reader may ignore needs no new version.
const entryVersion = 1

// entry is a sign-in as it is written: with its secrets into the keyring and into what gets
// sealed, without them into lists.
type entry struct {
	Version  int       `json:"version"`
	Address  string    `json:"address"`
	Tenant   string    `json:"tenant"`
	User     string    `json:"user"`
	Token    string    `json:"token,omitzero"`
	XSRF     string    `json:"xsrf,omitzero"`
	Cookie   bool      `json:"cookie,omitzero"`
	Password string    `json:"password,omitzero"`
	Expires  time.Time `json:"expires,omitzero"`
	SignedIn time.Time `json:"signedIn,omitzero"`
	TFA      bool      `json:"tfa,omitzero"`
	Method   string    `json:"method,omitzero"`
}

// entryOf reveals the secrets. It is called for what goes to the keyring or gets sealed, and
// on sign-ins without any.
func entryOf(k session.Kept) entry {
	return entry{
		Version: entryVersion, Address: k.Address, Tenant: k.Tenant, User: k.User,
		Token: k.Token.Reveal(), XSRF: k.XSRF.Reveal(), Cookie: k.Cookie, Password: k.Password.Reveal(),
		Expires: k.Expires.UTC(), SignedIn: k.SignedIn.UTC(), TFA: k.TFA, Method: k.Method,
	}
}

func (e entry) kept() session.Kept {
	return session.Kept{
		Address: e.Address, Tenant: e.Tenant, User: e.User,
		Token: c8yclient.Secret(e.Token), XSRF: c8yclient.Secret(e.XSRF), Cookie: e.Cookie, Password: c8yclient.Secret(e.Password),
		Expires: e.Expires, SignedIn: e.SignedIn, TFA: e.TFA, Method: e.Method,
	}
}

// encode writes a sign-in as text.
func encode(k session.Kept) (string, error) {
	text, err := json.Marshal(entryOf(k))
	return string(text), err
}

// decode reads what encode has written. Its errors quote nothing of the text. What is
// damaged is [session.ErrUnreadableEntry], as is what a newer version has written.
func decode(text, what string) (session.Kept, error) {
	var e entry
	err := json.Unmarshal([]byte(text), &e)
	switch {
	case e.Version > entryVersion: // even if the rest is not what it is today
		return session.Kept{}, newer(what)
	case err != nil || e.Version != entryVersion:
		return session.Kept{}, damaged(what)
	}
	return e.kept(), nil
}

func damaged(what string) error {
	return because(session.ErrUnreadableEntry, "%s is damaged", what)
}

func newer(what string) error {
	return because(session.ErrUnreadableEntry, "%s was written by a newer c8yx", what)
}
