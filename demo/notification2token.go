package demo

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"c8yx/demo/notify"
	"c8yx/demo/rawjson"
)

// notificationClaims are the contents of a token for consumers. That flags are text is how the platform writes them.
type notificationClaims struct {
	Subscriber string `json:"sub"`
	Topic      string `json:"topic"` // "t4711/relnotif/pumps"
	Shared     string `json:"shared"`
	Volatile   string `json:"volatile"` // of a topic that is not persistent
	ID         string `json:"jti"`
	Issued     int64  `json:"iat"`
	Expires    int64  `json:"exp"`
}

// defaultTokenLife is how long a token is good to connect with, in minutes.
const defaultTokenLife = 1440

// token makes a token. That there is a subscription of that name is not asked for: it may come later. A token that shall not be
// signed is signed all the same: to its holder it is opaque.
func (n *notifications) token(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	subscriber, name := rawjson.Text(body, "subscriber"), rawjson.Text(body, "subscription")
	switch {
	case subscriber == "":
		return reply{}, missing("subscriber")
	case name == "":
		return reply{}, missing("subscription")
	case !isTopicName(subscriber):
		return reply{}, invalid("Invalid subscriber %q: only letters and digits are allowed", subscriber)
	case !isTopicName(name):
		return reply{}, invalid("Invalid subscription name %q: only letters and digits are allowed", name)
	}
	if kind := rawjson.Text(body, "type"); kind != "" && kind != "notification" {
		return reply{}, invalid("Unknown type of token: %s", kind)
	}
	minutes := defaultTokenLife
	if raw, found := rawjson.Member(body, "expiresInMinutes"); found && raw != "null" {
		if minutes, err = strconv.Atoi(raw); err != nil || minutes < 1 || minutes > 100*365*24*60 {
			return reply{}, invalid("Invalid expiresInMinutes: %s", raw)
		}
	}
	flag := func(name string) string {
		raw, _ := rawjson.Member(body, name)
		return strconv.FormatBool(raw == "true")
	}
	begin := n.clock.Now()
	var w rawjson.Writer
	w.Open('{')
	w.Str("token", n.signer.issue(notificationClaims{
		Subscriber: subscriber, Topic: n.id + "/relnotif/" + name, Shared: flag("shared"), Volatile: flag("nonPersistent"),
		ID: uuid(), Issued: begin.Unix(), Expires: begin.Add(time.Duration(minutes) * time.Minute).Unix(),
	}))
	w.Close('}')
	return ok("", w.Buf), nil
}

// seat reads what a token entitles to, and until when.
func (n *notifications) seat(token string) (seat notify.Seat, expires time.Time, valid bool) {
	var claims notificationClaims
	if !n.signer.read(token, &claims) {
		return notify.Seat{}, time.Time{}, false
	}
	return notify.Seat{
		Topic: notify.Topic{
			Name: claims.Topic[strings.LastIndexByte(claims.Topic, '/')+1:], NonPersistent: claims.Volatile == "true",
		},
		Subscriber: claims.Subscriber, Shared: claims.Shared == "true",
	}, time.Unix(claims.Expires, 0), true
}

// admit lets consumers in who have a token. A token that expires later does not end their connection.
func (n *notifications) admit(r *http.Request) (notify.Seat, error) {
	seat, expires, valid := n.seat(r.URL.Query().Get("token"))
	switch {
	case !valid:
		return notify.Seat{}, errors.New("invalid token")
	case !n.clock.Now().Before(expires):
		return notify.Seat{}, errors.New("the token has expired")
	}
	return seat, nil
}

// unsubscribe ends a consumer. The token may have expired: who has lost interest need not renew it for that.
func (n *notifications) unsubscribe(c *call) (reply, error) {
	seat, _, valid := n.seat(c.query.Get("token"))
	if !valid {
		return reply{}, fail(http.StatusForbidden, "security/Forbidden", "Not authorized to perform this operation: the token is not valid")
	}
	scheduled, err := n.hub.Unsubscribe(seat.Topic, seat.Subscriber)
	if err != nil {
		return reply{}, fail(http.StatusNotFound, "reliable-notification/Not Found", "There is no subscriber '%s'", seat.Subscriber)
	}
	if scheduled {
		return ok("", []byte(`{"result":"SCHEDULED"}`)), nil
	}
	return ok("", []byte(`{"result":"DONE"}`)), nil
}

// parseTypeFilter returns the types that a filter lets pass: a single name without quotes, or quoted ones joined by or. What
// the platform supposes before each, "type eq", may be written.
func parseTypeFilter(expression string) (types []string, valid bool) {
	rest := strings.TrimSpace(expression)
	if rest != "" && !strings.ContainsAny(rest, "'\"() \t\r\n") {
		return []string{rest}, true
	}
	for {
		rest, _ = word(rest, "type", "eq")
		name, after, quoted := quotedName(rest)
		if !quoted {
			return nil, false
		}
		types = append(types, name)
		if rest = strings.TrimLeft(after, " \t\r\n"); rest == "" {
			return types, true
		}
		if rest, valid = word(rest, "or"); !valid {
			return nil, false
		}
	}
}

// word takes words off the beginning of a text if they are there, in any case, with the space that follows each.
func word(text string, words ...string) (rest string, found bool) {
	rest = text
	for _, w := range words {
		first, after, _ := strings.Cut(rest, " ")
		if !strings.EqualFold(first, w) {
			return text, false
		}
		rest = strings.TrimLeft(after, " \t\r\n")
	}
	return rest, true
}

// quotedName takes a name in quotes off the beginning of a text. Inside, a quote is doubled.
func quotedName(text string) (name, rest string, found bool) {
	if !strings.HasPrefix(text, "'") {
		return "", "", false
	}
	var b strings.Builder
	for rest = text[1:]; ; {
		part, after, closed := strings.Cut(rest, "'")
		b.WriteString(part)
		if !closed {
			return "", "", false
		}
		if rest = after; !strings.HasPrefix(rest, "'") {
			return b.String(), rest, b.Len() > 0
		}
		b.WriteByte('\'')
		rest = rest[1:]
	}
}
