package sqlite

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// copyTries is how often a copy is begun again because a writer elsewhere
// changed the mirror meanwhile.
const copyTries = 3

// copyAside copies the mirror and its log to a private folder, where SQLite
// can read all that was committed. Reading in place as an unchanging file
// would silently leave out what is still in the log.
func (d *DB) copyAside() error {
	folder, err := os.MkdirTemp("", "jindu-mirror-")
	if err != nil {
		return err
	}
	d.aside = folder
	for range copyTries {
		before := stampOf(d.path)
		for _, suffix := range []string{"", "-wal"} {
			err := copyFile(d.path+suffix, filepath.Join(folder, "mirror.db"+suffix))
			if err != nil && !(suffix != "" && errors.Is(err, fs.ErrNotExist)) {
				return err
			}
		}
		if stampOf(d.path) == before {
			return nil
		}
	}
	return errors.New("the mirror keeps changing")
}

// fileStamp tells whether a mirror was changed, as far as a look at its files can.
type fileStamp struct {
	size, logSize int64
	time, logTime time.Time
}

func stampOf(path string) fileStamp {
	s := fileStamp{}
	if info, err := os.Stat(path); err == nil {
		s.size, s.time = info.Size(), info.ModTime()
	}
	if info, err := os.Stat(path + "-wal"); err == nil {
		s.logSize, s.logTime = info.Size(), info.ModTime()
	}
	return s
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // only read
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		_ = out.Close() // the first error says more
		return err
	}
	return out.Close()
}
