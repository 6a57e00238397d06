package cmd

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"c8yx/c8yclient"
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
	set.IntVar(&d.devices, prefix+"devices", 0, "how many devices the company has (default some 240)")
	set.Uint64Var(&d.seed, prefix+"seed", 1, "another seed is another company")
	set.Float64Var(&d.speed, prefix+"speed", 1, "how fast the company lives")
	set.DurationVar(&d.latency, prefix+"latency", 0, "added to every answer, such as 80ms")
	set.StringArrayVar(&d.faults, prefix+"fault", nil, "something that goes wrong, such as 503:rate=0.1 or slow:after=2s; may be given several times")
}

func (d *demoFlags) options() (demo.Options, error) {
	if d.devices < 0 || d.speed <= 0 || d.latency < 0 {
		return demo.Options{}, usage("the demo tenant needs devices, speed and latency of more than zero")
	}
	o := demo.Options{Devices: d.devices, Seed: d.seed, Speed: d.speed, Latency: d.latency, Life: true}
	for _, written := range d.faults {
		fault, err := demo.ParseFault(written)
		if err != nil {
			return demo.Options{}, usageError{err}
		}
		o.Faults = append(o.Faults, fault)
	}
	return o, nil
}

// newDemo is the command that serves the demo tenant alone.
func newDemo(streams Streams) *cobra.Command {
	var d demoFlags
	listen := "127.0.0.1:8090"
	c := &cobra.Command{
		Use:   "demo",
		Short: "Serve the demo tenant alone, for other clients",
		Long: `Serve a Cumulocity tenant that lives in memory, until interrupted. Other clients
find it at the address that is printed, with the users that are printed.`,
		Example: "  c8yx demo --listen 127.0.0.1:8090 --devices 1000",
		Args:    plainArgs(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			options, err := d.options()
			if err != nil {
				return err
			}
			return serveDemo(c.Context(), listen, options, streams)
		},
	}
	c.Flags().StringVar(&listen, "listen", listen, "address and port to listen on")
	d.register(c.Flags(), "")
	return c
}

// serveDemo serves the tenant until the context ends.
func serveDemo(ctx context.Context, listen string, options demo.Options, streams Streams) error {
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", listen, err)
	}
	options.Logger = slog.New(slog.NewTextHandler(streams.Err, nil)) // has the tenant's mail and SMS
	tenant, err := demo.New(options)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer tenant.Close()
	tenant.Start(ctx)
	printDemo(streams, "http://"+listener.Addr().String(), tenant)
	return serve(ctx, listener, tenant)
}

// serve answers on the listener until the context ends.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	stopped := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stopped()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// printDemo tells how to reach the tenant.
func printDemo(streams Streams, address string, tenant *demo.Tenant) {
	out := streams.Out
	fmt.Fprintf(out, "The demo tenant answers at %s until you press ctrl+c.\n\n", address)
	fmt.Fprintf(out, "tenant  %s (%s)\n\n", tenant.ID(), tenant.Domain())
	fmt.Fprintf(out, "%-24s %-16s %s\n", "USER", "PASSWORD", "WHO")
	users := tenant.Users()
	for _, u := range users {
		name := u.Name
		if u.Tenant != tenant.ID() {
			name = u.Tenant + "/" + name
		}
		fmt.Fprintf(out, "%-24s %-16s %s\n", name, u.Password, u.Description)
	}
	if len(users) == 0 {
		return
	}
	fmt.Fprintf(out, "\nFor other clients:\n\n")
	for _, v := range [][2]string{
		{"C8Y_BASEURL", address},
		{"C8Y_HOST", address},
		{"C8Y_TENANT", users[0].Tenant},
		{"C8Y_USER", users[0].Name},
		{"C8Y_PASSWORD", users[0].Password},
	} {
		fmt.Fprintf(out, "export %s='%s'\n", v[0], v[1])
	}
}

// company is the demo tenant of an explorer: it listens at once and is made
// while the first frame is already on screen.
type company struct {
	address string
	tenant  string
	user    string
	secret  c8yclient.Secret
	close   func()
}

// founding holds requests back until the tenant exists.
type founding struct {
	ready  chan struct{}
	tenant *demo.Tenant
	err    error
}

func (f *founding) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	select {
	case <-f.ready:
	case <-r.Context().Done():
		return
	}
	if f.err != nil {
		http.Error(w, f.err.Error(), http.StatusInternalServerError)
		return
	}
	f.tenant.ServeHTTP(w, r)
}

// found makes a company that listens on loopback.
func found(ctx context.Context, options demo.Options) (*company, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("the demo tenant cannot listen on loopback: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	f := &founding{ready: make(chan struct{})}
	var running sync.WaitGroup
	running.Go(func() {
		defer close(f.ready)
		if f.tenant, f.err = demo.New(options); f.err == nil {
			f.tenant.Start(ctx)
		}
	})
	running.Go(func() { _ = serve(ctx, listener, f) })
	user := options.Administrator()
	return &company{
		address: "http://" + listener.Addr().String(),
		tenant:  user.Tenant, user: user.Name, secret: c8yclient.Secret(user.Password),
		close: func() {
			cancel()
			running.Wait()
			if f.tenant != nil {
				f.tenant.Close()
			}
		},
	}, nil
}

// access returns how to reach the company.
func (c *company) access() access {
	return access{address: c.address, tenant: c.tenant, user: c.user, password: c.secret, mode: "DEMO"}
}
