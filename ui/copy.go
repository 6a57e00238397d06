package ui

import (
	tea "charm.land/bubbletea/v2"

	"c8yx/keys"
	"c8yx/ui/clipboard"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/ui/toast"
)

// copied is what was put on the clipboard last, in case it did not arrive there.
type copied struct {
	what    text.Safe
	content string
	told    bool // it was said once what to do then
}

// Copy puts the content on the clipboard of the terminal and says where it went. What is too
// large for that can go to a file instead.
func (s *Scope) Copy(what text.Safe, content string) {
	d := s.desk
	d.copied.what, d.copied.content = what, content
	if len(content) > clipboard.Limit {
		said := what + " is " + text.Bytes(int64(len(content))) + ", a terminal's clipboard takes " + text.Bytes(clipboard.Limit)
		if d.Save == nil {
			s.Toast(toast.Failure, "Not copied: "+said)
			return
		}
		s.Show(&dialog.Confirm{
			Title: "Too large to copy", Question: "Save it to a file instead?", Details: []text.Safe{said},
			Yes: "Save…", Accept: func() { d.Save(s, what, content) },
		})
		return
	}
	route := s.shell.options.Clipboard
	s.Do(tea.Raw(route.Sequence(content)))
	said := "Copied " + what + ", " + text.Bytes(int64(len(content)))
	if !d.copied.told {
		// A terminal does not say whether it took it, so the user must know.
		d.copied.told = true
		said += ", " + route.Where()
		if key := firstKey(s.shell.options.Keys, keys.CopySave.ID); key != "" && d.Save != nil {
			said += text.Clean("; not there? " + key + " saves it to a file")
		}
	}
	s.Toast(toast.Success, said)
}

// CopySecret is [Scope.Copy] for what must not be kept longer than it takes to copy it.
func (s *Scope) CopySecret(what text.Safe, content string) {
	s.Do(tea.Raw(s.shell.options.Clipboard.Sequence(content)))
	s.Toast(toast.Success, "Copied "+what+" "+s.shell.options.Clipboard.Where())
}

// saveCopied saves what was copied last to a file.
func (d *desk) saveCopied(s *Scope) { d.Save(s, d.copied.what, d.copied.content) }

// unsaved returns why what was copied last cannot be saved.
func (d *desk) unsaved() string {
	switch {
	case d.Save == nil:
		return "files cannot be saved here"
	case d.copied.content == "":
		return "nothing was copied yet"
	}
	return ""
}
