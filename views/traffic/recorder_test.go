package traffic_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/c8yclient"
	"c8yx/views/traffic"
)

func exchange(method, target string) c8yclient.Exchange {
	return c8yclient.Exchange{Method: method, Target: target, Status: 200, Attempt: 1}
}

func TestTheLatestRequestsAreKept(t *testing.T) {
	var r traffic.Recorder
	for n := range 2500 {
		r.Record(exchange("GET", fmt.Sprintf("/x/%d", n+1)))
	}
	kept := r.Requests(0)
	if len(kept) != 1000 || kept[0].Number != 1501 || kept[0].Target != "/x/1501" || kept[999].Number != 2500 {
		t.Errorf("%d are kept, from %d to %d", len(kept), kept[0].Number, kept[len(kept)-1].Number)
	}
	if after := r.Requests(2498); len(after) != 2 {
		t.Errorf("after 2498 there are %d", len(after))
	}
	for _, n := range []int{0, 1, 1500, 2501} {
		if _, kept := r.Request(n); kept {
			t.Errorf("%d is kept", n)
		}
	}
	if x, _ := r.Request(1501); x.Target != "/x/1501" {
		t.Errorf("1501 is %s", x.Target)
	}
}

// Bodies cost memory: the oldest go first, and it stays known that there were some.
func TestBodiesOfOldRequestsAreForgotten(t *testing.T) {
	var r traffic.Recorder
	x := exchange("PUT", "/x")
	x.Sent.Content = strings.Repeat("x", traffic.SentLimit)
	for range 400 {
		r.Record(x)
	}
	bytes := 0
	for _, each := range r.Requests(0) {
		bytes += len(each.Sent.Content)
	}
	if bytes > 4<<20 || bytes < 3<<20 {
		t.Errorf("%d bytes of bodies are kept", bytes)
	}
	if first, _ := r.Request(1); first.Sent != (c8yclient.Body{Cut: true}) {
		t.Errorf("the first has %d bytes, cut is %t", len(first.Sent.Content), first.Sent.Cut)
	}
	if last, _ := r.Request(400); last.Sent.Content == "" {
		t.Error("the last has no body")
	}
	bytes = 0
	writes := r.Writes(0)
	for _, w := range writes {
		bytes += len(w.Body.Content)
	}
	if len(writes) != 400 || bytes > 16<<20 || bytes < 15<<20 {
		t.Errorf("%d writes with %d bytes are kept", len(writes), bytes)
	}
}

func TestTheJournalHoldsWhatWasWritten(t *testing.T) {
	var r traffic.Recorder
	r.Record(exchange("GET", "/alarm/alarms"))
	r.Record(exchange("POST", "/tenant/oauth/token?tenant_id=t1"))
	r.Record(exchange("POST", "/notification/realtime"))
	put := exchange("PUT", "/alarm/alarms/1")
	put.Cause, put.Sent.Content = "Acknowledge · alarms", `{"status":"ACKNOWLEDGED"}`
	r.Record(put)
	failed := exchange("DELETE", "/inventory/managedObjects/4")
	failed.Status, failed.Received.Content = 403, `{"message":"Access is denied"}`
	r.Record(failed)
	lost := exchange("POST", "/event/events")
	lost.Status, lost.Err = 0, errors.New("connection reset")
	r.Record(lost)

	writes := r.Writes(0)
	if len(writes) != 3 {
		t.Fatalf("%d writes: %+v", len(writes), writes)
	}
	if w := writes[0]; w.Number != 1 || !w.Done() || w.Cause != "Acknowledge · alarms" || w.Body.Content != `{"status":"ACKNOWLEDGED"}` {
		t.Errorf("%+v", w)
	}
	if w := writes[1]; w.Done() || !strings.Contains(w.Answer, "denied") {
		t.Errorf("%+v", w)
	}
	if w := writes[2]; w.Done() || w.Err == nil {
		t.Errorf("%+v", w)
	}
	if w, kept := r.Write(2); !kept || w.Method != "DELETE" {
		t.Errorf("the second is %+v", w)
	}
}

func TestALongJournalLosesItsBeginning(t *testing.T) {
	var r traffic.Recorder
	for n := range 45_000 {
		x := exchange("PUT", fmt.Sprintf("/x/%d", n+1))
		x.Sent.Content = strings.Repeat("b", 500)
		r.Record(x)
	}
	writes := r.Writes(0)
	if n := len(writes); n < 18_000 || n > 20_000 || writes[n-1].Number != 45_000 || writes[0].Number != 45_001-n {
		t.Errorf("%d are kept, from %d", n, writes[0].Number)
	}
	for _, w := range writes {
		if w.Target != fmt.Sprintf("/x/%d", w.Number) || len(w.Body.Content) != 500 {
			t.Fatalf("%d is %s with %d bytes", w.Number, w.Target, len(w.Body.Content))
		}
	}
	if after := r.Writes(44_990); len(after) != 10 {
		t.Errorf("after 44990 there are %d", len(after))
	}
}

func TestWhoFollowsHearsOfEverythingOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r traffic.Recorder
		r.Record(exchange("GET", "/0"))
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		var heard []string
		batches := 0
		go func() {
			for news := range r.Follow(ctx, 0, 100*time.Millisecond) {
				batches++
				for _, x := range news.Requests {
					heard = append(heard, x.Target)
				}
			}
		}()
		synctest.Wait()
		if len(heard) != 1 {
			t.Errorf("heard %q at once", heard)
		}
		for n := range 50 {
			r.Record(exchange("GET", fmt.Sprintf("/%d", n+1)))
			time.Sleep(10 * time.Millisecond)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if len(heard) != 51 || heard[50] != "/50" || batches > 8 {
			t.Errorf("heard %d in %d batches: %q", len(heard), batches, heard)
		}
		stop()
		synctest.Wait()
	})
}
