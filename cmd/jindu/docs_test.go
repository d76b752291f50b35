package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/spf13/cobra"

	"jindu/store"
	"jindu/tui"
	"jindu/tui/page"
	"jindu/tui/style"
	"jindu/tui/words"
)

var update = flag.Bool("update", false, "write the generated documents anew")

// projectRoot is the project's own folder, seen from this package.
const projectRoot = "../.."

// manuals names the manual of each language.
func manuals() map[store.Lang]string {
	return map[store.Lang]string{store.Chinese: "docs/manual.zh.md", store.English: "docs/manual.en.md"}
}

// documentText reads one of the project's documents.
func documentText(tb testing.TB, name string) string {
	tb.Helper()
	b, err := os.ReadFile(filepath.Join(projectRoot, name))
	must(tb, err)
	return string(b)
}

// documents lists every document that people read.
func documents(tb testing.TB) []string {
	tb.Helper()
	names := []string{"README.md", "README.en.md", "CHANGELOG.md"}
	found, err := filepath.Glob(filepath.Join(projectRoot, "docs", "*.md"))
	must(tb, err)
	for _, f := range found {
		names = append(names, "docs/"+filepath.Base(f))
	}
	return names
}

// mentions fails for each of the things that a manual does not name as code.
func mentions(t *testing.T, manual, what string, things []string) {
	t.Helper()
	text := documentText(t, manual)
	for _, thing := range things {
		if !strings.Contains(text, "`"+thing+"`") {
			t.Errorf("%s does not mention the %s `%s`", manual, what, thing)
		}
	}
}

// TestGeneratedDocuments holds what is generated to what the program knows.
func TestGeneratedDocuments(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"docs/indicators.md": indicatorsDocument(t),
		"docs/findings.md":   findingsDocument(),
		"docs/rules.md":      rulesDocument(t),
	} {
		if *update {
			must(t, os.WriteFile(filepath.Join(projectRoot, name), []byte(want), 0o644))
		}
		if documentText(t, name) != want {
			t.Errorf("%s is not current: go test ./cmd/jindu -run GeneratedDocuments -update", name)
		}
	}
}

// TestManualsNameEveryCommand holds both manuals to the program's own commands
// and flags, down to those that the library adds.
func TestManualsNameEveryCommand(t *testing.T) {
	for lang, manual := range manuals() {
		a := &app{lang: lang, Process: Process{Getenv: func(string) string { return "" }}}
		var commands, flags []string
		var visit func(c *cobra.Command)
		visit = func(c *cobra.Command) {
			commands = append(commands, c.CommandPath())
			for _, name := range strings.Fields(c.LocalFlags().FlagUsages()) {
				if strings.HasPrefix(name, "--") {
					flags = append(flags, name)
				}
			}
			for _, sub := range c.Commands() {
				visit(sub)
			}
		}
		visit(a.rootCommand())
		if len(commands) < 10 || len(flags) < 20 {
			t.Fatalf("only %d commands and %d flags", len(commands), len(flags))
		}
		mentions(t, manual, "command", commands)
		mentions(t, manual, "flag", flags)
	}
}

// TestManualsNameEveryKey holds both manuals to the configuration and to the
// keys that scripts get.
func TestManualsNameEveryKey(t *testing.T) {
	keys := knownKeys(reflect.TypeFor[document](), "")
	for _, manual := range manuals() {
		mentions(t, manual, "configuration key", keys)
	}
	for _, kind := range store.UnitKinds {
		for _, manual := range manuals() {
			mentions(t, manual, "kind of unit", []string{string(kind)})
		}
	}
}

// TestManualsNameEveryJSONKey takes the keys from a real district, so that none
// is forgotten.
func TestManualsNameEveryJSONKey(t *testing.T) {
	t.Parallel()
	_, config := pulledDistrict(t)
	keys := map[string]bool{}
	learn := func(rows ...map[string]any) {
		for _, row := range rows {
			for key := range row {
				keys[key] = true
			}
		}
	}
	pull := one(t, "--config", config, "pull")
	source, _ := pull["sources"].([]any)[0].(map[string]any)
	learn(pull, source)
	for what := range lists() {
		learn(rows(t, "--config", config, "list", what)...)
		keys[what] = true
	}
	figure := one(t, "--config", config, "figure", "cxs", "case_criminal")
	origin, _ := figure["origin"].(map[string]any)
	version, _ := figure["versions"].([]any)[0].(map[string]any)
	learn(figure, origin, version)
	for _, manual := range manuals() {
		mentions(t, manual, "JSON key", slices.Sorted(maps.Keys(keys)))
	}
}

// TestManualsNameTheBoard holds both manuals to what the board shows: every
// key, page and state in the words of the screen.
func TestManualsNameTheBoard(t *testing.T) {
	for lang, manual := range manuals() {
		text := documentText(t, manual)
		say := words.Of(lang)
		for _, k := range tui.Keys() {
			for _, name := range k.Keys {
				if !strings.Contains(text, "`"+keyLabel(name)+"`") {
					t.Errorf("%s does not mention the key `%s` (%s)", manual, keyLabel(name), say.Say(k.Word))
				}
			}
		}
		for _, p := range page.Embedded().Pages() {
			digit := "`" + strconv.Itoa(p.Digit) + "`"
			if p.Digit == 0 {
				digit = ""
			}
			if row := "| " + digit + " | " + say.Say("page."+p.Name) + " |"; !strings.Contains(text, row) {
				t.Errorf("%s has no row %q", manual, row)
			}
		}
		for _, state := range append(slices.Clone(store.States), store.Fresh) {
			row := "| `" + state.String() + "` | " + stateName(state, lang)
			if !strings.Contains(text, row) {
				t.Errorf("%s has no row that begins with %q", manual, row)
			}
		}
	}
}

// stateName is how the board calls a state; what is fresh it shows by silence.
func stateName(s store.State, lang store.Lang) string {
	if s == store.Fresh {
		return lang.Pick("正常", "fresh")
	}
	return style.MarkOf(s, lang).Word()
}

// keyLabel writes a key as it is printed on the keyboard: ctrl+d as Ctrl-d.
func keyLabel(key string) string {
	if len(key) == 1 {
		return key
	}
	names := map[string]string{"down": "↓", "up": "↑", "left": "←", "right": "→", "pgdown": "PgDn", "pgup": "PgUp"}
	if name, ok := names[key]; ok {
		return name
	}
	parts := strings.Split(key, "+")
	for i, p := range parts {
		if len(p) > 1 {
			parts[i] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "-")
}

// TestManualsAgree holds the two manuals to the same sections.
func TestManualsAgree(t *testing.T) {
	outline := func(name string) []int {
		var levels []int
		for _, h := range headings(documentText(t, name)) {
			levels = append(levels, h.level)
		}
		return levels
	}
	zh, en := outline("docs/manual.zh.md"), outline("docs/manual.en.md")
	if len(zh) < 20 || !slices.Equal(zh, en) {
		t.Errorf("sections differ: %v and %v", zh, en)
	}
}

// TestExamplesHold runs the manuals' configurations through the program and
// parses their JSON.
func TestExamplesHold(t *testing.T) {
	t.Parallel()
	for _, name := range documents(t) {
		for _, block := range fences(documentText(t, name)) {
			switch block.language {
			case "toml":
				file := filepath.Join(t.TempDir(), configName)
				must(t, os.WriteFile(file, []byte(block.text), 0o644))
				if _, err := loadConfig(file, sampleNow()); err != nil {
					t.Errorf("%s: the configuration does not hold: %v", name, err)
				}
			case "json":
				if !json.Valid([]byte(block.text)) {
					t.Errorf("%s: no JSON: %s", name, block.text)
				}
			}
		}
	}
}

// TestDocumentsKeepToThemselves finds what does not belong into a document:
// lines of source code, which move, and paths of the machine that it was
// written on.
func TestDocumentsKeepToThemselves(t *testing.T) {
	banned := map[string]*regexp.Regexp{
		"a line number":  regexp.MustCompile(`\.(?:go|csv|toml|sql|md|sh):\d|\blines? \d`),
		"a machine path": regexp.MustCompile(`/(?:work|root|tmp|home|Users)/|[A-Z]:\\`),
		"shared/":        regexp.MustCompile(`\bshared/`),
		"unfinished":     regexp.MustCompile(`TODO|FIXME|XXX|待补|待写`),
	}
	for _, name := range documents(t) {
		text := documentText(t, name)
		for what, re := range banned {
			if at := re.FindString(text); at != "" {
				t.Errorf("%s has %s: %q", name, what, at)
			}
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// TestLinksResolve follows every link between documents, to the very heading.
func TestLinksResolve(t *testing.T) {
	for _, name := range documents(t) {
		for _, m := range link.FindAllStringSubmatch(documentText(t, name), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			path, anchor, _ := strings.Cut(m[1], "#")
			target := filepath.Join(filepath.Dir(name), path)
			if path == "" {
				target = name
			}
			if _, err := os.Stat(filepath.Join(projectRoot, target)); err != nil {
				t.Errorf("%s links to %s, which is not there", name, m[1])
				continue
			}
			if anchor != "" && !slices.ContainsFunc(headings(documentText(t, target)), func(h heading) bool { return h.anchor == anchor }) {
				t.Errorf("%s links to %s: no such heading", name, m[1])
			}
		}
	}
}

// TestReadmeIsShort keeps the first look a look.
func TestReadmeIsShort(t *testing.T) {
	for _, name := range []string{"README.md", "README.en.md"} {
		text := documentText(t, name)
		if n := strings.Count(text, "\n"); n > 150 {
			t.Errorf("%s has %d lines", name, n)
		}
		top := strings.Join(strings.Split(text, "\n")[:10], "\n")
		for _, command := range []string{"go run ./cmd/jindu demo", "go test ./..."} {
			if !strings.Contains(top, command) {
				t.Errorf("%s does not begin with %s", name, command)
			}
		}
	}
}

type heading struct {
	level  int
	anchor string
}

// headings returns the headings of a document with the anchors that they get.
func headings(text string) []heading {
	var out []heading
	fenced := false
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		level := len(line) - len(strings.TrimLeft(line, "#"))
		if fenced || level == 0 {
			continue
		}
		anchor := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
				return unicode.ToLower(r)
			default:
				return -1
			}
		}, strings.TrimSpace(line[level:]))
		out = append(out, heading{level, anchor})
	}
	return out
}

type fence struct{ language, text string }

// fences returns the blocks of code of a document.
func fences(text string) []fence {
	var out []fence
	for i, part := range strings.Split("\n"+text, "\n```") {
		if i%2 == 1 {
			language, body, _ := strings.Cut(part, "\n")
			out = append(out, fence{language, body})
		}
	}
	return out
}

// indicatorsDocument writes the catalogue down.
func indicatorsDocument(tb testing.TB) string {
	tb.Helper()
	c, err := store.LoadCatalogue()
	must(tb, err)
	var b strings.Builder
	b.WriteString("# 指标目录 Indicators\n\n" +
		"由 `store/catalogue.csv` 生成：`go test ./cmd/jindu -run GeneratedDocuments -update`。" +
		"Generated from the catalogue; correct it there.\n\n" +
		"性质 kind：`stock` 存量，各单位相加、各月不相加；`flow` 流量，都相加；`ratio` 比率，由分子分母重算；`check` 是否。" +
		"A stock is summed over units and never over time, a flow over both; a ratio is recomputed from its parts; a check is yes or no. " +
		"周期 cadence：`day` 日、`month` 月、`quarter` 季、`half` 半年、`year` 年。" +
		"由镜像库计算 computed by the mirror：不从表中读取 never read from a sheet。\n")
	for _, g := range c.Groups {
		b.WriteString("\n## " + g.Name + " " + g.English + "\n\n")
		b.WriteString("| 代码 code | 名称 name | 计量 measure | 性质 kind | 周期 cadence | 定义 definition | 表头的其他写法 aliases |\n")
		b.WriteString("|---|---|---|---|---|---|---|\n")
		for _, ind := range c.Indicators {
			if ind.Group == g.Code {
				tableRow(&b, "`"+ind.Code+"`", ind.Name+"<br>"+ind.English, measureOf(c, ind), "`"+string(ind.Kind)+"`",
					"`"+string(ind.Cadence)+"`", definitionOf(ind), strings.Join(ind.Aliases, "；"))
			}
		}
	}
	return b.String()
}

// measureOf names the measure in both languages, once where they are alike.
func measureOf(c *store.Catalogue, ind store.Indicator) string {
	if en := c.MeasureLabel(ind.Measure, store.English); en != ind.Measure {
		return ind.Measure + " " + en
	}
	return ind.Measure
}

// definitionOf says how an indicator is made and what it is bounded by.
func definitionOf(ind store.Indicator) string {
	var parts []string
	if ind.Kind == store.Ratio {
		formula := "`" + ind.Numerator + "` / `" + ind.Denominator + "`"
		if ind.Scale != 1 {
			formula += " × " + number(ind.Scale)
		}
		parts = append(parts, formula)
	}
	if len(ind.Parts) > 0 {
		parts = append(parts, "= `"+strings.Join(ind.Parts, "` + `")+"`")
	}
	if ind.Definition != "" {
		parts = append(parts, ind.Definition)
	}
	if ind.Origin != store.FromReport {
		parts = append(parts, map[store.Origin]string{
			store.FromMirror:   "由镜像库计算 computed by the mirror",
			store.FromDistrict: "取自配置 from the configuration",
		}[ind.Origin])
	}
	return strings.Join(parts, "<br>")
}

// findingsDocument writes down every sentence that jindu can say.
func findingsDocument() string {
	var b strings.Builder
	b.WriteString("# 问题与错误 Findings and errors\n\n" +
		"由 `store/messages.csv` 生成：`go test ./cmd/jindu -run GeneratedDocuments -update`。" +
		"Generated from the messages; correct them there.\n\n" +
		"`{0}`、`{1}` 处填入名称、地址或合计数，从不填入出错的原值。" +
		"`{0}` and `{1}` stand for names, addresses and sums, never for the offending value.\n")
	all := slices.SortedFunc(maps.Values(store.Messages()), func(a, b store.Message) int { return cmp.Compare(a.Code, b.Code) })
	for _, s := range []struct {
		head string
		of   func(store.Message) bool
	}{
		{"错误 Errors：整份文件或整张表不采用 the file or sheet does not apply", func(m store.Message) bool { return m.Severity == store.Fault }},
		{"警告 Warnings：个别数据搁置或标为待核 cells set aside, figures marked as suspect", func(m store.Message) bool { return m.Severity == store.Warning }},
		{"说明 Notes：数据照用，请知悉 the figures apply", func(m store.Message) bool { return m.Severity == store.Info }},
		{"命令的错误 Errors of commands", func(m store.Message) bool { return m.Severity == "" && m.HintZH != "" }},
		{"数值的写法、个人信息的种类与说明 How a value was written, shapes of personal data, and explanations", func(m store.Message) bool { return m.Severity == "" && m.HintZH == "" }},
	} {
		b.WriteString("\n## " + s.head + "\n\n| 代码 code | 意思 meaning | 怎么办 what to do |\n|---|---|---|\n")
		for _, m := range all {
			if s.of(m) {
				tableRow(&b, "`"+m.Code+"`", brackets.Replace(m.ZH+"<br>"+m.EN), brackets.Replace(hintOf(m)))
			}
		}
	}
	return b.String()
}

// brackets shows which part of a sentence stands only where its argument is known.
var brackets = strings.NewReplacer("<<", "〔", ">>", "〕", "\n", " ")

// hintOf says in both languages what to do, where there is anything to do.
func hintOf(m store.Message) string {
	if m.HintZH == "" {
		return ""
	}
	return m.HintZH + "<br>" + m.HintEN
}

// tableRow writes one row of a table.
func tableRow(b *strings.Builder, cells ...string) {
	for _, c := range cells {
		b.WriteString("| " + strings.ReplaceAll(c, "|", `\|`) + " ")
	}
	b.WriteString("|\n")
}
