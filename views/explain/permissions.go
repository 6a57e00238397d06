package explain

import (
	_ "embed" // the table of permissions
	"strings"
	"sync"
)

//go:embed permissions.txt
var permissionTable string

// Need is what a user must have for an operation of the REST API.
type Need struct {
	Method string
	// Path is the template that the operation is known by: "/alarm/alarms/{id}".
	Path string
	// Permissions are those of which any one suffices.
	Permissions []string
	// Limits say what one of them is good for, if not for everything.
	Limits map[string]Limit
	// Owner says that owning the object concerned suffices, Object that a permission on
	// that object does: by an inventory role or as a device permission.
	Owner, Object bool
	// From is what the user's tenant has to be besides; "" is any.
	From Standing
}

// Limit is what a permission is good for.
type Limit string

// The limits of the table.
const (
	Below Limit = "below" // users below one's own
	Self  Limit = "self"  // oneself
	Both  Limit = "both"  // together with the other one of which the same is said
)

// Standing is what a tenant is to what a request is about.
type Standing string

// The standings of the table.
const (
	Management Standing = "management" // it is the management tenant
	Parent     Standing = "parent"     // it is that, or the parent of the tenant concerned
	Author     Standing = "author"     // it owns the application
)

// needs reads the table of permissions, once and not before somebody asks.
var needs = sync.OnceValue(func() []Need {
	var all []Need
	for line := range strings.Lines(permissionTable) {
		words := strings.Fields(line)
		if len(words) < 3 || strings.HasPrefix(line, "#") {
			continue
		}
		need := Need{Method: words[0], Path: words[1], Limits: map[string]Limit{}}
		for _, word := range words[2:] {
			switch word {
			case "owner":
				need.Owner = true
			case "object":
				need.Object = true
			case string(Management), string(Parent), string(Author):
				need.From = Standing(word)
			default:
				permission, limit, limited := strings.Cut(word, "/")
				need.Permissions = append(need.Permissions, permission)
				if limited {
					need.Limits[permission] = Limit(limit)
				}
			}
		}
		all = append(all, need)
	}
	return all
})

// Needs returns what every operation of the REST API needs that not every user may do.
func Needs() []Need { return needs() }

// NeedOf returns what a request needs; target is its path, a query may follow. ok is false for
// requests that every signed-in user may make, and for unknown ones.
func NeedOf(method, target string) (need Need, ok bool) {
	path, _, _ := strings.Cut(target, "?")
	segments := segmentsOf(path)
	best := -1
	for _, candidate := range needs() {
		if candidate.Method != method {
			continue
		}
		if literal := fits(segmentsOf(candidate.Path), segments); literal > best {
			need, best = candidate, literal
		}
	}
	return need, best >= 0
}

// segmentsOf splits a path; empty segments do not count, as for the platform.
func segmentsOf(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
}

// fits returns how many segments of the template the path repeats to the letter, -1 if the
// path is of another operation. A literal segment goes before a parameter.
func fits(template, path []string) int {
	if len(template) != len(path) {
		return -1
	}
	literal := 0
	for i, segment := range template {
		switch {
		case strings.HasPrefix(segment, "{"):
		case segment == path[i]:
			literal++
		default:
			return -1
		}
	}
	return literal
}
