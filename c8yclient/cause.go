package c8yclient

import "context"

type causeKey struct{}

// WithCause returns a context whose calls say in their [Exchange] what they are made for:
// "alarms?status=ACTIVE", "Acknowledge". Nothing of it goes to the tenant.
func WithCause(ctx context.Context, cause string) context.Context {
	return context.WithValue(ctx, causeKey{}, cause)
}

// CauseOf returns what [WithCause] said, "" if nobody did.
func CauseOf(ctx context.Context) string {
	cause, _ := ctx.Value(causeKey{}).(string)
	return cause
}
