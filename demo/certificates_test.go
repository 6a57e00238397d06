package demo_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/demo"
)

const certificates = "/tenant/tenants/t4711/trusted-certificates"

// pair is a certificate with its key.
type pair struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// certify makes a certificate, signed by another one or by itself.
func certify(t testing.TB, name string, by *pair) *pair {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: by == nil, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	made := &pair{key: key}
	if by == nil {
		by = &pair{template, key}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, by.cert, key.Public(), by.key)
	if err != nil {
		t.Fatal(err)
	}
	if made.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	return made
}

func (p *pair) pem() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.cert.Raw}))
}

func TestTrustedCertificates(t *testing.T) {
	b := start(t, demo.Options{})
	ca := certify(t, "Factory", nil)
	a := b.want(201, "POST", certificates, map[string]any{"certInPemFormat": ca.pem(), "name": "factory", "status": "ENABLED"})
	print := a.text("fingerprint")
	if len(print) != 40 || a.text("subject") != "CN=Factory" || a.text("version") != "3" || a.Header.Get("Location") != b.server.URL+certificates+"/"+print {
		t.Errorf("created %s", a.body)
	}
	oneLine := strings.ReplaceAll(certify(t, "Other", nil).pem(), "\n", "")
	b.want(409, "POST", certificates, map[string]any{"certInPemFormat": ca.pem(), "status": "ENABLED"})
	b.want(422, "POST", certificates, map[string]any{"certInPemFormat": "nonsense", "status": "ENABLED"})
	b.want(422, "POST", certificates, map[string]any{"status": "ENABLED"})
	b.want(422, "POST", certificates, map[string]any{"certInPemFormat": oneLine, "status": "LOST"})
	bulk := func(texts ...string) map[string]any {
		var list []any
		for _, text := range texts {
			list = append(list, map[string]any{"certInPemFormat": text, "status": "ENABLED"})
		}
		return map[string]any{"certificates": list}
	}
	b.want(409, "POST", certificates+"/bulk", bulk(oneLine, ca.pem())) // none of them
	b.want(201, "POST", certificates+"/bulk", bulk(oneLine))
	if a := b.get(certificates + "?pageSize=1&withTotalElements=true"); a.text("certificates", 0, "fingerprint") != print || a.text("statistics", "totalElements") != "2" {
		t.Errorf("list %s", a.body)
	}
	if a := b.want(200, "PUT", certificates+"/"+print, `{"name":"works","status":"DISABLED","subject":"x"}`); a.text("name")+a.text("status")+a.text("subject") != "worksDISABLEDCN=Factory" {
		t.Errorf("changed %s", a.body)
	}
	if a := b.get(certificates + "/" + print); a.text("name")+a.text("fingerprint") != "works"+print {
		t.Errorf("read again %s", a.body)
	}
	b.want(422, "PUT", certificates+"/"+print, `{"status":"LOST"}`)
	b.want(403, "GET", tenants+"/t47111/trusted-certificates", nil)

	const proof = tenants + "/t4711/trusted-certificates-pop/"
	b.want(422, "POST", proof+print+"/pop", `{"proofOfPossessionSignedVerificationCode":"eA=="}`) // none given out
	code := b.want(200, "POST", proof+print+"/verification-code", nil).text("proofOfPossessionUnsignedVerificationCode")
	sum := sha256.Sum256([]byte(code))
	signature, err := ca.key.Sign(rand.Reader, sum[:], crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	b.want(400, "POST", proof+print+"/pop", `{"proofOfPossessionSignedVerificationCode":"eA=="}`)
	if a := b.want(200, "POST", proof+print+"/pop", map[string]any{"proofOfPossessionSignedVerificationCode": signature}); a.text("proofOfPossessionValid") != "true" {
		t.Errorf("proved %s", a.body)
	}
	b.want(403, "POST", proof+print+"/confirmed", nil)
	b.as(operator).want(200, "POST", proof+print+"/confirmed", nil)
	b.as(operator).want(404, "POST", proof+"x/confirmed", nil)
	b.want(204, "DELETE", certificates+"/"+print, nil)
	b.want(404, "GET", certificates+"/"+print, nil)
}

func TestCertificateChains(t *testing.T) {
	b := start(t, demo.Options{})
	ca := certify(t, "Factory", nil)
	device, stranger := certify(t, "SN-7", ca), certify(t, "SN-8", certify(t, "Elsewhere", nil))
	b.want(201, "POST", certificates, map[string]any{"certInPemFormat": ca.pem(), "status": "ENABLED", "autoRegistrationEnabled": true})
	const path, crl = "/tenant/trusted-certificates/verify-cert-chain", "/tenant/trusted-certificates/settings/crl"
	if a := b.submit(200, "POST", path, "file:chain.pem="+device.pem()+ca.pem()); a.text("successfullyValidated") != "true" || a.text("subject") != "CN=SN-7" {
		t.Errorf("verified %s", a.body)
	}
	b.with("X-Cumulocity-Client-Cert-Chain", strings.ReplaceAll(device.pem(), "\n", " ")).want(200, "POST", path, nil)
	b.submit(401, "POST", path, "file:chain.pem="+stranger.pem())
	b.submit(400, "POST", path, "file:chain.pem=nonsense")
	b.submit(404, "POST", path, "tenantId=t1", "file:chain.pem="+device.pem())

	connect := func(chain ...*pair) *httptest.ResponseRecorder {
		request := httptest.NewRequest("POST", "https://demo.example/devicecontrol/deviceAccessToken", nil)
		request.TLS = &tls.ConnectionState{}
		for _, p := range chain {
			request.TLS.PeerCertificates = append(request.TLS.PeerCertificates, p.cert)
		}
		recorder := httptest.NewRecorder()
		b.tenant.ServeHTTP(recorder, request)
		return recorder
	}
	answered := connect(device)
	got := answer{answered.Result(), answered.Body.Bytes()}
	if answered.Code != 200 || got.text("expiresIn") != "3600" {
		t.Fatalf("token: %d %s", answered.Code, answered.Body)
	}
	if who := b.as(got.text("accessToken")).want(201, "POST", objects, `{"name":"Seven","c8y_IsDevice":{}}`); who.text("owner") != "device_SN-7" {
		t.Errorf("made %s", who.body)
	}
	for _, test := range []struct {
		chain  []*pair
		status int
	}{{nil, 401}, {[]*pair{stranger}, 401}} {
		if recorder := connect(test.chain...); recorder.Code != test.status {
			t.Errorf("token: %d %s", recorder.Code, recorder.Body)
		}
	}

	b.want(204, "PUT", crl, map[string]any{"crls": []any{map[string]any{"serialNumberInHex": device.cert.SerialNumber.Text(16), "revocationDate": "2026-01-11T16:12:36.288Z"}}})
	b.submit(204, "PUT", crl, "file:crl.csv=serialNumberInHex,revocationDate\n1000,2026-01-11T16:12:36.288Z\n")
	b.want(400, "PUT", crl, `{"crls":[{"serialNumberInHex":"xyz"}]}`)
	list, err := x509.ParseRevocationList(b.get(crl).body)
	if err != nil || len(list.RevokedCertificateEntries) != 2 || list.RevokedCertificateEntries[1].SerialNumber.Int64() != 0x1000 {
		t.Errorf("revoked: %v, %v", list, err)
	}
	b.submit(401, "POST", path, "file:chain.pem="+device.pem())
}

// certificatesOf opens a PKCS #7 answer.
func certificatesOf(t *testing.T, body []byte) []*x509.Certificate {
	t.Helper()
	der, err := base64.StdEncoding.DecodeString(string(body))
	if err != nil {
		t.Fatalf("%v: %q", err, body)
	}
	var outer struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue
	}
	var inner struct {
		Version      int
		Digests      asn1.RawValue
		Content      asn1.RawValue
		Certificates asn1.RawValue `asn1:"tag:0"`
		Signers      asn1.RawValue
	}
	if _, err := asn1.Unmarshal(der, &outer); err != nil || outer.Type.String() != "1.2.840.113549.1.7.2" {
		t.Fatalf("%v %v", outer.Type, err)
	}
	if _, err := asn1.Unmarshal(outer.Content.Bytes, &inner); err != nil {
		t.Fatal(err)
	}
	certs, err := x509.ParseCertificates(inner.Certificates.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return certs
}

// signingRequest makes a request for a certificate.
func signingRequest(t *testing.T, name string, extensions ...pkix.Extension) []byte {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{Subject: pkix.Name{CommonName: name}, ExtraExtensions: extensions}, key)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(base64.StdEncoding.EncodeToString(der))
}

func TestEnrolment(t *testing.T) {
	b := start(t, demo.Options{})
	const enroll, reenroll = "/.well-known/est/simpleenroll", "/.well-known/est/simplereenroll"
	b.want(201, "POST", "/devicecontrol/newDeviceRequests", `{"id":"SN-9","enrollmentToken":"once-only"}`)
	device := b.as("SN-9:once-only").with("Content-Type", "application/pkcs10").with("Accept", "")
	device.want(403, "POST", enroll, signingRequest(t, "SN-9")) // nobody to sign
	authority := b.want(201, "POST", "/certificate-authority", nil)
	if authority.text("tenantCertificateAuthority")+authority.text("autoRegistrationEnabled") != "truetrue" || bytes.Contains(authority.body, []byte("_key")) {
		t.Errorf("authority %s", authority.body)
	}
	if got := b.get(certificates+"?certificateAuthority=true").all("certificates", "fingerprint"); got != authority.text("fingerprint") {
		t.Errorf("listed %s", got)
	}
	b.want(409, "POST", "/certificate-authority", nil)

	isCA, _ := asn1.Marshal(struct{ CA bool }{true})
	b.as("SN-9:guess").with("Content-Type", "application/pkcs10").want(401, "POST", enroll, signingRequest(t, "SN-9"))
	device.want(403, "POST", enroll, signingRequest(t, "SN-10"))
	device.want(403, "POST", enroll, signingRequest(t, "SN-9", pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, 19}, Value: isCA}))
	device.want(400, "POST", enroll, []byte("nonsense"))
	a := device.want(201, "POST", enroll, signingRequest(t, "SN-9"))
	certs := certificatesOf(t, a.body)
	if len(certs) != 1 || certs[0].Subject.CommonName != "SN-9" || !strings.HasPrefix(a.Header.Get("Content-Type"), "application/pkcs7-mime") {
		t.Fatalf("enrolled %v, %v", certs, a.Header)
	}
	ca, _ := pem.Decode([]byte(authority.text("certInPemFormat")))
	root, err := x509.ParseCertificate(ca.Bytes)
	if err != nil || certs[0].CheckSignatureFrom(root) != nil {
		t.Errorf("not signed by the authority: %v", err)
	}
	device.want(401, "POST", enroll, signingRequest(t, "SN-9")) // once only

	r := httptest.NewRequest("POST", "https://demo.example/devicecontrol/deviceAccessToken", nil)
	r.TLS.PeerCertificates = certs
	recorder := httptest.NewRecorder()
	b.tenant.ServeHTTP(recorder, r)
	token := answer{recorder.Result(), recorder.Body.Bytes()}.text("accessToken")
	again := b.as(token).with("Content-Type", "application/pkcs10").want(201, "POST", reenroll, signingRequest(t, "SN-9"))
	if certs := certificatesOf(t, again.body); certs[0].Subject.CommonName != "SN-9" {
		t.Errorf("again: %v", certs[0].Subject)
	}
	b.as(token).want(403, "POST", reenroll, signingRequest(t, "SN-1"))
	b.want(403, "POST", reenroll, signingRequest(t, "admin"))
}

func TestAuthorityIsRenewed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, demo.Options{})
		b.want(404, "POST", "/certificate-authority/renew", nil)
		first := b.want(201, "POST", "/certificate-authority", nil)
		b.want(404, "POST", "/certificate-authority/renew", nil) // too fresh
		time.Sleep(4 * 365 * 24 * time.Hour)
		second := b.want(201, "POST", "/certificate-authority/renew", nil)
		if first.text("fingerprint") == second.text("fingerprint") || second.text("notAfter") <= first.text("notAfter") {
			t.Errorf("renewed %s", second.body)
		}
	})
}
