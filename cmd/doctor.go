package cmd

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"c8yx/cmd/doctor"
	"c8yx/theme"
	"c8yx/ui/text"
	"c8yx/views/tenant"
)

// newDoctor is the command that looks for what is wrong.
func newDoctor(f *flags, streams Streams) *cobra.Command {
	asJSON := false
	c := &cobra.Command{
		Use:   "doctor [TENANT]",
		Short: "Look for what keeps c8yx from working",
		Long: `Look at the configuration, the keyring and the terminal, at the way to a tenant
(proxy, TLS, clocks), at the sign-in, the permissions and the live connection, and
say what to do about what is not well.

It ends with 0 if nothing keeps c8yx from working, with 4 if the tenant cannot be
reached, with 3 if it does not let the user in, else with 1.`,
		Example: "  c8yx doctor\n  c8yx doctor plant --json",
		Args:    plainArgs(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				if f.chosen != "" {
					return usage("--tenant %s and %s: name one", f.chosen, args[0])
				}
				f.chosen = args[0]
			}
			return examine(c.Context(), f, streams, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print an array of JSON objects")
	return c
}

func examine(ctx context.Context, f *flags, streams Streams, asJSON bool) error {
	k, err := f.known()
	if err != nil {
		return err
	}
	patient := doctor.Patient{
		Config: k.Config, ConfigError: k.wrong, Terminal: terminalOf(streams),
	}
	keeper := f.unasked(streams)
	k.Keeper = keeper
	patient.Directory, patient.Keeper = k.Directory, keeper.opened
	a, closing, err := f.access(ctx, k)
	if err != nil {
		patient.NoTenant = err
	} else {
		defer closing()
		patient.Profile = &a.profile
		patient.Transport = a.transport
		if a.transport == nil {
			patient.Transport, patient.TransportError = a.profile.TLS.Transport()
		}
		patient.Open = func() (*tenant.Tenant, error) { return a.open() }
	}
	var findings []doctor.Finding
	show := printer(streams, patient.Terminal.Width)
	patient.Examine(ctx, func(finding doctor.Finding) {
		findings = append(findings, finding)
		if !asJSON {
			show(finding)
		}
	})
	if asJSON {
		encoder := json.NewEncoder(streams.Out)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(findings); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return verdict(findings)
}

// verdict is the exit code that the first failure deserves.
func verdict(findings []doctor.Finding) error {
	for _, finding := range findings {
		switch {
		case finding.Level != doctor.Fail:
		case finding.Check == "user":
			return toldError(ExitSignIn)
		case finding.Check == "address", finding.Check == "proxy", finding.Check == "TLS":
			return toldError(ExitNetwork)
		}
	}
	for _, finding := range findings {
		if finding.Level == doctor.Fail {
			return toldError(ExitError)
		}
	}
	return nil
}

// printer returns what prints a finding for people.
func printer(streams Streams, width int) func(doctor.Finding) {
	const margin = 19
	if width <= 0 {
		width = 100
	}
	plain := os.Getenv("NO_COLOR") != "" || !onTerminal(streams)
	th := theme.New(theme.Standard, true)
	return func(f doctor.Finding) {
		level := fmt.Sprintf("%-4s", f.Level)
		if !plain {
			level = th.Render(map[doctor.Level]theme.Role{doctor.OK: theme.Good, doctor.Warn: theme.Minor, doctor.Fail: theme.Critical}[f.Level], level)
		}
		begin := fmt.Sprintf("%s  %-11s  ", level, f.Check)
		for _, line := range text.Wrap(text.Clean(f.Says), max(20, width-margin)) {
			fmt.Fprintln(streams.Out, begin+string(line))
			begin = strings.Repeat(" ", margin)
		}
		if f.Do == "" {
			return
		}
		begin = strings.Repeat(" ", margin) + "→ "
		for _, line := range text.Wrap(text.Clean(f.Do), max(20, width-margin-2)) {
			fmt.Fprintln(streams.Out, begin+string(line))
			begin = strings.Repeat(" ", margin+2)
		}
	}
}

// terminalOf describes the terminal that the program runs in.
func terminalOf(streams Streams) doctor.Terminal {
	t := doctor.Terminal{Getenv: os.Getenv}
	file, ok := streams.Out.(*os.File)
	if !ok || !term.IsTerminal(file.Fd()) {
		return t
	}
	t.Is = true
	t.Width, t.Height, _ = term.GetSize(file.Fd())
	t.Colours = colorprofile.Detect(io.Writer(file), os.Environ())
	if tmux, err := exec.LookPath("tmux"); err == nil && os.Getenv("TMUX") != "" {
		t.Tmux = func(ctx context.Context, args ...string) (string, error) {
			ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
			defer cancel()
			answer, err := exec.CommandContext(ctx, tmux, args...).Output()
			return strings.TrimSpace(string(answer)), err
		}
	}
	return t
}
