package demo

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha1"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"
)

// What the areas about certificates need of cryptography. Nothing in here knows the API.

// fingerprint names a certificate.
func fingerprint(cert *x509.Certificate) string {
	sum := sha1.Sum(cert.Raw)
	return hex.EncodeToString(sum[:])
}

// derOf decodes PEM, or what is left of it when line breaks or the lines around were lost.
func derOf(text, label string) ([]byte, error) {
	if block, _ := pem.Decode([]byte(text)); block != nil && block.Type == label {
		return block.Bytes, nil
	}
	for _, line := range []string{"-----BEGIN " + label + "-----", "-----END " + label + "-----"} {
		text = strings.ReplaceAll(text, line, "")
	}
	return base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
}

func parseCertificate(text string) (*x509.Certificate, error) {
	der, err := derOf(text, "CERTIFICATE")
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

func pemOf(cert *x509.Certificate) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw}))
}

// proves reports whether a signature of a text was made with the key of a certificate.
func proves(cert *x509.Certificate, text string, signature []byte) bool {
	algorithm := x509.SHA256WithRSA
	switch cert.PublicKeyAlgorithm {
	case x509.ECDSA:
		algorithm = x509.ECDSAWithSHA256
	case x509.Ed25519:
		algorithm = x509.PureEd25519
	}
	return cert.CheckSignature(algorithm, []byte(text), signature) == nil
}

// authority can sign certificates.
type authority struct {
	cert *x509.Certificate
	key  crypto.Signer
}

// certificateLife is for how long an authority signs itself and devices.
const (
	authorityLife = 5 * 365 * 24 * time.Hour
	deviceLife    = 365 * 24 * time.Hour
)

func serial() *big.Int {
	number, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		panic(err) // crypto/rand never fails
	}
	return number.Add(number, big.NewInt(1))
}

// newAuthority makes a key pair, or takes one, and a certificate that it signs itself.
func newAuthority(name string, key crypto.Signer, now time.Time) (*authority, error) {
	if key == nil {
		made, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			return nil, err
		}
		key = made
	}
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: name}, NotBefore: now.Add(-time.Minute), NotAfter: now.Add(authorityLife),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	return &authority{cert, key}, err
}

// encodeKey and decodeKey turn a key into text and back.
func encodeKey(key crypto.Signer) (string, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	return base64.StdEncoding.EncodeToString(der), err
}

func decodeKey(text string) (crypto.Signer, error) {
	der, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, err
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, errors.New("the key cannot sign")
	}
	return signer, nil
}

// parseRequest reads a request for a certificate (PKCS #10): DER, base64 of it, or PEM. Whoever sends it has the key.
func parseRequest(body []byte) (*x509.CertificateRequest, error) {
	request, err := x509.ParseCertificateRequest(body)
	if err != nil {
		der, bad := derOf(string(body), "CERTIFICATE REQUEST")
		if bad != nil {
			return nil, bad
		}
		if request, err = x509.ParseCertificateRequest(der); err != nil {
			return nil, err
		}
	}
	if err := request.CheckSignature(); err != nil {
		return nil, err
	}
	return request, nil
}

// asksForCA reports whether a request wants to become an authority itself.
func asksForCA(request *x509.CertificateRequest) bool {
	basicConstraints := asn1.ObjectIdentifier{2, 5, 29, 19}
	for _, extension := range request.Extensions {
		var constraints struct {
			IsCA bool `asn1:"optional"`
			Max  int  `asn1:"optional,default:-1"`
		}
		if extension.Id.Equal(basicConstraints) {
			if _, err := asn1.Unmarshal(extension.Value, &constraints); err != nil || constraints.IsCA {
				return true
			}
		}
	}
	return false
}

// sign gives a device its certificate.
func (a *authority) sign(request *x509.CertificateRequest, now time.Time) (*x509.Certificate, error) {
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: request.Subject, NotBefore: now.Add(-time.Minute), NotAfter: now.Add(deviceLife),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, request.PublicKey, a.key)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

// certsOnly packs certificates as PKCS #7 SignedData without signatures (RFC 5272, 4.1), which is how EST answers.
func certsOnly(certs ...*x509.Certificate) ([]byte, error) {
	var raw []byte
	for _, cert := range certs {
		raw = append(raw, cert.Raw...)
	}
	set := asn1.RawValue{Class: asn1.ClassUniversal, Tag: asn1.TagSet, IsCompound: true}
	type content struct {
		Type asn1.ObjectIdentifier
	}
	inner, err := asn1.Marshal(struct {
		Version          int
		DigestAlgorithms asn1.RawValue
		Content          content
		Certificates     asn1.RawValue
		SignerInfos      asn1.RawValue
	}{
		1, set,
		content{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}},
		asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: raw},
		set,
	})
	if err != nil {
		return nil, fmt.Errorf("packing certificates: %w", err)
	}
	return asn1.Marshal(struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue
	}{
		asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2},
		asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: inner},
	})
}
