package edit

import (
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/write"
)

// Editor describes how things of a kind are edited.
type Editor struct {
	// Needs lists the permissions of which any one allows it.
	Needs []string
	// Fields are those of the form; without any the whole document is opened in the editor at once.
	Fields []Field
	// Fixed names the members that the tenant keeps itself, beside those that it keeps in all
	// documents: they are not shown for editing, and refused if they are written.
	Fixed []string
	// Request returns what is sent for a patch of the document at a path. Nil merges it by PUT.
	Request func(path string, patch jsontext.Value) write.Request
	// Replace returns what is sent where the tenant replaces the document instead of merging what
	// is sent into it: given is all of it as it will be, what the user may not edit included. Nil
	// sends the patch.
	Replace func(path string, document jsontext.Value) write.Request
	// Check returns what is wrong with which field, once each is right by itself; nil checks nothing.
	Check func(form.Values) map[string]text.Safe
	// Ask is a question that the form offers to ask; nil if there is none.
	Ask *Question
}

// Target is the thing that is edited or deleted.
type Target struct {
	ID    string
	Path  string    // of its document in the API, without the leading slash
	Label string    // what it is called
	One   text.Safe // what it is: "alarm"
}

// alwaysFixed are the members that the tenant keeps in every document.
func alwaysFixed() []string { return []string{"id", "self", "creationTime", "lastUpdated"} }

func (e Editor) fixed() []string { return slices.Concat(alwaysFixed(), e.Fixed) }

// editable returns the part of a document that a user may edit.
func (e Editor) editable(document jsontext.Value) jsontext.Value {
	return write.Without(document, e.fixed()...)
}

// request returns what is sent to make the patched document of one.
func (e Editor) request(path string, document, patch jsontext.Value) write.Request {
	r := write.Put(path, patch)
	switch {
	case e.Replace != nil:
		r = e.Replace(path, write.Apply(document, patch))
	case e.Request != nil:
		r = e.Request(path, patch)
	}
	return r.Hiding(secrets(e.Fields)...)
}
