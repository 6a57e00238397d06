package views

import (
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/place"
	"c8yx/views/write"
)

// What the permissions of inventory roles are about, and what they allow.
func permissionScopes() []string {
	return []string{"ALARM", "AUDIT", "EVENT", "MANAGED_OBJECT", "MEASUREMENT", "OPERATION", "*"}
}

func permissionLevels() []string { return []string{"READ", "ADMIN", "*"} }

func inventoryRoleFields() []edit.Field {
	return []edit.Field{
		{Field: form.Field{Name: "name", Label: "Name", Required: true, Placeholder: "Operations: Restart Device"}},
		{Field: form.Field{Name: "description", Label: "Description", Required: true}},
		{As: edit.Own, Written: writtenPermissions, Parsed: parsedPermissions, Field: form.Field{
			Name: "permissions", Label: "Permissions", Required: true, Input: form.Lines(5), Placeholder: "OPERATION:c8y_Restart:ADMIN",
			Validate: permissionProblem,
			Note: "A line each, WHAT:TYPE:LEVEL. WHAT is one of " + text.Clean(strings.Join(permissionScopes(), " ")) +
				", TYPE a type or fragment or *, LEVEL one of " + text.Clean(strings.Join(permissionLevels(), " ")) + ".",
		}},
	}
}

// permissionProblem says what is wrong with typed permissions of an inventory role, "" if nothing is.
func permissionProblem(typed string) text.Safe {
	for line := range strings.Lines(typed) {
		line = strings.TrimSpace(line)
		parts := strings.Split(line, ":")
		switch {
		case line == "":
		case len(parts) != 3 || parts[1] == "":
			return text.Clean(line) + ": write WHAT:TYPE:LEVEL, such as ALARM:*:READ"
		case !slices.Contains(permissionScopes(), parts[0]):
			return text.Clean(parts[0]) + " is none of " + text.Clean(strings.Join(permissionScopes(), ", "))
		case !slices.Contains(permissionLevels(), parts[2]):
			return text.Clean(parts[2]) + " is none of " + text.Clean(strings.Join(permissionLevels(), ", "))
		}
	}
	return ""
}

func writtenPermissions(value jsontext.Value) string {
	var all []c8yclient.InventoryPermission
	if json.Unmarshal(value, &all) != nil {
		return ""
	}
	lines := make([]string, len(all))
	for i, p := range all {
		lines[i] = p.Scope + ":" + p.Type + ":" + p.Permission
	}
	return strings.Join(lines, "\n")
}

func parsedPermissions(typed string) jsontext.Value {
	all := []c8yclient.InventoryPermission{}
	for line := range strings.Lines(typed) {
		if parts := strings.Split(strings.TrimSpace(line), ":"); len(parts) == 3 {
			all = append(all, c8yclient.InventoryPermission{Scope: parts[0], Type: parts[1], Permission: parts[2]})
		}
	}
	value, err := json.Marshal(all)
	if err != nil {
		return nil // invalid UTF-8, which cannot be typed
	}
	return value
}

func newInventoryRole(place.Place) edit.Creator {
	return edit.Creator{One: "inventory role", Needs: roleAdmins(), Path: "user/inventoryroles", Fields: inventoryRoleFields()}
}

func editInventoryRole() *collection.Edit[*inventoryRole] {
	return &collection.Edit[*inventoryRole]{Editor: edit.Editor{Needs: roleAdmins(), Fields: inventoryRoleFields()}}
}

func deleteInventoryRole() *collection.Delete[*inventoryRole] {
	return &collection.Delete[*inventoryRole]{Remover: edit.Remover{
		Needs:   roleAdmins(),
		Details: []text.Safe{"Whoever has it loses it, for all parts of the inventory."},
		Restore: func(before jsontext.Value) (write.Request, text.Safe) {
			r, err := c8yclient.DecodeDocument[inventoryRole](before)
			if err != nil {
				return write.Request{}, "it is not known what it was"
			}
			again := inventoryRole{Name: r.Name, Description: r.Description}
			for _, p := range r.Permissions {
				again.Permissions = append(again.Permissions, c8yclient.InventoryPermission{Scope: p.Scope, Type: p.Type, Permission: p.Permission})
			}
			return write.Post("user/inventoryroles", again), "It comes back under another id, and nobody has it then."
		},
	}}
}
