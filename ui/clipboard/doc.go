// Package clipboard is the way to the clipboard of the terminal that the user sits at: the escape
// sequence OSC 52, which works over ssh, and what has to be done so that tmux or screen in between
// let it through. A terminal does not say whether it took it; what can be said is where it went.
package clipboard
