package main

// The cases of an office: folders of workbooks as units really keep them, each
// with what a correct reading gives. A case is written as text: see book for
// the workbooks and officeCase for what is expected.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// officeConfig is the district of the cases. PART is replaced by what a case adds.
const officeConfig = `mirror = "jindu.db"
bureau_names = ["公安分局"]
PART
[district]
name = "云岭区"
population = 812000
`

const officeSource = `
[[source]]
name = "share"
remote = "reports"
schedule = "*/10 * * * *"
unit = ""
`

// officeUnits are code, name, kind, parent and aliases.
const officeUnits = `cxs 城西派出所 station - 城西所
cds 城东派出所 station
bjs 滨江派出所 station
bgs 北关派出所 station
nwb 南湾边防派出所 border_station
jdd 公安分局禁毒大队 bureau
dhj 东湖街道办事处 street
xjj 西郊街道办事处 street
cqj 长桥街道办事处 street
bgj 北关街道办事处 street
qbs 桥北社区 community cqj
jyj 区教育局 department
mzj 区民政局 department
wsj 区卫生局 department
scj 云岭区市场监管局 department
jdb 区禁毒办 office`

func officeUnitTOML() string {
	var b strings.Builder
	for line := range strings.Lines(officeUnits) {
		f := append(strings.Fields(line), "", "")
		parent := strings.Trim(f[3], "-")
		fmt.Fprintf(&b, "[[unit]]\ncode = %q\nname = %q\nkind = %q\nparent = %q\n", f[0], f[1], f[2], parent)
		if f[4] != "" {
			fmt.Fprintf(&b, "aliases = [%q]\n", f[4])
		}
	}
	return b.String()
}

// officeCase is a folder of files and what a correct reading of it gives. Files
// hold a book as text, or bytes made by raw.
type officeCase struct {
	about   string
	at      string            // the moment, 2026-07-10 09:00 if empty
	part    string            // of jindu.toml, before the tables
	tables  string            // of jindu.toml, instead of the source
	units   string            // of jindu.toml, instead of the units
	extra   map[string]string // files beside jindu.toml
	files   map[string]string
	raw     map[string][]byte
	check   map[string]string // file -> verdict
	figures string            // unit indicator period value, a line each
	absent  string            // unit indicator period; * is anything
	tasks   string            // title|unit|due; due may be null or monthly:25
	finds   string            // file!sheet!cell [rule]; * is anything
	quiet   []string          // rules that must not be found
	secrets []string
	orders  string       // what an officer types before the pull, a line each; rebuild: the mirror is thrown away
	waits   string       // unit indicator period accepted pending reason, a line each; none: nothing waits
	exit    int          // of the pull; -1: whatever
	then    []officeCase // later pulls: files are added or replaced; an empty text removes
}

// office is a case under way.
type office struct {
	testing.TB
	dir  string
	at   time.Time
	said strings.Builder // everything that any command printed
}

func runOffice(t *testing.T, cases map[string]officeCase) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := cases[name]
			o := &office{TB: t, dir: t.TempDir()}
			o.configure(c)
			o.step(c)
			for i, next := range c.then {
				t.Logf("then %d %s", i+1, next.about)
				o.step(next)
			}
			o.keepSecrets(c)
		})
	}
}

func (o *office) configure(c officeCase) {
	units, tables := c.units, c.tables
	if units == "" {
		units = officeUnitTOML()
	}
	if tables == "" {
		tables = officeSource
	}
	must(o, os.Mkdir(filepath.Join(o.dir, "reports"), 0o755))
	toml := strings.Replace(officeConfig, "PART", c.part, 1) + units + tables
	must(o, os.WriteFile(filepath.Join(o.dir, configName), []byte(toml), 0o644))
	for name, text := range c.extra {
		must(o, os.WriteFile(filepath.Join(o.dir, name), []byte(text), 0o644))
	}
}

// step writes the files, checks and pulls them and compares.
func (o *office) step(c officeCase) {
	o.Helper()
	at := "2026-07-10 09:00"
	if c.at != "" {
		at = c.at
	}
	o.at, _ = time.ParseInLocation("2006-01-02 15:04", at, time.FixedZone("", 8*3600))
	for name, text := range c.files {
		o.write(name, text)
	}
	for name, data := range c.raw {
		o.put(name, data)
	}
	for name, want := range c.check {
		o.judged(name, want)
	}
	for line := range lines(c.orders) {
		o.order(line)
	}
	if r := o.run("pull", "--json"); r.status != c.exit && c.exit >= 0 {
		o.Errorf("pull: exit %d, want %d: %s%s", r.status, c.exit, r.out, r.err)
	}
	o.compareFigures(c)
	o.compareWaits(c.waits)
	o.compareTasks(c.tasks)
	o.compareFindings(c)
}

func (o *office) write(name, text string) {
	switch {
	case text == "":
		must(o, os.Remove(filepath.Join(o.dir, "reports", name)))
	case strings.HasSuffix(name, ".csv"):
		o.put(name, []byte(text))
	default:
		o.put(name, book(o, text))
	}
}

func (o *office) put(name string, data []byte) {
	path := filepath.Join(o.dir, "reports", name)
	must(o, os.MkdirAll(filepath.Dir(path), 0o755))
	must(o, os.WriteFile(path, data, 0o644))
	old := o.at.Add(-time.Hour)
	must(o, os.Chtimes(path, old, old))
}

func (o *office) run(args ...string) ran {
	o.Helper()
	args = append([]string{"--config", filepath.Join(o.dir, configName)}, args...)
	r := runAt(o, func() time.Time { return o.at }, args...)
	o.said.WriteString(r.out + r.err)
	return r
}

// list returns a list of the program as JSON.
func (o *office) list(args ...string) []map[string]any {
	o.Helper()
	r := o.run(append(append([]string{"list"}, args...), "--json")...)
	var out []map[string]any
	if err := json.Unmarshal([]byte(r.out), &out); err != nil {
		o.Fatalf("list %v: %v in %q %s", args, err, r.out, r.err)
	}
	return out
}

func (o *office) judged(name, want string) {
	o.Helper()
	r := o.run("check", "--json", filepath.Join(o.dir, "reports", name))
	var out checked
	if err := json.Unmarshal([]byte(r.out), &out); err != nil || len(out.Files) != 1 {
		o.Errorf("check %s: %v in %q %s", name, err, r.out, r.err)
		return
	}
	exits := map[string]int{"accepted": 0, "partial": 1, "refused": 2}
	if got := string(out.Files[0].Verdict); want != "*" && (got != want || r.status != exits[want]) {
		o.Errorf("check %s: %s exit %d, want %s: %v", name, got, r.status, want, out.Files[0].Findings)
	}
}

func (o *office) compareFigures(c officeCase) {
	o.Helper()
	if c.figures == "" && c.absent == "" {
		return
	}
	got := map[string]float64{}
	for _, f := range o.list("figures") {
		v, ok := f["value"].(float64)
		if !ok {
			continue
		}
		got[fmt.Sprint(f["unit"], " ", f["indicator"], " ", f["period"])] = v
	}
	for line := range lines(c.figures) {
		i := strings.LastIndexByte(line, ' ')
		want, err := strconv.ParseFloat(line[i+1:], 64)
		must(o, err)
		if v, ok := got[line[:i]]; !ok {
			o.Errorf("no figure %s", line)
		} else if diff := v - want; diff > 1e-9 || diff < -1e-9 {
			o.Errorf("figure %s, got %v", line, v)
		}
	}
	for line := range lines(c.absent) {
		want := strings.Fields(line)
		for key, v := range got {
			if is := strings.Fields(key); match(want[0], is[0]) && match(want[1], is[1]) && match(want[2], is[2]) {
				o.Errorf("figure %s = %v should not be there", key, v)
			}
		}
	}
	if o.Failed() {
		for _, key := range slices.Sorted(maps.Keys(got)) {
			o.Log("has", key, got[key])
		}
	}
}

func match(want, is string) bool { return want == "*" || want == is }

// lines are the lines of a text that hold something.
func lines(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" && !yield(line) {
				return
			}
		}
	}
}

func (o *office) compareTasks(want string) {
	o.Helper()
	if want == "" {
		return
	}
	got := map[string]string{}
	for _, t := range o.list("tasks") {
		due := fmt.Sprint(t["due"])
		if t["recurs"] != nil {
			due = fmt.Sprint(t["recurs"], "=", t["due"])
		}
		if t["due"] == nil {
			due = "null"
			if t["recurs"] != nil || t["state"] != "undated" && t["state"] != "done" {
				due = fmt.Sprint("null but ", t["state"])
			}
		}
		got[fmt.Sprint(t["title"], "|", t["unit"])] = due
	}
	for line := range lines(want) {
		i := strings.LastIndexByte(line, '|')
		if due, ok := got[line[:i]]; !ok {
			o.Errorf("no task %s", line)
		} else if due != line[i+1:] && line[i+1:] != "*" {
			o.Errorf("task %s, got %s", line, due)
		}
		delete(got, line[:i])
	}
	for key, due := range got {
		o.Errorf("task %s|%s was not expected", key, due)
	}
}

func (o *office) compareFindings(c officeCase) {
	o.Helper()
	got := o.list("findings")
	for line := range lines(c.finds) {
		place, rule, _ := strings.Cut(line, " ")
		want := append(strings.Split(place, "!"), "*", "*")
		if !slices.ContainsFunc(got, func(f map[string]any) bool {
			return match(want[0], text(f["workbook"])) && match(want[1], text(f["sheet"])) && match(want[2], text(f["cell"])) &&
				(rule == "" || rule == f["rule"])
		}) {
			o.Errorf("no finding at %s", line)
		}
	}
	for _, f := range got {
		if slices.Contains(c.quiet, fmt.Sprint(f["rule"])) {
			o.Errorf("finding %v at %v!%v was not expected", f["rule"], f["sheet"], f["cell"])
		}
	}
	if o.Failed() {
		for _, f := range got {
			o.Log("found", f["severity"], f["rule"], f["workbook"], f["sheet"], f["cell"], f["message"])
		}
	}
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

// keepSecrets looks for planted words in the mirror, in every file beside it and
// in what any command said.
func (o *office) keepSecrets(c officeCase) {
	o.Helper()
	if len(c.secrets) == 0 {
		return
	}
	for _, what := range []string{"units", "figures", "tasks", "cases", "pulls", "findings", "workbooks"} {
		o.list(what)
		o.run("list", what, "--csv")
		o.run("list", what)
	}
	o.run("list", "figures", "--derived", "--json")
	for name := range c.files {
		o.run("check", "--explain", filepath.Join(o.dir, "reports", name))
		o.run("check", "--explain", "--json", filepath.Join(o.dir, "reports", name))
	}
	for _, s := range c.secrets {
		o.run("find", s)
	}
	said := strings.Split(o.said.String(), "\n")
	files, _ := filepath.Glob(filepath.Join(o.dir, "jindu*"))
	for _, secret := range c.secrets {
		for _, line := range said {
			if strings.Contains(line, secret) && !strings.Contains(line, "没有找到") {
				o.Errorf("%s was said: %s", secret, line)
				break
			}
		}
		for _, path := range files {
			data, err := os.ReadFile(path)
			must(o, err)
			if bytes.Contains(data, []byte(secret)) {
				o.Errorf("%s stands in %s", secret, filepath.Base(path))
			}
		}
	}
}
