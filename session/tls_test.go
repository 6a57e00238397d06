package session_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"c8yx/c8yclient"
	"c8yx/session"
)

// authority issues certificates and keeps them as files.
type authority struct {
	t           *testing.T
	folder      string
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	a := &authority{t: t, folder: t.TempDir()}
	root := &x509.Certificate{
		Subject: pkix.Name{CommonName: "Plant Root"}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	a.certificate, a.key = root, nil
	a.issue("ca", root)
	return a
}

// issue writes name.pem and name.key and returns them ready for use.
func (a *authority) issue(name string, template *x509.Certificate) tls.Certificate {
	a.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	signer := a.key
	if signer == nil {
		signer, a.key = key, key
	}
	template.SerialNumber = big.NewInt(time.Now().UnixNano())
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, key.Public(), signer)
	if err != nil {
		a.t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		a.t.Fatal(err)
	}
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	private := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})
	for file, content := range map[string][]byte{a.file(name + ".pem"): certificate, a.file(name + ".key"): private} {
		if err := os.WriteFile(file, content, 0o600); err != nil {
			a.t.Fatal(err)
		}
	}
	pair, err := tls.X509KeyPair(certificate, private)
	if err != nil {
		a.t.Fatal(err)
	}
	return pair
}

func (a *authority) file(name string) string { return filepath.Join(a.folder, name) }

// serve answers on loopback, over TLS if there is a certificate, and returns host and port.
func (a *authority) serve(config *tls.Config) string {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"name":"t4711"}`)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	if config == nil {
		server.Start()
	} else {
		server.TLS = config
		server.StartTLS()
	}
	a.t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// Who answers is checked against the roots of the system and those that the profile adds, and
// what is wrong is said in words.
func TestWhoAnswersIsChecked(t *testing.T) {
	ca := newAuthority(t)
	valid := func(from, to time.Duration, names ...string) *x509.Certificate {
		template := &x509.Certificate{
			Subject: pkix.Name{CommonName: "tenant"}, NotBefore: time.Now().Add(from), NotAfter: time.Now().Add(to), DNSNames: names,
			ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		}
		if names == nil {
			template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
		}
		return template
	}
	showing := func(name string, template *x509.Certificate) string {
		return ca.serve(&tls.Config{Certificates: []tls.Certificate{ca.issue(name, template)}})
	}
	good := showing("good", valid(-time.Hour, time.Hour))
	old := showing("old", valid(-48*time.Hour, -24*time.Hour))
	young := showing("young", valid(24*time.Hour, 48*time.Hour))
	foreign := showing("foreign", valid(-time.Hour, time.Hour, "other.example", "third.example"))
	ca.issue("jane", valid(-time.Hour, time.Hour))
	known := x509.NewCertPool()
	known.AddCert(mustParse(t, ca.file("ca.pem")))
	strict := ca.serve(&tls.Config{
		Certificates: []tls.Certificate{ca.issue("strict", valid(-time.Hour, time.Hour))}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: known,
	})
	plain := ca.serve(nil)
	trusting := session.TLS{CA: ca.file("ca.pem")}

	for name, test := range map[string]struct {
		address string
		tls     session.TLS
		want    error // nil: it answers
		says    []string
	}{
		"an authority nobody knows":       {address: "https://" + good, want: c8yclient.ErrCertificate, says: []string{"does not trust", "Plant Root"}},
		"an authority the user trusts":    {address: "https://" + good, tls: trusting},
		"nothing is checked":              {address: "https://" + good, tls: session.TLS{Insecure: true}},
		"a certificate for somebody else": {address: "https://" + foreign, tls: trusting, want: c8yclient.ErrCertificate, says: []string{"is for other.example, third.example and not for 127.0.0.1"}},
		"a certificate that expired":      {address: "https://" + old, tls: trusting, want: c8yclient.ErrCertificate, says: []string{"expired on", "the clock of this machine says"}},
		"a certificate of tomorrow":       {address: "https://" + young, tls: trusting, want: c8yclient.ErrCertificate, says: []string{"not valid before", "the clock of this machine says"}},
		"no client certificate":           {address: "https://" + strict, tls: trusting, want: c8yclient.ErrCertificate, says: []string{"client certificate"}},
		"a client certificate": {
			address: "https://" + strict, tls: session.TLS{CA: ca.file("ca.pem"), Certificate: ca.file("jane.pem"), Key: ca.file("jane.key")},
		},
		"HTTPS where HTTP is": {address: "https://" + plain, want: c8yclient.ErrScheme, says: []string{"does not speak HTTPS"}},
		"HTTP where HTTPS is": {address: "http://" + good, want: c8yclient.ErrScheme, says: []string{"speaks HTTPS", "https://"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			transport, err := test.tls.Transport()
			if err != nil {
				t.Fatal(err)
			}
			defer transport.CloseIdleConnections()
			client, err := c8yclient.New(test.address, c8yclient.WithTransport(transport))
			if err != nil {
				t.Fatal(err)
			}
			_, err = client.Tenant.Current(t.Context(), nil)
			if !errors.Is(err, test.want) || test.want != nil && !errors.Is(err, c8yclient.ErrTransport) {
				t.Fatalf("%v, want %v", err, test.want)
			}
			for _, says := range test.says {
				if !strings.Contains(err.Error(), says) {
					t.Errorf("%q does not say %q", err, says)
				}
			}
			if err != nil && strings.Contains(err.Error(), "attempts") {
				t.Errorf("it was tried in vain more than once: %v", err)
			}
		})
	}
}

// A port that knows nothing but TLS answers plain HTTP with an alert.
func TestAnAlertIsNoAnswer(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Read(make([]byte, 1024))
			_, _ = conn.Write([]byte("\x15\x03\x01\x00\x02\x02\x46\r\n\r\n"))
			_ = conn.Close()
		}
	}()
	client, err := c8yclient.New("http://" + listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Tenant.Current(t.Context(), nil); !errors.Is(err, c8yclient.ErrScheme) {
		t.Errorf("%v, want it to say that https:// is needed", err)
	}
}

func TestFilesThatAreNoCertificates(t *testing.T) {
	ca := newAuthority(t)
	other := newAuthority(t)
	empty := ca.file("empty.pem")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		tls  session.TLS
		says string
	}{
		"no file":           {session.TLS{CA: ca.file("none.pem")}, "none.pem"},
		"an empty file":     {session.TLS{CA: empty}, "holds no certificate"},
		"a key alone":       {session.TLS{Key: ca.file("ca.key")}, "both files"},
		"another's key":     {session.TLS{Certificate: ca.file("ca.pem"), Key: other.file("ca.key")}, "cannot be used"},
		"no key in the key": {session.TLS{Certificate: ca.file("ca.pem"), Key: empty}, "cannot be used"},
	} {
		if _, err := test.tls.Transport(); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v, want %q in it", name, err, test.says)
		}
	}
}

func mustParse(t *testing.T, file string) *x509.Certificate {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(content)
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return certificate
}
