package demo

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"c8yx/demo/rawjson"
)

// mapped returns the groups that the access mappings of a login option give to who comes with claims (a JSON object), and whether any
// mapping was for him.
func (l *loginOptions) mapped(option, claims string) (groups []int, any bool) {
	for _, rule := range l.mappings[0].shelf.all(func(rule item) bool { return rule.Text(ofScope) == option }) {
		when, _ := rule.Get("when")
		if !holds(when, claims, 0) {
			continue
		}
		any = true
		raw, _ := rule.Get("thenGroups")
		for element := range rawjson.Elements(raw) {
			if id, err := strconv.Atoi(rawjson.Unquote(element)); err == nil && !slices.Contains(groups, id) && l.gate.directory.group(id) != nil {
				groups = append(groups, id)
			}
		}
	}
	return groups, any
}

// deepest bounds how far conditions nest.
const deepest = 20

// holds reports whether a condition holds for claims: a comparison of what is at a path, or several conditions together.
func holds(when, claims string, depth int) bool {
	if depth > deepest {
		return false
	}
	children, _ := rawjson.Member(when, "childPredicates")
	operator := strings.ToUpper(rawjson.Text(when, "operator"))
	switch operator {
	case "AND":
		for child := range rawjson.Elements(children) {
			if !holds(child, claims, depth+1) {
				return false
			}
		}
		return true
	case "OR":
		for child := range rawjson.Elements(children) {
			if holds(child, claims, depth+1) {
				return true
			}
		}
		return false
	}
	at := claims
	for step := range strings.SplitSeq(rawjson.Text(when, "parameterPath"), ".") {
		at, _ = rawjson.Member(at, step)
	}
	want, _ := rawjson.Member(when, "value")
	order := cmp.Compare(rawjson.Unquote(at), rawjson.Unquote(want))
	a, errA := strconv.ParseFloat(rawjson.Unquote(at), 64)
	b, errB := strconv.ParseFloat(rawjson.Unquote(want), 64)
	if errA == nil && errB == nil {
		order = cmp.Compare(a, b)
	}
	switch operator {
	case "EQ":
		return at != "" && order == 0
	case "NEQ":
		return order != 0
	case "GT":
		return at != "" && order > 0
	case "GTE":
		return at != "" && order >= 0
	case "LT":
		return at != "" && order < 0
	case "LTE":
		return at != "" && order <= 0
	case "IN": // the claim is a list, and the value is in it
		for element := range rawjson.Elements(at) {
			if rawjson.Unquote(element) == rawjson.Unquote(want) {
				return true
			}
		}
	}
	return false
}
