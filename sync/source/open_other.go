//go:build !unix

package source

// safeOpen has nothing to add where the system has no such flags; what was
// opened is compared with what was looked at.
const safeOpen = 0
