package demo

import (
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"c8yx/demo/clock"
)

// authorities is /certificate-authority and /.well-known/est: the tenant signs certificates for its devices.
type authorities struct {
	*certificates
	registration *registration
}

func (a *authorities) routes() []route {
	const est = "/.well-known/est/"
	admins := needs(roleTenantManagementAdmin, roleTenantAdmin)
	return []route{
		{"POST", "/certificate-authority", admins, "", a.create},
		{"POST", "/certificate-authority/renew", admins, "", a.renew},
		{"POST", est + "simpleenroll", anonymous(), "*/*", a.enroll},
		{"POST", est + "simplereenroll", needs(roleDevice), "*/*", a.reenroll},
	}
}

// own returns the tenant's own authority on the list.
func (s *certificates) own() (item, bool) {
	own := s.shelf.all(func(it item) bool { return it.flag("tenantCertificateAuthority") })
	if len(own) == 0 {
		return item{}, false
	}
	return own[len(own)-1], true
}

// authority returns what the tenant signs with, nil if it has nothing.
func (s *certificates) authority() (*authority, error) {
	it, found := s.own()
	if !found {
		return nil, nil
	}
	cert, err := parseCertificate(it.Text("certInPemFormat"))
	if err != nil {
		return nil, err
	}
	key, err := decodeKey(it.Text(certificateKey))
	return &authority{cert, key}, err
}

func (a *authorities) create(c *call) (reply, error) {
	if _, found := a.own(); found {
		return reply{}, fail(http.StatusConflict, "certificate/Duplicate", "Tenant CA already exists")
	}
	made, err := newAuthority(a.id, nil, a.clock.Now())
	if err != nil {
		return reply{}, err
	}
	return a.publish(c, made, "Certificate authority created")
}

// publish puts the tenant's authority on the list. Devices register themselves with what it signs.
func (a *authorities) publish(c *call, made *authority, activity string) (reply, error) {
	key, err := encodeKey(made.key)
	if err != nil {
		return reply{}, err
	}
	it, err := a.keep(made.cert, map[string]any{
		"name": a.id, "status": "ENABLED", "autoRegistrationEnabled": true, "proofOfPossessionValid": true, "tenantCertificateAuthority": true,
		certificateKey: key,
	})
	if err != nil {
		return reply{}, err
	}
	a.audit(c.did("TrustedCertificates", activity, it.id))
	return created("", c.url(certificatePath(a.id, it.id)), a.render(c.base, it)), nil
}

// tooFresh is how much time an authority must at most have left to be renewed.
const tooFresh = 18 * 30 * 24 * time.Hour

func (a *authorities) renew(c *call) (reply, error) {
	old, err := a.authority()
	if err != nil {
		return reply{}, err
	}
	if old == nil || clock.Until(a.clock, old.cert.NotAfter) > tooFresh {
		return reply{}, fail(http.StatusNotFound, "certificate/Not Found", "Tenant CA is not present, or not eligible for renewal yet")
	}
	renewed, err := newAuthority(a.id, old.key, a.clock.Now())
	if err != nil {
		return reply{}, err
	}
	return a.publish(c, renewed, "Certificate authority renewed")
}

// enroll gives a device its first certificate. It shows the one-time password that somebody registered it with; until then it asks
// in vain.
func (a *authorities) enroll(c *call) (reply, error) {
	id, password, _ := c.r.BasicAuth()
	request, err := a.registration.find(id)
	if err != nil || request.enrollment == "" || subtle.ConstantTimeCompare([]byte(password), []byte(request.enrollment)) != 1 {
		return reply{}, unauthorized("Invalid credentials! : Bad credentials")
	}
	answer, err := a.certify(c, id)
	if err != nil {
		return reply{}, err
	}
	if !a.registration.remove(id) {
		return reply{}, unauthorized("Invalid credentials! : Bad credentials") // the password was used a moment ago
	}
	u := a.registration.enlist(id, "", request.placement)
	a.audit(deed{kind: "User", activity: "Device certificate created", source: u.name, user: request.owner})
	return answer, nil
}

// reenroll gives a device another certificate for the credentials that it has.
func (a *authorities) reenroll(c *call) (reply, error) {
	return a.certify(c, strings.TrimPrefix(c.who.user.name, deviceUserName("")))
}

// certify signs the request in the body, which must be for the device that asks.
func (a *authorities) certify(c *call, device string) (reply, error) {
	signer, err := a.authority()
	switch {
	case err != nil:
		return reply{}, err
	case signer == nil:
		return reply{}, fail(http.StatusForbidden, "certificate/Forbidden", "The tenant has no certificate authority")
	}
	body, err := c.read()
	if err != nil {
		return reply{}, err
	}
	request, err := parseRequest(body)
	switch {
	case err != nil:
		return reply{}, fail(http.StatusBadRequest, "certificate/Bad Request", "The certificate signing request cannot be read: %v", err)
	case request.Subject.CommonName != device:
		return reply{}, fail(http.StatusForbidden, "certificate/Forbidden", "The common name of the request is not the id of the device")
	case asksForCA(request):
		return reply{}, fail(http.StatusForbidden, "certificate/Forbidden", "Requests for certificate authorities are not supported")
	}
	cert, err := signer.sign(request, a.clock.Now())
	if err != nil {
		return reply{}, fail(http.StatusBadRequest, "certificate/Bad Request", "The request cannot be signed: %v", err)
	}
	packed, err := certsOnly(cert)
	if err != nil {
		return reply{}, err
	}
	return reply{
		status: http.StatusCreated, media: "application/pkcs7-mime; smime-type=certs-only", always: true,
		header: http.Header{"Content-Transfer-Encoding": {"base64"}}, body: []byte(base64.StdEncoding.EncodeToString(packed)),
	}, nil
}
