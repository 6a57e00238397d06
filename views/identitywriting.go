package views

import (
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/place"
	"c8yx/views/write"
)

// identityAdmin is what changing external ids needs.
const identityAdmin = "ROLE_IDENTITY_ADMIN"

func externalIDPath(e *externalID) string {
	return apiPath("identity", "externalIds", e.Type, e.ExternalID)
}

// giveExternalID returns the request that gives an object an external id.
func giveExternalID(object string, document jsontext.Value) write.Request {
	return write.Post(apiPath("identity", "globalIds", object, "externalIds"), document)
}

func newExternalID(p place.Place) edit.Creator {
	return edit.Creator{
		One: "external id", Needs: []string{identityAdmin},
		Fields: []edit.Field{
			{Field: form.Field{Name: "object", Label: "Object", Required: true, Placeholder: "4711", Value: p.Query.Get("source"), Validate: digits, Note: "The id of the managed object."}},
			{Field: form.Field{Name: "type", Label: "Type", Required: true, Value: "c8y_Serial", Note: "Who calls it so: c8y_Serial is what devices mostly look for."}},
			{Field: form.Field{Name: "externalId", Label: "External id", Required: true, Placeholder: "SN-0815", Note: "With its type it stands for one object of the tenant."}},
		},
		Request: func(document jsontext.Value) write.Request {
			object, _ := write.Member(document, "object")
			return giveExternalID(edit.Plain(object), write.Without(document, "object"))
		},
		Back: func(answer jsontext.Value) (write.Request, text.Safe) {
			e, err := c8yclient.DecodeDocument[externalID](answer)
			if err != nil || e == nil || e.ExternalID == "" {
				return write.Request{}, "the tenant did not say what it is called"
			}
			return write.Delete(externalIDPath(e)), ""
		},
	}
}

func deleteExternalID() *collection.Delete[*externalID] {
	return &collection.Delete[*externalID]{Remover: edit.Remover{
		Needs:   []string{identityAdmin},
		Details: []text.Safe{"The object stays. A device that looks for itself by it makes a new object."},
		Restore: func(before jsontext.Value) (write.Request, text.Safe) {
			e, err := c8yclient.DecodeDocument[externalID](before)
			if err != nil || e == nil || e.ManagedObject.ID == "" {
				return write.Request{}, "it is not known of which object it was"
			}
			return giveExternalID(e.ManagedObject.ID, write.Without(before, "self", "managedObject")), ""
		},
	}}
}
