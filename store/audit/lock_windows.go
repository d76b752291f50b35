package audit

import (
	"os"

	"golang.org/x/sys/windows"
)

// far is a byte that no record ever reaches: it is locked for the whole file.
const far = 1 << 30

// lock waits until no other process appends to the file.
func lock(f *os.File) error {
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, &windows.Overlapped{OffsetHigh: far})
}

// unlock lets others append.
func unlock(f *os.File) error {
	return windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, &windows.Overlapped{OffsetHigh: far})
}
