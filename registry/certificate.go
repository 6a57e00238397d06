package registry

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"

	"c8yx/c8yclient"
)

// Enrollment is a device that wants a certificate of the tenant's authority.
type Enrollment struct {
	// ID is what the user announces it by; it becomes the common name.
	ID string
	// OneTimePassword is what the user announced it with.
	OneTimePassword c8yclient.Secret
	// Key is the device's private key; it never leaves the device.
	Key crypto.Signer
	// Progress is called after every question that was not answered with a
	// certificate; nil if nobody is watching.
	Progress func(Progress)
}

// AwaitCertificate asks for the first certificate of a device (EST, RFC 7030)
// until it is there or the context ends. While nobody has announced the device
// with this password, the platform refuses, which is waited for. The device's
// certificate comes first, then those of the authority.
func (r *Registry) AwaitCertificate(ctx context.Context, e Enrollment) ([]*x509.Certificate, error) {
	request, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{
		Subject: pkix.Name{CommonName: e.ID},
	}, e.Key)
	if err != nil {
		return nil, fmt.Errorf("registering %q: %w", e.ID, err)
	}
	var certificates []*x509.Certificate
	err = await(ctx, e.ID, e.Progress, c8yclient.ErrUnauthorized, func() (err error) {
		certificates, err = r.client.Enrollment.Enroll(ctx, e.ID, e.OneTimePassword, request)
		return err
	})
	return certificates, err
}
