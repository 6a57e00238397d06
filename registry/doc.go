// Package registry is the device's side of registration: what runs on a device
// that has nothing yet but an id, until it can talk to its tenant.
//
//	devices, err := registry.Default()
//	if err != nil {
//		return err
//	}
//	client, err := devices.AwaitConnection(ctx, registry.Device{ID: "SN-0815"})
//	// From here on the program is the device.
//
// A user announces the id in the tenant; the device asks for credentials, again
// and again, with the bootstrap user that the platform's operator hands out;
// the user accepts; the device gets credentials of its own, once. With a
// certificate authority in the tenant there is a second way:
// [Registry.AwaitCertificate].
//
// Nothing here prints or stores anything: credentials go to the caller, who
// must keep them.
package registry
