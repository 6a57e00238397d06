package views

import (
	"context"
	"iter"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

type externalID = c8yclient.ExternalID

// externalIDs is the kind of names that the outside world has for one object.
func externalIDs(t *tenant.Tenant) *collection.Kind[*externalID] {
	return &collection.Kind[*externalID]{
		Name: "externalids", Aliases: []string{"externalid", "identity"},
		Title: "External ids", One: "external id", Many: "external ids",
		Needs:      []string{"ROLE_IDENTITY_READ"},
		Parameters: []string{"source"},
		Sort:       "type",
		Columns: []collection.Column[*externalID]{
			collection.Words("type", table.Column{Title: "TYPE", Min: 16, Max: 32, Weight: 1, Priority: 8}, theme.Text, func(e *externalID) string { return e.Type }),
			collection.Words("externalid", table.Column{Title: "EXTERNAL ID", Min: 24, Max: 60, Weight: 3, Priority: 9}, theme.Strong, func(e *externalID) string { return e.ExternalID }),
		},
		ID:    func(e *externalID) string { return e.Type + "/" + e.ExternalID },
		Label: func(e *externalID) string { return e.ExternalID },
		Path:  externalIDPath,
		Edit: &collection.Edit[*externalID]{Disabled: func(*externalID) string {
			return "an external id is what it is: delete it and make another"
		}},
		Create: newExternalID, Delete: deleteExternalID(), Decode: c8yclient.DecodeDocument[externalID],
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*externalID, error] {
			source := p.Query.Get("source")
			if source == "" {
				return func(func([]*externalID, error) bool) {}
			}
			return whole(func() ([]*externalID, error) { return t.Client.Identity.List(ctx, source) })
		},
		Empty: func(p place.Place) text.Safe {
			if p.Query.Get("source") == "" {
				return "The platform lists external ids object by object: externalids?source=ID. To look one up, type it after the colon."
			}
			return "It has no external id, so that a device behind it could not find itself again."
		},
		Subject: func(p place.Place) text.Safe { return of(t, p.Query.Get("source")) },
	}
}
