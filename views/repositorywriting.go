package views

import (
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/place"
	"c8yx/views/write"
)

// repositoryOf is one of the tenant's repositories: what its objects are like (reference 19.3).
type repositoryOf struct {
	name             string
	aliases          []string
	title, one, many text.Safe
	objectType       string
	// sort is the member that parts the items further; "" if none does.
	sort string
	// device is the member that names the type of device that an item is meant for.
	device string
	// binaryType is the type of the versions and content the fragment that holds one's number and
	// address; "" if the items have no versions and hold their address themselves.
	binaryType, content string
}

// repositories are the repositories of every tenant.
func repositories() []repositoryOf {
	return []repositoryOf{
		{
			name: "firmware", title: "Firmware", one: "firmware", many: "firmware", objectType: "c8y_Firmware", aliases: []string{"firmwares"},
			device: "c8y_Filter.type", binaryType: "c8y_FirmwareBinary", content: "c8y_Firmware",
		},
		{
			name: "software", title: "Software", one: "software", many: "software", objectType: "c8y_Software", aliases: []string{"softwares"},
			sort: "softwareType", device: "c8y_Filter.type", binaryType: "c8y_SoftwareBinary", content: "c8y_Software",
		},
		{
			name: "configurations", title: "Configurations", one: "configuration", many: "configurations", objectType: "c8y_ConfigurationDump",
			aliases: []string{"configuration", "configs"}, sort: "configurationType", device: "deviceType",
		},
	}
}

// objectAdmins are the permissions of which any one allows changing managed objects.
func objectAdmins() []string { return edit.Object().Needs }

func (r repositoryOf) fields() []edit.Field {
	fields := []edit.Field{{Field: form.Field{Name: "name", Label: "Name", Required: true}}}
	if r.sort != "" {
		fields = append(fields, edit.Field{Field: form.Field{Name: r.sort, Label: "Sort", Placeholder: "apt", Note: "What devices call it; it has to be one that they support."}})
	}
	fields = append(fields,
		edit.Field{Field: form.Field{Name: "description", Label: "Description", Input: form.Lines(2)}},
		edit.Field{Field: form.Field{Name: r.device, Label: "For devices", Placeholder: "c8y_Linux", Note: "The type of the devices that it is meant for; empty is all."}})
	if r.binaryType == "" {
		fields = append(fields, edit.Field{Field: form.Field{Name: "url", Label: "Address", Required: true, Placeholder: "https://…", Validate: webAddress, Note: "Where devices get it: a file of the tenant, or anywhere else."}})
	}
	return fields
}

func (r repositoryOf) edit() *collection.Edit[*repositoryItem] {
	e := edit.Object()
	e.Fields = r.fields()
	return &collection.Edit[*repositoryItem]{Editor: e}
}

func (r repositoryOf) create(place.Place) edit.Creator {
	kind, _ := jsontext.AppendQuote(nil, r.objectType)
	return edit.Creator{
		One: r.one, Needs: append(objectAdmins(), "ROLE_INVENTORY_CREATE", "ROLE_MANAGED_OBJECT_CREATE"), Path: "inventory/managedObjects",
		Begin: jsontext.Value(`{"type":` + string(kind) + `,"c8y_Global":{}}`), Fields: r.fields(),
	}
}

// delete deletes an item with its versions, which nobody would find any more.
func (r repositoryOf) delete() *collection.Delete[*repositoryItem] {
	remover := edit.RemoveObject()
	remover.Request = func(target edit.Target) write.Request { return write.Delete(target.Path + "?forceCascade=true") }
	remover.Details = []text.Safe{"Devices that have it keep it. Operations that name it find nothing any more."}
	return &collection.Delete[*repositoryItem]{Remover: remover}
}
