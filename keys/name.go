package keys

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// modifiers are the words before a key, in the only order in which they are written.
var modifiers = []string{"ctrl", "alt", "shift", "meta", "hyper", "super"}

// named are the keys that print nothing and have a name instead; f1 to f63 as well.
var named = []string{
	"enter", "tab", "backspace", "esc", "space", "up", "down", "left", "right", "home", "end", "pgup", "pgdown",
	"insert", "delete", "begin", "find", "select", "menu", "pause", "printscreen",
}

// otherwise are what people write for the names above.
var otherwise = map[string]string{
	"return": "enter", "escape": "esc", "del": "delete", "ins": "insert", "pageup": "pgup", "pagedown": "pgdown",
	"page_up": "pgup", "page_down": "pgdown", "bs": "backspace", "control": "ctrl", "option": "alt", "cmd": "super", " ": "space",
}

// CheckName returns why no key has that name, so that it could never be pressed: nil for "a", "A",
// "ctrl+p", "shift+tab", "pgdown".
func CheckName(key string) error {
	if key == "" {
		return fmt.Errorf("a key has no name")
	}
	name, last := key, -1
	for {
		modifier, rest, found := strings.Cut(name, "+")
		if !found || rest == "" { // "+" is a key, too
			break
		}
		at := slices.Index(modifiers, modifier)
		switch {
		case at < 0:
			return unknownName(key, modifier)
		case at <= last:
			return fmt.Errorf("%q: modifiers stand in the order %s", key, strings.Join(modifiers, "+"))
		}
		name, last = rest, at
	}
	return checkPlain(key, name, last)
}

// checkPlain checks the name of a key after its modifiers, of which the last is given by its
// position, -1 if there is none.
func checkPlain(key, name string, last int) error {
	if utf8.RuneCountInString(name) == 1 {
		letter, _ := utf8.DecodeRuneInString(name)
		switch {
		case !unicode.IsGraphic(letter) || letter == ' ':
			return unknownName(key, name)
		case strings.HasPrefix(key, "shift+"):
			return fmt.Errorf("%q: write the letter that it prints", key)
		case last >= 0 && unicode.IsUpper(letter):
			return fmt.Errorf("%q: write %q", key, strings.ToLower(key))
		case slices.Contains([]string{"ctrl+i", "ctrl+m", "ctrl+["}, key):
			return fmt.Errorf("%q: terminals send the same for %s", key, map[string]string{"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "esc"}[key])
		}
		return nil
	}
	if number, ok := strings.CutPrefix(name, "f"); ok {
		if n, err := strconv.Atoi(number); err == nil && n >= 1 && n <= 63 && strconv.Itoa(n) == number {
			return nil
		}
	}
	if slices.Contains(named, name) {
		return nil
	}
	return unknownName(key, name)
}

func unknownName(key, part string) error {
	lower := strings.ToLower(part)
	meant := otherwise[lower]
	if meant == "" && lower != part && (slices.Contains(named, lower) || slices.Contains(modifiers, lower) || strings.HasPrefix(lower, "f")) {
		meant = lower
	}
	if meant != "" {
		return fmt.Errorf("there is no key %q; write %q", key, strings.Replace(key, part, meant, 1))
	}
	return fmt.Errorf("there is no key %q", key)
}
