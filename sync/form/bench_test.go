package form

import (
	"fmt"
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

// wideSheet is a month's report of many units and indicators: 34 rows and 30 columns.
func wideSheet(tb testing.TB) (*sheet.Book, Options) {
	tb.Helper()
	opt := reportOptions(tb)
	opt.Explain = false // pulls ask for none
	var units []store.Unit
	for i := range 32 {
		units = append(units, store.Unit{Code: fmt.Sprintf("u%02d", i), Name: fmt.Sprintf("%c%c派出所", '东'+rune(i), '湖'+rune(i)), Kind: store.Station})
	}
	opt.Units = store.NewUnits(units)
	rows := "云岭区2026年6月禁毒工作统计表\n单位"
	n := 0
	for _, ind := range opt.Catalogue.Indicators {
		if ind.Counted() && ind.Kind == store.Flow && ind.Origin == store.FromReport && n < 29 {
			rows += "|" + ind.Name
			n++
		}
	}
	for i, u := range units {
		rows += "\n" + u.Name
		for c := range n {
			rows += fmt.Sprintf("|%d", (i*7+c*13)%50)
		}
	}
	return &sheet.Book{Format: sheet.XLSX, Sheets: []*sheet.Sheet{paper(tb, "6月", rows, "A1:AD1")}}, opt
}

func BenchmarkRead(b *testing.B) {
	book, opt := wideSheet(b)
	reader := NewReader(opt)
	if got := len(reader.Read(book, "6月.xlsx").Statements); got != 32*29 {
		b.Fatalf("%d figures", got)
	}
	b.ReportAllocs()
	for b.Loop() {
		reader.Read(book, "6月.xlsx")
	}
}

func BenchmarkNewReader(b *testing.B) {
	_, opt := wideSheet(b)
	b.ReportAllocs()
	for b.Loop() {
		NewReader(opt)
	}
}
