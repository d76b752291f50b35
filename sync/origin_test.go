package sync

import (
	"fmt"
	"strings"
	"testing"

	"jindu/store"
)

// TestCountsBecomeFigures takes 宣传活动场次 from the ledger, as a configuration may say.
func TestCountsBecomeFigures(t *testing.T) {
	catalogue, err := store.LoadCatalogue(store.Overlay{Indicators: []store.Indicator{{Code: "pub_events", Origin: store.FromLedger}}})
	if err != nil {
		t.Fatal(err)
	}
	u := Understanding{Catalogue: catalogue, Units: store.NewUnits([]store.Unit{
		{Code: "a", Name: "甲街道", Kind: store.Street},
		{Code: "a1", Name: "一社区", Kind: store.Community, Parent: "a"},
		{Code: "b", Name: "乙街道", Kind: store.Street},
	})}
	june := store.MonthOf(2026, 6)
	count := func(sheet, unit string, n, rows int) store.Tally {
		return store.Tally{
			Form: "publicity", Unit: unit, Period: june, Indicator: "pub_events", Value: float64(n), Rows: rows,
			Cell: store.Cell{Sheet: sheet, Ref: "A4:A9"},
		}
	}
	broken := count("活动", "a", 9, 9)
	broken.By, broken.Word = "form", "讲座"
	banners := count("活动", "a", 40, 3)
	banners.Indicator = "pub_banners"
	dateless := count("活动", "a", 7, 7)
	dateless.Period = store.Period{}
	for _, c := range []struct {
		name    string
		whose   string
		tallies []store.Tally
		want    string
	}{
		{"a count", "", []store.Tally{count("活动", "a", 3, 3), banners}, "a 2026-06 3 A4:A9"},
		{"two sheets of one ledger", "", []store.Tally{count("活动", "a", 3, 3), count("活动2", "a", 2, 2)}, "a 2026-06 5 A4:A9"},
		{"a breakdown is none", "", []store.Tally{broken}, ""},
		{"nor is what has no month", "", []store.Tally{dateless}, ""},
		{"no row of the unit in the month", "", []store.Tally{count("活动", "a", 0, 0)}, ""},
		{"none of these, but others", "", []store.Tally{count("活动", "a", 0, 0), banners}, "a 2026-06 0 A4:A9"},
		{"of a unit below", "a", []store.Tally{count("活动", "a1", 2, 2)}, "a1 2026-06 2 A4:A9"},
		{"of another unit in passing", "b", []store.Tally{count("活动", "a", 2, 2)}, ""},
		{"of no unit that there is", "", []store.Tally{count("活动", "x", 2, 2), count("活动", store.DistrictCode, 2, 2)}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			rd := &store.Reading{Tallies: c.tallies, Sheets: []store.SheetReading{{Name: "活动", Form: "publicity", Unit: c.whose}}}
			u.takeCounts(rd)
			var got []string
			for _, s := range rd.Statements {
				got = append(got, fmt.Sprint(s.Unit, " ", s.Period, " ", s.Value, " ", s.Cell.Ref))
			}
			if strings.Join(got, "; ") != c.want || rd.Workbook.Figures != len(got) {
				t.Errorf("got %q and %d figures, want %q", got, rd.Workbook.Figures, c.want)
			}
		})
	}
	printed := store.Statement{Key: store.Key{Unit: "a", Indicator: "pub_events", Period: june}, Value: 4, Own: true}
	other := store.Statement{Key: store.Key{Unit: "a", Indicator: "case_criminal", Period: june}, Value: 1, Own: true}
	rd := &store.Reading{Statements: []store.Statement{printed, other}}
	u.takeCounts(rd)
	if len(rd.Statements) != 1 || rd.Statements[0].Indicator != "case_criminal" || len(rd.Compared) != 1 || rd.Compared[0].Value != 4 {
		t.Errorf("a report's number is stated %v, compared %v", rd.Statements, rd.Compared)
	}
}
