package sqlite

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"jindu/store"
)

// lockFile takes the lock that only one writer can hold and writes the process
// id into it, so that the next one can say who is in the way. The file stays
// when the lock is let go: removing it would let two processes hold two locks.
func lockFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, store.NewError("mirror_readonly", err)
	}
	if err := tryLock(f); err != nil {
		holder := lockHolder(path)
		_ = f.Close() // nothing was written
		return nil, store.NewError("mirror_busy", err, holder)
	}
	if err := signLock(f); err != nil {
		_ = f.Close() // the first error says more
		return nil, store.NewError("mirror_readonly", fmt.Errorf("lock: %w", err))
	}
	return f, nil
}

// releaseLock lets go of the lock at once. Closing the file alone would leave it to a
// program that is just being started and has not closed its copy yet.
func releaseLock(f *os.File) error { return errors.Join(unlock(f), f.Close()) }

// signLock writes the process id over whatever the last holder left.
func signLock(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

// lockHolder returns the process id in the lock file, or a question mark.
func lockHolder(path string) string {
	b, err := os.ReadFile(path)
	pid := strings.TrimSpace(string(b))
	if err != nil || pid == "" {
		return "?"
	}
	return pid
}
