package keys

// ID identifies an action in the configuration, in the palette and in the
// documentation: "alarm.acknowledge".
type ID string

// Action is the record of something a user can do. What it does, and whether
// it can be done right now, is bound to it by the view that offers it.
type Action struct {
	ID      ID
	Title   string   // imperative, as shown in the palette: "Acknowledge alarm"
	Hint    string   // one or two words for the footer: "acknowledge"
	Keys    []string // the default keys, the one to show first
	Context Context  // where it is offered

	Many     bool // works on all marked things at once
	Writes   bool // changes something in the tenant
	Destroys bool // removes something from the tenant

	// Needs lists the permissions of which any one suffices ("ROLE_ALARM_ADMIN").
	Needs []string
}

// Context is where an action is offered. Contexts nest: what is offered
// everywhere is offered in a list of alarms as well.
type Context string

// The contexts, from the outermost inward.
const (
	Everywhere   Context = "everywhere"
	Moving       Context = "moving" // in everything that has a cursor
	Lists        Context = "lists"
	Documents    Context = "documents"
	Trees        Context = "trees"
	Charts       Context = "charts"
	Pages        Context = "pages" // views with tabs
	Devices      Context = "devices"
	Groups       Context = "groups"
	Alarms       Context = "alarms"
	Events       Context = "events"
	Operations   Context = "operations"
	Measurements Context = "measurements"
	Overview     Context = "overview"
	Transfers    Context = "transfers"
	Door         Context = "no tenant" // while none is open
	JobLists     Context = "jobs"
	Journal      Context = "journal"
	Traffic      Context = "requests"

	BulkOperations Context = "bulk operations"
	Requests       Context = "device requests"
	Files          Context = "files"
	Users          Context = "users"
	Roles          Context = "roles" // global roles and inventory roles
	Me             Context = "me"    // the page of the user who sits here
	Applications   Context = "applications"
	Options        Context = "options" // of tenants, and features
	Subtenants     Context = "tenants"
	Audit          Context = "audit"
	Subscriptions  Context = "subscriptions"
	Rules          Context = "rules" // retention, remote access
	Repositories   Context = "repositories"
	Versions       Context = "versions" // of applications
	Certificates   Context = "certificates"
	LoginOptions   Context = "login options"
)

// parents says which contexts surround a context directly. Most are those of a list.
func (c Context) parents() []Context {
	switch c {
	case Everywhere:
		return nil
	case Moving, Door:
		return []Context{Everywhere}
	case Lists, Documents, Trees, Charts, Pages, Overview, Me:
		return []Context{Moving}
	case Devices:
		return []Context{Lists, Trees, Pages}
	case Measurements:
		return []Context{Charts}
	default:
		return []Context{Lists}
	}
}

// within reports whether everything offered in outer is offered in c too.
func (c Context) within(outer Context) bool {
	if c == outer {
		return true
	}
	for _, p := range c.parents() {
		if p.within(outer) {
			return true
		}
	}
	return false
}

// Contexts returns all contexts in the order of the key sheet.
func Contexts() []Context {
	return []Context{
		Everywhere,
		Moving,
		Lists,
		Documents,
		Trees,
		Charts,
		Pages,
		Overview,
		Devices,
		Groups,
		Alarms,
		Events,
		Operations,
		Measurements,
		BulkOperations,
		Requests,
		Files,
		Users,
		Roles,
		Me,
		Applications,
		Options,
		Subtenants,
		Audit,
		Subscriptions,
		Rules,
		Repositories,
		Versions,
		Certificates,
		LoginOptions,
		Transfers,
		JobLists,
		Journal,
		Traffic,
		Door,
	}
}
