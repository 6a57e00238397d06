// Package dialog holds the questions that lie over the screen. Each is a plain
// struct that takes keys until it is done and then calls back; the shell
// draws the stack of them. The default answer of a question that destroys
// something is always the harmless one.
package dialog
