package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"c8yx/cmd/config"
	"c8yx/session"
	"c8yx/session/directory"
	"c8yx/session/guest"
	"c8yx/theme"
)

// known is what the user has configured, and where the tenants are that he knows.
type known struct {
	config.Config
	directory.Directory
	// wrong is why the configuration could not be read at all.
	wrong error
}

// known reads the configuration. A file that was asked for must be there; of another one a mistake
// is told and no more.
func (f *flags) known() (known, error) {
	file := f.config
	if file == "" {
		var err error
		if file, err = config.Place(); err != nil {
			return known{Config: config.Parse("", nil), Directory: f.directory(config.Config{}), wrong: err}, nil
		}
	}
	read, err := config.Read(file)
	if f.config != "" {
		if err == nil && !read.Exists {
			err = fmt.Errorf("--config %s: %w", file, fs.ErrNotExist)
		}
		if err != nil {
			return known{}, usageError{err}
		}
	}
	return known{Config: read, Directory: f.directory(read), wrong: err}, nil
}

// directory says where to look for tenants.
func (f *flags) directory(c config.Config) directory.Directory {
	return directory.Directory{
		Config: c.Tenants, Default: c.DefaultTenant, Getenv: os.Getenv, Guests: guest.Home(os.Getenv), Demo: true,
	}
}

// problems are what is wrong with the configuration, a line each.
func (k known) problems() []error {
	var all []error
	if k.wrong != nil {
		all = append(all, k.wrong)
	}
	for _, m := range k.Mistakes {
		all = append(all, m)
	}
	return all
}

// tell writes what is wrong with the configuration, a line each.
func (k known) tell(w io.Writer) {
	for _, problem := range k.problems() {
		fmt.Fprintln(w, "c8yx: "+oneLine(problem))
	}
}

// choose returns the tenant that the flags name, or the one to take without them, as the flags
// want it treated. Its error is that of the directory.
func (f *flags) choose(ctx context.Context, k known) (session.Profile, error) {
	if f.demo {
		if f.chosen != "" {
			return session.Profile{}, usage("--demo and --tenant %s: choose one", f.chosen)
		}
		return directory.Demo(), nil
	}
	// The keyring takes its time, so it is asked only if nobody else knows.
	quick := k.Directory
	quick.Keeper = nil
	p, err := f.pick(quick.Read(ctx))
	if err != nil && k.Keeper != nil {
		p, err = f.pick(k.Read(ctx))
	}
	if err != nil {
		return p, err
	}
	p.ReadOnly = p.ReadOnly || f.readOnly
	f.trust(&p.TLS)
	return p, nil
}

// trust adds what the flags say about whom to trust.
func (f *flags) trust(tls *session.TLS) {
	if f.ca != "" {
		tls.CA = f.ca
	}
	tls.Insecure = tls.Insecure || f.insecure
}

func (f *flags) pick(l directory.Listing) (session.Profile, error) {
	if f.chosen == "" {
		return l.Choice()
	}
	p, err := l.Find(f.chosen)
	if errors.Is(err, directory.ErrUnknown) && looksLikeAnAddress(f.chosen) {
		return l.Typed(f.chosen)
	}
	return p, err
}

// looksLikeAnAddress reports whether a word that names no tenant may be meant as an address.
func looksLikeAnAddress(word string) bool {
	return strings.Contains(word, "://") || strings.ContainsAny(word, ".:") && !strings.ContainsAny(word, " /@")
}

// look returns the colours that the flags want, or the configuration.
func (f *flags) look(c config.Config) (name theme.Name, dark, fixed bool, err error) {
	name, scheme := c.Palette, c.Theme
	if f.palette != "" {
		name = theme.Name(f.palette)
	}
	if f.scheme != "" {
		scheme = f.scheme
	}
	if name != theme.Standard && name != theme.ColorBlind {
		return "", false, false, usage("--palette %s: choose %s or %s", f.palette, theme.Standard, theme.ColorBlind)
	}
	switch scheme {
	case "auto":
		return name, true, false, nil
	case "dark", "light":
		return name, scheme == "dark", true, nil
	}
	return "", false, false, usage("--theme %s: choose auto, dark or light", f.scheme)
}

// plight makes the error of a choice one of the command line, with what to do about it.
func plight(err error) error {
	switch {
	case errors.Is(err, directory.ErrNone):
		return errNoTenant
	case errors.Is(err, directory.ErrUndecided):
		return usage("%w. Choose one with --tenant NAME, or set default_tenant in the configuration", err)
	}
	return usageError{err}
}
