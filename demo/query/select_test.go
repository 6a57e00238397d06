package query_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"c8yx/demo/query"
	"c8yx/demo/rawjson"
)

// known is a subject that may be asked only for what the query has said that it needs.
type known struct {
	testing.TB
	subject
	needs query.Needs
}

func (k known) Value(property string) (string, bool) {
	raw, found := k.subject.Value(property)
	switch {
	case slices.Contains(k.needs.Values, property):
		return raw, found
	case slices.Contains(k.needs.Presence, property):
		return "1", found && raw != "null" // a store keeps no null
	}
	for _, path := range k.needs.Paths {
		if strings.HasPrefix(path, property+".") && query.Below(path, k.subject.Value) == query.Winding {
			return raw, found
		}
	}
	k.Errorf("the query looks at %q, and did not say so: %+v", property, k.needs)
	return "", false
}

func (k known) Below(path string) (string, bool) {
	if !slices.Contains(k.needs.Paths, path) {
		k.Errorf("the query looks at %q, and did not say so: %+v", path, k.needs)
	}
	return k.subject.Below(path)
}

func (k known) Mentions(words string) bool {
	if !k.needs.Words {
		k.Error("the query looks at the full text, and did not say so")
	}
	return k.subject.Mentions(words)
}

func TestNeeds(t *testing.T) {
	for text, want := range map[string]string{
		`has(a) and hasany(b,c.d)`: `values [] paths [c.d] presence [a b] words false`,
		`name eq 'x*' and not(has(name)) $orderby=type,creationTime.date`: `values [creationTime name type] paths [] presence [] words false`,
		`x eq null or y.z eq null`:                            `values [] paths [y.z] presence [x] words false`,
		`a.date gt '2026-01-01' and b.c.date lt '2026-01-01'`: `values [a b] paths [] presence [] words false`,
		`has(x) and x eq 1`:                                   `values [x] paths [] presence [] words false`,
		`text eq 'pump'`:                                      `values [text] paths [] presence [] words true`,
		`bygroupid(5) or isinhierarchyof(7)`:                  `values [] paths [] presence [] words false`,
		``:                                                    `values [] paths [] presence [] words false`,
	} {
		q, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		n := q.Needs()
		if got := fmt.Sprintf("values %v paths %v presence %v words %v", n.Values, n.Paths, n.Presence, n.Words); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// Any part of the order is the same as that part of everything sorted, whatever the keys are like.
func TestSelectIsPartOfTheWhole(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	value := func() string {
		switch random.IntN(8) {
		case 0:
			return "null"
		case 1:
			return fmt.Sprint(random.NormFloat64() * 1e3)
		case 2:
			return fmt.Sprint(-random.IntN(5))
		case 3:
			return `{"a":1}`
		case 4:
			return rawjson.Quote("Drehmaschine " + strings.Repeat("1", random.IntN(4)))
		}
		return rawjson.Quote(fmt.Sprintf("%c%x", "aZé日"[random.IntN(4)], random.IntN(40)))
	}
	for _, n := range []int{1, 2, 63, 64, 65, 200, 3000} {
		items := make([]subject, n)
		for i := range items {
			items[i] = subject(fmt.Sprintf(`{"id":"%d","x":%s,"y":%s}`, i, value(), value()))
		}
		for _, text := range []string{`$orderby=x`, `$orderby=x desc`, `$orderby=y desc,x`, `$orderby=id desc`, `$orderby=none`} {
			q, err := query.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			subjectOf := func(s subject) query.Subject { return s }
			whole := query.Select(q, items, subjectOf, 0, n)
			for range 20 {
				from := random.IntN(n + 1)
				to := from + random.IntN(n+1)
				if part := query.Select(q, items, subjectOf, from, to); !slices.Equal(part, whole[from:min(to, n)]) {
					t.Fatalf("%s of %d: places %d to %d differ from the whole", text, n, from, to)
				}
			}
			if ids := map[subject]bool{}; true {
				for _, item := range whole {
					ids[item] = true
				}
				if len(ids) != n {
					t.Errorf("%s of %d: %d are left", text, n, len(ids))
				}
			}
			for i := 1; i < n; i++ { // in order, by what it means to be in order: no pair the other way round
				if pair := query.Select(q, []subject{whole[i-1], whole[i]}, subjectOf, 0, 2); pair[0] != whole[i-1] {
					t.Fatalf("%s of %d: %s stands before %s", text, n, whole[i-1], whole[i])
				}
			}
		}
	}
}
