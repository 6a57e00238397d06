// Package demo is a Cumulocity tenant in memory: an [http.Handler] that answers as the platform does, its data, and a simulated
// fleet that lives in it. Only cmd and tests import it.
//
//	tenant, err := demo.New(demo.Options{Devices: 500, Life: true})
//	tenant.Start(ctx)
//	defer tenant.Close()
//	http.ListenAndServe("127.0.0.1:8090", tenant)
//
// A request walks through [Tenant.ServeHTTP]: faults and latency, the router with its tables of routes, who is calling, what
// they may, the handler, the one writer of replies, and after the reply what others must learn of. Each area of the API is a
// type of its own (inventory, alarms, …) in a file of that name: its routes as data, its rules as methods that the fleet calls
// too. Areas share a platform and nothing else.
//
// What lives in it are the devices of package fleet and what people have set up, the tables of package office. All of it happens in the time
// of one clock, that of [Options], which package clock has in several sorts.
//
// How one gets in, and everything that can go wrong with it, is decided by [SignIn], [SessionOptions], the users that [Tenant.Users] lists and what
// happens meanwhile; TestEveryWayToSignIn is the list of all cases with how to bring each about. Single sign-on has a provider of its own,
// package idp.
//
// Left out is what has no source. Of a bulk operation the start can be put off until it has begun; neither the reference nor the official
// document nor the vendor's client knows a state or a call to pause one after that.
//
// The rules come from the platform's documentation, never from what c8yx happens to need: nothing of c8yclient may enter, not
// even a type.
package demo
