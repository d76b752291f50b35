//go:build !unix

package main

import (
	"io/fs"
	"os"
)

// freeDisk does not know.
func freeDisk(string) (int64, bool) { return 0, false }

// othersMayRead does not know: what a mode says there is not who may read.
func othersMayRead(fs.FileInfo) bool { return false }

// awaitInput cannot wait, so nothing is asked.
func awaitInput(*os.File, int) bool { return false }
