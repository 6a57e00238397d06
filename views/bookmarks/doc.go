// Package bookmarks keeps the places that a user wants to find again: those marked by hand, with a
// name, and those visited last. Both are kept for each tenant in its state.
package bookmarks
