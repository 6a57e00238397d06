package lobby

import (
	"context"

	"c8yx/ui"
)

// signOut ends the session of a tenant, open or only kept, and closes its desk.
func (l *Lobby) signOut(scope *ui.Scope, r row, done func(page string, err error)) {
	open := l.open[r.desk]
	ui.Load(scope, func(ctx context.Context) (string, error) {
		if open != nil && open.tenant.Session != nil {
			return open.tenant.Session.Logout(ctx)
		}
		t, err := l.options.Gate(r.profile).Tenant(nil)
		if err != nil || t.Session == nil {
			return "", err
		}
		return t.Session.Logout(ctx)
	}, func(page string, err error) {
		if open != nil {
			scope.CloseDesk(r.desk)
		}
		done(page, err)
	})
}
