package views

import (
	"c8yx/keys"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/tenant"
)

// lockActions let a user unlock production for this session and lock it again. changed is called
// after either.
func lockActions(t *tenant.Tenant, scope *ui.Scope, changed func()) []ui.Action {
	name := text.Clean(t.Called())
	set := func(unlocked bool, said text.Safe) {
		t.SetUnlocked(unlocked)
		scope.Toast(toast.Success, said)
		changed()
	}
	unless := func(wrong bool, reason string) func() string {
		return func() string {
			switch {
			case t.Profile.ReadOnly:
				return "the tenant is read-only for good: its profile says so"
			case !t.Guard.Lockable():
				return "the tenant is not marked as production"
			case t.Guard.Locked() == wrong:
				return reason
			}
			return ""
		}
	}
	return []ui.Action{
		{Action: keys.Unlock, Disabled: unless(false, "it is unlocked"), Run: func() {
			scope.Show(&dialog.Confirm{
				Title:    "Unlock production",
				Question: "Allow changes in " + name + " until it is locked again or c8yx ends?",
				Details:  []text.Safe{"Devices, alarms, users and everything else can then be changed and deleted."},
				Yes:      "Unlock", Danger: true, Word: string(name),
				Accept: func() { set(true, name+" is unlocked: what you do now changes production") },
			})
		}},
		{Action: keys.Lock, Disabled: unless(true, "it is locked"), Run: func() { set(false, name+" is locked again") }},
	}
}
