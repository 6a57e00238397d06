package views

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"iter"
	"regexp"
	"slices"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// logLine is one line that an instance of a microservice has written.
type logLine struct {
	key      string // the same at every reading
	instance string
	at       time.Time // zero if the line does not begin with a time
	level    string    // "" if it names none
	text     string
}

// logs is the kind of what a microservice writes, all its instances together, the newest line
// first. It is read again every few seconds while it is seen.
func logs(t *tenant.Tenant) *collection.Kind[*logLine] {
	return &collection.Kind[*logLine]{
		Name: "logs", Aliases: []string{"microservicelogs"},
		Title: "Logs", One: "line", Many: "lines",
		Needs:      []string{"ROLE_APPLICATION_MANAGEMENT_READ"},
		Parameters: []string{"application", "instance", "last"},
		Sort:       "-time",
		Reread:     3 * time.Second,
		Columns: []collection.Column[*logLine]{
			{
				Name: "time", Column: table.Column{Title: "TIME", Min: 12, Priority: 8},
				Cell: func(l *logLine) table.Cell {
					return table.Cell{Text: text.Clean(l.at.Local().Format("15:04:05.000")), Role: theme.Muted}
				},
				Compare: func(a, b *logLine) int { return a.at.Compare(b.at) },
			},
			collection.Words("level", table.Column{Title: "LEVEL", Min: 6, Priority: 7}, theme.Text, func(l *logLine) string { return l.level }).
				Styled(func(l *logLine) table.Cell { return table.Cell{Text: text.Clean(l.level), Role: levelRole(l.level)} }),
			collection.Words("instance", table.Column{Title: "INSTANCE", Min: 12, Max: 30, Priority: 4}, theme.Muted, func(l *logLine) string { return l.instance }),
			collection.Words("text", table.Column{Title: "TEXT", Min: 40, Max: 400, Weight: 9, Priority: 9}, theme.Text, func(l *logLine) string { return l.text }),
		},
		ID:    func(l *logLine) string { return l.key },
		Label: func(l *logLine) string { return l.text },
		Read:  readLogs,
		Detail: func(l *logLine, _ time.Time) []collection.Field {
			return []collection.Field{
				{Label: "time", Value: text.Clean(l.at.Local().Format("2006-01-02 15:04:05.000 MST"))},
				{Label: "level", Value: text.Clean(cmp.Or(l.level, "–")), Role: levelRole(l.level)},
				{Label: "instance", Value: text.Clean(l.instance), Role: theme.Muted},
				{Label: "Text"},
				{Label: "", Value: text.Clean(l.text)},
			}
		},
		Empty: func(p place.Place) text.Safe {
			if p.Query.Get("application") == "" {
				return "A log is that of one microservice: logs?application=ID."
			}
			return text.Clean("It wrote nothing within the last " + cmp.Or(p.Query.Get("last"), logSpan) + ".")
		},
		Subject: func(p place.Place) text.Safe { return ofA(t, "application", p.Query.Get("application")) },
	}
}

// logSpan is how far back a log is read unless the place says otherwise: the platform keeps no
// more than some 35 MB, and answers slowly for much of it.
const logSpan = "15m"

func levelRole(level string) theme.Role {
	switch level {
	case "ERROR", "FATAL", "SEVERE":
		return theme.Critical
	case "WARN", "WARNING":
		return theme.Minor
	case "DEBUG", "TRACE":
		return theme.Faint
	}
	return theme.Good
}

func readLogs(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*logLine, error] {
	application := p.Query.Get("application")
	return func(yield func([]*logLine, error) bool) {
		if application == "" {
			return
		}
		instances := []string{p.Query.Get("instance")}
		if instances[0] == "" {
			var err error
			if instances, err = instancesOf(ctx, t.Client, application); err != nil {
				yield(nil, err)
				return
			}
		}
		since := sinceOf(p, logSpan)
		for _, instance := range instances {
			log, err := t.Client.Microservices.Logs(ctx, application, instance, &c8yclient.MicroserviceLogOptions{DateFrom: since})
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(linesOf(instance, log.Logs), nil) {
				return
			}
		}
	}
}

// instancesOf names the running instances of a microservice.
func instancesOf(ctx context.Context, client *c8yclient.Client, application string) ([]string, error) {
	status, err := client.Microservices.Status(ctx, application)
	if err != nil {
		return nil, err
	}
	raw, there := status.Fragment("c8y_Status")
	if !there {
		return nil, nil
	}
	state, err := c8yclient.DecodeDocument[struct {
		Instances map[string]any `json:"instances"`
	}](raw)
	if err != nil {
		return nil, fmt.Errorf("the status of microservice %s cannot be read: %w", application, err)
	}
	var names []string
	for name := range state.Instances {
		names = append(names, name)
	}
	slices.Sort(names)
	return names, nil
}

// A level stands anywhere near the beginning of a line; loggers write it in capitals.
var logLevel = regexp.MustCompile(`\b(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|SEVERE|FATAL)\b`)

// linesOf takes the text of a log apart. A line without a time of its own, such as one of a stack
// trace, belongs to the moment of the line before.
func linesOf(instance, log string) []*logLine {
	var lines []*logLine
	var at time.Time
	seen := make(map[uint64]int)
	for line := range strings.Lines(log) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			continue
		}
		l := &logLine{instance: instance, text: line}
		first, rest, _ := strings.Cut(line, " ")
		if parsed, err := time.Parse(time.RFC3339Nano, first); err == nil {
			at, l.text = parsed, rest
		}
		l.at = at
		l.level = logLevel.FindString(l.text[:min(len(l.text), 60)])
		hash := fnv.New64a()
		_, _ = hash.Write([]byte(instance + "\x00" + line))
		sum := hash.Sum64()
		seen[sum]++
		l.key = fmt.Sprintf("%x/%d", sum, seen[sum])
		lines = append(lines, l)
	}
	return lines
}
