package sqlite

import (
	"os"

	"golang.org/x/sys/windows"
)

// tryLock takes the file's lock, or fails at once where another process holds
// it. The byte locked lies far behind the process id, which others must read.
func tryLock(f *os.File) error {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	return windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, &windows.Overlapped{Offset: lockedByte})
}

// unlock lets go of it.
func unlock(f *os.File) error {
	return windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, &windows.Overlapped{Offset: lockedByte})
}

// lockedByte is the one that is locked.
const lockedByte = 1 << 20
