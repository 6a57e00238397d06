package views

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// certificateAdmin are the permissions of which any one allows changing trusted certificates.
func certificateAdmin() []string {
	return []string{"ROLE_TENANT_MANAGEMENT_ADMIN", "ROLE_TENANT_ADMIN"}
}

func certificatePath(t *tenant.Tenant, c *certificate) string {
	return apiPath("tenant", "tenants", t.ID(), "trusted-certificates", c.Fingerprint)
}

func trusted(c *certificate) bool { return c.Status == c8yclient.CertificateEnabled }

func registers(c *certificate) bool {
	return c.AutoRegistrationEnabled != nil && *c.AutoRegistrationEnabled
}

func certificateActions(t *tenant.Tenant) []collection.Action[*certificate] {
	return []collection.Action[*certificate]{
		{Action: keys.CertificateEnable, Write: &collection.Write[*certificate]{
			Did: "Changed",
			Request: func(c *certificate) write.Request {
				status := c8yclient.CertificateEnabled
				if trusted(c) {
					status = c8yclient.CertificateDisabled
				}
				return write.Put(certificatePath(t, c), map[string]any{"status": status})
			},
			Changed: func(seen, now *certificate) string {
				if seen.Status != now.Status {
					return "it is " + strings.ToLower(string(now.Status)) + " meanwhile"
				}
				return ""
			},
		}},
		{Action: keys.CertificateRegister, Write: &collection.Write[*certificate]{
			Did: "Changed",
			Request: func(c *certificate) write.Request {
				return write.Put(certificatePath(t, c), map[string]any{"autoRegistrationEnabled": !registers(c)})
			},
		}},
		{
			Action: keys.CertificateProve,
			Disabled: func(c *certificate) string {
				if c.ProofOfPossessionValid {
					return "it is proved already"
				}
				return ""
			},
			Run: func(act *collection.Act[*certificate]) { prove(t, act) },
		},
	}
}

func certificateFields() []edit.Field {
	return []edit.Field{
		{Field: form.Field{Name: "name", Label: "Name"}},
		{Field: form.Field{Name: "status", Label: "Status", Value: string(c8yclient.CertificateEnabled), Input: form.Choice(
			form.Option{Value: string(c8yclient.CertificateEnabled), Label: "enabled", Note: "Devices with certificates of it may connect."},
			form.Option{Value: string(c8yclient.CertificateDisabled), Label: "disabled", Note: "Nobody gets in with it."},
		)}},
		{As: edit.Flag, Field: form.Field{
			Name: "autoRegistrationEnabled", Label: "Registers", Note: "Devices that come with a certificate of it need not be announced.",
		}},
	}
}

func editCertificate() *collection.Edit[*certificate] {
	return &collection.Edit[*certificate]{Editor: edit.Editor{
		Needs: certificateAdmin(), Fields: certificateFields(),
		Fixed: []string{
			"fingerprint", "certInPemFormat", "algorithmName", "issuer", "subject", "serialNumber", "version", "notBefore", "notAfter",
			"proofOfPossessionValid", "proofOfPossessionUnsignedVerificationCode", "proofOfPossessionVerificationCodeUsableUntil", "tenantCertificateAuthority",
		},
	}}
}

// The members of a new certificate: where it comes from is not sent.
const (
	pemMember  = "certInPemFormat"
	fileMember = "file"
	fromMember = "from"
)

func newCertificate(t *tenant.Tenant) edit.Creator {
	from := func(where string) func(form.Values) bool {
		return func(v form.Values) bool { return v.Text(fromMember) == where }
	}
	path := apiPath("tenant", "tenants", t.ID(), "trusted-certificates")
	return edit.Creator{
		One: "certificate", Needs: certificateAdmin(),
		Fields: append([]edit.Field{
			{Field: form.Field{Name: fromMember, Label: "From", Value: fileMember, Input: form.Choice(
				form.Option{Value: fileMember, Label: "a file"}, form.Option{Value: pemMember, Label: "pasted text"},
			)}},
			{As: edit.File, Field: form.Field{Name: fileMember, Label: "File", Required: true, Placeholder: "ca.pem", Visible: from(fileMember), Note: "A certificate in PEM form, as openssl writes it."}},
			{Field: form.Field{Name: pemMember, Label: "Certificate", Required: true, Input: form.Lines(6), Visible: from(pemMember), Validate: pemProblem, Placeholder: "-----BEGIN CERTIFICATE-----"}},
		}, certificateFields()...),
		Before: readCertificate,
		Request: func(document jsontext.Value) write.Request {
			return write.Post(path, write.Without(document, fromMember))
		},
		Back: func(answer jsontext.Value) (write.Request, text.Safe) {
			c, err := c8yclient.DecodeDocument[certificate](answer)
			if err != nil || c == nil || c.Fingerprint == "" {
				return write.Request{}, "the tenant did not say what it is called"
			}
			return write.Delete(certificatePath(t, c)), ""
		},
	}
}

// readCertificate puts the certificate of a file in the place of its name.
func readCertificate(_ context.Context, _ *tenant.Tenant, document jsontext.Value) (jsontext.Value, error) {
	document = write.Without(document, fromMember)
	given, err := c8yclient.DecodeDocument[struct {
		File string `json:"file"`
	}](document)
	if err != nil || given == nil || given.File == "" {
		return document, err
	}
	content, err := readPEM(given.File)
	if err != nil {
		return nil, err
	}
	quoted, err := jsontext.AppendQuote(nil, content)
	if err != nil {
		return nil, fmt.Errorf("%s is no text: %w", given.File, err)
	}
	return write.With(write.Without(document, fileMember), pemMember, quoted), nil
}

// largestPEM is how large the file of a certificate may be.
const largestPEM = 1 << 20

// readPEM reads a file that should hold a certificate.
func readPEM(path string) (string, error) {
	if rest, home := strings.CutPrefix(path, "~/"); home {
		if dir, err := os.UserHomeDir(); err == nil {
			path = dir + "/" + rest
		}
	}
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, largestPEM))
	if err != nil {
		return "", err
	}
	if err := parsePEM(string(content)); err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	return string(content), nil
}

func pemProblem(typed string) text.Safe {
	if err := parsePEM(typed); err != nil {
		return text.Clean(err.Error())
	}
	return ""
}

// parsePEM says why a text is no certificate, nil if it is one. A private key is refused by name: it
// is to stay where it is.
func parsePEM(written string) error {
	block, _ := pem.Decode([]byte(written))
	switch {
	case block == nil:
		return errors.New("there is no certificate in PEM form in it")
	case strings.Contains(block.Type, "PRIVATE KEY"):
		return errors.New("this is a private key, which is to stay where it is; the certificate is wanted")
	case block.Type != "CERTIFICATE":
		return fmt.Errorf("this is a %s, and no certificate", strings.ToLower(block.Type))
	}
	if _, err := x509.ParseCertificate(block.Bytes); err != nil {
		return fmt.Errorf("the certificate cannot be read: %w", err)
	}
	return nil
}

func deleteCertificate(t *tenant.Tenant) *collection.Delete[*certificate] {
	return &collection.Delete[*certificate]{Remover: edit.Remover{
		Needs:   certificateAdmin(),
		Details: []text.Safe{"Devices with certificates of it cannot connect any more. What they have sent stays."},
		Restore: func(before jsontext.Value) (write.Request, text.Safe) {
			document := jsontext.Value("{}")
			for _, name := range []string{"name", "status", "autoRegistrationEnabled", pemMember} {
				if value, there := write.Member(before, name); there {
					document = write.With(document, name, value)
				}
			}
			return write.Post(apiPath("tenant", "tenants", t.ID(), "trusted-certificates"), document), "The possession of its key has to be proved again."
		},
	}}
}
