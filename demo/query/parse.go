package query

import (
	"errors"
	"fmt"
	"strings"
)

// ErrSyntax is what every error of [Parse] is. The platform does not say what it did not understand; the error here does,
// for the log.
var ErrSyntax = errors.New("query could not be understood")

// Limits on what is parsed, so that no client can exhaust the stack.
const maxDepth = 200

// Parse reads a query: a bare filter, $filter=…, $orderby=…, or both in any order. The empty query matches everything. Between
// the parts a blank or a plus may stand.
func Parse(text string) (*Query, error) {
	p := parser{text: text}
	q := &Query{}
	var filtered, ordered bool
	for {
		p.space()
		switch {
		case p.at == len(p.text):
			return q, nil
		case !filtered && p.clause("$filter"):
			filtered = true
			p.space()
			if p.at == len(p.text) || p.peekClause() {
				continue // "$filter=" alone
			}
			q.filter = p.or()
		case !ordered && p.clause("$orderby"):
			ordered = true
			q.OrderBy = p.orders()
		case !filtered && !p.peekClause():
			filtered = true
			q.filter = p.or()
		default:
			p.fail("unexpected %.20q", p.text[p.at:])
		}
		if p.err != nil {
			return nil, p.err
		}
	}
}

type parser struct {
	text  string
	at    int
	depth int
	err   error
}

func (p *parser) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf("%w: %s at %d", ErrSyntax, fmt.Sprintf(format, args...), p.at)
	}
}

// space skips blanks, and a plus that stands where a blank would.
func (p *parser) space() {
	for p.at < len(p.text) {
		switch p.text[p.at] {
		case ' ', '\t', '\n', '\r', '+':
			p.at++
		default:
			return
		}
	}
}

// clause takes "$filter=" or "$orderby=" if it comes next.
func (p *parser) clause(name string) bool {
	rest := p.text[p.at:]
	if len(rest) < len(name) || !strings.EqualFold(rest[:len(name)], name) {
		return false
	}
	rest = strings.TrimLeft(rest[len(name):], " ")
	if !strings.HasPrefix(rest, "=") {
		return false
	}
	p.at = len(p.text) - len(rest) + 1
	return true
}

func (p *parser) peekClause() bool { return strings.HasPrefix(p.text[p.at:], "$") }

// word takes characters up to the next blank, bracket, comma or quote.
func (p *parser) word() string {
	p.space()
	start := p.at
	for p.at < len(p.text) && !strings.ContainsRune(" \t\n\r(),'", rune(p.text[p.at])) {
		if p.text[p.at] == '+' && strings.HasPrefix(p.text[p.at+1:], "$") {
			break // "…c8y_Linux+$orderby="
		}
		p.at++
	}
	return p.text[start:p.at]
}

// keyword takes a word if it comes next as a whole word.
func (p *parser) keyword(want string) bool {
	before := p.at
	if strings.EqualFold(p.word(), want) {
		return true
	}
	p.at = before
	return false
}

// take takes one character if it comes next.
func (p *parser) take(c byte) bool {
	p.space()
	if p.at < len(p.text) && p.text[p.at] == c {
		p.at++
		return true
	}
	return false
}

func (p *parser) or() expr {
	parts := or{p.and()}
	for p.err == nil && p.keyword("or") {
		parts = append(parts, p.and())
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return parts
}

func (p *parser) and() expr {
	parts := and{p.unary()}
	for p.err == nil && p.keyword("and") {
		parts = append(parts, p.unary())
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return parts
}

func (p *parser) unary() expr {
	if p.depth++; p.depth > maxDepth {
		p.fail("nested too deeply")
		return nil
	}
	defer func() { p.depth-- }()
	if p.take('(') {
		inner := p.or()
		if p.err == nil && !p.take(')') {
			p.fail("missing )")
		}
		return inner
	}
	name := p.word()
	if strings.EqualFold(name, "not") {
		return not{p.unary()}
	}
	if name == "" || strings.HasPrefix(name, "$") {
		p.fail("missing condition")
		return nil
	}
	if p.take('(') {
		return p.function(name)
	}
	return p.comparison(name)
}

func (p *parser) function(name string) expr {
	var arguments []string
	for p.err == nil {
		argument := p.operand()
		if argument.text == "" {
			p.fail("missing argument of %s", name)
		}
		arguments = append(arguments, argument.text)
		if p.take(')') {
			break
		}
		if !p.take(',') {
			p.fail("missing ) of %s", name)
		}
	}
	switch strings.ToLower(name) {
	case "has":
		if len(arguments) != 1 {
			p.fail("has takes one argument")
		}
		return hasAny(arguments)
	case "hasany":
		return hasAny(arguments)
	case "bygroupid":
		return byGroup(arguments)
	case "isinhierarchyof":
		return inSubtree(arguments)
	}
	p.fail("unknown function %q", name)
	return nil
}

func (p *parser) comparison(name string) expr {
	operators := [...]string{eq: "eq", gt: "gt", ge: "ge", lt: "lt", le: "le"}
	word := p.word()
	for op, text := range operators {
		if strings.EqualFold(word, text) {
			value := p.operand()
			if value.quoted {
				return compare(splitPath(name), operator(op), quoted(value.text))
			}
			if value.text == "" {
				p.fail("missing value")
			}
			return compare(splitPath(name), operator(op), bare(value.text))
		}
	}
	p.fail("unknown operator %q", word)
	return nil
}

type operand struct {
	text   string
	quoted bool
}

// operand takes a string in quotes or a bare word.
func (p *parser) operand() operand {
	if !p.take('\'') {
		return operand{text: p.word()}
	}
	var text strings.Builder
	for p.at < len(p.text) {
		c := p.text[p.at]
		p.at++
		next := byte(0)
		if p.at < len(p.text) {
			next = p.text[p.at]
		}
		switch {
		case c == '\'' && next == '\'':
			p.at++
		case c == '\'':
			return operand{text.String(), true}
		case c == '\\' && next != 0 && strings.IndexByte(`()[]{}\'`, next) >= 0:
			c = next
			p.at++
		}
		text.WriteByte(c)
	}
	p.fail("missing quote")
	return operand{}
}

func (p *parser) orders() []Order {
	var orders []Order
	for p.err == nil {
		name := p.word()
		if name == "" || strings.HasPrefix(name, "$") {
			p.fail("missing property to order by")
			break
		}
		order := Order{Path: name}
		if p.keyword("desc") {
			order.Descending = true
		} else {
			p.keyword("asc")
		}
		orders = append(orders, order)
		if !p.take(',') {
			break
		}
	}
	return orders
}
