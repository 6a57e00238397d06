package cmd

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"c8yx/c8yclient"
	"c8yx/cmd/story"
	"c8yx/demo"
	"c8yx/session"
	"c8yx/theme"
	"c8yx/views"
)

// asking tells a story in which the user is there to be asked: known says what his
// profile brings along.
func asking(t *testing.T, options story.Options, known func(*session.Profile), telling func(*story.Story)) {
	t.Helper()
	options.Start = func(w story.World) (story.Model, error) {
		a := accessTo(w)
		known(&a.profile)
		return newShell(a, views.ShellOptions{Home: w.Place, Palette: theme.Standard, Dark: true, SignIn: &views.SignIn{}})
	}
	narrate(t, options, telling)
}

// as is a user whose password has to be typed.
func as(user string) func(*session.Profile) {
	return func(p *session.Profile) { p.User, p.Password = user, "" }
}

// eachSize tells a story on a large and on a small terminal.
func eachSize(t *testing.T, tell func(*testing.T, story.Options)) {
	t.Helper()
	for _, size := range [][2]int{{120, 40}, {80, 24}} {
		t.Run(map[int]string{120: "large", 80: "small"}[size[0]], func(t *testing.T) {
			t.Parallel()
			tell(t, story.Options{Width: size[0], Height: size[1], Place: "alarms"})
		})
	}
}

// The password is asked for over the view that opens; a wrong one and a locked account
// are told apart.
func TestStoryOfAPasswordThatIsTyped(t *testing.T) {
	t.Parallel()
	eachSize(t, func(t *testing.T, o story.Options) {
		asking(t, o, as("operator"), func(s *story.Story) {
			s.See("Sign in to acme.example", "operator", "Password")
			s.Type("guessed")
			s.Press("enter")
			s.See("User name or password is wrong.")
			s.Type("demo-Operator.1")
			s.Press("enter")
			s.See("● live", "operator")
			s.DontSee("Sign in to")
		})
		asking(t, o, as("locked"), func(s *story.Story) {
			s.See("Sign in to acme.example")
			s.Type("demo-Locked.1")
			s.Press("enter")
			s.See("The account is locked after too many wrong")
		})
	})
}

// totpCode is the code that an authenticator shows now (RFC 6238).
func totpCode(t *testing.T, secret string) string {
	t.Helper()
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ReplaceAll(secret, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha1.New, key)
	_ = binary.Write(mac, binary.BigEndian, uint64(time.Now().Unix()/30))
	sum := mac.Sum(nil)
	number := binary.BigEndian.Uint32(sum[sum[len(sum)-1]&15:]) & 0x7fffffff
	return fmt.Sprintf("%06d", number%1_000_000)
}

// A second factor is asked for after the password, and only that.
func TestStoryOfAnAuthenticator(t *testing.T) {
	t.Parallel()
	eachSize(t, func(t *testing.T, o story.Options) {
		asking(t, o, as("totp"), func(s *story.Story) {
			s.See("Sign in to acme.example", "Password")
			s.Type("demo-Totp.1")
			s.Press("enter")
			s.See("Code", "Six digits from your authenticator app.")
			s.Type("12x")
			s.See("digits only")
			s.Press("ctrl+u")
			s.Type("000000")
			s.Press("enter")
			s.See("The code is wrong or too old; the password is right.")
			s.Type(totpCode(t, "JBSWY3DPEHPK3PXP"))
			s.Press("enter")
			s.See("● live", "totp")
		})
	})
}

// pins remembers the pins that the demo tenant writes to its log in place of sending them.
type pins struct {
	slog.Handler
	mu   sync.Mutex
	sent []string
}

func (p *pins) Enabled(context.Context, slog.Level) bool { return true }

func (p *pins) Handle(_ context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "pin" || a.Key == "code" {
			p.mu.Lock()
			p.sent = append(p.sent, a.Value.String())
			p.mu.Unlock()
		}
		return true
	})
	return nil
}

func (p *pins) WithAttrs([]slog.Attr) slog.Handler { return p }
func (p *pins) WithGroup(string) slog.Handler      { return p }

// last returns the latest pin and how many there were.
func (p *pins) last() (pin string, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.sent) == 0 {
		return "", 0
	}
	return p.sent[len(p.sent)-1], len(p.sent)
}

// A pin comes by SMS, again if need be; who has no phone number gives one first.
func TestStoryOfAPin(t *testing.T) {
	t.Parallel()
	eachSize(t, func(t *testing.T, o story.Options) {
		phone := &pins{}
		o.Tenant = story.Demo(demo.Options{Logger: slog.New(phone)})
		asking(t, o, as("sms"), func(s *story.Story) {
			s.See("Sign in to acme.example")
			s.Type("demo-Sms.1!")
			s.Press("enter")
			s.See("The tenant has sent a pin to your phone.")
			s.Wait(time.Minute)
			s.Press("ctrl+r")
			s.See("Another pin is on its way.")
			pin, n := phone.last()
			if n != 2 {
				t.Errorf("%d pins were sent", n)
			}
			s.Type("000")
			s.Press("enter")
			s.See("The pin is wrong or too old; the password is right.")
			s.Type(pin)
			s.Press("enter")
			s.See("● live", "sms")
		})
		asking(t, o, as("nophone"), func(s *story.Story) {
			s.See("Sign in to acme.example")
			s.Type("demo-Nophone.1")
			s.Press("enter")
			s.See("does not know your phone number")
			s.Type("0151 1234567")
			s.See("begin with the code of the country")
			s.Press("ctrl+u")
			s.Type("+49 151 1234567")
			s.Press("enter")
			s.See("The tenant has sent a pin to your phone.")
			pin, _ := phone.last()
			s.Type(pin)
			s.Press("enter")
			s.See("● live", "nophone")
		})
	})
}

// Who has to change his password sees while typing what the tenant demands.
func TestStoryOfANewPassword(t *testing.T) {
	t.Parallel()
	eachSize(t, func(t *testing.T, o story.Options) {
		asking(t, o, as("renew"), func(s *story.Story) {
			s.See("Sign in to acme.example")
			s.Type("demo-Renew.1")
			s.Press("enter")
			s.See("choose a new password before anything else", "At least 8 characters")
			s.Type("short")
			s.See("it has 5 characters, 8 are needed")
			s.Press("ctrl+u")
			s.Type("demo-Renew.2")
			s.DontSee("are needed")
			s.Press("tab")
			s.Type("demo-Renew.3")
			s.Press("enter")
			s.See("this is not the same")
			s.Press("ctrl+u")
			s.Type("demo-Renew.2")
			s.Press("enter")
			s.See("● live", "renew")
		})
	})
}

// Who has to set up an authenticator sees its key as a QR code and as text, and is in
// with the first code.
func TestStoryOfSettingUpAnAuthenticator(t *testing.T) {
	t.Parallel()
	eachSize(t, func(t *testing.T, o story.Options) {
		asking(t, o, as("enrol"), func(s *story.Story) {
			s.See("Sign in to acme.example")
			s.Type("demo-Enrol.1")
			s.Press("enter")
			s.See("set up an authenticator", "First code")
			s.Press("ctrl+y")
			key := s.Clipboard()
			if len(key) < 16 {
				t.Fatalf("copied %q", key)
			}
			s.See(key[:4] + " " + key[4:8])
			if o.Height < 40 {
				s.DontSee("█ ▄▄▄▄▄ █")
			}
			s.Press("ctrl+o")
			s.See("█ ▄▄▄▄▄ █")
			s.DontSee("Alarms")
			s.Press("x")
			s.Type("000000")
			s.Press("enter")
			s.See("The code is not the one of this key.")
			s.Type(totpCode(t, key))
			s.Press("enter")
			s.See("● live", "enrol")
		})
	})
}

// The tenant ends the session: one dialog over the view says why, what was asked for
// meanwhile goes on, and nothing is lost.
func TestStoryOfARevokedSession(t *testing.T) {
	t.Parallel()
	eachSize(t, func(t *testing.T, o story.Options) {
		o.Place = "devices"
		asking(t, o, as("operator"), func(s *story.Story) {
			s.See("Sign in to acme.example")
			s.Type("demo-Operator.1")
			s.Press("enter")
			s.See("239 devices", "● live", "session")
			s.Press("/")
			s.Type("presse")
			s.Press("enter")
			s.Wait(time.Minute)
			s.Demo.EndSessions("operator")
			s.Press("r")
			s.See("Sign in to acme.example", "The tenant has ended the session", "11 match") // over the view that stays
			s.Type("demo-Operator.1")
			s.Press("enter")
			s.See("Signed in as operator", "239 devices", "● live")
			s.DontSee("Sign in to")
		})
	})
}

// Who does not want to sign in again keeps what he sees, with its age, and can change
// his mind.
func TestStoryOfStayingSignedOut(t *testing.T) {
	t.Parallel()
	eachSize(t, func(t *testing.T, o story.Options) {
		o.Place = "devices"
		asking(t, o, as("operator"), func(s *story.Story) {
			s.Type("demo-Operator.1")
			s.Press("enter")
			s.See("239 devices", "● live")
			s.Wait(time.Minute)
			s.Demo.EndSessions("operator")
			s.Press("r")
			s.See("The tenant has ended the session")
			s.Press("esc")
			s.See("signed out", "239 devices")
			s.DontSee("Sign in to")
			s.Press("r")
			s.See("signed out", "239 devices")
			s.Press("@")
			s.See("Sign in to acme.example")
			s.Type("demo-Operator.1")
			s.Press("enter")
			s.See("● live", "239 devices")
			s.SeeNoMore("signed out")
		})
	})
}

// A token that nothing renews ends some day: the header counts it down, says so twice in
// time, and the user signs in anew before or after.
func TestStoryOfASessionThatEnds(t *testing.T) {
	t.Parallel()
	eachSize(t, func(t *testing.T, o story.Options) {
		o.Tenant = story.Demo(demo.Options{Devices: -1, Sessions: demo.SessionOptions{Life: 3 * time.Hour, Renewal: 2 * time.Hour}})
		o.Start = func(w story.World) (story.Model, error) {
			a := accessTo(w)
			client, err := c8yclient.New(w.BaseURL, c8yclient.WithTransport(w.Transport))
			if err != nil {
				return nil, err
			}
			token, err := client.Authenticate(context.Background(), c8yclient.Credentials{Tenant: "t4711", User: "operator", Password: "demo-Operator.1"})
			if err != nil {
				return nil, err
			}
			a.profile.User, a.profile.Password, a.profile.Token = "operator", "", token.Access
			return newShell(a, views.ShellOptions{Home: "alarms", Palette: theme.Standard, Dark: true, SignIn: &views.SignIn{}})
		}
		narrate(t, o, func(s *story.Story) {
			s.See("● live", "session 2h")
			calm := s.CellOf("session 2h")
			s.Wait(2 * time.Hour)
			s.See("session 59m", "This session ends in 59m. @ signs in anew now.")
			if s.CellOf("session 59m").Style.Fg == calm.Style.Fg {
				t.Error("the header looks as calm as before")
			}
			s.Wait(30 * time.Minute)
			s.See("session 29m")
			s.DontSee("This session ends")
			s.Wait(20*time.Minute + time.Second)
			s.See("session 9m", "This session ends in 9m.")
			s.Press("@")
			s.See("Sign in to acme.example", "operator")
			s.Press("esc") // not now
			s.See("session 9m")
			s.DontSee("signed out")
			s.Wait(10 * time.Minute)
			s.Press("r")
			s.See("Sign in to acme.example", "The session has expired.")
			s.Type("demo-Operator.1")
			s.Press("enter")
			s.See("Signed in as operator", "session 2h")
		})
	})
}
