package editor_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"c8yx/ui/editor"
)

func TestTheUsersEditorIsFound(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"vim", "code", "strange"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", folder)
	for name, tc := range map[string]struct {
		environment map[string]string
		want        string // the command, without the folder
		wrong       string
	}{
		"EDITOR":             {map[string]string{"EDITOR": "vim"}, "vim +call cursor(3,5) /tmp/a.json", ""},
		"VISUAL goes first":  {map[string]string{"EDITOR": "vim", "VISUAL": "strange"}, "strange /tmp/a.json", ""},
		"with arguments":     {map[string]string{"VISUAL": "code --wait"}, "code --wait --goto /tmp/a.json:3:5", ""},
		"a blank":            {map[string]string{"VISUAL": " ", "EDITOR": "strange"}, "strange /tmp/a.json", ""},
		"none":               {nil, "", "neither VISUAL nor EDITOR"},
		"one that is absent": {map[string]string{"EDITOR": "emacs"}, "", "EDITOR names cannot be started"},
	} {
		t.Run(name, func(t *testing.T) {
			cmd, err := editor.Command(func(v string) string { return tc.environment[v] }, "/tmp/a.json", 3, 5)
			if tc.wrong != "" {
				if err == nil || !strings.Contains(err.Error(), tc.wrong) {
					t.Fatalf("got %v, want %q in it", err, tc.wrong)
				}
				if errors.Is(err, editor.ErrNone) != (tc.environment == nil) {
					t.Errorf("%v says the wrong thing about whether an editor was named", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimPrefix(strings.Join(cmd.Args, " "), folder+"/"); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}
