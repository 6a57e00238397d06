package demo

import (
	"net/http"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// attachments is /event/events/{id}/binaries: one file per event.
type attachments struct{ *events }

func (a *attachments) routes() []route {
	const path = "/event/events/{id}/binaries"
	readers, writers := needs(roleEventRead).orOwner(), needs(roleEventAdmin).orOwner()
	return []route{
		{"GET", path, readers, "*/*", a.get},
		{"POST", path, writers, "", a.post},
		{"PUT", path, writers, "", a.put},
		{"DELETE", path, writers, "", a.delete},
	}
}

func (a *attachments) file(id store.ID) (file store.File, found bool) {
	a.store.View(func(d *store.Data) { file, found = d.Files[id] })
	return file, found
}

func noAttachment() error { return fail(http.StatusNotFound, "Not Found", "Attachment not found") }

func (a *attachments) get(c *call) (reply, error) {
	event, err := a.find(c, eventKind())
	if err != nil {
		return reply{}, err
	}
	file, found := a.file(event.ID)
	if !found {
		return reply{}, noAttachment()
	}
	return download(file, event.Updated), nil
}

func (a *attachments) post(c *call) (reply, error) {
	event, err := a.find(c, eventKind())
	if err != nil {
		return reply{}, err
	}
	if _, found := a.file(event.ID); found {
		return reply{}, fail(http.StatusConflict, "Duplicate", "Attachment already exists")
	}
	return a.upload(c, event)
}

func (a *attachments) put(c *call) (reply, error) {
	event, err := a.find(c, eventKind())
	if err != nil {
		return reply{}, err
	}
	if _, found := a.file(event.ID); !found {
		return reply{}, noAttachment()
	}
	return a.upload(c, event)
}

func (a *attachments) upload(c *call, event *store.Record) (reply, error) {
	sent, err := c.upload()
	if err != nil {
		return reply{}, err
	}
	file := sent.file
	if err := a.attach(event.ID, file, c.say); err != nil {
		return reply{}, err
	}
	self := c.url(attachmentPath(event.ID))
	var w rawjson.Writer
	w.Open('{')
	w.Str("self", self)
	w.Str("source", event.ID.String())
	w.Str("name", file.Name)
	w.Int("length", file.Size())
	w.Str("type", file.Type)
	w.Close('}')
	return created("", self, w.Buf), nil
}

func attachmentPath(event store.ID) string { return "/event/events/" + event.String() + "/binaries" }

// attach keeps a file for an event and marks the event.
func (e *events) attach(event store.ID, file store.File, say announce) error {
	var info rawjson.Writer
	info.Open('{')
	info.Str("name", file.Name)
	info.Int("length", file.Size())
	info.Str("type", file.Type)
	info.Close('}')
	if e.patch(event, `{"c8y_IsBinary":`+string(info.Buf)+`}`, say) == nil {
		return eventKind().notFound(event.String())
	}
	e.store.Update(func(d *store.Data) { d.Files[event] = file })
	return nil
}

func (a *attachments) delete(c *call) (reply, error) {
	event, err := a.find(c, eventKind())
	if err != nil {
		return reply{}, err
	}
	if _, found := a.file(event.ID); !found {
		return reply{}, noAttachment()
	}
	a.store.Update(func(d *store.Data) { delete(d.Files, event.ID) })
	a.patch(event.ID, `{"c8y_IsBinary":null}`, c.say)
	return empty(http.StatusNoContent), nil
}
