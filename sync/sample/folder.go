package sample

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"
)

// writers is how many workbooks are drawn at once.
const writers = 2

// Write brings the folder to what it is at the moment: files that were handed in
// since the folder was last written, with the times at which they were; a file
// that stands there already in that version is left alone, and nothing is removed.
func (d *District) Write(dir string, at time.Time) error {
	var group errgroup.Group
	group.SetLimit(writers)
	for _, f := range d.at(at) {
		group.Go(func() error {
			if err := f.write(dir); err != nil {
				return fmt.Errorf("sample %s: %w", f.path, err)
			}
			return nil
		})
	}
	return group.Wait()
}

// at returns the versions that stand in the folder at the moment.
func (d *District) at(moment time.Time) []file {
	var out []file
	for _, f := range d.files {
		switch {
		case f.sent.After(moment):
		case len(out) > 0 && out[len(out)-1].path == f.path:
			out[len(out)-1] = f
		default:
			out = append(out, f)
		}
	}
	return out
}

// write puts the version into the folder unless it is there already: the time at
// which it was handed in tells versions apart, so that nothing is drawn in vain.
func (f file) write(dir string) error {
	path := filepath.Join(dir, filepath.FromSlash(f.path))
	info, err := os.Stat(path)
	switch {
	case err == nil && info.ModTime().Equal(f.sent):
		return nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	data := f.raw
	if f.book != nil {
		if data, err = f.book().render(); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		return err
	}
	return os.Chtimes(path, f.sent, f.sent)
}
