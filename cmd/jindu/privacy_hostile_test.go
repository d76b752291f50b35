package main

import (
	"encoding/csv"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// disturbing is what a name, a title or a cell might carry to a terminal, a log
// or a spreadsheet program, each with the reliability row that asks for it.
func disturbing() map[string]string {
	return map[string]string{
		"T01 clears the screen": "\x1b[2J\x1b[H",
		"T01 sets the title":    "\x1b]0;owned\x07",
		"T01 hides a command":   "\x1b]8;;http://example.com\x1b\\",
		"T01 fills a clipboard": "\x1b]52;c;b3duZWQ=\x1b\\",
		"T01 device control":    "\x1bP1$r0m\x1b\\\x1b_x\x1b\\\x1bXx\x1b\\",
		"T02 C1":                "\u009b31m\u0090x\u009c\u0085",
		"T02 raw C1":            "\x9b31m",
		"T03 turns round":       "\u202egnol\u202c\u2067x\u2069",
		"T03 without width":     "\u200b\u200d\ufeff\u00ad\u2060",
		"T03 tags and lines":    "\U000e0041\u2028\u2029",
		"T04 no UTF-8":          "\xff\xfe\xed\xa0\x80",
		"T04 marks":             "a" + strings.Repeat("\u0301", 10_000),
		"T07 lines":             "\r\n{\"a\":1}\n\t\v\f",
		"W19 formula":           "=HYPERLINK(\"http://example.com\")",
	}
}

// TestNothingForeignReachesATerminalRaw writes what disturbs into names of files,
// folders, sheets, units, sources and the district, into heads, titles and
// documents, and runs every command.
func TestNothingForeignReachesATerminalRaw(t *testing.T) {
	t.Parallel()
	for name, bad := range disturbing() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := watchCommands(t)
			quoted := tomlText(bad)
			config := strings.Replace(officeConfig, "PART", "", 1) +
				strings.Replace(officeUnitTOML(), `"城西派出所"`, `"城西派出所`+quoted+`"`, 1) +
				strings.Replace(officeSource, `name = "share"`, `name = "share`+quoted+`"`, 1)
			config = strings.Replace(config, `name = "云岭区"`, `name = "云岭区`+quoted+`"`, 1)
			must(t, os.WriteFile(filepath.Join(w.dir, configName), []byte(config), 0o644))
			w.disturb(bad)
			oldFiles(t, w.reports(), w.at)
			w.say("pull")
			w.say("pull", "--json")
			w.say("check", "--explain", filepath.Join(w.reports(), "6月"+bad+".csv"))
			for _, what := range slices.Sorted(maps.Keys(lists())) {
				w.say("list", what)
				w.say("list", what, "--json")
				w.say("list", what, "--csv")
			}
			w.say("figure", "cds", "case_criminal")
			w.say("figure", "cxs", "case_criminal", "--json")
			w.say("find", "宣传")
			w.say("find", "cxpcs", "--json")
			w.say("find", bad)
			w.say("figure", bad, bad)
			w.say(bad)
			w.say("list", "figures", "--unit", bad, "--period", bad)
			w.say("--as-of", bad, "list", "figures")
			w.say("check", bad)
			for where, data := range w.sinks {
				harmless(t, where, string(data))
			}
		})
	}
}

// disturb writes workbooks that hold the text wherever one may stand.
func (w *watched) disturb(bad string) {
	w.Helper()
	name := strings.NewReplacer("/", "", "\x00", "").Replace(bad)
	if len(name) > 120 {
		name = name[:120]
	}
	cell := `"` + strings.ReplaceAll(strings.ToValidUTF8(bad, "\ufffd"), `"`, `""`) + `"`
	report := "云岭区2026年6月统计表" + "\n单位,刑事案件," + cell + "\n城东派出所,3," + cell + "\n滨江派出所,约3,1\n" + cell + ",4,2\n"
	tasks := "2026年任务清单\n任务事项,责任单位,完成时限,任务来源\n开展宣传" + cell[1:len(cell)-1] + ",城东派出所,2026-07-31,无\n" + cell + ",滨江派出所,2026-07-31," + cell + "\n"
	for file, text := range map[string]string{"6月" + name + ".csv": report, name + "/任务.csv": strings.ReplaceAll(tasks, "\r", "")} {
		path := filepath.Join(w.reports(), file)
		must(w, os.MkdirAll(filepath.Dir(path), 0o755))
		must(w, os.WriteFile(path, []byte(text), 0o644))
	}
}

// tomlText writes a text as it stands in a quoted string of the configuration.
func tomlText(s string) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(s, "\ufffd") {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r < ' ' || r == 0x7F:
			b.WriteString(`\u00` + string("0123456789abcdef"[r>>4]) + string("0123456789abcdef"[r&15]))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// harmless fails for what a terminal would obey or not show.
func harmless(t *testing.T, where, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("%s is no UTF-8", where)
	}
	marks := 0
	for _, r := range text {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp) {
			t.Errorf("%s lets %U through", where, r)
			return
		}
		if marks++; !unicode.Is(unicode.M, r) {
			marks = 0
		}
		if marks > 8 {
			t.Errorf("%s lets a cluster of many marks through", where)
			return
		}
	}
}

// TestCSVThatIsOpenedAgain opens an export as a spreadsheet program does: no cell
// of it is a formula, and numbers are numbers (reliability W19).
func TestCSVThatIsOpenedAgain(t *testing.T) {
	w := watchCommands(t)
	tasks := "2026年任务清单\n任务事项,责任单位,完成时限\n"
	for _, bad := range []string{"=1+1", "+1-2", "-cmd|' /C calc'!A0", "@SUM(A1)", "＝1+1", "＋1-1", "－x", "＠x", "\t=1+1", "开展宣传=1"} {
		tasks += `"` + bad + `",城东派出所,2026-07-31` + "\n"
	}
	must(t, os.WriteFile(filepath.Join(w.reports(), "任务.csv"), []byte(tasks), 0o644))
	must(t, os.WriteFile(filepath.Join(w.reports(), "=6月.csv"), []byte("云岭区2026年6月统计表\n单位,刑事案件\n城东派出所,3\n"), 0o644))
	oldFiles(t, w.reports(), w.at)
	w.say("pull")
	seen := 0
	for _, what := range []string{"tasks", "workbooks", "figures"} {
		rows, err := csv.NewReader(strings.NewReader(w.say("list", what, "--csv").out)).ReadAll()
		must(t, err)
		for _, row := range rows {
			for _, cell := range row {
				seen++
				if strings.IndexAny(cell, "=+-@\t\r") == 0 && !isNumber(cell) || startsWide(cell) {
					t.Errorf("list %s: %q would be computed", what, cell)
				}
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d cells were exported", seen)
	}
}

// TestJSONGivesBackWhatItEscapes reads a name with marks of direction from JSON:
// it is escaped for terminals and whole for scripts.
func TestJSONGivesBackWhatItEscapes(t *testing.T) {
	var out strings.Builder
	a := &app{Process: Process{Stdout: &out}}
	want := "城\u202e西\u009b\u200b\U000e0041所"
	a.json(map[string]string{"name": want})
	harmless(t, "JSON", out.String())
	var got map[string]string
	must(t, json.Unmarshal([]byte(out.String()), &got))
	if got["name"] != want {
		t.Errorf("got %q, want %q", got["name"], want)
	}
}
