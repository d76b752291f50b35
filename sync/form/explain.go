package form

import (
	"fmt"
	"slices"
	"strings"

	"jindu/store"
	"jindu/sync/sheet"
)

var layoutNames = map[string]string{
	"units_down":        "单位纵排、指标横排",
	"indicators_down":   "指标纵排、本月累计横排",
	"months_across":     "指标纵排、月份横排",
	"months_down":       "月份纵排、指标横排",
	"transposed":        "指标纵排、单位横排",
	"long":              "单位与指标逐行",
	"indicators_across": "指标横排、只有一行",
}

var placeNames = map[string]string{"title": "标题", "sheet": "表名", "file": "文件名", "source": "来源"}

var aspectNames = map[aspect]string{own: "本期", cumulative: "累计", yearAgo: "同期（只核对）", previous: "上期（只核对）", change: "增减（不读）"}

// explain writes down how a sheet was understood, for people. Texts of cells
// that are no names of ours stay out: they could be a person's.
func (rd *reader) explain(p *page, d *draft) {
	say := func(format string, args ...any) {
		d.reading.Explain = append(d.reading.Explain, fmt.Sprintf(format, args...))
	}
	for n, t := range d.reports {
		heads := sheet.Range{
			Row: p.lines[t.block.heads[0]].row, Col: t.block.left,
			Row2: p.lines[t.block.heads[len(t.block.heads)-1]].row, Col2: t.block.right,
		}
		say("第 %d 个表：%s；表头在 %s", n+1, layoutNames[t.layout], heads.Ref())
		if t.unit != "" {
			say("单位：%s（据%s）", rd.opt.Units.Name(t.unit), placeOf(t.unitRef))
		}
		if !t.period.IsZero() {
			say("期间：%s（据%s）", t.period, placeOf(t.timeRef))
		}
		for _, c := range t.stubs {
			if c.head != nil || c.stub != unread {
				say("%s 列：%s", sheet.ColumnName(c.at), stubNames[c.stub])
			}
		}
		for _, c := range t.columns {
			say("%s 列：%s", sheet.ColumnName(c.at), rd.meaning(t, c, !t.byRow))
		}
		if !t.byRow {
			continue
		}
		for _, r := range t.rows {
			if len(r.names) > 0 {
				say("第 %d 行：%s", p.lines[r.at].row+1, rd.meaning(t, r, true))
			}
		}
	}
}

var stubNames = map[stub]string{
	unitStub: "单位", itemStub: "指标", groupStub: "指标的类别", timeStub: "期间", measureStub: "计量单位", unread: "不读", data: "数据",
}

func placeOf(ref string) string { return first(placeNames[ref], " "+ref) }

// meaning says what a column or row was taken for.
func (rd *reader) meaning(t *report, c *coord, wantsName bool) string {
	var parts []string
	switch {
	case c.ind != nil && c.ind.Origin != store.FromReport:
		return c.ind.Name + "由系统计算，不读"
	case c.ind != nil && (wantsName || !t.byRow):
		parts = append(parts, fmt.Sprintf("%s -> %s %s", c.path(), c.ind.Code, c.ind.Name))
	case len(c.rivals) > 1:
		names := make([]string, len(c.rivals))
		for i, r := range c.rivals {
			names[i] = r.Name
		}
		return "不读，因为可指" + strings.Join(names, "、")
	case wantsName && len(c.names) > 0 && !c.total:
		return "不读，因为认不出表头"
	}
	if c.unit != "" {
		parts = append(parts, rd.opt.Units.Name(c.unit))
	}
	if !c.when.none() {
		parts = append(parts, describe(c.when, t.year))
	}
	if a := aspectNames[c.aspect]; a != "" {
		parts = append(parts, a)
	}
	if c.total || c.area {
		parts = append(parts, "合计，只核对")
	}
	if m := first(c.foreign, c.measure); m != "" && slices.Contains([]string{c.measure}, m) {
		parts = append(parts, "按"+m+"计")
	}
	if len(parts) == 0 {
		return "数值"
	}
	return strings.Join(parts, "，")
}

// unread says that a sheet beside the reports was not read, where it holds
// enough numbers to have been meant.
func (rd *reader) unread(p *page, d *draft) {
	figures := 0
	for _, l := range p.lines {
		for _, c := range l.cells {
			if c.Kind == sheet.Number && !c.Date {
				figures++
			}
		}
	}
	if figures >= 12 && len(rd.book.Sheets) > 1 {
		d.find("form_unknown", "").Severity = store.Info
	}
	rd.personal(p, d)
	d.reading.Explain = append(d.reading.Explain, "没有认出统计表，未读")
}
