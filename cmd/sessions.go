package cmd

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/session/keep"
	"c8yx/ui/text"
)

// newSessions is the command that lists the sign-ins that are kept.
func newSessions(f *flags, streams Streams) *cobra.Command {
	asJSON := false
	c := &cobra.Command{
		Use:   "sessions",
		Short: "List where you are signed in",
		Long: `List the sign-ins that are kept on this machine, in the keyring and in the sealed
file: which tenant, which user, since when, and until when. Nothing of it is
secret, and nothing is asked: neither the keyring is opened nor the file.

Whether the tenant still accepts a sign-in shows when it is used. c8yx logout
ends one.`,
		Args: plainArgs(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			all, err := f.signedIn(c.Context(), streams)
			if err != nil {
				return err
			}
			if asJSON {
				return sessionsAsJSON(streams, all, time.Now())
			}
			return listSessions(streams, all, time.Now())
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print an array of JSON objects")
	return c
}

// keptIn is a sign-in, without secrets, and where it is kept.
type keptIn struct {
	session.Kept
	keeper session.Keeper
}

// signedIn returns all sign-ins that are kept, wherever. What cannot be read is told on standard
// error, and does not hide the rest.
func (f *flags) signedIn(ctx context.Context, streams Streams) ([]keptIn, error) {
	options, err := f.keeping(streams)
	if err != nil {
		return nil, err
	}
	var all []keptIn
	for _, keeper := range keep.Everywhere(options) {
		kept, err := keeper.List(ctx)
		if err != nil {
			fmt.Fprintln(streams.Err, "c8yx: "+oneLine(err))
		}
		for _, k := range kept {
			all = append(all, keptIn{k, keeper})
		}
	}
	return all, nil
}

// listedSession is how a sign-in is printed.
type listedSession struct {
	Tenant   string     `json:"tenant"`
	User     string     `json:"user"`
	Address  string     `json:"address"`
	SignedIn *time.Time `json:"signedIn,omitempty"`
	Expires  *time.Time `json:"expires,omitempty"`
	Expired  bool       `json:"expired"`
	Method   string     `json:"method,omitempty"`
	TFA      bool       `json:"tfa"`
	KeptIn   string     `json:"keptIn"`
}

func sessionsAsJSON(streams Streams, all []keptIn, now time.Time) error {
	listed := []listedSession{}
	for _, k := range all {
		listed = append(listed, listedSession{
			Tenant: k.Tenant, User: k.User, Address: k.Address, SignedIn: unlessZero(k.SignedIn), Expires: unlessZero(k.Expires),
			Expired: expired(k.Kept, now), Method: k.Method, TFA: k.TFA, KeptIn: strings.TrimPrefix(k.keeper.Name(), "the "),
		})
	}
	encoder := json.NewEncoder(streams.Out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(listed)
}

func unlessZero(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func expired(k session.Kept, now time.Time) bool {
	return !k.Expires.IsZero() && !now.Before(k.Expires)
}

func listSessions(streams Streams, all []keptIn, now time.Time) error {
	if len(all) == 0 {
		fmt.Fprintln(streams.Out, "You are signed in nowhere. c8yx login ADDRESS signs in.")
		return nil
	}
	w := tabwriter.NewWriter(streams.Out, 0, 0, 3, ' ', 0)
	fmt.Fprintln(w, "TENANT\tUSER\tADDRESS\tSIGNED IN\tEXPIRES\tBY\tKEPT IN")
	for _, k := range all {
		since, until := text.Safe("-"), text.Safe("-")
		if !k.SignedIn.IsZero() {
			since = text.Age(now.Sub(k.SignedIn))
		}
		switch {
		case expired(k.Kept, now):
			until = "expired " + text.Age(now.Sub(k.Expires))
		case !k.Expires.IsZero():
			until = "in " + text.Span(k.Expires.Sub(now))
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", text.Clean(k.Tenant), text.Clean(k.User), text.Clean(k.Address),
			since, until, signedInBy(k.Kept), strings.TrimPrefix(k.keeper.Name(), "the "))
	}
	return w.Flush()
}

// signedInBy says in words how somebody signed in.
func signedInBy(k session.Kept) text.Safe {
	by := text.Clean(k.Method)
	switch k.Method {
	case "":
		return "-"
	case string(c8yclient.LoginToken):
		by = "password"
	case string(c8yclient.LoginBasic):
		by = "password, kept"
	case string(c8yclient.LoginSSO):
		by = "SSO"
	case session.ByDevice:
		by = "SSO, device code"
	}
	if k.TFA {
		by += ", TFA"
	}
	return by
}
