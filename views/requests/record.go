package requests

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/copyas"
	"c8yx/views/inspect"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// Open returns the view of a place: "requests" is the list, "requests/17" one request as a
// document.
func Open(t *tenant.Tenant, p place.Place) (ui.View, error) {
	if len(p.Path) == 0 {
		return collection.New(Kind(), t, p)
	}
	number, err := strconv.Atoi(p.Path[0])
	if err != nil || len(p.Path) > 1 {
		return nil, fmt.Errorf("%s: write requests, or requests/NUMBER", p)
	}
	v := inspect.Of(t, place.At(Name, p.Path[0]), text.Clean("Request "+p.Path[0]), func(context.Context) (jsontext.Value, error) {
		r, kept := t.Traffic.Request(number)
		if !kept {
			return nil, errors.New("this request is no longer kept, or was never sent")
		}
		return document(&r)
	})
	if r, kept := t.Traffic.Request(number); kept {
		v.Request = copyas.Sent(&r)
	}
	return v, nil
}

// A record is what the document of a request looks like.
type record struct {
	Number  int    `json:"number"`
	Method  string `json:"method"`
	Target  string `json:"target"`
	Why     string `json:"why,omitzero"`
	Status  int    `json:"status"`
	Reason  string `json:"reason,omitzero"`
	Error   string `json:"error,omitzero"`
	Began   string `json:"began"`
	Queued  string `json:"queued"`
	Took    string `json:"took"`
	Attempt int    `json:"attempt"`
	RetryIn string `json:"retryIn,omitzero"`
	Sent    half   `json:"sent"`
	Answer  half   `json:"received"`
}

// half is what went in one direction.
type half struct {
	Bytes  int64             `json:"bytes"`
	Header map[string]string `json:"header,omitzero"`
	Body   jsontext.Value    `json:"body,omitzero"`
	// Note says why the body is not, or not all, there.
	Note string `json:"note,omitzero"`
}

// document returns a request as JSON.
func document(r *request) (jsontext.Value, error) {
	d := record{
		Number: r.Number, Method: r.Method, Target: r.Target, Why: r.Cause,
		Status: r.Status, Reason: http.StatusText(r.Status),
		Began: r.Start.Local().Format(time.RFC3339Nano), Queued: r.Queued.String(), Took: r.Duration.String(),
		Attempt: r.Attempt,
		Sent:    halfOf(r.BytesOut, r.SentHeader, r.Sent), Answer: halfOf(r.BytesIn, r.ReceivedHeader, r.Received),
	}
	if r.Err != nil {
		d.Error = r.Err.Error()
	}
	if r.RetryIn > 0 {
		d.RetryIn = r.RetryIn.String()
	}
	return json.Marshal(d, json.Deterministic(true))
}

func halfOf(bytes int64, header http.Header, body c8yclient.Body) half {
	h := half{Bytes: bytes}
	for name, values := range header {
		if h.Header == nil {
			h.Header = make(map[string]string)
		}
		h.Header[name] = strings.Join(values, ", ")
	}
	switch content := jsontext.Value(body.Content); {
	case body.Content == "" && body.Cut:
		h.Note = "the body is no longer kept"
	case body.Content == "" && bytes > 0:
		h.Note = "the body is not kept: it is no JSON, so secrets in it could not be found"
	case body.Content == "":
	case content.IsValid():
		h.Body = content
	default:
		h.Body, _ = json.Marshal(body.Content)
	}
	if body.Content != "" && body.Cut {
		h.Note = "only the beginning is kept"
	}
	return h
}

func sortedNames(header http.Header) []string { return slices.Sorted(maps.Keys(header)) }
