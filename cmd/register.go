package cmd

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/spf13/cobra"

	"c8yx/c8yclient"
	"c8yx/registry"
	"c8yx/ui/text"
)

// newRegister is the command that plays a device.
func newRegister(streams Streams) *cobra.Command {
	var token string
	timeout := 30 * time.Minute
	c := &cobra.Command{
		Use:   "register ID",
		Short: "Play a device: ask for credentials, then send a measurement",
		Long: `Play a device that wants to be registered: ask the tenant for credentials until
somebody has announced and accepted the id, then create the device's twin in the
inventory and send a first measurement.

Where to ask, and as whom, is taken from C8Y_BASEURL and
C8Y_DEVICEBOOTSTRAP_PASSWORD (with _TENANT and _USER), or from c8y_api.yaml.`,
		Example: "  c8yx register SN-0815 --token 4711",
		Args:    plainArgs(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			devices, err := registry.Default()
			if err != nil {
				return usageError{err}
			}
			ctx, cancel := context.WithTimeout(c.Context(), timeout)
			defer cancel()
			return register(ctx, devices, registry.Device{ID: args[0], SecurityToken: c8yclient.Secret(token)}, streams)
		},
	}
	c.Flags().StringVar(&token, "token", "", "security token that whoever accepts must repeat")
	c.Flags().DurationVar(&timeout, "timeout", timeout, "how long to wait for somebody to accept")
	return c
}

// register is the life of a device from its first question to its first
// measurement, told line by line.
func register(ctx context.Context, devices *registry.Registry, device registry.Device, streams Streams) error {
	say := func(format string, args ...any) { fmt.Fprintf(streams.Out, format+"\n", args...) }
	name := text.Clean(device.ID)
	say("%s asks for its credentials. Announce and accept it in the tenant's device requests.", name)
	device.Progress = func(p registry.Progress) {
		waiting := "not accepted yet"
		if p.Err != nil {
			waiting = oneLine(p.Err)
		}
		say("  %s: %s; asking again in %s", p.Waited.Round(time.Second), waiting, p.Next.Round(time.Second))
	}
	client, err := devices.AwaitConnection(ctx, device)
	if err != nil {
		return err
	}
	say("%s is accepted and signs in as a device.", name)
	twin, err := twinOf(ctx, client, device.ID)
	if err != nil {
		return err
	}
	say("Its twin is device/%s.", twin.ID)
	measurement := &c8yclient.Measurement{Source: c8yclient.Source{ID: twin.ID}, Type: "c8y_Temperature", Time: time.Now()}
	if err := measurement.SetValue("c8y_Temperature", "T", 20+5*rand.Float64(), "°C"); err != nil {
		return err
	}
	if _, err := client.Measurements.Create(ctx, measurement); err != nil {
		return err
	}
	say("Its first measurement has arrived: measurements/%s", twin.ID)
	return nil
}

// twinOf returns the managed object of the device, which it finds by its
// serial number or creates.
func twinOf(ctx context.Context, client *c8yclient.Client, id string) (*c8yclient.ManagedObject, error) {
	const serial = "c8y_Serial"
	known, err := client.Identity.Get(ctx, serial, id)
	if err == nil {
		return client.Inventory.Get(ctx, known.ManagedObject.ID, nil)
	}
	if !errors.Is(err, c8yclient.ErrNotFound) {
		return nil, err
	}
	twin := &c8yclient.ManagedObject{Name: id, Type: "c8yx_Device"}
	for name, value := range map[string]any{
		"c8y_IsDevice":               struct{}{},
		"com_cumulocity_model_Agent": struct{}{},
		"c8y_Hardware":               map[string]string{"serialNumber": id, "model": "c8yx register"},
		"c8y_RequiredAvailability":   map[string]int{"responseInterval": 30},
	} {
		if err := twin.SetFragment(name, value); err != nil {
			return nil, err
		}
	}
	if twin, err = client.Inventory.Create(ctx, twin); err != nil {
		return nil, err
	}
	_, err = client.Identity.Create(ctx, twin.ID, serial, id)
	return twin, err
}
