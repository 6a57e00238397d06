package toast_test

import (
	"fmt"
	"testing"
	"time"

	"c8yx/ui/text"
	"c8yx/ui/toast"
)

var start = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

func TestMessagesLeaveTheScreenAndAreRemembered(t *testing.T) {
	var s toast.Stack
	s.Say(toast.Info, "Copied 3 rows", start)
	s.Say(toast.Failure, "The tenant refused", start)
	if next := s.Expire(start); next != toast.Info.Lifetime() {
		t.Errorf("asks again in %s, want %s", next, toast.Info.Lifetime())
	}
	if next := s.Expire(start.Add(3 * time.Second)); next != 7*time.Second {
		t.Errorf("asks again in %s, want the rest of the failure's life", next)
	}
	if shown := s.Shown(); len(shown) != 1 || shown[0].Text != "The tenant refused" {
		t.Errorf("on screen: %v", shown)
	}
	if next := s.Expire(start.Add(time.Minute)); next != 0 || len(s.Shown()) != 0 {
		t.Errorf("after a minute still %v on screen, asks again in %s", s.Shown(), next)
	}
	if len(s.Past()) != 2 {
		t.Errorf("remembered: %v", s.Past())
	}
}

func TestTheSameMessageAgainCountsUp(t *testing.T) {
	var s toast.Stack
	for range 3 {
		s.Say(toast.Caution, "Connection lost", start)
	}
	if past := s.Past(); len(past) != 1 || past[0].Times != 3 {
		t.Errorf("remembered: %v", past)
	}
}

func TestOnlyTheLatestThreeAreShownAndOnlySomeAreKept(t *testing.T) {
	var s toast.Stack
	for i := range 1000 {
		s.Say(toast.Info, text.Clean(fmt.Sprint("message ", i)), start)
	}
	if shown := s.Shown(); len(shown) != 3 || shown[2].Text != "message 999" {
		t.Errorf("on screen: %v", shown)
	}
	if n := len(s.Past()); n != 500 {
		t.Errorf("%d remembered, want 500", n)
	}
	if !s.Dismiss() || s.Dismiss() {
		t.Error("dismissing does not tell whether there was something to dismiss")
	}
}
