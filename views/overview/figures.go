package overview

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"c8yx/c8yclient"
)

// Figures is what one wants to know of a tenant at a glance. What the user may not ask for is -1.
type Figures struct {
	// Alarms that somebody has to care for, the gravest severity first.
	Alarms [4]int
	// Devices, and those of them that do not answer.
	Devices, Unavailable int
	// Pending are operations of the last day that no device has taken yet, Failed those that failed.
	Pending, Failed int
	// Waiting are devices that somebody has to accept.
	Waiting int
}

// Ask asks a tenant for its figures.
func Ask(ctx context.Context, client *c8yclient.Client) (Figures, error) {
	var f Figures
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	ask := func(into *int, count func(context.Context) (int, error)) {
		group.Go(func() error {
			n, err := count(ctx)
			if errors.Is(err, c8yclient.ErrForbidden) {
				n, err = -1, nil
			}
			*into = n
			return err
		})
	}
	for i, severity := range severities() {
		ask(&f.Alarms[i], func(ctx context.Context) (int, error) {
			return client.Alarms.Count(ctx, &c8yclient.AlarmFilter{Status: unresolved(), Severity: []c8yclient.Severity{severity}})
		})
	}
	ask(&f.Devices, func(ctx context.Context) (int, error) { return countObjects(ctx, client, "has(c8y_IsDevice)") })
	ask(&f.Unavailable, func(ctx context.Context) (int, error) {
		return countObjects(ctx, client, "has(c8y_IsDevice) and c8y_Availability.status eq 'UNAVAILABLE'")
	})
	day := time.Now().Add(-24 * time.Hour)
	for into, status := range map[*int]c8yclient.OperationStatus{&f.Pending: c8yclient.OperationPending, &f.Failed: c8yclient.OperationFailed} {
		ask(into, func(ctx context.Context) (int, error) {
			return client.Operations.Count(ctx, &c8yclient.OperationListOptions{Status: status, DateFrom: day})
		})
	}
	ask(&f.Waiting, func(ctx context.Context) (int, error) {
		n := 0
		for request, err := range client.NewDeviceRequests.List(ctx, nil) {
			if err != nil {
				return 0, err
			}
			if request.Status == c8yclient.RequestPending {
				n++
			}
		}
		return n, nil
	})
	err := group.Wait()
	return f, err
}
