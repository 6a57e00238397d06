package c8yclient

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"errors"
	"fmt"
)

// oidSignedData marks PKCS #7 signed data (RFC 2315, 9.1).
var oidSignedData = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}

// parsePKCS7 reads the certificates of PKCS #7 signed data that signs nothing, which is the
// form in which authorities hand them out (RFC 7030, 4.1.3).
func parsePKCS7(der []byte) ([]*x509.Certificate, error) {
	var info struct {
		ContentType asn1.ObjectIdentifier
		Content     asn1.RawValue `asn1:"explicit,tag:0"`
	}
	if _, err := asn1.Unmarshal(der, &info); err != nil {
		return nil, fmt.Errorf("not PKCS #7: %w", err)
	}
	if !info.ContentType.Equal(oidSignedData) {
		return nil, errors.New("not PKCS #7 signed data")
	}
	var signed struct {
		Version          int
		DigestAlgorithms asn1.RawValue
		ContentInfo      asn1.RawValue
		Certificates     asn1.RawValue `asn1:"optional,tag:0"`
		CRLs             asn1.RawValue `asn1:"optional,tag:1"`
		SignerInfos      asn1.RawValue
	}
	if _, err := asn1.Unmarshal(info.Content.Bytes, &signed); err != nil {
		return nil, fmt.Errorf("not PKCS #7 signed data: %w", err)
	}
	return x509.ParseCertificates(signed.Certificates.Bytes)
}

// parsePEM reads certificates as PEM. Unlike [encoding/pem] it does not mind blanks in place
// of line breaks, which some tools leave.
func parsePEM(text []byte) ([]*x509.Certificate, error) {
	begin, end := []byte("-----BEGIN CERTIFICATE-----"), []byte("-----END CERTIFICATE-----")
	var certificates []*x509.Certificate
	for {
		_, rest, found := bytes.Cut(text, begin)
		if !found {
			return certificates, nil
		}
		block, after, found := bytes.Cut(rest, end)
		if !found {
			return nil, errors.New("a certificate has no end")
		}
		der, err := base64.StdEncoding.DecodeString(withoutSpace(block))
		if err != nil {
			return nil, errors.New("a certificate is not base64")
		}
		certificate, err := x509.ParseCertificate(der)
		if err != nil {
			return nil, err
		}
		certificates = append(certificates, certificate)
		text = after
	}
}
