package views

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/form"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/explain"
	"c8yx/views/place"
	"c8yx/views/registration"
	"c8yx/views/show"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

type deviceRequest = c8yclient.NewDeviceRequest

// requestedGroup is where the device is going to be put.
func requestedGroup(r *deviceRequest) string { return string(r.GroupID) }

// deviceRequests is the kind of registrations under way: devices that were announced and have
// not got their credentials yet.
func deviceRequests(t *tenant.Tenant) *collection.Kind[*deviceRequest] {
	return &collection.Kind[*deviceRequest]{
		Name: "devicerequests", Aliases: []string{"registrations", "newdevicerequests", "requests"},
		Title: "Device requests", One: "device request", Many: "device requests",
		Needs: []string{"ROLE_DEVICE_CONTROL_READ"},
		Sort:  "status",
		Columns: []collection.Column[*deviceRequest]{
			collection.State("status", table.Column{Title: "STATUS", Min: 24, Priority: 8}, registrationLife,
				func(r *deviceRequest) c8yclient.NewDeviceRequestStatus { return r.Status }, showRegistration),
			collection.Words("id", table.Column{Title: "DEVICE", Min: 20, Max: 40, Weight: 3, Priority: 9}, theme.Strong, func(r *deviceRequest) string { return r.ID }),
			collection.When("created", table.Column{Title: "SINCE", Min: 8, Priority: 7}, func(r *deviceRequest) time.Time { return r.CreationTime }),
			collection.Words("type", table.Column{Title: "TYPE", Min: 8, Max: 24, Weight: 1, Priority: 5}, theme.Text, func(r *deviceRequest) string { return r.Type }),
			collection.Words("group", table.Column{Title: "GROUP", Min: 8, Max: 32, Weight: 1, Priority: 4}, theme.Muted, func(r *deviceRequest) string { return t.Name(requestedGroup(r)) }),
			collection.Words("owner", table.Column{Title: "BY", Min: 8, Max: 24, Weight: 1, Priority: 3}, theme.Muted, func(r *deviceRequest) string { return r.Owner }),
		},
		ID:    func(r *deviceRequest) string { return r.ID },
		Label: func(r *deviceRequest) string { return r.ID },
		Path:  requestPath,
		Read: func(ctx context.Context, t *tenant.Tenant, _ place.Place) iter.Seq2[[]*deviceRequest, error] {
			return withGroupNames(ctx, t, requestedGroup, listed(ctx, c8yclient.NewDeviceRequestListOptions{}, t.Client.NewDeviceRequests.Page, t.Client.NewDeviceRequests.Pages))
		},
		Decode:  c8yclient.DecodeDocument[deviceRequest],
		Reread:  5 * time.Second,
		Actions: deviceRequestActions(),
		Offers: []collection.Offer{{Action: keys.RequestMany, Run: func(h collection.Here) {
			registration.Many(h.Tenant, h.Scope, h.Scope.Refresh)
		}}},
		Explain: func(ctx context.Context, t *tenant.Tenant, r *deviceRequest) (explain.Explanation, error) {
			return explain.Registration(ctx, t, r.ID)
		},
		Create: announceDevice,
		Delete: &collection.Delete[*deviceRequest]{Remover: edit.Remover{
			Needs:   []string{"ROLE_USER_MANAGEMENT_ADMIN", "ROLE_DEVICE_CONTROL_ADMIN"},
			Details: []text.Safe{"The device itself, if there is one already, stays."},
			Restore: func(jsontext.Value) (write.Request, text.Safe) { return write.Request{}, "announce the device again" },
		}},
		Detail: func(r *deviceRequest, now time.Time) []collection.Field {
			status := showRegistration(r.Status)
			return []collection.Field{
				{Label: "status", Value: status.Text, Role: status.Role},
				{Label: "means", Value: registrationMeaning(r.Status)},
				{Label: "since", Value: show.Age(r.CreationTime, now)},
				{Label: "type", Value: show.OrDash(r.Type)},
				{Label: "group", Value: show.OrDash(t.Name(requestedGroup(r)))},
				{Label: "announced by", Value: show.OrDash(r.Owner)},
			}
		},
		Empty: func(place.Place) text.Safe {
			return "No device is being registered. Announce one, or many from a file, then start them: they appear here as waiting, and as pending once they have called."
		},
	}
}

// registrationLife is the order of a registration's life, what waits for somebody first.
var registrationLife = []c8yclient.NewDeviceRequestStatus{
	c8yclient.RequestPending, c8yclient.RequestWaiting, c8yclient.RequestAccepted, "BLOCKED",
}

func showRegistration(s c8yclient.NewDeviceRequestStatus) table.Cell {
	switch s {
	case c8yclient.RequestPending:
		return table.Cell{Text: "◐ pending acceptance", Role: theme.Minor}
	case c8yclient.RequestWaiting:
		return table.Cell{Text: "○ waiting for connection", Role: theme.Idle}
	case c8yclient.RequestAccepted:
		return table.Cell{Text: "● accepted", Role: theme.Good}
	case "BLOCKED":
		return table.Cell{Text: "✗ blocked", Role: theme.Critical}
	}
	return table.Cell{Text: text.Clean(string(s))}
}

func registrationMeaning(s c8yclient.NewDeviceRequestStatus) text.Safe {
	switch s {
	case c8yclient.RequestPending:
		return "the device has called and waits to be accepted"
	case c8yclient.RequestWaiting:
		return "announced; the device has not called yet"
	case c8yclient.RequestAccepted:
		return "accepted; the device fetches its credentials with its next call"
	case "BLOCKED":
		return "too many wrong security tokens: delete it and announce the device again"
	}
	return "unknown"
}

func requestPath(r *deviceRequest) string {
	return apiPath("devicecontrol", "newDeviceRequests", r.ID)
}

// deviceRequestActions accept devices and announce them.
func deviceRequestActions() []collection.Action[*deviceRequest] {
	pending := func(r *deviceRequest) string {
		switch r.Status {
		case c8yclient.RequestPending:
			return ""
		case c8yclient.RequestWaiting:
			return "the device has not called yet"
		case "BLOCKED":
			return "it is blocked: delete it and announce the device again"
		}
		return "it is accepted already"
	}
	accept := func(token c8yclient.Secret) *collection.Write[*deviceRequest] {
		return &collection.Write[*deviceRequest]{
			Did: "Accepted",
			Request: func(r *deviceRequest) write.Request {
				body := map[string]string{"status": string(c8yclient.RequestAccepted)}
				if token != "" {
					body["securityToken"] = token.Reveal()
				}
				return write.Put(requestPath(r), body).Hiding("securityToken")
			},
			Inverse: func(*deviceRequest, jsontext.Value) (write.Request, text.Safe) {
				return write.Request{}, "the device has its credentials already; delete the device and its user instead"
			},
			Advice: func(err error) text.Safe {
				switch {
				case !errors.Is(err, c8yclient.ErrInvalid):
					return ""
				case token == "":
					return "If it has a token, accept it with that."
				}
				return "Look at the device for its token, and try again."
			},
		}
	}
	return []collection.Action[*deviceRequest]{
		{Action: keys.RequestAccept, Disabled: pending, Write: accept("")},
		{Action: keys.RequestToken, Disabled: pending, Run: func(a *collection.Act[*deviceRequest]) {
			a.Scope.Show(form.New(form.Options{
				Title:  "Accept with a security token",
				Intro:  []text.Safe{text.Clean(a.Items[0].ID), "The token stands on the device, or its maker has sent it. Too many wrong ones block the registration."},
				Fields: []form.Field{{Name: "token", Label: "Security token", Input: form.Secret(), Required: true}},
				Submit: "Accept",
				Accept: func(f *form.Form, v form.Values) {
					f.Close()
					a.Write(*accept(c8yclient.Secret(v.Hidden("token"))))
				},
			}))
		}},
	}
}

// announceDevice asks for what the platform needs to know of a device before it calls.
func announceDevice(place.Place) edit.Creator {
	return edit.Creator{
		One: "device request", Needs: []string{"ROLE_DEVICE_CONTROL_ADMIN"}, Path: "devicecontrol/newDeviceRequests",
		Fields: []edit.Field{
			{Field: form.Field{Name: "id", Label: "Device id", Required: true, Placeholder: "SN-0815", Note: "What the device will say it is, often its serial number."}},
			{Field: form.Field{Name: "type", Label: "Type", Note: "Of the object that the device will be."}},
			{Field: form.Field{Name: "groupId", Label: "Group", Validate: digits, Note: "The id of the group that it is put into."}},
			{As: edit.Secret, Field: form.Field{Name: "enrollmentToken", Label: "One-time password", Note: "Only for a device that asks the tenant's authority for a certificate."}},
		},
		Back: func(answer jsontext.Value) (write.Request, text.Safe) {
			r, err := c8yclient.DecodeDocument[deviceRequest](answer)
			if err != nil || r == nil || r.ID == "" {
				return write.Request{}, "the tenant did not say what it is called"
			}
			return write.Delete(requestPath(r)), ""
		},
	}
}
