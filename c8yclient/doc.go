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
//		AlarmFilter: c8yclient.AlarmFilter{Severity: []c8yclient.Severity{c8yclient.SeverityCritical}},
//	}) {
//		if err != nil {
//			return err
//		}
//		fmt.Println(alarm.Time, alarm.Text)
//	}
//
// A Client is safe for concurrent use; make one per tenant and share it. How it
// signs in is its [Auth]: [Basic], [Bearer] or [Cookie]. [Authenticate] gets a
// token for a password, with a second factor if need be; [Claims] say how long it
// is good for.
//
// # Services
//
// Everything else is in services, the fields of [Client]:
//
//   - devices and what belongs to them: [InventoryService], [IdentityService],
//     [BinariesService], [OperationsService], [BulkOperationsService]
//   - what devices send: [MeasurementsService], [EventsService], [AlarmsService]
//   - registration: [NewDeviceRequestsService], [DeviceCredentialsService],
//     [EnrollmentService], [TrustedCertificatesService], [CertificateAuthorityService]
//   - users and what they may: [CurrentUserService], [UsersService],
//     [GlobalRolesService], [InventoryRolesService], [PermissionsService],
//     [DevicePermissionsService]
//   - the tenant: [TenantService], [TenantOptionsService], [SystemOptionsService],
//     [LoginOptionsService], [FeaturesService], [RetentionRulesService],
//     [AuditRecordsService], [UsageStatisticsService], [TenantsService] below it
//   - applications: [ApplicationsService], [CurrentApplicationService],
//     [MicroservicesService], [RemoteAccessService]
//   - news: [Client.Realtime] as it happens, [NotificationSubscriptionsService],
//     [NotificationTokensService] and [Client.ConsumeNotifications] without loss
//
// They carry one method per operation of the API, whose doc comment names the
// operation in a line of its own,
//
//	Operation: GET /alarm/alarms
//
// and a test compares those lines with the operations of the official
// specification and with the requests that the methods really send. What the
// platform has beyond the specification says so. [Client.Get] and its like take
// any path. Who comes from the Python client finds its functions in c8y_api.md,
// beside this file.
//
// # Lists
//
// Every list comes in three forms: List walks all items of all pages, Pages all
// pages, Page gives one. The first two fetch ahead while the caller looks at what
// has come, which is a page at first and more the further the caller reads, and
// keep no more than these few pages in memory. They ask for pages of
// [MaxPageSize] unless told otherwise. When the loop ends, so has every request
// that it began; an error is yielded once, as the last element.
//
// Totals cost the tenant time, so nothing asks for them by itself. Count asks for
// nothing else: run it beside a list, with a context of its own. If a list is asked
// for totals in [Paging], the first request is, and the first page has them.
//
// # Large collections
//
// The platform finds page 500 of a list by counting through pages 1 to 499, so
// reading to the end by page numbers takes longer with every page. List and Pages
// therefore ask for what comes after the last item that they have, where the list
// has an order that allows it:
//
//   - [InventoryService] by id: with Query, Q, Type, FragmentType and Owner, unless
//     the query asks for an order itself. The objects come by ascending id.
//   - [AlarmsService] and [EventsService] by time, the newest first;
//     [MeasurementsService] and [OperationsService] by time, the oldest first; with
//     Revert the other way round. Items of the same millisecond come once each, even
//     when they fill several pages.
//
// Where the end is known as well – the tenant is asked for the highest id or the
// last time, or there are dates in the filter – several parts of the list are read
// at once, up to the concurrency of the client less two (see [WithConcurrency]),
// and still delivered in order. How wide a part is to hold a page follows from what
// came before.
//
// Other filters, other lists, and users who may see only part of a tenant (whose
// pages are numbered in no order, and come short or empty in the middle) are read
// by the platform's next links. So is a list that comes in another order than it
// should. Set [Paging].Walk to [WalkPages] to have all lists read that way.
//
// A list is not a snapshot: what is created or deleted meanwhile may be in it or
// not. What is there all the time comes exactly once, except through next links,
// where deletions shift what follows. An alarm that rises again meanwhile moves to
// the newest and may be missed.
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
// # Options of single calls
//
// Processing mode, units, headers, another application key or no retry are for single
// calls and travel in the context:
//
//	quiet := c8yclient.WithCallOptions(ctx, c8yclient.CallOptions{ProcessingMode: c8yclient.Quiescent})
//	_, err := client.Events.Create(quiet, event)
//
// # What may be sent
//
// A program that must not change a tenant gives its client a guard, see [WithGuard]: it is
// asked about every request, told what that would do, and what it forbids does not leave.
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
