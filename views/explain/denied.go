package explain

import (
	"context"
	"net/http"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/views/tenant"
)

// Denied is the action of a view that explains nothing but why it could not read what it is about; failed is the error of that, nil for none.
func Denied(t *tenant.Tenant, scope *ui.Scope, failed func() error) ui.Action {
	return ui.Action{
		Action: keys.Explain,
		Disabled: func() string {
			if Refusal(failed()) == nil {
				return "nothing was refused here for lack of a permission"
			}
			return ""
		},
		Run: func() {
			refused := Refusal(failed())
			Show(scope, "Why?", func(ctx context.Context) (Explanation, error) { return Access(ctx, t, refused) })
		},
	}
}

// Request explains a request that was answered: why it was refused or, if it was not, which permission it takes.
func Request(ctx context.Context, t *tenant.Tenant, method, target string, status int) (Explanation, error) {
	if status == http.StatusForbidden {
		return Access(ctx, t, &c8yclient.Error{Method: method, Target: target, Status: status})
	}
	e := Explanation{Title: "Permission", Verdict: "It is not known that this request needs any permission."}
	if need, known := NeedOf(method, target); known {
		e.Verdict = "This request takes " + list(need.Permissions) + "."
		e.say(theme.Text, "request", text.Clean(need.Method+" "+need.Path))
		e.conditions(need)
	}
	return e, nil
}
