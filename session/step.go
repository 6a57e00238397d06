package session

import (
	"time"

	"c8yx/c8yclient"
)

// Step is what a sign-in needs next. A screen or a prompt shows the step, asks for exactly
// what it lacks, and answers the [Flow] with it. The kinds of step are the types below.
type Step interface{ step() }

// NeedAddress: the address is unknown or leads nowhere; Problem says what was wrong with the
// last one, nil at the beginning.
type NeedAddress struct {
	Address string // what was tried, or where the tenant says it is: a proposal
	Problem error
}

// NeedTenant: the address belongs to no tenant, so its id has to be given.
type NeedTenant struct{ Problem error }

// NeedMethod: the tenant offers several ways that a user has to choose between. Problem
// says why the one that was tried did not work.
type NeedMethod struct {
	Methods []Method
	Problem error
}

// NeedPassword: user name and password. Problem tells a wrong password from a locked account.
type NeedPassword struct {
	User    string // what is known of it
	Problem error
	// Basic says that the tenant knows only Basic: to stay signed in, the password itself
	// would have to be kept, which the user may agree to.
	Basic bool
}

// NeedTOTP: a code of the user's authenticator. Problem is set after a wrong code.
type NeedTOTP struct{ Problem error }

// NeedSMS: the pin that was sent by SMS. Resend with an empty answer. Problem is set after
// a wrong pin.
type NeedSMS struct {
	Resent  bool // the user asked for another one, and it is on its way
	Problem error
}

// NeedPhone: the tenant has no phone number to send the pin to.
type NeedPhone struct{ Problem error }

// NeedNewPassword: the password has expired or must be changed first.
type NeedNewPassword struct {
	Rule    PasswordRule
	Problem error
}

// NeedTOTPSetup: the user must set up an authenticator: show URI as a QR code and Secret as
// text, then ask for the first code.
type NeedTOTPSetup struct {
	URI     c8yclient.Secret // otpauth://totp/…
	Secret  c8yclient.Secret // base32
	Problem error
}

// NeedBrowser: somebody else's sign-in page is to be opened in a browser; the flow listens on
// loopback for its answer. Wait for it with [Flow.Wait].
type NeedBrowser struct{ Page string }

// NeedDevice: a code is to be typed on another device's browser; wait with [Flow.Wait].
type NeedDevice struct {
	Page, Code string
	Complete   string // the page with the code in it, "" if there is none
	Expires    time.Time
}

// Done: the user is signed in. NotKept says why the sign-in could not be kept for the next
// start; nil if it was, or was not to be.
type Done struct {
	Session *Session
	NotKept error
}

// Failed: there is no way on but to begin again. Err says why in words for the user.
type Failed struct{ Err error }

func (NeedAddress) step()     {}
func (NeedTenant) step()      {}
func (NeedMethod) step()      {}
func (NeedPassword) step()    {}
func (NeedTOTP) step()        {}
func (NeedSMS) step()         {}
func (NeedPhone) step()       {}
func (NeedNewPassword) step() {}
func (NeedTOTPSetup) step()   {}
func (NeedBrowser) step()     {}
func (NeedDevice) step()      {}
func (Done) step()            {}
func (Failed) step()          {}

// Method is a way to sign in that the tenant offers.
type Method struct {
	ID    string // of the login option
	Type  string // OAUTH2_INTERNAL, BASIC, OAUTH2, or DEVICE for SSO by device code
	Title string // for a list of choices; from the tenant, so not yet clean
}

// Answer is what the user gave for a step; only the fields that the step asked for count.
type Answer struct {
	Address, Tenant string
	Method          string // [Method.ID]
	User            string
	Password        c8yclient.Secret
	KeepPassword    bool // for Basic only
	Code            c8yclient.Secret
	Phone           string
	NewPassword     c8yclient.Secret
}
