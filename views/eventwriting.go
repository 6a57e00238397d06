package views

import (
	"context"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/place"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// eventAdmin is what changing events needs.
const eventAdmin = "ROLE_EVENT_ADMIN"

func editEvent() *collection.Edit[*event] {
	return &collection.Edit[*event]{Editor: edit.Editor{
		Needs: []string{eventAdmin}, Fields: []edit.Field{textField()}, Fixed: []string{"source", "type", "time", "c8y_IsBinary"},
	}}
}

func newEvent(p place.Place) edit.Creator {
	return edit.Creator{
		One: "event", Needs: []string{eventAdmin}, Path: "event/events", Begin: beginWith(p.Query.Get("source"), p.Query.Get("type")),
		Fields: []edit.Field{
			sourceField(),
			{Field: form.Field{Name: "type", Label: "Type", Required: true, Placeholder: "c8y_LocationUpdate"}},
			textField(),
			{As: edit.Time, Field: form.Field{Name: "time", Label: "Time", Required: true, Value: "now"}},
		},
	}
}

func deleteEvent() *collection.Delete[*event] {
	return &collection.Delete[*event]{Remover: edit.Remover{
		Needs: []string{eventAdmin},
		Along: func(ctx context.Context, t *tenant.Tenant, target edit.Target) (edit.Along, error) {
			e, err := t.Client.Events.Get(ctx, target.ID)
			if err != nil {
				return edit.Along{}, err
			}
			if file, attached := e.Attachment(); attached {
				return edit.Along{Lines: []text.Safe{"the attachment " + text.Clean(file.Name)}}, nil
			}
			return edit.Along{}, nil
		},
		Restore: func(before jsontext.Value) (write.Request, text.Safe) {
			document := write.Without(before, "id", "self", "creationTime", "lastUpdated", "c8y_IsBinary")
			if source, there := write.Member(before, "source"); there {
				if id, there := write.Member(source, "id"); there {
					document = write.Set(document, id, "source", "id")
				}
			}
			why := text.Safe("It comes back under another id.")
			if _, attached := write.Member(before, "c8y_IsBinary"); attached {
				why = "It comes back under another id, without its attachment."
			}
			return write.Post("event/events", document), why
		},
	}}
}
