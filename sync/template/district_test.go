package template

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jindu/store"
	"jindu/sync/form"
	"jindu/sync/sheet"
)

// testUnits are the units of a small fictitious district.
func testUnits() store.Units {
	return store.NewUnits([]store.Unit{
		{Code: "cxs", Name: "城西派出所", Kind: store.Station},
		{Code: "cds", Name: "城东派出所", Kind: store.Station},
		{Code: "nwb", Name: "南湾边防派出所", Kind: store.BorderStation},
		{Code: "jdd", Name: "公安分局禁毒大队", Kind: store.Bureau},
		{Code: "dhj", Name: "东湖街道办事处", Kind: store.Street},
		{Code: "xjj", Name: "西郊街道办事处", Kind: store.Street},
		{Code: "whc", Name: "望湖社区", Kind: store.Community, Parent: "dhj"},
		{Code: "jyj", Name: "区教育局", Kind: store.Department},
		{Code: "jdb", Name: "区禁毒办", Kind: store.Office},
	})
}

var testDay = store.NewDate(2026, 11, 24)

// options are those of a form in that district, for a unit or, with no code, for
// all of it.
func options(tb testing.TB, c *store.Catalogue, f store.Form, unit string) Options {
	tb.Helper()
	s := store.Settings{DueDay: 5, MonthStarts: 1}
	return Options{
		Catalogue:   c,
		Units:       testUnits(),
		District:    store.District{Name: "云岭区", Bureaus: []string{"公安分局"}},
		Unit:        unit,
		Period:      DefaultPeriod(f, c, s, testDay),
		MonthStarts: 1,
		Lang:        store.Chinese,
		Today:       testDay,
	}
}

// catalogue is the embedded one with a district's own report and ledger.
func catalogue(tb testing.TB) *store.Catalogue {
	tb.Helper()
	c, err := store.LoadCatalogue(store.Overlay{
		Forms: []store.Form{
			{
				Code: "money", Kind: store.ReportForm, Name: "禁毒经费月报表", Titles: []string{"禁毒经费月报"},
				Indicators: []string{"fund_received", "fund_spent", "exec_rate", "budget_listed"}, Reporters: []string{"street"},
			},
			{
				Code: "year_end", Kind: store.ReportForm, Name: "禁毒工作年报表",
				Indicators: []string{"budget_listed", "drugfree_comm_rate"}, Reporters: []string{"all"},
			},
			{
				Code: "half_year", Kind: store.ReportForm, Name: "禁毒民意半年报表",
				Indicators: []string{"pub_awareness", "satisfaction"}, Reporters: []string{"office"},
			},
			{
				Code: "dogs", Kind: store.LedgerForm, Name: "缉毒犬出勤台账", Row: "day", Reporters: []string{"station"},
				Fields: []store.FormField{
					{Name: "day", Kind: store.DateField, Heads: []string{"出勤日期"}, Required: true, Telling: true, Example: "2026-06-20"},
					{Name: "unit", Kind: store.UnitField, Heads: []string{"出勤单位"}},
					{Name: "breed", Kind: store.WordField, Heads: []string{"犬种"}, Telling: true, Dictionary: "dogs.breed"},
					{Name: "found", Kind: store.NumberField, Heads: []string{"查获毒品(克)"}, Telling: true, Measure: "克"},
					{Name: "times", Kind: store.CountField, Heads: []string{"搜索车辆数"}, Telling: true},
					{Name: "handler", Kind: store.PersonalField, Heads: []string{"训导员"}},
				},
			},
		},
		Words: []store.Word{{Dictionary: "dogs.breed", Word: "史宾格", Value: "史宾格"}, {Dictionary: "dogs.breed", Word: "拉布拉多", Value: "拉布拉多犬"}},
	})
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// mustForm returns a form of the catalogue.
func mustForm(tb testing.TB, c *store.Catalogue, code string) store.Form {
	tb.Helper()
	f, ok := c.FormByCode(code)
	if !ok {
		tb.Fatalf("no form %s", code)
	}
	return f
}

// written returns the bytes of a template.
func written(tb testing.TB, f store.Form, opt Options) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := Write(&b, f, opt); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// opened opens a template as a clerk's program does.
func opened(tb testing.TB, data []byte) *excelize.File {
	tb.Helper()
	x, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = x.Close() })
	return x
}

// saved saves it again, with the results of its formulas as they are then.
func saved(tb testing.TB, x *excelize.File) []byte {
	tb.Helper()
	name := x.GetSheetName(0)
	rows, err := x.GetRows(name)
	if err != nil {
		tb.Fatal(err)
	}
	for r := range rows {
		for c := range 60 {
			at := ref(r, c)
			if f, _ := x.GetCellFormula(name, at); f != "" {
				result, err := x.CalcCellValue(name, at, excelize.Options{RawCellValue: true})
				if err != nil {
					tb.Fatalf("%s %s: %v", at, f, err)
				}
				set(tb, x, at, numberOrText(result))
			}
		}
	}
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// set fills a cell of the first sheet.
func set(tb testing.TB, x *excelize.File, at string, value any) {
	tb.Helper()
	if err := x.SetCellValue(x.GetSheetName(0), at, value); err != nil {
		tb.Fatal(err)
	}
}

// read reads a workbook as a pull does.
func read(tb testing.TB, data []byte, opt Options) *store.Reading {
	tb.Helper()
	book, err := sheet.Read(context.Background(), data, sheet.DefaultLimits())
	if err != nil {
		tb.Fatal(err)
	}
	return form.Read(book, "表.xlsx", form.Options{
		Units:       opt.Units,
		District:    opt.District,
		Catalogue:   opt.Catalogue,
		Today:       testDay,
		MonthStarts: opt.MonthStarts,
		Secret:      []byte("secret"),
	})
}

// clean fails for every finding that is not expected.
func clean(tb testing.TB, what string, rd *store.Reading, expected ...string) {
	tb.Helper()
	var got []string
	for _, f := range rd.Findings {
		got = append(got, f.Rule)
		if len(expected) == 0 {
			tb.Errorf("%s: %s!%s %s: %s", what, f.Sheet, f.Cell, f.Rule, f.Message(store.Chinese))
		}
	}
	if len(expected) > 0 && strings.Join(got, " ") != strings.Join(expected, " ") {
		tb.Errorf("%s: findings %v, want %v", what, got, expected)
	}
	if rd.Workbook.Verdict != store.Accepted {
		tb.Errorf("%s: %s", what, rd.Workbook.Verdict)
	}
}
