// Package demotest serves a demo tenant to somebody's Go tests: a Cumulocity of one's own, made in milliseconds and gone with the
// test.
//
//	func TestPump(t *testing.T) {
//		tenant := demotest.Start(t, demo.Options{Devices: -1})
//		client := pump.New(tenant.URL, tenant.Admin.Name, tenant.Admin.Password)
//		…
//		tenant.Settle() // what the platform does a little later happens now
//	}
//
// Only serving lives here. What a tenant is and does is in package demo.
package demotest
