package sshd

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	gossh "golang.org/x/crypto/ssh"

	"jindu/store"
	"jindu/store/audit"
)

// Recorder keeps the record of who did what. It is called by many sessions at once.
type Recorder interface {
	// Record returns when the entry is safe; where it fails, what is to be recorded
	// must not be done.
	Record(e audit.Entry) error
}

// Visitor is somebody who has logged in, and the terminal that they came with.
type Visitor struct {
	Key     Key
	From    string // address
	Term    string // TERM, one of those that are known
	Colours colorprofile.Profile
	// Record puts on record what the visitor is about to do.
	Record func(ctx context.Context, a store.Act) error
}

// Config is what a server is made of.
type Config struct {
	HostKey gossh.Signer
	Keys    *Keys
	Record  Recorder
	Limits  Limits
	Lang    store.Lang // of what is said outside the board
	Clock   func() time.Time
	// Open returns the board of a visitor; the context ends with the session.
	Open func(ctx context.Context, v Visitor) tea.Model
	// Trouble is told what went wrong beside the sessions, such as a record that
	// cannot be written. It may be nil.
	Trouble func(error)
}

// Limits bound what clients can take. The zero value of each is that of
// [DefaultLimits].
type Limits struct {
	PerAddress int           // connections of one address
	Handshakes int           // under way at once
	PerKey     int           // sessions of one key
	Sessions   int           // in all
	Idle       time.Duration // without a key press; displays are exempt

	Handshake time.Duration // for a handshake, and again for opening a session
	Signing   time.Duration // for a person to unlock a key that is known
	Stall     time.Duration // how long a client may leave what was sent unread
}

// DefaultLimits are those of a building with a few hundred people and displays.
func DefaultLimits() Limits {
	return Limits{
		PerAddress: 64,
		Handshakes: 20,
		PerKey:     4,
		Sessions:   300,
		Idle:       30 * time.Minute,
		Handshake:  10 * time.Second,
		Signing:    45 * time.Second,
		Stall:      10 * time.Second,
	}
}

// filled returns the limits with the defaults where nothing was said.
func (l Limits) filled() Limits {
	d := DefaultLimits()
	for _, one := range []struct{ have, otherwise *int }{
		{&l.PerAddress, &d.PerAddress}, {&l.Handshakes, &d.Handshakes}, {&l.PerKey, &d.PerKey}, {&l.Sessions, &d.Sessions},
	} {
		if *one.have == 0 {
			*one.have = *one.otherwise
		}
	}
	for _, one := range []struct{ have, otherwise *time.Duration }{
		{&l.Idle, &d.Idle}, {&l.Handshake, &d.Handshake}, {&l.Signing, &d.Signing}, {&l.Stall, &d.Stall},
	} {
		if *one.have == 0 {
			*one.have = *one.otherwise
		}
	}
	return l
}
