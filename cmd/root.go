package cmd

import (
	"runtime/debug"

	"github.com/spf13/cobra"

	"c8yx/theme"
)

// version is set by the release build; otherwise the module's own is used.
var version = ""

// flags are those of the explorer, shared by the commands that open places.
type flags struct {
	demo    bool
	tenant  demoFlags
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

Which tenant is taken from the environment: C8Y_BASEURL (or C8Y_HOST),
C8Y_TENANT, C8Y_USER and C8Y_PASSWORD, or C8Y_TOKEN. With --demo it is a
company that lives in the program's own memory.`,
		Example: `  c8yx --demo
  c8yx --demo alarms?severity=CRITICAL,MAJOR
  C8Y_BASEURL=https://acme.example C8Y_USER=jane C8Y_PASSWORD=… c8yx tree`,
		Version:       Version(),
		Args:          plainArgs(cobra.MaximumNArgs(1)),
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE: func(c *cobra.Command, args []string) error {
			place := "overview"
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
	f.tenant.register(set, "demo-")
	set.StringVar(&f.scheme, "theme", "auto", "background of the terminal: auto, dark or light")
	set.StringVar(&f.palette, "palette", string(theme.Standard), "colours: standard or colorblind")

	root.AddCommand(newSnapshot(&f, streams), newDemo(streams), newRegister(streams), newPlaces(streams), newKeys(streams))
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

// colours reads the flags that choose the theme.
func (f *flags) colours() (name theme.Name, dark, fixed bool, err error) {
	name = theme.Name(f.palette)
	if name != theme.Standard && name != theme.ColorBlind {
		return "", false, false, usage("--palette %s: choose %s or %s", f.palette, theme.Standard, theme.ColorBlind)
	}
	switch f.scheme {
	case "auto":
		return name, true, false, nil
	case "dark", "light":
		return name, f.scheme == "dark", true, nil
	}
	return "", false, false, usage("--theme %s: choose auto, dark or light", f.scheme)
}
