package demo

import (
	"net/http"
	"net/url"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// identity is /identity: names that devices have elsewhere.
type identity struct{ *platform }

func (i *identity) routes() []route {
	const of, one = "/identity/globalIds/{id}/externalIds", "/identity/externalIds/{type}/{externalId}"
	return []route{
		{"GET", of, needs(roleIdentityRead).orOwner(), "externalidcollection", i.list},
		{"POST", of, needs(roleIdentityAdmin).orOwner(), "externalid", i.post},
		{"GET", one, needs(roleIdentityRead).orOwner(), "externalid", i.get},
		{"DELETE", one, needs(roleIdentityAdmin).orOwner(), "", i.delete},
		{"POST", "/identity/search", needs(roleIdentityRead), "externalidcollection", i.search},
	}
}

func duplicateIdentity(e store.ExternalID) error {
	return fail(http.StatusConflict, "identity/Duplicate", "External id already in use; external id = ID [type=%s, value=%s]", e.Type, e.Value)
}

func identityPath(e store.ExternalID) string {
	return "/identity/externalIds/" + url.PathEscape(e.Type) + "/" + url.PathEscape(e.Value)
}

func writeIdentity(w *rawjson.Writer, base string, e store.ExternalID, id store.ID) {
	w.Open('{')
	w.Str("self", base+identityPath(e))
	w.Str("externalId", e.Value)
	w.Str("type", e.Type)
	w.Key("managedObject")
	w.Open('{')
	w.Str("id", id.String())
	w.Str("self", base+objectPath(id))
	w.Close('}')
	w.Close('}')
}

// externalIDsOf reads externalIds of an object to be created.
func externalIDsOf(body string) ([]store.ExternalID, error) {
	list, _ := rawjson.Member(body, "externalIds")
	var externals []store.ExternalID
	for element := range rawjson.Elements(list) {
		external, err := externalIDOf(element)
		if err != nil {
			return nil, err
		}
		externals = append(externals, external)
	}
	return externals, nil
}

func externalIDOf(body string) (store.ExternalID, error) {
	external := store.ExternalID{Type: rawjson.Text(body, "type"), Value: rawjson.Text(body, "externalId")}
	if external.Type == "" || external.Value == "" {
		return external, missing("type, externalId")
	}
	return external, nil
}

func (i *identity) list(c *call) (reply, error) {
	var externals []store.ExternalID
	id, _ := store.ParseID(c.param("id"))
	object := i.object(id)
	if object != nil && !c.may(object) {
		return reply{}, forbidden()
	}
	i.store.View(func(d *store.Data) { externals = d.Objects.ExternalIDs(id) })
	return i.collection(c, externals), nil
}

func (i *identity) collection(c *call, externals []store.ExternalID) reply {
	var w rawjson.Writer
	w.Open('{')
	w.Str("self", c.base+c.r.URL.EscapedPath())
	w.Key("externalIds")
	w.Open('[')
	for _, external := range externals {
		i.store.View(func(d *store.Data) {
			if id, found := d.Objects.Identified(external); found {
				w.Comma()
				writeIdentity(&w, c.base, external, id)
			}
		})
	}
	w.Close(']')
	w.Close('}')
	return ok("externalidcollection", w.Buf)
}

func (i *identity) post(c *call) (reply, error) {
	object := i.lookup(c.param("id"))
	switch {
	case object == nil:
		return reply{}, fail(http.StatusNotFound, "identity/Not Found", "Global ID not found")
	case !c.may(object):
		return reply{}, forbidden()
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	external, err := externalIDOf(body)
	if err != nil {
		return reply{}, err
	}
	if err := i.identify(object.ID, external); err != nil {
		return reply{}, err
	}
	var w rawjson.Writer
	writeIdentity(&w, c.base, external, object.ID)
	return created("externalid", c.url(identityPath(external)), w.Buf), nil
}

// identify gives an object an external id.
func (p *platform) identify(id store.ID, external store.ExternalID) error {
	free := false
	p.store.Update(func(d *store.Data) { free = d.Objects.Identify(id, external) })
	if !free {
		return duplicateIdentity(external)
	}
	return nil
}

// named returns the external id of the path and its object.
func (i *identity) named(c *call) (external store.ExternalID, object *store.Object, err error) {
	external = store.ExternalID{Type: c.param("type"), Value: c.param("externalId")}
	i.store.View(func(d *store.Data) {
		if id, found := d.Objects.Identified(external); found {
			object = d.Objects.Get(id)
		}
	})
	switch {
	case object == nil:
		err = fail(http.StatusNotFound, "identity/Not Found", "External id not found; external id = ID [type=%s, value=%s]", external.Type, external.Value)
	case !c.may(object):
		err = forbidden()
	}
	return external, object, err
}

func (i *identity) get(c *call) (reply, error) {
	external, object, err := i.named(c)
	if err != nil {
		return reply{}, err
	}
	var w rawjson.Writer
	writeIdentity(&w, c.base, external, object.ID)
	return ok("externalid", w.Buf), nil
}

func (i *identity) delete(c *call) (reply, error) {
	external, _, err := i.named(c)
	if err != nil {
		return reply{}, err
	}
	i.store.Update(func(d *store.Data) { d.Objects.Forget(external) })
	return empty(http.StatusNoContent), nil
}

func (i *identity) search(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	externals, err := externalIDsOf(body)
	if _, found := rawjson.Member(body, "externalIds"); err != nil || !found {
		return reply{}, fail(http.StatusBadRequest, "identity/Bad Request", "externalIds with type and externalId expected")
	}
	answer := i.collection(c, externals)
	answer.always = true
	return answer, nil
}
