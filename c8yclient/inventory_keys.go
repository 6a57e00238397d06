package c8yclient

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// keys are the ids of managed objects, unless the caller asked for an order or the filter
// has no equivalent in the query language.
func (s *InventoryService) keys(options *InventoryListOptions) *keys[ManagedObject] {
	all := valueOf(options)
	expression, ok := all.expression()
	if !ok || !all.byKeys() {
		return nil
	}
	k := &keys[ManagedObject]{
		to: unbounded, edge: unbounded,
		of: func(m *ManagedObject) (int64, bool) {
			id, err := strconv.ParseInt(m.ID, 10, 64)
			return id, err == nil && id > 0 && id < unbounded
		},
		query: func(from, to int64) pagedOptions {
			part := all
			query := queryByID(expression, from, to)
			if part.InventoryFilter = (InventoryFilter{Query: query}); all.Query == "" && all.Q != "" {
				part.InventoryFilter = InventoryFilter{Q: query}
			}
			return &part
		},
	}
	// Of all objects, because that takes the tenant one look at an index.
	k.last = k.lastOf(s.client, s.listing(&InventoryListOptions{
		InventoryFilter: InventoryFilter{Query: "$orderby=_id desc"}, Paging: Paging{PageSize: 1},
	}))
	return k
}

// queryByID selects objects with ids in (from, to] from those that an expression selects.
func queryByID(expression string, from, to int64) string {
	terms := []string{"(_id gt '" + strconv.FormatInt(from, 10) + "')"}
	if to < unbounded {
		terms = append(terms, "(_id le '"+strconv.FormatInt(to, 10)+"')")
	}
	if expression != "" {
		terms = append(terms, "("+expression+")")
	}
	return "$filter=" + strings.Join(terms, " and ") + " $orderby=_id asc"
}

// expression returns the filter in the query language, if it selects exactly the same there
// and leaves the order open. The platform ignores the other fields when there is a query.
func (f *InventoryFilter) expression() (expression string, ok bool) {
	switch {
	case f.Query != "":
		return bareExpression(f.Query)
	case f.Q != "":
		return bareExpression(f.Q)
	case f.Text != "", len(f.IDs) > 0, f.ChildDeviceID != "", f.ChildAssetID != "", f.ChildAdditionID != "", f.OnlyRoots:
		return "", false
	}
	var terms []string
	for _, equal := range []struct{ property, value string }{{"type", f.Type}, {"owner", f.Owner}} {
		if equal.value == "" {
			continue
		}
		if strings.ContainsFunc(equal.value, notLiteral) {
			return "", false
		}
		terms = append(terms, equal.property+" eq '"+equal.value+"'")
	}
	if f.FragmentType != "" {
		if strings.ContainsFunc(f.FragmentType, notOfFragment) || slices.Contains(hasNot(), f.FragmentType) {
			return "", false
		}
		terms = append(terms, "has("+f.FragmentType+")")
	}
	return strings.Join(terms, " and "), true
}

// notLiteral reports whether a letter may mean something else in a string of the query
// language than in a parameter: wildcards, quotes, what some versions want escaped.
func notLiteral(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.:/@ ", r)
}

func notOfFragment(r rune) bool {
	return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_'
}

// hasNot are the properties that has() does not work for.
func hasNot() []string {
	return []string{
		"id", "type", "name", "self", "owner", "creationTime", "lastUpdated", "externalIds", "supportedMeasurements",
		"childDevices", "childAssets", "childAdditions", "deviceParents", "assetParents", "additionParents",
	}
}

// bareExpression returns the filter of a query, if the query is nothing but a filter that
// can stand in parentheses. Anything suspicious is left to the tenant as it is.
func bareExpression(query string) (expression string, ok bool) {
	expression = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(query), "$filter="))
	quoted, depth, word := false, 0, 0
	for i, c := range []byte(expression + " ") {
		if c == '\'' {
			quoted = !quoted
		}
		if quoted {
			continue
		}
		switch {
		case c == '(':
			depth++
		case c == ')':
			depth--
		}
		if c == '$' || depth < 0 {
			return "", false
		}
		if notOfFragment(rune(c)) && c != '.' && c < utf8.RuneSelf {
			if expression[word:i] == "text" { // full text, whose order is by relevance
				return "", false
			}
			word = i + 1
		}
	}
	return expression, !quoted && depth == 0
}
