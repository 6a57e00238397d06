package views

import (
	"cmp"
	"context"
	"iter"
	"time"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

type certificate = c8yclient.TrustedCertificate

// certificates is the kind of certificates with which devices may connect.
func certificates(t *tenant.Tenant) *collection.Kind[*certificate] {
	return &collection.Kind[*certificate]{
		Name: "certificates", Aliases: []string{"certificate", "trustedcertificates", "certs"},
		Title: "Trusted certificates", One: "certificate", Many: "certificates",
		Needs: []string{"ROLE_TENANT_MANAGEMENT_ADMIN", "ROLE_TENANT_ADMIN", "ROLE_TENANT_MANAGEMENT_READ"},
		Sort:  "expires",
		Columns: []collection.Column[*certificate]{
			collection.Words("name", table.Column{Title: "NAME", Min: 20, Max: 40, Weight: 3, Priority: 9}, theme.Strong, func(c *certificate) string { return c.Name }),
			collection.Words("status", table.Column{Title: "STATUS", Min: 9, Priority: 8}, theme.Text, func(c *certificate) string { return show.Lower(string(c.Status)) }).
				Styled(func(c *certificate) table.Cell { return showEnabled(c.Status == c8yclient.CertificateEnabled) }),
			expires(),
			collection.Words("subject", table.Column{Title: "SUBJECT", Min: 20, Max: 60, Weight: 3, Priority: 5}, theme.Text, func(c *certificate) string { return c.Subject }),
			collection.State("auto", table.Column{Title: "AUTO", Min: 5, Priority: 4}, []bool{true, false},
				func(c *certificate) bool { return c.AutoRegistrationEnabled != nil && *c.AutoRegistrationEnabled }, yesOrNo),
			collection.State("owned", table.Column{Title: "OWNED", Min: 6, Priority: 4}, []bool{true, false},
				func(c *certificate) bool { return c.ProofOfPossessionValid }, yesOrNo),
			collection.Words("fingerprint", table.Column{Title: "FINGERPRINT", Min: 12, Max: 40, Priority: 1}, theme.Muted, func(c *certificate) string { return c.Fingerprint }),
		},
		ID:      func(c *certificate) string { return c.Fingerprint },
		Audited: func(c *certificate) string { return c.Fingerprint },
		Label:   func(c *certificate) string { return cmp.Or(c.Name, c.Subject) },
		Path:    func(c *certificate) string { return certificatePath(t, c) },
		Read: func(ctx context.Context, t *tenant.Tenant, _ place.Place) iter.Seq2[[]*certificate, error] {
			return listedOf(ctx, t, c8yclient.TrustedCertificateListOptions{}, t.Client.TrustedCertificates.Page, t.Client.TrustedCertificates.Pages)
		},
		Detail: func(c *certificate, now time.Time) []collection.Field {
			until := showExpiry(c.NotAfter, now)
			return []collection.Field{
				{Label: "subject", Value: show.OrDash(c.Subject), Role: theme.Strong},
				{Label: "issuer", Value: show.OrDash(c.Issuer)},
				{Label: "valid from", Value: show.Moment(c.NotBefore)},
				{Label: "valid until", Value: show.Moment(c.NotAfter)},
				{Label: "expires", Value: until.Text, Role: until.Role},
				{Label: "algorithm", Value: show.OrDash(c.AlgorithmName)},
				{Label: "serial", Value: show.OrDash(c.SerialNumber)},
				{Label: "fingerprint", Value: show.OrDash(c.Fingerprint), Role: theme.Muted},
			}
		},
		Decode:  c8yclient.DecodeDocument[certificate],
		Actions: certificateActions(t),
		Edit:    editCertificate(), Create: func(place.Place) edit.Creator { return newCertificate(t) }, Delete: deleteCertificate(t),
		Empty: func(place.Place) text.Safe {
			return "No certificate is trusted. Devices that sign in with certificates need the one of their authority here."
		},
	}
}

// expires is the column of the time that is left: what is over or soon will be stands out.
func expires() collection.Column[*certificate] {
	return collection.Column[*certificate]{
		Name: "expires", Column: table.Column{Title: "EXPIRES", Min: 10, Priority: 7, Align: text.Right},
		Cell:    func(c *certificate) table.Cell { return showExpiry(c.NotAfter, time.Now()) },
		Compare: func(a, b *certificate) int { return a.NotAfter.Compare(b.NotAfter) },
	}
}

// soon is how long before the end of a certificate one should begin to care.
const soon = 30 * 24 * time.Hour

func showExpiry(at, now time.Time) table.Cell {
	switch left := at.Sub(now); {
	case at.IsZero():
		return table.Cell{Text: "–", Role: theme.Faint}
	case left <= 0:
		return table.Cell{Text: "expired", Role: theme.Critical}
	case left < soon:
		return table.Cell{Text: "in " + text.Span(left), Role: theme.Major}
	default:
		return table.Cell{Text: "in " + text.Span(left), Role: theme.Good}
	}
}
