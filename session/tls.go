package session

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"os"
)

// Transport returns the way to a tenant that checks and shows certificates as t says, and does
// everything else like [http.DefaultTransport]: it speaks HTTP/2 and goes through the proxy that
// the environment names. Its error names the file that is wrong.
func (t TLS) Transport() (*http.Transport, error) {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 16 // as many as a client has under way, and realtime
	config := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: t.Insecure}
	if t.CA != "" {
		roots, err := rootsWith(t.CA)
		if err != nil {
			return nil, err
		}
		config.RootCAs = roots
	}
	if t.Certificate != "" || t.Key != "" {
		certificate, err := t.clientCertificate()
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{certificate}
	}
	transport.TLSClientConfig = config
	return transport, nil
}

// rootsWith returns the roots that the system trusts and those in the file.
func rootsWith(file string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("the trusted authorities cannot be read: %w", err)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool() // what the user gives must do
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)", file)
	}
	return roots, nil
}

func (t TLS) clientCertificate() (tls.Certificate, error) {
	if t.Certificate == "" || t.Key == "" {
		return tls.Certificate{}, errors.New("a client certificate needs both files, the certificate and its key")
	}
	certificate, err := tls.LoadX509KeyPair(t.Certificate, t.Key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("the client certificate %s with the key %s cannot be used: %w", t.Certificate, t.Key, err)
	}
	return certificate, nil
}
