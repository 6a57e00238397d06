package grouping

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"c8yx/c8yclient"
	"c8yx/ui"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/fault"
	"c8yx/views/tenant"
)

// offered is how many groups are offered to choose from.
const offered = 50

// Field returns a field for a group of the tenant: its id, or words of its name, for which the
// groups that have them are offered. What it holds is for [ID] to read.
func Field(t *tenant.Tenant, scope *ui.Scope, name string) form.Field {
	return form.Field{
		Name: name, Label: "Group", Required: true, Placeholder: "id, or part of the name",
		Note: "↓ and enter choose one of those that are offered.",
		Input: form.File(func(typed string, answer func(form.Found)) {
			if typed == "" {
				answer(form.Found{})
				return
			}
			ui.Load(scope, func(ctx context.Context) (form.Found, error) { return look(ctx, t.Client, typed) }, func(found form.Found, err error) {
				if err != nil {
					found.Problem = fault.Short(err)
				}
				answer(found)
			})
		}),
	}
}

// ID returns the id of the group that was chosen: the first word.
func ID(chosen string) string {
	id, _, _ := strings.Cut(strings.TrimSpace(chosen), " ")
	return id
}

// Chosen is what a field holds that begins with a group.
func Chosen(id, name string) string { return strings.TrimSpace(id + " " + name) }

// look finds the group that was typed, or those whose names have the words.
func look(ctx context.Context, client *c8yclient.Client, typed string) (form.Found, error) {
	if id := ID(typed); isNumber(id) {
		m, err := client.Inventory.Get(ctx, id, nil)
		switch {
		case errors.Is(err, c8yclient.ErrNotFound): // its name may begin with a number
		case err != nil:
			return form.Found{}, err
		case m.IsSmartGroup():
			return form.Found{Problem: text.Clean(cmp.Or(m.Name, id)) + " is a smart group: its query decides what is in it"}, nil
		case !m.IsGroup():
			return form.Found{Problem: text.Clean(cmp.Or(m.Name, id)) + " is no group"}, nil
		default:
			return form.Found{Note: "the group " + text.Clean(cmp.Or(m.Name, id))}, nil
		}
	}
	found := form.Found{}
	query := fmt.Sprintf("$filter=(has(c8y_IsDeviceGroup) and name eq '*%s*') $orderby=name", strings.ReplaceAll(typed, "'", "''"))
	page, err := client.Inventory.Page(ctx, &c8yclient.InventoryListOptions{
		InventoryFilter: c8yclient.InventoryFilter{Query: query}, Paging: c8yclient.Paging{PageSize: offered},
	})
	if err != nil {
		return found, err
	}
	for _, m := range page.Items {
		found.Completions = append(found.Completions, Chosen(m.ID, m.Name))
	}
	found.Problem = "choose one of the groups"
	if len(page.Items) == 0 {
		found.Problem = "there is no such group"
	}
	return found, nil
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
