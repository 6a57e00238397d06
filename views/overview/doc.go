// Package overview is the tenant's pulse on one screen: its unresolved alarms,
// its devices, its operations, who raises the most alarms and what comes in.
//
// Every number is counted by the tenant, not by what happens to be loaded, and
// opens the list of what it counts. What the platform tells live changes at once;
// everything else is asked for again every so often while it is seen. A topic
// that the user may not read says so in its card, and the others go on.
package overview
