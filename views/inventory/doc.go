// Package inventory is the view of the tenant's tree of things: groups, smart
// groups and what is in them, down to the services of a device.
//
// Cumulocity has three relations between managed objects, and people mix them
// up: child assets (members of a group), child devices (behind a gateway) and
// child additions (services, files). The tree shows all of them in one, each
// with its own mark, and warns where one was used for another.
//
// The view keeps one [object] for every managed object that it has seen,
// however many places it has in the tree, and the links between those that were
// loaded. What is below an object is read when it is opened, page by page; live
// messages change the objects; package ui/tree holds what is open and where the
// cursor is. Lists of one kind of thing are package collection's affair, and the
// page about one device is package devicepage's.
package inventory
