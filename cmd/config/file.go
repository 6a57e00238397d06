package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"c8yx/keys"
	"c8yx/session"
	"c8yx/theme"
)

// Config is what the file says, or what holds without it.
type Config struct {
	// File is where the file is, or would be.
	File string
	// Exists says whether it is there.
	Exists bool
	// Tenants are those that it lists, in its order, without secrets.
	Tenants []session.Profile
	// DefaultTenant is the name of the tenant to open, DefaultPlace where to begin there; "" if
	// the file does not say. The tenant may be one that another source knows.
	DefaultTenant, DefaultPlace string
	// Theme is auto, dark or light.
	Theme   string
	Palette theme.Name
	// Keys has the preset and the changes to it.
	Keys *keys.Map
	// Mistakes are what is wrong with it, in the order of its lines.
	Mistakes []Mistake
}

// Place returns where the file is expected: c8yx/config.toml in $XDG_CONFIG_HOME, else in the
// folder for configuration of the operating system, ~/.config on Linux.
func Place() (string, error) {
	folder := os.Getenv("XDG_CONFIG_HOME")
	if !filepath.IsAbs(folder) {
		var err error
		if folder, err = os.UserConfigDir(); err != nil {
			return "", fmt.Errorf("there is no folder for the configuration: %w", err)
		}
	}
	return filepath.Join(folder, "c8yx", "config.toml"), nil
}

// tooLarge is the size of a file that nobody has written by hand.
const tooLarge = 1 << 20

// Read reads a file. That there is none is no error; the error says that it cannot be read at
// all, and the configuration is then the one without a file.
func Read(file string) (Config, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Parse(file, nil), nil
	case err == nil && !info.Mode().IsRegular():
		err = fmt.Errorf("%s is not a file", file)
	case err == nil && info.Size() > tooLarge:
		err = fmt.Errorf("%s is too large to be a configuration", file)
	}
	var content []byte
	if err == nil {
		content, err = os.ReadFile(file)
	}
	if err != nil {
		return Parse(file, nil), fmt.Errorf("the configuration cannot be read: %w", err)
	}
	config := Parse(file, content)
	config.Exists = true
	return config, nil
}
