package views

import (
	"context"
	"strings"

	"c8yx/c8yclient"
	"c8yx/ui"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/edit"
	"c8yx/views/fault"
	"c8yx/views/save"
	"c8yx/views/tenant"
	"c8yx/views/transfer"
)

// withoutArchive says why no archive can be uploaded for an application, "" if one can.
func withoutArchive(t *tenant.Tenant, a *application) string {
	if a.Type == c8yclient.ApplicationExternal {
		return "it is a link, which has no archive"
	}
	return foreign(t, a)
}

// uploadArchive asks for an archive of an application and uploads it: as a version, if it is one with
// versions or shall become one, else as what is served.
func uploadArchive(t *tenant.Tenant, scope *ui.Scope, id string) {
	type found struct {
		application *application
		versions    int
	}
	ui.Load(scope, func(ctx context.Context) (f found, err error) {
		if f.application, err = t.Client.Applications.Get(ctx, id); err != nil || f.application.Type != c8yclient.ApplicationHosted {
			return f, err
		}
		named, err := namedVersions(ctx, t.Client, id)
		f.versions = len(named)
		return f, err
	}, func(f found, err error) {
		if err != nil {
			scope.Toast(toast.Failure, "Nothing can be uploaded. "+fault.Explain(err))
			return
		}
		if why := withoutArchive(t, f.application); why != "" {
			scope.Toast(toast.Caution, "Nothing can be uploaded: "+text.Clean(why))
			return
		}
		which := save.Which{
			Whereto: "archive of " + text.Clean(f.application.Name),
			Intro:   []text.Safe{"in " + text.Clean(t.Called()), "A ZIP archive with an index.html. What is served is chosen in the list of versions."},
			Check:   zipped, Done: scope.Refresh,
			Send: func(v form.Values) transfer.Sending { return sendArchive(t.Client, f.application, v) },
		}
		if f.application.Type == c8yclient.ApplicationMicroservice {
			which.Intro[1] = "A ZIP archive with cumulocity.json and image.tar. It is started in place of what runs."
		} else {
			which.Fields = versionOfArchive(f.versions > 0)
		}
		which.Ask(t, scope)
	})
}

// versionOfArchive are the fields of the version that an archive becomes.
func versionOfArchive(required bool) []form.Field {
	note := text.Safe("Empty uploads the archive alone. The first one is served at once.")
	if required {
		note = "The application has versions, each with a number of its own."
	}
	return []form.Field{
		{Name: "version", Label: "Version", Required: required, Placeholder: "1.2.0", Validate: versionWord, Note: note},
		{
			Name: "tags", Label: "Tags", Validate: versionWords, Placeholder: latest, Note: "Parted by commas; latest is what is served.",
			Visible: func(v form.Values) bool { return v.Text("version") != "" },
		},
	}
}

// sendArchive returns what sends an archive. The first of a web application is served, which not every tenant does by itself.
func sendArchive(c *c8yclient.Client, a *application, v form.Values) transfer.Sending {
	return func(ctx context.Context, upload c8yclient.Upload) error {
		version := v.Text("version")
		if version == "" {
			archive, err := c.Applications.UploadBinary(ctx, a.ID, upload, nil)
			if err == nil && a.Type == c8yclient.ApplicationHosted && a.ActiveVersionID == "" {
				_, err = c.Applications.Update(ctx, a.ID, map[string]string{"activeVersionId": string(archive.ID)})
			}
			return err
		}
		_, err := c.Applications.CreateVersion(ctx, a.ID, c8yclient.ApplicationVersion{Version: version, Tags: edit.SplitWords(v.Text("tags"))}, upload)
		return err
	}
}

func zipped(path string) text.Safe {
	if !strings.HasSuffix(strings.ToLower(path), ".zip") {
		return "an archive ends with .zip"
	}
	return ""
}

// versionWord refuses what cannot be the number of a version or a tag of it (reference 12).
func versionWord(typed string) text.Safe {
	if strings.Trim(strings.ToLower(typed), "abcdefghijklmnopqrstuvwxyz0123456789-+.") != "" {
		return "only letters, digits, - + and ."
	}
	return ""
}

func versionWords(typed string) text.Safe {
	for _, word := range edit.SplitWords(typed) {
		if wrong := versionWord(word); wrong != "" {
			return wrong
		}
	}
	return ""
}
