// Command c8yx explores Cumulocity IoT tenants in a terminal.
package main

import (
	"os"

	"c8yx/cmd"
)

func main() {
	os.Exit(cmd.Main(os.Args[1:], cmd.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}
