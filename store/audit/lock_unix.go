//go:build unix

package audit

import (
	"os"
	"syscall"
)

// lock waits until no other process appends to the file.
func lock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX) }

// unlock lets others append.
func unlock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
