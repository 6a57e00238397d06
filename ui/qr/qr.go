package qr

import (
	"strings"

	"rsc.io/qr"

	"c8yx/theme"
)

// quiet is the blank margin, in modules. The standard asks for four; telephones
// do with two, and a terminal of 24 lines has no more.
const quiet = 2

// Code is a code that can be drawn. The zero Code is empty and has no lines.
type Code struct {
	code *qr.Code
}

// New makes the code of a text. It fails if the text is too long for any.
func New(content string) (Code, error) {
	made, err := qr.Encode(content, qr.L)
	if err != nil {
		return Code{}, err
	}
	return Code{made}, nil
}

// Size returns how many cells the code takes.
func (c Code) Size() (width, height int) {
	if c.code == nil {
		return 0, 0
	}
	width = c.code.Size + 2*quiet
	return width, (width + 1) / 2
}

// The colours are fixed, for a code is only read if it is dark on light. They
// are written so that it stays that way where colours are taken out, on a
// background of the kind that the theme is made for.
const (
	whiteOnBlack = "\x1b[38;5;231;48;5;16m"
	blackOnWhite = "\x1b[38;5;16;48;5;231m"
)

// Lines draws the code.
func (c Code) Lines(th *theme.Theme) []string {
	width, height := c.Size()
	style, drawn := blackOnWhite, c.dark
	if th.Dark() {
		style, drawn = whiteOnBlack, func(x, y int) bool { return !c.dark(x, y) }
	}
	lines := make([]string, height)
	for row := range lines {
		var b strings.Builder
		b.WriteString(style)
		for x := range width {
			b.WriteString(halfBlock(drawn(x, 2*row), drawn(x, 2*row+1)))
		}
		b.WriteString(theme.Reset)
		lines[row] = b.String()
	}
	return lines
}

// dark reports whether a module is dark, counting from the margin's corner.
func (c Code) dark(x, y int) bool { return c.code.Black(x-quiet, y-quiet) }

func halfBlock(upper, lower bool) string {
	switch {
	case upper && lower:
		return "█"
	case upper:
		return "▀"
	case lower:
		return "▄"
	}
	return " "
}
