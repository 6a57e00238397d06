package c8yclient

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// CertificateStatus says whether a certificate is trusted at the moment.
type CertificateStatus string

// The states of a trusted certificate.
const (
	CertificateEnabled  CertificateStatus = "ENABLED"
	CertificateDisabled CertificateStatus = "DISABLED"
)

// TrustedCertificate is one that a tenant trusts: devices may connect with certificates
// that it signed.
type TrustedCertificate struct {
	// Fingerprint identifies the certificate: its SHA-1 as 40 lower-case hex digits.
	Fingerprint string            `json:"fingerprint,omitzero"`
	Self        string            `json:"self,omitzero"`
	Name        string            `json:"name,omitzero"`
	Status      CertificateStatus `json:"status,omitzero"`
	// AutoRegistrationEnabled registers devices when they first connect. Nil leaves it as
	// it is, and means no in a new certificate.
	AutoRegistrationEnabled *bool `json:"autoRegistrationEnabled,omitzero"`
	// PEM is the certificate itself. Some tenants give it without line breaks.
	PEM           string    `json:"certInPemFormat,omitzero"`
	Subject       string    `json:"subject,omitzero"`
	Issuer        string    `json:"issuer,omitzero"`
	SerialNumber  string    `json:"serialNumber,omitzero"`
	AlgorithmName string    `json:"algorithmName,omitzero"`
	Version       int       `json:"version,omitzero"`
	NotBefore     time.Time `json:"notBefore,omitzero"`
	NotAfter      time.Time `json:"notAfter,omitzero"`
	// ProofOfPossessionValid says that the tenant has shown to own the private key, by
	// signing the verification code.
	ProofOfPossessionValid      bool      `json:"proofOfPossessionValid,omitzero"`
	VerificationCode            string    `json:"proofOfPossessionUnsignedVerificationCode,omitzero"`
	VerificationCodeUsableUntil time.Time `json:"proofOfPossessionVerificationCodeUsableUntil,omitzero"`
	// TenantCertificateAuthority marks the tenant's own authority, see
	// [CertificateAuthorityService].
	TenantCertificateAuthority bool `json:"tenantCertificateAuthority,omitzero"`
	Document
}

// TrustedCertificateListOptions are the options of [TrustedCertificatesService.List].
type TrustedCertificateListOptions struct {
	// CertificateAuthority gives only the tenant's own authority.
	CertificateAuthority bool `query:"certificateAuthority"`
	Paging
}

// TrustedCertificateCreateOptions are the options of [TrustedCertificatesService.Create].
type TrustedCertificateCreateOptions struct {
	// AddToTrustStore, if false, keeps the certificate from being used for connections at
	// once. Nil means true.
	AddToTrustStore *bool `query:"addToTrustStore"`
}

// TrustedCertificatesService manages the certificates that a tenant trusts. Every method
// takes the tenant as the first id.
type TrustedCertificatesService service

func trustedRoute(tenantID string, rest ...string) route {
	return at(append([]string{"tenant", "tenants", tenantID, "trusted-certificates"}, rest...)...)
}

func (s *TrustedCertificatesService) listing(tenantID string, options *TrustedCertificateListOptions) listing {
	return listing{path: trustedRoute(tenantID), query: options, key: "certificates"}
}

// List walks all trusted certificates.
//
// Operation: GET /tenant/tenants/{tenantId}/trusted-certificates
func (s *TrustedCertificatesService) List(ctx context.Context, tenantID string, options *TrustedCertificateListOptions) iter.Seq2[*TrustedCertificate, error] {
	return list[TrustedCertificate](ctx, s.client, s.listing(tenantID, options))
}

// Pages walks the pages of trusted certificates.
//
// Operation: GET /tenant/tenants/{tenantId}/trusted-certificates
func (s *TrustedCertificatesService) Pages(ctx context.Context, tenantID string, options *TrustedCertificateListOptions) iter.Seq2[*Page[TrustedCertificate], error] {
	return pages[TrustedCertificate](ctx, s.client, s.listing(tenantID, options))
}

// Page returns one page of trusted certificates.
//
// Operation: GET /tenant/tenants/{tenantId}/trusted-certificates
func (s *TrustedCertificatesService) Page(ctx context.Context, tenantID string, options *TrustedCertificateListOptions) (*Page[TrustedCertificate], error) {
	return page[TrustedCertificate](ctx, s.client, s.listing(tenantID, options))
}

// Get returns one trusted certificate.
//
// Operation: GET /tenant/tenants/{tenantId}/trusted-certificates/{fingerprint}
func (s *TrustedCertificatesService) Get(ctx context.Context, tenantID, fingerprint string) (*TrustedCertificate, error) {
	return one[TrustedCertificate](ctx, s.client, call{method: http.MethodGet, path: trustedRoute(tenantID, fingerprint)})
}

// Create makes a tenant trust a certificate. PEM and status are required; [ErrConflict]
// means that it is trusted already, [ErrInvalid] that it is no certificate.
//
// Operation: POST /tenant/tenants/{tenantId}/trusted-certificates
func (s *TrustedCertificatesService) Create(ctx context.Context, tenantID string, certificate *TrustedCertificate, options *TrustedCertificateCreateOptions) (*TrustedCertificate, error) {
	return one[TrustedCertificate](ctx, s.client, call{
		method: http.MethodPost, path: trustedRoute(tenantID), query: options, body: certificate,
	})
}

// CreateMany makes a tenant trust several certificates, all or none.
//
// Operation: POST /tenant/tenants/{tenantId}/trusted-certificates/bulk
func (s *TrustedCertificatesService) CreateMany(ctx context.Context, tenantID string, certificates []*TrustedCertificate, options *TrustedCertificateCreateOptions) ([]*TrustedCertificate, error) {
	return items[TrustedCertificate](ctx, s.client, call{
		method: http.MethodPost, path: trustedRoute(tenantID, "bulk"), query: options,
		body: map[string][]*TrustedCertificate{"certificates": certificates},
	}, "certificates")
}

// Update changes name, status or registration of a certificate, and returns it as it is
// now. The patch is a *[TrustedCertificate], a map or raw JSON with what changes and nothing
// else.
//
// Operation: PUT /tenant/tenants/{tenantId}/trusted-certificates/{fingerprint}
func (s *TrustedCertificatesService) Update(ctx context.Context, tenantID, fingerprint string, patch any) (*TrustedCertificate, error) {
	return one[TrustedCertificate](ctx, s.client, call{
		method: http.MethodPut, path: trustedRoute(tenantID, fingerprint), body: patch,
	})
}

// Delete ends the trust in a certificate.
//
// Operation: DELETE /tenant/tenants/{tenantId}/trusted-certificates/{fingerprint}
func (s *TrustedCertificatesService) Delete(ctx context.Context, tenantID, fingerprint string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: trustedRoute(tenantID, fingerprint)})
}

func possessionRoute(tenantID, fingerprint, step string) route {
	return at("tenant", "tenants", tenantID, "trusted-certificates-pop", fingerprint, step)
}

// GenerateVerificationCode makes a new code to prove the possession of a private key with.
// It is in the certificate that is returned.
//
// Operation: POST /tenant/tenants/{tenantId}/trusted-certificates-pop/{fingerprint}/verification-code
func (s *TrustedCertificatesService) GenerateVerificationCode(ctx context.Context, tenantID, fingerprint string) (*TrustedCertificate, error) {
	return one[TrustedCertificate](ctx, s.client, call{
		method: http.MethodPost, path: possessionRoute(tenantID, fingerprint, "verification-code"),
	})
}

// ProvePossession shows that the tenant owns the private key of a certificate: the code
// is the verification code, signed with that key.
//
// Operation: POST /tenant/tenants/{tenantId}/trusted-certificates-pop/{fingerprint}/pop
func (s *TrustedCertificatesService) ProvePossession(ctx context.Context, tenantID, fingerprint, signedCode string) (*TrustedCertificate, error) {
	return one[TrustedCertificate](ctx, s.client, call{
		method: http.MethodPost, path: possessionRoute(tenantID, fingerprint, "pop"),
		body: map[string]string{"proofOfPossessionSignedVerificationCode": signedCode},
	})
}

// ConfirmPossession is the word of the platform's operator that a tenant owns the private
// key of a certificate.
//
// Operation: POST /tenant/tenants/{tenantId}/trusted-certificates-pop/{fingerprint}/confirmed
func (s *TrustedCertificatesService) ConfirmPossession(ctx context.Context, tenantID, fingerprint string) (*TrustedCertificate, error) {
	return one[TrustedCertificate](ctx, s.client, call{
		method: http.MethodPost, path: possessionRoute(tenantID, fingerprint, "confirmed"),
	})
}
