// Package c8yclient is a client for the REST and realtime API of a Cumulocity
// IoT tenant. It is a library in its own right: it prints nothing, keeps no
// global state, takes a context everywhere, and imports no other package of
// this repository. Nothing that draws on a screen, stores a secret or knows a
// particular program may enter.
//
// # A client
//
//	client, err := c8yclient.New("https://acme.example",
//		c8yclient.WithAuth(c8yclient.Basic{Tenant: "t4711", User: "jane", Password: secret}))
//
//	for alarm, err := range client.Alarms.List(ctx, &c8yclient.AlarmListOptions{
//		Severity: []c8yclient.Severity{c8yclient.SeverityCritical},
//	}) {
//		if err != nil {
//			return err
//		}
//		fmt.Println(alarm.Time, alarm.Text)
//	}
//
// A Client is safe for concurrent use; make one per tenant and share it. Its
// services ([Client.Inventory], [Client.Alarms], …) carry one method per
// operation of the API. The doc comment of each names the operation in a line
// of its own,
//
//	Operation: GET /alarm/alarms
//
// and a test compares those lines with the operations of the official
// specification and with the requests that the methods really send. What the
// platform has beyond the specification says so.
//
// # Lists
//
// Every list comes in three forms: List walks all items of all pages, Pages all
// pages, Page gives one. The first two fetch the next page while the caller
// looks at the current one. They ask for pages of [MaxPageSize] unless told
// otherwise and follow the platform's next links, so that users who may see
// only part of a tenant (whose pages come short or empty) still see all of it.
// An error is yielded once, as the last element.
//
// # Documents
//
// A [ManagedObject], [Alarm], [Event], [Measurement] or [Operation] has fields
// for what the platform defines and keeps everything else – the fragments – as
// raw JSON in its embedded [Document], which is encoded back unchanged. Read
// fragments with [Document.Fragment] or, typed, with [FragmentAs]; write them with
// [Document.SetFragment]. Decoding is forgiving: a standard field that has the
// wrong type stays among the fragments rather than making the page unreadable.
//
// # Files
//
// Uploads and downloads are streamed, whatever their size: an [Upload] has a
// reader for a body, [File.Save] writes to a writer. [Progress] tells how far an
// upload is, and [BinariesService.DownloadFrom] goes on with a download that
// broke off.
//
// # Errors
//
// Every failed call returns an [*Error] saying what was tried and what the
// tenant answered. Ask for its meaning with errors.Is and one of the Err…
// values: [ErrNotFound], [ErrForbidden], [ErrTFARequired] …
//
// # Behaviour on the wire
//
// All services share one transport per client. It limits concurrency and,
// on request, the rate; waits when the tenant says 429 or 503 with Retry-After;
// repeats GET, HEAD, PUT and DELETE after transient failures, and a POST only
// when no connection could be made, so that it surely was not executed;
// gives up on a tenant that stays silent; and reports each finished attempt to
// the hook set by [WithHook]. Credentials are added only to requests for the
// client's own host, whatever links or redirects say.
package c8yclient
