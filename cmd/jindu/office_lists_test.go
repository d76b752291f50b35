package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// listedOffice is a small office whose lists are looked at closely.
func listedOffice(t *testing.T) *office {
	t.Helper()
	o := &office{TB: t, dir: t.TempDir()}
	o.configure(officeCase{})
	o.step(officeCase{
		at: "2026-07-03 09:00",
		files: map[string]string{
			"6月.xlsx": `
[Sheet1]
云岭区2026年6月统计表|<|<|<|<|<
单位|刑事案件|在册人数|应报到|已报到|报到率
长桥街道|3|600|40|38|95%
桥北社区|4|50|20|20|100%
东湖街道|1|100|10|5|50%
青石街道|1|100|10|5|50%
`,
			"任务清单.xlsx": `
[任务]
2026年禁毒工作任务清单|<|<|<
任务事项|责任单位|完成时限|完成状态
开展宣传|东湖街道|2026年6月30日|在办
开展培训|西郊街道|2026年6月20日|办结
整理台账|西郊街道|2026年7月5日|在办
长期巡查|长桥街道|长期坚持|
`,
			"案件.xlsx": `
[案件]
2026年毒品案件台账|<|<|<|<|<
案件编号|案件类型|受案时间|破案时间|主办单位|发案地点
A5399012026060001|贩卖毒品|2026年6月1日|2026年6月5日|城西派出所|荻花路20号
`,
		},
		exit: 1,
	})
	return o
}

func keysOf(row map[string]any) []string {
	var keys []string
	for k := range row {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// TestRuling26ListShapes holds the keys that scripts rely on, and what stands in them.
func TestRuling26ListShapes(t *testing.T) {
	t.Parallel()
	o := listedOffice(t)
	for what, keys := range map[string]string{
		"units":      "code name kind parent",
		"indicators": "code name kind measure",
		"figures":    "unit unit_name indicator indicator_name period value measure state workbook sheet cell known_from known_to",
		"tasks":      "id title unit due status done_on state days workbook sheet cell",
		"cases":      "id unit type",
		"pulls":      "source started ended listed fetched unchanged accepted partial refused error",
		"findings":   "workbook sheet cell severity rule message hint known_from",
		"workbooks":  "",
	} {
		rows := o.list(what)
		if len(rows) == 0 {
			t.Errorf("list %s is empty", what)
			continue
		}
		for key := range strings.FieldsSeq(keys) {
			if !slices.Contains(keysOf(rows[0]), key) {
				t.Errorf("list %s has no %s but %v", what, key, keysOf(rows[0]))
			}
		}
	}
	states := map[string]string{}
	for _, task := range o.list("tasks") {
		states[text(task["title"])] = fmt.Sprint(task["state"], " ", task["due"], " ", task["days"])
	}
	for title, want := range map[string]string{
		"开展宣传": "overdue 2026-06-30 3",
		"开展培训": "done 2026-06-20 <nil>",
		"整理台账": "due_soon 2026-07-05 2",
		"长期巡查": "undated <nil> <nil>",
	} {
		if states[title] != want {
			t.Errorf("task %s: %s, want %s", title, states[title], want)
		}
	}
	f := o.list("figures", "--unit", "cqj", "--indicator", "case_criminal", "--period", "2026-06")
	if len(f) != 1 || f[0]["workbook"] != "6月.xlsx" || f[0]["sheet"] != "Sheet1" || f[0]["cell"] != "B3" || f[0]["known_to"] != nil {
		t.Errorf("figure %v", f)
	}
}

// TestRuling26Derived: totals up the tree, recomputed ratios and the district.
func TestRuling26Derived(t *testing.T) {
	t.Parallel()
	o := listedOffice(t)
	got := map[string]any{}
	for _, f := range o.list("figures", "--derived", "--period", "2026-06") {
		key := fmt.Sprint(f["unit"], " ", f["indicator"])
		if f["derived"] != true {
			key = "own " + key
		}
		got[key] = f["value"]
	}
	for key, want := range map[string]float64{
		"own cqj case_criminal":   3,
		"cqj case_criminal":       7, // with 桥北社区
		"district case_criminal":  8,
		"district reg_total":      750,
		"district report_in_rate": 90, // 63 of 70
		"cqj report_in_rate":      100 * 58. / 60,
		"dhj report_in_rate":      50,
		"qbs report_in_rate":      100,
	} {
		v, ok := got[key].(float64)
		if !ok || v-want > 1e-9 || want-v > 1e-9 {
			t.Errorf("%s: %v, want %v", key, got[key], want)
		}
	}
	for _, f := range o.list("figures") {
		if f["indicator"] == "report_in_rate" {
			t.Errorf("plain list gives a ratio that was recomputed: %v", f)
		}
	}
}

// TestOfficeFigure: one figure, its versions and contributors.
func TestOfficeFigure(t *testing.T) {
	t.Parallel()
	o := listedOffice(t)
	var f figureOut
	ask := func(args ...string) {
		t.Helper()
		f = figureOut{}
		r := o.run(append([]string{"figure"}, append(args, "--json")...)...)
		if err := json.Unmarshal([]byte(r.out), &f); err != nil || r.status != 0 {
			t.Fatalf("figure %v: %d %v %s%s", args, r.status, err, r.out, r.err)
		}
	}
	ask("qbs", "case_criminal", "2026-06")
	if f.Value == nil || *f.Value != 4 || len(f.Versions) != 1 || f.Ref == nil || *f.Ref != "B4" {
		t.Errorf("own figure %+v", f)
	}
	ask("district", "case_criminal", "2026-06")
	if f.Value == nil || *f.Value != 8 || len(f.Contributors) != 3 {
		t.Errorf("total %+v", f)
	}
	ask("district", "报到率", "2026-06")
	if f.Value == nil || *f.Value < 89.99 || *f.Value > 90.01 || len(f.Contributors) != 6 {
		t.Errorf("ratio %+v", f)
	}
	ask("桥北社区", "xsaj", "2026-06")
	if f.Unit != "qbs" || f.Indicator != "case_criminal" {
		t.Errorf("by name and pinyin %+v", f)
	}
	if r := o.run("figure", "nowhere", "case_criminal", "--json"); r.status != 1 || !json.Valid([]byte(r.out)) {
		t.Errorf("unknown unit: %d %s", r.status, r.out)
	}
}

// TestRuling26AsOf: a list as known at a moment gives what it gave then.
func TestRuling26AsOf(t *testing.T) {
	t.Parallel()
	o := listedOffice(t)
	o.at = time.Date(2026, 7, 4, 12, 0, 0, 0, o.at.Location())
	before := o.run("list", "figures", "--json").out
	o.step(officeCase{at: "2026-07-05 10:00", files: map[string]string{"6月.xlsx": `
[Sheet1]
云岭区2026年6月统计表|<
单位|刑事案件
长桥街道|5
桥北社区|4
东湖街道|1
`}})
	o.at = o.at.AddDate(0, 0, 1)
	for _, moment := range []string{"2026-07-04 12:00", "2026-07-04T12:00:00+08:00", "2026-07-04T04:00:00Z"} {
		r := o.run("--as-of", moment, "list", "figures", "--json")
		if r.out != before {
			t.Errorf("as of %s: %.600s %s\nwant %.600s", moment, r.out, r.err, before)
		}
	}
	now := o.list("figures", "--unit", "cqj", "--indicator", "case_criminal")
	if len(now) != 1 || now[0]["value"] != 5.0 {
		t.Errorf("now %v", now)
	}
}

// TestRuling20CheckMany: several files give the worst verdict, in their order.
func TestRuling20CheckMany(t *testing.T) {
	t.Parallel()
	o := &office{TB: t, dir: t.TempDir()}
	o.configure(officeCase{})
	o.step(officeCase{files: map[string]string{
		"good.xlsx": plainBook("云岭区2026年6月统计表"),
		"part.xlsx": "[Sheet1]\n云岭区2026年6月统计表|<|<\n单位|毒驾|强戒\n城西派出所|约3|1\n城东派出所|3|1\n",
	}, raw: map[string][]byte{"bad.xlsx": []byte("PK\x03\x04")}, exit: 1})
	for files, want := range map[string]int{
		"good.xlsx":                     0,
		"good.xlsx part.xlsx":           1,
		"bad.xlsx good.xlsx part.xlsx":  2,
		"good.xlsx folder.xlsx":         2,
		"good.xlsx nowhere.xlsx":        2,
		"part.xlsx good.xlsx part.xlsx": 1,
	} {
		args := []string{"check", "--json"}
		for name := range strings.FieldsSeq(files) {
			args = append(args, filepath.Join(o.dir, "reports", name))
		}
		r := o.run(args...)
		var out checked
		if err := json.Unmarshal([]byte(r.out), &out); err != nil || r.status != want || len(out.Files) != len(args)-2 {
			t.Errorf("check %s: %d %v, want %d: %s", files, r.status, err, want, r.out)
		}
	}
	// The second pull finds nothing new; what was wrong is still said by its status.
	r := o.run("pull", "--json")
	var out pulled
	if err := json.Unmarshal([]byte(r.out), &out); err != nil || len(out.Sources) != 1 || out.Sources[0].Unchanged != 3 || out.Sources[0].Fetched != 0 {
		t.Errorf("second pull: %d %v %s", r.status, err, r.out)
	}
}

// TestRuling26FailsInJSON: --json prints valid JSON whatever goes wrong.
func TestRuling26FailsInJSON(t *testing.T) {
	t.Parallel()
	o := &office{TB: t, dir: t.TempDir()}
	o.configure(officeCase{})
	for args, want := range map[string]int{
		"list figures --json":                   1,
		"list figures --period 2026-13 --json":  1,
		"list nothing --json":                   2,
		"figure cxs case_criminal --json":       1,
		"pull --source nowhere --json":          2,
		"check --json nowhere.xlsx":             2,
		"find zzzzzz --json":                    1,
		"list figures --as-of yesterday --json": 1,
	} {
		r := o.run(strings.Fields(args)...)
		if !json.Valid([]byte(r.out)) || r.status != want {
			t.Errorf("%s: %d, want %d: %q %s", args, r.status, want, r.out, r.err)
		}
	}
}
