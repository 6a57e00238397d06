package c8yclient

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"
)

// connectionFailure says in words why no connection came about, and of which kinds beside
// [ErrTransport] that is. It returns "" for what it has no better words for than the error itself.
func connectionFailure(err error) (words string, kinds []error) {
	var (
		verification *tls.CertificateVerificationError
		record       tls.RecordHeaderError
		dns          *net.DNSError
		op           *net.OpError
	)
	switch {
	case errors.As(err, &verification):
		return certificateWords(verification.Err, time.Now()), []error{ErrCertificate}
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return fmt.Sprintf("the proxy that the environment names cannot be reached: %v", op.Err), []error{ErrProxy}
	case strings.Contains(err.Error(), "Proxy Authentication Required"):
		return "the proxy that the environment names wants a user and a password", []error{ErrProxy}
	case errors.Is(err, http.ErrSchemeMismatch), errors.As(err, &record):
		return "it does not speak HTTPS there; is it http://, or another port?", []error{ErrScheme}
	case speaksTLS(err):
		return speaksHTTPS, []error{ErrScheme}
	case errors.As(err, &op) && op.Op == "remote error":
		return alertWords(strings.TrimPrefix(op.Err.Error(), "tls: ")), []error{ErrCertificate}
	case errors.As(err, &dns) && dns.IsNotFound:
		return fmt.Sprintf("there is no host %q", dns.Name), nil
	case errors.As(err, &op) && op.Op == "dial" && errors.Is(op.Err, syscall.ECONNREFUSED) && op.Addr != nil:
		return fmt.Sprintf("nothing listens at %s: connection refused", op.Addr), nil
	}
	return "", nil
}

const speaksHTTPS = "it speaks HTTPS there: write https://"

// certificateWords says what is wrong with a certificate, at a time.
func certificateWords(err error, now time.Time) string {
	var (
		authority x509.UnknownAuthorityError
		hostname  x509.HostnameError
		invalid   x509.CertificateInvalidError
	)
	switch {
	case errors.As(err, &hostname):
		return "the certificate is for " + namesOf(hostname.Certificate) + " and not for " + hostname.Host
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && now.Before(invalid.Cert.NotBefore):
		return fmt.Sprintf("the certificate is not valid before %s, and the clock of this machine says %s",
			day(invalid.Cert.NotBefore), minute(now))
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return fmt.Sprintf("the certificate expired on %s, and the clock of this machine says %s",
			day(invalid.Cert.NotAfter), minute(now))
	case errors.As(err, &authority):
		who := ""
		if authority.Cert != nil && authority.Cert.Issuer.String() != "" {
			who = " (" + shorten(authority.Cert.Issuer.String(), 100) + ")"
		}
		return "the certificate comes from an authority that this machine does not trust" + who
	}
	return "the certificate cannot be trusted: " + err.Error()
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 MST") }

// namesOf returns whom a certificate is for.
func namesOf(certificate *x509.Certificate) string {
	names := certificate.DNSNames
	for _, ip := range certificate.IPAddresses {
		names = append(names, ip.String())
	}
	const most = 3
	switch {
	case len(names) == 0 && certificate.Subject.CommonName != "":
		return shorten(certificate.Subject.CommonName, 100)
	case len(names) == 0:
		return "nobody"
	case len(names) > most:
		return shorten(strings.Join(names[:most], ", "), 200) + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return shorten(strings.Join(names, ", "), 200)
}

// alertWords says what an alert of the other side means, of which crypto/tls gives only the words.
func alertWords(alert string) string {
	switch {
	case strings.Contains(alert, "certificate required"):
		return "it wants a client certificate"
	case strings.Contains(alert, "certificate"):
		return "it does not accept the client certificate, or wants one: " + alert
	case strings.Contains(alert, "handshake failure"):
		return "it breaks off the handshake of TLS; it may want a client certificate"
	}
	return "it breaks off the handshake of TLS: " + alert
}

// speaksTLS reports whether what came in place of an HTTP answer is a record of TLS.
func speaksTLS(err error) bool {
	// net/http has no type for it; the text quotes what came: an alert (21) or a handshake (22).
	said := err.Error()
	return strings.Contains(said, "malformed HTTP") && (strings.Contains(said, `"\x15\x03`) || strings.Contains(said, `"\x16\x03`))
}

// wantsTLS reports whether an answer to plain HTTP says that its port is for HTTPS, as Go and
// nginx say it.
func wantsTLS(req *http.Request, resp *http.Response, body []byte) bool {
	if req == nil || req.URL.Scheme != "http" || resp.StatusCode != http.StatusBadRequest {
		return false
	}
	for _, said := range []string{"HTTP request to an HTTPS server", "HTTP request was sent to HTTPS port", "speaking plain HTTP to an SSL-enabled server"} {
		if bytes.Contains(body, []byte(said)) {
			return true
		}
	}
	return false
}
