// Package editor finds the editor that a user likes and makes the command that opens a file in it.
// It runs nothing itself: an editor needs the terminal, which only the shell can lend.
package editor
