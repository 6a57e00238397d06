package collection

import (
	"c8yx/keys"
	"c8yx/ui"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// Offer is what can be done in a list whatever is in it: register the devices of a file.
type Offer struct {
	keys.Action
	// Disabled returns why it cannot be done in the place, "" if it can; nil allows it everywhere.
	Disabled func(place.Place) string
	// Run does it. It runs on the update loop.
	Run func(Here)
}

// NewOf is the record of making something new, for what cannot be asked for by one form alone. needs
// lists the permissions of which any one allows it.
func NewOf(title string, needs ...string) keys.Action {
	a := keys.New
	a.Title, a.Needs = title, needs
	return a
}

// Here is where an offer is taken up.
type Here struct {
	Place  place.Place
	Tenant *tenant.Tenant
	Scope  *ui.Scope
}

// Open opens another place.
func (h Here) Open(p place.Place) { h.Scope.Open(p.String()) }

// bindOffers binds what can be done in the list whatever is in it. The view asks for permissions
// and the mode of the tenant.
func (v *View[T]) bindOffers() []ui.Action {
	var actions []ui.Action
	for _, o := range v.kind.Offers {
		actions = append(actions, ui.Action{
			Action: o.Action,
			Disabled: func() string {
				if refused := v.tenant.Refuses(o.Action); refused != "" || o.Disabled == nil {
					return refused
				}
				return o.Disabled(v.place)
			},
			Run: func() {
				v.touched = true
				o.Run(Here{Place: v.place, Tenant: v.tenant, Scope: v.scope})
			},
		})
	}
	return actions
}
