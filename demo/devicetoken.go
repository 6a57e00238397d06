package demo

import (
	"crypto/x509"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"time"

	"c8yx/demo/rawjson"
)

// trustAnchor is a certificate that the tenant trusts: devices get in with certificates that it has issued.
type trustAnchor struct {
	certificate  *x509.Certificate
	autoRegister bool // also devices that nobody has registered
}

// deviceTokens is /devicecontrol/deviceAccessToken: a token for a device that has shown its certificate in the TLS handshake.
type deviceTokens struct{ *registration }

func (d *deviceTokens) routes() []route {
	return []route{{"POST", "/devicecontrol/deviceAccessToken", anonymous(), "", d.post}}
}

const chainHeader = "X-Ssl-Cert-Chain"

// maxChain is how long a chain of certificates may be.
const maxChain = 10

func invalidChain() error { return unauthorized("Invalid certificate chain!") }

func unparsable(reason string) error {
	return fail(http.StatusBadRequest, "Device Certificates/Bad Request", "Cannot parse X509 certificate. : %s", reason)
}

// parseChain reads certificates in PEM as they travel in a header, with blanks for the ends of lines.
func parseChain(text string) ([]*x509.Certificate, error) {
	const begin, end = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
	var chain []*x509.Certificate
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		body, rest, found := strings.Cut(strings.TrimPrefix(text, begin), end)
		if !found || !strings.HasPrefix(text, begin) || len(chain) == maxChain {
			return nil, unparsable("Incomplete data")
		}
		der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(body), ""))
		if err != nil {
			return nil, unparsable("Incomplete data")
		}
		certificate, err := x509.ParseCertificate(der)
		if err != nil {
			return nil, unparsable("Incomplete data")
		}
		chain, text = append(chain, certificate), rest
	}
	return chain, nil
}

// anchorOf finds the trusted certificate that a device's certificate goes back to.
func (p *platform) anchorOf(leaf *x509.Certificate, chain []*x509.Certificate) (trustAnchor, bool) {
	between := x509.NewCertPool()
	for _, certificate := range chain {
		between.AddCert(certificate)
	}
	if slices.ContainsFunc(append([]*x509.Certificate{leaf}, chain...), p.revoked) {
		return trustAnchor{}, false
	}
	for _, anchor := range p.trusted() {
		roots := x509.NewCertPool()
		roots.AddCert(anchor.certificate)
		if _, err := leaf.Verify(x509.VerifyOptions{
			Roots: roots, Intermediates: between, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
		}); err == nil {
			return anchor, true
		}
	}
	return trustAnchor{}, false
}

func (d *deviceTokens) post(c *call) (reply, error) {
	chain, err := parseChain(c.r.Header.Get(chainHeader))
	if err != nil {
		return reply{}, err
	}
	if c.r.TLS == nil || len(c.r.TLS.PeerCertificates) == 0 {
		return reply{}, invalidChain()
	}
	leaf := c.r.TLS.PeerCertificates[0]
	anchor, trusted := d.anchorOf(leaf, append(chain, c.r.TLS.PeerCertificates[1:]...))
	if !trusted {
		return reply{}, invalidChain()
	}
	id := leaf.Subject.CommonName
	u := d.gate.directory.find(d.id, deviceUserName(id))
	switch {
	case u != nil && (u.disabled || !u.device):
		return reply{}, forbidden()
	case u == nil && (!anchor.autoRegister || id == ""):
		return reply{}, fail(
			http.StatusUnprocessableEntity, "Auto registeration is failed for device/Unprocessable Entity", "Cannot process certificate data.",
		) // the platform misspells it
	case u == nil:
		u = d.enlist(id, "", placement{})
	}
	life := time.Duration(number(d.option("oauth.internal", "device-token.lifespan.seconds"), 3600)) * time.Second
	life = max(life, 5*time.Minute)
	_, token := d.gate.sessions.issue(u, session{end: d.clock.Now().Add(life)})
	answer := ok("", rawjson.Append(nil, map[string]any{
		"accessToken": token, "idToken": nil, "refreshToken": nil, "expiresIn": int(life.Seconds()),
	}))
	answer.always = true
	return answer, nil
}
