package views

import (
	"context"
	"iter"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

type feature = c8yclient.Feature

// features is the kind of features of the platform that can be switched on and off.
func features() *collection.Kind[*feature] {
	return &collection.Kind[*feature]{
		Name: "features", Aliases: []string{"feature", "toggles"},
		Title: "Features", One: "feature", Many: "features",
		Sort: "key",
		Columns: []collection.Column[*feature]{
			collection.Words("key", table.Column{Title: "FEATURE", Min: 28, Max: 60, Weight: 3, Priority: 9}, theme.Strong, func(f *feature) string { return f.Key }),
			collection.State("active", table.Column{Title: "ON", Min: 4, Priority: 8}, []bool{true, false}, func(f *feature) bool { return bool(f.Active) }, yesOrNo),
			collection.Words("phase", table.Column{Title: "PHASE", Min: 20, Priority: 7}, theme.Text, func(f *feature) string { return show.Lower(string(f.Phase)) }),
			collection.Words("strategy", table.Column{Title: "CHOSEN BY", Min: 10, Priority: 6}, theme.Muted, func(f *feature) string { return show.Lower(f.Strategy) }),
		},
		ID:    func(f *feature) string { return f.Key },
		Label: func(f *feature) string { return f.Key },
		Path:  func(f *feature) string { return apiPath("features", f.Key) },
		Read: func(ctx context.Context, t *tenant.Tenant, _ place.Place) iter.Seq2[[]*feature, error] {
			return whole(func() ([]*feature, error) { return t.Client.Features.List(ctx) })
		},
		Actions: []collection.Action[*feature]{
			{Action: keys.FeatureToggle, Write: &collection.Write[*feature]{
				Did: "Switched",
				Request: func(f *feature) write.Request {
					return write.Put(apiPath("features", f.Key, "by-tenant"), map[string]bool{"active": !bool(f.Active)})
				},
				Inverse: func(f *feature, _ jsontext.Value) (write.Request, text.Safe) {
					return write.Put(apiPath("features", f.Key, "by-tenant"), map[string]bool{"active": bool(f.Active)}), ""
				},
			}},
		},
		Empty: func(place.Place) text.Safe { return "This tenant has no feature toggles." },
	}
}
