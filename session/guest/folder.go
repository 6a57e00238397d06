package guest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"c8yx/session"
)

// Home returns the folder in which the command line keeps its sessions: $C8Y_SESSION_HOME, else
// ~/.cumulocity; "" if there is no home either.
func Home(getenv func(string) string) string {
	if folder := getenv("C8Y_SESSION_HOME"); folder != "" {
		return folder
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".cumulocity")
}

// Problem is a file that cannot be used. The others can.
type Problem struct {
	File string
	Err  error
}

func (p *Problem) Error() string { return p.File + ": " + p.Err.Error() }

// Unwrap returns what is wrong with the file.
func (p *Problem) Unwrap() error { return p.Err }

// Limits of what is read, far above what anybody has.
const (
	mostFiles = 2000
	mostBytes = 256 << 10
)

// Sessions returns the profiles of all sessions in a folder and those below it, by name, and what
// could not be read. That there is no folder is no problem. Secrets that are encrypted are left
// out and the profile is marked, see [Unseal].
func Sessions(folder string) ([]session.Profile, []error) {
	files, problems := filesIn(folder)
	var profiles []session.Profile
	for _, file := range files {
		p, err := Read(file)
		switch {
		case err == nil:
			profiles = append(profiles, p)
		case !errors.Is(err, errNoSession):
			problems = append(problems, err)
		}
	}
	name(folder, profiles)
	slices.SortStableFunc(profiles, func(a, b session.Profile) int { return strings.Compare(a.Name, b.Name) })
	return profiles, problems
}

// filesIn returns the files that may be sessions.
func filesIn(folder string) (files []string, problems []error) {
	if folder == "" {
		return nil, nil
	}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		name := ""
		if entry != nil {
			name = entry.Name()
		}
		switch {
		case err != nil && path == folder && errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			problems = append(problems, &Problem{File: path, Err: plain(err)})
			return nil
		case entry.IsDir() && path != folder && (strings.HasPrefix(name, ".") || name == "activitylog" || name == "extensions"):
			return filepath.SkipDir
		case entry.IsDir(), strings.HasPrefix(name, "."), strings.HasPrefix(name, "settings."), parserOf(name) == nil:
			return nil
		case len(files) == mostFiles:
			problems = append(problems, &Problem{File: folder, Err: fmt.Errorf("only the first %d files are read", mostFiles)})
			return filepath.SkipAll
		}
		files = append(files, path)
		return nil
	})
	if err != nil {
		problems = append(problems, &Problem{File: folder, Err: plain(err)})
	}
	return files, problems
}

// name makes the names of sessions in several folders differ by those of their folders, and of
// several forms of one session by their extensions.
func name(folder string, profiles []session.Profile) {
	for _, longer := range []func(file string) string{
		func(file string) string { return strings.TrimSuffix(file, filepath.Ext(file)) },
		func(file string) string { return file },
	} {
		count := map[string]int{}
		for _, p := range profiles {
			count[p.Name]++
		}
		for i, p := range profiles {
			if file, err := filepath.Rel(folder, p.From); err == nil && count[p.Name] > 1 {
				profiles[i].Name = longer(filepath.ToSlash(file))
			}
		}
	}
}

// plain strips the name of the file, which stands before the error anyway.
func plain(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
