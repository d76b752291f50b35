package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// order does what an officer types.
func (o *office) order(line string) {
	o.Helper()
	if line != "rebuild" {
		if r := o.run(strings.Fields(line)...); r.status != exitOK {
			o.Errorf("%s: exit %d: %s%s", line, r.status, r.out, r.err)
		}
		return
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		must(o, os.RemoveAll(filepath.Join(o.dir, "jindu.db"+suffix)))
	}
}

// compareWaits compares all that waits for an officer, in the list of its own and
// beside the figures.
func (o *office) compareWaits(want string) {
	o.Helper()
	if want == "" {
		return
	}
	if want == "none" {
		want = ""
	}
	var listed, beside []string
	for _, p := range o.list("pending") {
		listed = append(listed, fmt.Sprint(p["unit"], " ", p["indicator"], " ", p["period"], " ", p["value"], " ", p["pending"], " ", p["reason"]))
	}
	for _, f := range o.list("figures") {
		p, ok := f["pending"].(map[string]any)
		if !ok {
			continue
		}
		if p["workbook"] == "" || p["sheet"] == "" || p["cell"] == "" || p["known_from"] == nil || f["waiting"] != 1.0 {
			o.Errorf("what waits does not tell where it stands: %v", f)
		}
		beside = append(beside, fmt.Sprint(f["unit"], " ", f["indicator"], " ", f["period"], " ", f["value"], " ", p["value"]))
	}
	var wanted, short []string
	for line := range lines(want) {
		wanted = append(wanted, line)
		short = append(short, line[:strings.LastIndexByte(line, ' ')])
	}
	if strings.Join(listed, "\n") != strings.Join(wanted, "\n") {
		o.Errorf("waits: %q, want %q", listed, wanted)
	}
	if strings.Join(beside, "\n") != strings.Join(short, "\n") {
		o.Errorf("beside the figures: %q, want %q", beside, short)
	}
}

// TestRuling21Office changes reports that stand already, as offices do.
func TestRuling21Office(t *testing.T) {
	t.Parallel()
	june := func(criminal, admin, grams string) string {
		return "[Sheet1]\n城西派出所2026年6月月报|<\n项目|本月\n刑事案件|" + criminal + "\n行政案件|" + admin + "\n缴获毒品总量（克）|" + grams + "\n"
	}
	first := officeCase{files: map[string]string{"a.xlsx": june("3", "100", "10")}, figures: "cxs case_admin 2026-06 100", waits: "none"}
	after := func(then ...officeCase) officeCase {
		c := first
		c.then = then
		return c
	}
	change := func(at, criminal, admin, grams, waits, figures string) officeCase {
		return officeCase{at: at, files: map[string]string{"a.xlsx": june(criminal, admin, grams)}, waits: waits, figures: figures}
	}
	const closed, large = "cxs case_admin 2026-06 100 101 closed", "cxs case_admin 2026-06 100 150 large"
	inSeptember := change("2026-09-20 09:00", "3", "101", "10", closed, "cxs case_admin 2026-06 100\ncxs case_criminal 2026-06 3")
	inJuly := change("2026-07-11 09:00", "3", "150", "10", large, "cxs case_admin 2026-06 100")
	order := func(at, order, waits, figures string) officeCase {
		return officeCase{at: at, orders: order, waits: waits, figures: figures}
	}
	const accept = "accept cxs case_admin 2026-06 --why 电话核实 --by 值班员"
	runOffice(t, map[string]officeCase{
		"a small change applies":            after(change("2026-07-11 09:00", "4", "110", "14", "none", "cxs case_criminal 2026-06 4\ncxs case_admin 2026-06 110\ncxs seized_total_g 2026-06 14")),
		"a quantity by 60 %":                after(change("2026-07-11 09:00", "3", "100", "16", "cxs seized_total_g 2026-06 10 16 large", "cxs seized_total_g 2026-06 10")),
		"a closed period":                   after(inSeptember),
		"more than a fifth":                 after(inJuly),
		"a first report in a closed period": {at: "2026-09-20 09:00", files: first.files, figures: first.figures, waits: "none"},
		"accepted in a closed period": after(inSeptember,
			order("2026-09-21 09:00", accept, "none", "cxs case_admin 2026-06 101"),
			order("2026-09-22 09:00", "rebuild", "none", "cxs case_admin 2026-06 101")),
		"accepted": after(inJuly,
			order("2026-07-12 09:00", accept, "none", "cxs case_admin 2026-06 150"),
			order("2026-07-13 09:00", "rebuild", "none", "cxs case_admin 2026-06 150")),
		"rejected": after(inJuly,
			order("2026-07-12 09:00", accept+" --reject", "none", "cxs case_admin 2026-06 100"),
			order("2026-07-13 09:00", "rebuild", "none", "cxs case_admin 2026-06 100\ncxs case_criminal 2026-06 3"),
			order("2026-07-14 09:00", accept, "none", "cxs case_admin 2026-06 150")),
		"mended by itself":  after(inJuly, change("2026-07-12 09:00", "3", "104", "10", "none", "cxs case_admin 2026-06 104")),
		"taken back":        after(inJuly, change("2026-07-12 09:00", "3", "100", "10", "none", "cxs case_admin 2026-06 100")),
		"another large one": after(inJuly, change("2026-07-12 09:00", "3", "170", "10", "cxs case_admin 2026-06 100 170 large", "cxs case_admin 2026-06 100")),
		"one of two files": {
			files: map[string]string{"a.xlsx": june("3", "100", "10"), "b.xlsx": june("4", "100", "10")},
			exit:  1, absent: "cxs case_criminal *",
			then: []officeCase{
				order("2026-07-11 09:00", "accept cxs case_criminal 2026-06 --workbook 2 --why 以更正表为准", "none", "cxs case_criminal 2026-06 4"),
				{at: "2026-07-12 09:00", orders: "rebuild", figures: "cxs case_criminal 2026-06 4", quiet: []string{"conflict"}},
			},
		},
	})
}
