// Package notify is the one hub through which everything that happens in the demo tenant becomes known to those who listen,
// and the protocols in which they listen: Bayeux (CometD) over WebSocket and long polling, as /notification/realtime,
// /cep/realtime and /notification/operations speak it, and the consumers of Notification 2.0 with their topics.
//
// Who changes something publishes a [Message]; publishing never waits for a listener. The room knows channels, clients, queues
// and wire formats. What a document means, who may see it and what it is stored in stay outside: permissions come in through
// [Authorize], the hierarchy of devices through [HubOptions].Ancestors.
package notify
