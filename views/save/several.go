package save

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"c8yx/ui"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/tenant"
	"c8yx/views/transfer"
)

// Remote is a file of the tenant that shall be downloaded.
type Remote struct {
	Name   string // as the tenant has it, which need not be a name for a file
	ID     string // what it is called if there is nothing in its name
	Source transfer.Source
}

// The fields of the question where several files go.
const (
	folderField = "folder"
	takenField  = "taken"

	keepBoth  = "keep"
	replaceIt = "replace"
)

// Downloads asks into which folder files of the tenant shall go, and what becomes of those that are
// there already, and downloads all of them. what names them together: "3 files".
func Downloads(t *tenant.Tenant, scope *ui.Scope, what text.Safe, files []Remote) {
	ui.Load(scope, func(context.Context) (string, error) { return t.Transfers.Folder(), nil }, func(folder string, _ error) {
		scope.Show(form.New(form.Options{
			Title: "Download " + what, Submit: "Save",
			Fields: []form.Field{
				{
					Name: folderField, Label: "Into", Value: shortened(folder), Required: true,
					Input: form.File(Looking(scope, form.LookInto)), Note: "tab completes folders",
				},
				{
					Name: takenField, Label: "Name taken", Value: keepBoth,
					Input: form.Choice(form.Option{Value: keepBoth, Label: "keep both"}, form.Option{Value: replaceIt, Label: "replace"}),
				},
			},
			Accept: func(f *form.Form, values form.Values) {
				folder, replace := form.Expand(values.Text(folderField)), values.Text(takenField) == replaceIt
				f.Busy("Looking at the folder")
				ui.Load(scope, func(context.Context) ([]string, error) { return targets(folder, files, replace) }, func(paths []string, err error) {
					if err != nil {
						f.FieldFail(folderField, text.Clean(err.Error()))
						return
					}
					f.Close()
					t.Transfers.SetFolder(folder)
					for i, file := range files {
						title := text.Clean(file.Name)
						t.Transfers.Start(transfer.Order{
							Title: title, Way: transfer.Down, Cause: "Download · " + string(title), Pausing: transfer.ByStop,
							Work: transfer.NewDownload(file.Source, transfer.NewLanding(paths[i], replace)),
						})
					}
					scope.Toast(toast.Info, "Under way: "+what+". The list of transfers shows how far they are")
				})
			},
		}))
	})
}

// targets returns the paths of the files in a folder, no two of them the same; unless they replace
// what is there, none that is taken. It writes to the folder to see that this can be done.
func targets(folder string, files []Remote, replace bool) ([]string, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	paths := make([]string, len(files))
	used := make(map[string]bool, len(files))
	for i, file := range files {
		path := filepath.Join(folder, transfer.SafeName(file.Name, "file "+file.ID))
		paths[i] = transfer.FreeOf(path, func(path string) bool {
			if used[strings.ToLower(path)] { // not every file system tells case apart
				return true
			}
			_, err := os.Lstat(path)
			return err == nil && !replace
		})
		used[strings.ToLower(paths[i])] = true
	}
	return paths, transfer.NewLanding(paths[0], replace).Try()
}
