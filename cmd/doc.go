// Package cmd is the command line: it reads flags and environment, makes a
// client, a tenant and a shell of them, and turns what went wrong into one
// clear line and an exit code. It wires and decides nothing else.
package cmd
