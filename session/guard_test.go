package session_test

import (
	"errors"
	"testing"

	"c8yx/c8yclient"
	"c8yx/session"
)

func TestWhatAProfileForbids(t *testing.T) {
	for name, test := range map[string]struct {
		profile         session.Profile
		unlocked        bool
		write, remove   error
		lockable, isOff bool
	}{
		"nothing said":                     {profile: session.Profile{}},
		"development":                      {profile: session.Profile{Mode: session.Development}},
		"read-only":                        {profile: session.Profile{ReadOnly: true}, write: session.ErrReadOnly, remove: session.ErrReadOnly},
		"qualification":                    {profile: session.Profile{Mode: session.Qualification}, remove: session.ErrKept},
		"qualification, unlocked":          {profile: session.Profile{Mode: session.Qualification}, unlocked: true, remove: session.ErrKept},
		"production":                       {profile: session.Profile{Mode: session.Production}, write: session.ErrLocked, remove: session.ErrLocked, lockable: true, isOff: true},
		"production, unlocked":             {profile: session.Profile{Mode: session.Production}, unlocked: true, lockable: true},
		"read-only for good":               {profile: session.Profile{Mode: session.Production, ReadOnly: true}, unlocked: true, write: session.ErrReadOnly, remove: session.ErrReadOnly},
		"read-only qualification":          {profile: session.Profile{Mode: session.Qualification, ReadOnly: true}, write: session.ErrReadOnly, remove: session.ErrReadOnly},
		"development, as good as unlocked": {profile: session.Profile{}, unlocked: true},
	} {
		t.Run(name, func(t *testing.T) {
			guard := session.NewGuard(test.profile)
			guard.SetUnlocked(test.unlocked)
			for effect, want := range map[c8yclient.Effect]error{
				c8yclient.Reads: nil, c8yclient.SignsIn: nil, c8yclient.Writes: test.write, c8yclient.Removes: test.remove,
			} {
				if got := guard.Forbids(effect); !errors.Is(got, want) {
					t.Errorf("effect %d: %v, want %v", effect, got, want)
				}
			}
			if guard.Lockable() != test.lockable || guard.Locked() != test.isOff {
				t.Errorf("lockable %v, locked %v; want %v, %v", guard.Lockable(), guard.Locked(), test.lockable, test.isOff)
			}
		})
	}
}
