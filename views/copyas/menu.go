package copyas

import (
	"context"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/sync/errgroup"

	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/fault"
	"c8yx/views/tenant"
)

// Subject is a thing of which something can be copied. What it does not have is "".
type Subject struct {
	ID   string
	Name string
	// Path is the path of its document in the API, without the leading slash.
	Path string
	// Request is the request behind it, where that is not to get its document.
	Request Request
	// Object is the id of the managed object that the web interface can show: the thing itself,
	// or its device. Group says that it is a group.
	Object string
	Group  bool
	// Place opens the view again in which the thing is seen; What names that view: "this list".
	Place string
	What  text.Safe
	// Own are further things to copy, which come first.
	Own []dialog.Choice
}

// Menu asks what to copy of a thing, and copies it.
func Menu(t *tenant.Tenant, scope *ui.Scope, s Subject) {
	choices := slices.Clone(s.Own)
	add := func(key string, title, note, what text.Safe, content string) {
		if content != "" {
			choices = append(choices, dialog.Choice{Key: key, Title: title, Note: note, Run: func() { scope.Copy(what, content) }})
		}
	}
	add("i", "Id", text.Clean(s.ID), "the id", s.ID)
	add("n", "Name", text.Clean(s.Name), "the name", s.Name)
	if s.Path != "" {
		choices = append(choices, dialog.Choice{
			Key: "j", Title: "JSON", Note: "the document as the tenant has it",
			Run: func() { Documents(t, scope, []string{s.Path}) },
		})
		if s.Request.Method == "" {
			s.Request = Get(s.Path)
		}
	}
	if s.Request.Method != "" {
		add("u", "curl", "the request, with $C8Y_BASEURL and $C8Y_TOKEN", "the curl command", s.Request.Curl())
		add("8", "c8y", "the request as a command of go-c8y-cli", "the c8y command", s.Request.C8Y())
	}
	if s.Object != "" {
		base := t.Client.BaseURL()
		add("d", "Link", "to it in Device Management", "the link", Link(base, DeviceManagement, s.Object, s.Group))
		add("k", "Link", "to it in Cockpit", "the link", Link(base, Cockpit, s.Object, s.Group))
	}
	add("p", "Place", "of "+s.What+", to open it again", "the place", s.Place)
	scope.Show(&dialog.Choose{Title: "Copy", Choices: choices})
}

// atOnce is how many documents are asked for together.
const atOnce = 4

// MostDocuments is how many documents are copied at most: more belong into an export.
const MostDocuments = 200

// Documents reads the documents at some paths and copies them: one as it is, several as an array.
func Documents(t *tenant.Tenant, scope *ui.Scope, paths []string) {
	ui.Load(scope, func(ctx context.Context) ([]byte, error) { return read(ctx, t, paths) }, func(document []byte, err error) {
		switch {
		case err != nil:
			scope.Toast(toast.Failure, "Not copied. "+fault.Explain(err))
		case len(paths) == 1:
			scope.Copy("the document", string(document))
		default:
			scope.Copy(text.Count(len(paths))+" documents", string(document))
		}
	})
}

// read reads documents, indented.
func read(ctx context.Context, t *tenant.Tenant, paths []string) ([]byte, error) {
	documents := make([]jsontext.Value, len(paths))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i, path := range paths {
		group.Go(func() error { return t.Client.Get(ctx, "/"+path, &documents[i]) })
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	all := documents[0]
	if len(documents) > 1 {
		all = jsontext.Value("[")
		for i, document := range documents {
			if i > 0 {
				all = append(all, ',')
			}
			all = append(all, document...)
		}
		all = append(all, ']')
	}
	err := all.Indent(jsontext.WithIndent("  "), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	return all, err
}
