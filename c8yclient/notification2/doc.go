// Package notification2 consumes the news that a Cumulocity tenant keeps for a subscriber, over the
// WebSocket of Notification 2.0. It knows frames and acknowledgements, not what the news is
// about, and nothing of the REST API: subscriptions and tokens are made elsewhere.
//
//	consumer, err := client.ConsumeNotifications(ctx, c8yclient.NotificationConsumer{
//		Subscription: "pumps", Subscriber: "dashboard",
//	}, nil)
//	if err != nil {
//		return err
//	}
//	defer consumer.Close()
//	for {
//		batch, err := consumer.Next(ctx)
//		if err != nil {
//			return err
//		}
//		for _, notification := range batch.Notifications {
//			// store it, and then:
//			consumer.Ack(notification)
//		}
//	}
//
// # At least once
//
// The tenant keeps what is not acknowledged and sends it again over the next connection, so that
// nothing is lost and some news may come twice. Acknowledge what has been dealt with, each
// notification for itself; after a thousand that are not, the tenant sends no more. With
// [Options.AutoAck] a batch is acknowledged when the next one is taken.
//
// # Batches and backpressure
//
// A consumer collects what arrives until it is taken: all at once, in order, with the state of the
// connection. When much has been collected, it stops reading, and the tenant waits.
//
// # One connection
//
// A consumer has one connection. When it breaks it is made again, with growing pauses and, where
// the tenant no longer accepts the token, with a new one. Of an exclusive subscriber there can be
// one connection at a time: another is answered with [ErrInUse] and tried again, because the
// tenant may only not have noticed yet that the first has gone.
package notification2
