package views

import (
	"net/url"
	"strings"
)

// apiPath joins the segments of a path of the REST API, each escaped: what users name themselves
// may hold slashes.
func apiPath(segments ...string) string {
	escaped := make([]string, len(segments))
	for i, s := range segments {
		escaped[i] = url.PathEscape(s)
	}
	return strings.Join(escaped, "/")
}
