package registry

import (
	"context"
	"errors"
	"fmt"
	"time"

	"c8yx/c8yclient"
)

// The pauses between two questions: short while a user may be watching, longer
// when nobody has come for a while.
const (
	firstPause = time.Second
	lastPause  = 10 * time.Second
)

// Device is a device that wants to be registered.
type Device struct {
	// ID is what the user announces it by, often the serial number.
	ID string
	// SecurityToken is shown by the device and repeated by the user who accepts
	// it. It may be empty unless the tenant demands one.
	SecurityToken c8yclient.Secret
	// Progress is called after every question that was not answered with
	// credentials; nil if nobody is watching.
	Progress func(Progress)
}

// Progress says how the waiting goes.
type Progress struct {
	Attempt int           // how often was asked, from 1
	Waited  time.Duration // since the first question
	Next    time.Duration // until the next one
	// Err is why the last question had no answer, if not for the usual reason
	// that nobody has accepted the device yet.
	Err error
}

// AwaitCredentials asks for the credentials of a device until they are there
// or the context ends; give it a deadline. Whatever goes by itself (no network,
// a tenant that is busy) is waited for as well; any other refusal, such as a
// wrong bootstrap password, is returned at once.
func (r *Registry) AwaitCredentials(ctx context.Context, d Device) (*c8yclient.DeviceCredentials, error) {
	var credentials *c8yclient.DeviceCredentials
	err := await(ctx, d.ID, d.Progress, c8yclient.ErrNotFound, func() (err error) {
		credentials, err = r.client.DeviceCredentials.Request(ctx, d.ID, d.SecurityToken)
		return err
	})
	return credentials, err
}

// AwaitConnection waits for the credentials of a device and returns a client
// that is the device. The credentials come only once: a program that runs more
// than once needs [Registry.AwaitCredentials], and must keep them.
func (r *Registry) AwaitConnection(ctx context.Context, d Device) (*c8yclient.Client, error) {
	credentials, err := r.AwaitCredentials(ctx, d)
	if err != nil {
		return nil, err
	}
	return r.Connect(credentials)
}

// Connect returns a client that is the device with the credentials.
func (r *Registry) Connect(credentials *c8yclient.DeviceCredentials) (*c8yclient.Client, error) {
	options := append([]c8yclient.Option(nil), r.options...)
	return c8yclient.New(r.address, append(options, c8yclient.WithAuth(credentials.Auth()))...)
}

// await asks until there is an answer, a refusal that will not change, or the
// end of the context. notYet is the answer that means: ask again.
func await(ctx context.Context, id string, progress func(Progress), notYet error, ask func() error) error {
	if id == "" {
		return errors.New("registry: the device has no id")
	}
	began := time.Now()
	pause := firstPause
	for attempt := 1; ; attempt++ {
		err := ask()
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return gaveUp(id, began, ctx)
		case errors.Is(err, notYet):
			err = nil
		case !passing(err):
			return fmt.Errorf("registering %q: %w", id, err)
		}
		wait := max(pause, retryAfter(err))
		if progress != nil {
			progress(Progress{Attempt: attempt, Waited: time.Since(began), Next: wait, Err: err})
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return gaveUp(id, began, ctx)
		}
		pause = min(pause*5/4, lastPause)
	}
}

func gaveUp(id string, began time.Time, ctx context.Context) error {
	return fmt.Errorf("registering %q: nobody has accepted it within %s: %w",
		id, time.Since(began).Round(time.Second), context.Cause(ctx))
}

// passing reports whether a failure may go by itself.
func passing(err error) bool {
	return errors.Is(err, c8yclient.ErrTransport) || errors.Is(err, c8yclient.ErrServer) ||
		errors.Is(err, c8yclient.ErrRateLimited)
}

// retryAfter returns how long the platform asks to wait, 0 if it does not.
func retryAfter(err error) time.Duration {
	var refused *c8yclient.Error
	if errors.As(err, &refused) {
		return refused.RetryAfter
	}
	return 0
}
