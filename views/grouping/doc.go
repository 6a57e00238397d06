// Package grouping is about groups and what is in them: it asks for a group by name or id, puts
// objects into groups, moves them, takes them out, makes groups, and knows the mistakes that are
// made with them. Members of groups are child assets (reference 4.5).
package grouping
