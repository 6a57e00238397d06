package views

import (
	"context"
	"iter"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

type option = c8yclient.TenantOption

// tenantOptions is the kind of a tenant's settings.
func tenantOptions() *collection.Kind[*option] {
	k := optionKind("options", "Tenant options", []string{"option", "tenantoptions", "settings"}, []string{"ROLE_OPTION_MANAGEMENT_READ"},
		func(ctx context.Context, t *tenant.Tenant, _ place.Place) iter.Seq2[[]*option, error] {
			return listed(ctx, c8yclient.TenantOptionListOptions{}, t.Client.TenantOptions.Page, t.Client.TenantOptions.Pages)
		})
	k.Decode = c8yclient.DecodeDocument[option]
	k.Edit, k.Create, k.Delete = editOption(), newOption, deleteOption()
	k.Empty = func(place.Place) text.Safe {
		return "The tenant has no options of its own: everything is as the platform has it. A new one overrules that."
	}
	return k
}

// systemOptions is the kind of the platform's settings, which can only be read.
func systemOptions() *collection.Kind[*option] {
	k := optionKind("systemoptions", "System options", []string{"systemoption"}, nil,
		func(ctx context.Context, t *tenant.Tenant, _ place.Place) iter.Seq2[[]*option, error] {
			return whole(func() ([]*option, error) { return t.Client.SystemOptions.List(ctx) })
		})
	k.Path = func(o *option) string { return apiPath("tenant", "system", "options", o.Category, o.Key) }
	const why = "the platform's operator sets it; an option of the tenant may overrule it"
	k.Edit = &collection.Edit[*option]{Disabled: func(*option) string { return why }}
	k.Delete = &collection.Delete[*option]{Disabled: func(*option) string { return why }, Remover: edit.Remover{}}
	return k
}

func optionKind(
	name string, title text.Safe, aliases, needs []string,
	read func(context.Context, *tenant.Tenant, place.Place) iter.Seq2[[]*option, error],
) *collection.Kind[*option] {
	return &collection.Kind[*option]{
		Name: name, Aliases: aliases, Title: title, One: "option", Many: "options", Needs: needs,
		Sort: "category",
		Columns: []collection.Column[*option]{
			collection.Words("category", table.Column{Title: "CATEGORY", Min: 16, Max: 36, Weight: 2, Priority: 8}, theme.Text, func(o *option) string { return o.Category }),
			collection.Words("key", table.Column{Title: "KEY", Min: 20, Max: 44, Weight: 3, Priority: 9}, theme.Strong, func(o *option) string { return o.Key }),
			collection.Words("value", table.Column{Title: "VALUE", Min: 16, Max: 100, Weight: 4, Priority: 7}, theme.Value, optionValue),
		},
		ID:      func(o *option) string { return o.Category + "/" + o.Key },
		Label:   func(o *option) string { return o.Category + "/" + o.Key },
		Audited: func(o *option) string { return o.Category + "." + o.Key },
		Path:    optionPath,
		Read:    read,
	}
}

func optionPath(o *option) string { return apiPath("tenant", "options", o.Category, o.Key) }

// optionValue is what may be shown of a value: encrypted ones never are, whatever a tenant sends.
func optionValue(o *option) string {
	if show.IsSecretKey(o.Key) {
		return "(encrypted)"
	}
	return o.Value
}
