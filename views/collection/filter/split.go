package filter

import "strings"

// Split parts what was typed into the filter of the list and the query for the tenant. at is where
// the query begins, -1 if there is none.
func Split(typed string) (local, query string, at int) {
	for tok := range tokens(typed) {
		if tok.query {
			at = tok.start + len(Marker)
			return strings.TrimSpace(typed[:tok.start]), strings.TrimSpace(tok.text), at
		}
	}
	return strings.TrimSpace(typed), "", -1
}

// Join writes a filter and a query as they are typed.
func Join(local, query string) string {
	if query == "" {
		return local
	}
	return strings.TrimSpace(local + " " + Marker + " " + query)
}
