package sync

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jindu/store"
)

// BenchmarkWorkbooks reads and judges small workbooks of 30 rows and 12 columns, as
// a first pull does: sheet.Read and form.Read on one core.
func BenchmarkWorkbooks(b *testing.B) {
	catalogue, err := store.LoadCatalogue()
	if err != nil {
		b.Fatal(err)
	}
	var units []store.Unit
	for i := range 29 {
		units = append(units, store.Unit{Code: fmt.Sprintf("u%02d", i), Name: fmt.Sprintf("%c%c派出所", '东'+rune(i), '湖'+rune(i)), Kind: store.Station})
	}
	u := Understanding{Units: store.NewUnits(units), District: store.District{Name: "云岭区"}, Catalogue: catalogue, MonthStarts: 1}
	f := File{Path: "6月.xlsx", Data: smallBook(b, units, catalogue), Today: store.Date{Year: 2026, Month: 7, Day: 3}}
	reader := u.Reader()
	if n := len(reader.Read(b.Context(), f).Statements); n != 29*11 {
		b.Fatalf("%d figures", n)
	}
	b.ReportAllocs()
	for b.Loop() {
		reader.Read(b.Context(), f)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "workbooks/s")
}

func smallBook(tb testing.TB, units []store.Unit, c *store.Catalogue) []byte {
	tb.Helper()
	x := excelize.NewFile()
	set := func(row int, cells []any) {
		if err := x.SetSheetRow("Sheet1", fmt.Sprintf("A%d", row), &cells); err != nil {
			tb.Fatal(err)
		}
	}
	set(1, []any{"云岭区2026年6月禁毒工作统计表"})
	head := []any{"单位"}
	for _, ind := range c.Indicators {
		if ind.Counted() && ind.Kind == store.Flow && ind.Origin == store.FromReport && len(head) < 12 {
			head = append(head, ind.Name)
		}
	}
	set(2, head)
	for i, u := range units {
		row := []any{u.Name}
		for k := 1; k < len(head); k++ {
			row = append(row, (i*7+k*13)%50)
		}
		set(3+i, row)
	}
	var out strings.Builder
	if err := x.Write(&out); err != nil {
		tb.Fatal(err)
	}
	return []byte(out.String())
}
