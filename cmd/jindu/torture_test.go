package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
)

// tortured are the units of the office that is edited: names of every width, as
// the renderer has to move wide characters about.
func tortured() [][2]string {
	return [][2]string{
		{"cxs", "城西派出所"},
		{"bjs", "云岭区公安分局滨江边防派出所"},
		{"a1", "A1站"},
		{"wcj", "文昌街道办事处"},
		{"qjtj", "区交通运输综合行政执法局"},
		{"e", "东"},
	}
}

// rowsOf are the heads of its reports.
func rowsOf() []string {
	return []string{"在册吸毒人员数", "新增吸毒人员", "破获毒品刑事案件", "查处涉毒行政案件", "查处吸毒人员", "缴获海洛因(克)", "举报线索"}
}

// torture is a board in a real terminal over a folder that somebody never leaves alone.
type torture struct {
	*pane
	dice   *rand.Rand
	dir    string
	judged int // screens that were compared
	passed int // screens that could not be, as the minute or a pull came in between
	still  int // how often a screen is to be the same until it stands still
}

// startTorture makes the folder and opens the board over it.
func startTorture(t *testing.T, seed uint64) *torture {
	t.Helper()
	dir := t.TempDir()
	text := "mirror = \"jindu.db\"\n[district]\nname = \"云岭区\"\npopulation = 812000\n[report]\nclose_days = 3660\n[backup]\ndaily = 0\nweekly = 0\n"
	for _, u := range tortured() {
		text += fmt.Sprintf("[[unit]]\ncode = %q\nname = %q\nkind = \"station\"\n", u[0], u[1])
	}
	text += "[[source]]\nname = \"share\"\nremote = \"reports\"\nschedule = \"0 3 1 1 *\"\n"
	must(t, os.WriteFile(filepath.Join(dir, configName), []byte(text), 0o600))
	must(t, os.Mkdir(filepath.Join(dir, "reports"), 0o700))
	r := &torture{dice: rand.New(rand.NewPCG(seed, seed)), dir: dir, still: 3}
	for i := range tortured() {
		r.edit(t, i)
	}
	r.tasks(t)
	r.pane = open(t, 120, 40, "--config", filepath.Join(dir, configName))
	r.sees("出处")
	return r
}

// edit writes a unit's report anew: other numbers, now and then one that is
// missing, cannot be read, or is far too large.
func (r *torture) edit(tb testing.TB, unit int) {
	tb.Helper()
	name := tortured()[unit][1]
	cells := make([]string, len(rowsOf()))
	for i := range cells {
		switch r.dice.IntN(12) {
		case 0:
			cells[i] = ""
		case 1:
			cells[i] = "约20"
		case 2:
			cells[i] = strconv.Itoa(r.dice.IntN(9_000_000))
		default:
			cells[i] = strconv.Itoa(r.dice.IntN(300))
		}
	}
	month := fmt.Sprintf("2026年%d月", 5+r.dice.IntN(2))
	r.save(tb, strconv.Itoa(unit)+month+".csv",
		name+month+"禁毒工作统计表\n单位,"+strings.Join(rowsOf(), ",")+"\n"+name+","+strings.Join(cells, ",")+"\n")
}

// tasks writes the task list anew.
func (r *torture) tasks(tb testing.TB) {
	tb.Helper()
	text := "禁毒工作任务清单\n序号,任务事项,责任单位,完成时限,完成状态\n"
	for i := range 3 + r.dice.IntN(30) {
		unit := tortured()[r.dice.IntN(len(tortured()))][1]
		title := strings.Repeat("组织禁毒宣传", 1+r.dice.IntN(6)) + strconv.Itoa(i)
		text += fmt.Sprintf("%d,%s,%s,2026-%02d-%02d,%s\n", i+1, title, unit, 1+r.dice.IntN(12), 1+r.dice.IntN(28),
			[]string{"在办", "已办结", ""}[r.dice.IntN(3)])
	}
	r.save(tb, "任务清单.csv", text)
}

func (r *torture) save(tb testing.TB, name, text string) {
	tb.Helper()
	path := filepath.Join(r.dir, "reports", name)
	must(tb, os.WriteFile(path, []byte(text), 0o600))
	past := time.Now().Add(-time.Minute)
	must(tb, os.Chtimes(path, past, past))
}

// step edits something, lets the board pull it, presses keys, and now and then
// gives the terminal another size.
func (r *torture) step() {
	if r.dice.IntN(5) == 0 {
		r.tasks(r)
	} else {
		r.edit(r, r.dice.IntN(len(tortured())))
	}
	r.pull()
	keys := []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "j", "j", "k", "l", "h", "G", "g", "Tab", "Enter", "s", "L", "?", "p", "/", ":", "n"}
	pressed := r.dice.IntN(6)
	for range pressed {
		r.typed(keys[r.dice.IntN(len(keys))])
	}
	// The first key takes the notice away: before, none of them has arrived.
	for end := time.Now().Add(patience); pressed > 0 && r.noticed() && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
	}
	r.still = 3
	if r.dice.IntN(8) == 0 {
		r.still = 8 // tmux has moved the old screen at once, and the new one may be late
		r.w, r.h = 60+r.dice.IntN(141), 24+r.dice.IntN(37)
		r.tmux("resize-window", "-x", strconv.Itoa(r.w), "-y", strconv.Itoa(r.h))
	}
}

// pull pulls, and waits until the board says in either language that it has: what
// comes later would change the page while it is looked at. What lies over the page
// is left first; an r that follows the Escape too closely, as on a machine that is
// busy, is another key, and neither does what it should.
func (r *torture) pull() {
	for try := range 10 {
		r.typed("Escape")
		time.Sleep(time.Duration(60*(try+1)) * time.Millisecond)
		r.typed("r")
		for end := time.Now().Add(patience / 10); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			if r.noticed() {
				return
			}
		}
	}
	r.Fatalf("the pull never ended:\n%s", r.text())
}

// noticed reports whether the board says that it has pulled.
func (r *torture) noticed() bool {
	shown := r.text()
	return strings.Contains(shown, "拉取完成") || strings.Contains(shown, "pulled")
}

// screen is what the terminal shows, with its colours, once it stands still: several
// times the same, as on a busy machine a key may be late.
func (r *torture) screen() string {
	last, same := "", 0
	for range 60 {
		time.Sleep(80 * time.Millisecond)
		now := r.tmux("capture-pane", "-e", "-p", "-N")
		if same++; now != last {
			last, same = now, 1
		}
		if same >= r.still {
			break
		}
	}
	return last
}

// judge compares the screen, which many small changes have made, with the same
// one drawn anew from nothing.
func (r *torture) judge(step int) {
	r.Helper()
	for range 5 {
		minute := time.Now().Minute()
		changed := r.screen()
		r.typed("C-l")
		drawn := r.screen()
		r.narrowEnough(r.text())
		where := r.differs(changed, drawn)
		if where == "" {
			r.judged++
			return
		}
		r.typed("C-l")
		if again := r.screen(); r.differs(again, drawn) != "" || time.Now().Minute() != minute {
			continue // a pull, or a minute, changed the page itself
		}
		r.Errorf("step %d, %s: what changes have made of the screen\n%s\nis not what it is when it is drawn anew\n%s", step, where, changed, drawn)
		return
	}
	r.passed++
}

// differs compares two screens cell by cell, the looks too, and returns the first
// place where they are not the same. Of blank cells the ground is left out: the
// capture does not tell it of those that were erased and not written.
func (r *torture) differs(a, b string) string {
	r.Helper()
	one, other := r.cells(a), r.cells(b)
	for y := range r.h {
		for x := range r.w {
			p, q := one.CellAt(x, y), other.CellAt(x, y)
			text, want := strings.TrimSpace(p.Content), strings.TrimSpace(q.Content)
			if text != want || text != "" && !p.Style.Equal(&q.Style) {
				return fmt.Sprintf("column %d of line %d", x+1, y+1)
			}
		}
	}
	return ""
}

// cells draws a captured screen into a terminal of the same size.
func (r *torture) cells(capture string) *vt.Emulator {
	r.Helper()
	terminal := vt.NewEmulator(r.w, r.h)
	r.Cleanup(func() { _ = terminal.Close() })
	text := strings.ReplaceAll(strings.TrimSuffix(capture, "\n"), "\n", "\r\n")
	if _, err := terminal.WriteString(text); err != nil {
		r.Fatal(err)
	}
	return terminal
}

// A screen that thousands of small changes have made is the one that would be
// drawn from nothing. JINDU_EDITS and JINDU_SEED make it long: .ci/torture.
func TestTorture(t *testing.T) {
	t.Parallel()
	edits, seed := 12, uint64(1)
	if n, err := strconv.Atoi(os.Getenv("JINDU_EDITS")); err == nil {
		edits = n
	}
	if n, err := strconv.ParseUint(os.Getenv("JINDU_SEED"), 10, 64); err == nil {
		seed = n
	}
	r := startTorture(t, seed)
	for i := range edits {
		r.step()
		r.judge(i)
	}
	t.Logf("seed %d: %d edits, %d screens compared, %d not judged", seed, edits, r.judged, r.passed)
	if r.judged < edits*9/10 {
		t.Errorf("only %d of %d screens could be compared", r.judged, edits)
	}
}

// A screen that something else has written on is seen to differ, and Ctrl-l mends it.
func TestTheTortureSeesASpoiltScreen(t *testing.T) {
	t.Parallel()
	r := startTorture(t, 1)
	whole := r.screen()
	tty := strings.TrimSpace(r.tmux("display-message", "-p", "#{pane_tty}"))
	must(t, os.WriteFile(tty, []byte("\x1b7\x1b[12;30H\x1b[31m7\x1b8"), 0o600))
	if where := r.differs(r.screen(), whole); where != "column 30 of line 12" {
		t.Errorf("the spoilt place is %q", where)
	}
	r.typed("C-l")
	if where := r.differs(r.screen(), whole); where != "" {
		t.Errorf("%s is still spoilt", where)
	}
}
