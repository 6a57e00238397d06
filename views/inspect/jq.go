package inspect

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/itchyny/gojq"
)

// The limits of a jq program that somebody may still be typing.
const (
	jqPatience = 2 * time.Second
	jqResults  = 10_000
)

// runJQ runs a jq program over a document until ctx ends. One result is the new document,
// several are an array of them. The error is for a line below the program.
func runJQ(ctx context.Context, program string, document []byte) ([]byte, error) {
	query, err := gojq.Parse(program)
	var wrong *gojq.ParseError
	switch {
	case errors.As(err, &wrong) && wrong.Token == "":
		return nil, errors.New("the program is not complete")
	case err != nil:
		return nil, err
	}
	code, err := gojq.Compile(query)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.UseNumber()
	var input any
	if err := decoder.Decode(&input); err != nil {
		return nil, fmt.Errorf("the document is no JSON: %w", err)
	}
	results := []any{}
	for run := code.RunWithContext(ctx, exact(input)); ; {
		value, more := run.Next()
		if !more {
			break
		}
		if err, failed := value.(error); failed {
			var halt *gojq.HaltError
			switch {
			case errors.As(err, &halt) && halt.Value() == nil:
				return encode(results)
			case errors.Is(err, context.DeadlineExceeded):
				return nil, errors.New("it takes too long")
			}
			return nil, err
		}
		if results = append(results, value); len(results) == jqResults {
			return nil, fmt.Errorf("it gives more than %d results", jqResults)
		}
	}
	return encode(results)
}

func encode(results []any) ([]byte, error) {
	if len(results) == 1 {
		return gojq.Marshal(results[0])
	}
	return gojq.Marshal(results)
}

// exact gives numbers the types in which jq keeps every digit of an integer.
func exact(value any) any {
	switch v := value.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil && int64(int(n)) == n {
			return int(n)
		}
		if n, ok := new(big.Int).SetString(v.String(), 10); ok {
			return n
		}
		f, _ := v.Float64() // a number that is too big is infinite, as for jq
		return f
	case []any:
		for i := range v {
			v[i] = exact(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = exact(v[k])
		}
	}
	return value
}
