package cmd

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// newManual is the command that prints the manual page, made of what --help says of each command.
func newManual(streams Streams) *cobra.Command {
	return &cobra.Command{
		Use:     "man",
		Short:   "Print the manual page",
		Example: `  c8yx man >/usr/local/share/man/man1/c8yx.1`,
		Args:    plainArgs(cobra.NoArgs),
		RunE:    func(c *cobra.Command, _ []string) error { return writeManual(streams.Out, c.Root()) },
	}
}

// writeManual writes the manual page of a program in the language of man(7).
func writeManual(out io.Writer, root *cobra.Command) error {
	w := &failing{out: out}
	w.say(".TH %s 1 \"\" \"%s\" \"User Commands\"\n", strings.ToUpper(root.Name()), roff(root.Version))
	w.say(".SH NAME\n%s \\- %s\n", root.Name(), roff(root.Short))
	w.say(".SH SYNOPSIS\n.B %s\n[\\fIoptions\\fR] [\\fIPLACE\\fR | \\fIcommand\\fR]\n", root.Name())
	w.say(".SH DESCRIPTION\n")
	w.paragraphs(root.Long)
	w.examples(root.Example)
	w.say(".SH OPTIONS\n")
	w.options(root.PersistentFlags())
	w.say(".SH COMMANDS\n")
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() && c.Name() != "help" {
			w.command(c)
		}
	}
	w.say(".SH ENVIRONMENT\n")
	w.paragraphs("C8Y_BASEURL, C8Y_TENANT, C8Y_USER and C8Y_PASSWORD, or C8Y_TOKEN, name a tenant and how to sign in to it.\n\n" +
		"VISUAL and EDITOR name the editor for whole documents. NO_COLOR switches colours off.")
	return w.err
}

// command writes what is to be said of one command, and of those below it.
func (w *failing) command(c *cobra.Command) {
	w.say(".SS %s\n", roff(c.UseLine()))
	text := c.Long
	if text == "" {
		text = c.Short + "."
	}
	w.paragraphs(text)
	w.options(c.LocalNonPersistentFlags())
	w.examples(c.Example)
	for _, below := range c.Commands() {
		if below.IsAvailableCommand() {
			w.command(below)
		}
	}
}

func (w *failing) paragraphs(text string) {
	for i, p := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			w.say(".PP\n")
		}
		w.say("%s\n", roff(p))
	}
}

func (w *failing) examples(text string) {
	if text == "" {
		return
	}
	w.say(".PP\n.nf\n%s\n.fi\n", roff(text))
}

func (w *failing) options(set *pflag.FlagSet) {
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name, usage := pflag.UnquoteUsage(f)
		option := "\\-\\-" + roff(f.Name)
		if f.Shorthand != "" {
			option = "\\-" + f.Shorthand + ", " + option
		}
		if name != "" {
			option = fmt.Sprintf("%s \\fI%s\\fR", option, roff(name))
		}
		w.say(".TP\n.B %s\n%s\n", option, roff(usage))
	})
}

// roff escapes text for man(7): a backslash and a hyphen mean something else there, and so does a dot
// or an apostrophe at the beginning of a line.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
