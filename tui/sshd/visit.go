package sshd

import (
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"jindu/store"
	"jindu/store/audit"
	"jindu/tui/loop"
	"jindu/tui/words"
)

// leaving is why a visit ended: the word that is said, and what goes on record.
type leaving string

// Why visits end.
const (
	leftQuit    leaving = "quit"    // by the person's own key, or the line broke
	leftIdle    leaving = "idle"    // nobody pressed a key
	leftRevoked leaving = "revoked" // the key may not log in any more, or not as that
	leftStalled leaving = "stalled" // what was sent was not read
	leftStopped leaving = "stopped" // the server ended
	leftFull    leaving = "full"    // there was no room
	leftKeyFull leaving = "keyfull" // there was no room for this key
	leftPlain   leaving = "plain"   // there was no terminal
)

// visit is one person, or display, on the board.
type visit struct {
	server *Server
	call   *call
	conn   *gossh.ServerConn
	ctx    ssh.Context
	key    Key
	term   string

	mu      sync.Mutex
	env     []string
	at      size
	program *loop.Program
	why     leaving

	resized chan struct{} // holds one
	touched atomic.Int64  // when a key was pressed last, in nanoseconds of the clock
	writing atomic.Int64  // since when a write waits; 0: none does
	ending  atomic.Int64  // since when it is to end; 0: it is not
	denied  sync.Map      // deeds that were refused and are on record
}

// mostVariables is how many variables are kept: there are two.
const mostVariables = 4

// newVisit returns the visit of a connection that has logged in.
func newVisit(s *Server, c *call, conn *gossh.ServerConn, ctx ssh.Context) *visit {
	v := &visit{server: s, call: c, conn: conn, ctx: ctx, key: keyOf(s, conn), at: size{}.clamped(), resized: make(chan struct{}, 1)}
	v.touch()
	return v
}

// environ keeps a variable.
func (v *visit) environ(one string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.env) < mostVariables {
		v.env = append(v.env, one)
	}
}

// resize notes the window's size. Of many changes at once the last one counts.
func (v *visit) resize(at size) {
	v.mu.Lock()
	v.at = at
	v.mu.Unlock()
	select {
	case v.resized <- struct{}{}:
	default: // it will be seen with the change before
	}
}

// touch notes that a key was pressed.
func (v *visit) touch() { v.touched.Store(v.server.now().UnixNano()) }

// end ends the visit with a reason, the first one that is given. It does not wait.
func (v *visit) end(why leaving) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.why != "" {
		return
	}
	v.why = why
	v.ending.Store(v.server.now().UnixNano())
	if v.program != nil {
		go v.program.Quit() // its loop may be waiting for a client that does not read
	}
}

// cut ends the connection at once.
func (v *visit) cut(why leaving) {
	if why != "" {
		v.end(why)
	}
	go func() { _ = v.call.Close() }() // the record of it may take a moment
}

// start takes the program, unless the visit has been ended before it began.
func (v *visit) start(p *loop.Program) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.why != "" {
		return false
	}
	v.program = p
	return true
}

// left returns why the visit has ended.
func (v *visit) left() leaving {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.why == "" {
		v.why = leftQuit
	}
	return v.why
}

// record puts on record what the visitor is about to do. What the role may not do
// is written once: a display with a key that sticks must not fill the record.
func (v *visit) record(_ context.Context, a store.Act) error {
	event := audit.Export
	switch {
	case a.Refused:
		event = audit.Denied
		if _, again := v.denied.LoadOrStore(a.Deed, true); again {
			return nil
		}
	case a.Undone:
		event = audit.Undone
	case a.Deed == store.DeedDecide:
		event = audit.Decide
	case a.Deed == store.DeedPull:
		event = audit.Pull
	}
	what := a.What
	if what == "" {
		what = a.Deed.String()
	}
	return v.server.cfg.Record.Record(v.server.entry(event, v.key, v.call, what))
}

// visitOf returns the visit that a session is.
func visitOf(s ssh.Session) *visit {
	v, _ := s.Context().Value(visitKey{}).(*visit)
	return v
}

// seat is the middleware that lets a session in, and says why it ends.
func (s *Server) seat(next ssh.Handler) ssh.Handler {
	return func(session ssh.Session) {
		v := visitOf(session)
		if v == nil || v.key.Fingerprint == "" {
			return // the key was revoked between signing and the session
		}
		v.call.seated.Store(true)
		if _, _, ok := session.Pty(); !ok {
			v.say(session, leftPlain)
			return
		}
		if full := s.roster.seat(v, s.cfg.Limits); full != "" {
			s.put(s.entry(audit.Refused, v.key, v.call, string(full)))
			v.say(session, full)
			return
		}
		defer s.roster.leave(v)
		s.put(s.entry(audit.Login, v.key, v.call, ""))
		s.roster.keep(s.keys.Load()) // what was revoked while it sat down
		next(session)
		why := v.left()
		v.say(session, why)
		s.put(s.entry(audit.Logout, v.key, v.call, string(why)))
	}
}

// say tells the person why the session ends, once the screen is as it was.
func (v *visit) say(session ssh.Session, why leaving) {
	if why == leftQuit || why == leftStalled {
		return
	}
	text := words.Of(v.server.cfg.Lang).Say("ssh." + string(why))
	var to io.Writer = session
	if why == leftPlain {
		to = session.Stderr()
	}
	_, _ = io.WriteString(to, text+"\r\n") // who does not read it will see that it is over
}

// screen is the middleware that shows the board.
func (s *Server) screen(next ssh.Handler) ssh.Handler {
	return func(session ssh.Session) {
		v := visitOf(session)
		ctx, cancel := context.WithCancel(session.Context())
		defer cancel()
		v.mu.Lock()
		env, at := v.env, v.at
		v.mu.Unlock()
		profile := colours(v.term, env)
		model := s.cfg.Open(ctx, Visitor{
			Key: v.key, From: v.call.from.String(), Term: v.term, Colours: profile, Record: v.record,
		})
		p := loop.New(model, loop.Terminal{
			In: session, Out: session, Env: []string{"TERM=" + v.term},
			Width: at.columns, Height: at.rows, Colours: profile,
		},
			tea.WithContext(ctx),       // killing it from outside, before it has begun, ends the whole process
			tea.WithoutSignalHandler(), // the server's own signals end all sessions in order
			tea.WithFilter(v.filter()),
		)
		if v.start(p) {
			go v.follow(ctx, p)
			err := p.Run()
			if err != nil && !errors.Is(err, tea.ErrProgramKilled) && ctx.Err() == nil && s.cfg.Trouble != nil {
				s.cfg.Trouble(err)
			}
		}
		next(session)
	}
}

// resizeEvery is how often a window's new size is followed.
const resizeEvery = 100 * time.Millisecond

// follow tells the program of the window's size.
func (v *visit) follow(ctx context.Context, p *loop.Program) {
	rest := time.NewTimer(0)
	defer rest.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-v.resized:
		}
		v.mu.Lock()
		at := v.at
		v.mu.Unlock()
		p.Send(tea.WindowSizeMsg{Width: at.columns, Height: at.rows})
		rest.Reset(resizeEvery)
		select {
		case <-ctx.Done():
		case <-rest.C:
		}
	}
}
