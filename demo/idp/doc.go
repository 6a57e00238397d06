// Package idp is an OpenID Connect provider in memory, for the single sign-on of a demo tenant: where a company keeps its accounts, with pages
// that a person or a program can fill in, authorization codes (RFC 6749) with and without PKCE (RFC 7636), and codes for devices without a
// browser (RFC 8628). Redirects go to the tenant or to loopback addresses (RFC 8252) and nowhere else.
//
// It looks like one kind of provider in wide use: everything is below a path like /idp/realms/hv. Nothing of the tenant's API enters here.
package idp
