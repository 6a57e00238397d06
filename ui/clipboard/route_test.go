package clipboard_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"c8yx/ui/clipboard"
)

func TestTheWayIsKnownByTheEnvironment(t *testing.T) {
	for name, tc := range map[string]struct {
		environment map[string]string
		want        clipboard.Route
	}{
		"a terminal":     {nil, clipboard.Direct},
		"tmux":           {map[string]string{"TMUX": "/tmp/tmux-0/default,1,0"}, clipboard.Tmux},
		"screen":         {map[string]string{"STY": "1.pts"}, clipboard.Screen},
		"tmux in screen": {map[string]string{"STY": "1.pts", "TMUX": "x"}, clipboard.Tmux},
	} {
		if got := clipboard.RouteOf(func(name string) string { return tc.environment[name] }); got != tc.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestSequencesCarryTheContentThrough(t *testing.T) {
	content := strings.Repeat("Größe 12 µm\n", 300)
	encoded := base64.StdEncoding.EncodeToString([]byte(content))
	osc := "\x1b]52;c;" + encoded + "\a"
	if got := clipboard.Direct.Sequence(content); got != osc {
		t.Errorf("direct: %.60q", got)
	}
	wrapped := "\x1bPtmux;" + strings.ReplaceAll(osc, "\x1b", "\x1b\x1b") + "\x1b\\"
	if got := clipboard.Tmux.Sequence(content); got != osc+wrapped {
		t.Errorf("tmux: %.60q … %.60q", got, strings.TrimPrefix(got, osc))
	}
	// What screen unwraps are the pieces between its brackets.
	var through strings.Builder
	for _, piece := range strings.Split(strings.TrimSuffix(clipboard.Screen.Sequence(content), "\x1b\\"), "\x1b\\") {
		rest, ok := strings.CutPrefix(piece, "\x1bP")
		if !ok || len(rest) > 768 {
			t.Errorf("a piece of %d bytes: %.20q", len(rest), piece)
		}
		through.WriteString(rest)
	}
	if through.String() != osc {
		t.Errorf("through screen comes %.60q", through.String())
	}
}
