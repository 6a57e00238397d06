package transfer

import (
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is the longest name of a file, in bytes. File systems take 255; this leaves room for
// what is added while it is written, and for a number.
const maxName = 200

// reserved are names that mean devices on Windows, whatever follows after a dot.
var reserved = map[string]bool{
	"con": true, "prn": true, "aux": true, "nul": true, "conin$": true, "conout$": true,
}

// SafeName makes a name for a file of any text, such as one that the tenant sent. It is a name
// and not a path, is shown as it is stored, means the same on every system, and is not hidden.
// What nothing is left of is called otherwise, "file" if that is no name either.
func SafeName(name, otherwise string) string {
	// What comes before a separator, of whatever system, is somebody else's folder.
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(harmless, strings.ToValidUTF8(name, ""))
	name = strings.TrimSpace(name)
	name = strings.TrimLeft(name, ". ")
	name = shorten(name)
	name = strings.TrimRight(name, ". ") // Windows drops them
	if name == "" {
		if otherwise == "" {
			return "file"
		}
		return SafeName(otherwise, "")
	}
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	stem = strings.TrimRight(stem, " ")
	port := len(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")) && stem[3] >= '0' && stem[3] <= '9'
	if reserved[stem] || port || name[0] == '-' || name[0] == '~' {
		return "_" + name
	}
	return name
}

// harmless replaces what a name must not hold, and drops what nobody sees.
func harmless(r rune) rune {
	switch {
	case strings.ContainsRune(`<>:"|?*`, r):
		return '_'
	case unicode.Is(unicode.Zs, r):
		return ' '
	case r == utf8.RuneError, unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp), r == '\u115f', r == '\u1160', r == '\u3164':
		return -1
	}
	return r
}

// shorten cuts a name that is too long in its stem, so that its extension stays.
func shorten(name string) string {
	if len(name) <= maxName {
		return name
	}
	ext := filepath.Ext(name)
	if len(ext) > 20 {
		ext = ""
	}
	stem := name[:maxName-len(ext)]
	for len(stem) > 0 && !utf8.ValidString(stem) {
		stem = stem[:len(stem)-1]
	}
	return stem + ext
}

// numbered returns a path with a number before its extension: "log (2).txt".
func numbered(path string, n int) string {
	ext := filepath.Ext(path)
	return strings.TrimSuffix(path, ext) + " (" + strconv.Itoa(n) + ")" + ext
}
