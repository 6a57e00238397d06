// Package pipe connects HTTP clients and servers inside one process, without sockets. Inside a testing/synctest bubble that
// is the only way: a goroutine that waits for a socket is not durably blocked, one that waits for a pipe is. WebSockets work
// over it as over any connection.
package pipe
