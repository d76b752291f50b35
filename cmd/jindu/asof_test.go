package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui"
)

// pastConfig is a district of three units, whose periods close after 40 days.
const pastConfig = `
[district]
name = "云岭区"
population = 812000
[[unit]]
code = "cxs"
name = "城西派出所"
kind = "station"
aliases = ["城西所"]
[[unit]]
code = "cds"
name = "城东派出所"
kind = "station"
[[unit]]
code = "dhj"
name = "东湖街道办事处"
kind = "street"
[[source]]
name = "share"
remote = "reports"
[[campaign]]
code = "summer"
name = "夏季行动"
from = 2026-06-01
to = 2026-08-31
indicators = ["users_found", "pub_events"]
[[target]]
indicator = "users_found"
value = 120
kinds = ["station"]
every = "summer"
[[target]]
indicator = "pub_events"
value = 5
unit = "dhj"
every = "quarter"
`

// past is a folder of reports that changes from day to day, and the moments at
// which everything was asked.
type past struct {
	testing.TB
	dir, config string
	now         time.Time
}

func newPast(tb testing.TB) *past {
	tb.Helper()
	p := &past{TB: tb, dir: tb.TempDir(), now: time.Date(2026, 7, 10, 9, 0, 0, 0, shanghai(tb))}
	p.config = filepath.Join(p.dir, configName)
	must(tb, os.Mkdir(p.in(""), 0o700))
	must(tb, os.WriteFile(p.config, []byte(pastConfig), 0o600))
	return p
}

func shanghai(tb testing.TB) *time.Location {
	tb.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	must(tb, err)
	return zone
}

// in is a path in the folder of the reports.
func (p *past) in(name string) string { return filepath.Join(p.dir, "reports", name) }

// put saves a file there, a minute before now.
func (p *past) put(name, text string) {
	p.Helper()
	must(p, os.WriteFile(p.in(name), []byte(text), 0o600))
	before := p.now.Add(-time.Minute)
	must(p, os.Chtimes(p.in(name), before, before))
}

// report saves the report of 城西 for a month.
func (p *past) report(name string, month int, found string) {
	p.Helper()
	p.put(name, fmt.Sprintf("城西派出所2026年%d月禁毒工作统计表\n单位,破案数,查处吸毒人员\n城西派出所,3,%s\n", month, found))
}

func (p *past) clock() time.Time { return p.now }

func (p *past) run(args ...string) ran {
	p.Helper()
	return runAt(p, p.clock, append([]string{"--config", p.config}, args...)...)
}

// decide lets an officer decide about the figure that the history is about.
func (p *past) decide(more ...string) {
	p.Helper()
	r := p.run(append([]string{"accept", "cxs", "users_found", "2026-06", "--why", "核实", "--by", "值班员"}, more...)...)
	if r.status != exitOK {
		p.Fatalf("accept: %s", r.err)
	}
}

// event is what happens on one day.
type event struct {
	what string
	days int
	do   func()
}

// events is a history in which a figure is corrected, contradicted, renamed,
// refused and withdrawn, the source goes and comes back, and a period closes.
func (p *past) events() []event {
	return []event{
		{"first", 1, func() {
			p.report("6月.csv", 6, "40")
			p.put("城东.csv", "城东派出所2026年6月禁毒工作统计表\n单位,破案数,查处吸毒人员\n城东派出所,5,22\n")
			p.put("街道.csv", "东湖街道办事处2026年6月统计表\n单位,宣传活动\n东湖街道办事处,3\n")
			p.put("任务.csv", "2026年禁毒工作任务清单\n任务事项,责任单位,完成时限,完成状态\n开展宣传,东湖街道办事处,2026年7月13日,在办\n季度小结,城西派出所,2026年8月31日,在办\n")
		}},
		{"corrected a little", 1, func() { p.report("6月.csv", 6, "41") }},
		{"corrected a lot", 1, func() { p.report("6月.csv", 6, "90") }},
		{"accepted", 1, func() { p.decide() }},
		{"contradicted", 1, func() { p.report("更正.csv", 6, "55") }},
		{"chosen", 1, func() { p.decide("--file", "更正.csv") }},
		{"renamed", 1, func() { must(p, os.Rename(p.in("更正.csv"), p.in("更正2.csv"))) }},
		{"damaged", 1, func() { p.put("6月.csv", "PK\x03\x04 half") }},
		{"gone", 1, func() { must(p, os.Remove(p.in("6月.csv"))) }},
		{"a task is done", 1, func() {
			p.put("任务.csv", "2026年禁毒工作任务清单\n任务事项,责任单位,完成时限,完成状态\n开展宣传,东湖街道办事处,2026年7月31日,办结\n")
		}},
		{"not readable", 1, func() { p.report("更正2.csv", 6, "约60") }},
		{"the next month", 15, func() { p.report("7月.csv", 7, "44") }},
		{"the source is gone", 1, func() { must(p, os.Rename(p.in(""), filepath.Join(p.dir, "away"))) }},
		{"the source is back", 1, func() { must(p, os.Rename(filepath.Join(p.dir, "away"), p.in(""))) }},
		{"after the close", 14, func() { p.report("更正2.csv", 6, "56") }},
		{"withdrawn", 1, func() {
			p.put("城东.csv", "城东派出所2026年6月禁毒工作统计表\n单位,破案数\n城东派出所,5\n")
		}},
		{"let go", 1, func() {
			r := p.run("accept", "cds", "users_found", "2026-06", "--why", "重复", "--by", "值班员")
			if r.status != exitOK {
				p.Fatalf("accept: %s", r.err)
			}
		}},
	}
}

// TestEverythingAnswersWhatItAnsweredThen pulls a folder over some weeks and asks
// everything that can be asked again, as of each day, when all of it is over: every
// list in every shape, figures, what is looked up, and every screen.
func TestEverythingAnswersWhatItAnsweredThen(t *testing.T) {
	t.Parallel()
	p := newPast(t)
	type answers struct {
		what string
		at   time.Time
		all  map[string]string
	}
	var then []answers
	for _, e := range p.events() {
		p.now = p.now.AddDate(0, 0, e.days)
		e.do()
		p.now = p.now.Add(time.Minute)
		p.run("pull") // what it thinks of the files its exit status says, and the lists do
		p.now = p.now.Add(time.Minute)
		then = append(then, answers{e.what, p.now, p.ask("")})
	}
	for n, key := range []string{"list figures --json", "list pending --json", "overview zh", "screen overview"} {
		seen := map[string]bool{}
		for _, a := range then {
			seen[a.all[key]] = true
		}
		if len(seen) < []int{8, 4, 12, 12}[n] {
			t.Fatalf("%s: of %d days only %d differ", key, len(then), len(seen))
		}
	}
	p.now = p.now.AddDate(0, 1, 3).Add(7 * time.Hour)
	for _, a := range then {
		t.Run(a.what, func(t *testing.T) {
			t.Parallel()
			p := &past{TB: t, dir: p.dir, config: p.config, now: p.now}
			got := p.ask(a.at.Format(time.RFC3339))
			for _, key := range slices.Sorted(maps.Keys(a.all)) {
				if got[key] != a.all[key] {
					t.Errorf("%s:\n%s", key, difference(got[key], a.all[key]))
				}
			}
		})
	}
}

// TestNoMomentToCome: nobody knows what will be known; the day of now is known as
// far as it has gone.
func TestNoMomentToCome(t *testing.T) {
	t.Parallel()
	p := newPast(t)
	p.report("6月.csv", 6, "40")
	p.now = p.now.Add(time.Minute)
	p.run("pull")
	p.now = p.now.Add(time.Minute)
	now := p.ask("")
	got := p.ask("2026-07-10")
	for key := range now {
		if got[key] != now[key] {
			t.Errorf("the day of now, %s:\n%s", key, difference(got[key], now[key]))
		}
	}
	for _, args := range [][]string{{"list", "figures"}, {"figure", "cxs", "users_found"}, {"find", "cx"}} {
		for _, at := range []string{"2026-07-10 09:03", "2026-07-11", "2026-07-10T09:02:00.000001+08:00"} {
			if r := p.run(append(args, "--as-of", at)...); r.status != exitFailed || !strings.Contains(r.err, "还没到") {
				t.Errorf("%v as of %s: status %d: %s", args, at, r.status, r.err)
			}
		}
	}
}

// difference shows the lines in which two texts differ.
func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	var out []string
	for i := range max(len(g), len(w)) {
		one, other := "", ""
		if i < len(g) {
			one = g[i]
		}
		if i < len(w) {
			other = w[i]
		}
		if one != other {
			out = append(out, " got "+one, "then "+other)
		}
	}
	return strings.Join(out[:min(len(out), 12)], "\n")
}

// ask asks everything as of a moment; none is now.
func (p *past) ask(asOf string) map[string]string {
	p.Helper()
	out := map[string]string{}
	put := func(args ...string) {
		r := p.run(append(slices.Clone(args), "--as-of", asOf)...)
		out[strings.Join(args, " ")] = fmt.Sprintln(r.status, r.out, r.err)
	}
	for _, list := range slices.Sorted(maps.Keys(lists())) {
		put("list", list, "--json")
	}
	for _, list := range []string{"figures", "findings", "tasks", "pending"} {
		put("list", list)
		put("list", list, "--csv", "--lang", "en")
	}
	put("list", "figures", "--derived", "--json")
	put("list", "figures", "--period", "2026-06", "--json")
	put("list", "findings", "--unit", "cxs", "--json")
	for _, unit := range []string{"cxs", "cds", store.DistrictCode} {
		put("figure", unit, "users_found", "--json")
		put("figure", unit, "users_found", "2026-06", "--json")
		put("figure", unit, "users_found", "2026-06")
		put("figure", unit, "users_found", "--lang", "en")
	}
	put("figure", store.DistrictCode, "task_overdue", "--json")
	for _, words := range []string{"cx", "开展宣传", "小结"} {
		put("find", words, "--json")
		put("find", words)
	}
	for _, lang := range []store.Lang{store.Chinese, store.English} {
		out["overview "+string(lang)] = p.overview(asOf, lang)
	}
	maps.Copy(out, p.screens(asOf))
	return out
}

// app is a run of the program that is asked for more than its commands give.
func (p *past) app(asOf string, lang store.Lang) (*app, *config) {
	p.Helper()
	out := &counter{w: &strings.Builder{}}
	a := &app{Process: Process{Stdout: out, Stderr: out, Now: p.clock}, out: out, lang: lang, config: p.config, asOf: asOf, noColor: true}
	cfg, err := a.setting()
	must(p, err)
	return a, cfg
}

// overview is the overview as text, without the row that says that it is of the past.
func (p *past) overview(asOf string, lang store.Lang) string {
	p.Helper()
	a, cfg := p.app(asOf, lang)
	text, err := a.overview(context.Background(), cfg, onceWidth, onceHeight)
	must(p, err)
	return withoutBanner(text)
}

// bannerRow is the row of the screen that says that the board is of the past.
const bannerRow = 3

func withoutBanner(screen string) string {
	lines := strings.Split(screen, "\n")
	if len(lines) > bannerRow {
		lines[bannerRow] = ""
	}
	return strings.Join(lines, "\n")
}

// patient reads to the end, whatever the session that asks has been told: so
// that a session can be made that waits for no clock.
type patient struct{ tui.Reader }

// Snapshot reads one.
func (r patient) Snapshot(ctx context.Context, q store.SnapshotRequest) (*store.Snapshot, error) {
	return r.Reader.Snapshot(context.WithoutCancel(ctx), q)
}

// Versions returns every version of a figure.
func (r patient) Versions(ctx context.Context, k store.Key, asOf time.Time) ([]store.Figure, error) {
	return r.Reader.Versions(context.WithoutCancel(ctx), k, asOf)
}

// Neighbours returns the figures around a cell.
func (r patient) Neighbours(ctx context.Context, c store.Cell, rows, cols int) ([]store.Neighbour, error) {
	return r.Reader.Neighbours(context.WithoutCancel(ctx), c, rows, cols)
}

// Course returns how an indicator went.
func (r patient) Course(ctx context.Context, unit, indicator string, to store.Period, months int, asOf time.Time) (store.Series, error) {
	return r.Reader.Course(context.WithoutCancel(ctx), unit, indicator, to, months, asOf)
}

// seat is a session of the board that is driven by hand.
type seat struct{ model tea.Model }

// send updates the model and runs what it asks for.
func (s *seat) send(msg tea.Msg) {
	var cmd tea.Cmd
	s.model, cmd = s.model.Update(msg)
	s.run(cmd)
}

func (s *seat) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, one := range msg {
			s.run(one)
		}
	default:
		s.send(msg)
	}
}

// press presses keys one after another: names of keys, or characters.
func (s *seat) press(keys ...string) string {
	special := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace}
	for _, k := range keys {
		msg := tea.KeyPressMsg{Code: []rune(k)[0], Text: k}
		if code, ok := special[k]; ok {
			msg = tea.KeyPressMsg{Code: code}
		}
		s.send(msg)
	}
	return withoutBanner(s.model.View().Content)
}

// screens walks through the board: the option opens it as of the moment, and in a
// second walk the moment is typed behind t.
func (p *past) screens(asOf string) map[string]string {
	p.Helper()
	a, cfg := p.app(asOf, store.Chinese)
	db, err := openMirror(context.Background(), cfg, true)
	must(p, err)
	defer func() { must(p, db.Close()) }()
	out := map[string]string{}
	for _, size := range [][2]int{{120, 40}, {200, 60}, {60, 24}} {
		o := a.screen(cfg, galleryOf(db))
		o.Reader, o.Plain = patient{o.Reader}, true
		at, err := a.past(cfg.Settings.Zone)
		must(p, err)
		typed := size[0] == 200 && asOf != ""
		if !typed {
			o.AsOf = at
		}
		ended, end := context.WithCancel(context.Background())
		end()
		s := &seat{tui.New(o).Within(ended)}
		s.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		s.run(s.model.Init())
		if typed {
			s.press("t")
			s.send(tea.PasteMsg{Content: at.In(cfg.Settings.Zone).Format("2006-01-02 15:04")})
			s.press("enter")
		}
		s.walk(size[0] == 120, fmt.Sprintf(" %dx%d", size[0], size[1]), out)
	}
	out["screen overview"] = out["1 120x40"]
	return out
}

// walk looks at every page and at what opens over one; deep, it goes down from
// every place that the cursor reaches in some steps.
func (s *seat) walk(deep bool, size string, out map[string]string) {
	for _, page := range []string{"1", "2", "3", "4", "9"} {
		out[page+size] = s.press(page)
		for n := 0; n < 9 && deep; n++ {
			at := fmt.Sprintf("%s step %d%s", page, n, size)
			out[at] = s.press("enter")
			out[at+" deeper"] = s.press("enter")
			s.press("esc", "esc", "esc", page, "j")
			if n%3 == 2 {
				s.press("tab")
			}
		}
	}
	out["find"+size] = s.press("/", "c", "x")
	out["found"+size] = s.press("enter")
	out["neighbour"+size] = s.press("n")
	out["period"+size] = s.press("p")
	out["other period"+size] = s.press("G", "enter")
	out["English"+size] = s.press("1", "L")
	out["help"+size] = s.press("?")
}
