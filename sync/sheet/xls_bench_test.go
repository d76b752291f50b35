package sheet

import (
	"encoding/binary"
	"fmt"
	"slices"
	"testing"
	"time"

	"jindu/sync/sheet/xlstest"
)

// ledgerXLS is the workbook of ledger as Excel 97 writes it.
func ledgerXLS(rows, cols int) []byte {
	texts := []xlstest.Shared{{Text: "已完成"}}
	for i := range 40 {
		texts = append(texts, xlstest.Shared{Text: fmt.Sprintf("城西派出所第%d中队", i)})
	}
	sheet := []xlstest.Record{xlstest.Rec(recSize, uint32(0), uint32(rows), uint16(0), uint16(cols), uint16(0))}
	for row := range rows {
		sheet = append(sheet, xlstest.Rec(recRow, uint16(row), uint16(0), uint16(cols), uint16(0x0114), uint32(0), uint32(0xf0100)))
		for col := range cols {
			at := []any{uint16(row), uint16(col), uint16(0)}
			switch col % 5 {
			case 0:
				sheet = append(sheet, xlstest.Rec(recLabelSST, append(at, uint32(1+row%40))...))
			case 1:
				sheet = append(sheet, xlstest.Rec(recRK, append(at, uint32(row*col)<<2|2)...))
			case 2:
				sheet = append(sheet, xlstest.Rec(recNumber, append(at, float64(row)*1.25)...))
			case 3:
				at[2] = uint16(1)
				sheet = append(sheet, xlstest.Rec(recRK, append(at, uint32(46174+row%28)<<2|2)...))
			default:
				sheet = append(sheet, xlstest.Rec(recLabelSST, append(at, uint32(0))...))
			}
		}
	}
	globals := []xlstest.Record{cellXF(0, 0), cellXF(0, 14)}
	globals = append(globals, xlstest.SST(maxRecord, texts...)...)
	return xlstest.Book{Globals: globals, Sheets: []xlstest.Sheet{{Name: xlstest.Short("6月"), Records: sheet}}}.File()
}

// BenchmarkXLS reads and, turn by turn, does what is the floor: stepping from
// record to record and copying their bytes. x-copy is how often the median of
// the one goes into that of the other, which a busy machine changes little.
func BenchmarkXLS(b *testing.B) {
	for _, size := range sizes() {
		data, cells := ledgerXLS(size[0], size[1]), size[0]*size[1]
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			b.ReportAllocs()
			x := &xls{book: &Book{}}
			x.data = data
			if err := x.open(); err != nil {
				b.Fatal(err)
			}
			var whole, floor []time.Duration
			for b.Loop() {
				start := time.Now()
				book, err := Read(b.Context(), data, DefaultLimits())
				if err != nil || len(book.Sheets[0].Cells) != cells {
					b.Fatal(err)
				}
				whole = append(whole, time.Since(start))
				b.StopTimer()
				start = time.Now()
				if copied(x.data) == 0 {
					b.Fatal("nothing copied")
				}
				floor = append(floor, time.Since(start))
				b.StartTimer()
			}
			slices.Sort(whole)
			slices.Sort(floor)
			middle := whole[len(whole)/2]
			b.ReportMetric(float64(middle)/float64(floor[len(floor)/2]), "x-copy")
			b.ReportMetric(float64(cells)/middle.Seconds(), "cells/s")
		})
	}
}

// copied steps over all records and returns how many bytes they hold.
func copied(stream []byte) int {
	out := make([]byte, 0, len(stream))
	for len(stream) >= recordHeader {
		n := int(binary.LittleEndian.Uint16(stream[2:]))
		out = append(out, stream[recordHeader:recordHeader+n]...)
		stream = stream[recordHeader+n:]
	}
	return len(out)
}
