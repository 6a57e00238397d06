package session

// Problem is what went wrong with a sign-in, in words for the user.
type Problem struct {
	// Says is what happened: "the password is wrong".
	Says string
	// Next is what the user can do about it, a sentence: "Type it again."; "" if nothing.
	Next string

	cause error
}

// Error says what happened and what to do.
func (p *Problem) Error() string {
	if p.Next == "" {
		return p.Says
	}
	return p.Says + ". " + p.Next
}

// Unwrap returns the answer of the tenant or the failure behind it, if there is one.
func (p *Problem) Unwrap() error { return p.cause }
