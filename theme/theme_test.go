package theme_test

import (
	"strings"
	"testing"

	"c8yx/theme"
)

func TestRenderWrapsTextInTheRolesEscapesAndNothingElse(t *testing.T) {
	for _, dark := range []bool{true, false} {
		th := theme.New(theme.Standard, dark)
		if got := th.Render(theme.Text, "Press 07"); got != "Press 07" {
			t.Errorf("plain text gained escapes: %q", got)
		}
		got := th.Render(theme.Critical, "Press 07")
		if !strings.HasPrefix(got, "\x1b[") || !strings.HasSuffix(got, "Press 07"+theme.Reset) {
			t.Errorf("critical, dark=%v: %q", dark, got)
		}
	}
}

func TestEveryRoleButPlainTextLooksDifferentFromPlainText(t *testing.T) {
	for _, name := range []theme.Name{theme.Standard, theme.ColorBlind} {
		for _, dark := range []bool{true, false} {
			th := theme.New(name, dark)
			for _, r := range theme.Roles() {
				if r != theme.Text && th.SGR(r) == "" {
					t.Errorf("%s, dark=%v: role %d looks like plain text", name, dark, r)
				}
				if th.CursorSGR(r) == "" {
					t.Errorf("%s, dark=%v: role %d vanishes under the cursor", name, dark, r)
				}
			}
		}
	}
}

func TestSeveritiesAreToldApart(t *testing.T) {
	severities := []theme.Role{theme.Critical, theme.Major, theme.Minor, theme.Warning, theme.Good}
	for _, name := range []theme.Name{theme.Standard, theme.ColorBlind} {
		for _, dark := range []bool{true, false} {
			th := theme.New(name, dark)
			seen := map[string]theme.Role{}
			for _, r := range severities {
				if other, dup := seen[th.SGR(r)]; dup {
					t.Errorf("%s, dark=%v: roles %d and %d look the same", name, dark, r, other)
				}
				seen[th.SGR(r)] = r
			}
		}
	}
}

func TestSeriesRolesRepeatAfterTheLastColour(t *testing.T) {
	if theme.SeriesRole(0) != theme.Series1 || theme.SeriesRole(5) != theme.Series6 {
		t.Error("the first series do not get the first colours")
	}
	if theme.SeriesRole(6) != theme.Series1 || theme.SeriesRole(-1) != theme.Series6 {
		t.Error("the colours do not repeat in a circle")
	}
}
