package query_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"c8yx/demo/query"
	"c8yx/demo/rawjson"
)

// subject is a JSON object that is member of group 5 and lies below 7.
type subject string

func (s subject) Value(property string) (string, bool) { return rawjson.Member(string(s), property) }

func (s subject) Below(path string) (string, bool) { return query.Below(path, s.Value), true }
func (s subject) Moment(property string) (int64, bool) {
	if property != "creationTime" {
		return 0, false
	}
	at, err := time.Parse(time.RFC3339, rawjson.Text(string(s), property))
	return at.UnixMilli(), err == nil
}
func (s subject) MemberOf(group string) bool { return group == "5" }
func (s subject) Under(root string) bool     { return root == "7" }
func (s subject) Mentions(words string) bool {
	return words != "" && strings.Contains(rawjson.Text(string(s), "name"), words)
}

const pump = `{"id":"4711","name":"Pump (7) 'left'","type":"c8y_Linux","owner":"device_SN-1","creationTime":"2026-02-01T08:00:00.000Z",` +
	`"c8y_IsDevice":{},"c8y_Availability":{"status":"UNAVAILABLE","lastMessage":"2026-02-01T09:00:00.000+01:00"},` +
	`"c8y_ActiveAlarmsStatus":{"critical":1,"major":0},"c8y_Position":{"lat":51.25,"lng":-6},"tags":["red","Blue"],"flag":true,"none":null,` +
	`"customers":[{"id":"123","level":2},{"id":"456","level":9}],"nested":{"list":[{"deep":["x"]}]},"own":{"date":"birthday"},"text":"plain"}`

func TestMatch(t *testing.T) {
	for _, test := range []struct {
		query string
		want  bool
	}{
		{``, true},
		{`name eq 'Pump (7) ''left'''`, true},
		{`name eq 'Pump \(7\) ''left'''`, true},
		{`name eq 'pump (7) ''left'''`, false},
		{`name eq 'pump*'`, true},
		{`name eq '*LEFT*'`, true},
		{`name eq '*7*left'`, false},
		{`name eq '*'`, true},
		{`missing eq '*'`, false},
		{`$filter=name eq 'Pump*'`, true},
		{`$filter=(name eq 'Pump*' and type eq 'c8y_Linux')`, true},
		{`$filter=name eq 'Pump*' $orderby=name asc,id desc`, true},
		{`$filter=name eq 'X*'+$orderby=name`, false},
		{`$filter=(type eq c8y_Linux)+$orderby=name`, true},
		{`type eq c8y_Linux+$orderby=name`, true},
		{`$orderby=name`, true},
		{`$orderby=id desc $filter=type eq 'x'`, false},
		{`(type eq c8y_Linux) and (owner eq device_SN-1)`, true},
		{`type eq 'x' or type eq 'c8y_Linux' and name eq 'x'`, false},
		{`(type eq 'c8y_Linux' or type eq 'x') and flag eq true`, true},
		{`not(has(c8y_Dashboard))`, true},
		{`not has(c8y_IsDevice)`, false},
		{`not (not (has(c8y_IsDevice)))`, true},
		{`not not has(c8y_IsDevice)`, true},
		{`has(c8y_IsDevice) and not has(none)`, true},
		{`has(name)`, false},
		{`hasany(x,c8y_IsDevice)`, true},
		{`hasany( x , y )`, false},
		{`has('c8y_IsDevice')`, true},
		{`bygroupid(4,5)`, true},
		{`bygroupid(4)`, false},
		{`isinhierarchyof(7)`, true},
		{`isinhierarchyof('8','9')`, false},
		{`_id gt '0'`, true},
		{`id gt '999'`, true}, // as numbers, not as text
		{`_id gt 4711`, false},
		{`id eq 4711`, true},
		{`id eq '4711'`, true},
		{`creationTime.date lt '2026-02-01T08:00:00.001Z'`, true},
		{`creationTime.date ge '2026-02-01T09:00:00.000+01:00'`, true},
		{`creationTime.date ge '2026-02-01T09:00:00.000 01:00'`, true},
		{`creationTime.date gt '2026-02-01T08:00:00'`, false},
		{`creationTime.date gt '2026-01-31'`, true},
		{`creationTime.date gt 'yesterday'`, false},
		{`c8y_Availability.lastMessage.date lt '2026-02-01T08:00:01Z'`, true},
		{`own.date eq 'birthday'`, true},
		{`c8y_Availability.status eq 'UNAVAILABLE'`, true},
		{`c8y_ActiveAlarmsStatus.critical gt 0`, true},
		{`c8y_ActiveAlarmsStatus.critical eq '1'`, false},
		{`c8y_ActiveAlarmsStatus.major le 0`, true},
		{`c8y_Position.lat gt 51.2d and c8y_Position.lat lt 51.3f`, true},
		{`c8y_Position.lat eq 51.25`, false}, // a decimal without suffix is text
		{`c8y_Position.lng eq -6`, true},
		{`c8y_Position eq 51`, false},
		{`tags eq 'red'`, true},
		{`tags eq 'blue'`, false},
		{`tags eq 'blue*'`, true},
		{`customers.id eq '456'`, true},
		{`customers.level gt 8`, true},
		{`nested.list.deep eq 'x'`, true},
		{`flag eq true`, true},
		{`flag eq false`, false},
		{`none eq null`, true},
		{`missing eq null`, true},
		{`missing.deeper eq null`, true},
		{`name eq null`, false},
		{`not(name eq null)`, true},
		{`name gt 'A'`, true},
		{`name lt 'A'`, false},
		{`text eq 'left'`, true},
		{`text eq 'plain'`, true},
		{`text eq 'right'`, false},
		{"name\teq\n'Pump*'", true},
		{`NAME eq 'x'`, false},
		{`name EQ 'Pump*' AND Has(c8y_IsDevice)`, true},
		{`$filter=`, true},
		{`$filter= $orderby=name`, true},
	} {
		q, err := query.Parse(test.query)
		if err != nil {
			t.Errorf("Parse(%s): %v", test.query, err)
			continue
		}
		if got := q.Match(subject(pump)); got != test.want {
			t.Errorf("%s = %v, want %v", test.query, got, test.want)
		}
	}
}

func TestSyntaxErrors(t *testing.T) {
	for _, text := range []string{
		`name`, `name eq`, `name eq 'x`, `eq 'x'`, `name ne 'x'`, `name = 'x'`, `(name eq 'x'`, `name eq 'x')`, `name eq 'x' and`, `and`,
		`name eq 'x' name eq 'y'`, `has()`, `has(a,b)`, `has(a`, `unknown(a)`, `not`, `$orderby=`, `$orderby=a,`, `$orderby=a down`,
		`$filter=name eq 'x' $filter=name eq 'y'`, `$top=5`, `name eq ''x'`, strings.Repeat("(", 100000), strings.Repeat("not ", 100000),
	} {
		if _, err := query.Parse(text); !errors.Is(err, query.ErrSyntax) {
			t.Errorf("Parse(%.40s) = %v, want ErrSyntax", text, err)
		}
	}
}

func TestSelectSorts(t *testing.T) {
	rows := []subject{
		`{"id":"10","name":"b","n":2,"t":"2026-01-01T00:00:00.000+02:00"}`,
		`{"id":"9","name":"a","n":10,"t":"2026-01-01T00:00:00.000Z"}`,
		`{"id":"11","name":"b","n":1.5}`,
		`{"id":"8","n":"text"}`,
	}
	for _, test := range []struct{ query, want string }{
		{``, "10 9 11 8"},
		{`$orderby=id`, "8 9 10 11"},
		{`$orderby=_id desc`, "11 10 9 8"},
		{`$orderby=name`, "8 9 10 11"},
		{`$orderby=name desc,n asc`, "11 10 9 8"},
		{`$orderby=n`, "11 10 9 8"},
		{`$orderby=t.date desc`, "9 10 11 8"},
	} {
		q, err := query.Parse(test.query)
		if err != nil {
			t.Fatal(err)
		}
		sorted := query.Sort(q, rows, subjectOf)
		var ids []string
		for _, row := range sorted {
			ids = append(ids, rawjson.Text(string(row), "id"))
		}
		if got := strings.Join(ids, " "); got != test.want {
			t.Errorf("%s: %s, want %s", test.query, got, test.want)
		}
	}
}

func TestHints(t *testing.T) {
	for text, want := range map[string]struct {
		after, upTo      int64
		byID, descending bool
	}{
		`$filter=(_id gt '4711') and (name eq 'x') $orderby=_id asc`: {4711, math.MaxInt64, true, false},
		`(_id gt '5') and (_id le '9') and has(x)`:                   {5, 9, false, false},
		`id gt 5 and id gt 7 and id le 9 and id le 8`:                {7, 8, false, false},
		`id gt 5 or name eq 'x'`:                                     {0, math.MaxInt64, false, false},
		`not (id gt 5 and id le 9)`:                                  {0, math.MaxInt64, false, false},
		`id ge 5 $orderby=id desc`:                                   {0, math.MaxInt64, true, true},
		`id.x gt 5 $orderby=name,id`:                                 {0, math.MaxInt64, false, false},
		`_id gt 'x*' $orderby=id,name`:                               {0, math.MaxInt64, true, false},
		`_id gt '9*'`:                                                {0, math.MaxInt64, false, false},
	} {
		q, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		after, upTo := q.IDs()
		byID := len(q.OrderBy) > 0 && q.OrderBy[0].ByID()
		descending := byID && q.OrderBy[0].Descending
		if after != want.after || upTo != want.upTo || byID != want.byID || descending != want.descending {
			t.Errorf("%s: after %d, up to %d, by id %v, descending %v", text, after, upTo, byID, descending)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		`$filter=(has(c8y_IsDevice) and name eq 'Press*') $orderby=name asc,creationTime desc`, `not(bygroupid(1,2)) or a.b.date gt '2026-01-01'`,
		`x eq 16.5d+$orderby=x`, `a eq ''''`, `_id gt '0'`, `(((`, `$filter=$orderby=`, `name eq '\(\)\\'`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := query.Parse(text)
		if err != nil {
			if !errors.Is(err, query.ErrSyntax) || q != nil {
				t.Errorf("Parse(%q) = %v, %v", text, q, err)
			}
			return
		}
		q.Match(known{t, subject(pump), q.Needs()})
		query.Sort(q, []subject{pump, `{}`}, subjectOf)
	})
}

func BenchmarkMatch(b *testing.B) {
	for _, text := range []string{`has(c8y_IsDevice)`, `name eq 'pump*'`, `c8y_Availability.status eq 'UNAVAILABLE'`} {
		b.Run(text, func(b *testing.B) {
			q, _ := query.Parse(text)
			for b.Loop() {
				q.Match(subject(pump))
			}
		})
	}
}
