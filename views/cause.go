package views

import (
	"context"
	"strings"

	"c8yx/c8yclient"
	"c8yx/keys"
)

// because marks what the tenant is asked with what it is asked for: the list of requests and
// the journal show it. Going somewhere is no reason of its own: the place says it.
func because(ctx context.Context, place string, by keys.Action) context.Context {
	if place = c8yclient.Redact(place); place == "" {
		place = "c8yx itself"
	}
	if by.ID != "" && by.Context != keys.Everywhere && by.Context != keys.Moving {
		return c8yclient.WithCause(ctx, strings.TrimSuffix(by.Title, "…")+" · "+place)
	}
	return c8yclient.WithCause(ctx, place)
}
