package demo

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"time"

	"c8yx/demo/office"
)

// trustCertificates puts up the certificates that the company trusts. Their keys follow from their names, so that they are the same in every
// tenant made at the same moment.
func (f *furnishing) trustCertificates() error {
	trusted := &certificates{platform: f.platform, shelf: f.shelf("certificates", 1), crl: f.shelf("revoked", 1)}
	now := time.UnixMilli(f.at).UTC().Truncate(time.Second)
	for _, c := range office.Certificates() {
		seed := sha256.Sum256([]byte(c.Name))
		key := ed25519.NewKeyFromSeed(seed[:])
		template := &x509.Certificate{
			SerialNumber: new(big.Int).SetBytes(seed[:10]), NotBefore: now.Add(c.Since), NotAfter: now.Add(c.Until),
			Subject: pkix.Name{CommonName: c.Name, Organization: []string{c.Organization}, Country: []string{c.Location}},
			IsCA:    true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
		}
		der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
		if err != nil {
			return err
		}
		cert, err := x509.ParseCertificate(der)
		if err != nil {
			return err
		}
		members := map[string]any{
			"name": c.Name, "status": "ENABLED", "autoRegistrationEnabled": c.Registers, "proofOfPossessionValid": c.Proven, "tenantCertificateAuthority": false,
		}
		if c.Disabled {
			members["status"] = "DISABLED"
		}
		if c.AwaitingProof {
			members["proofOfPossessionUnsignedVerificationCode"] = "HV-" + c.Location + "-4F7C2A91"
			members["proofOfPossessionVerificationCodeUsableUntil"] = now.Add(codeLife / 2)
		}
		if _, err := trusted.keep(cert, members); err != nil {
			return err
		}
	}
	return nil
}
