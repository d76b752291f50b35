//go:build unix

package source

import "syscall"

// safeOpen keeps a name that was swapped for a link or a pipe after the look
// from being followed or from blocking; what was opened is compared again.
const safeOpen = syscall.O_NOFOLLOW | syscall.O_NONBLOCK
