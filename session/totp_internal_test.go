package session

import (
	"encoding/base32"
	"strings"
	"testing"
	"time"

	"c8yx/c8yclient"
)

// The test vectors of RFC 6238, appendix B, cut to six digits.
func TestCodesAreThoseOfTheStandard(t *testing.T) {
	secret := c8yclient.Secret(base32.StdEncoding.EncodeToString([]byte("12345678901234567890")))
	for at, want := range map[int64]string{
		59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130",
	} {
		if got, err := totpCode(secret, time.Unix(at, 0)); err != nil || got.Reveal() != want {
			t.Errorf("at %d: %s, %v, want %s", at, got.Reveal(), err, want)
		}
	}
}

// People write secrets in groups and small letters, and get them wrong.
func TestSecretsAsPeopleWriteThem(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	want, err := totpCode("JBSWY3DPEHPK3PXP", now)
	if err != nil {
		t.Fatal(err)
	}
	for _, written := range []c8yclient.Secret{"jbsw y3dp ehpk 3pxp", "JBSW-Y3DP-EHPK-3PXP", "JBSWY3DPEHPK3PXP======"} {
		if got, err := totpCode(written, now); err != nil || got != want {
			t.Errorf("%s: %v", written.Reveal(), err)
		}
	}
	for _, wrong := range []c8yclient.Secret{"", "not base32!", "JBSWY3DPEHPK3PX1"} {
		if _, err := totpCode(wrong, now); err == nil || wrong != "" && strings.Contains(err.Error(), wrong.Reveal()) {
			t.Errorf("%q: %v", wrong.Reveal(), err)
		}
	}
}

func TestCodesAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[c8yclient.Secret]string{"123456": "123456", " 123 456 ": "123456", "123-456": "123456", "": "", "12345a": "", "undefined": "", "1234567890123": ""} {
		got, ok := digits(typed)
		if ok != (want != "") || ok && got.Reveal() != want {
			t.Errorf("%q: %q, %v", typed.Reveal(), got.Reveal(), ok)
		}
	}
}
