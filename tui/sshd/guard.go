package sshd

import (
	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"jindu/store/audit"
)

// mostRefusals is how many requests a client may make that are refused; one that
// goes on has nothing else in mind.
const mostRefusals = 64

// session lets the one session channel of a connection through, guarded.
func (s *Server) session(srv *ssh.Server, conn *gossh.ServerConn, offered gossh.NewChannel, ctx ssh.Context) {
	c := callOf(ctx)
	if c == nil || !c.used.CompareAndSwap(false, true) {
		s.refuseChannel(srv, conn, offered, ctx)
		return
	}
	v := newVisit(s, c, conn, ctx)
	ctx.SetValue(visitKey{}, v)
	ssh.DefaultSessionHandler(srv, conn, guard{offered, v}, ctx)
	_ = conn.Close() // the channel has ended: so has the connection, with all that waits for it
}

// refuseChannel refuses forwarding, agents, X11 and second sessions.
func (s *Server) refuseChannel(_ *ssh.Server, conn *gossh.ServerConn, offered gossh.NewChannel, ctx ssh.Context) {
	_ = offered.Reject(gossh.Prohibited, "not here") // a client that is gone needs no answer
	s.refuseRequest(conn, ctx, "channel "+known(offered.ChannelType()))
}

// refuseGlobal refuses what is asked of the connection as a whole.
func (s *Server) refuseGlobal(ctx ssh.Context, _ *ssh.Server, r *gossh.Request) (bool, []byte) {
	if conn, ok := ctx.Value(ssh.ContextKeyConn).(*gossh.ServerConn); ok {
		s.refuseRequest(conn, ctx, "request "+known(r.Type))
	}
	return false, nil
}

// refuseRequest puts on record that something was refused, the first of its kind,
// and ends a connection that does not stop.
func (s *Server) refuseRequest(conn *gossh.ServerConn, ctx ssh.Context, what string) {
	c := callOf(ctx)
	if c == nil {
		return
	}
	if n := c.refusals.Add(1); n > mostRefusals {
		_ = conn.Close()
		return
	}
	if _, again := c.refused.LoadOrStore(what, true); !again {
		s.put(s.entry(audit.Refused, keyOf(s, conn), c, what))
	}
}

// known names what was asked for where it is something that SSH knows: a name that
// a client has made up goes nowhere.
func known(name string) string {
	switch name {
	case "session", "direct-tcpip", "forwarded-tcpip", "direct-streamlocal@openssh.com", "x11", "auth-agent@openssh.com", "tun@openssh.com",
		"tcpip-forward", "cancel-tcpip-forward", "streamlocal-forward@openssh.com", "cancel-streamlocal-forward@openssh.com",
		"exec", "subsystem", "env", "signal", "break", "x11-req", "auth-agent-req@openssh.com", "pty-req", "shell", "xon-xoff":
		return name
	default:
		return "other"
	}
}

// guard stands between the client and the library's session: what the library
// would answer, obey or keep although nobody here has a use for it never gets there.
type guard struct {
	gossh.NewChannel
	visit *visit
}

// Accept opens the channel with what the client asks for on it sifted.
func (g guard) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	channel, asked, err := g.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	passed := make(chan *gossh.Request)
	go g.sift(asked, passed)
	return &outlet{Channel: channel, visit: g.visit}, passed, nil
}

// sift passes a terminal, a shell and two variables on, keeps the window's size
// for the visit, and refuses the rest.
func (g guard) sift(asked <-chan *gossh.Request, passed chan<- *gossh.Request) {
	defer close(passed)
	var terminal, shell bool
	for r := range asked {
		switch {
		case r.Type == "pty-req" && !terminal && !shell:
			term, at, tamed, ok := tame(r.Payload)
			if !ok {
				g.refuse(r)
				continue
			}
			terminal = true
			g.visit.term = term
			g.visit.resize(at)
			r.Payload = tamed
			g.pass(r, passed)
		case r.Type == "shell" && !shell:
			shell = true
			r.Payload = nil // the library would take it for a command
			g.pass(r, passed)
		case r.Type == "env" && !shell:
			g.environ(r)
		case r.Type == "window-change" && terminal:
			if at, ok := windowSize(r.Payload); ok {
				g.visit.resize(at)
			}
			_ = r.Reply(true, nil) // a client that is gone needs no answer
		default:
			g.refuse(r)
		}
	}
}

// pass grants a request and passes it on. Clients take answers in the order in
// which they have asked, and the library would answer when it comes to it.
func (guard) pass(r *gossh.Request, to chan<- *gossh.Request) {
	_ = r.Reply(true, nil) // a client that is gone needs no answer
	r.WantReply = false
	to <- r
}

// environ keeps a variable that says what the terminal can show. The others are
// refused without a word on record: clients send them unasked.
func (g guard) environ(r *gossh.Request) {
	var v struct{ Name, Value string }
	fits := gossh.Unmarshal(r.Payload, &v) == nil && taken(v.Name, v.Value)
	if fits {
		g.visit.environ(v.Name + "=" + v.Value)
	}
	_ = r.Reply(fits, nil)
}

// refuse refuses a request on the channel.
func (g guard) refuse(r *gossh.Request) {
	_ = r.Reply(false, nil)
	g.visit.server.refuseRequest(g.visit.conn, g.visit.ctx, "request "+known(r.Type))
}
