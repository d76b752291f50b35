package sheet

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zip"
	"github.com/xuri/excelize/v2"
)

// ledger makes a workbook of the kind that units keep: text that repeats,
// counts, amounts and dates.
func ledger(tb testing.TB, rows, cols int) []byte {
	tb.Helper()
	f := excelize.NewFile()
	date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		tb.Fatal(err)
	}
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	for row := range rows {
		line := make([]any, cols)
		for col := range line {
			switch col % 5 {
			case 0:
				line[col] = fmt.Sprintf("城西派出所第%d中队", row%40)
			case 1:
				line[col] = row * col
			case 2:
				line[col] = float64(row) * 1.25
			case 3:
				line[col] = excelize.Cell{StyleID: date, Value: time.Date(2026, 6, 1+row%28, 0, 0, 0, 0, time.UTC)}
			default:
				line[col] = "已完成"
			}
		}
		if err := w.SetRow(Ref(row, 0), line); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		tb.Fatal(err)
	}
	return share(tb, out.Bytes())
}

// share has excelize write the workbook once more, which moves inline text to
// the shared strings, as Excel itself writes it.
func share(tb testing.TB, data []byte) []byte {
	tb.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		tb.Fatal(err)
	}
	rows, err := f.GetRows("Sheet1", excelize.Options{RawCellValue: true})
	if err != nil {
		tb.Fatal(err)
	}
	for i, row := range rows {
		for j, v := range row {
			if j%5 == 0 || j%5 == 4 {
				if err := f.SetCellStr("Sheet1", Ref(i, j), v); err != nil {
					tb.Fatal(err)
				}
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// sizes are the workbooks that are measured: a report and a long ledger.
func sizes() [][2]int { return [][2]int{{100, 30}, {5000, 20}} }

func eachSize(b *testing.B, run func(b *testing.B, data []byte, cells int)) {
	b.Helper()
	for _, size := range sizes() {
		data := ledger(b, size[0], size[1])
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			b.ReportAllocs()
			run(b, data, size[0]*size[1])
		})
	}
}

// BenchmarkXLSX reads and, turn by turn, does what is the floor: x-inflate is how
// often the median of the one goes into that of the other, which a busy machine
// changes little.
func BenchmarkXLSX(b *testing.B) {
	eachSize(b, func(b *testing.B, data []byte, cells int) {
		b.Helper()
		parts := openParts(b, data)
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
			parts.inflate(b)
			floor = append(floor, time.Since(start))
			b.StartTimer()
		}
		slices.Sort(whole)
		slices.Sort(floor)
		b.ReportMetric(float64(whole[len(whole)/2])/float64(floor[len(floor)/2]), "x-inflate")
	})
}

// BenchmarkInflate is the floor: inflating the same parts and their sums.
func BenchmarkInflate(b *testing.B) {
	eachSize(b, func(b *testing.B, data []byte, _ int) {
		b.Helper()
		parts := openParts(b, data)
		for b.Loop() {
			parts.inflate(b)
		}
	})
}

// packedParts are the parts that reading inflates.
type packedParts struct {
	files []*zip.File
	data  []byte
	flow  io.ReadCloser
	buf   []byte
}

func openParts(tb testing.TB, data []byte) *packedParts {
	tb.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		tb.Fatal(err)
	}
	p := &packedParts{data: data, flow: flate.NewReader(nil)}
	for _, f := range z.File {
		switch f.Name {
		case "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml":
			p.files = append(p.files, f)
		}
	}
	return p
}

func (p *packedParts) inflate(tb testing.TB) {
	tb.Helper()
	for _, f := range p.files {
		from, err := f.DataOffset()
		if err != nil {
			tb.Fatal(err)
		}
		again, ok := p.flow.(flate.Resetter)
		if !ok || again.Reset(bytes.NewReader(p.data[from:]), nil) != nil {
			tb.Fatal("the flate reader cannot be used again")
		}
		p.buf = grow(p.buf, int(f.UncompressedSize64))
		if _, err := io.ReadFull(p.flow, p.buf); err != nil || crc32.ChecksumIEEE(p.buf) != f.CRC32 {
			tb.Fatal("inflate", err)
		}
	}
}

// BenchmarkExcelize reads the type and raw value of every cell, which is what
// telling text from numbers takes there.
func BenchmarkExcelize(b *testing.B) {
	eachSize(b, func(b *testing.B, data []byte, cells int) {
		b.Helper()
		for b.Loop() {
			f, err := excelize.OpenReader(bytes.NewReader(data))
			if err != nil {
				b.Fatal(err)
			}
			rows, err := f.GetRows("Sheet1", excelize.Options{RawCellValue: true})
			if err != nil {
				b.Fatal(err)
			}
			n := 0
			for i, row := range rows {
				for j := range row {
					if _, err := f.GetCellType("Sheet1", Ref(i, j)); err != nil {
						b.Fatal(err)
					}
					n++
				}
			}
			if n != cells {
				b.Fatalf("%d cells", n)
			}
		}
	})
}

// BenchmarkExcelizeRows reads rows of strings alone, without their types.
func BenchmarkExcelizeRows(b *testing.B) {
	eachSize(b, func(b *testing.B, data []byte, _ int) {
		b.Helper()
		for b.Loop() {
			f, err := excelize.OpenReader(bytes.NewReader(data))
			if err != nil {
				b.Fatal(err)
			}
			if _, err := f.GetRows("Sheet1", excelize.Options{RawCellValue: true}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkCSV(b *testing.B) {
	var text bytes.Buffer
	for row := range 5000 {
		fmt.Fprintf(&text, "城西派出所,%d,%d.5,\"已完成\",2026-06-26\n", row, row)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(b.Context(), text.Bytes(), DefaultLimits()); err != nil {
			b.Fatal(err)
		}
	}
}
