package form

import (
	"strings"
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

// FuzzPeriod reads periods from any text: what is found is a period of the
// calendar, of a year that a report can be of, and reading it again finds it again.
func FuzzPeriod(f *testing.F) {
	for _, s := range []string{
		"2026年6月", "二〇二六年六月", "2026.6", "202606", "2026年1-6月", "2026年5月26日至6月25日", "上月26日至本月25日", "2026年第26周", "2026年上半年",
		"截止日期:2026年6月25日", "2026年前三季度", "20226年6月", "2026年13月", "6月上旬", "元月", "2025年12月26日至2026年1月25日", "２０２６年６月", "2026年2月30日",
	} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, calendar bool) {
		starts := 26
		if calendar {
			starts = 1
		}
		for _, w := range whens(fold(text), starts) {
			if !sane(w.year) || !sane(w.cutoff.Year) {
				t.Fatalf("%q is of the year %d, until %v", text, w.year, w.cutoff)
			}
			p := w.in(2026)
			if w.vague || p.IsZero() {
				continue
			}
			again := whens(fold(describe(w, 2026)), starts)
			if p.Kind == store.Month && (len(again) != 1 || again[0].in(2026) != p) {
				t.Fatalf("%q is %v, which reads as %v", text, p, again)
			}
		}
	})
}

// FuzzReport reads a sheet of any texts: nothing breaks, every figure is whole,
// and reading it twice says the same.
func FuzzReport(f *testing.F) {
	for _, s := range []string{
		"2026年6月统计表\n单位|刑事案件|海洛因（千克）\n城西派出所|7|1.5\n合计|7|1.5",
		"城西派出所2026年6月统计表\n项目|本月|累计|去年同期\n刑事案件|7|20|6\n报到率|85%||",
		"城西派出所2026年统计表\n项目|5月|6月\n刑事案件|7|8",
		"2026年6月统计表\n项目|城西所|城东所|合计\n刑事案件|7|8|15",
		"2026年6月统计表\n单位|指标|数值\n城西派出所|刑事案件|7\n|行政案件|9",
		"2026年刑事案件统计表\n单位|5月|6月\n城西派出所|7|8",
		"2026年5月统计表\n项目|本月\n刑事案件|7\n\n2026年6月统计表\n项目|本月\n刑事案件|8",
	} {
		f.Add(s, uint16(0))
		f.Add(s, uint16(0x1203))
	}
	opt := reportOptions(f)
	reader := NewReader(opt)
	f.Fuzz(func(t *testing.T, rows string, merge uint16) {
		if len(rows) > 4000 || strings.Count(rows, "|") > 400 {
			return
		}
		s := paper(t, "6月", rows)
		if merge != 0 {
			r, c := int(merge>>12), int(merge>>8&15)
			s.Merges = []sheet.Range{{Row: r, Col: c, Row2: r + int(merge>>4&15), Col2: c + int(merge&15)}}
		}
		book := &sheet.Book{Sheets: []*sheet.Sheet{s}}
		g := got{reader.Read(book, "城西所.xlsx"), t}
		for _, one := range g.Statements {
			if one.Unit == "" || one.Indicator == "" || !one.Period.Valid() || one.Value < 0 || one.Cell.Ref == "" {
				t.Fatalf("a figure is not whole: %+v", one)
			}
		}
		if again := (got{reader.Read(book, "城西所.xlsx"), t}); strings.Join(again.figures(), "\n") != strings.Join(g.figures(), "\n") || g.Workbook.Verdict == "" {
			t.Fatalf("read twice: %v and %v", g.figures(), again.figures())
		}
	})
}
