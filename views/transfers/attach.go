package transfers

import (
	"context"
	"path/filepath"

	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/save"
	"c8yx/views/tenant"
	"c8yx/views/transfer"
)

// Attach lets the transfers of a tenant run in the scope of its desk, and tells there how they
// end.
func Attach(t *tenant.Tenant, scope *ui.Scope) {
	t.Transfers.Attach(scope, func(tr *transfer.Transfer, p transfer.Progress) {
		switch p.State {
		case transfer.Asking:
			askName(scope, tr)
		case transfer.Failed:
			scope.Toast(toast.Failure, p.Title+": "+p.Reason)
		case transfer.Finished:
			moved := amount(&p, p.Done)
			if p.Way == transfer.Up {
				scope.Toast(toast.Success, "Sent "+p.Title+", "+moved)
				return
			}
			scope.Toast(toast.Success, "Saved "+p.Title+", "+moved+", as "+text.Clean(p.Path))
		}
	})
}

// askName asks what becomes of a complete file whose name is taken.
func askName(scope *ui.Scope, tr *transfer.Transfer) {
	p := tr.Progress()
	ui.Load(scope, func(context.Context) (string, error) { return transfer.Free(p.Path), nil }, func(free string, _ error) {
		if tr.Progress().State != transfer.Asking {
			return
		}
		scope.Show(&dialog.Choose{Title: text.Clean(filepath.Base(p.Path)) + " is there already", Choices: save.Choices(p.Path, free, tr.Redirect)})
	})
}
