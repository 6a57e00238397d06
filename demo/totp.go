package demo

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // what RFC 6238 and every authenticator app use
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"strings"
	"time"
)

// Time-based one-time passwords by RFC 6238: SHA-1, six digits, a new one every 30 seconds.
const (
	totpPeriod = 30 * time.Second
	totpDigits = 6
)

func base32Secret() *base32.Encoding { return base32.StdEncoding.WithPadding(base32.NoPadding) }

// newTOTPSecret makes a secret of 80 bits: 16 letters and digits.
func newTOTPSecret() string {
	var secret [10]byte
	_, _ = rand.Read(secret[:])
	return base32Secret().EncodeToString(secret[:])
}

// totpCode is the code of a secret at a time, "" if the secret is no base32.
func totpCode(secret string, at time.Time) string {
	key, err := base32Secret().DecodeString(strings.ToUpper(strings.TrimRight(secret, "=")))
	if err != nil {
		return ""
	}
	var counter [8]byte
	binary.BigEndian.PutUint64(counter[:], uint64(at.Unix())/uint64(totpPeriod/time.Second))
	mac := hmac.New(sha1.New, key)
	mac.Write(counter[:])
	sum := mac.Sum(nil)
	offset := sum[len(sum)-1] & 0x0f
	return fmt.Sprintf("%0*d", totpDigits, binary.BigEndian.Uint32(sum[offset:])&0x7fffffff%1_000_000)
}

// totpFits reports whether a code is that of now or of the period before: clocks differ, and typing takes time.
func totpFits(secret, code string, now time.Time) bool {
	for _, at := range []time.Time{now, now.Add(-totpPeriod)} {
		if want := totpCode(secret, at); want != "" && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return true
		}
	}
	return false
}

// isCode reports whether a text can be a code at all.
func isCode(text string) bool {
	return len(text) == totpDigits && strings.Trim(text, "0123456789") == ""
}
