package demo

import (
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"c8yx/demo/notify"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// maxBody is how much of a request body is read: as much as the platform takes for an attachment.
const maxBody = 50 << 20

// call is a request on its way through the tenant.
type call struct {
	r      *http.Request
	w      http.ResponseWriter
	route  route
	values []string // of the path's parameters
	query  url.Values
	base   string // "https://acme.example", what links begin with
	who    principal
	global bool         // the user has one of the route's roles
	grants grants       // what a user without them may do to some objects
	store  *store.Store // where the objects are
	mode   mode
	after  []notify.Message // what others learn of once the reply is out
}

// mode is the processing mode that a client asks for.
type mode struct {
	transient bool // not stored
	silent    bool // not notified
}

func modeOf(header http.Header) (mode, error) {
	switch text := strings.ToUpper(header.Get("X-Cumulocity-Processing-Mode")); text {
	case "", "PERSISTENT":
		return mode{}, nil
	case "TRANSIENT":
		return mode{transient: true}, nil
	case "QUIESCENT":
		return mode{silent: true}, nil
	case "CEP":
		return mode{transient: true, silent: true}, nil
	default:
		return mode{}, invalid("Unknown processing mode: %s", text)
	}
}

// param returns a parameter of the path, decoded.
func (c *call) param(name string) string {
	for i, n := range c.route.names() {
		if n == name {
			return c.values[i]
		}
	}
	return ""
}

// flag returns a parameter that is true or false.
func (c *call) flag(name string) bool { return strings.EqualFold(c.query.Get(name), "true") }

// url makes an absolute address of a path.
func (c *call) url(path string) string { return c.base + path }

// say queues a notification for when the reply is out, unless the client asked for silence.
func (c *call) say(m notify.Message) {
	if !c.mode.silent {
		c.after = append(c.after, m)
	}
}

// deviceTraffic reports whether the call comes from a device rather than an application.
func (c *call) deviceTraffic() bool {
	return c.who.user.device || c.r.Header.Get("X-Cumulocity-Application-Key") == ""
}

// contentType returns the short vendor type of the body ("alarm", "measurementcollection") in lower case, "" for others.
func (c *call) contentType() string {
	media, _, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	short, ok := strings.CutPrefix(strings.ToLower(media), vendor)
	if !ok {
		return ""
	}
	return strings.TrimSuffix(short, "+json")
}

func (c *call) read() ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(c.w, c.r.Body, maxBody))
	if err != nil {
		return nil, fail(http.StatusRequestEntityTooLarge, "general/tooLarge", "%v", err)
	}
	return body, nil
}

// object reads the body as a JSON object and returns it compact. An empty body is the empty object.
func (c *call) object() (string, error) {
	body, err := c.read()
	if err != nil {
		return "", err
	}
	if len(strings.TrimSpace(string(body))) == 0 {
		return "{}", nil
	}
	text, err := rawjson.CompactObject(body)
	if err != nil {
		return "", invalid("Could not parse the request body: %v", err)
	}
	for key := range rawjson.Members(text) {
		if key == "" {
			return "", invalid("Fragment names must not be empty")
		}
	}
	return text, nil
}

// when returns a time parameter in Unix milliseconds, 0 if it is not there.
func (c *call) when(name string) (int64, error) {
	text := c.query.Get(name)
	if text == "" {
		return 0, nil
	}
	stamp, ok := parseTime(text)
	if !ok {
		return 0, invalid("Invalid value of parameter %s: %s is no date", name, text)
	}
	return stamp.Milli, nil
}

// list returns the values of a parameter that may be repeated and may hold several, separated by commas.
func (c *call) list(name string) []string {
	var values []string
	for _, text := range c.query[name] {
		for value := range strings.SplitSeq(text, ",") {
			if value = strings.TrimSpace(value); value != "" {
				values = append(values, value)
			}
		}
	}
	return values
}

// positive reads a whole number greater than zero.
func positive(name, text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, fail(http.StatusUnprocessableEntity, "general/Unprocessable Entity", "Invalid value of parameter %s: %q must be a positive number", name, text)
	}
	return n, nil
}
