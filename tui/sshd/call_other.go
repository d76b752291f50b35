//go:build !linux

package sshd

import (
	"net"
	"time"
)

// unanswered has no counterpart here: the limit on clients that do not read holds
// alone.
func unanswered(*net.TCPConn, time.Duration) error { return nil }
