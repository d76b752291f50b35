package sshd_test

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"

	"jindu/store"
	"jindu/store/audit"
	"jindu/tui/sshd"
)

// from dials from another address of this machine.
func from(tb testing.TB, addr, to string) (net.Conn, error) {
	tb.Helper()
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(addr)}, Timeout: 5 * time.Second}
	return d.DialContext(tb.Context(), "tcp", to)
}

// logIn logs in from an address.
func (h *house) logIn(addr string, s gossh.Signer) (*gossh.Client, error) {
	c, err := from(h.tb, addr, h.addr)
	if err != nil {
		return nil, err
	}
	_ = c.SetDeadline(time.Now().Add(10 * time.Second))
	conn, chans, reqs, err := gossh.NewClientConn(c, h.addr, &gossh.ClientConfig{
		User: "board", Auth: []gossh.AuthMethod{gossh.PublicKeys(s)}, HostKeyCallback: gossh.FixedHostKey(h.host.PublicKey()),
	})
	if err != nil {
		_ = c.Close()
		return nil, err
	}
	_ = c.SetDeadline(time.Time{})
	return gossh.NewClient(conn, chans, reqs), nil
}

// elsewhere skips where one address of this machine is all that there is.
func elsewhere(t *testing.T) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has all of 127.0.0.0/8")
	}
}

// Row H05: those who do not get on with their handshake hold twenty places at most,
// never all of them, and not for long.
func TestHalfOpenConnections(t *testing.T) {
	elsewhere(t)
	h := build(t, func(h *house) { h.config.Limits.Handshake, h.config.Limits.PerAddress = 3*time.Second, 64 })
	inside := open(t, h.as(store.RoleOfficer), 80, 24)
	inside.shows("Overview")
	before := descriptors(t)
	var held []net.Conn
	for i := range 1000 {
		c, err := from(t, "127.0.1."+strconv.Itoa(1+i%7), h.addr)
		if err != nil {
			continue
		}
		held = append(held, c)
		if i%50 == 0 {
			if n, _ := h.server.Shaking(); n > 20 {
				t.Fatalf("%d handshakes are under way", n)
			}
		}
	}
	if _, calls := h.server.Shaking(); calls > 7*64+1 {
		t.Errorf("%d connections are held", calls)
	}
	began := time.Now()
	c, err := h.logIn("127.0.2.1", h.signers[store.RoleDirector])
	if err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("a log-in took %v", took)
	}
	open(t, c, 80, 24).shows("Overview")
	inside.press("4")
	inside.shows("overdue")
	eventually(t, "they are gone", func() bool { n, calls := h.server.Shaking(); return n == 0 || calls < 10 })
	for _, c := range held {
		_ = c.Close()
	}
	_ = c.Close()
	eventually(t, "descriptors are back", func() bool { return descriptors(t) <= before+2 })
}

// Row H06: an address that keeps trying waits longer and longer; others do not.
func TestTryingKeysCostsTime(t *testing.T) {
	elsewhere(t)
	h := build(t, nil)
	unread := 0
	for range 40 {
		if _, err := h.logIn("127.0.3.1", signer(t)); err == nil {
			t.Fatal("an unknown key logs in")
		} else if strings.Contains(err.Error(), "reset") || strings.Contains(err.Error(), "EOF") {
			unread++
		}
	}
	if unread < 30 {
		t.Errorf("only %d of 40 tries were turned away unread", unread)
	}
	if _, err := h.logIn("127.0.3.1", h.signers[store.RoleAdmin]); err == nil {
		t.Error("the address is let in still")
	}
	c, err := h.logIn("127.0.3.2", h.signers[store.RoleOfficer])
	if err != nil {
		t.Fatalf("another address: %v", err)
	}
	_ = c.Close()
	h.journal.awaits(t, "the refusal", func(e audit.Entry) bool { return e.Event == audit.Refused && e.From == "127.0.3.1" })
	if err := h.stop(); err != nil {
		t.Fatal(err)
	}
	lines, tries := 0, 0
	for _, e := range h.journal.all {
		if e.Event == audit.Refused {
			lines++
			tries += max(1, e.Count)
		}
	}
	if lines > 5 || tries != 41 {
		t.Errorf("%d lines for %d tries", lines, tries)
	}
}

func TestPenaltiesGrow(t *testing.T) {
	waits := sshd.Penalties(20, time.Unix(1e9, 0))
	if waits[0] != 0 || waits[1] != 0 {
		t.Errorf("the first failures cost %v", waits[:2])
	}
	if !slices.IsSorted(waits) || waits[5] == 0 || waits[19] != 10*time.Minute {
		t.Errorf("the waits are %v", waits)
	}
}

// Row H09.
func TestWindowsAreClamped(t *testing.T) {
	for _, c := range [][4]uint32{
		{0, 0, 80, 24}, {1, 1, 20, 10}, {1_000_000, 1_000_000, 500, 200}, {1<<32 - 1, 1<<32 - 1, 500, 200}, {120, 40, 120, 40}, {0, 50, 80, 24}, {1 << 31, 30, 500, 30},
	} {
		if w, h := sshd.SizeOf(c[0], c[1]); w != int(c[2]) || h != int(c[3]) {
			t.Errorf("%d x %d is taken as %d x %d", c[0], c[1], w, h)
		}
	}
	h := build(t, nil)
	s := open(t, h.as(store.RoleOfficer), 0, 0)
	s.shows("Overview")
	for i := range 300 { // as fast as it goes
		size := []int{0, 1, 1 << 30, 120, 60}[i%5]
		if err := s.ses.WindowChange(size, size); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.ses.WindowChange(40, 120); err != nil {
		t.Fatal(err)
	}
	s.press("?")
	s.shows("jindu")
	s.press("\x1bq")
}

// Row H09 once more: a window that is dragged for two seconds costs less than a core,
// and the last size is the one that is drawn.
func TestAHundredResizesASecond(t *testing.T) {
	h := build(t, nil)
	s := open(t, h.as(store.RoleOfficer), 120, 40)
	s.shows("Overview")
	began, used := time.Now(), processorTime(t)
	for i := range 200 {
		if err := s.ses.WindowChange(24+i%30, 80+i%100); err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
	}
	took := time.Since(began)
	if share := float64(processorTime(t)-used) / float64(took); share > 1 {
		t.Errorf("%.2f of a core", share)
	} else {
		t.Logf("200 sizes in %v: %.2f of a core, the client's part too", took.Round(10*time.Millisecond), share)
	}
	had := len(s.seen())
	if err := s.ses.WindowChange(12, 40); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the last size", func() bool { return len(s.seen()) > had })
	s.press("4")
	s.shows("overdue")
}

// processorTime is what this process has used of its processors.
func processorTime(tb testing.TB) time.Duration {
	tb.Helper()
	data, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		tb.Skip("only Linux tells what a process has used")
	}
	fields := strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+2:]))
	ticks := 0
	for _, i := range []int{11, 12} {
		n, err := strconv.Atoi(fields[i])
		if err != nil {
			tb.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}

// Row H10.
func TestTerminalsAreKnownOrPlain(t *testing.T) {
	for name, want := range map[string]string{
		"xterm-256color": "xterm-256color", "tmux-256color": "tmux-256color", "linux": "linux", "xterm-kitty": "xterm-kitty",
		"": "vt100", "dumb": "vt100", "unknown": "vt100", "xterm\x1b]0;x\x07": "vt100", "XTERM": "vt100", "xterm\x00": "vt100",
		"xterm" + strings.Repeat("x", 4096): "vt100", "../../etc/passwd": "vt100", "xterm %n%s": "vt100",
	} {
		if got := sshd.CleanTerm(name); got != want {
			t.Errorf("%.30q is taken as %q", name, got)
		}
	}
	h := build(t, nil)
	for _, term := range []string{strings.Repeat("A", 4096), "\x1b]52;c;aGVsbG8=\x07", "\x1b[6n", "dumb"} {
		ses, err := h.as(store.RoleOfficer).NewSession()
		if err != nil {
			t.Fatal(err)
		}
		out := &lockedText{}
		ses.Stdout = out
		_ = ses.Setenv("LC_ALL", term) // refused, as all that is not about colours
		if err := ses.RequestPty(term, 24, 80, nil); err != nil {
			t.Fatal(err)
		}
		if err := ses.Shell(); err != nil {
			t.Fatal(err)
		}
		eventually(t, "the board", func() bool { return strings.Contains(out.String(), "Overview") })
		if len(term) > 4 && strings.Contains(out.String(), term) {
			t.Errorf("%.20q comes back", term)
		}
		if strings.Contains(out.String(), "38;2;") {
			t.Error("a plain terminal got colours")
		}
		_ = ses.Close()
	}
}

// torrent is a model that never stands still.
type torrent struct{ w, h, n int }

type drop struct{}

func (torrent) Init() tea.Cmd { return func() tea.Msg { return drop{} } }

func (m torrent) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
	case drop:
		m.n++
		return m, tea.Tick(20*time.Millisecond, func(time.Time) tea.Msg { return drop{} })
	}
	return m, nil
}

func (m torrent) View() tea.View {
	var b strings.Builder
	r := rand.New(rand.NewPCG(1, uint64(m.n)))
	for y := range m.h {
		if y > 0 {
			b.WriteByte('\n')
		}
		for range m.w {
			b.WriteByte(byte('a' + r.IntN(26)))
		}
	}
	return tea.NewView(b.String())
}

// tap is a connection whose client stops reading when it is told to.
type tap struct {
	net.Conn
	shut atomic.Bool
	gone chan struct{}
}

func (c *tap) Read(b []byte) (int, error) {
	if c.shut.Load() {
		<-c.gone
		return 0, net.ErrClosed
	}
	return c.Conn.Read(b)
}

// Row H12: clients that stop reading are let go, keep nothing, and slow nobody.
func TestClientsThatDoNotReadAreLetGo(t *testing.T) {
	h := build(t, func(h *house) {
		h.config.Limits.Stall, h.config.Limits.PerKey = 1200*time.Millisecond, 100
		board := h.config.Open
		h.config.Open = func(ctx context.Context, v sshd.Visitor) tea.Model {
			if v.Key.Role == store.RoleDisplay {
				return torrent{}
			}
			return board(ctx, v)
		}
	})
	reading := open(t, h.as(store.RoleOfficer), 120, 40)
	reading.shows("Overview")
	gone := make(chan struct{})
	var taps []*tap
	deaf := 50
	if testing.Short() { // as with the race detector, which makes each ten times as dear
		deaf = 8
	}
	for range deaf {
		c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", h.addr)
		if err != nil {
			t.Fatal(err)
		}
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetReadBuffer(16 << 10) // the kernel would read megabytes for them
		}
		one := &tap{Conn: c, gone: gone}
		conn, chans, reqs, err := gossh.NewClientConn(one, h.addr, &gossh.ClientConfig{
			User: "wall", Auth: []gossh.AuthMethod{gossh.PublicKeys(h.signers[store.RoleDisplay])}, HostKeyCallback: gossh.FixedHostKey(h.host.PublicKey()),
		})
		if err != nil {
			t.Fatal(err)
		}
		forget(t, gossh.NewClient(conn, chans, reqs))
		taps = append(taps, one)
	}
	eventually(t, "all are there", func() bool { return h.server.Sessions() == deaf+1 })
	heap := heapInUse()
	for _, one := range taps {
		one.shut.Store(true)
	}
	var took []time.Duration
	for i, until := 0, time.Now().Add(3*time.Second); time.Now().Before(until); i++ {
		began := time.Now()
		had := len(reading.seen())
		reading.press([]string{"j", "k"}[i%2])
		eventually(t, "a frame", func() bool { return len(reading.seen()) > had })
		took = append(took, time.Since(began))
		time.Sleep(40 * time.Millisecond) // faster than a hand, and keys would be dropped
	}
	most := heapInUse()
	slices.Sort(took)
	p95 := took[len(took)*95/100]
	t.Logf("%d keys beside %d that do not read: p95 %v; heap %d kB, then %d kB", len(took), deaf, p95, heap>>10, most>>10)
	if p95 > time.Second {
		t.Errorf("keys take %v at p95", p95)
	}
	if most > heap+16<<20 {
		t.Errorf("the heap went from %d to %d kB", heap>>10, most>>10)
	}
	eventually(t, "they are gone", func() bool { return h.server.Sessions() == 1 })
	h.journal.awaits(t, "why", func(e audit.Entry) bool { return e.Event == audit.Logout && e.What == "stalled" })
	close(gone)
	for _, one := range taps {
		_ = one.Close()
	}
}

// forget opens a board whose frames nobody keeps.
func forget(tb testing.TB, c *gossh.Client) {
	tb.Helper()
	ses, err := c.NewSession()
	if err != nil {
		tb.Fatal(err)
	}
	ses.Stdout = io.Discard
	if err := errors.Join(ses.RequestPty("xterm-256color", 30, 100, nil), ses.Shell()); err != nil {
		tb.Fatal(err)
	}
}

// heapInUse is what is live of the heap.
func heapInUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// A hand that is a machine is slowed down to a hand.
func TestFloodsOfKeysAreDropped(t *testing.T) {
	var updates atomic.Int64
	h := build(t, func(h *house) {
		h.config.Open = func(context.Context, sshd.Visitor) tea.Model { return counting{&updates} }
	})
	s := open(t, h.as(store.RoleOfficer), 80, 24)
	s.shows("here")
	for until := time.Now().Add(time.Second); time.Now().Before(until); {
		_, _ = s.keys.Write([]byte(strings.Repeat("j", 500)))
	}
	if n := updates.Load(); n > 400 || n < 50 {
		t.Errorf("%d keys got through in a second", n)
	}
}

type counting struct{ n *atomic.Int64 }

func (counting) Init() tea.Cmd { return nil }

func (m counting) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		m.n.Add(1)
	}
	return m, nil
}

func (counting) View() tea.View { return tea.NewView("here") }

// descriptors counts the open files of this process.
func descriptors(tb testing.TB) int {
	tb.Helper()
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(list)
}

// disconnects is how many times clients break off; 10,000 by
// JINDU_DISCONNECTS=10000 go test ./tui/sshd -run Abrupt -timeout 1h.
func disconnects() int {
	if n, err := strconv.Atoi(os.Getenv("JINDU_DISCONNECTS")); err == nil {
		return n
	}
	return 160
}

// Row H13: nothing is left of clients that break off, at whatever point.
func TestAbruptDisconnectsLeaveNothing(t *testing.T) {
	h := build(t, func(h *house) { h.config.Limits.PerKey = 1000 })
	breakOff := func(i int) {
		c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", h.addr)
		if err != nil {
			return
		}
		defer func() {
			if tcp, ok := c.(*net.TCPConn); ok {
				_ = tcp.SetLinger(0)
			}
			_ = c.Close()
		}()
		switch i % 4 {
		case 0:
			return
		case 1:
			_, _ = io.WriteString(c, "SSH-2.0-x\r\n\x00\x00\x01")
			return
		}
		conn, chans, reqs, err := gossh.NewClientConn(c, h.addr, &gossh.ClientConfig{
			User: "board", Auth: []gossh.AuthMethod{gossh.PublicKeys(h.signers[store.Roles()[i/4%4]])}, HostKeyCallback: gossh.FixedHostKey(h.host.PublicKey()),
		})
		if err != nil || i%4 == 2 {
			return
		}
		ses, err := gossh.NewClient(conn, chans, reqs).NewSession()
		if err != nil {
			return
		}
		_ = ses.RequestPty("xterm", 24, 80, nil)
		_ = ses.Shell()
		time.Sleep(time.Duration(i%5) * 10 * time.Millisecond)
	}
	for i := range 40 {
		breakOff(i)
	}
	settle := func() (int, int) { runtime.GC(); return runtime.NumGoroutine(), descriptors(t) }
	eventually(t, "the first are gone", func() bool { return h.server.Sessions() == 0 })
	time.Sleep(300 * time.Millisecond)
	goroutines, files := settle()
	total := disconnects()
	var group sync.WaitGroup
	var next atomic.Int64
	for range 8 {
		group.Go(func() {
			for i := next.Add(1); i <= int64(total); i = next.Add(1) {
				breakOff(int(i))
			}
		})
	}
	group.Wait()
	eventually(t, "all are gone", func() bool {
		_, calls := h.server.Shaking()
		g, f := settle()
		return calls == 0 && h.server.Sessions() == 0 && g <= goroutines+4 && f <= files+1
	})
	g, f := settle()
	t.Logf("%d disconnects: %d goroutines and %d descriptors, %d and %d before", total, g, f, goroutines, files)
}
