package cmd

import (
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the release build; otherwise the module's own is used.
var version = ""

// flags are those of the explorer, shared by the commands that open places.
type flags struct {
	demo    bool
	company demoFlags // what the demo tenant is like

	chosen   string // the tenant to open
	config   string // the file
	readOnly bool
	ca       string
	insecure bool
	keep     string // where sign-ins are kept

	scheme  string
	palette string
}

// newRoot returns the whole command line.
func newRoot(streams Streams) *cobra.Command {
	var f flags
	root := &cobra.Command{
		Use:   "c8yx [PLACE]",
		Short: "The terminal explorer for Cumulocity IoT",
		Long: `c8yx explores Cumulocity IoT tenants in a terminal: inventory, alarms, events,
operations and measurements, live.

A place says where to begin: devices, alarms?severity=CRITICAL, device/4711.
c8yx places lists all of them.

Which tenant is said by --tenant, by the environment (C8Y_BASEURL, C8Y_TENANT,
C8Y_USER and C8Y_PASSWORD, or C8Y_TOKEN), or by the configuration. With --demo it
is a company that lives in the program's own memory.`,
		Example: `  c8yx --demo
  c8yx --demo alarms?severity=CRITICAL,MAJOR
  c8yx --tenant plant --read-only devices
  C8Y_BASEURL=https://acme.example C8Y_USER=jane C8Y_PASSWORD=… c8yx tree`,
		Version:       Version(),
		Args:          plainArgs(cobra.MaximumNArgs(1)),
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE: func(c *cobra.Command, args []string) error {
			place := ""
			if len(args) > 0 {
				place = args[0]
			}
			return explore(c.Context(), f, place, streams)
		},
	}
	root.SetIn(streams.In)
	root.SetOut(streams.Out)
	root.SetErr(streams.Err)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })

	set := root.PersistentFlags()
	set.BoolVar(&f.demo, "demo", false, "explore a company in memory instead of a real tenant")
	f.company.register(set, "demo-")
	set.StringVarP(&f.chosen, "tenant", "t", "", "the `tenant` to open: its name, its address, or TENANT/USER; c8yx tenants lists those that you know")
	set.BoolVar(&f.readOnly, "read-only", false, "let nothing be written, whatever the tenant's mode")
	set.StringVar(&f.ca, "ca", "", "`file` with a further authority to trust, in PEM form")
	set.BoolVar(&f.insecure, "insecure", false, "check no certificate: whoever is in between can read and change everything")
	set.StringVar(&f.keep, "keep", "", "`where` sign-ins are kept: keyring, file (sealed with a passphrase) or none (default the keyring, if there is one)")
	set.StringVar(&f.config, "config", "", "`file` with the configuration, in place of the usual one")
	set.StringVar(&f.scheme, "theme", "", "background of the terminal: auto, dark or light (default auto)")
	set.StringVar(&f.palette, "palette", "", "colours: standard or colorblind (default standard)")

	root.AddCommand(newSnapshot(&f, streams), newExport(&f, streams), newDownload(&f, streams), newAPI(&f, streams),
		newDemo(streams), newRegister(streams), newPlaces(streams), newKeys(&f, streams), newManual(streams),
		newTenants(&f, streams), newSessions(&f, streams), newLogin(&f, streams), newLogout(&f, streams), newDoctor(&f, streams))
	return root
}

// Version returns the version of the program.
func Version() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 9 {
				return "built from " + s.Value[:9]
			}
		}
	}
	return "built from source"
}
