package sshd

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"sync/atomic"
	"time"

	"charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"

	"jindu/store"
	"jindu/store/audit"
)

// Server is the board on the network.
type Server struct {
	cfg    Config
	keys   atomic.Pointer[Keys]
	ssh    *ssh.Server
	roster roster
	gate   atomic.Pointer[gate]
	knocks knocks
}

// The parts of what a connection carries with it.
type (
	callKey  struct{}
	visitKey struct{}
)

// keyExtension is where the fingerprint of the key that signed stands in a
// connection's permissions.
const keyExtension = "jindu-key"

// version is what the server says of itself before anybody has logged in.
const version = "jindu"

// New returns a server. Without a key that may log in, or a host key, there is none.
func New(cfg Config) (*Server, error) {
	if cfg.HostKey == nil {
		return nil, store.NewError("host_key", nil)
	}
	if cfg.Keys == nil || len(cfg.Keys.all) == 0 {
		return nil, store.NewError("no_keys", nil)
	}
	cfg.Limits = cfg.Limits.filled()
	s := &Server{cfg: cfg}
	s.keys.Store(cfg.Keys)
	s.knocks.first = map[netip.Addr]*knock{}
	s.roster.visits = map[*visit]bool{}
	server, err := wish.NewServer(
		wish.WithVersion(version),
		hostKey(cfg.HostKey),
		wish.WithMiddleware(s.screen, s.seat),
	)
	if err != nil {
		return nil, store.NewError("host_key", err)
	}
	server.HandshakeTimeout = cfg.Limits.Handshake
	server.ConnCallback = s.answer
	server.ServerConfigCallback = s.serverConfig
	server.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.session, "default": s.refuseChannel}
	server.SubsystemHandlers = map[string]ssh.SubsystemHandler{}
	server.RequestHandlers = map[string]ssh.RequestHandler{}
	for _, name := range []string{
		"tcpip-forward", "cancel-tcpip-forward", "streamlocal-forward@openssh.com", "cancel-streamlocal-forward@openssh.com",
	} {
		server.RequestHandlers[name] = s.refuseGlobal
	}
	s.ssh = server
	return s, nil
}

// hostKey gives the server its key.
func hostKey(k gossh.Signer) ssh.Option {
	return func(s *ssh.Server) error {
		s.AddHostKey(k)
		return nil
	}
}

// now is the server's clock.
func (s *Server) now() time.Time { return s.cfg.Clock() }

// lookAfter is how often the sessions are looked after: who is idle, who does not
// read, whose handshake led nowhere.
const lookAfter = time.Second

// farewell is how long sessions have to say goodbye before they are cut off.
const farewell = 2 * time.Second

// Serve serves until the context ends. Sessions are told, and have a moment to
// leave the screen as it was.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	g := newGate(l, s.cfg.Limits, s.now, s.turnedAway)
	s.gate.Store(g)
	ended := make(chan error, 1)
	go func() { ended <- s.ssh.Serve(g) }()
	look := time.NewTicker(lookAfter)
	defer look.Stop()
	for {
		select {
		case <-look.C:
			s.look()
		case err := <-ended:
			return err
		case <-ctx.Done():
			return s.stop(ended)
		}
	}
}

// stop lets nobody in any more and everybody out.
func (s *Server) stop(ended <-chan error) error {
	_ = s.gate.Load().Close() // no more connections
	s.roster.endAll(leftStopped)
	for wait := time.Duration(0); wait < farewell && s.roster.count() > 0; wait += farewell / 40 {
		time.Sleep(farewell / 40)
	}
	_ = s.ssh.Close() // what is left has had its moment
	if err := <-ended; !errors.Is(err, ssh.ErrServerClosed) && !errors.Is(err, net.ErrClosed) {
		return err
	}
	s.knocked(true)
	return nil
}

// look looks after the sessions once.
func (s *Server) look() {
	s.roster.look(s.now(), s.cfg.Limits)
	s.knocked(false)
}

// Use replaces the keys that may log in. Who is on the board with a key that is
// gone, or has another role now, is let go.
func (s *Server) Use(keys *Keys) {
	s.keys.Store(keys)
	s.roster.keep(keys)
}

// Sessions returns how many people and displays are on the board.
func (s *Server) Sessions() int { return s.roster.count() }

// answer waits until a connection may shake hands.
func (s *Server) answer(ctx ssh.Context, conn net.Conn) net.Conn {
	c, ok := conn.(*call)
	if !ok || !c.gate.enter(c) {
		return nil // the library closes it
	}
	c.ended = func(why failure, failed bool) {
		if failed && why == failedKey {
			s.knocks.add(c.from, s.now())
		}
	}
	ctx.SetValue(callKey{}, c)
	return c
}

// callOf returns the call that a connection is.
func callOf(ctx ssh.Context) *call {
	c, _ := ctx.Value(callKey{}).(*call)
	return c
}

// serverConfig says what one connection may negotiate and who may log in on it.
func (s *Server) serverConfig(ctx ssh.Context) *gossh.ServerConfig {
	c := callOf(ctx)
	cfg := &gossh.ServerConfig{
		MaxAuthTries: mostTries,
		PublicKeyAuthAlgorithms: []string{
			gossh.KeyAlgoED25519, gossh.KeyAlgoSKED25519, gossh.KeyAlgoSKECDSA256,
			gossh.KeyAlgoECDSA256, gossh.KeyAlgoECDSA384, gossh.KeyAlgoECDSA521,
			gossh.KeyAlgoRSASHA256, gossh.KeyAlgoRSASHA512,
		},
		PublicKeyCallback: func(_ gossh.ConnMetadata, key gossh.PublicKey) (*gossh.Permissions, error) {
			return s.offered(c, key)
		},
		VerifiedPublicKeyCallback: func(_ gossh.ConnMetadata, key gossh.PublicKey, p *gossh.Permissions, _ string) (*gossh.Permissions, error) {
			return s.signed(c, key, p)
		},
	}
	cfg.KeyExchanges = []string{gossh.KeyExchangeMLKEM768X25519, gossh.KeyExchangeCurve25519, gossh.KeyExchangeECDHP256}
	cfg.Ciphers = []string{gossh.CipherChaCha20Poly1305, gossh.CipherAES256GCM, gossh.CipherAES128GCM}
	cfg.MACs = []string{gossh.HMACSHA256ETM} // with these ciphers there is none; the list may not be empty
	return cfg
}

// mostTries is how many keys that are not known a connection may offer.
const mostTries = 3

// errKey is what a client learns of a key that may not log in: nothing.
var errKey = errors.New("not allowed")

// offered says whether a key might log in. Whether whoever offers it has it is not
// known yet: nothing about the session may be decided here.
func (s *Server) offered(c *call, key gossh.PublicKey) (*gossh.Permissions, error) {
	one, ok := s.keys.Load().find(key)
	if c == nil || !ok {
		if c != nil {
			c.gate.missed(c)
		}
		return nil, errKey
	}
	p := &gossh.Permissions{Extensions: map[string]string{keyExtension: one.Fingerprint}}
	if one.From != "" {
		p.CriticalOptions = map[string]string{"source-address": one.From}
	}
	if c.gate.signs(c) {
		_ = c.SetDeadline(s.now().Add(s.cfg.Limits.Signing)) // where it fails the old one holds
	}
	return p, nil
}

// signed is asked when a key has signed: this is who has come. The list may have
// changed since the key was offered.
func (s *Server) signed(c *call, key gossh.PublicKey, p *gossh.Permissions) (*gossh.Permissions, error) {
	one, ok := s.keys.Load().find(key)
	if !ok || p == nil || p.Extensions[keyExtension] != one.Fingerprint {
		return nil, errKey
	}
	c.gate.in(c)
	time.AfterFunc(s.cfg.Limits.Handshake, func() {
		if !c.seated.Load() {
			_ = c.Close() // it logged in and opened no session
		}
	})
	return p, nil
}

// keyOf returns the key that a connection has logged in with, as it is known now.
func keyOf(s *Server, conn *gossh.ServerConn) Key {
	if conn.Permissions == nil {
		return Key{}
	}
	one, _ := s.keys.Load().by(conn.Permissions.Extensions[keyExtension])
	return one
}

// entry is what goes on record about a connection.
func (s *Server) entry(e audit.Event, k Key, c *call, what string) audit.Entry {
	return audit.Entry{At: s.now(), Event: e, Who: k.Name, Role: k.Role, Key: k.Fingerprint, From: c.from.String(), What: what}
}

// put puts something on record that happens anyway: where it cannot be written,
// views go on and the trouble is told.
func (s *Server) put(e audit.Entry) {
	if err := s.cfg.Record.Record(e); err != nil && s.cfg.Trouble != nil {
		s.cfg.Trouble(err)
	}
}
