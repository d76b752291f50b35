package sshd_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"

	"jindu/store"
	"jindu/store/audit"
	"jindu/tui"
	"jindu/tui/sshd"
	"jindu/tui/tuitest"
	"jindu/tui/wall"
)

func TestAnOfficerIsOnTheBoard(t *testing.T) {
	h := build(t, nil)
	s := open(t, h.as(store.RoleOfficer), 120, 40)
	s.shows("Overview")
	s.press("4")
	s.shows("overdue")
	s.press("q")
	s.ends()
	h.journal.awaits(t, "the log-in", func(e audit.Entry) bool { return e.Event == audit.Login && e.Who == "officer" })
	h.journal.awaits(t, "the leaving", func(e audit.Entry) bool { return e.Event == audit.Logout && e.What == "quit" })
}

// Row V06: a display presses keys that it may not.
func TestADisplayMayLookAndNoMore(t *testing.T) {
	h := build(t, nil)
	s := open(t, h.as(store.RoleDisplay), 120, 40)
	s.shows("Overview")
	for _, key := range []string{"/", "t", "y", "r", "\r", "4", "p"} {
		s.press(key)
	}
	s.shows("your key does not allow this")
	for _, deed := range []string{"find", "lookback", "export", "pull", "drill", "browse"} {
		h.journal.awaits(t, deed, func(e audit.Entry) bool { return e.Event == audit.Denied && e.What == deed })
	}
	if strings.Contains(s.seen(), "Enter go") {
		t.Error("an overlay was opened")
	}
}

// Row V06 on the wall itself, which is what a display's key is shown: whatever it
// tries leaves the screen as it was and goes on record, once of a kind.
func TestADisplayTriesEverythingAtTheWall(t *testing.T) {
	h := build(t, func(h *house) {
		h.config.Open = func(ctx context.Context, v sshd.Visitor) tea.Model {
			return wall.New(wall.Options{
				Reader: reader{district()}, Lang: store.English, Clock: tuitest.Now, Audit: v.Record,
				Plan: wall.Plan{Pages: []string{"overview"}},
			}).Within(ctx)
		}
	})
	s := open(t, h.as(store.RoleDisplay), 160, 45)
	s.shows("Overview")
	drawn := settled(s)
	for range 2 {
		for _, keys := range []string{
			"/", "cxs\r", ":", "accept\r", "e", "y", "r", "t", "p", "3", "j", "\t", "i", "=", "L", "?",
			"\x1b[<0;60;20M", "\x1b[<0;60;20m", "\x1b[<64;60;20M", "\x1b[200~paste\x1b[201~",
		} {
			s.press(keys)
		}
	}
	for _, deed := range []string{"find", "lookback", "export", "pull", "drill", "browse"} {
		h.journal.awaits(t, deed, func(e audit.Entry) bool {
			return e.Event == audit.Denied && e.What == deed && e.Who == "display" && e.Role == store.RoleDisplay
		})
	}
	if now := settled(s); now != drawn {
		t.Errorf("drawn was %q", now[len(drawn):])
	}
	h.journal.mu.Lock()
	defer h.journal.mu.Unlock()
	if n := len(h.journal.all); n != 1+6 {
		t.Errorf("%d lines are on record, not the log-in and one for each deed: %v", n, h.journal.all)
	}
}

// clerk puts on record what is decided, and that nothing came of it.
type clerk struct{ sshd.Visitor }

func (c clerk) Name() string { return c.Key.Name }

func (clerk) Check(string) error { return nil }

func (clerk) Ask(_ context.Context, k store.Key) (store.Question, error) {
	return store.Question{Key: k, Matter: store.PendingMatter, Stated: []store.Stated{{Number: store.Some(1)}}}, nil
}

func (c clerk) Decide(ctx context.Context, _ store.Answer) (bool, error) {
	err := c.Record(ctx, store.Act{Deed: store.DeedDecide, What: "accept"})
	return true, errors.Join(err, c.Record(ctx, store.Act{Deed: store.DeedDecide, Undone: true, What: "accept not carried out"}))
}

// settled waits until nothing more is drawn, and returns all that was.
func settled(s *screen) string {
	for was := s.seen(); ; was = s.seen() {
		time.Sleep(500 * time.Millisecond)
		if was == s.seen() {
			return was
		}
	}
}

// Row A01 over the wire: what each role does at each key is done and on record where
// it may, and refused and on record where not.
func TestEveryRoleAtEveryDeedOverSSH(t *testing.T) {
	table := map[store.Role]string{ // the deeds that are done
		store.RoleAdmin:    "browse drill find lookback export pull decide",
		store.RoleOfficer:  "browse drill find lookback export pull decide",
		store.RoleDirector: "browse drill find lookback export",
		store.RoleDisplay:  "",
	}
	keys := []struct{ deed, keys string }{
		{"browse", "4"},
		{"browse", "1"},
		{"find", "/"},
		{"", "\x1b"},
		{"lookback", "t"},
		{"", "\x1b"},
		{"export", "y"},
		{"pull", "r"},
		{"drill", "\r"},
		{"decide", "a"},
		{"", "\r"},
		{"", "核\r"},
		{"", "y"},
	}
	h := build(t, func(h *house) {
		board := tui.NewGallery(reader{district()}, func(context.Context) (int64, error) { return 1, nil })
		h.config.Open = func(ctx context.Context, v sshd.Visitor) tea.Model {
			return tui.New(tui.Options{
				Reader: board, Lang: store.English, Clock: tuitest.Now, Rights: v.Key.Role.Rights(), Audit: v.Record,
				Pull: func(ctx context.Context) error { return v.Record(ctx, store.Act{Deed: store.DeedPull}) }, Decider: clerk{v},
			}).Within(ctx)
		}
	})
	for role, may := range table {
		s := open(t, h.as(role), 120, 40)
		s.shows("Overview")
		s.press("jjj")
		for _, k := range keys {
			s.press(k.keys)
			time.Sleep(120 * time.Millisecond) // Escape with a key behind it is another key
		}
		for _, d := range store.Deeds() {
			deed := d.String()
			denied := func(e audit.Entry) bool { return e.Role == role && e.Event == audit.Denied && e.What == deed }
			switch {
			case !slices.Contains(strings.Fields(may), deed):
				h.journal.awaits(t, string(role)+" "+deed, denied)
			case h.journal.has(denied):
				t.Errorf("%s may not %s", role, deed)
			}
		}
		for deed, event := range map[string]audit.Event{"export": audit.Export, "pull": audit.Pull, "decide": audit.Decide} {
			done := func(e audit.Entry) bool { return e.Role == role && e.Event == event }
			if slices.Contains(strings.Fields(may), deed) {
				h.journal.awaits(t, string(role)+" "+deed, done)
			} else if h.journal.has(done) {
				t.Errorf("%s did %s", role, deed)
			}
		}
		undone := func(e audit.Entry) bool { return e.Role == role && e.Event == audit.Undone }
		if strings.Contains(may, "decide") {
			h.journal.awaits(t, string(role)+" undone", undone)
		} else if h.journal.has(undone) {
			t.Errorf("%s did decide", role)
		}
	}
}

// Row H07 and H08, by raw requests: nothing but a terminal and a shell.
func TestNothingButAShell(t *testing.T) {
	h := build(t, nil)
	c := h.as(store.RoleAdmin)
	for _, kind := range []string{"direct-tcpip", "forwarded-tcpip", "direct-streamlocal@openssh.com", "x11", "auth-agent@openssh.com", "tun@openssh.com", "made-up\x1b[2J"} {
		if ch, _, err := c.OpenChannel(kind, []byte(strings.Repeat("\x00", 64))); err == nil {
			_ = ch.Close()
			t.Errorf("channel %q was opened", kind)
		}
	}
	for _, kind := range []string{"tcpip-forward", "streamlocal-forward@openssh.com", "cancel-tcpip-forward", "no-more-sessions@openssh.com", "hostkeys-prove-00@openssh.com"} {
		if ok, _, err := c.SendRequest(kind, true, []byte(strings.Repeat("\x00", 64))); err != nil || ok {
			t.Errorf("request %s: %v %v", kind, ok, err)
		}
	}
	ch, reqs, err := c.OpenChannel("session", nil)
	if err != nil {
		t.Fatal(err)
	}
	go gossh.DiscardRequests(reqs)
	str := func(s string) []byte { return gossh.Marshal(struct{ S string }{s}) }
	for kind, payload := range map[string][]byte{
		"exec": str("id"), "subsystem": str("sftp"), "auth-agent-req@openssh.com": nil, "x11-req": []byte(strings.Repeat("\x00", 40)),
		"signal": str("KILL"), "break": {0, 0, 0, 1}, "window-change": make([]byte, 16), "xon-xoff": {1}, "made-up": nil,
		"env":     gossh.Marshal(struct{ K, V string }{"LD_PRELOAD", "/tmp/x.so"}),
		"pty-req": []byte("short"),
	} {
		if ok, err := ch.SendRequest(kind, true, payload); err != nil || ok {
			t.Errorf("%s: %v %v", kind, ok, err)
		}
	}
	if _, _, err := c.OpenChannel("session", nil); err == nil {
		t.Error("a second session was opened")
	}
	for _, what := range []string{"channel direct-tcpip", "channel x11", "channel session", "channel other", "request tcpip-forward", "request exec", "request subsystem", "request auth-agent-req@openssh.com"} {
		h.journal.awaits(t, what, func(e audit.Entry) bool { return e.Event == audit.Refused && e.What == what && e.Who == "admin" })
	}
}

// A client that only asks for what it cannot have is let go.
func TestEndlessRequestsEndTheConnection(t *testing.T) {
	h := build(t, nil)
	c := h.as(store.RoleOfficer)
	gone := make(chan struct{})
	go func() { _ = c.Wait(); close(gone) }()
	for range 200 {
		if _, _, err := c.SendRequest("tcpip-forward", true, nil); err != nil {
			break
		}
	}
	select {
	case <-gone:
	case <-time.After(5 * time.Second):
		t.Error("the connection is still there")
	}
}

// Row H17.
func TestARevokedKeyIsLetGo(t *testing.T) {
	h := build(t, nil)
	officer, director := open(t, h.as(store.RoleOfficer), 80, 24), open(t, h.as(store.RoleDirector), 80, 24)
	officer.shows("Overview")
	director.shows("Overview")
	var left []sshd.Key
	for _, k := range h.config.Keys.All() {
		if k.Role != store.RoleOfficer {
			left = append(left, k)
		}
	}
	keys, err := sshd.NewKeys(left)
	if err != nil {
		t.Fatal(err)
	}
	h.server.Use(keys)
	officer.ends()
	if !strings.Contains(officer.seen(), "may not log in any more") {
		t.Error("nothing was said")
	}
	h.journal.awaits(t, "the leaving", func(e audit.Entry) bool { return e.Event == audit.Logout && e.What == "revoked" && e.Who == "officer" })
	director.press("4")
	director.shows("overdue")
	if c, err := h.dial(h.signers[store.RoleOfficer]); err == nil {
		_ = c.Close()
		t.Error("the key logs in still")
	}
}

// A key that is given another role is not left with what it had.
func TestAnotherRoleIsAnotherSession(t *testing.T) {
	h := build(t, nil)
	s := open(t, h.as(store.RoleOfficer), 80, 24)
	s.shows("Overview")
	all := h.config.Keys.All()
	for i := range all {
		if all[i].Role == store.RoleOfficer {
			all[i].Role = store.RoleDisplay
		}
	}
	keys, err := sshd.NewKeys(all)
	if err != nil {
		t.Fatal(err)
	}
	h.server.Use(keys)
	s.ends()
}

func TestIdleSessionsEndAndDisplaysStay(t *testing.T) {
	h := build(t, func(h *house) { h.config.Limits.Idle = 1500 * time.Millisecond })
	display, officer := open(t, h.as(store.RoleDisplay), 80, 24), open(t, h.as(store.RoleOfficer), 80, 24)
	officer.shows("Overview")
	display.shows("Overview")
	officer.press("\x1b[?1;2c\x1b]11;rgb:0000/0000/0000\x07") // what a terminal answers is no press
	officer.ends()
	if !strings.Contains(officer.seen(), "logged out") {
		t.Error("nothing was said")
	}
	select {
	case <-display.done:
		t.Error("the display is gone")
	default:
	}
}

// Idleness goes by keys and by nothing else: bytes that a client sends, or is sent,
// keep nobody logged in.
func TestBytesAreNoPresses(t *testing.T) {
	h := build(t, func(h *house) { h.config.Limits.Idle = 1500 * time.Millisecond })
	c := h.as(store.RoleOfficer)
	s := open(t, c, 80, 24)
	s.shows("Overview")
	began := time.Now()
	for range 200 {
		_, gone := s.keys.Write([]byte("\x1b[?1;2c"))
		if err := s.ses.WindowChange(24, 80+int(time.Since(began)/time.Second)); gone != nil || err != nil {
			s.ends() // the server closes the channel, then says that it ended
			return
		}
		_, _, _ = c.SendRequest("keepalive@openssh.com", true, nil)
		select {
		case <-s.done:
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Error("the session goes on")
}

func TestSessionsAreCounted(t *testing.T) {
	h := build(t, func(h *house) { h.config.Limits.PerKey, h.config.Limits.Sessions = 2, 3 })
	for range 2 {
		open(t, h.as(store.RoleOfficer), 80, 24).shows("Overview")
	}
	third := open(t, h.as(store.RoleOfficer), 80, 24)
	third.ends()
	if !strings.Contains(third.seen(), "logged in too many times") {
		t.Errorf("said was %q", third.seen())
	}
	open(t, h.as(store.RoleDirector), 80, 24).shows("Overview")
	full := open(t, h.as(store.RoleDisplay), 80, 24)
	full.ends()
	if !strings.Contains(full.seen(), "full") {
		t.Errorf("said was %q", full.seen())
	}
	open(t, h.as(store.RoleAdmin), 80, 24).shows("Overview") // who keeps the server always gets in
	h.journal.awaits(t, "the refusal", func(e audit.Entry) bool { return e.Event == audit.Refused && e.What == "keyfull" })
}

// Row A03: nothing is taken out that cannot be put on record; views go on.
func TestAFullRecordRefusesExportsOnly(t *testing.T) {
	h := build(t, nil)
	s := open(t, h.as(store.RoleOfficer), 120, 40)
	s.shows("Enforcement") // the names of the pages are there before the figures
	h.journal.mu.Lock()
	h.journal.full = true
	h.journal.mu.Unlock()
	s.press("y")
	s.shows("not done, as it could not be put on record")
	if strings.Contains(s.seen(), "\x1b]52;") {
		t.Error("it was copied")
	}
	s.press("4")
	s.shows("overdue")
	open(t, h.as(store.RoleDirector), 80, 24).shows("Overview") // and log-ins
}

func TestWithoutATerminalNothingIsShown(t *testing.T) {
	h := build(t, nil)
	ses, err := h.as(store.RoleOfficer).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	ses.Stderr = &out
	if err := ses.Shell(); err != nil {
		t.Fatal(err)
	}
	_ = ses.Wait()
	if !strings.Contains(out.String(), "needs a terminal") {
		t.Errorf("said was %q", out.String())
	}
}

// Somebody who logs in and opens nothing holds a connection for ten seconds.
func TestALogInWithoutASessionEnds(t *testing.T) {
	h := build(t, func(h *house) { h.config.Limits.Handshake = 1200 * time.Millisecond })
	c := h.as(store.RoleOfficer)
	gone := make(chan struct{})
	go func() { _ = c.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-time.After(6 * time.Second):
		t.Error("the connection is still there")
	}
}

func TestStoppingSaysGoodbye(t *testing.T) {
	h := build(t, nil)
	s := open(t, h.as(store.RoleOfficer), 80, 24)
	s.shows("Overview")
	if err := h.stop(); err != nil {
		t.Fatal(err)
	}
	s.ends()
	if !strings.Contains(s.seen(), "being restarted") || !strings.Contains(s.seen(), "\x1b[?1049l") {
		t.Errorf("the screen was left as %q", s.seen()[max(0, len(s.seen())-300):])
	}
}
