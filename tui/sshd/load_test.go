package sshd_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// The load client: many sessions on a server of its own process, which .ci/load
// starts. JINDU_LOAD is its address, JINDU_LOAD_PID its process, JINDU_LOAD_KEY a
// private key that may log in, JINDU_LOAD_SESSIONS how many sessions there are.

// crowd is the sessions of a load.
type crowd struct {
	tb   testing.TB
	addr string
	key  gossh.Signer
	pid  string
	all  []*viewer
}

// viewer is one session of it.
type viewer struct {
	tap    *tap
	client *gossh.Client
	keys   interface{ Write([]byte) (int, error) }
	bytes  atomic.Int64
	mu     sync.Mutex
	waits  chan struct{} // closed by the next byte that comes; nil: nobody waits
	first  chan struct{} // closed by the first
	typed  int           // keys so far: each changes the page, so that there is a frame
}

// Write counts what comes.
func (v *viewer) Write(b []byte) (int, error) {
	if v.bytes.Add(int64(len(b))) == int64(len(b)) {
		close(v.first)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.waits != nil {
		close(v.waits)
		v.waits = nil
	}
	return len(b), nil
}

// join logs one session in from an address of its own.
func (c *crowd) join(i int) (*viewer, error) {
	from := &net.TCPAddr{IP: net.IPv4(127, 1, byte(i/200), byte(1+i%200))}
	conn, err := (&net.Dialer{LocalAddr: from, Timeout: 20 * time.Second}).DialContext(context.Background(), "tcp", c.addr)
	if err != nil {
		return nil, err
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetReadBuffer(16 << 10) // so that who does not read is noticed while it is measured
	}
	v := &viewer{tap: &tap{Conn: conn, gone: make(chan struct{})}, first: make(chan struct{})}
	sc, chans, reqs, err := gossh.NewClientConn(v.tap, c.addr, &gossh.ClientConfig{
		User: "load", Auth: []gossh.AuthMethod{gossh.PublicKeys(c.key)},
		HostKeyCallback: func(string, net.Addr, gossh.PublicKey) error { return nil },
	})
	if err != nil {
		return nil, err
	}
	v.client = gossh.NewClient(sc, chans, reqs)
	ses, err := v.client.NewSession()
	if err != nil {
		return nil, err
	}
	ses.Stdout = v
	if v.keys, err = ses.StdinPipe(); err != nil {
		return nil, err
	}
	_ = ses.Setenv("COLORTERM", "truecolor")
	if err := ses.RequestPty("xterm-256color", 40, 120, nil); err != nil {
		return nil, err
	}
	if err := ses.Shell(); err != nil {
		return nil, err
	}
	select {
	case <-v.first:
		return v, nil
	case <-time.After(20 * time.Second):
		return nil, fmt.Errorf("session %d: no frame", i)
	}
}

// press presses a key and returns how long its frame took.
func (v *viewer) press(key string) (time.Duration, bool) {
	came := make(chan struct{})
	v.mu.Lock()
	v.waits = came
	v.mu.Unlock()
	began := time.Now()
	if _, err := v.keys.Write([]byte(key)); err != nil {
		return 0, false
	}
	select {
	case <-came:
		return time.Since(began), true
	case <-time.After(10 * time.Second):
		return 10 * time.Second, true
	}
}

// process reads what the server has used: seconds of the processor, megabytes.
func (c *crowd) process() (cpu, memory float64) {
	stat, err := os.ReadFile("/proc/" + c.pid + "/stat")
	if err != nil {
		c.tb.Fatal(err)
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+2:]))
	for _, i := range []int{11, 12} {
		n, _ := strconv.ParseFloat(fields[i], 64)
		cpu += n / 100
	}
	status, err := os.ReadFile("/proc/" + c.pid + "/status")
	if err != nil {
		c.tb.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	n, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	return cpu, n / 1024
}

// told writes the spread of measured times.
func told(all []time.Duration) string {
	slices.Sort(all)
	at := func(q float64) time.Duration {
		return all[min(len(all)-1, int(q*float64(len(all))))].Round(100 * time.Microsecond)
	}
	return fmt.Sprintf("n %d  p50 %v  p95 %v  p99 %v  most %v", len(all), at(0.5), at(0.95), at(0.99), at(1))
}

// typing lets every session of a part press keys, one about each pause, for a while.
func (c *crowd) typing(part []*viewer, pause, long time.Duration) []time.Duration {
	var mu sync.Mutex
	var out []time.Duration
	var group sync.WaitGroup
	until := time.Now().Add(long)
	for i, v := range part {
		group.Go(func() {
			r := rand.New(rand.NewPCG(7, uint64(i)))
			for {
				time.Sleep(time.Duration(float64(pause) * (0.5 + r.Float64())))
				if time.Now().After(until) {
					return
				}
				v.typed++
				if took, ok := v.press([]string{"1", "2", "3", "4"}[v.typed%4]); ok {
					mu.Lock()
					out = append(out, took)
					mu.Unlock()
				}
			}
		})
	}
	group.Wait()
	return out
}

// idle counts the bytes of a stretch in which nothing changes: it lies within a
// minute of the clock.
func (c *crowd) idle() {
	const stretch = 45 * time.Second
	if second := time.Now().Second(); second > 60-int(stretch/time.Second)-4 {
		time.Sleep(time.Duration(62-second) * time.Second)
	}
	time.Sleep(2 * time.Second)
	before := make([]int64, len(c.all))
	for i, v := range c.all {
		before[i] = v.bytes.Load()
	}
	cpu, _ := c.process()
	time.Sleep(stretch)
	after, memory := c.process()
	sum, busy := int64(0), 0
	for i, v := range c.all {
		if d := v.bytes.Load() - before[i]; d > 0 {
			sum, busy = sum+d, busy+1
		}
	}
	c.tb.Logf("idle %v: %d bytes to %d of %d sessions; server %.3f of a core, %.0f MB", stretch, sum, busy, len(c.all), (after-cpu)/stretch.Seconds(), memory)
}

// crowding logs many in at once and returns how long each took to its first frame.
func (c *crowd) crowding(n, from int) []time.Duration {
	times := make([]time.Duration, n)
	viewers := make([]*viewer, n)
	start := make(chan struct{})
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() {
			<-start
			began := time.Now()
			v, err := c.join(from + i)
			if err != nil {
				c.tb.Error(err)
				return
			}
			times[i], viewers[i] = time.Since(began), v
		})
	}
	close(start)
	group.Wait()
	c.all = append(c.all, slices.DeleteFunc(viewers, func(v *viewer) bool { return v == nil })...)
	return times
}

func TestLoad(t *testing.T) {
	addr := os.Getenv("JINDU_LOAD")
	if addr == "" {
		t.Skip("a load is measured by .ci/load")
	}
	private, err := os.ReadFile(os.Getenv("JINDU_LOAD_KEY"))
	if err != nil {
		t.Fatal(err)
	}
	key, err := gossh.ParsePrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	sessions, err := strconv.Atoi(os.Getenv("JINDU_LOAD_SESSIONS"))
	if err != nil {
		sessions = 200
	}
	c := &crowd{tb: t, addr: addr, key: key, pid: os.Getenv("JINDU_LOAD_PID")}
	one, err := c.join(9999)
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(2 * time.Second)
	_, alone := c.process()
	t.Logf("%d log-ins at once, to the first frame: %s", sessions*3/2, told(c.crowding(sessions*3/2, 0)))
	time.Sleep(3 * time.Second)
	_, full := c.process()
	t.Logf("memory: %.0f MB with one session, %.0f MB with %d: %.2f MB each", alone, full, len(c.all)+1, (full-alone)/float64(len(c.all)))
	for _, v := range c.all[sessions-1:] {
		_ = v.client.Close()
	}
	c.all = append(c.all[:sessions-1], one)
	time.Sleep(3 * time.Second)
	cpu, _ := c.process()
	t.Logf("%d sessions, a key each about 4 s, to the frame: %s", sessions, told(c.typing(c.all, 4*time.Second, 40*time.Second)))
	after, _ := c.process()
	t.Logf("meanwhile the server used %.2f of a core", (after-cpu)/40)
	c.idle()
	deaf := c.all[:50]
	for _, v := range deaf {
		v.tap.shut.Store(true)
		go func() {
			for i := range 70 { // so that there is something that is not read
				if _, err := v.keys.Write([]byte{"4123"[i%4]}); err != nil {
					return
				}
				time.Sleep(400 * time.Millisecond)
			}
		}()
	}
	t.Logf("50 that do not read beside them: %s", told(c.typing(c.all[50:], 4*time.Second, 30*time.Second)))
	for _, v := range c.all {
		_ = v.tap.Close()
	}
	time.Sleep(4 * time.Second)
	_, memory := c.process()
	files, _ := os.ReadDir("/proc/" + c.pid + "/fd")
	t.Logf("when all have gone: %.0f MB, %d descriptors", memory, len(files))
}
