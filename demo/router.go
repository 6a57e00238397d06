package demo

import (
	"iter"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// route is one operation of the API.
type route struct {
	method   string
	path     string // "/alarm/alarms/{id}"
	access   access
	produces string // short vendor type ("alarm"), "" for plain JSON, or a media type with a slash; what Accept is checked against
	handle   handler
}

// handler answers a call. An error that is no [problem] is a defect of the demo and becomes a 500.
type handler func(*call) (reply, error)

// access is who may call a route at all. What depends on the objects concerned is the handler's business, by [call.may].
type access struct {
	anonymous bool
	roles     []string // any of these opens it for all objects; none: every user
	owned     bool     // without the roles: for objects that the user owns, or has inventory roles for
	enrolling bool     // also for users who are still setting up or showing a second factor
}

func anonymous() access { return access{anonymous: true} }

func everyone() access { return access{} }

func needs(roles ...string) access { return access{roles: roles} }

// whileEnrolling lets users in who are still setting up or showing a second factor.
func (a access) whileEnrolling() access {
	a.enrolling = true
	return a
}

// orOwner lets users without the roles in, for what they own.
func (a access) orOwner() access {
	a.owned = true
	return a
}

// router finds routes. It works on the escaped path, so that an escaped slash stays part of its segment, and passes over empty
// segments: clients send //, and a redirect would turn their PUT into a GET.
type router struct{ root node }

// node is a place in the tree of paths. A literal segment goes before a parameter.
type node struct {
	literal map[string]*node
	param   *node
	methods map[string]route
}

// add puts routes into the tree. Two routes for one method and path are a mistake in the tables.
func (r *router) add(routes ...route) {
	for _, added := range routes {
		at := &r.root
		for segment := range segments(added.path) {
			at = at.child(segment)
		}
		if _, twice := at.methods[added.method]; twice {
			panic("demo: two routes for " + added.method + " " + added.path)
		}
		if at.methods == nil {
			at.methods = make(map[string]route)
		}
		at.methods[added.method] = added
	}
}

// child returns the node below for a segment of a pattern, made if need be.
func (n *node) child(segment string) *node {
	if strings.HasPrefix(segment, "{") {
		if n.param == nil {
			n.param = &node{}
		}
		return n.param
	}
	if n.literal == nil {
		n.literal = map[string]*node{}
	}
	if n.literal[segment] == nil {
		n.literal[segment] = &node{}
	}
	return n.literal[segment]
}

// find returns the node of a path and the values of its parameters, nil for an unknown path.
func (r *router) find(escapedPath string) (*node, []string) {
	return r.root.find(slices.Collect(segments(escapedPath)), nil)
}

func (n *node) find(path, values []string) (*node, []string) {
	if len(path) == 0 {
		if n.methods == nil {
			return nil, nil
		}
		return n, values
	}
	if next := n.literal[path[0]]; next != nil {
		if found, values := next.find(path[1:], values); found != nil {
			return found, values
		}
	}
	if n.param == nil {
		return nil, nil
	}
	value, err := url.PathUnescape(path[0])
	if err != nil {
		return nil, nil
	}
	return n.param.find(path[1:], append(values[:len(values):len(values)], value))
}

// allow lists the methods of a node for the header of that name.
func (n *node) allow() string {
	methods := slices.Collect(maps.Keys(n.methods))
	if n.methods["GET"].handle != nil {
		methods = append(methods, "HEAD")
	}
	methods = append(methods, "OPTIONS")
	slices.Sort(methods)
	return strings.Join(methods, ", ")
}

// names returns the parameters of the route's path in order.
func (r route) names() []string {
	var names []string
	for segment := range segments(r.path) {
		if name, ok := strings.CutPrefix(segment, "{"); ok {
			names = append(names, strings.TrimSuffix(name, "}"))
		}
	}
	return names
}

// segments walks over the segments of a path that are not empty.
func segments(path string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for segment := range strings.SplitSeq(path, "/") {
			if segment != "" && !yield(segment) {
				return
			}
		}
	}
}
