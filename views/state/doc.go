// Package state is what c8yx remembers between two starts to please its user: the columns of
// a list, bookmarks, the places last visited. It is not configuration, which the user writes,
// and holds no secret. Of a tenant's data it holds what the user has typed or chosen: names of columns,
// and places with the ids and words in them; and, to suggest them, the names of fragments that were seen
// and the constants that occur in them.
// Nothing depends on it: a damaged or unwritable file costs a preference and never a start.
package state
