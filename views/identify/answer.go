package identify

import (
	"context"
	"iter"

	"golang.org/x/sync/errgroup"

	"c8yx/c8yclient"
	"c8yx/views/fault"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// Answer is one thing that a word may mean.
type Answer struct {
	What    string // what it is: "device", "alarm", "type"
	ID      string // of a single thing; "" if the answer stands for several
	Name    string
	Matched string // what of it the word is: "id", "name", "external id c8y_Serial"
	Count   int    // how many things the answer stands for
	Place   place.Place
}

// Key identifies an answer among all that are given to one word.
func (a Answer) Key() string { return a.Place.String() }

// atOnce is how many questions are under way together.
const atOnce = 4

// Ask yields the answers to all questions, those to one question together, as they come in. What
// the user may not ask and what the tenant does not know is no answer; any other failure
// ends the asking.
func Ask(ctx context.Context, t *tenant.Tenant, word string) iter.Seq2[[]Answer, error] {
	return func(yield func([]Answer, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		type reply struct {
			answers []Answer
			err     error
		}
		replies := make(chan reply)
		questions := questionsFor(word)
		var group errgroup.Group
		group.SetLimit(atOnce + 1) // and the one that begins the others
		group.Go(func() error {
			for _, ask := range questions {
				group.Go(func() error {
					answers, err := ask(ctx, t.Client, word)
					select {
					case replies <- reply{answers, err}:
					case <-ctx.Done():
					}
					return nil
				})
			}
			return nil
		})
		for range questions {
			var r reply
			select {
			case r = <-replies:
			case <-ctx.Done():
				return
			}
			if r.err != nil && !fault.Negative(r.err) {
				yield(nil, r.err)
				return
			}
			if !yield(r.answers, nil) {
				return
			}
		}
	}
}

// question asks the tenant for one thing that a word may be.
type question func(ctx context.Context, client *c8yclient.Client, word string) ([]Answer, error)
