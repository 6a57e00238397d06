package demo

import (
	"net/http"
	"net/url"
	"path"
	"strings"
)

// shareWith lets the pages of another origin read the answer, if the tenant's option access.control/allow.origin has its host: a list,
// separated by commas, in which * stands for anything. What a browser asks beforehand is answered by the headers alone.
func (t *Tenant) shareWith(header http.Header, r *http.Request) {
	origin := r.Header.Get("Origin")
	if origin == "" || !allowsOrigin(t.option("access.control", "allow.origin"), origin) {
		return
	}
	header.Add("Vary", "Origin")
	header.Set("Access-Control-Allow-Origin", origin)
	header.Set("Access-Control-Allow-Credentials", "true")
	if r.Method != http.MethodOptions {
		header.Set("Access-Control-Expose-Headers", "Location, Content-Disposition, passwordresettoken, tfatoken, NoPhoneHeader, Retry-After")
		return
	}
	if method := r.Header.Get("Access-Control-Request-Method"); method != "" {
		header.Set("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE, OPTIONS")
		header.Set("Access-Control-Allow-Headers", r.Header.Get("Access-Control-Request-Headers"))
		header.Set("Access-Control-Max-Age", "600")
	}
}

func allowsOrigin(allowed, origin string) bool {
	address, err := url.Parse(origin)
	if err != nil || address.Host == "" {
		return false
	}
	for pattern := range strings.SplitSeq(allowed, ",") {
		pattern = strings.ToLower(strings.TrimSpace(pattern))
		for _, name := range []string{address.Host, address.Hostname(), origin} {
			if fits, _ := path.Match(pattern, strings.ToLower(name)); fits {
				return true
			}
		}
	}
	return false
}
