package demo

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"c8yx/demo/rawjson"
)

// issuer is a certificate with its key.
type issuer struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// issue makes a certificate; the zero issuer makes one that has signed itself.
func (by issuer) issue(t *testing.T, name string, authority bool) issuer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IsCA: authority, BasicConstraintsValid: true,
	}
	if by.certificate == nil {
		by = issuer{template, key}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, by.certificate, &key.PublicKey, by.key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return issuer{certificate, key}
}

// header is a certificate as it travels in a header.
func (by issuer) header() string {
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: by.certificate.Raw})
	return strings.ReplaceAll(string(text), "\n", " ")
}

func TestDeviceAccessToken(t *testing.T) {
	tenant, err := New(Options{Devices: -1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tenant.Close)
	root := issuer{}.issue(t, "root", true)
	middle := root.issue(t, "middle", true)
	known, unknown := middle.issue(t, "SN-1", false), middle.issue(t, "SN-2", false)
	stranger := issuer{}.issue(t, "SN-1", false)
	tenant.registration.enlist("SN-1", "", placement{})

	for name, test := range map[string]struct {
		device  issuer
		trusted []trustAnchor
		header  string
		status  int
		says    string
	}{
		"trusted issuer":      {known, []trustAnchor{{middle.certificate, false}}, "", 200, `"expiresIn":3600`},
		"with the chain":      {known, []trustAnchor{{root.certificate, false}}, middle.header(), 200, `"accessToken":"ey`},
		"without the chain":   {known, []trustAnchor{{root.certificate, false}}, "", 401, "Invalid certificate chain!"},
		"nobody is trusted":   {known, nil, middle.header() + root.header(), 401, "Invalid certificate chain!"},
		"a stranger":          {stranger, []trustAnchor{{root.certificate, false}}, "", 401, "Invalid certificate chain!"},
		"no certificate":      {issuer{}, []trustAnchor{{root.certificate, false}}, "", 401, "Invalid certificate chain!"},
		"nonsense as a chain": {known, []trustAnchor{{root.certificate, false}}, "-----BEGIN CERTIFICATE----- x", 400, "Cannot parse X509 certificate. : Incomplete data"},
		"not registered":      {unknown, []trustAnchor{{middle.certificate, false}}, "", 422, "Auto registeration is failed"},
	} {
		tenant.trusted = func() []trustAnchor { return test.trusted }
		status, body := tenant.askForToken(test.device, test.header)
		if status != test.status || !strings.Contains(body, test.says) {
			t.Errorf("%s: %d %s, want %d %s", name, status, body, test.status, test.says)
		}
	}
	tenant.trusted = func() []trustAnchor { return []trustAnchor{{middle.certificate, true}} }
	status, body := tenant.askForToken(unknown, "")
	if status != 200 {
		t.Fatalf("with automatic registration: %d %s", status, body)
	}
	request := httptest.NewRequest("GET", "/inventory/managedObjects", nil)
	request.Header.Set("Authorization", "Bearer "+rawjson.Text(body, "accessToken"))
	recorder := httptest.NewRecorder()
	if tenant.ServeHTTP(recorder, request); recorder.Code != 200 {
		t.Errorf("with the token: %d %s", recorder.Code, recorder.Body)
	}
}

// askForToken calls with a client certificate, as if a TLS listener had checked that the client has its key.
func (t *Tenant) askForToken(device issuer, chain string) (status int, body string) {
	request := httptest.NewRequest("POST", "/devicecontrol/deviceAccessToken", nil)
	request.TLS = &tls.ConnectionState{}
	if device.certificate != nil {
		request.TLS.PeerCertificates = []*x509.Certificate{device.certificate}
	}
	if chain != "" {
		request.Header.Set(chainHeader, chain)
	}
	recorder := httptest.NewRecorder()
	t.ServeHTTP(recorder, request)
	return recorder.Code, recorder.Body.String()
}
