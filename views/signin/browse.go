package signin

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"runtime"
)

// errNoBrowser: there is no screen on which a browser could open.
var errNoBrowser = errors.New("there is no display for a browser")

// Browse opens a page in the user's browser: with xdg-open, open or rundll32. It
// fails where there is no display, as over ssh. It waits for the opener, not for
// the browser.
func Browse(ctx context.Context, page string) error {
	name, args := "xdg-open", []string{page}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", page}
	default:
		if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
			return errNoBrowser
		}
	}
	if os.Getenv("SSH_CONNECTION") != "" {
		return errNoBrowser // it would open on the wrong machine
	}
	return exec.CommandContext(ctx, name, args...).Run()
}
