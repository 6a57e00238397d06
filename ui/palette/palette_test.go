package palette_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/palette"
	"c8yx/ui/text"
)

// entries of a small program; opened notes which was taken.
func entries(opened *string) []palette.Entry {
	entry := func(title text.Safe, aliases string, kind text.Safe) palette.Entry {
		return palette.Entry{Title: title, Aliases: aliases, Kind: kind, Run: func() { *opened = string(title) }}
	}
	clear := entry("Clear", "alarm.clear", "action")
	clear.Reason = "needs ROLE_ALARM_ADMIN"
	return []palette.Entry{
		entry("Devices", "dev", "view"),
		entry("Also unmark", "list.unmark", "action"),
		entry("Alarms", "al", "view"),
		entry("alarms?severity=CRITICAL", "", "recent"),
		clear,
	}
}

func typeInto(p *palette.Palette, typed string) {
	for _, r := range typed {
		p.Key(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func TestWhatIsTyped(t *testing.T) {
	asPlace := func(opened *string) func(string) *palette.Entry {
		return func(typed string) *palette.Entry {
			if !strings.ContainsAny(typed, "?/") {
				return nil
			}
			return &palette.Entry{Title: text.Clean(typed), Kind: "place", Run: func() { *opened = "place " + typed }}
		}
	}
	for typed, want := range map[string]string{
		"":                         "Devices", // the first, while nothing is typed
		"al":                       "Alarms",  // it is called so
		"als":                      "Also unmark",
		"ALARM":                    "Alarms",
		"crit":                     "alarms?severity=CRITICAL", // within
		"dvcs":                     "Devices",                  // the letters in order
		"alarms?severity=CRITICAL": "alarms?severity=CRITICAL",
		"alarms?sev=C":             "place alarms?sev=C",         // a place before what only resembles it
		"alarms?severity=CRIT":     "place alarms?severity=CRIT", // and before a longer one that begins with it
		"device/4711":              "place device/4711",
		"zzz":                      "", // nothing
	} {
		opened := ""
		p := palette.New(entries(&opened), palette.Typed{Means: asPlace(&opened)})
		typeInto(p, typed)
		p.Key(tea.KeyPressMsg{Code: tea.KeyEnter})
		if opened != want {
			t.Errorf("%q opened %q, want %q", typed, opened, want)
		}
		if p.Done() != (want != "") {
			t.Errorf("%q: done %v", typed, p.Done())
		}
	}
}

// A text that names nothing known can be asked about; where something is known it goes first.
func TestATextThatNamesNothingIsAskedAbout(t *testing.T) {
	for typed, want := range map[string]string{"SN-0815": "ask SN-0815", "al": "Alarms", "dvcs": "Devices"} {
		opened := ""
		p := palette.New(entries(&opened), palette.Typed{Ask: func(typed string) *palette.Entry {
			return &palette.Entry{Title: "What is it?", Run: func() { opened = "ask " + typed }}
		}})
		typeInto(p, typed)
		p.Key(tea.KeyPressMsg{Code: tea.KeyEnter})
		if opened != want {
			t.Errorf("%q opened %q, want %q", typed, opened, want)
		}
	}
}

func TestWhatCannotBeDoneStaysAndSaysWhy(t *testing.T) {
	opened := ""
	p := palette.New(entries(&opened), palette.Typed{})
	typeInto(p, "clear")
	p.Key(tea.KeyPressMsg{Code: tea.KeyEnter})
	if p.Done() || opened != "" {
		t.Errorf("took %q", opened)
	}
	screen := ansi.Strip(strings.Join(p.Render(theme.New(theme.Standard, true), 80, 24), "\n"))
	if strings.Count(screen, "needs ROLE_ALARM_ADMIN") != 2 {
		t.Errorf("the reason stands beside the entry and below the list:\n%s", screen)
	}
}

func TestEveryLineIsAsWide(t *testing.T) {
	opened := ""
	for _, size := range [][2]int{{80, 24}, {60, 15}, {250, 70}, {20, 5}} {
		p := palette.New(entries(&opened), palette.Typed{})
		for range 9 {
			p.Key(tea.KeyPressMsg{Code: tea.KeyDown})
		}
		lines := p.Render(theme.New(theme.Standard, true), size[0], size[1])
		for _, l := range lines {
			if ansi.StringWidth(l) != ansi.StringWidth(lines[0]) || ansi.StringWidth(l) > size[0] {
				t.Errorf("%v: %q", size, ansi.Strip(l))
			}
		}
		if len(lines) > max(size[1], 8) {
			t.Errorf("%v: %d lines", size, len(lines))
		}
	}
}
