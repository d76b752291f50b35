package sqlite

import (
	"os"

	"jindu/store"
)

// othersRights is every right that a file may give to others than its owner.
const othersRights = 0o077

// keepPrivate makes a database for its owner alone, and takes the rights of
// others from one that an earlier release made with them. SQLite gives a log and
// what readers share the rights of the file that they belong to. A file of
// another owner stays as it is: that owner decides.
func keepPrivate(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return store.NewError("mirror_readonly", err)
	}
	_ = f.Close() // nothing was written
	mendRights(path)
	return nil
}

// mendRights takes the rights of others from a database and what lies beside it.
func mendRights(path string) {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + suffix)
		if err == nil && info.Mode().Perm()&othersRights != 0 {
			_ = os.Chmod(path+suffix, info.Mode().Perm()&^othersRights)
		}
	}
}
