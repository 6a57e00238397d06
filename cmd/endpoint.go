package cmd

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"c8yx/demo"
)

// endpoint is where a demo tenant is served.
type endpoint struct {
	net.Listener
	address     string
	fingerprint string // of its certificate: SHA-256; "" without TLS
}

// open listens, with the names of the tenant in the certificate.
func (s *served) open(options demo.Options) (*endpoint, error) {
	listener, err := net.Listen("tcp", s.listen)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s: %w", s.listen, err)
	}
	if !s.tls {
		return &endpoint{Listener: listener, address: "http://" + reachable(listener.Addr())}, nil
	}
	host, _, _ := net.SplitHostPort(listener.Addr().String())
	certificate, err := selfSigned(options.Tenant, host, "localhost", "127.0.0.1", "::1", options.Domain)
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return &endpoint{
		Listener: tls.NewListener(listener, &tls.Config{
			Certificates: []tls.Certificate{certificate},
			ClientAuth:   tls.RequestClientCert, // devices may sign in with theirs; the tenant looks at them
			NextProtos:   []string{"http/1.1"},  // WebSockets want it
		}),
		address: "https://" + reachable(listener.Addr()), fingerprint: fingerprint(certificate),
	}, nil
}

// reachable is where clients on this machine reach a listener.
func reachable(address net.Addr) string {
	if tcp, ok := address.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return net.JoinHostPort("localhost", strconv.Itoa(tcp.Port))
	}
	return address.String()
}

// serve answers on the listener until the context ends. What goes wrong with connections is logged.
func serve(ctx context.Context, listener net.Listener, handler http.Handler, logger *slog.Logger) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ErrorLog: slog.NewLogLogger(logger.Handler(), slog.LevelWarn)}
	stopped := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stopped()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// printDemo tells how to reach the tenant.
func printDemo(streams Streams, at *endpoint, tenant *demo.Tenant) {
	out := streams.Out
	fmt.Fprintf(out, "The demo tenant answers at %s until you press ctrl+c.\n\n", at.address)
	fmt.Fprintf(out, "tenant       %s (%s)\n", tenant.ID(), tenant.Domain())
	if at.fingerprint != "" {
		fmt.Fprintf(out, "certificate  self-signed, SHA-256 %s\n", at.fingerprint)
	}
	fmt.Fprintf(out, "\n%-26s %-17s %s\n", "USER", "PASSWORD", "WHO")
	users := tenant.Users()
	for _, u := range users {
		name := u.Name
		if u.Tenant != tenant.ID() {
			name = u.Tenant + "/" + name
		}
		fmt.Fprintf(out, "%-26s %-17s %s\n", name, u.Password, u.Description)
	}
	if len(users) == 0 {
		return
	}
	fmt.Fprintf(out, "\nFor other clients:\n\n")
	for _, v := range [][2]string{
		{"C8Y_BASEURL", at.address},
		{"C8Y_HOST", at.address},
		{"C8Y_TENANT", users[0].Tenant},
		{"C8Y_USER", users[0].Name},
		{"C8Y_PASSWORD", users[0].Password},
	} {
		fmt.Fprintf(out, "export %s=%s\n", v[0], quoted(v[1]))
	}
}

// quoted writes a text so that a shell reads it as it is.
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
