package c8yclient

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
)

// EnrollmentService gives devices certificates of the tenant's own authority, by the
// protocol EST (RFC 7030). The client needs no credentials of its own to enroll.
type EnrollmentService service

// Enroll asks for the first certificate of a device. The id is that of the device, which
// must be the common name of the certificate request (DER, PKCS #10), too; the one-time
// password is what the user announced the device with, [NewDeviceRequest].EnrollmentToken.
// While nobody has, the answer is [ErrUnauthorized]: ask again after a few seconds.
// The certificate of the device comes first, then those of the authority.
//
// Operation: POST /.well-known/est/simpleenroll
func (s *EnrollmentService) Enroll(ctx context.Context, id string, oneTimePassword Secret, request []byte) ([]*x509.Certificate, error) {
	return s.enroll(withoutAuth(ctx), "simpleenroll", request, http.Header{
		"Authorization": {"Basic " + Basic{User: id, Password: oneTimePassword}.encoded("").Reveal()},
	})
}

// Reenroll asks for another certificate before the old one expires. The client signs in
// as the device.
//
// Operation: POST /.well-known/est/simplereenroll
func (s *EnrollmentService) Reenroll(ctx context.Context, request []byte) ([]*x509.Certificate, error) {
	return s.enroll(ctx, "simplereenroll", request, http.Header{})
}

func (s *EnrollmentService) enroll(ctx context.Context, step string, request []byte, header http.Header) ([]*x509.Certificate, error) {
	header.Set("Content-Transfer-Encoding", "base64")
	var answer []byte
	l := call{
		method: http.MethodPost, path: at(".well-known", "est", step),
		body: strings.NewReader(base64.StdEncoding.EncodeToString(request)), contentType: "application/pkcs10",
		accept: "application/pkcs7-mime", header: header, into: &answer,
	}
	if err := s.client.do(ctx, l); err != nil {
		return nil, err
	}
	certificates, err := parseCertificates(answer)
	if err == nil && len(certificates) == 0 {
		err = errors.New("it holds no certificate")
	}
	if err != nil {
		return nil, unreadable(l.method, l.path.escaped, http.StatusCreated, err)
	}
	return certificates, nil
}

// parseCertificates reads what an authority answers: PKCS #7 in base64, which is what the
// protocol wants, or bare, or certificates as PEM, which is what the specification shows.
func parseCertificates(answer []byte) ([]*x509.Certificate, error) {
	answer = bytes.TrimSpace(answer)
	if bytes.Contains(answer, []byte("-----BEGIN")) {
		return parsePEM(answer)
	}
	if der, err := base64.StdEncoding.DecodeString(withoutSpace(answer)); err == nil {
		answer = der
	}
	return parsePKCS7(answer)
}

// withoutSpace drops line breaks and blanks, which base64 may be folded with.
func withoutSpace(text []byte) string { return strings.Join(strings.Fields(string(text)), "") }
