package text

import "strings"

// Wrap breaks a paragraph into lines of at most width cells, at spaces where
// there are any and within a word where it is longer than a line. It returns at
// least one line; a width below one counts as one. A character wider than the
// line gets a line of its own.
func Wrap(s Safe, width int) []Safe {
	width = max(width, 1)
	var lines []Safe
	for {
		end, _ := prefix(s, width)
		if end == 0 && s != "" {
			end, _ = grapheme(string(s))
		}
		if end == len(s) {
			return append(lines, s)
		}
		next := end
		if s[end] == ' ' {
			next = end + 1
		} else if space := strings.LastIndexByte(string(s[:end]), ' '); space > 0 {
			end, next = space, space+1
		}
		lines = append(lines, s[:end])
		if s = s[next:]; s == "" {
			return lines
		}
	}
}
