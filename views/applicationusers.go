package views

import (
	"context"

	"c8yx/c8yclient"
	"c8yx/ui/text"
	"c8yx/views/edit"
	"c8yx/views/fault"
	"c8yx/views/tenant"
)

// looksAtTenants is of how many tenants it is found out whether they use an application.
const looksAtTenants = 50

// subscribers finds out which tenants use an application. The platform lists them from the side of
// the tenants only.
func subscribers(ctx context.Context, t *tenant.Tenant, target edit.Target) (edit.Along, error) {
	uses := func(id string) (bool, error) {
		page, err := t.Client.Applications.Page(ctx, &c8yclient.ApplicationListOptions{Subscriber: id, Paging: c8yclient.Paging{PageSize: c8yclient.MaxPageSize}})
		if err != nil {
			return false, err
		}
		for _, a := range page.Items {
			if a.ID == target.ID {
				return true, nil
			}
		}
		return false, nil
	}
	along := edit.Along{}
	others, err := t.Client.Tenants.Page(ctx, &c8yclient.TenantListOptions{Paging: c8yclient.Paging{PageSize: looksAtTenants}})
	switch {
	case err != nil && fault.Negative(err): // not every user may see the tenants below
		others = &c8yclient.Page[c8yclient.Tenant]{}
	case err != nil:
		return along, err
	}
	using := 0
	for _, other := range others.Items {
		yes, err := uses(other.ID)
		if err != nil && !fault.Negative(err) {
			return along, err
		}
		if yes {
			using++
			along.Lines = append(along.Lines, "the use by "+text.Clean(other.Company)+" ("+text.Clean(other.ID)+")")
		}
	}
	if using > 0 {
		along.Options = []edit.RemoveOption{
			{Key: "a", Title: "Nothing else", Note: "the tenant refuses it while others use it"},
			{Key: "o", Title: "The use by others", Note: text.Count(using) + " other tenants cannot use it any more", Query: "force=true"},
		}
	}
	return along, nil
}
