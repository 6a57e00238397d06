package demo

import (
	"crypto/x509"
	"encoding/csv"
	"io"
	"math/big"
	"mime"
	"net/http"
	"strings"
	"time"

	"c8yx/demo/rawjson"
)

// anchors are the certificates that the tenant trusts.
func (s *certificates) anchors() []trustAnchor {
	var anchors []trustAnchor
	for _, it := range s.shelf.all(func(it item) bool { return it.Text("status") == "ENABLED" }) {
		if cert, err := parseCertificate(it.Text("certInPemFormat")); err == nil {
			anchors = append(anchors, trustAnchor{certificate: cert, autoRegister: it.flag("autoRegistrationEnabled")})
		}
	}
	return anchors
}

// isRevoked reports whether a certificate is on the list of those that count no more.
func (s *certificates) isRevoked(cert *x509.Certificate) bool {
	_, revoked := s.crl.get(cert.SerialNumber.Text(16))
	return revoked
}

// verify tells whether a chain, uploaded or in a header, is one that the tenant trusts.
func (s *certificates) verify(c *call) (reply, error) {
	text := c.r.Header.Get("X-Cumulocity-Client-Cert-Chain")
	if media, _, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type")); strings.HasPrefix(media, "multipart/") {
		sent, err := c.upload()
		if err != nil {
			return reply{}, err
		}
		if tenant := string(sent.parts["tenantId"]); tenant != "" && tenant != s.id {
			return reply{}, noTenant(tenant)
		}
		text = string(sent.file.Content)
	}
	chain, err := parseChain(text)
	switch {
	case err != nil:
		return reply{}, err
	case len(chain) == 0:
		return reply{}, unparsable("Incomplete data")
	}
	if _, trusted := s.anchorOf(chain[0], chain[1:]); !trusted {
		return reply{}, invalidChain()
	}
	return ok("", rawjson.Append(nil, map[string]any{
		"successfullyValidated": true, "tenantId": s.id, "issuer": chain[0].Issuer.String(), "subject": chain[0].Subject.String(),
	})), nil
}

// revoke puts serial numbers on the list. Those that are there already stay as they are.
func (s *certificates) revoke(serial, date string) error {
	number, valid := new(big.Int).SetString(strings.TrimSpace(serial), 16)
	if !valid || number.Sign() <= 0 {
		return fail(http.StatusBadRequest, "certificate/Bad Request", "Invalid serial number: %q", serial)
	}
	at := s.clock.Now()
	if date != "" {
		stamp, valid := parseTime(date)
		if !valid {
			return fail(http.StatusBadRequest, "certificate/Bad Request", "Invalid date: %q", date)
		}
		at = stamp.Time()
	}
	s.crl.add(number.Text(16), s.store.Shapes.Encode(map[string]any{"revocationDate": at.UTC()}))
	return nil
}

func (s *certificates) putRevoked(c *call) (reply, error) {
	if media, _, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type")); strings.HasPrefix(media, "multipart/") {
		sent, err := c.upload()
		if err != nil {
			return reply{}, err
		}
		return empty(http.StatusNoContent), s.revokeTable(string(sent.file.Content))
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	list, _ := rawjson.Member(body, "crls")
	for entry := range rawjson.Elements(list) {
		serial, _ := rawjson.Member(entry, "serialNumberInHex")
		if err := s.revoke(rawjson.Unquote(serial), rawjson.Text(entry, "revocationDate")); err != nil {
			return reply{}, err
		}
	}
	return empty(http.StatusNoContent), nil
}

// revokeTable reads a table of serial numbers and dates, with or without a heading.
func (s *certificates) revokeTable(text string) error {
	table := csv.NewReader(strings.NewReader(text))
	table.FieldsPerRecord = -1
	for line := 0; ; line++ {
		fields, err := table.Read()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return fail(http.StatusBadRequest, "certificate/Bad Request", "The table cannot be read: %v", err)
		case line == 0 && strings.EqualFold(strings.TrimSpace(fields[0]), "serialNumberInHex"):
			continue
		}
		fields = append(fields, "")
		if err := s.revoke(fields[0], strings.TrimSpace(fields[1])); err != nil {
			return err
		}
	}
}

// getRevoked signs the list with the tenant's authority, or, as long as it has none, with one made for the purpose.
func (s *certificates) getRevoked(*call) (reply, error) {
	signer, err := s.authority()
	if err != nil {
		return reply{}, err
	}
	if signer == nil {
		if signer, err = newAuthority(s.id, nil, s.clock.Now()); err != nil {
			return reply{}, err
		}
	}
	list := &x509.RevocationList{Number: big.NewInt(s.now()), ThisUpdate: s.clock.Now(), NextUpdate: s.clock.Now().Add(24 * time.Hour)}
	for _, it := range s.crl.all(nil) {
		serial, _ := new(big.Int).SetString(it.id, 16)
		at, _ := parseTime(it.Text("revocationDate"))
		list.RevokedCertificateEntries = append(list.RevokedCertificateEntries, x509.RevocationListEntry{SerialNumber: serial, RevocationTime: at.Time()})
	}
	der, err := x509.CreateRevocationList(nil, list, signer.cert, signer.key)
	if err != nil {
		return reply{}, err
	}
	return ok("application/pkix-crl", der), nil
}
