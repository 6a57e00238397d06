package dialog_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/dialog"
)

// pressed gives an overlay keys: names of keys, or letters.
func pressed(p *dialog.Pick, keys ...string) {
	for _, key := range keys {
		switch key {
		case "space":
			p.Key(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
		case "down":
			p.Key(tea.KeyPressMsg{Code: tea.KeyDown})
		case "enter":
			p.Key(tea.KeyPressMsg{Code: tea.KeyEnter})
		case "esc":
			p.Key(tea.KeyPressMsg{Code: tea.KeyEscape})
		default:
			for _, r := range key {
				p.Key(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
		}
	}
}

func TestPicking(t *testing.T) {
	for name, tc := range map[string]struct {
		keys []string
		want string // what is accepted; "" for nothing
		says string
		done bool
	}{
		"ticked and unticked":    {[]string{"space", "down", "space", "enter"}, "readers on, admins off", "", true},
		"narrowed down":          {[]string{"oper", "space", "enter"}, "operators on", "", true},
		"narrowed by a note":     {[]string{"everything", "space", "enter"}, "admins off", "", true},
		"some become all":        {[]string{"busi", "space", "enter"}, "business on", "", true},
		"or none":                {[]string{"busi", "space", "space", "enter"}, "business off", "", true},
		"there and back":         {[]string{"space", "space", "enter"}, "", "Nothing was changed", false},
		"what is fixed":          {[]string{"dev", "space"}, "", "devices join by themselves", false},
		"nothing that matches":   {[]string{"zzz", "space"}, "", "Nothing matches.", false},
		"esc first clears":       {[]string{"oper", "esc"}, "", "business", false},
		"and then leaves":        {[]string{"oper", "esc", "esc"}, "", "", true},
		"esc asks":               {[]string{"space", "esc"}, "", "Throw away what you have changed: 1?", false},
		"and goes on if not":     {[]string{"space", "esc", "esc", "enter"}, "readers on", "", true},
		"and leaves if so":       {[]string{"space", "esc", "y"}, "", "", true},
		"and back to some again": {[]string{"busi", "space", "space", "space", "enter"}, "", "Nothing was changed", false},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			p := &dialog.Pick{Title: "Roles", Items: []dialog.Pickable{
				{Value: "4", Title: "readers"},
				{Value: "2", Title: "admins", Note: "may do everything", Tick: dialog.On},
				{Value: "5", Title: "operators"},
				{Value: "1", Title: "business", Tick: dialog.Some},
				{Value: "3", Title: "devices", Fixed: "devices join by themselves"},
			}, Accept: func(changed []dialog.Pickable) {
				for _, c := range changed {
					got = append(got, string(c.Title)+map[dialog.Tick]string{dialog.On: " on", dialog.Off: " off", dialog.Some: " some"}[c.Tick])
				}
			}}
			pressed(p, tc.keys...)
			if all := strings.Join(got, ", "); all != tc.want || p.Done() != tc.done {
				t.Errorf("accepted %q, done %t", all, p.Done())
			}
			drawn := ansi.Strip(strings.Join(p.Render(theme.New(theme.Standard, true), 80, 24), "\n"))
			if !strings.Contains(drawn, tc.says) {
				t.Errorf("drawn\n%s", drawn)
			}
		})
	}
}

// However small the screen is, the box has its size and the cursor is in it.
func TestPickOnASmallScreen(t *testing.T) {
	p := &dialog.Pick{Title: "Many", Accept: func([]dialog.Pickable) {}}
	for range 200 {
		p.Items = append(p.Items, dialog.Pickable{Title: "an item with a long name that does not fit", Note: "and a note"})
	}
	for range 150 {
		pressed(p, "down")
	}
	for _, height := range []int{5, 10, 24} {
		lines := p.Render(theme.New(theme.Standard, true), 40, height)
		if len(lines) > height || !strings.Contains(ansi.Strip(strings.Join(lines, "\n")), "▌") {
			t.Errorf("%d lines of %d:\n%s", len(lines), height, strings.Join(lines, "\n"))
		}
	}
}
