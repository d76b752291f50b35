package sshd

import (
	gossh "golang.org/x/crypto/ssh"
)

// atOnce is how much is written before it is noted that the client still reads: a
// thin line gets its frame bit by bit.
const atOnce = 4 << 10

// outlet is the way to the client's screen. A client that does not read holds up
// the next frame of its own screen and nothing else: the board goes on, frames in
// between are never drawn, and one that reads nothing for too long is let go.
type outlet struct {
	gossh.Channel
	visit *visit
}

// Write writes as long as the client reads.
func (o *outlet) Write(b []byte) (int, error) {
	done := 0
	for done < len(b) {
		o.visit.writing.Store(o.visit.server.now().UnixNano())
		n, err := o.Channel.Write(b[done:min(len(b), done+atOnce)])
		done += n
		if err != nil {
			o.visit.writing.Store(0)
			return done, err
		}
	}
	o.visit.writing.Store(0)
	return done, nil
}
