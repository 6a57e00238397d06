package c8yclient_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"math/big"
	"strings"

	"c8yx/c8yclient"
)

const (
	certificateJSON = `{"fingerprint":"df9c19e0433c6861","self":"s","name":"Factory","status":"ENABLED","autoRegistrationEnabled":true,
		"certInPemFormat":"-----BEGIN CERTIFICATE-----","subject":"CN=a","issuer":"CN=b","serialNumber":"7","algorithmName":"EC","version":3,
		"notBefore":"2026-01-01T00:00:00.000Z","notAfter":"2027-01-01T00:00:00.000Z","proofOfPossessionValid":true,
		"proofOfPossessionUnsignedVerificationCode":"code","proofOfPossessionVerificationCodeUsableUntil":"2026-02-01T00:00:00.000Z",
		"tenantCertificateAuthority":true,"acme_Plant":{"number":7}}`
	certificatesJSON = `{"certificates":[` + certificateJSON + `],"statistics":{"currentPage":1,"pageSize":2000}}`
)

func certificatesOperations() []operation {
	off := false
	chain := []*x509.Certificate{{Raw: []byte("device")}, {Raw: []byte("issuer")}}
	const chainPEM = "-----BEGIN CERTIFICATE-----\nZGV2aWNl\n-----END CERTIFICATE-----\n" +
		"-----BEGIN CERTIFICATE-----\naXNzdWVy\n-----END CERTIFICATE-----\n"
	return []operation{{
		method: "TrustedCertificates.List", answer: certificatesJSON, items: "certificates",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.TrustedCertificates.List(ctx, "t1", &c8yclient.TrustedCertificateListOptions{CertificateAuthority: true}))
		},
		sends: "GET /tenant/tenants/t1/trusted-certificates?certificateAuthority=true&pageSize=2000",
	}, {
		method: "TrustedCertificates.Pages", answer: certificatesJSON, items: "certificates",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.TrustedCertificates.Pages(ctx, "t1", nil))
		},
		sends: "GET /tenant/tenants/t1/trusted-certificates?pageSize=2000",
	}, {
		method: "TrustedCertificates.Page", answer: certificatesJSON, items: "certificates",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.TrustedCertificates.Page(ctx, "t1", nil))
		},
		sends: "GET /tenant/tenants/t1/trusted-certificates?pageSize=2000",
	}, {
		method: "TrustedCertificates.Get", answer: certificateJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.TrustedCertificates.Get(ctx, "t1", "df9c")
		},
		sends: "GET /tenant/tenants/t1/trusted-certificates/df9c",
	}, {
		method: "TrustedCertificates.Create", status: 201, answer: certificateJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.TrustedCertificates.Create(ctx, "t1",
				&c8yclient.TrustedCertificate{Name: "Factory", Status: c8yclient.CertificateEnabled, PEM: "p", AutoRegistrationEnabled: &off},
				&c8yclient.TrustedCertificateCreateOptions{AddToTrustStore: &off})
		},
		sends: "POST /tenant/tenants/t1/trusted-certificates?addToTrustStore=false",
		body:  `{"name":"Factory","status":"ENABLED","certInPemFormat":"p","autoRegistrationEnabled":false}`,
	}, {
		method: "TrustedCertificates.CreateMany", status: 201, answer: certificatesJSON, items: "certificates",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.TrustedCertificates.CreateMany(ctx, "t1", []*c8yclient.TrustedCertificate{
				{Name: "Factory", Status: c8yclient.CertificateEnabled, PEM: "p"},
			}, nil)
		},
		sends: "POST /tenant/tenants/t1/trusted-certificates/bulk",
		body:  `{"certificates":[{"name":"Factory","status":"ENABLED","certInPemFormat":"p"}]}`,
	}, {
		method: "TrustedCertificates.Update", answer: certificateJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.TrustedCertificates.Update(ctx, "t1", "df9c", &c8yclient.TrustedCertificate{Status: c8yclient.CertificateDisabled})
		},
		sends: "PUT /tenant/tenants/t1/trusted-certificates/df9c", body: `{"status":"DISABLED"}`,
	}, {
		method: "TrustedCertificates.Delete", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.TrustedCertificates.Delete(ctx, "t1", "df9c"))
		},
		sends: "DELETE /tenant/tenants/t1/trusted-certificates/df9c",
	}, {
		method: "TrustedCertificates.GenerateVerificationCode", answer: certificateJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.TrustedCertificates.GenerateVerificationCode(ctx, "t1", "df9c")
		},
		sends: "POST /tenant/tenants/t1/trusted-certificates-pop/df9c/verification-code",
	}, {
		method: "TrustedCertificates.ProvePossession", answer: certificateJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.TrustedCertificates.ProvePossession(ctx, "t1", "df9c", "signed")
		},
		sends: "POST /tenant/tenants/t1/trusted-certificates-pop/df9c/pop", body: `{"proofOfPossessionSignedVerificationCode":"signed"}`,
	}, {
		method: "TrustedCertificates.ConfirmPossession", answer: certificateJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.TrustedCertificates.ConfirmPossession(ctx, "t1", "df9c")
		},
		sends: "POST /tenant/tenants/t1/trusted-certificates-pop/df9c/confirmed",
	}, {
		method: "TrustedCertificates.VerifyChain",
		answer: `{"successfullyValidated":true,"tenantId":"t1","subject":"CN=a","issuer":"CN=b","acme":1}`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.TrustedCertificates.VerifyChain(ctx, "t1", chain)
		},
		sends: "POST /tenant/trusted-certificates/verify-cert-chain", contentType: "multipart/form-data",
		body: formParts("tenantId (text/plain): t1", "file chain.pem (application/x-pem-file): "+chainPEM),
		header: map[string]string{"X-Cumulocity-Client-Cert-Chain": "-----BEGIN CERTIFICATE----- ZGV2aWNl -----END CERTIFICATE----- " +
			"-----BEGIN CERTIFICATE----- aXNzdWVy -----END CERTIFICATE-----"},
	}, {
		method: "TrustedCertificates.RevocationList", answer: "crl", returns: `" (application/pkix-crl): crl"`, accept: "*/*",
		answered: map[string]string{"Content-Type": "application/pkix-crl"},
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return content(c.TrustedCertificates.RevocationList(ctx))
		},
		sends: "GET /tenant/trusted-certificates/settings/crl",
	}, {
		method: "TrustedCertificates.Revoke", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.TrustedCertificates.Revoke(ctx, c8yclient.RevokedCertificate{SerialNumber: "1a2b", Revoked: date(1)},
				c8yclient.RevokedCertificate{SerialNumber: "3c"}))
		},
		sends: "PUT /tenant/trusted-certificates/settings/crl",
		body:  `{"crls":[{"serialNumberInHex":"1a2b","revocationDate":"2026-02-01T00:00:00.000Z"},{"serialNumberInHex":"3c"}]}`,
	}, {
		method: "TrustedCertificates.RevokeFile", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.TrustedCertificates.RevokeFile(ctx, c8yclient.Upload{
				Name: "crl.csv", ContentType: "text/csv", Body: strings.NewReader("1a2b"), Size: 4,
			}))
		},
		sends: "PUT /tenant/trusted-certificates/settings/crl", contentType: "multipart/form-data",
		body: formParts("file crl.csv (text/csv): 1a2b"),
	}, {
		method: "CertificateAuthority.Create", status: 201, answer: certificateJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.CertificateAuthority.Create(ctx) },
		sends: "POST /certificate-authority",
	}, {
		method: "CertificateAuthority.Renew", status: 201, answer: certificateJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.CertificateAuthority.Renew(ctx) },
		sends: "POST /certificate-authority/renew",
	}}
}

func enrollmentOperations() []operation {
	answer := base64.StdEncoding.EncodeToString(pkcs7(newCertificate("SN-1"), newCertificate("authority")))
	names := func(certificates []*x509.Certificate, err error) (any, error) {
		if err != nil {
			return nil, err
		}
		names := []string{}
		for _, certificate := range certificates {
			names = append(names, certificate.Subject.CommonName)
		}
		return names, nil
	}
	header := map[string]string{
		"Content-Transfer-Encoding": "base64",
		"Authorization":             "Basic " + base64.StdEncoding.EncodeToString([]byte("SN-1:once")),
	}
	answered := map[string]string{"Content-Type": "application/pkcs7-mime;smime-type=certs-only"}
	return []operation{{
		method: "Enrollment.Enroll", status: 201, answer: answer, answered: answered, returns: `["SN-1","authority"]`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return names(c.Enrollment.Enroll(ctx, "SN-1", "once", []byte("request")))
		},
		sends: "POST /.well-known/est/simpleenroll", body: "cmVxdWVzdA==", header: header,
		contentType: "application/pkcs10", accept: "application/pkcs7-mime",
	}, {
		method: "Enrollment.Reenroll", status: 201, answer: answer, answered: answered, returns: `["SN-1","authority"]`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return names(c.Enrollment.Reenroll(ctx, []byte("request")))
		},
		sends: "POST /.well-known/est/simplereenroll", body: "cmVxdWVzdA==",
		contentType: "application/pkcs10", accept: "application/pkcs7-mime",
	}}
}

// newCertificate returns a certificate (DER) of that name.
func newCertificate(name string) []byte {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: name}, NotBefore: date(1), NotAfter: date(20)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		panic(err)
	}
	return der
}

// pkcs7 wraps certificates the way an authority does: in signed data that signs nothing.
func pkcs7(certificates ...[]byte) []byte {
	set := func(tag int, content []byte) asn1.RawValue {
		return asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: tag, IsCompound: true, Bytes: content}
	}
	empty := asn1.RawValue{Tag: asn1.TagSet, IsCompound: true}
	var all []byte
	for _, certificate := range certificates {
		all = append(all, certificate...)
	}
	signed, err := asn1.Marshal(struct {
		Version          int
		DigestAlgorithms asn1.RawValue
		ContentInfo      struct{ ContentType asn1.ObjectIdentifier }
		Certificates     asn1.RawValue
		SignerInfos      asn1.RawValue
	}{
		1, empty,
		struct{ ContentType asn1.ObjectIdentifier }{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}},
		set(0, all), empty,
	})
	if err != nil {
		panic(err)
	}
	der, err := asn1.Marshal(struct {
		ContentType asn1.ObjectIdentifier
		Content     asn1.RawValue
	}{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}, set(0, signed)})
	if err != nil {
		panic(err)
	}
	return der
}
