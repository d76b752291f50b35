package sshd

import (
	"errors"
	"net"
	"time"

	"golang.org/x/sys/unix"
)

// unanswered bounds how long the kernel sends what is not acknowledged. Its probes
// are for a silent line alone: with a frame under way it would go on for a quarter
// of an hour.
func unanswered(c *net.TCPConn, most time.Duration) error {
	raw, err := c.SyscallConn()
	if err != nil {
		return err
	}
	var set error
	err = raw.Control(func(fd uintptr) {
		set = unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, int(most/time.Millisecond))
	})
	return errors.Join(err, set)
}
