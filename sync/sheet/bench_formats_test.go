package sheet

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/klauspost/compress/zip"
	"golang.org/x/net/html"
)

// wideLedger is a ledger of 100,000 cells, text and numbers in turn.
func wideLedger() rect {
	var r rect
	for row := range 5000 {
		line := make([]string, 20)
		for col := range line {
			switch col % 4 {
			case 0:
				line[col] = fmt.Sprintf("城西派出所第%d中队", row%40)
			case 1:
				line[col] = fmt.Sprint(row * col)
			case 2:
				line[col] = fmt.Sprint(row) + ".25"
			default:
				line[col] = "已完成"
			}
		}
		r.cells = append(r.cells, line)
	}
	return r
}

// beside reads the file and, turn by turn, does what is the floor: x-floor is how
// often the median of the one goes into that of the other.
func beside(b *testing.B, data []byte, floor func() error) {
	b.Helper()
	var whole, least []time.Duration
	var before, after runtime.MemStats
	cells, allocs := 0, uint64(0)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		runtime.ReadMemStats(&before)
		start := time.Now()
		book, err := Read(b.Context(), data, DefaultLimits())
		if err != nil {
			b.Fatal(err)
		}
		whole = append(whole, time.Since(start))
		b.StopTimer()
		runtime.ReadMemStats(&after)
		cells, allocs = len(book.Sheets[0].Cells), after.Mallocs-before.Mallocs
		start = time.Now()
		if err := floor(); err != nil {
			b.Fatal(err)
		}
		least = append(least, time.Since(start))
		b.StartTimer()
	}
	slices.Sort(whole)
	slices.Sort(least)
	b.ReportMetric(float64(whole[len(whole)/2])/float64(least[len(least)/2]), "x-floor")
	b.ReportMetric(float64(allocs)/float64(cells), "allocs/cell")
	b.ReportMetric(float64(whole[len(whole)/2])/float64(cells), "ns/cell")
}

// BenchmarkODS has inflating the content as its floor.
func BenchmarkODS(b *testing.B) {
	data := packedODS(wideLedger().ods()).zip(b)
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		b.Fatal(err)
	}
	beside(b, data, func() error {
		f, err := z.Open("content.xml")
		if err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, f); err != nil {
			return err
		}
		return f.Close()
	})
}

// BenchmarkXML2003 has stepping through the tags as its floor.
func BenchmarkXML2003(b *testing.B) {
	data := []byte(wideLedger().xml())
	beside(b, data, func() error {
		s := flatScanner(b.Context(), "xml", data)
		if err := s.begin(nil); err != nil {
			return err
		}
		return s.skip()
	})
}

// BenchmarkHTML has the tokens alone as its floor.
func BenchmarkHTML(b *testing.B) {
	data := []byte(wideLedger().html())
	beside(b, data, func() error {
		z := html.NewTokenizer(bytes.NewReader(data))
		for z.Next() != html.ErrorToken {
		}
		return nil
	})
}

// BenchmarkCSVLedger has the reader of the standard library, which gives texts,
// as its floor.
func BenchmarkCSVLedger(b *testing.B) {
	data := []byte(wideLedger().csv(","))
	beside(b, data, func() error {
		r := csv.NewReader(bytes.NewReader(data))
		r.ReuseRecord = true
		for {
			if _, err := r.Read(); err == io.EOF {
				return nil
			} else if err != nil {
				return err
			}
		}
	})
}
