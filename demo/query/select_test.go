package query_test

import (
	"fmt"
	"maps"
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
		`name eq 'x*' and not(has(name)) $orderby=type,id,creationTime.date`: `values [name] paths [] presence [] words false orders [type creationTime.date]`,
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
		got := fmt.Sprintf("values %v paths %v presence %v words %v", n.Values, n.Paths, n.Presence, n.Words)
		if n.Orders != nil {
			got += fmt.Sprint(" orders ", n.Orders)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// Any part of the order is the same as that part of everything sorted, whatever the keys are like.
func TestPartOfTheWhole(t *testing.T) {
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
		items, numbers := make([]subject, n), make([]int, n)
		for i := range items {
			items[i] = subject(fmt.Sprintf(`{"id":"%d","x":%s,"y":%s,"z":%s}`, i, value(), value(), value()))
			numbers[i] = i
		}
		for _, text := range []string{`$orderby=x`, `$orderby=x desc`, `$orderby=y desc,x`, `$orderby=x,y desc,z,id desc`, `$orderby=id desc`, `$orderby=x,id`, `$orderby=none`} {
			q, err := query.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			whole := query.Sort(q, items, subjectOf)
			ranks := ranksOf(q, items)
			for range 20 {
				from := random.IntN(n + 1)
				to := from + random.IntN(n+1)
				var part []subject
				for _, number := range q.Part(numbers, ranks, from, to) {
					part = append(part, items[number])
				}
				if !slices.Equal(part, whole[from:min(to, n)]) {
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
				if pair := query.Sort(q, []subject{whole[i-1], whole[i]}, subjectOf); pair[0] != whole[i-1] {
					t.Fatalf("%s of %d: %s stands before %s", text, n, whole[i-1], whole[i])
				}
			}
		}
	}
}

func subjectOf(s subject) query.Subject { return s }

// ranksOf are the ranks of the keys of some items.
func ranksOf(q *query.Query, items []subject) (ranks [][]int32) {
	for _, order := range q.OrderBy {
		var of []int32
		if !order.ByID() {
			key := query.KeyOf(order.Path)
			all := map[string]int32{}
			for _, item := range items {
				all[key(item)] = 0
			}
			for rank, k := range slices.Sorted(maps.Keys(all)) {
				all[k] = int32(rank)
			}
			for _, item := range items {
				of = append(of, all[key(item)])
			}
		}
		ranks = append(ranks, of)
	}
	return ranks
}

// Keys compare as what they are made of does.
func TestKeys(t *testing.T) {
	ordered := []string{`null`, `-1e300`, `-2`, `-0.5`, `-0`, `1e-9`, `10`, `10.5`, `9e99`, `""`, `"10"`, `"9"`, `"Z"`, `"a"`, `"a\u0000"`, `"aa"`, `"é"`, `false`, `true`}
	key := query.KeyOf("x")
	for i := 1; i < len(ordered); i++ {
		before, after := key(subject(`{"x":`+ordered[i-1]+`}`)), key(subject(`{"x":`+ordered[i]+`}`))
		if before >= after {
			t.Errorf("the key of %s is %q, that of %s is %q", ordered[i-1], before, ordered[i], after)
		}
	}
	if a, b := key(subject(`{"x":0}`)), key(subject(`{"x":-0}`)); a != b {
		t.Errorf("0 and -0 have the keys %q and %q", a, b)
	}
	moment := query.KeyOf("x.date")
	if a, b := moment(subject(`{"x":"2026-01-01T09:00:00+02:00"}`)), moment(subject(`{"x":"2026-01-01T08:00:00Z"}`)); a >= b {
		t.Errorf("the key of an earlier moment is %q, that of a later one %q", a, b)
	}
}
