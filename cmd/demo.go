package cmd

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"c8yx/demo"
)

// demoFlags say what the demo tenant is like.
type demoFlags struct {
	devices int
	seed    uint64
	speed   float64
	latency time.Duration
	faults  []string
}

func (d *demoFlags) register(set *pflag.FlagSet, prefix string) {
	set.IntVar(&d.devices, prefix+"devices", 240, "how many devices the company has")
	set.Uint64Var(&d.seed, prefix+"seed", 1, "another seed is another company")
	set.Float64Var(&d.speed, prefix+"speed", 1, "how fast the company lives: 60 makes a minute a second")
	set.DurationVar(&d.latency, prefix+"latency", 0, "added to every answer, such as 80ms")
	set.StringSliceVar(&d.faults, prefix+"faults", nil,
		"what goes wrong, such as 503:rate=0.1,slow:path=/alarm:after=2s,kill:count=1,skew:by=-3h; also 400, 429, 500, cut and drop")
}

func (d *demoFlags) options() (demo.Options, error) {
	o := demo.Options{Devices: d.devices, Seed: d.seed, Speed: d.speed, Latency: d.latency, Life: true}
	switch {
	case d.devices < 0:
		return o, usage("devices %d: there cannot be fewer than none", d.devices)
	case d.devices == 0:
		o.Devices = -1
	}
	if !(d.speed > 0) || math.IsInf(d.speed, 0) {
		return o, usage("speed %v: want a number above 0", d.speed)
	}
	if d.latency < 0 {
		return o, usage("latency %s: want a duration of 0 or more, such as 80ms", d.latency)
	}
	for _, written := range d.faults {
		fault, err := demo.ParseFault(written)
		if err != nil {
			return o, usageError{err}
		}
		o.Faults = append(o.Faults, fault)
	}
	return o, nil
}

// served are the flags of the demo tenant that is served to others.
type served struct {
	demoFlags
	signInFlags
	listen                 string
	tls                    bool
	tenant, user, password string
	users                  string // a file of accounts
	settle                 time.Duration
	log                    string // a file, "-" for standard error, "none"
	load, save             string // files of whole tenants
}

// newDemo is the command that serves the demo tenant alone.
func newDemo(streams Streams) *cobra.Command {
	s := served{}
	c := &cobra.Command{
		Use:   "demo",
		Short: "Serve the demo tenant alone, for other clients",
		Long: `Serve a Cumulocity tenant that lives in memory, until interrupted: for trying out
clients, agents and tests. It answers at the address that is printed, with the
users that are printed; every request is logged on standard error.

Users of your own are in a file, an array of JSON objects:

  [{"name": "jane", "password": "a-Secret.1", "groups": ["readers"],
    "roles": ["ROLE_ALARM_ADMIN"], "totpSecret": "JBSWY3DPEHPK3PXP"}]

What goes wrong is a list of kinds with settings: 400, 429, 500, 503, slow, cut (in the
middle of the answer), drop (without an answer) and kill (ends the caller's session)
hit requests, by method, path, rate and count, and those that wait take after; skew
sets the clock of the tenant wrong for all of them, forward or back.

What the platform does a little after it has answered, such as counting alarms or
deleting the data of a device, it does after --settle: make that 1ms for tests.

The tenant has tenants below it. Sign in to one by its id in front of the user name, as
in t47111/admin; the list of users has their administrators.

A tenant that was saved with --save is loaded with --load. Its devices do not live, and
the tenants below it are not in the file: they start anew.`,
		Example: `  c8yx demo --listen 127.0.0.1:8090 --devices 1000
  c8yx demo --tls --faults 429:rate=0.05:after=2s
  c8yx demo --devices 0 --settle 1ms --log none`,
		Args: plainArgs(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return s.serve(c.Context(), c.Flags().Changed, streams) },
	}
	set := c.Flags()
	set.StringVar(&s.listen, "listen", "127.0.0.1:8090", "address and port to listen on; port 0 is any that is free")
	set.BoolVar(&s.tls, "tls", false, "serve HTTPS with a certificate made for the occasion; its fingerprint is printed")
	set.StringVar(&s.tenant, "tenant", "t4711", "id of the tenant")
	admin := demo.Options{}.Administrator()
	set.StringVar(&s.user, "user", admin.Name, "name of the administrator")
	set.StringVar(&s.password, "password", admin.Password, "password of the administrator")
	set.StringVar(&s.users, "users", "", "`file` of more users")
	set.DurationVar(&s.settle, "settle", 500*time.Millisecond, "how long asynchronous effects take")
	set.StringVar(&s.log, "log", "-", "`file` to which requests are logged, - for standard error, none for not at all")
	set.StringVar(&s.load, "load", "", "`file` with the tenant to serve, as --save has written it")
	set.StringVar(&s.save, "save", "", "`file` to which the tenant is written at the end")
	s.demoFlags.register(set, "")
	s.signInFlags.register(set)
	return c
}

// options checks the flags. Changed tells which were given.
func (s *served) options(changed func(string) bool) (demo.Options, error) {
	o, err := s.demoFlags.options()
	if err != nil {
		return o, err
	}
	for _, name := range []struct{ flag, value string }{{"tenant", s.tenant}, {"user", s.user}} {
		if name.value == "" || strings.ContainsAny(name.value, "/:?# \t") {
			return o, usage("%s %q: want a name without spaces, colons or slashes", name.flag, name.value)
		}
	}
	if s.password == "" {
		return o, usage("password: it must not be empty")
	}
	if s.settle <= 0 {
		return o, usage("settle %s: want a duration above 0, such as 1ms", s.settle)
	}
	o.Compress = true // as the platform does: the clients are others' and may be far away
	o.Tenant, o.Domain, o.User, o.Password, o.Settle = s.tenant, "demo.example", s.user, s.password, s.settle
	if err := s.apply(&o); err != nil {
		return o, err
	}
	if s.load != "" {
		for _, flag := range []string{"devices", "seed", "speed", "user", "password", "users"} {
			if changed(flag) {
				return o, usage("--load and --%s: the tenant that is loaded has its own", flag)
			}
		}
		o.Devices = -1
	}
	if s.users != "" {
		if o.Users, err = readUsers(s.users); err != nil {
			return o, err
		}
	}
	return o, nil
}

func readUsers(name string) ([]demo.User, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, usageError{err}
	}
	defer func() { _ = file.Close() }()
	users, err := demo.ReadUsers(file)
	if err != nil {
		return nil, usage("%s: %w", name, err)
	}
	return users, nil
}

// serve serves the tenant until the context ends.
func (s *served) serve(ctx context.Context, changed func(string) bool, streams Streams) (err error) {
	options, err := s.options(changed)
	if err != nil {
		return err
	}
	logger, closing, err := requestLog(s.log, streams.Err)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closing()) }()
	options.Logger = logger
	at, err := s.open(options)
	if err != nil {
		return err
	}
	tenant, err := s.make(options)
	if err != nil {
		return errors.Join(err, at.Close())
	}
	defer tenant.Close()
	tenant.Start(ctx)
	printDemo(streams, at, tenant)
	err = serve(ctx, at, tenant, logger)
	if s.save != "" {
		tenant.Settle()
		err = errors.Join(err, saveTo(s.save, tenant))
	}
	return err
}

// make makes the tenant, or loads it.
func (s *served) make(options demo.Options) (*demo.Tenant, error) {
	tenant, err := demo.New(options)
	if err != nil || s.load == "" {
		return tenant, err
	}
	file, err := os.Open(s.load)
	if err == nil {
		err = errors.Join(tenant.Load(file), file.Close())
	}
	if err != nil {
		tenant.Close()
		return nil, fmt.Errorf("%s: %w", s.load, err)
	}
	return tenant, nil
}

// saveTo writes a tenant to a file, which is the old one or the whole new one at any moment.
func saveTo(name string, tenant *demo.Tenant) (err error) {
	file, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*.part")
	if err != nil {
		return fmt.Errorf("the tenant is not saved: %w", err)
	}
	err = errors.Join(tenant.Save(file), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), name)
	}
	if err != nil {
		return fmt.Errorf("the tenant is not saved: %w", errors.Join(err, os.Remove(file.Name())))
	}
	return nil
}
