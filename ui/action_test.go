package ui_test

import (
	"testing"

	"c8yx/keys"
	"c8yx/ui"
)

// A list takes esc to clear its filter. Where there is none, esc goes back.
func TestAKeyDoesTheFirstActionThatCanRun(t *testing.T) {
	d := newDesk(t, 120, 40)
	d.pages["home"].scope.Open("devices")
	d.say(nil)
	devices := d.pages["devices"]
	filtered, cleared := true, 0
	clearing := ui.Action{Action: keys.Back, Run: func() { cleared++; filtered = false }, Disabled: func() string {
		if !filtered {
			return "there is no filter"
		}
		return ""
	}}
	devices.more = []ui.Action{clearing}
	d.press("esc")
	d.see("line 0 of home")
	if cleared != 0 {
		t.Fatal("an action that the shell was not told of was done")
	}

	devices.more = nil
	d.press("]")
	devices.more = []ui.Action{clearing}
	devices.scope.Rebind()
	d.press("esc")
	d.see("line 0 of devices")
	if cleared != 1 {
		t.Fatalf("cleared %d times, want once", cleared)
	}
	d.press("esc")
	d.see("line 0 of home")
	d.pages["home"].more = []ui.Action{clearing}
	d.pages["home"].scope.Rebind()
	d.press("esc")
	d.see("this is the first view") // and not that there is no filter
	devices.scope.Rebind()          // of a view that is closed: nothing to do
	d.see("line 0 of home")
}
