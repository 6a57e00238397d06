// Package copyas writes things so that they mean something elsewhere: a request as a curl or c8y
// command, a journal as a shell script, an object as a link to the web interface. Secrets never
// are in what it writes: variables stand in their places. [Menu] is the question what to copy, the
// same in every view.
package copyas
