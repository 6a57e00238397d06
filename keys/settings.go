package keys

// What can be done with subscriptions of Notification 2.0.
var SubscriptionFollow = Action{ID: "subscription.follow", Title: "Follow the subscription live", Hint: "follow", Keys: []string{"f"}, Context: Subscriptions, Writes: true, Needs: []string{"ROLE_NOTIFICATION_2_ADMIN"}}

func settings() []Action { return []Action{SubscriptionFollow} }
