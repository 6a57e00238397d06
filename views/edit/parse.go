package edit

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/views/write"
)

// Problem is what is wrong with a text that should be a JSON document, and where.
type Problem struct {
	What         string
	Line, Column int // counted from 1, in characters; 0 if it is no place in the text
}

func (p *Problem) Error() string {
	if p.Line == 0 {
		return p.What
	}
	return fmt.Sprintf("line %d, column %d: %s", p.Line, p.Column, p.What)
}

// Parse returns what is wrong with a text that should be one JSON value, nil if nothing is.
func Parse(written []byte) *Problem {
	d := jsontext.NewDecoder(bytes.NewReader(written))
	for first := true; ; first = false {
		_, err := d.ReadToken()
		switch {
		case errors.Is(err, io.EOF) && first:
			return &Problem{What: "there is nothing"}
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return problem(written, d, err)
		}
		if d.StackDepth() == 0 { // the value is complete: only blanks may follow
			rest := written[d.InputOffset():]
			if after := bytes.TrimLeft(rest, " \t\r\n"); len(after) > 0 {
				return at(written, len(written)-len(after), "something follows the end of the document")
			}
			return nil
		}
	}
}

// problem words what the decoder stumbled over.
func problem(written []byte, d *jsontext.Decoder, err error) *Problem {
	offset := int(d.InputOffset())
	what := err.Error()
	var syntactic *jsontext.SyntacticError
	if errors.As(err, &syntactic) {
		offset = int(syntactic.ByteOffset)
		if syntactic.Err != nil {
			what = syntactic.Err.Error()
		}
	}
	offset = min(max(offset, 0), len(written))
	if strings.Contains(what, "in string (expecting non-control") {
		return at(written, offset, `within a text, line breaks and the like are written as \n, \t and so on`)
	}
	// The decoder points behind what it could read; the culprit is the next thing that is no blank.
	culprit := len(written) - len(bytes.TrimLeft(written[offset:], " \t\r\n"))
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		what = "this name is there twice"
	case errors.Is(err, io.ErrUnexpectedEOF) || culprit == len(written):
		return at(written, len(bytes.TrimRight(written, " \t\r\n")), "the document ends too early")
	case written[culprit] == ',':
		what = "there is a comma too many"
	case strings.Contains(what, "expecting ',' or"), strings.Contains(what, "missing character ','"):
		what = "a comma is missing before this"
	}
	return at(written, culprit, what)
}

// at places a problem at an offset of the text.
func at(written []byte, offset int, what string) *Problem {
	before := written[:offset]
	return &Problem{
		What:   what,
		Line:   bytes.Count(before, []byte("\n")) + 1,
		Column: utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1,
	}
}

// parseDocument reads what a user has written as a document in which the tenant keeps some members
// itself.
func parseDocument(written []byte, fixed []string) (jsontext.Value, *Problem) {
	written = bytes.TrimPrefix(written, []byte("\xef\xbb\xbf"))
	if len(bytes.TrimSpace(written)) == 0 {
		return nil, &Problem{What: "the file is empty"}
	}
	if p := Parse(written); p != nil {
		return nil, p
	}
	document := jsontext.Value(bytes.TrimSpace(written)).Clone()
	if document.Kind() != '{' {
		return nil, &Problem{What: "a document begins with {", Line: 1, Column: 1}
	}
	for name, value := range write.Members(document) {
		if slices.Contains(fixed, name) {
			return nil, at(written, locate(written, name), fmt.Sprintf("%s is kept by the tenant and cannot be changed: take it out", name))
		}
		if name == "" {
			return nil, at(written, locate(written, name), "a name must not be empty")
		}
		_ = value
	}
	if document.Compact() != nil {
		return nil, &Problem{What: "it cannot be read"}
	}
	return document, nil
}

// locate returns the offset of the first place at which a member's name is written.
func locate(written []byte, name string) int {
	quoted, _ := jsontext.AppendQuote(nil, name)
	return max(0, bytes.Index(written, quoted))
}
