package cmd

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"c8yx/ui/text"
	"c8yx/views"
	"c8yx/views/export"
	"c8yx/views/place"
	"c8yx/views/transfer"
)

// newExport is the command that writes what is at a place to a file.
func newExport(f *flags, streams Streams) *cobra.Command {
	var out, format string
	var documents, force bool
	c := &cobra.Command{
		Use:   "export PLACE",
		Short: "Write everything at a place to a file: CSV, JSON or NDJSON",
		Long: `Write everything that the tenant has at a place to a file, or to standard output:
all pages of a list, or a window of measurements. It is streamed, so that it needs no
more memory for a million things than for one. The file gets its name when it is
complete; one that is there is replaced with --force only.`,
		Example: `  c8yx export devices -o devices.csv
  c8yx export 'alarms?severity=CRITICAL&last=30d' --documents -o alarms.ndjson
  c8yx export 'measurements/4711?last=24h' --format csv | head`,
		Args: plainArgs(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			kind, err := formatOf(format, out, documents)
			if err != nil {
				return err
			}
			if documents && kind == export.CSV {
				return usage("--documents: CSV holds no whole documents; choose json or ndjson")
			}
			if out != "" && out != "-" {
				if err := ready(out, force); err != nil {
					return err
				}
			}
			t, closing, err := f.reach(c.Context(), streams)
			if err != nil {
				return err
			}
			defer closing()
			table, err := views.NewExplorer(t).Table(c.Context(), args[0])
			if err != nil {
				return usageError{err}
			}
			if out == "" || out == "-" {
				var m transfer.Meter
				return export.Write(c.Context(), streams.Out, table, kind, documents, &m)
			}
			p, _ := place.Parse(args[0])
			work := export.NewWork(table, kind, documents, transfer.NewLanding(out, force))
			return finish(follow(c.Context(), streams, text.Clean(out), text.Clean(p.Kind), func(ctx context.Context, m *transfer.Meter) error {
				return work.Run(ctx, m)
			}), work.Landing)
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", "the file to write; standard output without it")
	c.Flags().StringVar(&format, "format", "", "csv, json or ndjson; without it what the name of the file says, else csv")
	c.Flags().BoolVar(&documents, "documents", false, "whole documents in place of the columns of the list")
	c.Flags().BoolVar(&force, "force", false, "replace the file if it is there")
	return c
}

// formatOf returns the format that flags and the name of the file ask for.
func formatOf(format, out string, documents bool) (export.Format, error) {
	if format != "" {
		f, err := export.ParseFormat(format)
		if err != nil {
			return "", usageError{err}
		}
		return f, nil
	}
	if f, ok := export.Of(out); ok {
		return f, nil
	}
	if documents {
		return export.NDJSON, nil
	}
	return export.CSV, nil
}

// ready returns why a file cannot be written, before anything is asked of the tenant.
func ready(path string, force bool) error {
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return fmt.Errorf("there is no folder %s", folder)
	}
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.IsDir():
		return fmt.Errorf("%s is a folder: add the name of a file", path)
	case !force:
		return taken(path)
	}
	return nil
}

// taken says that there is a file, and what can be done about it.
func taken(path string) error {
	return fmt.Errorf("%s is there already: say --force to replace it, or another name with -o", path)
}

// finish ends a landing: what is not complete goes, and a name that is taken is said with what can
// be done about it.
func finish(err error, l *transfer.Landing) error {
	if err == nil {
		return nil
	}
	l.Discard()
	if errors.Is(err, transfer.ErrExists) {
		return taken(l.Path())
	}
	return err
}
