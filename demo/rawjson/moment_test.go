package rawjson_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"c8yx/demo/rawjson"
)

// It writes what the library writes, at the turns of years and centuries, before 1970 and far away.
func TestAppendMilli(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	check := func(milli int64) {
		t.Helper()
		if got, want := string(rawjson.AppendMilli(nil, milli)), time.UnixMilli(milli).UTC().Format(rawjson.TimeLayout); got != want {
			t.Fatalf("%d is %s, want %s", milli, got, want)
		}
	}
	for _, date := range []string{"0000-01-01", "1600-02-29", "1899-12-31", "1900-02-28", "1970-01-01", "2000-02-29", "2024-02-29", "2026-12-31", "2100-03-01", "9999-12-31"} {
		at, err := time.Parse(time.DateOnly, date)
		if err != nil {
			t.Fatal(err)
		}
		for _, milli := range []int64{-1, 0, 1, 999, 86_399_999} {
			check(at.UnixMilli() + milli)
		}
	}
	for range 100_000 {
		check(random.Int64N(260_000_000_000_000) - 70_000_000_000_000)
	}
	check(1 << 60) // of a year that has more digits
}

func BenchmarkAppendMilli(b *testing.B) {
	var buffer []byte
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			buffer = rawjson.AppendMilli(buffer[:0], 1_795_958_455_143)
		}
	})
	b.Run("library", func(b *testing.B) {
		for b.Loop() {
			buffer = time.UnixMilli(1_795_958_455_143).UTC().AppendFormat(buffer[:0], rawjson.TimeLayout)
		}
	})
}
