// Package realtime receives changes from a Cumulocity tenant as they happen, over the
// platform's Bayeux protocol: by WebSocket, and by long polling where something in between
// does not let a WebSocket through. It knows channels and messages, not what is in them, and
// nothing of the REST API.
//
//	subscription, err := client.Realtime.Subscribe(ctx, realtime.Alarms("*"))
//	if err != nil {
//		return err
//	}
//	defer subscription.Close()
//	for {
//		batch, err := subscription.Next(ctx)
//		if err != nil {
//			return err
//		}
//		if batch.Gap {
//			// Changes were missed: read the list again.
//		}
//		for _, message := range batch.Messages {
//			// merge it
//		}
//	}
//
// # Batches, not callbacks
//
// A subscription collects what arrives until its consumer takes it: all at once, in order, with
// the state of the connection. So a consumer sets its own pace – a screen takes a batch per
// frame – and a slow one neither holds up others nor grows without bound: when it
// falls too far behind, its messages are dropped and the next batch says so with Gap.
//
// # Gaps
//
// The platform replays nothing. Whatever changed while the connection was away is lost, so after
// a gap the consumer reads its list again. [Batch.LiveSince] says from when on nothing was missed;
// a list whose reading began later than that needs no second reading.
//
// # One connection
//
// All subscriptions of a client share one connection. It is opened with the first and closed
// with the last; when it breaks it is made again, with growing pauses, and all channels are
// subscribed anew.
package realtime
