package copyas

import (
	"fmt"
	"strings"
	"time"

	"c8yx/views/traffic"
)

// Tool is the program that a script runs.
type Tool uint8

// The programs.
const (
	WithCurl Tool = iota
	WithC8Y
)

// Script returns a shell script that writes the same again, in the same order. What did not
// happen, or cannot be repeated since not all of it is known, stands in it as a comment. Whose
// tenant it was stands at its beginning.
func Script(writes []traffic.Write, tool Tool, whose string) string {
	var b strings.Builder
	b.WriteString("#!/bin/sh\n")
	comment(&b, fmt.Sprintf("What c8yx wrote to %s: %d requests.", whose, len(writes)))
	if tool == WithCurl {
		comment(&b, "Set C8Y_BASEURL and C8Y_TOKEN before, and C8Y_SECRET where a secret was.")
	} else {
		comment(&b, "Choose a session of c8y before, and set C8Y_SECRET where a secret was.")
	}
	b.WriteString("set -eu\n")
	for i := range writes {
		w := &writes[i]
		b.WriteByte('\n')
		comment(&b, w.Time.Local().Format(time.DateTime)+" "+w.Cause+": "+result(w))
		command := Written(w).command(tool)
		if why := unrepeatable(w); why != "" {
			comment(&b, why)
			comment(&b, command)
			continue
		}
		b.WriteString(command)
		b.WriteByte('\n')
	}
	return b.String()
}

// command returns the request as a command that fails if the tenant refuses.
func (r Request) command(tool Tool) string {
	if tool == WithC8Y {
		command := r.C8Y()
		if r.Method != "GET" {
			command += " --force"
		}
		return command
	}
	return strings.Replace(r.Curl(), "curl -sS", "curl -fsS", 1)
}

// comment writes lines of a comment, whatever is in the text.
func comment(b *strings.Builder, text string) {
	text = strings.Map(func(r rune) rune {
		if r != '\n' && (r < ' ' || r == 0x7f) {
			return ' '
		}
		return r
	}, text)
	for line := range strings.SplitSeq(text, "\n") {
		b.WriteString("# " + line + "\n")
	}
}

// result words what became of a write.
func result(w *traffic.Write) string {
	switch {
	case w.Status == 0 && w.Err != nil:
		return "no answer: " + w.Err.Error()
	case w.Err != nil:
		return fmt.Sprintf("%d, then %v", w.Status, w.Err)
	}
	return fmt.Sprint(w.Status)
}

// unrepeatable says why a write is not repeated by a script, "" if it is.
func unrepeatable(w *traffic.Write) string {
	switch {
	case w.RetryIn > 0:
		return "It was sent again afterwards:"
	case w.Status == 0:
		return "Whether it arrived is not known:"
	case !w.Done():
		return "It did not happen:"
	case w.Body.Cut:
		return "Its body is not kept in full:"
	case w.Body.Content == "" && w.Bytes > 0:
		return fmt.Sprintf("What was sent is not kept, %d bytes:", w.Bytes)
	}
	return ""
}
