//go:build unix

package sqlite

import (
	"os"
	"syscall"
)

// tryLock takes the file's lock, or fails at once where another process holds
// it. The kernel lets go of it when the process ends, however it ends.
func tryLock(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}

// unlock lets go of it, whoever else holds the file open.
func unlock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
