package views

import (
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/place"
	"c8yx/views/write"
)

// notificationAdmin is what subscriptions need.
const notificationAdmin = "ROLE_NOTIFICATION_2_ADMIN"

// The members of a subscription that hold its filter.
const (
	apisMember       = "subscriptionFilter.apis"
	typeFilterMember = "subscriptionFilter.typeFilter"
)

// notifiable are the kinds of news that a context knows (reference 18.1).
func notifiable(c c8yclient.NotificationContext) []string {
	tenantWide := []c8yclient.NotificationAPI{c8yclient.NotifyAlarms, c8yclient.NotifyEvents, c8yclient.NotifyManagedObjects, c8yclient.NotifyOperations}
	all := tenantWide
	if c != c8yclient.NotificationTenant {
		all = append(all, c8yclient.NotifyMeasurements, c8yclient.NotifyAlarmsWithChildren, c8yclient.NotifyEventsWithChildren)
	}
	names := make([]string, len(all))
	for i, api := range all {
		names[i] = string(api)
	}
	return append(names, string(c8yclient.NotifyAll))
}

func newSubscription(p place.Place) edit.Creator {
	ofObject := func(v form.Values) bool { return v.Text("context") == string(c8yclient.NotificationObject) }
	within := p.Query.Get("context")
	if p.Query.Get("source") != "" || within == "" {
		within = string(c8yclient.NotificationObject)
	}
	return edit.Creator{
		One: "subscription", Needs: []string{notificationAdmin}, Path: "notification2/subscriptions",
		Fields: []edit.Field{
			{Field: form.Field{Name: "subscription", Label: "Name", Required: true, Placeholder: "pumps", Value: p.Query.Get("name"), Validate: topicName, Note: "Several of one name feed the same consumers."}},
			{Field: form.Field{Name: "context", Label: "Of", Value: within, Input: form.Choice(
				form.Option{Value: string(c8yclient.NotificationObject), Label: "one object", Note: "What happens to it and what it sends."},
				form.Option{Value: string(c8yclient.NotificationTenant), Label: "whole tenant", Note: "New objects, alarms, events and operations of all; no measurements."},
			)}},
			{Field: form.Field{Name: "source.id", Label: "Object", Required: true, Placeholder: "4711", Value: p.Query.Get("source"), Validate: digits, Visible: ofObject, Note: "The id of the managed object."}},
			{As: edit.Words, Field: form.Field{Name: apisMember, Label: "News of", Placeholder: "everything", Suggest: nextOf(notifiable(c8yclient.NotificationObject)), Note: "Parted by commas: alarms, events. Empty is everything."}},
			{Field: form.Field{Name: typeFilterMember, Label: "Types", Placeholder: "every type", Validate: typeFilter, Note: "One type, or several so: 'c8y_Heat' or 'c8y_Frost'"}},
			{As: edit.Words, Field: form.Field{Name: "fragmentsToCopy", Label: "Fragments", Placeholder: "all of them", Note: "Parted by commas. Others are left out, but for what the platform itself needs."}},
			{As: edit.Flag, Field: form.Field{Name: "nonPersistent", Label: "In memory", Note: "Faster, and lost when the tenant restarts. Consumers must say the same."}},
		},
		Check: func(v form.Values) map[string]text.Safe {
			known := notifiable(c8yclient.NotificationContext(v.Text("context")))
			for _, api := range edit.SplitWords(v.Text(apisMember)) {
				if !slices.Contains(known, api) {
					return map[string]text.Safe{apisMember: "there is no “" + text.Clean(api) + "” here, only " + text.Clean(strings.Join(known, ", "))}
				}
			}
			return nil
		},
	}
}

// topicName refuses what is no name of a subscription.
func topicName(typed string) text.Safe {
	if strings.ContainsFunc(typed, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) {
		return "only letters and digits"
	}
	return ""
}

// digits refuses what is no id.
func digits(typed string) text.Safe {
	if strings.Trim(strings.TrimSpace(typed), "0123456789") != "" {
		return "an id has only digits"
	}
	return ""
}

// typeFilter refuses what the platform does not understand as one: a type, or types in quotes with
// "or" between them.
func typeFilter(typed string) text.Safe {
	if !strings.ContainsAny(typed, "' ") {
		return ""
	}
	for part := range strings.SplitSeq(typed, " or ") {
		part = strings.TrimSpace(part)
		if len(part) < 3 || part[0] != '\'' || part[len(part)-1] != '\'' || strings.Contains(part[1:len(part)-1], "'") {
			return "several are written so: 'one' or 'another'"
		}
	}
	return ""
}

// nextOf suggests words for the last one of several that are parted by commas.
func nextOf(words []string) func(string) []string {
	return func(typed string) []string {
		before, last := "", typed
		if at := strings.LastIndexByte(typed, ','); at >= 0 {
			before, last = typed[:at+1]+" ", strings.TrimLeft(typed[at+1:], " ")
		}
		var list []string
		for _, w := range beginningWith(words)(last) {
			list = append(list, before+w)
		}
		return list
	}
}

func deleteSubscription() *collection.Delete[*subscription] {
	return &collection.Delete[*subscription]{Remover: edit.Remover{
		Needs:   []string{notificationAdmin},
		Details: []text.Safe{"Consumers still get what was kept for them, and nothing new."},
		Restore: func(before jsontext.Value) (write.Request, text.Safe) {
			document := write.Without(before, "id", "self")
			if source, there := write.Member(before, "source"); there {
				if id, there := write.Member(source, "id"); there {
					document = write.Set(write.Without(document, "source"), id, "source", "id")
				}
			}
			return write.Post("notification2/subscriptions", document), "It comes back under another id, without what happened meanwhile."
		},
	}}
}
