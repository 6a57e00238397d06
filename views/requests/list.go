package requests

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/byhand"
	"c8yx/views/collection"
	"c8yx/views/copyas"
	"c8yx/views/explain"
	"c8yx/views/place"
	"c8yx/views/tenant"
	"c8yx/views/traffic"
)

// Name is the first word of the places of this package.
const Name = "requests"

// pace is how often the list takes up what was sent meanwhile.
const pace = 200 * time.Millisecond

type request = traffic.Request

// Kind is the kind of requests.
func Kind() *collection.Kind[*request] {
	return &collection.Kind[*request]{
		Name: Name, Aliases: []string{"request", "req", "http"},
		Title: "Requests", One: "request", Many: "requests",
		Sort:    "-number",
		Columns: columns(),
		ID:      func(r *request) string { return strconv.Itoa(r.Number) },
		Label:   func(r *request) string { return r.Method + " " + r.Target },
		Request: copyas.Sent,
		Read: func(_ context.Context, t *tenant.Tenant, _ place.Place) iter.Seq2[[]*request, error] {
			return func(yield func([]*request, error) bool) { yield(collection.Pointers(t.Traffic.Requests(0)), nil) }
		},
		Live: func(ctx context.Context, t *tenant.Tenant, _ place.Place) iter.Seq[collection.News[*request]] {
			return func(yield func(collection.News[*request]) bool) {
				oldest := 1
				for news := range t.Traffic.Follow(ctx, 0, pace) {
					told := collection.News[*request]{Items: collection.Pointers(news.Requests)}
					for ; oldest < news.Oldest; oldest++ {
						told.Gone = append(told.Gone, strconv.Itoa(oldest))
					}
					if !yield(told) {
						return
					}
				}
			}
		},
		Detail: func(r *request, _ time.Time) []collection.Field { return detail(r) },
		Explain: func(ctx context.Context, t *tenant.Tenant, r *request) (explain.Explanation, error) {
			return explain.Request(ctx, t, r.Method, r.Target, r.Status)
		},
		Opens: func(r *request) place.Place { return place.At(Name, strconv.Itoa(r.Number)) },
		Empty: func(place.Place) text.Safe { return "Nothing has been asked of the tenant yet." },
		Actions: []collection.Action[*request]{{
			Action:   keys.SendAgain,
			Disabled: notByHand,
			Run: func(a *collection.Act[*request]) {
				r := a.Items[0]
				Compose(a.Tenant, a.Scope, again(r))
			},
		}},
	}
}

// again is a request as it was sent; of the headers only what c8yx would not send by itself.
func again(r *request) byhand.Request {
	header := traffic.Besides(r.SentHeader)
	for _, name := range []string{"Accept", "Content-Type"} {
		if value := r.SentHeader.Get(name); value != "" && value != "application/json" {
			if header == nil {
				header = http.Header{}
			}
			header.Set(name, value)
		}
	}
	return byhand.Request{Method: r.Method, Path: r.Target, Body: r.Sent.Content, Header: header, Mode: c8yclient.ProcessingMode(r.SentHeader.Get("X-Cumulocity-Processing-Mode"))}
}

// notByHand says why a request cannot be sent once more as it is kept; "" if it can.
func notByHand(r *request) string {
	redacted := c8yclient.Secret("any").String() // what the client writes in place of each secret
	switch {
	case !slices.Contains(byhand.Methods(), r.Method) || r.Status == http.StatusSwitchingProtocols:
		return "it was no plain request"
	case r.Sent.Cut || r.Sent.Content == "" && r.BytesOut > 0:
		return "what it sent is not kept whole"
	case strings.Contains(r.Sent.Content+r.Target+byhand.WriteHeader(r.SentHeader), redacted):
		return "it sent secrets, which are not kept"
	}
	return ""
}

func columns() []collection.Column[*request] {
	return []collection.Column[*request]{
		{
			Name: "number", Column: table.Column{Title: "#", Min: 4, Align: text.Right, Priority: 9},
			Cell:    func(r *request) table.Cell { return table.Cell{Text: text.Count(r.Number), Role: theme.Muted} },
			Compare: func(a, b *request) int { return cmp.Compare(a.Number, b.Number) },
		},
		{
			Name: "time", Column: table.Column{Title: "TIME", Width: 8, Priority: 5},
			Cell: func(r *request) table.Cell {
				return table.Cell{Text: text.Clean(r.Start.Local().Format(time.TimeOnly)), Role: theme.Muted}
			},
			Compare: func(a, b *request) int { return a.Start.Compare(b.Start) },
		},
		{
			Name: "method", Column: table.Column{Title: "METHOD", Width: 6, Priority: 8},
			Cell:    func(r *request) table.Cell { return methodCell(r.Method) },
			Compare: func(a, b *request) int { return cmp.Compare(a.Method, b.Method) },
		},
		{
			Name: "status", Column: table.Column{Title: "STATUS", Width: 9, Priority: 8},
			Cell:    func(r *request) table.Cell { return StatusCell(r.Status, r.Err) },
			Compare: func(a, b *request) int { return cmp.Compare(a.Status, b.Status) },
		},
		{
			Name: "path", Column: table.Column{Title: "PATH", Min: 24, Weight: 4, Priority: 8},
			Cell:    func(r *request) table.Cell { return table.Cell{Text: text.Clean(r.Target), Role: theme.Strong} },
			Compare: func(a, b *request) int { return cmp.Compare(a.Target, b.Target) },
		},
		{
			Name: "took", Column: table.Column{Title: "TOOK", Min: 7, Priority: 7, Align: text.Right},
			Cell:    func(r *request) table.Cell { return table.Cell{Text: Took(r.Duration), Role: tookRole(r.Duration)} },
			Compare: func(a, b *request) int { return cmp.Compare(a.Duration, b.Duration) },
		},
		{
			Name: "size", Column: table.Column{Title: "SIZE", Min: 7, Priority: 6, Align: text.Right},
			Cell:    func(r *request) table.Cell { return table.Cell{Text: text.Bytes(r.BytesIn), Role: theme.Muted} },
			Compare: func(a, b *request) int { return cmp.Compare(a.BytesIn, b.BytesIn) },
		},
		{
			Name: "try", Column: table.Column{Title: "TRY", Min: 3, Priority: 3, Align: text.Right},
			Cell: func(r *request) table.Cell {
				role := theme.Faint
				if r.Attempt > 1 || r.RetryIn > 0 {
					role = theme.Minor
				}
				return table.Cell{Text: text.Count(r.Attempt), Role: role}
			},
			Compare: func(a, b *request) int { return cmp.Compare(a.Attempt, b.Attempt) },
		},
		{
			Name: "why", Column: table.Column{Title: "WHY", Min: 10, Max: 40, Weight: 2, Priority: 4},
			Cell:    func(r *request) table.Cell { return table.Cell{Text: text.Clean(r.Cause), Role: theme.Muted} },
			Compare: func(a, b *request) int { return cmp.Compare(a.Cause, b.Cause) },
		},
	}
}

func methodCell(method string) table.Cell {
	role := theme.Text
	switch method {
	case http.MethodPost, http.MethodPut, http.MethodPatch:
		role = theme.Accent
	case http.MethodDelete:
		role = theme.Major
	}
	return table.Cell{Text: text.Clean(method), Role: role}
}

// StatusCell shows how a request ended.
func StatusCell(status int, err error) table.Cell {
	switch {
	case errors.Is(err, context.Canceled):
		return table.Cell{Text: "given up", Role: theme.Muted}
	case status == 0:
		return table.Cell{Text: "no answer", Role: theme.Critical}
	case err != nil:
		return table.Cell{Text: text.Clean(strconv.Itoa(status) + " cut"), Role: theme.Critical}
	case status >= 500:
		return table.Cell{Text: text.Clean(strconv.Itoa(status)), Role: theme.Critical}
	case status >= 400:
		return table.Cell{Text: text.Clean(strconv.Itoa(status)), Role: theme.Major}
	case status >= 200 && status < 300:
		return table.Cell{Text: text.Clean(strconv.Itoa(status)), Role: theme.Good}
	}
	return table.Cell{Text: text.Clean(strconv.Itoa(status)), Role: theme.Muted}
}

// Took words how long a request took: "0.4 ms", "31 ms", "1.25 s".
func Took(d time.Duration) text.Safe {
	switch {
	case d < 10*time.Millisecond:
		return text.Clean(fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond)))
	case d < time.Second:
		return text.Clean(fmt.Sprintf("%d ms", d.Milliseconds()))
	}
	return text.Clean(fmt.Sprintf("%.2f s", d.Seconds()))
}

// tookRole marks what a user has to wait for.
func tookRole(d time.Duration) theme.Role {
	switch {
	case d >= 5*time.Second:
		return theme.Major
	case d >= time.Second:
		return theme.Minor
	}
	return theme.Muted
}

// detail is what the pane says of a request.
func detail(r *request) []collection.Field {
	status := StatusCell(r.Status, r.Err)
	if r.Status != 0 {
		status.Text += text.Clean(" " + http.StatusText(r.Status))
	}
	fields := []collection.Field{
		{Label: "request", Value: text.Clean(r.Method + " " + r.Target), Role: theme.Strong},
		{Label: "why", Value: orDash(r.Cause)},
		{Label: "status", Value: status.Text, Role: status.Role},
	}
	if r.Err != nil {
		fields = append(fields, collection.Field{Label: "error", Value: orDash(r.Err.Error()), Role: theme.Critical})
	}
	if said := refusal(r.Status, r.Received.Content); said != "" {
		fields = append(fields, collection.Field{Label: "answer", Value: text.Clean(said), Role: status.Role})
	}
	took := Took(r.Duration)
	if r.Queued >= time.Millisecond {
		took += ", after waiting " + Took(r.Queued) + " for its turn"
	}
	attempt := text.Count(r.Attempt)
	if r.RetryIn > 0 {
		attempt += ", the next " + Took(r.RetryIn) + " later"
	}
	fields = append(fields,
		collection.Field{Label: "began", Value: text.Clean(r.Start.Local().Format("2006-01-02 15:04:05.000")), Role: theme.Muted},
		collection.Field{Label: "took", Value: took, Role: tookRole(r.Duration)},
		collection.Field{Label: "attempt", Value: attempt},
	)
	fields = append(fields, collection.Field{Label: text.Clean("Sent " + string(text.Bytes(r.BytesOut)))})
	fields = append(fields, headerFields(r.SentHeader)...)
	fields = append(fields, bodyField(r.Sent.Content, r.Sent.Cut)...)
	fields = append(fields, collection.Field{Label: text.Clean("Received " + string(text.Bytes(r.BytesIn)))})
	fields = append(fields, headerFields(r.ReceivedHeader)...)
	return append(fields, bodyField(r.Received.Content, r.Received.Cut)...)
}

// refusal returns the reason that the tenant gave for an error, "" if there is none.
func refusal(status int, body string) string {
	var answer struct {
		Message string `json:"message"`
	}
	if status < 400 || json.Unmarshal([]byte(body), &answer) != nil {
		return ""
	}
	return answer.Message
}

func orDash(s string) text.Safe { return text.Clean(cmp.Or(strings.TrimSpace(s), "–")) }

func headerFields(header http.Header) []collection.Field {
	var fields []collection.Field
	for _, name := range sortedNames(header) {
		fields = append(fields, collection.Field{
			Label: text.Clean(strings.ToLower(name)), Value: orDash(strings.Join(header[name], ", ")), Role: theme.Muted,
		})
	}
	return fields
}

// inPane is how much of a body the pane shows; enter shows the rest.
const inPane = 1200

func bodyField(content string, cut bool) []collection.Field {
	switch {
	case content == "" && cut:
		return []collection.Field{{Label: "body", Value: "no longer kept", Role: theme.Faint}}
	case content == "":
		return nil
	case len(content) > inPane:
		content = content[:inPane] + " …"
	case cut:
		content += " …"
	}
	return []collection.Field{{Label: "body", Value: text.Clean(content)}}
}
