package c8yclient_test

import (
	"encoding/base64"
	"encoding/pem"
	"errors"
	"strings"
	"testing"

	"c8yx/c8yclient"
)

// Authorities hand certificates out in several forms.
func TestEnrollForms(t *testing.T) {
	certificate := newCertificate("SN-1")
	folded := base64.StdEncoding.EncodeToString(pkcs7(certificate))
	folded = folded[:64] + "\r\n" + folded[64:] + "\r\n"
	asPEM := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate}))
	for name, test := range map[string]struct {
		answer string
		err    error
	}{
		"base64":                  {answer: folded},
		"DER":                     {answer: string(pkcs7(certificate))},
		"PEM":                     {answer: asPEM},
		"PEM in one line":         {answer: strings.ReplaceAll(asPEM, "\n", " ")},
		"no certificate":          {answer: base64.StdEncoding.EncodeToString(pkcs7()), err: c8yclient.ErrUnreadable},
		"PEM that breaks off":     {answer: asPEM[:100], err: c8yclient.ErrUnreadable},
		"PEM of nothing":          {answer: strings.ReplaceAll(asPEM, "MII", "AAA"), err: c8yclient.ErrUnreadable},
		"DER that breaks off":     {answer: string(pkcs7(certificate)[:40]), err: c8yclient.ErrUnreadable},
		"a certificate by itself": {answer: string(certificate), err: c8yclient.ErrUnreadable},
		"a web page":              {answer: "<html>gateway</html>", err: c8yclient.ErrUnreadable},
		"nothing":                 {err: c8yclient.ErrUnreadable},
	} {
		t.Run(name, func(t *testing.T) {
			client, _ := newClient(t, answer(200, test.answer))
			certificates, err := client.Enrollment.Enroll(t.Context(), "SN-1", "once", nil)
			if !errors.Is(err, test.err) {
				t.Fatalf("error %v, want %v", err, test.err)
			}
			if test.err == nil && (len(certificates) != 1 || certificates[0].Subject.CommonName != "SN-1") {
				t.Errorf("got %d certificates", len(certificates))
			}
		})
	}
	client, _ := newClient(t, answer(401, `{"message":"not yet"}`))
	_, err := client.Enrollment.Enroll(t.Context(), "SN-1", "once", nil)
	if !errors.Is(err, c8yclient.ErrUnauthorized) || strings.Contains(err.Error(), "once") {
		t.Errorf("before the user has announced the device: %v", err)
	}
}
