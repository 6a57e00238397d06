package views

import (
	"cmp"
	"context"

	"c8yx/c8yclient"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/save"
)

func needsAttachment(e *event) string {
	if _, there := e.Attachment(); !there {
		return "the event has no attachment"
	}
	return ""
}

func attachmentPath(e *event) string { return "/event/events/" + e.ID + "/binaries" }

// downloadAttachment asks where the file of an event shall go.
func downloadAttachment(a *collection.Act[*event]) {
	e := a.Items[0]
	file, _ := e.Attachment()
	name := cmp.Or(file.Name, "event "+e.ID)
	what := text.Clean(name + " of event " + e.ID)
	save.Download(a.Tenant, a.Scope, what, name, save.From(a.Tenant.Client, attachmentPath(e)))
}

// uploadAttachment asks for a file for an event, which can have one.
func uploadAttachment(a *collection.Act[*event]) {
	e, client := a.Items[0], a.Tenant.Client
	intro := []text.Safe{text.Clean("to “" + cmp.Or(e.Text, e.Type) + "” of " + cmp.Or(e.Source.Name, e.Source.ID))}
	send := func(ctx context.Context, upload c8yclient.Upload) error {
		_, err := client.Events.UploadAttachment(ctx, e.ID, upload)
		return err
	}
	if file, there := e.Attachment(); there {
		intro = append(intro, text.Clean("The event has an attachment, "+file.Name+". It will be replaced; its name stays."))
		send = func(ctx context.Context, upload c8yclient.Upload) error {
			_, err := client.Events.ReplaceAttachment(ctx, e.ID, upload)
			return err
		}
	}
	save.Upload(a.Tenant, a.Scope, text.Clean("attachment of event "+e.ID), intro, send, nil)
}
