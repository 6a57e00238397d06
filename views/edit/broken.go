package edit

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"c8yx/ui/text"
)

// manyLines is how many lines one value may take: enough to see what is sent on a narrow screen, and not so many
// that a picture in a document hides the rest of it.
const manyLines = 6

// broken breaks a value or a path into lines of at most width cells, where a path has its joints and else
// anywhere. Of what needs more than a few lines it returns the beginning.
func broken(value string, width int) []string {
	width = max(1, width)
	seen := value[:min(len(value), 16*width*manyLines)] // a cell has a few bytes, even where accents are piled up
	lines := strings.Split(ansi.Wrap(string(text.Clean(seen)), width, "/?&,"), "\n")
	if len(lines) > manyLines || len(seen) < len(value) {
		lines = lines[:min(len(lines), manyLines)]
		last := &lines[len(lines)-1]
		*last = ansi.Truncate(*last, width-1, "") + "…"
	}
	return lines
}
