package c8yclient

import (
	"context"
	"iter"
	"net/http"
)

// link makes a reference to something that has a resource of its own, and names it by the
// path of that: {"role":{"self":"/user/roles/ROLE_ALARM_READ"}}.
func link[T any](ctx context.Context, c *Client, path route, property string, target route) (*T, error) {
	if target.err != nil {
		return nil, invalid(http.MethodPost, path.escaped, target.err)
	}
	return one[T](ctx, c, call{
		method: http.MethodPost, path: path, body: map[string]map[string]string{property: {"self": target.escaped}},
	})
}

// referenced unwraps a list of references. References to nothing are left out.
func referenced[R, T any](references iter.Seq2[*R, error], target func(*R) *T) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for reference, err := range references {
			if err != nil {
				yield(nil, err)
				return
			}
			if item := target(reference); item != nil && !yield(item, nil) {
				return
			}
		}
	}
}
