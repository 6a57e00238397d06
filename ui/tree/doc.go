// Package tree is the virtual tree: nodes are loaded when they are opened, and
// only the rows on the screen are drawn.
//
// A [Tree] holds the structure alone: keys, given by the caller, in their order
// below each other. What a node looks like it asks of the caller, for the rows
// on the screen. The same key may occur below several parents, as a device does
// that belongs to two groups, so what identifies a row is the path of keys that
// leads to it.
//
// Every node knows how many rows are below it, so finding the row under the
// cursor, opening a node above 100,000 others and moving through them take the
// same few microseconds. The cursor rests on a node and not on a number: rows
// that come and go above it do not move it.
//
// Loading is the caller's: [Tree.Expand] says which path is to be loaded, and
// [Tree.SetChildren], [Tree.AddChildren] or [Tree.Fail] bring the answer. There
// are no goroutines here, no keys and no knowledge of what the nodes are.
package tree
