package sshd_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"io"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
	"pgregory.net/rapid"

	"jindu/store"
	"jindu/store/audit"
	"jindu/tui/sshd"
)

// program finds a client, or skips the test and says so.
func program(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed: apt-get install openssh-client dropbear-bin", name)
	}
	return path
}

// Row H01, with the real client: it offers the director's key, of which it has the
// public half alone, and then logs in with the display's.
func TestAKeyThatWasOnlyOfferedDecidesNothing(t *testing.T) {
	client := program(t, "ssh")
	h := build(t, nil)
	dir := t.TempDir()
	identity := func(name string, private bool) string {
		public, secret := pair(t)
		path := filepath.Join(dir, name)
		write(t, path+".pub", public)
		if !private {
			secret = []byte("no private key\n") // the client finds out when it is to sign
		}
		write(t, path, secret)
		return path
	}
	director, display := identity("director", false), identity("display", true)
	var keys []sshd.Key
	for _, one := range []struct {
		file string
		role store.Role
	}{{director, store.RoleDirector}, {display, store.RoleDisplay}} {
		data, err := os.ReadFile(one.file + ".pub")
		if err != nil {
			t.Fatal(err)
		}
		k, err := sshd.ParseKey(data, string(one.role), one.role, "", "")
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, k)
	}
	list, err := sshd.NewKeys(keys)
	if err != nil {
		t.Fatal(err)
	}
	h.server.Use(list)
	host, port, _ := net.SplitHostPort(h.addr)
	cmd := exec.CommandContext(t.Context(), client, "-tt", "-F", "none", "-p", port, "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none",
		"-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile="+os.DevNull, "-i", director, "-i", display, "-vv", "board@"+host)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	var said lockedText
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	h.journal.awaits(t, "the log-in", func(e audit.Entry) bool { return e.Event == audit.Login })
	if _, err := io.WriteString(in, "/"); err != nil {
		t.Fatal(err)
	}
	h.journal.awaits(t, "the refusal", func(e audit.Entry) bool { return e.Event == audit.Denied && e.Role == store.RoleDisplay })
	_, _ = io.WriteString(in, "q")
	_ = cmd.Wait()
	if !strings.Contains(said.String(), "Server accepts key: "+director) {
		t.Errorf("the director's key was not offered first:\n%s", said.String())
	}
	if h.journal.has(func(e audit.Entry) bool { return e.Role == store.RoleDirector }) {
		t.Error("the director was there")
	}
}

// A client asks for a terminal and a command at once, and takes the answers in order.
func TestAnswersComeInOrder(t *testing.T) {
	client := program(t, "ssh")
	h := build(t, nil)
	public, secret := pair(t)
	path := filepath.Join(t.TempDir(), "key")
	write(t, path, secret)
	k, err := sshd.ParseKey(public, "duty", store.RoleOfficer, "", "")
	if err != nil {
		t.Fatal(err)
	}
	list, err := sshd.NewKeys([]sshd.Key{k})
	if err != nil {
		t.Fatal(err)
	}
	h.server.Use(list)
	host, port, _ := net.SplitHostPort(h.addr)
	for range 5 {
		out, _ := exec.CommandContext(t.Context(), client, "-tt", "-F", "none", "-p", port, "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none",
			"-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile="+os.DevNull, "-i", path, "board@"+host, "id").CombinedOutput()
		if text := string(out); !strings.Contains(text, "exec request failed") || strings.Contains(text, "PTY allocation") {
			t.Fatalf("ssh says %q", text)
		}
	}
}

// Rows H07 and H08 with the real client: what it can be asked for beside a shell is
// refused, and on record.
func TestTheRealClientGetsNothingElse(t *testing.T) {
	client := program(t, "ssh")
	h := build(t, nil)
	public, secret := pair(t)
	path := filepath.Join(t.TempDir(), "key")
	write(t, path, secret)
	k, err := sshd.ParseKey(public, "duty", store.RoleAdmin, "", "")
	if err != nil {
		t.Fatal(err)
	}
	list, err := sshd.NewKeys([]sshd.Key{k})
	if err != nil {
		t.Fatal(err)
	}
	h.server.Use(list)
	host, port, _ := net.SplitHostPort(h.addr)
	own := []string{
		"-F", "none", "-o", "Port=" + port, "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "BatchMode=yes",
		"-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=" + os.DevNull, "-i", path,
	}
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, []byte("x"))
	for what, command := range map[string][]string{
		"request tcpip-forward":                   {client, "-N", "-o", "ExitOnForwardFailure=yes", "-R", "9:127.0.0.1:9", "board@" + host},
		"request streamlocal-forward@openssh.com": {client, "-N", "-o", "ExitOnForwardFailure=yes", "-R", "/tmp/none:127.0.0.1:9", "board@" + host},
		"channel direct-tcpip":                    {client, "-W", "127.0.0.1:9", "board@" + host},
		"request subsystem":                       {"sftp", "board@" + host},
		"request exec":                            {"scp", "-O", file, "board@" + host + ":x"},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		args := append(append([]string{}, own...), command[1:]...)
		if out, err := exec.CommandContext(ctx, command[0], args...).CombinedOutput(); err == nil {
			t.Errorf("%v: %s", command, out)
		}
		cancel()
		h.journal.awaits(t, what, func(e audit.Entry) bool { return e.Event == audit.Refused && e.What == what && e.Who == "duty" })
	}
}

// The small client of routers and old machines gets in, and no further either.
func TestDropbear(t *testing.T) {
	client, maker := program(t, "dbclient"), program(t, "dropbearkey")
	h := build(t, nil)
	path := filepath.Join(t.TempDir(), "key")
	if out, err := exec.CommandContext(t.Context(), maker, "-t", "ed25519", "-f", path).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	out, err := exec.CommandContext(t.Context(), maker, "-y", "-f", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	_, public, _ := strings.Cut(string(out), "ssh-ed25519 ")
	public, _, _ = strings.Cut(public, "\n")
	k, err := sshd.ParseKey([]byte("ssh-ed25519 "+public), "router", store.RoleDirector, "", "")
	if err != nil {
		t.Fatal(err)
	}
	list, err := sshd.NewKeys([]sshd.Key{k})
	if err != nil {
		t.Fatal(err)
	}
	h.server.Use(list)
	host, port, _ := net.SplitHostPort(h.addr)
	for _, more := range [][]string{{"id"}, {"-s", "sftp"}, {"-N", "-R", "9:127.0.0.1:9"}} {
		args := append([]string{"-y", "-y", "-i", path, "-p", port}, more[:len(more)-1]...)
		args = append(args, "board@"+host, more[len(more)-1])
		if more[0] == "-N" {
			args = append([]string{"-y", "-y", "-i", path, "-p", port}, append(more, "board@"+host)...)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 1200*time.Millisecond)
		_ = exec.CommandContext(ctx, client, args...).Run()
		cancel()
	}
	for _, what := range []string{"request exec", "request subsystem", "request tcpip-forward"} {
		h.journal.awaits(t, what, func(e audit.Entry) bool { return e.Event == audit.Refused && e.What == what && e.Who == "router" })
	}
}

// Row H02: whatever was offered in whichever order, and whichever answer the library
// gives back, the role is that of the key that has signed.
func TestTheRoleIsThatOfTheKeyThatSigned(t *testing.T) {
	h := build(t, nil)
	var publics []gossh.PublicKey
	var roles []store.Role
	var keys []sshd.Key
	for i := range 50 {
		s := signer(t)
		role := store.Roles()[i%4]
		publics, roles = append(publics, s.PublicKey()), append(roles, role)
		if i < 40 { // ten are unknown
			keys = append(keys, keyFor(t, s, strings.Repeat("x", i+1)[:min(i+1, 30)]+string(rune('a'+i%26))+string(rune('a'+i/26)), role))
		}
	}
	list, err := sshd.NewKeys(keys)
	if err != nil {
		t.Fatal(err)
	}
	h.server.Use(list)
	tried := 0
	rapid.Check(t, func(r *rapid.T) {
		for range 1000 { // 100 checks of rapid's: 100,000 log-ins
			tried++
			a := h.server.Attempt()
			offered := rapid.SliceOfN(rapid.IntRange(0, 49), 1, 6).Draw(r, "offered")
			for _, i := range offered {
				if a.Offer(publics[i]) != (i < 40) {
					r.Fatalf("key %d", i)
				}
			}
			last := offered[len(offered)-1]
			other := offered[0]
			if role, ok := a.Sign(publics[last], publics[last]); ok != (last < 40) || ok && role != roles[last] {
				r.Fatalf("key %d came in as %q, %v", last, role, ok)
			}
			if role, ok := a.Sign(publics[last], publics[other]); ok && (other != last || role != roles[last]) {
				r.Fatalf("key %d came in as %q by the answer to key %d", last, role, other)
			}
		}
	})
	t.Logf("%d log-ins", tried)
}

// Row H03.
func TestPublicKeysOnly(t *testing.T) {
	h := build(t, nil)
	methods := []gossh.AuthMethod{
		gossh.Password("secret"),
		gossh.KeyboardInteractive(func(string, string, []string, []bool) ([]string, error) { return []string{"secret"}, nil }),
	}
	for _, auth := range append(methods, nil) {
		cfg := &gossh.ClientConfig{User: "root", HostKeyCallback: gossh.FixedHostKey(h.host.PublicKey())}
		if auth != nil {
			cfg.Auth = []gossh.AuthMethod{auth}
		}
		c, err := gossh.Dial("tcp", h.addr, cfg)
		if err == nil {
			_ = c.Close()
			t.Fatalf("%T logs in", auth)
		}
	}
	client := program(t, "ssh")
	host, port, _ := net.SplitHostPort(h.addr)
	out, _ := exec.CommandContext(t.Context(), client, "-F", "none", "-p", port, "-o", "PreferredAuthentications=none", "-o", "StrictHostKeyChecking=no",
		"-o", "UserKnownHostsFile="+os.DevNull, "root@"+host).CombinedOutput()
	if !strings.Contains(string(out), "Permission denied (publickey).") {
		t.Errorf("what may be tried is told as %s", out)
	}
}

// Row H04: what is weak, or costs work, is refused quickly.
func TestOddKeysAreRefused(t *testing.T) {
	h := build(t, nil)
	odd := map[string]gossh.Signer{"unknown": signer(t)}
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err == nil {
		odd["rsa 1024"] = mustSigner(t, small)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	odd["ecdsa"] = mustSigner(t, curve)
	odd["rsa 16384"] = hugeRSA(t, 16384)
	odd["rsa 130000"] = hugeRSA(t, 130000)
	for name, s := range odd {
		began := time.Now()
		if c, err := h.dial(s); err == nil {
			_ = c.Close()
			t.Errorf("%s logs in", name)
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
	number := func(bits int) *big.Int { return new(big.Int).SetBit(big.NewInt(1), bits-1, 1) }
	type rsaWire struct {
		Name string
		E, N *big.Int
	}
	for name, one := range map[string]struct {
		wire any
		code string
	}{
		"rsa 1024": {rsaWire{"ssh-rsa", big.NewInt(65537), number(1024)}, "key_weak"},
		"rsa 9000": {rsaWire{"ssh-rsa", big.NewInt(65537), number(9000)}, "key_weak"},
		"rsa 3072": {rsaWire{"ssh-rsa", big.NewInt(65537), number(3072)}, ""},
		"dsa": {struct {
			Name       string
			P, Q, G, Y *big.Int
		}{"ssh-dss", number(1024), number(160), big.NewInt(2), big.NewInt(4)}, "key_kind"},
	} {
		public, err := gossh.ParsePublicKey(gossh.Marshal(one.wire))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		_, err = sshd.ParseKey(gossh.MarshalAuthorizedKey(public), name, store.RoleAdmin, "", "")
		if code := store.ErrorCode(err); code != one.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Row H11.
func TestAUserNameGoesNowhere(t *testing.T) {
	h := build(t, nil)
	for _, user := range []string{"\x1b]0;x\x07\x1b[2J", "a\nb", "a\x00b", strings.Repeat("x", 60<<10)} {
		c, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{
			User: user, Auth: []gossh.AuthMethod{gossh.PublicKeys(h.signers[store.RoleDirector])}, HostKeyCallback: gossh.FixedHostKey(h.host.PublicKey()),
		})
		if err != nil {
			continue // refused is as good
		}
		s := open(t, c, 80, 24)
		s.shows("Overview")
		if strings.Contains(s.seen(), user) {
			t.Errorf("%.20q is on the screen", user)
		}
		_ = c.Close()
	}
	h.journal.mu.Lock()
	defer h.journal.mu.Unlock()
	for _, e := range h.journal.all {
		if e.Who != "director" {
			t.Errorf("on record is %+v", e)
		}
	}
}

// An address that a key is bound to holds at every log-in.
func TestAKeyComesFromItsAddress(t *testing.T) {
	h := build(t, nil)
	for from, may := range map[string]bool{"127.0.0.0/8": true, "10.9.8.7,127.0.0.1": true, "10.9.8.7": false} {
		s := signer(t)
		k, err := sshd.ParseKey(gossh.MarshalAuthorizedKey(s.PublicKey()), "wall", store.RoleDisplay, from, "")
		if err != nil {
			t.Fatal(err)
		}
		list, err := sshd.NewKeys([]sshd.Key{k})
		if err != nil {
			t.Fatal(err)
		}
		h.server.Use(list)
		c, err := h.dial(s)
		if (err == nil) != may {
			t.Errorf("from %s: %v", from, err)
		}
		if err == nil {
			_ = c.Close()
		}
	}
}

// Row H14: what is negotiated names the countermeasure, and no cipher without
// authentication of its own.
func TestWhatIsNegotiated(t *testing.T) {
	h := build(t, nil)
	c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", h.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(5 * time.Second))
	if _, err := io.WriteString(c, "SSH-2.0-test\r\n"); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	buf := make([]byte, 8192)
	for !strings.Contains(said.String(), "kex-strict-s-v00@openssh.com") {
		n, err := c.Read(buf)
		if err != nil {
			t.Fatalf("%v after %q", err, said.String())
		}
		said.Write(buf[:n])
	}
	if !strings.HasPrefix(said.String(), "SSH-2.0-jindu\r\n") {
		t.Errorf("it calls itself %.40q", said.String())
	}
	for _, weak := range []string{"-cbc", "-ctr", "hmac-sha1", "group14", "group1-", "ssh-dss", "arcfour", "hmac-sha2-512", "ssh-rsa"} {
		if strings.Contains(said.String(), weak) {
			t.Errorf("%s is offered", weak)
		}
	}
	for _, cipher := range []string{"aes128-cbc", "aes256-ctr", "3des-cbc"} {
		_, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{
			Config: gossh.Config{Ciphers: []string{cipher}}, User: "x", Auth: []gossh.AuthMethod{gossh.PublicKeys(h.signers[store.RoleAdmin])},
			HostKeyCallback: gossh.FixedHostKey(h.host.PublicKey()),
		})
		var no *gossh.AlgorithmNegotiationError
		if err == nil || !errors.As(err, &no) && !strings.Contains(err.Error(), "unsupported") {
			t.Errorf("%s: %v", cipher, err)
		}
	}
}

func TestListsOfKeysAreReadStrictly(t *testing.T) {
	line := strings.TrimSpace(string(gossh.MarshalAuthorizedKey(signer(t).PublicKey())))
	for text, code := range map[string]string{
		"":                                   "",
		"# nothing\n\n":                      "",
		`role="officer",name="duty" ` + line: "",
		`role="officer",name="duty",from="10.0.0.0/8,192.168.1.2" ` + line: "",
		`role="officer" ` + line:                                                   "key_line",
		`role="boss",name="x" ` + line:                                             "key_line",
		`role="officer",name="x",command="/bin/sh" ` + line:                        "key_line",
		`role="officer",name="x",from="anywhere" ` + line:                          "key_line",
		`role="officer",name="` + "\u202e" + `x" ` + line:                          "key_line",
		`role="officer",name="x" ssh-ed25519 AAAA`:                                 "key_line",
		`role="officer",name="x" ` + line + "\nhello":                              "key_line",
		`role="officer",name="x" ` + line + "\n" + `role="admin",name="y" ` + line: "key_twice",
		strings.Repeat("x", 20<<10):                                                "key_line",
	} {
		_, err := sshd.ParseKeys("jindu.keys", []byte(text))
		if got := store.ErrorCode(err); got != code {
			t.Errorf("%.60q: %s, not %s", text, got, code)
		}
	}
	keys, err := sshd.ParseKeys("k", []byte(`role="display",name="大厅",added="2026-06-01",from="10.0.0.0/8" `+line))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := sshd.ParseKeys("k", []byte(keys.All()[0].Line())); err != nil || again.All()[0] != keys.All()[0] {
		t.Errorf("written and read it is %+v, %v", again, err)
	}
	if _, err := sshd.ParseKey([]byte("-----BEGIN OPENSSH PRIVATE KEY-----\nx\n"), "x", store.RoleAdmin, "", ""); store.ErrorCode(err) != "key_private" {
		t.Errorf("a private key: %v", err)
	}
}

func TestNobodyIsLetInWithoutKeys(t *testing.T) {
	for _, cfg := range []sshd.Config{{HostKey: signer(t)}, {HostKey: signer(t), Keys: &sshd.Keys{}}, {}} {
		cfg.Clock, cfg.Record = time.Now, &journal{}
		if _, err := sshd.New(cfg); err == nil {
			t.Errorf("a server of %+v", cfg)
		}
	}
	h := build(t, nil)
	h.server.Use(&sshd.Keys{})
	if c, err := h.dial(h.signers[store.RoleAdmin]); err == nil {
		_ = c.Close()
		t.Error("without keys somebody logs in")
	}
}

// hugeRSA is a key that costs work to check, and signs anything wrongly.
func hugeRSA(t *testing.T, bits int) gossh.Signer {
	t.Helper()
	n := new(big.Int).SetBit(big.NewInt(1), bits-1, 1)
	public, err := gossh.NewPublicKey(&rsa.PublicKey{N: n, E: 65537})
	if err != nil {
		t.Fatal(err)
	}
	return liar{public, bits / 8}
}

// liar signs with nothing.
type liar struct {
	public gossh.PublicKey
	size   int
}

func (l liar) PublicKey() gossh.PublicKey { return l.public }

func (l liar) Sign(io.Reader, []byte) (*gossh.Signature, error) {
	return &gossh.Signature{Format: gossh.KeyAlgoRSASHA256, Blob: make([]byte, l.size)}, nil
}

func (l liar) SignWithAlgorithm(r io.Reader, data []byte, _ string) (*gossh.Signature, error) {
	return l.Sign(r, data)
}

func mustSigner(t *testing.T, key any) gossh.Signer {
	t.Helper()
	s, err := gossh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
