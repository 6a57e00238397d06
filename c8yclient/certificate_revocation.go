package c8yclient

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"time"
)

// RevokedCertificate is an entry of the list of certificates that are no longer good.
type RevokedCertificate struct {
	// SerialNumber is in hexadecimal.
	SerialNumber string `json:"serialNumberInHex"`
	// Revoked is when that happened; now if zero.
	Revoked time.Time `json:"revocationDate,omitzero"`
}

// CertificateVerification is what the platform makes of a chain of certificates.
type CertificateVerification struct {
	Valid    bool   `json:"successfullyValidated"`
	TenantID string `json:"tenantId,omitzero"`
	Subject  string `json:"subject,omitzero"`
	Issuer   string `json:"issuer,omitzero"`
	Document
}

// VerifyChain asks whether a tenant would let a device in that presents a chain of
// certificates, its own first. The tenant may be empty for the client's own.
//
// Operation: POST /tenant/trusted-certificates/verify-cert-chain
func (s *TrustedCertificatesService) VerifyChain(ctx context.Context, tenantID string, chain []*x509.Certificate) (*CertificateVerification, error) {
	form := formFile{part: "file", upload: chainFile(chain)}
	if tenantID != "" {
		form.fields = []formField{{name: "tenantId", contentType: "text/plain", value: tenantID}}
	}
	var result CertificateVerification
	err := s.client.postForm(ctx, call{
		method: http.MethodPost, path: at("tenant", "trusted-certificates", "verify-cert-chain"),
		header: http.Header{"X-Cumulocity-Client-Cert-Chain": {chainHeader(chain)}}, into: &result,
	}, form)
	if err != nil {
		return nil, err
	}
	return &result, nil
}

// chainFile writes certificates as a file.
func chainFile(chain []*x509.Certificate) Upload {
	var file bytes.Buffer
	for _, certificate := range chain {
		_ = pem.Encode(&file, &pem.Block{Type: "CERTIFICATE", Bytes: certificate.Raw})
	}
	return Upload{Name: "chain.pem", ContentType: "application/x-pem-file", Body: &file, Size: int64(file.Len())}
}

var revocationRoute = at("tenant", "trusted-certificates", "settings", "crl")

// RevocationList begins to download the list of certificates that are no longer good, as
// [x509.ParseRevocationList] reads it.
//
// Operation: GET /tenant/trusted-certificates/settings/crl
func (s *TrustedCertificatesService) RevocationList(ctx context.Context) (*File, error) {
	return s.client.GetFile(ctx, revocationRoute.escaped)
}

// Revoke adds certificates to the list of those that are no longer good.
//
// Operation: PUT /tenant/trusted-certificates/settings/crl
func (s *TrustedCertificatesService) Revoke(ctx context.Context, certificates ...RevokedCertificate) error {
	return s.client.do(ctx, call{
		method: http.MethodPut, path: revocationRoute, body: map[string][]RevokedCertificate{"crls": certificates},
	})
}

// RevokeFile adds the certificates of a CSV file, with the serial number in hexadecimal and
// the date of each, to the list of those that are no longer good.
//
// Operation: PUT /tenant/trusted-certificates/settings/crl
func (s *TrustedCertificatesService) RevokeFile(ctx context.Context, file Upload) error {
	return s.client.postForm(ctx, call{method: http.MethodPut, path: revocationRoute}, formFile{part: "file", upload: file})
}
