package qr_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	coder "rsc.io/qr"

	"c8yx/theme"
	"c8yx/ui/qr"
)

const link = "otpauth://totp/demo.example:jane@acme.example?secret=JBSWY3DPEHPK3PXP&issuer=demo.example"

// What is drawn is read back module by module, as a camera would see it: light
// cells are the blocks on a dark background, or the gaps on a light one.
func TestACodeIsDrawnAsItIs(t *testing.T) {
	want, err := coder.Encode(link, coder.L)
	if err != nil {
		t.Fatal(err)
	}
	for _, dark := range []bool{true, false} {
		code, err := qr.New(link)
		if err != nil {
			t.Fatal(err)
		}
		lines := code.Lines(theme.New(theme.Standard, dark))
		width, height := code.Size()
		if len(lines) != height || height > 24 {
			t.Fatalf("%d lines, said %d", len(lines), height)
		}
		for row, line := range lines {
			cells := []rune(ansi.Strip(line))
			if len(cells) != width {
				t.Fatalf("line %d has %d cells, said %d", row, len(cells), width)
			}
			for x, cell := range cells {
				for half, block := range []string{"█▀", "█▄"} {
					black := strings.ContainsRune(block, cell) != dark
					if black != want.Black(x-2, 2*row+half-2) {
						t.Fatalf("dark=%v: module %d, %d is wrong", dark, x, 2*row+half)
					}
				}
			}
		}
	}
}

func TestWhatIsTooLongForACodeIsRefused(t *testing.T) {
	if _, err := qr.New(strings.Repeat("x", 5000)); err == nil {
		t.Error("a code of 5000 letters was made")
	}
	if width, height := (qr.Code{}).Size(); width != 0 || height != 0 {
		t.Error("nothing takes room")
	}
}
