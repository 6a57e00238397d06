package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"c8yx/c8yclient"
	"c8yx/ui/text"
	"c8yx/views/fault"
	"c8yx/views/save"
	"c8yx/views/tenant"
	"c8yx/views/transfer"
)

// newDownload is the command that downloads files.
func newDownload(f *flags, streams Streams) *cobra.Command {
	out, force := "", false
	c := &cobra.Command{
		Use:   "download ID|NAME|event/ID...",
		Short: "Download files of the tenant",
		Long: `Download files of the inventory by their ids or names, and attachments of events.

What breaks off goes on where it was, if the tenant can. A file gets its name when it
is complete; one that is there is replaced with --force only. Names that the tenant
chose stay inside the folder.`,
		Example: `  c8yx download 4711
  c8yx download firmware-2.1.bin event/200123 -o ~/Downloads`,
		Args: plainArgs(cobra.MinimumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			t, closing, err := f.reach(c.Context(), streams)
			if err != nil {
				return err
			}
			defer closing()
			var failed error
			for _, arg := range args {
				if err := download(c.Context(), t, streams, arg, out, len(args) > 1, force); err != nil {
					if len(args) == 1 || c.Context().Err() != nil {
						return err
					}
					fmt.Fprintln(streams.Err, "c8yx: "+arg+": "+oneLine(err))
					failed = cmp.Or(failed, err)
				}
			}
			if failed != nil {
				return fmt.Errorf("not everything was downloaded: %w", failed)
			}
			return nil
		},
	}
	c.Flags().StringVarP(&out, "output", "o", ".", "the folder, or for one file its path")
	c.Flags().BoolVar(&force, "force", false, "replace files that are there")
	return c
}

// remote is a file of the tenant.
type remote struct {
	name string
	path string // in the API
}

// download downloads one file.
func download(ctx context.Context, t *tenant.Tenant, streams Streams, arg, out string, several, force bool) error {
	file, err := find(ctx, t.Client, arg)
	if err != nil {
		return err
	}
	target := out
	if info, err := os.Stat(out); several || strings.HasSuffix(out, "/") || err == nil && info.IsDir() {
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("there is no folder %s", out)
		}
		target = filepath.Join(out, transfer.SafeName(file.name, "file "+arg))
	}
	if err := ready(target, force); err != nil {
		return err
	}
	work := transfer.NewDownload(save.From(t.Client, file.path), transfer.NewLanding(target, force))
	return finish(follow(ctx, streams, text.Clean(target), "", func(ctx context.Context, m *transfer.Meter) error {
		return persist(ctx, m, streams, work)
	}), work.Landing)
}

// patience is how long a download waits after it broke off, again and again as long as it gets
// further.
var patience = [...]time.Duration{250 * time.Millisecond, time.Second, 3 * time.Second, 10 * time.Second}

// persist runs a download until it is complete or nothing helps.
func persist(ctx context.Context, m *transfer.Meter, streams Streams, work *transfer.Download) error {
	reach := int64(0)
	for tries := 0; ; tries++ {
		err := work.Run(ctx, m)
		if err == nil || ctx.Err() != nil || !fault.Transient(err) {
			return err
		}
		if done := m.Read(time.Now()).Done; done > reach {
			reach, tries = done, 0
		}
		if tries == len(patience) {
			return err
		}
		fmt.Fprintf(streams.Err, "c8yx: %s; going on in %s\n", oneLine(err), patience[tries])
		select {
		case <-time.After(patience[tries]):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// find finds a file by what was typed: an id, a name, or "event/" and the id of an event.
func find(ctx context.Context, client *c8yclient.Client, typed string) (remote, error) {
	if id, ok := strings.CutPrefix(typed, "event/"); ok {
		event, err := client.Events.Get(ctx, id)
		if err != nil {
			return remote{}, err
		}
		file, there := event.Attachment()
		if !there {
			return remote{}, fmt.Errorf("event %s has no attachment", id)
		}
		return remote{cmp.Or(file.Name, "event "+id), "/event/events/" + id + "/binaries"}, nil
	}
	if typed != "" && strings.Trim(typed, "0123456789") == "" {
		object, err := client.Inventory.Get(ctx, typed, nil)
		switch {
		case err == nil && object.HasFragment("c8y_IsBinary"):
			return inventoryFile(object), nil
		case err == nil:
			return remote{}, fmt.Errorf("%s is no file but %s", typed, cmp.Or(object.Name, "another object"))
		case !errors.Is(err, c8yclient.ErrNotFound):
			return remote{}, err
		}
	}
	return named(ctx, client, typed)
}

func inventoryFile(m *c8yclient.ManagedObject) remote {
	return remote{m.Name, "/inventory/binaries/" + m.ID}
}

// named finds a file by its name, which only one may have.
func named(ctx context.Context, client *c8yclient.Client, name string) (remote, error) {
	filter := c8yclient.InventoryFilter{Query: "has(c8y_IsBinary) and name eq '" + strings.ReplaceAll(name, "'", "''") + "'"}
	page, err := client.Inventory.Page(ctx, &c8yclient.InventoryListOptions{InventoryFilter: filter, Paging: c8yclient.Paging{PageSize: 6}})
	switch {
	case err != nil:
		return remote{}, err
	case len(page.Items) == 0:
		return remote{}, fmt.Errorf("the tenant has no file %q: c8yx files lists them", name)
	case len(page.Items) > 1:
		ids := make([]string, len(page.Items))
		for i, m := range page.Items {
			ids[i] = m.ID
		}
		return remote{}, fmt.Errorf("%q is the name of several files: say which by its id: %s", name, strings.Join(ids, ", "))
	}
	return inventoryFile(page.Items[0]), nil
}
