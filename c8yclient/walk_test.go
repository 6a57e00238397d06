package c8yclient_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/c8yclient"
)

// collection is a list of a tenant: what it holds, and in how far it does as it is asked.
type collection struct {
	property, link string
	items          []item // in the tenant's own order
	// forgetful is a tenant that overlooks what selects keys, upsideDown one that overlooks
	// orders, restricted one that shows the user only some items.
	forgetful, upsideDown, restricted bool
	requests, atOnce, most            atomic.Int64
	latency                           time.Duration
}

type item struct {
	id   int64
	time time.Time
	body string
}

var (
	gt = regexp.MustCompile(`_id gt '(\d+)'`)
	le = regexp.MustCompile(`_id le '(\d+)'`)
)

// ServeHTTP answers with a page.
func (c *collection) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.requests.Add(1)
	now := c.atOnce.Add(1)
	defer c.atOnce.Add(-1)
	for most := c.most.Load(); now > most && !c.most.CompareAndSwap(most, now); most = c.most.Load() {
	}
	time.Sleep(c.latency)
	q := r.URL.Query()
	found := c.found(q)
	size, _ := strconv.Atoi(q.Get("pageSize"))
	number, _ := strconv.Atoi(cmp.Or(q.Get("currentPage"), "1"))
	begin, end, next := (number-1)*size, number*size, number+1
	if c.restricted { // pages are numbered by items looked at, of which every third may be seen
		begin, end, next = number-1, number-1+size, number+size
	}
	begin, end = min(begin, len(found)), min(end, len(found))
	var documents []string
	for i, item := range found[begin:end] {
		if !c.restricted || i%3 == 0 {
			documents = append(documents, item.body)
		}
	}
	more := ""
	if !c.restricted || end < len(found) {
		q.Set("currentPage", strconv.Itoa(next))
		more = `,"next":"http://internal` + c.link + "?" + q.Encode() + `"`
	}
	total := ""
	if q.Has("withTotalElements") {
		total = fmt.Sprintf(`,"totalElements":%d`, len(found))
	}
	fmt.Fprintf(w, `{"%s":[%s],"statistics":{"currentPage":%d,"pageSize":%d%s}%s}`, c.property, strings.Join(documents, ","), number, size, total, more)
}

// found returns what a request selects, in the order it asks for.
func (c *collection) found(q url.Values) []item {
	from, to := int64(-1), int64(1)<<62
	if c.property == "managedObjects" {
		if m := gt.FindStringSubmatch(q.Get("query")); m != nil {
			from, _ = strconv.ParseInt(m[1], 10, 64)
		}
		if m := le.FindStringSubmatch(q.Get("query")); m != nil {
			to, _ = strconv.ParseInt(m[1], 10, 64)
		}
	}
	since, _ := time.Parse(time.RFC3339, q.Get("dateFrom"))
	until, dated := time.Parse(time.RFC3339, q.Get("dateTo"))
	var found []item
	for _, item := range c.items {
		within := item.id > from && item.id <= to && !item.time.Before(since) && (dated != nil || item.time.Before(until))
		if within || c.forgetful {
			found = append(found, item)
		}
	}
	backwards := strings.Contains(q.Get("query"), "_id desc") || q.Get("revert") == "true" && (q.Has("dateFrom") || q.Has("dateTo"))
	if backwards != c.upsideDown {
		slices.Reverse(found)
	}
	return found
}

// objects are managed objects with the given ids.
func objects(ids ...int64) *collection {
	c := &collection{property: "managedObjects", link: "/inventory/managedObjects"}
	for _, id := range ids {
		c.items = append(c.items, item{id: id, body: fmt.Sprintf(`{"id":"%d"}`, id)})
	}
	slices.SortFunc(c.items, func(a, b item) int { return cmp.Compare(a.id, b.id) })
	return c
}

// idsIn makes n ids of the shapes that tenants have: dense, sparse, and in clusters.
func idsIn(random *rand.Rand, n int) []int64 {
	ids, last := make([]int64, n), random.Int64N(1_000_000)
	step := int64(1)
	for i := range ids {
		if random.IntN(100) == 0 {
			step = int64(1) << random.IntN(30)
		}
		last += 1 + random.Int64N(step)
		ids[i] = last
	}
	return ids
}

func TestInventoryIsWalkedByID(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		c := objects(idsIn(random, random.IntN(400))...)
		c.forgetful, c.upsideDown = random.IntN(8) == 0, random.IntN(8) == 0
		client, _ := newClient(t, c.ServeHTTP, c8yclient.WithConcurrency(1+random.IntN(10)))
		options := c8yclient.InventoryListOptions{Paging: c8yclient.Paging{PageSize: 1 + random.IntN(50)}}
		var got, want []string
		for _, item := range c.items {
			want = append(want, strconv.FormatInt(item.id, 10))
		}
		for object, err := range client.Inventory.List(t.Context(), &options) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, object.ID)
		}
		if c.upsideDown {
			slices.Reverse(want)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%d objects in pages of %d (forgetful %v, upside down %v): got %d\n%v\n%v", len(want), options.PageSize, c.forgetful, c.upsideDown, len(got), got, want)
		}
	}
}

// A walk costs hardly more requests than there are pages, however the ids lie.
func TestWalksAreThrifty(t *testing.T) {
	ids := make([]int64, 5000)
	for i := range ids {
		ids[i] = int64(1_000_000 + 3*i)
		if i >= 2500 {
			ids[i] += 1 << 40
		}
	}
	c := objects(ids...)
	client, _ := newClient(t, c.ServeHTTP)
	n := 0
	for range client.Inventory.List(t.Context(), &c8yclient.InventoryListOptions{Paging: c8yclient.Paging{PageSize: 100}}) {
		n++
	}
	if sent := c.requests.Load(); n != len(ids) || sent > 160 {
		t.Errorf("%d objects with %d requests", n, sent)
	}
}

func TestWalksAreConcurrent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var ids []int64
		for id := range int64(10_000) {
			ids = append(ids, id+1)
		}
		for _, test := range []struct {
			concurrency int
			most        int64
			fastest     time.Duration
		}{
			{1, 1, 90 * time.Second},
			{8, 7, 30 * time.Second}, // and one that looks for the end
		} {
			c := objects(ids...)
			c.latency = time.Second
			client, _ := newClient(t, c.ServeHTTP, c8yclient.WithConcurrency(test.concurrency))
			began := time.Now()
			for _, err := range client.Inventory.List(t.Context(), &c8yclient.InventoryListOptions{Paging: c8yclient.Paging{PageSize: 100}}) {
				if err != nil {
					t.Fatal(err)
				}
			}
			took := time.Since(began)
			if c.most.Load() > test.most || test.concurrency > 1 && took > test.fastest || test.concurrency == 1 && took < test.fastest {
				t.Errorf("%d at once of %d, took %v", c.most.Load(), test.concurrency, took)
			}

			// Who looks at one page only does not pay for the rest.
			before := c.requests.Load()
			for range client.Inventory.List(t.Context(), &c8yclient.InventoryListOptions{Paging: c8yclient.Paging{PageSize: 100}}) {
				break
			}
			synctest.Wait()
			if n := c.requests.Load() - before; n > 2 || c.atOnce.Load() != 0 {
				t.Errorf("%d requests for one object, %d under way", n, c.atOnce.Load())
			}
		}
	})
}

func TestWalkIsTheCallersOrTheTenants(t *testing.T) {
	for _, test := range []struct {
		name    string
		options c8yclient.InventoryListOptions
		want    string // the query that is sent, with "q:" in front for q; "" for offset paging
	}{
		{"everything", c8yclient.InventoryListOptions{}, "$filter=(_id gt '0') $orderby=_id asc"},
		{"type", c8yclient.InventoryListOptions{InventoryFilter: c8yclient.InventoryFilter{Type: "c8y_Linux", Owner: "device_SN-1", FragmentType: "c8y_IsDevice"}}, "$filter=(_id gt '0') and (type eq 'c8y_Linux' and owner eq 'device_SN-1' and has(c8y_IsDevice)) $orderby=_id asc"},
		{"query", byQuery("has(a) or name eq 'x(''*'"), "$filter=(_id gt '0') and (has(a) or name eq 'x(''*') $orderby=_id asc"},
		{"$filter", byQuery(" $filter=(name eq 'x$') "), "$filter=(_id gt '0') and ((name eq 'x$')) $orderby=_id asc"},
		{"$filter of nothing", byQuery("$filter="), "$filter=(_id gt '0') $orderby=_id asc"},
		{"devices", c8yclient.InventoryListOptions{InventoryFilter: c8yclient.InventoryFilter{Q: "name eq 'a'"}}, "q:$filter=(_id gt '0') and (name eq 'a') $orderby=_id asc"},
		{"wildcard in a type", c8yclient.InventoryListOptions{InventoryFilter: c8yclient.InventoryFilter{Type: "c8y_*"}}, ""},
		{"quote in an owner", c8yclient.InventoryListOptions{InventoryFilter: c8yclient.InventoryFilter{Owner: "o'neill"}}, ""},
		{"property as fragment", c8yclient.InventoryListOptions{InventoryFilter: c8yclient.InventoryFilter{FragmentType: "name"}}, ""},
		{"path as fragment", c8yclient.InventoryListOptions{InventoryFilter: c8yclient.InventoryFilter{FragmentType: "a.b"}}, ""},
		{"words", c8yclient.InventoryListOptions{InventoryFilter: c8yclient.InventoryFilter{Text: "pump"}}, ""},
		{"roots", c8yclient.InventoryListOptions{InventoryFilter: c8yclient.InventoryFilter{OnlyRoots: true}}, ""},
		{"ids", c8yclient.InventoryListOptions{InventoryFilter: c8yclient.InventoryFilter{IDs: []string{"1"}}}, ""},
		{"parents", c8yclient.InventoryListOptions{InventoryFilter: c8yclient.InventoryFilter{ChildAssetID: "1"}}, ""},
		{"order", byQuery("$filter=(has(a)) $orderby=name"), ""},
		{"only an order", byQuery("$orderby=name"), ""},
		{"words in a query", byQuery("text eq 'pump'"), ""},
		{"no words in a query", byQuery("c8y_Note.text eq 'text'"), "$filter=(_id gt '0') and (c8y_Note.text eq 'text') $orderby=_id asc"},
		{"out of the parentheses", byQuery("name eq 'a') or (name eq 'b'"), ""},
		{"open quote", byQuery("name eq 'a"), ""},
		{"open parenthesis", byQuery("name eq ("), ""},
		{"third page", c8yclient.InventoryListOptions{Paging: c8yclient.Paging{CurrentPage: 3}}, ""},
		{"by pages", c8yclient.InventoryListOptions{Paging: c8yclient.Paging{Walk: c8yclient.WalkPages}}, ""},
	} {
		client, srv := newClient(t, answer(200, `{"managedObjects":[]}`))
		for _, err := range client.Inventory.Pages(t.Context(), &test.options) {
			if err != nil {
				t.Fatal(err)
			}
		}
		u, _ := url.Parse(srv.last(t).Target)
		got := u.Query().Get("query")
		if q := u.Query().Get("q"); q != "" {
			got = "q:" + q
		}
		if !strings.Contains(got, "_id gt") {
			got = ""
		}
		if got != test.want {
			t.Errorf("%s: sent %q, want %q", test.name, got, test.want)
		}
	}
}

func byQuery(text string) c8yclient.InventoryListOptions {
	return c8yclient.InventoryListOptions{InventoryFilter: c8yclient.InventoryFilter{Query: text}}
}

func TestRestrictedUsersSeeAll(t *testing.T) {
	for _, size := range []int{5, 30, 100} {
		c := objects(idsIn(rand.New(rand.NewPCG(3, 4)), 300)...)
		c.restricted = true
		client, _ := newClient(t, c.ServeHTTP)
		seen := map[string]int{}
		for object, err := range client.Inventory.List(t.Context(), &c8yclient.InventoryListOptions{Paging: c8yclient.Paging{PageSize: size}}) {
			if err != nil {
				t.Fatal(err)
			}
			seen[object.ID]++
		}
		if want := 300 / size * ((size + 2) / 3); len(seen) != want {
			t.Errorf("pages of %d: %d objects seen, want %d", size, len(seen), want)
		}
	}
}

func TestTotalsAreAskedForOnce(t *testing.T) {
	c := objects(1, 2, 3, 4, 5, 6)
	client, srv := newClient(t, c.ServeHTTP)
	options := c8yclient.InventoryListOptions{Paging: c8yclient.Paging{PageSize: 2, WithTotalElements: true}}
	for page, err := range client.Inventory.Pages(t.Context(), &options) {
		if err != nil || page.Statistics.TotalElements == nil || *page.Statistics.TotalElements != 6 {
			t.Errorf("%+v, %v", page, err)
		}
		break
	}
	for range client.Inventory.Pages(context.WithoutCancel(t.Context()), &options) {
	}
	for _, request := range srv.recorded() {
		if first := strings.Contains(request.Target, "gt%20%270%27"); first != strings.Contains(request.Target, "withTotalElements") {
			t.Errorf("sent %s", request.Target)
		}
	}
}
