package c8yclient

import (
	_ "embed" // the list of endpoints
	"strings"
	"sync"
)

//go:embed endpoints.txt
var endpointList string

// Endpoint is an operation of the REST API: what can be asked of a path.
type Endpoint struct {
	Method string
	// Path is a template: "/alarm/alarms/{id}".
	Path string
}

// endpoints reads the list, once and not before somebody asks.
var endpoints = sync.OnceValue(func() []Endpoint {
	var all []Endpoint
	for line := range strings.Lines(endpointList) {
		if words := strings.Fields(line); len(words) == 2 {
			all = append(all, Endpoint{Method: words[0], Path: words[1]})
		}
	}
	return all
})

// Endpoints returns every operation that the package knows, in the order of their paths. A path
// that is not among them can be asked for nevertheless, with [Client.Get] and its like.
func Endpoints() []Endpoint { return endpoints() }
