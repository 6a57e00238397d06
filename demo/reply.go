package demo

import (
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// reply is what a handler answers. Whether its body is sent, and as which media type, is decided by [reply.write].
type reply struct {
	status int
	media  string // like route.produces; decides the Content-Type
	header http.Header
	body   []byte
	always bool // the body is sent even if the client did not say what it accepts

	// serve writes the body itself, of a file of which the client may want a part only. Only header and media count then.
	serve func(http.ResponseWriter, *http.Request)
}

// ok is a 200 with a document.
func ok(media string, body []byte) reply {
	return reply{status: http.StatusOK, media: media, body: body}
}

// created is a 201 with the address of the new document.
func created(media, location string, body []byte) reply {
	return reply{status: http.StatusCreated, media: media, header: http.Header{"Location": {location}}, body: body}
}

// empty is an answer without body.
func empty(status int) reply { return reply{status: status} }

const vendor = "application/vnd.com.nsn.cumulocity."

// contentType is the full media type: the vendor's unless the client asks for plain JSON only.
func (r reply) contentType(accept string) string {
	switch {
	case strings.Contains(r.media, "/"):
		return r.media
	case r.media == "" || asksForPlainJSON(accept):
		return "application/json;charset=UTF-8"
	}
	return vendor + r.media + "+json;ver=0.9;charset=UTF-8"
}

func asksForPlainJSON(accept string) bool {
	accept = strings.ToLower(accept)
	return strings.Contains(accept, "application/json") && !strings.Contains(accept, vendor)
}

// acceptable reports whether a client that sends this Accept header takes what a route produces. Media types have no
// case. Vendor types are interchangeable: clients name the one of the document where a collection comes, and get it.
func acceptable(accept, produces string) bool {
	if accept == "" || produces == "*/*" {
		return true
	}
	for part := range strings.SplitSeq(accept, ",") {
		media, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(part)), ";")
		switch media = strings.TrimSpace(media); {
		case media == "*/*" || media == "application/*" || media == "application/json":
			return true
		case strings.HasPrefix(media, vendor) && strings.HasSuffix(media, "+json"):
			return true
		case strings.Contains(produces, "/") && strings.Contains(produces, media):
			return true
		}
	}
	return false
}

// compressor compresses what clients accept compressed; nil compresses nothing. A writer of gzip is a megabyte that is used again.
type compressor struct{ writers sync.Pool }

func newCompressor() *compressor {
	return &compressor{sync.Pool{New: func() any {
		zip, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed) // a level that there is
		return zip
	}}}
}

func (c *compressor) takes(req *http.Request, body []byte) bool {
	return c != nil && len(body) > 1024 && strings.Contains(req.Header.Get("Accept-Encoding"), "gzip")
}

func (c *compressor) write(w io.Writer, body []byte) {
	zip := c.writers.Get().(*gzip.Writer)
	defer c.writers.Put(zip)
	zip.Reset(w)
	_, _ = zip.Write(body)
	_ = zip.Close()
}

// write sends the reply. POST and PUT without Accept get no body: the rule that surprises every new client.
func (r reply) write(w http.ResponseWriter, req *http.Request, compress *compressor) {
	accept := req.Header.Get("Accept")
	header := w.Header()
	for name, values := range r.header {
		header[name] = values
	}
	if r.serve != nil {
		header.Set("Content-Type", r.media)
		r.serve(w, req)
		return
	}
	body := r.body
	if wrote := req.Method == http.MethodPost || req.Method == http.MethodPut; wrote && accept == "" && !r.always {
		body = nil
	}
	if len(body) == 0 {
		if r.status != http.StatusNoContent {
			header.Set("Content-Length", "0")
		}
		w.WriteHeader(r.status)
		return
	}
	header.Set("Content-Type", r.contentType(accept))
	if compress.takes(req, body) {
		header.Set("Content-Encoding", "gzip")
		header.Add("Vary", "Accept-Encoding")
		w.WriteHeader(r.status)
		if req.Method != http.MethodHead {
			compress.write(w, body)
		}
		return
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(r.status)
	if req.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}
