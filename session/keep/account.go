package keep

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"

	"c8yx/session"
)

// longestAccount is how long the name of an entry may be, in bytes: macOS counts it
// towards the size of an entry, and as the name of a file it has to stay below 255.
const longestAccount = 180

// account names the entry of a tenant and user: "t4711/jane@acme.example". What is no plain
// letter is escaped, for on macOS the name becomes part of a command line. Cumulocity does not
// tell users apart by upper and lower case, so neither do the names. A name that is too
// long is cut and gets a sum, after a tilde.
func account(address, tenant, user string) string {
	name := plain(tenant) + "/" + plain(strings.ToLower(user)) + "@" + site(address)
	if len(name) > longestAccount {
		sum := sha256.Sum256([]byte(name))
		name = name[:longestAccount-17] + "~" + hex.EncodeToString(sum[:8])
	}
	return name
}

// parseAccount is the reverse, with the user in lower case, unless the name was cut.
func parseAccount(name string) (address, tenant, user string, ok bool) {
	tenant, rest, hasTenant := strings.Cut(name, "/")
	at := strings.LastIndex(rest, "@")
	if !hasTenant || at < 0 || strings.Contains(name, "~") {
		return "", "", "", false
	}
	address = rest[at+1:]
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	tenant, errTenant := url.PathUnescape(tenant)
	user, errUser := url.PathUnescape(rest[:at])
	return address, tenant, user, errTenant == nil && errUser == nil
}

// plain escapes all but letters, digits and what is usual in the name of a user.
func plain(text string) string {
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("@._-", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + strings.ToUpper(hex.EncodeToString([]byte{c})))
		}
	}
	return b.String()
}

// site is what tells one address from another: the host, its port unless it is that of
// HTTPS, and the scheme unless it is HTTPS. What was kept for one site is never given out
// for another, nor for the same host without TLS.
func site(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return plain(address)
	}
	scheme, host := strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if scheme == "https" {
		return strings.TrimSuffix(host, ":443")
	}
	return scheme + "://" + host
}

// isOf reports whether a sign-in is that of the tenant and user.
func isOf(k session.Kept, address, tenant, user string) bool {
	return site(k.Address) == site(address) && k.Tenant == tenant && strings.EqualFold(k.User, user)
}

// withoutSecrets is what may be listed of a sign-in.
func withoutSecrets(k session.Kept) session.Kept {
	k.Token, k.XSRF, k.Password = "", "", ""
	return k
}

// latestFirst orders a list; sign-ins of the same moment are ordered by their names.
func latestFirst(all []session.Kept) (sorted []session.Kept) {
	var each []*session.Kept
	for i := range all {
		each = append(each, &all[i])
	}
	slices.SortFunc(each, func(a, b *session.Kept) int {
		return cmp.Or(b.SignedIn.Compare(a.SignedIn),
			cmp.Compare(account(a.Address, a.Tenant, a.User), account(b.Address, b.Tenant, b.User)))
	})
	for _, k := range each {
		sorted = append(sorted, *k)
	}
	return sorted
}
