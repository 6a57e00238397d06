package c8yclient

import (
	"io"
	"mime"
	"net/http"
	"strings"
)

// sentBody returns what an exchange keeps of the body of a request. A body that cannot be
// read a second time is a stream, perhaps a large one, and not kept.
func sentBody(req *http.Request, limit int) Body {
	if limit <= 0 || req.GetBody == nil || !redactable(req.Header.Get("Content-Type")) {
		return Body{}
	}
	again, err := req.GetBody()
	if err != nil {
		return Body{}
	}
	defer func() { _ = again.Close() }()
	beginning, err := io.ReadAll(io.LimitReader(again, int64(limit)+1))
	if err != nil {
		return Body{}
	}
	return recorded(req.URL.Path, req.Header.Get("Content-Type"), beginning, limit)
}

// recorded returns a body without its secrets. beginning has more than limit bytes if the
// body is longer than that.
func recorded(path, contentType string, beginning []byte, limit int) Body {
	if len(beginning) == 0 || !redactable(contentType) {
		return Body{}
	}
	cut := len(beginning) > limit
	if cut {
		beginning = beginning[:limit]
	}
	if isForm(contentType) {
		if cut {
			// The last parameter may be half a secret.
			beginning = beginning[:max(0, strings.LastIndexByte(string(beginning), '&'))]
		}
		return Body{Content: redactQuery(string(beginning)), Cut: cut}
	}
	content, complete := redactJSON(beginning, secretValues(path, beginning, cut))
	return Body{Content: content, Cut: cut || !complete}
}

// redactable reports whether secrets can be found in a body of that type.
func redactable(contentType string) bool { return isForm(contentType) || isJSON(contentType) }

func isForm(contentType string) bool {
	media, _, _ := mime.ParseMediaType(contentType)
	return media == "application/x-www-form-urlencoded"
}

func isJSON(contentType string) bool {
	media, _, _ := mime.ParseMediaType(contentType)
	return media == "application/json" || strings.HasSuffix(media, "+json")
}

// beginning keeps the first bytes that pass, one more than its limit.
type beginning struct {
	limit int
	kept  []byte
}

func (b *beginning) pass(p []byte) {
	if room := b.limit + 1 - len(b.kept); b.limit > 0 && room > 0 {
		b.kept = append(b.kept, p[:min(room, len(p))]...)
	}
}
