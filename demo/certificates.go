package demo

import (
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"net/http"
	"slices"
	"time"

	"c8yx/demo/rawjson"
)

// certificates is /tenant/tenants/{tenant}/trusted-certificates: whose signature makes a device trustworthy. The shelf has them by
// fingerprint.
type certificates struct {
	*platform
	shelf *shelf
	crl   *shelf // revoked serial numbers, in lower-case hexadecimal
}

// certificateKey is the member with the private key of the tenant's own authority.
const certificateKey = kept + "key"

func (s *certificates) routes() []route {
	const all, one = "/tenant/tenants/{tenant}/trusted-certificates", "/tenant/tenants/{tenant}/trusted-certificates/{fingerprint}"
	const proof = "/tenant/tenants/{tenant}/trusted-certificates-pop/{fingerprint}"
	readers := needs(roleTenantManagementAdmin, roleTenantAdmin, roleTenantManagementRead)
	writers := needs(roleTenantManagementAdmin, roleTenantAdmin)
	return []route{
		{"GET", all, readers, "", s.list},
		{"POST", all, writers, "", s.post},
		{"POST", all + "/bulk", writers, "", s.postMany},
		{"GET", one, readers, "", s.get},
		{"PUT", one, writers, "", s.put},
		{"DELETE", one, writers, "", s.delete},
		{"POST", proof + "/verification-code", writers, "", s.verificationCode},
		{"POST", proof + "/pop", writers, "", s.prove},
		{"POST", proof + "/confirmed", writers, "", s.confirm},
		{"POST", "/tenant/trusted-certificates/verify-cert-chain", needs(roleTenantManagementAdmin, roleTenantManagementRead), "", s.verify},
		{"GET", "/tenant/trusted-certificates/settings/crl", readers, "application/pkix-crl", s.getRevoked},
		{"PUT", "/tenant/trusted-certificates/settings/crl", writers, "", s.putRevoked},
	}
}

func certificatePath(tenant, id string) string {
	return "/tenant/tenants/" + tenant + "/trusted-certificates/" + id
}

func (s *certificates) write(w *rawjson.Writer, base string, it item) {
	w.Open('{')
	w.Str("self", base+certificatePath(s.id, it.id))
	w.Str("fingerprint", it.id)
	it.writeMembers(w)
	w.Close('}')
}

func (s *certificates) render(base string, it item) []byte {
	var w rawjson.Writer
	s.write(&w, base, it)
	return w.Buf
}

// ownTenant refuses paths that name another tenant, except to the management tenant.
func (s *certificates) ownTenant(c *call) error {
	switch {
	case c.param("tenant") == s.id:
		return nil
	case c.param("tenant") == c.who.user.tenant:
		return noTenant(c.param("tenant"))
	}
	return forbidden()
}

func (s *certificates) list(c *call) (reply, error) {
	if err := s.ownTenant(c); err != nil {
		return reply{}, err
	}
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	found, total := collect(p, slices.Values(s.shelf.all(func(it item) bool {
		return !c.flag("certificateAuthority") || it.flag("tenantCertificateAuthority")
	})), nil)
	return collection(c, "", "certificates", p, found, total, func(w *rawjson.Writer, it item) { s.write(w, c.base, it) }), nil
}

// keep adds a certificate. What is known of it stands in it.
func (s *certificates) keep(cert *x509.Certificate, members map[string]any) (item, error) {
	for name, value := range map[string]any{
		"certInPemFormat": pemOf(cert), "algorithmName": cert.SignatureAlgorithm.String(), "issuer": cert.Issuer.String(), "subject": cert.Subject.String(),
		"notBefore": cert.NotBefore.UTC(), "notAfter": cert.NotAfter.UTC(), "serialNumber": cert.SerialNumber.String(), "version": cert.Version,
	} {
		members[name] = value
	}
	it, fresh := s.shelf.add(fingerprint(cert), s.store.Shapes.Encode(members))
	if !fresh {
		return it, fail(http.StatusConflict, "certificate/Duplicate", "Certificate with fingerprint %s already exists", fingerprint(cert))
	}
	return it, nil
}

// uploaded reads what a client says of a certificate.
func (s *certificates) uploaded(body string) (*x509.Certificate, map[string]any, error) {
	text, status := rawjson.Text(body, "certInPemFormat"), rawjson.Text(body, "status")
	if text == "" {
		return nil, nil, missing("certInPemFormat")
	}
	cert, err := parseCertificate(text)
	if err != nil {
		return nil, nil, invalid("The certificate cannot be read: %v", err)
	}
	if !slices.Contains([]string{"", "ENABLED", "DISABLED"}, status) {
		return nil, nil, invalid("Invalid status: %s", status)
	}
	automatic, _ := rawjson.Member(body, "autoRegistrationEnabled")
	return cert, map[string]any{
		"name": or(rawjson.Text(body, "name"), cert.Subject.CommonName), "status": or(status, "ENABLED"), "autoRegistrationEnabled": automatic == "true",
		"proofOfPossessionValid": false, "tenantCertificateAuthority": false,
	}, nil
}

func (s *certificates) post(c *call) (reply, error) {
	if err := s.ownTenant(c); err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	cert, members, err := s.uploaded(body)
	if err != nil {
		return reply{}, err
	}
	it, err := s.keep(cert, members)
	if err != nil {
		return reply{}, err
	}
	s.audit(c.did("TrustedCertificates", "Trusted certificate created", it.id))
	return created("", c.url(certificatePath(s.id, it.id)), s.render(c.base, it)), nil
}

// postMany adds several certificates, or none if one of them is refused.
func (s *certificates) postMany(c *call) (reply, error) {
	if err := s.ownTenant(c); err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	list, _ := rawjson.Member(body, "certificates")
	var items []item
	undo := func(err error) (reply, error) {
		for _, it := range items {
			s.shelf.remove(it.id)
		}
		return reply{}, err
	}
	for element := range rawjson.Elements(list) {
		cert, members, err := s.uploaded(element)
		if err != nil {
			return undo(err)
		}
		it, err := s.keep(cert, members)
		if err != nil {
			return undo(err)
		}
		items = append(items, it)
	}
	if len(items) == 0 {
		return reply{}, missing("certificates")
	}
	answer := collection(c, "", "certificates", page{number: 1, size: len(items)}, items, len(items), func(w *rawjson.Writer, it item) { s.write(w, c.base, it) })
	answer.status = http.StatusCreated
	return answer, nil
}

// find returns the certificate that the path names.
func (s *certificates) find(c *call) (item, error) {
	if err := s.ownTenant(c); err != nil {
		return item{}, err
	}
	it, found := s.shelf.get(c.param("fingerprint"))
	if !found {
		return it, fail(http.StatusNotFound, "certificate/Not Found", "Certificate with fingerprint %s not found", c.param("fingerprint"))
	}
	return it, nil
}

func (s *certificates) get(c *call) (reply, error) {
	it, err := s.find(c)
	if err != nil {
		return reply{}, err
	}
	return ok("", s.render(c.base, it)), nil
}

// put changes name, status and automatic registration: everything else is in the certificate.
func (s *certificates) put(c *call) (reply, error) {
	it, err := s.find(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	var patch rawjson.Writer
	patch.Open('{')
	for _, name := range []string{"name", "status", "autoRegistrationEnabled"} {
		if raw, found := rawjson.Member(body, name); found && raw != "null" {
			patch.Raw(name, raw)
		}
	}
	patch.Close('}')
	if status := rawjson.Text(body, "status"); !slices.Contains([]string{"", "ENABLED", "DISABLED"}, status) {
		return reply{}, invalid("Invalid status: %s", status)
	}
	it, _ = s.shelf.merge(it.id, string(patch.Buf))
	s.audit(c.did("TrustedCertificates", "Trusted certificate updated", it.id))
	return ok("", s.render(c.base, it)), nil
}

// delete removes a certificate. With that of the tenant's own authority its key is gone, too.
func (s *certificates) delete(c *call) (reply, error) {
	it, err := s.find(c)
	if err != nil {
		return reply{}, err
	}
	s.shelf.remove(it.id)
	s.audit(c.did("TrustedCertificates", "Trusted certificate deleted", it.id))
	return empty(http.StatusNoContent), nil
}

// codeLife is for how long a verification code can be signed.
const codeLife = 24 * time.Hour

// change writes members of a certificate and answers with it.
func (s *certificates) change(c *call, it item, members map[string]any) (reply, error) {
	it, _ = s.shelf.merge(it.id, string(rawjson.Append(nil, members)))
	return ok("", s.render(c.base, it)), nil
}

// verificationCode gives out what the owner of the key is to sign.
func (s *certificates) verificationCode(c *call) (reply, error) {
	it, err := s.find(c)
	if err != nil {
		return reply{}, err
	}
	return s.change(c, it, map[string]any{
		"proofOfPossessionUnsignedVerificationCode": rand.Text(), "proofOfPossessionVerificationCodeUsableUntil": s.clock.Now().Add(codeLife).UTC(),
	})
}

// prove checks the signature of the code that was given out.
func (s *certificates) prove(c *call) (reply, error) {
	it, err := s.find(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	signed := rawjson.Text(body, "proofOfPossessionSignedVerificationCode")
	code := it.Text("proofOfPossessionUnsignedVerificationCode")
	until, _ := parseTime(it.Text("proofOfPossessionVerificationCodeUsableUntil"))
	switch {
	case signed == "":
		return reply{}, missing("proofOfPossessionSignedVerificationCode")
	case code == "" || until.Milli < s.now():
		return reply{}, fail(http.StatusUnprocessableEntity, "certificate/Unprocessable Entity", "There is no verification code, or it is too old")
	}
	signature, err := base64.StdEncoding.DecodeString(signed)
	cert, bad := parseCertificate(it.Text("certInPemFormat"))
	if err != nil || bad != nil || !proves(cert, code, signature) {
		return reply{}, fail(http.StatusBadRequest, "certificate/Bad Request", "The provided signed verification code is not correct")
	}
	return s.change(c, it, map[string]any{"proofOfPossessionValid": true})
}

// confirm believes the owner without proof, which only the management tenant may do.
func (s *certificates) confirm(c *call) (reply, error) {
	if c.who.user.tenant != management {
		return reply{}, forbidden()
	}
	it, found := s.shelf.get(c.param("fingerprint"))
	if !found || c.param("tenant") != s.id {
		return reply{}, fail(http.StatusNotFound, "certificate/Not Found", "Certificate with fingerprint %s not found", c.param("fingerprint"))
	}
	return s.change(c, it, map[string]any{"proofOfPossessionValid": true})
}
