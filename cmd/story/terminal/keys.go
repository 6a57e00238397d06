package terminal

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// cursorKeys end in a letter: ESC [ A, and with modifiers ESC [ 1 ; m A.
var cursorKeys = map[string]byte{
	"up": 'A', "down": 'B', "right": 'C', "left": 'D', "home": 'H', "end": 'F',
}

// functionKeys are F1 to F4, which say ESC O P, and with modifiers ESC [ 1 ; m P.
var functionKeys = map[string]byte{"f1": 'P', "f2": 'Q', "f3": 'R', "f4": 'S'}

// numberedKeys say ESC [ n ~, and with modifiers ESC [ n ; m ~.
var numberedKeys = map[string]int{
	"insert": 2, "delete": 3, "pgup": 5, "pgdown": 6,
	"f5": 15, "f6": 17, "f7": 18, "f8": 19, "f9": 20, "f10": 21, "f11": 23, "f12": 24,
}

// plainKeys send one byte.
var plainKeys = map[string]string{
	"enter": "\r", "tab": "\t", "esc": "\x1b", "backspace": "\x7f", "space": " ",
}

// errUnreliable is said of keys that some terminals send and many do not.
var errUnreliable = errors.New("not every terminal can send it")

// Encode returns the bytes that a terminal sends for a key, in the encoding
// that every terminal speaks (xterm's, without the Kitty protocol). The key is
// named as Bubble Tea names it: "a", "A", "enter", "esc", "pgdown", "f5",
// "ctrl+r", "alt+x", "shift+tab", "ctrl+shift+left". A key that this encoding
// cannot express, such as "ctrl+enter", is an error: a program that needs it
// would fail in many a terminal.
func Encode(key string) (string, error) {
	name, ctrl, alt, shift := key, false, false, false
	for {
		modifier, rest, found := strings.Cut(name, "+")
		if !found || rest == "" {
			break
		}
		switch modifier {
		case "ctrl":
			ctrl = true
		case "alt":
			alt = true
		case "shift":
			shift = true
		default:
			return "", fmt.Errorf("key %q: unknown modifier %q", key, modifier)
		}
		name = rest
	}

	// The modifiers as xterm counts them, 1 meaning none.
	modifiers := 1
	for value, on := range map[int]bool{1: shift, 2: alt, 4: ctrl} {
		if on {
			modifiers += value
		}
	}
	if final, ok := cursorKeys[name]; ok {
		if modifiers == 1 {
			return fmt.Sprintf("\x1b[%c", final), nil
		}
		return fmt.Sprintf("\x1b[1;%d%c", modifiers, final), nil
	}
	if final, ok := functionKeys[name]; ok {
		if modifiers == 1 {
			return fmt.Sprintf("\x1bO%c", final), nil
		}
		return fmt.Sprintf("\x1b[1;%d%c", modifiers, final), nil
	}
	if number, ok := numberedKeys[name]; ok {
		if modifiers == 1 {
			return fmt.Sprintf("\x1b[%d~", number), nil
		}
		return fmt.Sprintf("\x1b[%d;%d~", number, modifiers), nil
	}

	sent, err := encodeText(name, ctrl, shift)
	if err != nil {
		return "", fmt.Errorf("key %q: %w", key, err)
	}
	if alt {
		sent = "\x1b" + sent
	}
	return sent, nil
}

// encodeText returns what a key with a letter on it, or one that sends a
// single byte, says.
func encodeText(name string, ctrl, shift bool) (string, error) {
	if ctrl {
		if name == "space" {
			return "\x00", nil
		}
		if len(name) == 1 && strings.ContainsRune("abcdefghijklmnopqrstuvwxyz[\\]^_", rune(name[0])) && !shift {
			return string(name[0] & 0x1f), nil
		}
		return "", errUnreliable
	}
	if sent, ok := plainKeys[name]; ok {
		if shift && name == "tab" {
			return "\x1b[Z", nil
		}
		if shift {
			return "", errUnreliable
		}
		return sent, nil
	}
	if utf8.RuneCountInString(name) != 1 {
		return "", errors.New("no such key")
	}
	if shift {
		return strings.ToUpper(name), nil
	}
	return name, nil
}
