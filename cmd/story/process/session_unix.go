//go:build unix

package process

import "syscall"

// controllingTerminal makes the program the leader of a session whose terminal is
// its standard input, as a login does: ctrl+c and changes of the size reach it.
func controllingTerminal() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Setctty: true}
}
