package rawjson

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// TimeLayout is how the platform writes times: milliseconds, and the offset or Z.
const TimeLayout = "2006-01-02T15:04:05.000Z07:00"

const hex = "0123456789abcdef"

// plain are the bytes that stand for themselves in a JSON string, whatever comes before and after them.
var plain = func() (plain [256]bool) {
	for c := byte(' '); c < utf8.RuneSelf; c++ {
		plain[c] = c != '"' && c != '\\'
	}
	return plain
}()

// AppendString appends text as a JSON string. Bytes that are no UTF-8 become U+FFFD.
func AppendString(dst []byte, text string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(text); {
		c := text[i]
		if plain[c] {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(text[i:])
			if r == utf8.RuneError && size == 1 {
				dst = append(append(dst, text[start:i]...), "\ufffd"...)
				start = i + size
			}
			i += size
			continue
		}
		dst = append(dst, text[start:i]...)
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\t':
			dst = append(dst, '\\', 't')
		default:
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		i++
		start = i
	}
	return append(append(dst, text[start:]...), '"')
}

// Quote returns text as a JSON string.
func Quote(text string) string { return string(AppendString(nil, text)) }

// Append appends v as JSON. The kinds of values that documents are made of are written without reflection, maps with sorted
// keys; everything else goes through encoding/json, and what that refuses becomes null.
func Append(dst []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(dst, "null"...)
	case string:
		return AppendString(dst, v)
	case bool:
		return strconv.AppendBool(dst, v)
	case int:
		return strconv.AppendInt(dst, int64(v), 10)
	case int64:
		return strconv.AppendInt(dst, v, 10)
	case float64:
		return AppendNumber(dst, v)
	case time.Time:
		return append(v.AppendFormat(append(dst, '"'), TimeLayout), '"')
	case json.RawMessage:
		return append(dst, v...)
	case []string:
		dst = append(dst, '[')
		for i, element := range v {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = AppendString(dst, element)
		}
		return append(dst, ']')
	case []any:
		return appendArray(dst, v)
	case []map[string]any:
		return appendArray(dst, v)
	case map[string]any:
		return appendMap(dst, v)
	case map[string]string:
		return appendMap(dst, v)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return append(dst, "null"...)
	}
	return append(dst, text...)
}

// AppendNumber appends a number as JSON; null for what is none.
func AppendNumber(dst []byte, n float64) []byte {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return append(dst, "null"...)
	}
	if abs := math.Abs(n); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		return strconv.AppendFloat(dst, n, 'e', -1, 64)
	}
	return strconv.AppendFloat(dst, n, 'f', -1, 64)
}

func appendArray[T any](dst []byte, elements []T) []byte {
	dst = append(dst, '[')
	for i, element := range elements {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = Append(dst, element)
	}
	return append(dst, ']')
}

func appendMap[T any](dst []byte, members map[string]T) []byte {
	dst = append(dst, '{')
	var few [16]string // most maps of a document fit, and then sorting allocates nothing
	keys := slices.AppendSeq(few[:0], maps.Keys(members))
	slices.Sort(keys)
	for i, key := range keys {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(AppendString(dst, key), ':')
		dst = Append(dst, members[key])
	}
	return append(dst, '}')
}
