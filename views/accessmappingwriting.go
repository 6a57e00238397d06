package views

import (
	"context"
	"errors"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/place"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// keepSessions has the platform leave those signed in who are: else it signs out all who came by the option.
const keepSessions = "?terminateUserSessions=false"

// whenFields ask for a condition: one comparison, or JSON for several.
func whenFields(several bool) []edit.Field {
	if several {
		return []edit.Field{{As: edit.JSON, Field: form.Field{Name: "when", Label: "Condition", Required: true, Input: form.Lines(8), Note: "Comparisons, put together by AND and OR."}}}
	}
	return []edit.Field{
		{Field: form.Field{Name: "when.parameterPath", Label: "Claim", Required: true, Placeholder: "groups", Note: "A member of the token, its path parted by dots."}},
		{Field: form.Field{Name: "when.operator", Label: "Compared", Value: "EQ", Input: form.Choice(
			form.Option{Value: "EQ", Label: "="}, form.Option{Value: "IN", Label: "has", Note: "It is a list, and the value is in it."}, form.Option{Value: "NEQ", Label: "≠"},
			form.Option{Value: "GT", Label: ">"}, form.Option{Value: "GTE", Label: "≥"}, form.Option{Value: "LT", Label: "<"}, form.Option{Value: "LTE", Label: "≤"},
		)}},
		{Field: form.Field{Name: "when.value", Label: "With", Required: true, Placeholder: "plant-operators"}},
	}
}

// field is the global roles that a mapping gives, by name.
func (d *roleDirectory) field() edit.Field {
	return edit.Field{
		As: edit.Own,
		Written: func(value jsontext.Value) string {
			var ids c8yclient.NumericIDs
			if json.Unmarshal(value, &ids) != nil {
				return ""
			}
			return strings.Join(d.names(ids), ", ")
		},
		Parsed: func(typed string) jsontext.Value {
			ids := c8yclient.NumericIDs{}
			for _, name := range edit.SplitWords(typed) {
				ids = append(ids, d.id(name))
			}
			value, err := json.Marshal(ids)
			if err != nil {
				return nil // ids are digits
			}
			return value
		},
		Field: form.Field{
			Name: "thenGroups", Label: "Global roles", Note: "Parted by commas.",
			Validate: func(typed string) text.Safe {
				for _, name := range edit.SplitWords(typed) {
					if d.id(name) == "" {
						return "there is no global role " + text.Clean(name)
					}
				}
				return ""
			},
		},
	}
}

// applicationsField is the applications that a mapping gives.
func applicationsField() edit.Field {
	return edit.Field{
		As: edit.Own, Written: (&roleDirectory{}).field().Written,
		Parsed: func(typed string) jsontext.Value {
			return jsontext.Value("[" + strings.Join(edit.SplitWords(typed), ",") + "]")
		},
		Field: form.Field{Name: "thenApplications", Label: "Applications", Placeholder: "20, 21", Note: "Their ids, parted by commas.", Validate: func(typed string) text.Safe {
			for _, id := range edit.SplitWords(typed) {
				if wrong := digits(id); wrong != "" {
					return wrong
				}
			}
			return ""
		}},
	}
}

// partsField is the roles for parts of the inventory that a mapping gives.
func partsField() edit.Field {
	return edit.Field{As: edit.JSON, Field: form.Field{
		Name: "thenInventoryRoles", Label: "Roles", Required: true, Value: `[{"managedObject": "", "roleIds": []}]`, Input: form.Lines(4),
		Note: "For each group its id, and the ids of the inventory roles.",
		Validate: func(typed string) text.Safe {
			var grants []struct {
				Group string               `json:"managedObject"`
				Roles c8yclient.NumericIDs `json:"roleIds"`
			}
			if json.Unmarshal([]byte(typed), &grants) != nil || len(grants) == 0 {
				return `write [{"managedObject": "200", "roleIds": [4]}]`
			}
			for _, g := range grants {
				if g.Group == "" || len(g.Roles) == 0 {
					return "each has the id of a group, and ids of roles"
				}
			}
			return ""
		},
	}}
}

func editMapping() *collection.Edit[*mapping] {
	editor := edit.Editor{
		Needs: loginAdmin(),
		Replace: func(path string, document jsontext.Value) write.Request {
			return write.Put(path+keepSessions, write.Without(document, "self"))
		},
	}
	return &collection.Edit[*mapping]{Editor: editor, Of: func(m *mapping) edit.Editor {
		of := editor
		of.Fields = whenFields(m.when != nil && len(m.when.ChildPredicates) > 0)
		if m.sort == forParts {
			of.Fields = append(of.Fields, partsField())
		} else {
			of.Fields = append(of.Fields, m.roles.field(), applicationsField())
		}
		return of
	}}
}

func newMapping(p place.Place) edit.Creator {
	option := p.Query.Get("option")
	base := func(sort string) string { return apiPath("tenant", "loginOptions", option, sort) }
	const sort = "gives"
	gives := func(which string, f edit.Field) edit.Field {
		f.Visible = func(v form.Values) bool { return v.Text(sort) == which }
		return f
	}
	return edit.Creator{
		One: "access mapping", Needs: loginAdmin(),
		Learn: func(ctx context.Context, t *tenant.Tenant, c *edit.Creator) error {
			if option == "" {
				return errors.New("say of which login option: accessmappings?option=ID")
			}
			roles, err := readRoleDirectory(ctx, t)
			which := edit.Field{As: edit.Aside, Field: form.Field{Name: sort, Label: "Gives", Value: forRoles, Input: form.Choice(
				form.Option{Value: forRoles, Label: "global roles"}, form.Option{Value: forParts, Label: "roles for parts of the inventory"},
			)}}
			c.Fields = append(whenFields(false), which, gives(forRoles, roles.field()), gives(forRoles, applicationsField()), gives(forParts, partsField()))
			return err
		},
		Request: func(document jsontext.Value) write.Request {
			if _, parts := write.Member(document, "thenInventoryRoles"); parts {
				return write.Post(base(forParts)+keepSessions, document)
			}
			return write.Post(base(forRoles)+keepSessions, document)
		},
		Back: func(answer jsontext.Value) (write.Request, text.Safe) {
			made, err := c8yclient.DecodeDocument[c8yclient.InventoryAccessMapping](answer)
			switch {
			case err != nil || made == nil || made.ID == "":
				return write.Request{}, "the tenant did not say what it is called"
			case len(made.ThenInventoryRoles) > 0:
				return write.Delete(base(forParts) + "/" + apiPath(made.ID) + keepSessions), ""
			}
			return write.Delete(base(forRoles) + "/" + apiPath(made.ID) + keepSessions), ""
		},
	}
}

// deleteMapping takes away what is given to nobody any more when he signs in again.
func deleteMapping() *collection.Delete[*mapping] {
	return &collection.Delete[*mapping]{Remover: edit.Remover{
		Needs:   loginAdmin(),
		Details: []text.Safe{"Whoever signs in next time does not get it any more."},
		Request: func(target edit.Target) write.Request { return write.Delete(target.Path + keepSessions) },
		Restore: func(before jsontext.Value) (write.Request, text.Safe) {
			self, _ := write.Member(before, "self")
			_, path, known := strings.Cut(edit.Plain(self), "/tenant/loginOptions/")
			if cut := strings.LastIndexByte(path, '/'); known && cut > 0 {
				return write.Post("tenant/loginOptions/"+path[:cut]+keepSessions, write.Without(before, "id", "self")), "It comes back under another id."
			}
			return write.Request{}, "the tenant does not say of which login option it was"
		},
	}}
}
