package c8yclient

import (
	"fmt"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// timeFormat is what the platform writes and understands: milliseconds and the
// zone that the time came with.
const timeFormat = "2006-01-02T15:04:05.000Z07:00"

// encodeQuery turns an options struct into a query string. Each field names its
// parameter in a `query` tag:
//
//	Source string    `query:"source"`
//	Type   []string  `query:"type,comma"`          // a,b – each value escaped, then joined
//	Series []string  `query:"series"`              // series=a&series=b
//	Deep   bool      `query:"withChildren,always"` // sent even when false
//
// Zero values are left out, embedded structs are walked, the order is that of
// the fields. Blanks become %20 and plus signs %2B, which every reader agrees on.
// A nil options pointer is an empty query.
func encodeQuery(options any) string {
	if options == nil {
		return ""
	}
	value := reflect.ValueOf(options)
	if value.Kind() == reflect.Pointer {
		if value.IsNil() {
			value = reflect.Zero(value.Type().Elem())
		} else {
			value = value.Elem()
		}
	}
	var q queryBuilder
	q.addStruct(value)
	return q.String()
}

// valueOf returns the options that a pointer leads to, or none.
func valueOf[T any](options *T) (value T) {
	if options != nil {
		value = *options
	}
	return value
}

// queryBuilder writes parameters in the order they are added.
type queryBuilder struct{ strings.Builder }

func (q *queryBuilder) add(name, escaped string) {
	if q.Len() > 0 {
		q.WriteByte('&')
	}
	q.WriteString(name)
	q.WriteByte('=')
	q.WriteString(escaped)
}

func (q *queryBuilder) addStruct(value reflect.Value) {
	for field, v := range value.Fields() {
		tag, tagged := field.Tag.Lookup("query")
		if !tagged {
			if field.Anonymous {
				q.addStruct(v)
			}
			continue
		}
		name, flag, _ := strings.Cut(tag, ",")
		if flag != "always" && (v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0) {
			continue
		}
		if v.Kind() != reflect.Slice {
			q.add(name, escapeValue(formatValue(v)))
			continue
		}
		values := make([]string, v.Len())
		for i := range values {
			values[i] = escapeValue(formatValue(v.Index(i)))
		}
		if flag == "comma" {
			values = []string{strings.Join(values, ",")}
		}
		for _, each := range values {
			q.add(name, each)
		}
	}
}

func formatValue(v reflect.Value) string {
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	switch value := v.Interface().(type) {
	case time.Time:
		return value.Format(timeFormat)
	case bool:
		return strconv.FormatBool(value)
	default:
		return fmt.Sprint(value)
	}
}

func escapeValue(s string) string {
	return strings.ReplaceAll(url.QueryEscape(s), "+", "%20")
}
