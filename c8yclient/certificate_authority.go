package c8yclient

import (
	"context"
	"net/http"
)

// CertificateAuthorityService manages the tenant's own authority, which signs the
// certificates that devices ask for. It is found among the trusted certificates, see
// [TrustedCertificateListOptions].
type CertificateAuthorityService service

// Create makes an authority for the tenant. [ErrConflict] means that there is one.
//
// Operation: POST /certificate-authority
func (s *CertificateAuthorityService) Create(ctx context.Context) (*TrustedCertificate, error) {
	return one[TrustedCertificate](ctx, s.client, call{method: http.MethodPost, path: at("certificate-authority")})
}

// Renew gives the tenant's authority a new certificate.
//
// Operation: POST /certificate-authority/renew
func (s *CertificateAuthorityService) Renew(ctx context.Context) (*TrustedCertificate, error) {
	return one[TrustedCertificate](ctx, s.client, call{method: http.MethodPost, path: at("certificate-authority", "renew")})
}
