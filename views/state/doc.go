// Package state is what c8yx remembers between two starts to please its user: the columns of
// a list, bookmarks, the places last visited. It is not configuration, which the user writes,
// and holds no secret and nothing of a tenant's data but names that the user has chosen.
// Nothing depends on it: a damaged or unwritable file costs a preference and never a start.
package state
