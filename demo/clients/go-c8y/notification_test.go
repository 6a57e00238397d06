package goc8y_test

import "github.com/reubenmiller/go-c8y/pkg/c8y/notification2"

// newMessages returns what a consumer hears.
func newMessages(consumer *notification2.Notification2Client) <-chan notification2.Message {
	messages := make(chan notification2.Message, 100)
	consumer.Register("*", messages)
	return messages
}
