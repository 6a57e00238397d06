package transfer

import (
	"errors"
	"io/fs"
	"syscall"
	"testing"
)

func TestErrorsOfDisksAreSaidInWords(t *testing.T) {
	for errno, want := range map[syscall.Errno]string{
		syscall.ENOSPC: "the disk is full: /x/y.part",
		syscall.EDQUOT: "the disk is full: /x/y.part",
		syscall.EACCES: "you may not write to: /x",
		syscall.EROFS:  "nothing can be written to: /x",
		syscall.EIO:    "input/output error: /x/y.part",
	} {
		err := plain(&fs.PathError{Op: "write", Path: "/x/y.part", Err: errno})
		if err.Error() != want || !errors.Is(err, errno) {
			t.Errorf("%v is said as %q, want %q", errno, err, want)
		}
	}
}
