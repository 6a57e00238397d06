package views

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// optionAdmin is what changing options needs.
const optionAdmin = "ROLE_OPTION_MANAGEMENT_ADMIN"

// hiddenValue is the field of a value that will be kept encrypted. It is one of its own, because
// what is typed there is never shown.
const hiddenValue = "hidden"

// knownCategories are those that the platform itself reads (reference 13).
func knownCategories() []string {
	return []string{
		"access.control", "alarm.type.mapping", "cep", "configuration", "device-registration", "measurement.series.latestvalue",
		"messaging", "oauth.internal", "password", "remoteaccess", "support-user", "two-factor-authentication",
	}
}

func editOption() *collection.Edit[*option] {
	value := edit.Field{Field: form.Field{Name: "value", Label: "Value", Required: true}}
	editor := edit.Editor{Needs: []string{optionAdmin}, Fields: []edit.Field{value}, Fixed: []string{"category", "key"}}
	return &collection.Edit[*option]{Editor: editor, Of: func(o *option) edit.Editor {
		if !show.IsSecretKey(o.Key) {
			return editor
		}
		value.As, value.Note = edit.Secret, "It is kept encrypted and shown to nobody. What it is now is not known here."
		hiding := editor
		hiding.Fields = []edit.Field{value}
		return hiding
	}}
}

func newOption(place.Place) edit.Creator {
	secret := func(v form.Values) bool { return show.IsSecretKey(v.Text("key")) }
	plain := func(v form.Values) bool { return !secret(v) }
	return edit.Creator{
		One: "option", Needs: []string{optionAdmin},
		Fields: []edit.Field{
			{Field: form.Field{
				Name: "category", Label: "Category", Required: true, Placeholder: "configuration", Validate: optionCategory,
				Suggest: beginningWith(knownCategories()),
			}},
			{Field: form.Field{
				Name: "key", Label: "Key", Required: true, Placeholder: "alarms.escalation.minutes",
				Note: "Beginning with “credentials.” it is kept encrypted, and its value is shown to nobody.",
			}},
			{Field: form.Field{Name: "value", Label: "Value", Required: true, Visible: plain}},
			{As: edit.Secret, Field: form.Field{Name: hiddenValue, Label: "Secret value", Required: true, Visible: secret}},
		},
		Before: optionIsNew, Request: createOption,
		Back: func(answer jsontext.Value) (write.Request, text.Safe) {
			o, err := c8yclient.DecodeDocument[option](answer)
			if err != nil || o == nil || o.Key == "" {
				return write.Request{}, "the tenant did not say what it is called"
			}
			return write.Delete(optionPath(o)), ""
		},
	}
}

// optionCategory refuses the characters that the platform does not take in a category (reference 13).
func optionCategory(typed string) text.Safe {
	if at := strings.IndexAny(typed, " $&+,/:;=?@\"#%{}|\\^~[]`"); at >= 0 {
		return "a category has no " + text.Clean(fmt.Sprintf("%q", typed[at:at+1])) + " in it"
	}
	return ""
}

// createOption sends the value under its name, whichever field it was typed into.
func createOption(document jsontext.Value) write.Request {
	hidden, there := write.Member(document, hiddenValue)
	if !there {
		return write.Post("tenant/options", document)
	}
	return write.Post("tenant/options", write.With(write.Without(document, hiddenValue), "value", hidden)).Hiding("value")
}

// optionIsNew refuses an option that is there: the platform would change it without a word.
func optionIsNew(ctx context.Context, t *tenant.Tenant, document jsontext.Value) (jsontext.Value, error) {
	o, err := c8yclient.DecodeDocument[option](document)
	if err != nil {
		return nil, fmt.Errorf("the option cannot be read: %w", err)
	}
	switch _, err := t.Client.TenantOptions.Get(ctx, o.Category, o.Key); {
	case err == nil:
		return nil, fmt.Errorf("%s/%s is there already; edit it instead", o.Category, o.Key)
	case errors.Is(err, c8yclient.ErrNotFound), errors.Is(err, c8yclient.ErrForbidden): // some may write what they may not read
		return document, nil
	default:
		return nil, err
	}
}

func deleteOption() *collection.Delete[*option] {
	return &collection.Delete[*option]{Remover: edit.Remover{
		Needs:   []string{optionAdmin},
		Details: []text.Safe{"What reads it goes by the platform's own value then, if there is one."},
		Restore: func(before jsontext.Value) (write.Request, text.Safe) {
			o, err := c8yclient.DecodeDocument[option](before)
			switch {
			case err != nil:
				return write.Request{}, "it is not known what it was"
			case show.IsSecretKey(o.Key):
				return write.Request{}, "its value was secret and is not known here"
			}
			return write.Post("tenant/options", write.Without(before, "self")), ""
		},
	}}
}

// beginningWith suggests those of some words that go on as what was typed begins.
func beginningWith(words []string) func(string) []string {
	return func(typed string) []string {
		var list []string
		for _, w := range words {
			if strings.HasPrefix(w, typed) && w != typed {
				list = append(list, w)
			}
		}
		return list
	}
}
