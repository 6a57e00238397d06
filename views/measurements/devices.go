package measurements

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/views/place"
)

// mostDevices is how many devices are looked at side by side: as many as have letters to tell their
// lines apart, with some room.
const mostDevices = 20

// atOnce is how many devices are asked at the same time.
const atOnce = 4

// devicesOf returns the devices of a place.
func devicesOf(p place.Place) ([]string, error) {
	if len(p.Path) != 1 {
		return nil, fmt.Errorf("%s: write measurements/DEVICE, with the id of a device, or measurements/DEVICE,DEVICE", p)
	}
	var devices []string
	for id := range strings.SplitSeq(p.Path[0], ",") {
		if id = strings.TrimSpace(id); id != "" && !slices.Contains(devices, id) {
			devices = append(devices, id)
		}
	}
	switch {
	case len(devices) == 0:
		return nil, fmt.Errorf("%s: no device is named", p)
	case len(devices) > mostDevices:
		return nil, fmt.Errorf("%s: at most %d devices are shown side by side, these are %d", p, mostDevices, len(devices))
	}
	return devices, nil
}

// At returns the place of the measurements of devices; the first ones, if they are too many.
func At(devices ...string) place.Place {
	return place.At("measurements", strings.Join(devices[:min(len(devices), mostDevices)], ","))
}

// several reports whether the devices have to be told apart.
func (v *View) several() bool { return len(v.devices) > 1 }

// named names the devices: "Press 07", "Press 07 and 2 more".
func (v *View) named() text.Safe {
	name := text.Clean(v.tenant.Name(v.devices[0]))
	if v.several() {
		name += " and " + text.Count(len(v.devices)-1) + " more"
	}
	return name
}

// pointed returns the device whose series is under the cursor.
func (v *View) pointed() string {
	if v.cursor < len(v.series) {
		return v.series[v.cursor].device
	}
	return v.devices[0]
}

// known is what the inventory says of a device.
type known struct {
	name   string
	series []string
}

// learn asks which series the devices have, and then reads the window.
func (v *View) learn() {
	ui.Load(v.scope, func(ctx context.Context) ([]known, error) {
		all := make([]known, len(v.devices))
		group, ctx := errgroup.WithContext(ctx)
		group.SetLimit(atOnce)
		for i, id := range v.devices {
			group.Go(func() (err error) {
				all[i], err = v.ask(ctx, id)
				return err
			})
		}
		return all, group.Wait()
	}, func(all []known, err error) {
		if err != nil {
			v.fail(err, v.learn)
			return
		}
		for i, id := range v.devices {
			v.tenant.Remember(id, all[i].name)
		}
		if v.several() && v.chosen == nil {
			v.chosen = common(all)
		}
		for i, id := range v.devices {
			for _, name := range slices.Concat(all[i].series, v.wanted(id)) {
				v.seriesOf(id, name)
			}
		}
		v.arrange()
		v.read()
	})
}

// ask asks the inventory for a device.
func (v *View) ask(ctx context.Context, id string) (known, error) {
	var d known
	inventory := v.tenant.Client.Inventory
	names, err := inventory.SupportedSeries(ctx, id)
	if err != nil && !private(err) {
		return d, err
	}
	d.series = slices.Sorted(slices.Values(names))
	if v.tenant.Name(id) != id {
		return d, nil
	}
	object, err := inventory.Get(ctx, id, nil)
	if err == nil {
		d.name = object.Name
	} else if errors.Is(err, context.Canceled) {
		return d, err
	}
	return d, nil // its id will do
}

// wanted returns the names of the series that the place wants of a device, known or not.
func (v *View) wanted(device string) []string {
	if !v.several() {
		return v.chosen
	}
	var names []string
	for _, chosen := range v.chosen {
		if name, own := strings.CutPrefix(chosen, device+"/"); own {
			names = append(names, name)
		}
	}
	return names
}

// common returns the series that most of the devices have: what they are compared by, before the
// user chooses.
func common(devices []known) []string {
	count := map[string]int{}
	for _, d := range devices {
		for _, name := range d.series {
			count[name]++
		}
	}
	if len(count) == 0 {
		return nil
	}
	return []string{slices.MaxFunc(slices.Collect(maps.Keys(count)), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[a], count[b]), cmp.Compare(b, a))
	})}
}
