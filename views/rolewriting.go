package views

import (
	"context"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/place"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// roleAdmins is what changing roles needs.
func roleAdmins() []string { return []string{"ROLE_USER_MANAGEMENT_ADMIN"} }

func globalRolePath(t *tenant.Tenant, id string) string { return apiPath("user", t.ID(), "groups", id) }

func globalRoleFields() []edit.Field {
	return []edit.Field{
		{Field: form.Field{Name: "name", Label: "Name", Required: true, Placeholder: "shift leaders"}},
		{Field: form.Field{Name: "description", Label: "Description"}},
	}
}

func newGlobalRole(place.Place) edit.Creator {
	return edit.Creator{
		One: "global role", Needs: userAdmins(), Fields: globalRoleFields(),
		Learn: func(ctx context.Context, t *tenant.Tenant, c *edit.Creator) error {
			id, err := t.AskID(ctx)
			c.Path = apiPath("user", id, "groups")
			return err
		},
	}
}

func editGlobalRole() *collection.Edit[*globalRole] {
	return &collection.Edit[*globalRole]{Editor: edit.Editor{
		Needs: roleAdmins(), Fields: globalRoleFields(), Fixed: []string{"roles", "users", "applications"},
	}}
}

// deleteGlobalRole tells who loses the role, and offers to end their sessions.
func deleteGlobalRole() *collection.Delete[*globalRole] {
	return &collection.Delete[*globalRole]{Remover: edit.Remover{
		Needs: roleAdmins(),
		Along: func(ctx context.Context, t *tenant.Tenant, target edit.Target) (edit.Along, error) {
			const named = 5
			n := 0
			var along edit.Along
			for u, err := range t.Client.GlobalRoles.Users(ctx, t.ID(), target.ID, nil) {
				if err != nil {
					return along, err
				}
				if n++; n <= named {
					along.Lines = append(along.Lines, "the membership of "+text.Clean(u.UserName))
				}
			}
			if n > named {
				along.Lines = append(along.Lines, "… and of "+text.Count(n-named)+" more")
			}
			if n > 0 {
				along.Options = []edit.RemoveOption{
					{Key: "s", Title: "The role", Note: "its members stay signed in"},
					{Key: "l", Title: "And log out", Note: "all of its members", Query: "forceLogout=true"},
				}
			}
			return along, nil
		},
		Restore: func(jsontext.Value) (write.Request, text.Safe) {
			return write.Request{}, "its members and permissions are gone with it"
		},
	}}
}
