package cmd

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"c8yx/keys"
)

// newKeys is the command that prints the key sheet.
func newKeys(f *flags, streams Streams) *cobra.Command {
	markdown := false
	c := &cobra.Command{
		Use:   "keys",
		Short: "Print the keys of every action, as you have configured them",
		Args:  plainArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			if markdown {
				return keysAsMarkdown(streams.Out)
			}
			k, err := f.known()
			if err != nil {
				return err
			}
			k.tell(streams.Err)
			return printKeys(streams.Out, k.Keys)
		},
	}
	c.Flags().BoolVar(&markdown, "markdown", false, "print the default keys and the presets as docs/keys.md has them")
	return c
}

// actionsIn returns the actions of a context, in the order of the key sheet.
func actionsIn(context keys.Context) []keys.Action {
	return slices.DeleteFunc(keys.All(), func(a keys.Action) bool { return a.Context != context })
}

func printKeys(out io.Writer, m *keys.Map) error {
	w := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	for i, context := range keys.Contexts() {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintln(w, strings.ToUpper(string(context)))
		for _, a := range actionsIn(context) {
			fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", strings.Join(m.Of(a.ID), " "), a.Title, a.ID, strings.Join(a.Needs, " or "))
		}
	}
	return w.Flush()
}

// keysAsMarkdown writes docs/keys.md.
func keysAsMarkdown(out io.Writer) error {
	w := &failing{out: out}
	w.say("# Keys\n\nMade by `c8yx keys --markdown`. Each of them can be changed in the [configuration](config.md#the-configuration-file) by the\n")
	w.say("name of its action. What is offered everywhere is offered in lists, documents and the rest as well; what works on many\n")
	w.say("marked things at once says so.\n")
	for _, context := range keys.Contexts() {
		actions := actionsIn(context)
		if len(actions) == 0 {
			continue
		}
		w.say("\n## %s\n\n| keys | what they do | action |\n| --- | --- | --- |\n", strings.ToUpper(string(context)[:1])+string(context)[1:])
		for _, a := range actions {
			does := a.Title
			for _, more := range []struct {
				said bool
				as   string
			}{{a.Many, "many at once"}, {a.Destroys, "removes"}, {a.Writes && !a.Destroys, "writes"}} {
				if more.said {
					does += " · " + more.as
				}
			}
			w.say("| %s | %s | `%s` |\n", codes(a.Keys), does, a.ID)
		}
	}
	w.say("\n## Presets\n\nWith `preset` in the table `[keys]` other keys count, for %s and %s:\n\n| action | default |", presetFor("vim"), presetFor("k9s"))
	presets := slices.DeleteFunc(keys.Presets(), func(p keys.Preset) bool { return p.Changes == nil })
	rule := "\n| --- | --- |"
	for _, p := range presets {
		w.say(" %s |", p.Name)
		rule += " --- |"
	}
	w.say("%s\n", rule)
	for _, a := range keys.All() {
		changed := slices.ContainsFunc(presets, func(p keys.Preset) bool { return p.Changes[a.ID] != nil })
		if !changed {
			continue
		}
		w.say("| `%s` | %s |", a.ID, codes(a.Keys))
		for _, p := range presets {
			own := a.Keys
			if p.Changes[a.ID] != nil {
				own = p.Changes[a.ID]
			}
			w.say(" %s |", codes(own))
		}
		w.say("\n")
	}
	return w.err
}

// presetFor is whom a preset suits.
func presetFor(name string) string {
	for _, p := range keys.Presets() {
		if p.Name == name {
			return p.For
		}
	}
	return name
}

func codes(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = "`" + strings.ReplaceAll(name, "|", `\|`) + "`"
		if strings.Contains(name, "`") {
			quoted[i] = "`` " + name + " ``"
		}
	}
	return strings.Join(quoted, " ")
}

// failing writes until it cannot any more, and keeps why.
type failing struct {
	out io.Writer
	err error
}

func (f *failing) say(format string, args ...any) {
	if f.err == nil {
		_, f.err = fmt.Fprintf(f.out, format, args...)
	}
}
