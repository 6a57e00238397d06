package cmd

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/views"
	"c8yx/views/tenant"
)

// newPlaces is the command that lists everything that can be opened.
func newPlaces(streams Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "places",
		Short: "List everything that can be opened",
		Args:  plainArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			client, err := c8yclient.New("https://localhost")
			if err != nil {
				return err
			}
			w := tabwriter.NewWriter(streams.Out, 0, 0, 3, ' ', 0)
			fmt.Fprintln(w, "PLACE\tWHAT\tALSO")
			for _, e := range views.NewExplorer(tenant.New(client, session.Profile{})).Entries() {
				fmt.Fprintf(w, "%s\t%s\t%s\n", e.Form, e.Title, strings.Join(e.Aliases, ", "))
			}
			return w.Flush()
		},
	}
}
