package views

import (
	"context"
	"encoding/base64"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/ui"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/collection"
	"c8yx/views/fault"
	"c8yx/views/show"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// prove gets a code from the tenant, shows how to sign it with the key of the certificate, and hands
// the signature in. The key itself never comes near c8yx.
func prove(t *tenant.Tenant, act *collection.Act[*certificate]) {
	c := act.Items[0]
	ui.Load(act.Scope, func(ctx context.Context) (*certificate, error) {
		return t.Client.TrustedCertificates.GenerateVerificationCode(ctx, t.ID(), c.Fingerprint)
	}, func(given *certificate, err error) {
		if err != nil {
			act.Scope.Toast(toast.Failure, "There is no code to be signed. "+fault.Explain(err))
			return
		}
		code := text.Clean(given.VerificationCode)
		command := "printf %s " + string(code) + " | openssl dgst -sha256 -sign KEY.pem | openssl base64 -A"
		act.Scope.Show(form.New(form.Options{
			Title: "Prove that the key of “" + text.Clean(c.Name) + "” is yours", Wide: true, Submit: "Hand in",
			Intro: []text.Safe{
				"Sign this code with the private key, where that is: " + code,
				text.Clean(command),
				"It is good until " + show.Moment(given.VerificationCodeUsableUntil) + ".",
			},
			Fields: []form.Field{{Name: "signed", Label: "Signature", Required: true, Input: form.Lines(4), Note: "In base64, as the command prints it.", Validate: base64Text}},
			Also: []form.Button{{Key: "ctrl+y", Title: "Copy the command", Run: func(*form.Form) {
				act.Scope.Copy("the command", command)
			}}},
			Accept: func(f *form.Form, v form.Values) { handIn(t, act, f, unbroken(v.Text("signed"))) },
		}))
	})
}

// handIn proves the possession with a signature. The form stays until the tenant is convinced.
func handIn(t *tenant.Tenant, act *collection.Act[*certificate], f *form.Form, signature string) {
	c := act.Items[0]
	f.Busy("Handing in …")
	ui.Load(act.Scope, func(ctx context.Context) (*certificate, error) {
		return t.Client.TrustedCertificates.ProvePossession(ctx, t.ID(), c.Fingerprint, signature)
	}, func(_ *certificate, err error) {
		if err != nil {
			f.Fail(fault.Explain(err))
			return
		}
		f.Close()
		t.Deeds.Add(write.Deed{What: "Proved the possession of " + text.Clean(c.Name), Why: "what is proved is proved"})
		act.Scope.Toast(toast.Success, "Proved the possession of "+text.Clean(c.Name))
		act.Settle(c, jsontext.Value(nil))
	})
}

// unbroken returns a text without its white space: base64 is often broken into lines.
func unbroken(s string) string { return strings.Join(strings.Fields(s), "") }

func base64Text(typed string) text.Safe {
	if _, err := base64.StdEncoding.DecodeString(unbroken(typed)); err != nil {
		return "this is no base64"
	}
	return ""
}
