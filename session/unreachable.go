package session

import (
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"

	"c8yx/c8yclient"
)

// unreachable says why a host gave no answer, or none that a tenant gives.
func unreachable(address string, err error, clock *clock) *Problem {
	host, says := hostOf(address), callWords(err)
	p := &Problem{Says: host + " does not answer: " + says, Next: "Check address and network, or try again.", cause: err}
	var dns *net.DNSError
	switch {
	case errors.Is(err, c8yclient.ErrCertificate):
		p.Says, p.Next = host+" is not to be trusted: "+says, "If the authority is your company's, give its certificate with --ca FILE."
	case errors.Is(err, c8yclient.ErrScheme):
		p.Says, p.Next = host+" is not the address: "+says, ""
	case errors.Is(err, c8yclient.ErrProxy):
		p.Says, p.Next = "there is no way to "+host+": "+says, "Check HTTPS_PROXY and NO_PROXY."
	case proxyRefuses(err):
		p.Says, p.Next = "the proxy on the way to "+host+" refuses: "+says, "Check HTTPS_PROXY and NO_PROXY, and what the proxy demands."
	case errors.As(err, &dns) && dns.IsNotFound:
		p.Says, p.Next = says, "Check the address."
	case errors.Is(err, c8yclient.ErrTransport):
	case errors.Is(err, c8yclient.ErrRateLimited):
		p.Says, p.Next = host+" has had too many requests", "Try again in a while."
	case errors.Is(err, c8yclient.ErrServer):
		p.Says, p.Next = host+" fails: "+says, "Try again in a while."
	case errors.Is(err, c8yclient.ErrUnreadable), errors.Is(err, c8yclient.ErrNotFound):
		p.Says, p.Next = "what answers at "+host+" is no Cumulocity tenant", "Check the address."
	case errors.Is(err, c8yclient.ErrUnauthorized):
		p.Says, p.Next = host+" refuses: "+says, ""
	default:
		p.Says, p.Next = host+" answers: "+says, ""
	}
	if words := clock.words(); words != "" && errors.Is(err, c8yclient.ErrCertificate) {
		p.Next = words
	}
	return p
}

// proxyRefuses reports whether a proxy would not connect. Package net/http gives only the text of its
// status line.
func proxyRefuses(err error) bool {
	var call *c8yclient.Error
	if !errors.As(err, &call) {
		return false
	}
	if call.Status == http.StatusProxyAuthRequired {
		return true
	}
	for code := 400; code < 600 && call.Status == 0; code++ {
		if text := http.StatusText(code); text != "" && strings.EqualFold(text, call.Message) {
			return true
		}
	}
	return false
}

// hostOf is the host of an address, with its port, as it is said to a user.
func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}
