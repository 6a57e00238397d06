package fleet

import (
	"maps"
	"slices"
	"strings"
)

// Firmware is an image that devices of the company run, with its versions from old to new.
type Firmware struct {
	Name, DeviceType string
	Versions         []string
}

// Software is a package on devices of the company.
type Software struct{ Name, Version, Type, DeviceType string }

// Configuration is a text that devices of a type are configured with.
type Configuration struct{ Name, Type, DeviceType, Text string }

// Repository is what the company keeps ready for its devices, by name: what a tenant has in its firmware, software and configuration
// repositories.
func Repository() (firmware []Firmware, software []Software, configurations []Configuration) {
	images, packages := map[string]Firmware{}, map[string]Software{}
	for _, c := range newCatalog().all() {
		if _, known := images[c.image]; len(c.firmware) > 0 && !known {
			images[c.image] = Firmware{c.image, c.kind, c.firmware}
		}
		for _, s := range c.software {
			packages[s.name] = Software{s.name, s.version, s.kind, c.kind}
		}
		if c.config != "" {
			configurations = append(configurations, Configuration{"Default of " + c.image, c.image, c.kind, c.config})
		}
	}
	firmware = slices.SortedFunc(maps.Values(images), func(a, b Firmware) int { return strings.Compare(a.Name, b.Name) })
	software = slices.SortedFunc(maps.Values(packages), func(a, b Software) int { return strings.Compare(a.Name, b.Name) })
	slices.SortStableFunc(configurations, func(a, b Configuration) int { return strings.Compare(a.Name, b.Name) })
	configurations = slices.CompactFunc(configurations, func(a, b Configuration) bool { return a.Name == b.Name })
	return firmware, software, configurations
}
