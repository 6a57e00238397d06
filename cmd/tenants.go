package cmd

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"c8yx/session"
	"c8yx/session/keep"
	"c8yx/ui/text"
)

// newTenants is the command that lists the tenants that the user knows.
func newTenants(f *flags, streams Streams) *cobra.Command {
	asJSON := false
	c := &cobra.Command{
		Use:   "tenants",
		Short: "List the tenants that you know",
		Long: `List the tenants that you know: those of the configuration, of the environment, of
the c8y command line, those you have signed in to, and the demo tenant. What
could not be read is told on standard error.

c8yx --tenant NAME opens one of them.`,
		Args: plainArgs(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			k, err := f.known()
			if err != nil {
				return err
			}
			listing := k.Read(c.Context())
			k.tell(streams.Err)
			options, err := f.keeping(streams)
			if err != nil {
				return err
			}
			k.Keeper = anywhere{all: keep.Everywhere(options)}
			for _, problem := range listing.Problems {
				fmt.Fprintln(streams.Err, "c8yx: "+oneLine(problem))
			}
			if asJSON {
				return listAsJSON(streams, listing.Profiles)
			}
			return list(streams, listing.Profiles)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print an array of JSON objects")
	return c
}

// knownTenant is how a tenant is printed: nothing of it is secret.
type knownTenant struct {
	Name     string `json:"name"`
	Address  string `json:"address,omitempty"`
	Tenant   string `json:"tenant,omitempty"`
	User     string `json:"user,omitempty"`
	Mode     string `json:"mode,omitempty"`
	ReadOnly bool   `json:"readOnly,omitempty"`
	Insecure bool   `json:"insecure,omitempty"`
	Origin   string `json:"origin"`
	From     string `json:"from,omitempty"`
}

func listAsJSON(streams Streams, profiles []session.Profile) error {
	tenants := []knownTenant{}
	for _, p := range profiles {
		tenants = append(tenants, knownTenant{
			Name: p.Name, Address: p.Address, Tenant: p.Tenant, User: p.User, Mode: string(p.Mode), ReadOnly: p.ReadOnly,
			Insecure: p.TLS.Insecure, Origin: string(p.Origin), From: p.From,
		})
	}
	encoder := json.NewEncoder(streams.Out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(tenants)
}

func list(streams Streams, profiles []session.Profile) error {
	w := tabwriter.NewWriter(streams.Out, 0, 0, 3, ' ', 0)
	fmt.Fprintln(w, "NAME\tADDRESS\tTENANT\tUSER\tMODE\tFROM")
	for _, p := range profiles {
		mode := string(p.Mode)
		if p.ReadOnly {
			mode = join(mode, "read-only")
		}
		if p.TLS.Insecure {
			mode = join(mode, "TLS unchecked")
		}
		from := string(p.Origin)
		if p.From != "" && p.From != from {
			from += " (" + p.From + ")"
		}
		for i, cell := range []string{p.Name, p.Address, p.Tenant, p.User, mode, from} {
			if i > 0 {
				fmt.Fprint(w, "\t")
			}
			if cell == "" {
				cell = "-"
			}
			fmt.Fprint(w, text.Clean(cell))
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

func join(first, second string) string {
	if first == "" {
		return second
	}
	return first + ", " + second
}
