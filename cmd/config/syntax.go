package config

import (
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// mostMistakes is how many mistakes of syntax are worked around before a file is given up.
const mostMistakes = 50

// decode reads the lines of a file as TOML. A line that is none is left out and told, and the rest
// is read again; of a broken header all that stands below it is left out. The lines that were read
// are returned.
func decode(lines []string) (values map[string]any, read []string, wrong []syntaxMistake) {
	read = append([]string(nil), lines...)
	for range mostMistakes {
		values = map[string]any{}
		err := toml.Unmarshal([]byte(strings.Join(read, "\n")), &values)
		var bad *toml.DecodeError
		if !errors.As(err, &bad) {
			if err != nil {
				wrong = append(wrong, syntaxMistake{says: err.Error()})
				break
			}
			return values, read, wrong
		}
		row, column := bad.Position()
		row = min(max(row, 1), len(read)) - 1
		if strings.TrimSpace(read[row]) == "" {
			// Something that began earlier does not end. What stands before may be good.
			for row > 0 && strings.TrimSpace(read[row]) == "" {
				row--
			}
			column = 1
		}
		wrong = append(wrong, syntaxMistake{row: row, column: column, says: strings.TrimPrefix(bad.Error(), "toml: ")})
		leaveOut(read, row)
	}
	return map[string]any{}, make([]string, len(lines)), wrong
}

// syntaxMistake is a line that is not TOML. Row and column count from 0 and from 1.
type syntaxMistake struct {
	row, column int
	says        string
}

// leaveOut empties a line and, if it begins a table, the whole of it.
func leaveOut(lines []string, row int) {
	header := strings.HasPrefix(strings.TrimSpace(lines[row]), "[")
	lines[row] = ""
	for i := row + 1; header && i < len(lines) && !strings.HasPrefix(strings.TrimSpace(lines[i]), "["); i++ {
		lines[i] = ""
	}
}
