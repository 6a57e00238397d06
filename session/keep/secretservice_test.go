//go:build unix && !darwin

package keep

import (
	"fmt"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"

	"c8yx/session/keep/desktop"
)

// prompter is a Secret Service that is locked and whose prompt a test answers. It holds one
// collection, the login's, and items with one secret each. What GNOME Keyring does with a display, it does without.
type prompter struct {
	conn  *dbus.Conn
	props *prop.Properties
	// user answers the prompt: true opens the keyring, false dismisses the prompt. It may take
	// its time.
	user func() bool
	// mute, if it is set, is what all answers wait for.
	mute chan struct{}

	mu    sync.Mutex
	open  bool
	items map[dbus.ObjectPath]*item
}

type item struct {
	service    *prompter
	path       dbus.ObjectPath
	attributes map[string]string
	value      []byte
}

const promptPath = secretPath + "/prompt/p1"

// offer offers the service on the bus of a desktop.
func (p *prompter) offer(t *testing.T, d *desktop.Desktop) {
	t.Helper()
	var err error
	if p.conn, err = dbus.Connect(d.Bus); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.conn.Close() })
	p.items = map[dbus.ObjectPath]*item{}
	for path, object := range map[dbus.ObjectPath]any{secretPath: secretsOf{p}, loginCollection: collectionOfLogin{p}, promptPath: promptOf{p}} {
		for _, name := range []string{secretInterface, secretCollection, "org.freedesktop.Secret.Prompt", "org.freedesktop.Secret.Session"} {
			if err := p.conn.Export(object, path, name); err != nil {
				t.Fatal(err)
			}
		}
	}
	if p.props, err = prop.Export(p.conn, loginCollection, prop.Map{secretCollection: {"Locked": {Value: true}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := prop.Export(p.conn, secretPath, prop.Map{secretInterface: {"Collections": {Value: []dbus.ObjectPath{loginCollection}}}}); err != nil {
		t.Fatal(err)
	}
	if reply, err := p.conn.RequestName(secretService, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("%v, %v", reply, err)
	}
}

func (p *prompter) wait() {
	if p.mute != nil {
		<-p.mute
	}
}

func (p *prompter) find(attributes map[string]string) (found []dbus.ObjectPath) {
	p.mu.Lock()
	defer p.mu.Unlock()
	found = []dbus.ObjectPath{}
	for path, item := range p.items {
		if item.attributes["service"] == attributes["service"] && item.attributes["username"] == attributes["username"] {
			found = append(found, path)
		}
	}
	return found
}

func (p *prompter) isOpen() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.open
}

// secretsOf is org.freedesktop.Secret.Service.
type secretsOf struct{ p *prompter }

func (s secretsOf) OpenSession(string, dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	s.p.wait()
	return dbus.MakeVariant(""), secretPath, nil
}

// Close is of the session, which is the service itself.
func (s secretsOf) Close() *dbus.Error { return nil }

func (s secretsOf) SearchItems(attributes map[string]string) (unlocked, locked []dbus.ObjectPath, _ *dbus.Error) {
	s.p.wait()
	if found := s.p.find(attributes); s.p.isOpen() {
		return found, []dbus.ObjectPath{}, nil
	} else {
		return []dbus.ObjectPath{}, found, nil
	}
}

func (s secretsOf) Unlock(objects []dbus.ObjectPath) (unlocked []dbus.ObjectPath, prompt dbus.ObjectPath, _ *dbus.Error) {
	s.p.wait()
	if s.p.isOpen() {
		return objects, "/", nil
	}
	return []dbus.ObjectPath{}, promptPath, nil
}

// promptOf is org.freedesktop.Secret.Prompt.
type promptOf struct{ p *prompter }

func (o promptOf) Prompt(string) *dbus.Error {
	go func() {
		opened := o.p.user()
		result := []dbus.ObjectPath{}
		if opened {
			result = append(result, loginCollection)
			o.p.mu.Lock()
			o.p.open = true
			o.p.mu.Unlock()
			o.p.props.SetMust(secretCollection, "Locked", false)
		}
		_ = o.p.conn.Emit(promptPath, "org.freedesktop.Secret.Prompt.Completed", !opened, dbus.MakeVariant(result))
	}()
	return nil
}

// collectionOfLogin is org.freedesktop.Secret.Collection.
type collectionOfLogin struct{ p *prompter }

func (c collectionOfLogin) SearchItems(attributes map[string]string) ([]dbus.ObjectPath, *dbus.Error) {
	return c.p.find(attributes), nil
}

// secret is how the Secret Service writes one.
type secret struct {
	Session           dbus.ObjectPath
	Parameters, Value []byte
	ContentType       string
}

func (c collectionOfLogin) CreateItem(properties map[string]dbus.Variant, value secret, _ bool) (made, prompt dbus.ObjectPath, _ *dbus.Error) {
	if !c.p.isOpen() {
		return "/", "/", dbus.NewError("org.freedesktop.Secret.Error.IsLocked", nil)
	}
	attributes, _ := properties["org.freedesktop.Secret.Item.Attributes"].Value().(map[string]string)
	for _, old := range c.p.find(attributes) {
		_, _ = (&item{service: c.p, path: old}).Delete()
	}
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	i := &item{c.p, dbus.ObjectPath(fmt.Sprintf("%s/i%d", loginCollection, len(c.p.items))), attributes, value.Value}
	for c.p.items[i.path] != nil {
		i.path += "x"
	}
	c.p.items[i.path] = i
	if err := c.p.conn.Export(i, i.path, "org.freedesktop.Secret.Item"); err != nil {
		return "/", "/", dbus.MakeFailedError(err)
	}
	return i.path, "/", nil
}

func (i *item) GetSecret(session dbus.ObjectPath) (secret, *dbus.Error) {
	return secret{session, []byte{}, i.value, "text/plain"}, nil
}

func (i *item) Delete() (dbus.ObjectPath, *dbus.Error) {
	i.service.mu.Lock()
	defer i.service.mu.Unlock()
	delete(i.service.items, i.path)
	return "/", nil
}
