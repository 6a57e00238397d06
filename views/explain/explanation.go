package explain

import (
	"c8yx/theme"
	"c8yx/ui/text"
)

// Explanation is the answer to a "why?".
type Explanation struct {
	// Title names what is explained, Verdict is the answer in one sentence.
	Title   text.Safe
	Verdict text.Safe
	// Facts are what the verdict rests on, and what else was looked at.
	Facts []Fact
	// Next is what can be done, a sentence each; the most useful first.
	Next []text.Safe
}

// Fact is one thing that was found.
type Fact struct {
	Label text.Safe
	Value text.Safe
	Role  theme.Role // what it means: Good speaks against the trouble, Critical is its cause
}

func (e *Explanation) say(role theme.Role, label, value text.Safe) {
	e.Facts = append(e.Facts, Fact{Label: label, Value: value, Role: role})
}

// blame adds a fact as a cause. The first cause is the verdict.
func (e *Explanation) blame(label, value, verdict text.Safe) {
	e.say(theme.Critical, label, value)
	if e.Verdict == "" {
		e.Verdict = verdict
	}
}

func (e *Explanation) advise(next text.Safe) { e.Next = append(e.Next, next) }
