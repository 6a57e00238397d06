package session

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // what RFC 6238 and every authenticator use
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"c8yx/c8yclient"
)

// Codes by RFC 6238 as authenticators make them for Cumulocity: SHA-1, six digits, a new one every
// 30 seconds.
const (
	totpPeriod = 30 * time.Second
	totpDigits = 6
)

var errTOTPSecret = errors.New("the TOTP secret is not base32")

// totpCode returns the code of a secret at a time. Secrets are base32, and people write them in
// groups, in small letters and with padding.
func totpCode(secret c8yclient.Secret, at time.Time) (c8yclient.Secret, error) {
	written := strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "=", "").Replace(secret.Reveal()))
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(written)
	if err != nil || len(key) == 0 {
		return "", errTOTPSecret // the decoder's error would tell a part of it
	}
	mac := hmac.New(sha1.New, key)
	_ = binary.Write(mac, binary.BigEndian, at.Unix()/int64(totpPeriod/time.Second))
	sum := mac.Sum(nil)
	from := sum[len(sum)-1] & 0xf
	number := binary.BigEndian.Uint32(sum[from:from+4]) & 0x7fffffff
	return c8yclient.Secret(fmt.Sprintf("%0*d", totpDigits, number%1_000_000)), nil
}

// digits returns a code as it is sent, without the blanks that people put into it, and whether it
// can be one at all.
func digits(code c8yclient.Secret) (c8yclient.Secret, bool) {
	written := strings.NewReplacer(" ", "", "-", "").Replace(code.Reveal())
	return c8yclient.Secret(written), written != "" && len(written) <= 12 && strings.Trim(written, "0123456789") == ""
}
