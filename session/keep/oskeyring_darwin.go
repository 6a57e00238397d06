package keep

import (
	"context"
	"errors"
	"os/exec"
)

// look cannot tell whether macOS will ask the user.
func look(context.Context, string) (openness, error) { return unknown, nil }

// refused reports whether the exit code of security(1), the lowest byte of an OSStatus, means
// that something stayed locked: errSecInteractionNotAllowed (-25308), errSecAuthFailed
// (-25293) or userCanceledErr (-128).
func refused(err error) bool {
	var ended *exec.ExitError
	if !errors.As(err, &ended) {
		return false
	}
	switch ended.ExitCode() {
	case 36, 51, 128:
		return true
	}
	return false
}
