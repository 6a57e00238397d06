package fleet

import (
	"maps"
	"slices"
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
	images, packages, texts := map[string]Firmware{}, map[string]Software{}, map[string]Configuration{}
	for _, c := range newCatalog().all() {
		if _, known := images[c.image]; len(c.firmware) > 0 && !known {
			images[c.image] = Firmware{c.image, c.kind, c.firmware}
		}
		for _, s := range c.software {
			packages[s.name] = Software{s.name, s.version, s.kind, c.kind}
		}
		name := "Default of " + c.image
		if _, known := texts[name]; c.config != "" && !known {
			texts[name] = Configuration{name, c.image, c.kind, c.config}
		}
	}
	return byName(images), byName(packages), byName(texts)
}

// byName returns what a map has, in the order of its keys.
func byName[T any](all map[string]T) (sorted []T) {
	for _, name := range slices.Sorted(maps.Keys(all)) {
		sorted = append(sorted, all[name])
	}
	return sorted
}
