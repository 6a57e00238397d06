package overview

import (
	"math"
	"slices"
	"strings"
	"time"

	"c8yx/theme"
	"c8yx/ui/chart"
	"c8yx/ui/text"
	"c8yx/views/place"
	"c8yx/views/show"
)

// figure is something on the overview that the cursor can be on.
type figure struct {
	key   string // finds it again after the numbers have changed
	opens string // the place of its list
}

// part is a piece of a line. Parts of one figure share it.
type part struct {
	text   text.Safe
	role   theme.Role
	width  int // in cells; 0: as wide as the text; rest: all that is left
	align  text.Align
	figure *figure
}

// rest is the width of a part that takes what the others leave.
const rest = -1

// card is one topic on the screen.
type card struct {
	title text.Safe
	note  part // at the right of the title
	lines [][]part
	// flexible cards have more lines than need be shown.
	flexible bool
}

// to returns a figure that opens a place.
func to(key string, p place.Place) *figure { return &figure{key: key, opens: p.String()} }

// missing fills a card whose topic has no answer yet, or none at all, and reports
// whether it did. A topic that has an old answer keeps it and says why it is old.
// To a user without the permission the platform answers with what he may see
// nevertheless, often nothing: such a nothing must not look like good news.
func (v *View) missing(c *card, t *topic, nothing bool) bool {
	say := func(role theme.Role, said text.Safe) {
		for _, line := range text.Wrap(said, 34) {
			c.lines = append(c.lines, []part{{text: line, role: role}})
		}
	}
	denied := text.Clean(v.tenant.Denied(t.needs))
	switch {
	case denied != "" && (nothing || t.err != nil):
		say(theme.Minor, "not to be seen, "+denied)
		return true
	case !t.known && t.err != nil:
		say(theme.Minor, t.said())
	case !t.known:
		say(theme.Busy, "counting …")
	case t.err != nil:
		c.note = part{text: "as of " + text.Age(time.Since(t.asOf)), role: theme.Critical}
	case denied != "":
		c.note = part{text: "what you may see", role: theme.Minor}
	}
	return !t.known
}

// sum adds counts.
func sum(counts []int) int {
	total := 0
	for _, n := range counts {
		total += n
	}
	return total
}

// number is a count, quiet if it is zero.
func number(n int, role theme.Role, f *figure) part {
	if n == 0 {
		role = theme.Muted
	}
	return part{text: text.Count(n), role: role, width: countWidth, align: text.Right, figure: f}
}

// The widths that the rows of counts share.
const (
	labelWidth = 15
	countWidth = 9
)

// row is a line of one count with a bar that compares it to the others.
func row(label text.Safe, role theme.Role, n, most, width int, f *figure) []part {
	bar := max(0, width-labelWidth-countWidth-2)
	return []part{
		{text: label, role: role, width: labelWidth, figure: f},
		number(n, theme.Strong, f),
		{text: "  ", figure: f},
		{text: chart.Bar(float64(n), float64(max(1, most)), bar), role: role, width: bar, figure: f},
	}
}

// alarmsCard counts the unresolved alarms.
func (v *View) alarmsCard(width int) card {
	c := card{title: "ALARMS"}
	if v.missing(&c, &v.alarms, sum(v.facts.severities)+v.facts.seen == 0) {
		return c
	}
	total, most := sum(v.facts.severities), slices.Max(v.facts.severities)
	if c.note.text == "" {
		c.note = part{text: text.Count(total) + " unresolved", role: theme.Text, figure: to("alarms", place.At("alarms"))}
	}
	for i, s := range severities() {
		cell := show.Severity(s)
		f := to("alarms/"+string(s), place.At("alarms").With("severity", string(s)))
		c.lines = append(c.lines, row(cell.Text, cell.Role, v.facts.severities[i], most, width, f))
	}
	f := to("alarms/24h", place.At("alarms").With("status", "all").With("last", "24h"))
	c.lines = append(c.lines, []part{
		{text: "within 24 h", role: theme.Muted, width: labelWidth, figure: f},
		number(v.facts.seen, theme.Text, f),
	})
	if v.newest.known {
		line := max(0, min(width-labelWidth, trendHours*2))
		high := 1.0
		for _, n := range v.facts.raised {
			high = max(high, n)
		}
		c.lines = append(c.lines, []part{
			{text: "new per hour", role: theme.Muted, width: labelWidth},
			{text: chart.SparklineIn(v.stretched(line), 0, high, line), role: theme.Accent},
		})
	}
	return c
}

// stretched returns the trend with each hour taking two values where there is room
// for two cells.
func (v *View) stretched(width int) []float64 {
	if width < 2*len(v.facts.raised) {
		return v.facts.raised
	}
	wide := make([]float64, 0, 2*len(v.facts.raised))
	for _, n := range v.facts.raised {
		wide = append(wide, n, n)
	}
	return wide
}

// devicesCard counts the devices by whether they are there.
func (v *View) devicesCard(width int) card {
	c := card{title: "DEVICES"}
	if v.missing(&c, &v.devices, v.facts.devices == 0) {
		return c
	}
	if c.note.text == "" {
		c.note = part{text: text.Count(v.facts.devices) + " in all", figure: to("devices", place.At("devices"))}
	}
	roles := []theme.Role{theme.Good, theme.Critical, theme.Busy, theme.Idle}
	for i, s := range statuses() {
		f := to("devices/"+s.name, place.At("devices").With("query", s.query))
		c.lines = append(c.lines, row(text.Clean(s.name), roles[i], v.facts.statuses[i], v.facts.devices, width, f))
	}
	return c
}

// operationsCard counts the operations by state and age.
func (v *View) operationsCard() card {
	c := card{title: "OPERATIONS"}
	if v.missing(&c, &v.operations, sum(slices.Concat(v.facts.operations...)) == 0) {
		return c
	}
	if c.note.text == "" {
		var heading text.Safe
		for _, s := range operationSpans() {
			heading += text.Fit(text.Clean(s.last), countWidth, text.Right)
		}
		c.note = part{text: text.Cut(heading, countWidth/2, len(operationSpans())*countWidth-countWidth/2), role: theme.Muted}
	}
	for i, s := range states() {
		cell := show.OperationStatus(s)
		line := []part{{text: cell.Text, role: cell.Role, width: rest}}
		for j, span := range operationSpans() {
			p := place.At("operations").With("status", string(s)).With("last", span.last)
			f := to("operations/"+string(s)+span.last, p)
			line = append(line, number(v.facts.operations[i][j], theme.Strong, f))
		}
		line[0].figure = line[1].figure // whoever clicks on the word means the latest
		c.lines = append(c.lines, line)
	}
	return c
}

// activityCard says how much comes in.
func (v *View) activityCard(width int) card {
	c := card{title: "ACTIVITY"}
	if !v.missing(&c, &v.events, sum(v.facts.events) == 0) {
		for i, s := range eventSpans() {
			f := to("events/"+s.last, place.At("events").With("last", s.last))
			c.lines = append(c.lines, []part{
				{text: text.Clean("events in " + s.last), width: labelWidth, figure: f},
				number(v.facts.events[i], theme.Strong, f),
			})
		}
	}
	now := time.Now()
	said := text.Safe("…")
	if n, ok := v.rate.perMinute(now); ok {
		said = text.Count(n) + "/min"
	}
	line := max(0, width-labelWidth-countWidth-2)
	high := 1.0
	values := v.rate.series(now)
	for _, n := range values {
		high = max(high, n)
	}
	for len(values) < line {
		values = append([]float64{math.NaN()}, values...)
	}
	c.lines = append(c.lines, []part{
		{text: "live messages", role: theme.Muted, width: labelWidth},
		{text: said, role: theme.Text, width: countWidth, align: text.Right},
		{text: "  "},
		{text: chart.SparklineIn(values, 0, high, line), role: theme.Accent},
	})
	return c
}

// aboutCard says where and who we are.
func (v *View) aboutCard() card {
	c := card{title: "TENANT"}
	if v.missing(&c, &v.about, false) {
		return c
	}
	say := func(label, value text.Safe, f *figure) {
		c.lines = append(c.lines, []part{
			{text: label, role: theme.Muted, width: 8, figure: f}, {text: value, width: rest, figure: f},
		})
	}
	if t := v.facts.tenant; t != nil {
		f := to("tenant", place.At("inspect", "tenant", "currentTenant"))
		say("id", text.Clean(t.Name), f)
		say("domain", text.Clean(t.DomainName), nil)
	}
	name := v.facts.user.UserName
	if full := strings.TrimSpace(v.facts.user.FirstName + " " + v.facts.user.LastName); full != "" && full != name {
		name += " (" + full + ")"
	}
	say("user", text.Clean(name), to("user", place.At("inspect", "user", "currentUser")))
	return c
}

// urgentCard lists the latest alarms that matter most.
func (v *View) urgentCard(width int) card {
	c := card{title: "LATEST CRITICAL AND MAJOR", flexible: true}
	if v.missing(&c, &v.standing, len(v.roll.alarms) == 0) {
		return c
	}
	now := time.Now()
	device := max(12, min(28, width*35/100))
	for _, s := range v.ranked().urgent {
		f := to("urgent/"+s.id, place.At("alarms").With("source", s.device))
		cell := show.Severity(s.severity)
		c.lines = append(c.lines, []part{
			{text: text.Cut(cell.Text, 0, 1), role: cell.Role, width: 2, figure: f},
			{text: text.Span(now.Sub(s.at)), role: theme.Muted, width: 4, align: text.Right, figure: f},
			{text: " ", figure: f},
			{text: text.Clean(s.name), role: theme.Strong, width: device, figure: f},
			{text: " ", figure: f},
			{text: text.Clean(s.text), role: theme.Text, width: rest, figure: f},
		})
	}
	if c.lines == nil {
		c.lines = [][]part{{{text: "None is unresolved.", role: theme.Good}}}
	}
	return c
}

// mostListed is how many lines a list is made for; no screen shows more.
const mostListed = 60

// talkersCard lists who has the most unresolved alarms.
func (v *View) talkersCard(title text.Safe, name string, talkers []*talker) card {
	c := card{title: title, flexible: true}
	if v.missing(&c, &v.standing, len(v.roll.alarms) == 0) {
		return c
	}
	if !v.roll.all && c.note.text == "" {
		c.note = part{text: "of the newest " + text.Count(mostStanding), role: theme.Minor}
	}
	room := 0
	for _, t := range talkers {
		room = max(room, text.Width(t.counts.Cell().Text))
	}
	for _, t := range talkers {
		f := to(name+"/"+t.key, place.At("alarms").With(name, t.key))
		counts := t.counts.Cell()
		c.lines = append(c.lines, []part{
			{text: text.Count(t.total), role: theme.Strong, width: 5, align: text.Right, figure: f},
			{text: " ", figure: f},
			{text: text.Clean(t.name), width: rest, figure: f},
			{text: " ", figure: f},
			{text: counts.Text, role: counts.Role, width: room, align: text.Right, figure: f},
		})
	}
	if c.lines == nil {
		c.lines = [][]part{{{text: "No alarm is unresolved.", role: theme.Good}}}
	}
	return c
}

// ranking is what the roll says of the most urgent and the loudest. It is made anew
// only when the roll has changed.
type ranking struct {
	version        int
	urgent         []standing
	devices, types []*talker
}

// ranked returns the ranking of the roll as it is.
func (v *View) ranked() *ranking {
	if r := &v.ranking; r.version != v.roll.version {
		*r = ranking{
			version: v.roll.version, urgent: v.roll.urgent(mostListed),
			devices: loudest(mostListed, v.roll.devices), types: loudest(mostListed, v.roll.types),
		}
	}
	return &v.ranking
}
