package views

import (
	"c8yx/keys"
	"c8yx/ui"
	"c8yx/views/byhand"
	"c8yx/views/edit"
	"c8yx/views/requests"
	"c8yx/views/tenant"
)

// writeActions are those about what was changed in a tenant, wherever the user is.
func writeActions(t *tenant.Tenant, scope *ui.Scope) []ui.Action {
	bench := edit.Bench{Tenant: t, Scope: scope}
	return []ui.Action{
		{Action: keys.Undo, Run: bench.Undo, Disabled: bench.NoUndo},
		{Action: keys.Jobs, Run: func() { scope.Open("jobs") }},
		{Action: keys.SendRequest, Run: func() { requests.Compose(t, scope, byhand.Request{}) }},
	}
}
