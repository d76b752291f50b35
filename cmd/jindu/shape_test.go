package main

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The keys that scripts rely on; a test may add some and never take one away.
func shapeOf(what string) []string {
	return strings.Fields(map[string]string{
		"units":      "code name kind parent aliases",
		"indicators": "code name group measure kind aliases",
		"figures":    "unit unit_name indicator indicator_name period value measure state workbook sheet cell known_from known_to pending waiting",
		"tasks":      "id title unit due status done_on state days workbook sheet cell recurs",
		"cases":      "id unit type class workbook sheet cell",
		"records":    "form unit unit_name day values workbook sheet cell known_from known_to",
		"tallies":    "form unit period indicator by word value rows workbook sheet cell",
		"pulls":      "source started ended listed fetched unchanged accepted partial refused error",
		"findings":   "workbook sheet cell severity rule message hint known_from",
		"pending":    "unit unit_name indicator indicator_name period value pending measure reason workbook sheet cell known_from",
		"rules":      "code left op right importance off message message_en periods missing tolerance",
		"meetings":   "meeting held decided done late overdue due_soon open undated",
		"grades":     "grade grade_name unit unit_name pilot item item_name points low high by reason veto self checked level level_best target reach short_least short_most items items_known indicator value measure period state workbook sheet cell oldest lacking assessed_on days",
		"practice":   "practice unit unit_name indicator indicator_name period expected_count done rate measure reported expected oldest source",
		"campaigns":  "campaign campaign_name from to day days unit unit_name indicator indicator_name value measure target rate pace basis until same_units last reported expected state oldest workbook sheet cell",
		"readiness":  "unit unit_name strengthening requirement requirement_name state why why_text workbook sheet cell known_from source",
		"reports":    "unit unit_name form form_name period due state on_time received last_received days_late figures expected workbook",
		"workbooks":  "source workbook version verdict received",
	}[what])
}

// TestShapes holds every list to its keys, every value to its type, and the
// empty list to being one.
func TestShapes(t *testing.T) {
	t.Parallel()
	_, config := pulledDistrict(t)
	pull := one(t, "--config", config, "pull")
	keys(t, "pull", pull, "started ended sources")
	sources, _ := pull["sources"].([]any)
	source, _ := sources[0].(map[string]any)
	keys(t, "source", source, "source listed fetched unchanged accepted partial refused error")
	for what := range lists() {
		list := rows(t, "--config", config, "list", what, "--derived")
		// Of a first pull nothing waits: accept.txtar has some; TestListRecords has rows.
		if len(list) == 0 && !slices.Contains([]string{"pending", "records", "tallies"}, what) {
			t.Errorf("list %s is empty", what)
		}
		for _, row := range list {
			keys(t, what, row, strings.Join(shapeOf(what), " "))
			if v, ok := row["value"]; ok && !isNumberOrNull(v) {
				t.Errorf("value %v is no number", v)
			}
		}
		if r := run(t, "--config", config, "list", what, "--json", "--unit", "nobody"); r.out != "[]\n" || r.status == exitOK {
			t.Errorf("list %s of nobody: %q, status %d", what, r.out, r.status)
		}
		csv := run(t, "--config", config, "list", what, "--csv")
		if head, _, _ := strings.Cut(csv.out, "\n"); !strings.Contains(head, shapeOf(what)[1]) {
			t.Errorf("list %s --csv begins with %q", what, head)
		}
	}
	keys(t, "figure", one(t, "--config", config, "figure", "cxs", "case_criminal"),
		strings.Join(shapeOf("figures"), " ")+" versions contributors")
	for _, hit := range rows(t, "--config", config, "find", "城西") {
		keys(t, "hit", hit, "kind code name detail")
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(config), "reports", "*", "*", "*"))
	must(t, err)
	check := run(t, append([]string{"--config", config, "check", "--json"}, files[:20]...)...)
	var got map[string]any
	must(t, json.Unmarshal([]byte(check.out), &got))
	list, _ := got["files"].([]any)
	for _, f := range list {
		file, _ := f.(map[string]any)
		keys(t, "file", file, "file verdict sheets findings")
		sheets, _ := file["sheets"].([]any)
		for _, s := range sheets {
			sheet, _ := s.(map[string]any)
			keys(t, "sheet", sheet, "sheet form unit period figures rows")
		}
		findings, _ := file["findings"].([]any)
		for _, s := range findings {
			finding, _ := s.(map[string]any)
			keys(t, "finding", finding, "severity rule sheet cell message hint")
		}
	}
}

func keys(t *testing.T, what string, row map[string]any, want string) {
	t.Helper()
	have := slices.Sorted(maps.Keys(row))
	for key := range strings.FieldsSeq(want) {
		if !slices.Contains(have, key) {
			t.Errorf("%s has no %s: %v", what, key, have)
		}
	}
}

func isNumberOrNull(v any) bool {
	_, ok := v.(float64)
	return ok || v == nil
}

func TestCSVIsHarmless(t *testing.T) {
	var out strings.Builder
	a := &app{Process: Process{Stdout: &out}}
	a.csv([][]string{{"=cmd|x", "+1", "-3.5", "@a", "＝a", "\tb", "a=b", "-x", "", "+-1", "-e", "\rx", "a\x1b[2Jb", "\u202e"}})
	if want := "'=cmd|x,+1,-3.5,'@a,'＝a,' b,a=b,'-x,,'+-1,'-e,' x,a·[2Jb,·\n"; out.String() != want {
		t.Errorf("csv = %q, want %q", out.String(), want)
	}
}

func TestTableAligns(t *testing.T) {
	tab := newTable("单位", ">n")
	tab.add("城西派出所", "4")
	tab.add("ab", "1,234")
	want := []string{"单位            n", "城西派出所      4", "ab          1,234"}
	if got := tab.lines(); !slices.Equal(got, want) {
		t.Errorf("lines = %q, want %q", got, want)
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"due_dy", "due_day", 1}, {"kitten", "sitting", 3}, {"abc", "abc", 0}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestIsRemote(t *testing.T) {
	for remote, want := range map[string]bool{
		"reports": false, "/srv/share": false, `C:\share`: false, "C:/share": false, "./a:b": false,
		"office:reports": true, "https://host/x": true, "http://host": true,
	} {
		if got := isRemote(remote); got != want {
			t.Errorf("isRemote(%q) = %v", remote, got)
		}
	}
}
