package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// patience is how long a screen may take to show something before a test gives
// up: far more than it needs, as checks share their machine.
const patience = 40 * time.Second

// pane is a real terminal with the program in it.
type pane struct {
	testing.TB
	socket string
	w, h   int
}

// open starts the program in a terminal of w x h cells.
func open(tb testing.TB, w, h int, args ...string) *pane {
	tb.Helper()
	program, err := exec.LookPath("jindu")
	must(tb, err)
	return openLine(tb, w, h, "'"+strings.Join(append([]string{program}, args...), "' '")+"'")
}

// openLine starts a command line in a terminal.
func openLine(tb testing.TB, w, h int, line string) *pane {
	tb.Helper()
	if testing.Short() {
		tb.Skip("a real terminal is left to the long run")
	}
	if _, err := exec.LookPath("tmux"); err != nil {
		tb.Skip("tmux is not installed: apt-get install tmux")
	}
	socket := "jindu-" + strconv.Itoa(os.Getpid()) + "-" + strconv.FormatInt(time.Now().UnixNano(), 36) // a test may open two
	p := &pane{tb, socket, w, h}
	line = "env TERM=xterm-256color COLORTERM=truecolor " + line
	p.tmux("-f", "/dev/null", "new-session", "-d", "-x", strconv.Itoa(w), "-y", strconv.Itoa(h), line)
	lasting := context.WithoutCancel(tb.Context())
	tb.Cleanup(func() {
		_ = exec.CommandContext(lasting, "tmux", "-L", p.socket, "kill-server").Run() // it may have ended by itself
	})
	return p
}

func (p *pane) tmux(args ...string) string {
	p.Helper()
	out, err := exec.CommandContext(p.Context(), "tmux", append([]string{"-L", p.socket}, args...)...).CombinedOutput()
	if err != nil {
		p.Fatalf("tmux %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// text is what the terminal shows.
func (p *pane) text() string { return p.tmux("capture-pane", "-p") }

// sees waits until the terminal shows all the words, and returns the screen.
func (p *pane) sees(words ...string) string {
	p.Helper()
	var shown string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		shown = p.text()
		missing := false
		for _, w := range words {
			missing = missing || !strings.Contains(shown, w)
		}
		if !missing {
			return shown
		}
	}
	p.Fatalf("never saw %q in\n%s", words, shown)
	return ""
}

// typed sends keys by their tmux names.
func (p *pane) typed(keys ...string) {
	p.Helper()
	p.tmux(append([]string{"send-keys"}, keys...)...)
}

// ended reports whether the program has left the terminal.
func (p *pane) ended() bool {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if exec.CommandContext(p.Context(), "tmux", "-L", p.socket, "has-session").Run() != nil {
			return true
		}
	}
	return false
}

// madeDemo returns a folder with a demo that has been pulled.
func madeDemo(tb testing.TB) string {
	tb.Helper()
	dir := copied(tb, "demo", func(dir string) {
		if r := runAt(tb, time.Now, "demo", "--once", "--dir", dir); r.status != 0 {
			tb.Fatalf("demo: %s", r.err)
		}
	})
	return filepath.Join(dir, configName)
}

func TestBoardInRealTerminals(t *testing.T) {
	if testing.Short() {
		t.Skip("a real terminal is left to the long run")
	}
	t.Parallel()
	for _, size := range [][2]int{{60, 24}, {80, 24}, {120, 40}, {200, 60}} {
		for _, lang := range []string{"zh", "en"} {
			t.Run(fmt.Sprintf("%dx%d %s", size[0], size[1], lang), func(t *testing.T) {
				t.Parallel()
				p := open(t, size[0], size[1], "--config", madeDemo(t), "--lang", lang) // each is the one that pulls
				walk(p, lang)
			})
		}
	}
}

// walk goes through every page and overlay, down to a cell and back, and out.
func walk(p *pane, lang string) {
	p.Helper()
	words := map[string]map[string]string{
		"zh": {"source": "出处", "2": "2 人员", "3": "3 打击", "4": "4 任务", "9": "9 数据", "card": "Esc 返回   y 复制", "help": "把光标移上去"},
		"en": {"source": "Source", "2": "2 Caseload", "3": "3 Cases", "4": "4 Tasks", "9": "9 Data", "card": "Esc back   y copy", "help": "every figure has a source"},
	}[lang]
	p.narrowEnough(p.sees(words["source"]))
	for _, digit := range []string{"2", "3", "4", "9", "1"} {
		p.typed(digit)
		time.Sleep(150 * time.Millisecond) // pages change at once; a page's name stands in the header all along
		p.narrowEnough(p.sees(words["source"]))
	}
	p.typed("/", "c", "x", "p", "c", "s", "Enter", "Enter") // as fast as a hand that knows the way
	p.narrowEnough(p.sees(words["card"]))
	p.back(words["card"])
	p.narrowEnough(p.sees("40/40")) // figures that the unit has to report
	p.typed("?")
	p.narrowEnough(p.sees(words["help"]))
	p.back(words["help"])
	p.typed("Escape", "q") // at once, as a slow line brings them
	if !p.ended() {
		p.Errorf("q does not lead out:\n%s", p.text())
	}
}

// back presses Escape and waits until what it closes is gone.
func (p *pane) back(closes string) {
	p.Helper()
	p.typed("Escape")
	for end := time.Now().Add(patience); strings.Contains(p.text(), closes); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			p.Fatalf("Escape does not close %q:\n%s", closes, p.text())
		}
	}
}

// narrowEnough checks that no line is wider than the terminal.
func (p *pane) narrowEnough(shown string) {
	p.Helper()
	lines := strings.Split(strings.TrimRight(shown, "\n"), "\n")
	if len(lines) > p.h {
		p.Errorf("%d lines in a terminal of %d", len(lines), p.h)
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w > p.w {
			p.Errorf("line %d is %d cells wide in a terminal of %d: %s", i+1, w, p.w, line)
		}
	}
}

// smallOffice is a folder with one report, pulled every ten seconds.
func smallOffice(tb testing.TB, found string) (config, report string) {
	tb.Helper()
	dir := tb.TempDir()
	config = filepath.Join(dir, configName)
	must(tb, os.WriteFile(config, []byte(`mirror = "jindu.db"
[district]
name = "云岭区"
population = 812000
[report]
close_days = 3660 # the clock is the machine's: the month must not have closed
[[unit]]
code = "cxs"
name = "城西派出所"
kind = "station"
[[source]]
name = "share"
remote = "reports"
schedule = "@every 10s"
`), 0o600))
	must(tb, os.Mkdir(filepath.Join(dir, "reports"), 0o700))
	report = filepath.Join(dir, "reports", "6月.csv")
	save(tb, report, found)
	return config, report
}

// save writes a report as a unit would, some time ago.
func save(tb testing.TB, path, found string) {
	tb.Helper()
	saveAt(tb, path, found, time.Now())
}

// saveAt writes it some time before a moment.
func saveAt(tb testing.TB, path, found string, now time.Time) {
	tb.Helper()
	text := "城西派出所2026年6月禁毒工作统计表\n单位,破案数,查处吸毒人员\n城西派出所,3," + found + "\n"
	must(tb, os.WriteFile(path, []byte(text), 0o600))
	past := now.Add(-time.Minute)
	must(tb, os.Chtimes(path, past, past))
}

// A workbook saved in the folder shows on the board at the next pull, without a key.
func TestBoardFollowsTheFolder(t *testing.T) {
	t.Parallel()
	config, report := smallOffice(t, "4711")
	p := open(t, 120, 40, "--config", config)
	p.sees("4711")
	save(t, report, "4822")
	p.sees("4822")
}

// A second board on the same mirror only reads, and follows all the same.
func TestASecondBoardFollowsTheFirst(t *testing.T) {
	t.Parallel()
	config, report := smallOffice(t, "4711")
	first := open(t, 120, 40, "--config", config)
	first.sees("4711")
	t.Run("second", func(t *testing.T) {
		second := open(t, 80, 24, "--config", config)
		second.sees("出处")
		second.typed("3")
		second.sees("4711")
		save(t, report, "4822")
		second.sees("4822")
	})
}

// A board that is killed loses nothing: the next one opens on the same figures.
func TestABoardThatIsKilled(t *testing.T) {
	t.Parallel()
	config, _ := smallOffice(t, "4711")
	p := open(t, 120, 40, "--config", config)
	p.sees("4711")
	pid := strings.TrimSpace(p.tmux("list-panes", "-F", "#{pane_pid}"))
	must(t, exec.CommandContext(t.Context(), "kill", "-9", pid).Run())
	if !p.ended() {
		t.Fatal("it lives on")
	}
	t.Run("next", func(t *testing.T) { open(t, 120, 40, "--config", config).sees("4711") })
}

// While nothing changes, not a byte is sent: a board must cost a slow line
// nothing, and a terminal's scrollback neither.
func TestAnIdleBoardIsSilent(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a real terminal is left to the long run")
	}
	config := madeDemo(t)
	before := pullsOf(t, config)
	p := open(t, 120, 40, "--config", config)
	p.sees("出处")
	for end := time.Now().Add(patience); pullsOf(t, config) == before && time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		continue // the pull that every board begins with
	}
	time.Sleep(2 * time.Second) // it looks every second whether there is something new
	// The clock changes every minute, and the demo is pulled every ten.
	for now := time.Now(); now.Second() > 48 || now.Minute()%10 == 0; now = time.Now() {
		time.Sleep(time.Until(now.Truncate(time.Minute).Add(62 * time.Second)))
	}
	sent := filepath.Join(t.TempDir(), "sent")
	p.tmux("pipe-pane", "-o", "cat > "+sent)
	time.Sleep(8 * time.Second)
	bytes, err := os.ReadFile(sent)
	must(t, err)
	if len(bytes) > 0 {
		t.Errorf("%d bytes while nothing changes: %q", len(bytes), bytes)
	}
	p.typed("j")
	time.Sleep(time.Second)
	if bytes, err = os.ReadFile(sent); err != nil || len(bytes) == 0 {
		t.Errorf("a key moved nothing, so the measure sees nothing: %v", err)
	}
}

// pullsOf counts the pulls that have come to an end.
func pullsOf(tb testing.TB, config string) (n int) {
	tb.Helper()
	for _, pull := range rows(tb, "--config", config, "list", "pulls") {
		if pull["ended"] != nil {
			n++
		}
	}
	return n
}

func TestATerminalThatIsTooSmall(t *testing.T) {
	t.Parallel()
	config, _ := smallOffice(t, "4711")
	p := open(t, 30, 8, "--config", config)
	p.sees("40")
	p.tmux("resize-window", "-x", "100", "-y", "30")
	p.sees("出处")
}

// A pull that was asked for and failed says so: it is not covered by the word that
// it has ended, and the last good figure stays.
func TestAPullThatFailsIsNotSaidToBeDone(t *testing.T) {
	t.Parallel()
	config, report := smallOffice(t, "4711")
	p := open(t, 120, 40, "--config", config)
	p.sees("4711")
	must(t, os.RemoveAll(filepath.Dir(report)))
	p.typed("r")
	if shown := p.sees("来源没有应答：share", "断源"); strings.Contains(shown, "拉取完成") || !strings.Contains(shown, "4711") {
		t.Errorf("the failure or the last good figure is not shown:\n%s", shown)
	}
}
