package transfer

import (
	"os"
	"path/filepath"
)

// Folder returns the folder in which files are saved unless the user says otherwise: the one of
// the last time, at first the user's downloads, or where the program was started. It reads the
// disk.
func (b *Board) Folder() string {
	b.mu.Lock()
	folder := b.folder
	b.mu.Unlock()
	if folder != "" {
		return folder
	}
	if home, err := os.UserHomeDir(); err == nil {
		downloads := filepath.Join(home, "Downloads")
		if info, err := os.Stat(downloads); err == nil && info.IsDir() {
			return downloads
		}
	}
	here, err := os.Getwd()
	if err != nil {
		return "."
	}
	return here
}

// SetFolder remembers the folder for the next time.
func (b *Board) SetFolder(folder string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.folder = folder
}
