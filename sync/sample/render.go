package sample

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"jindu/store"
)

// render turns a book into the bytes of its file.
func (b *book) render() ([]byte, error) {
	switch b.format {
	case csvGB18030:
		text, err := b.sheets[0].csv()
		if err != nil {
			return nil, err
		}
		return simplifiedchinese.GB18030.NewEncoder().Bytes(text)
	case csvUTF8:
		text, err := b.sheets[0].csv()
		return append([]byte("\ufeff"), text...), err
	default:
		return b.workbook()
	}
}

// workbook writes xlsx, with the same styles for every book.
func (b *book) workbook() (data []byte, err error) {
	f := excelize.NewFile()
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	styles, err := dress(f)
	if err != nil {
		return nil, fmt.Errorf("styles: %w", err)
	}
	for i, s := range b.sheets {
		if err := addSheet(f, i, s.name); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", s.name, err)
		}
		if err := s.stream(f, styles); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", s.name, err)
		}
	}
	for _, s := range b.sheets {
		if s.hidden {
			if err := f.SetSheetVisible(s.name, false); err != nil {
				return nil, fmt.Errorf("hide %s: %w", s.name, err)
			}
		}
	}
	// The stamp of the program that writes is a fixed one in excelize; only the
	// order of the parts is not, so that they are sorted on the way out.
	var buf bytes.Buffer
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return &sortedZip{to: w} })
	err = f.Write(&buf)
	return buf.Bytes(), err
}

// addSheet makes the next sheet; a new workbook has its first one already.
func addSheet(f *excelize.File, i int, name string) error {
	if i == 0 {
		return f.SetSheetName("Sheet1", name)
	}
	_, err := f.NewSheet(name)
	return err
}

// dress makes the styles of the looks, in their order.
func dress(f *excelize.File) ([looks]int, error) {
	middle := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	left := &excelize.Alignment{Vertical: "center", WrapText: true}
	date := "yyyy-mm-dd"
	var out [looks]int
	for l, style := range [looks]*excelize.Style{
		plain:   {},
		title:   {Font: &excelize.Font{Family: "宋体", Size: 16, Bold: true}, Alignment: middle},
		note:    {Alignment: left},
		head:    {Font: &excelize.Font{Family: "宋体", Size: 11, Bold: true}, Alignment: middle},
		label:   {Alignment: left},
		count:   {NumFmt: 3},  // #,##0
		amount:  {NumFmt: 4},  // #,##0.00
		percent: {NumFmt: 10}, // 0.00%
		day:     {CustomNumFmt: &date},
	} {
		id, err := f.NewStyle(style)
		if err != nil {
			return out, err
		}
		out[l] = id
	}
	return out, nil
}

// stream writes the sheet row by row.
func (s *sheet) stream(f *excelize.File, styles [looks]int) error {
	w, err := f.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	for i, width := range s.widths {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	for i, row := range s.rows {
		cells := make([]any, len(row))
		for j, c := range row {
			cells[j] = excelize.Cell{StyleID: styles[c.look], Formula: c.formula, Value: c.excel()}
		}
		if err := w.SetRow("A"+strconv.Itoa(i+1), cells); err != nil {
			return err
		}
	}
	for _, m := range s.merges {
		if err := w.MergeCell(ref(m[0], m[1]), ref(m[2], m[3])); err != nil {
			return err
		}
	}
	return w.Flush()
}

// excel returns the value as excelize takes it: a day is its serial number.
func (c cell) excel() any {
	if d, ok := c.value.(store.Date); ok {
		return d.Sub(store.Date{Year: 1899, Month: 12, Day: 30})
	}
	return c.value
}

// csv writes the sheet as Excel saves it: every row as wide as the widest,
// lines ended as on Windows.
func (s *sheet) csv() ([]byte, error) {
	width := 0
	for _, row := range s.rows {
		width = max(width, len(row))
	}
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	w.UseCRLF = true
	for _, row := range s.rows {
		record := make([]string, width)
		for j, c := range row {
			record[j] = c.text()
		}
		if err := w.Write(record); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return buf.Bytes(), w.Error()
}

// text is what the cell shows, with the thousands of its format.
func (c cell) text() string {
	switch v := c.value.(type) {
	case nil:
		return ""
	case int:
		if c.look == count {
			return thousands(v)
		}
		return strconv.Itoa(v)
	case float64:
		if c.look == percent {
			return strconv.FormatFloat(v*100, 'f', 2, 64) + "%"
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	default:
		return fmt.Sprint(v)
	}
}

// thousands groups the digits as Excel shows them, which is how they reach a csv.
func thousands(n int) string {
	digits := strconv.Itoa(n)
	var parts []string
	for len(digits) > 3 && digits[0] != '-' {
		parts = append(parts, digits[len(digits)-3:])
		digits = digits[:len(digits)-3]
	}
	parts = append(parts, digits)
	slices.Reverse(parts)
	return strings.Join(parts, ",")
}

// sortedZip holds the parts back until all are there and writes them by name,
// so that the same workbook is the same bytes.
type sortedZip struct {
	to    io.Writer
	parts []*part
}

type part struct {
	bytes.Buffer
	name string
}

// Create begins a part.
func (z *sortedZip) Create(name string) (io.Writer, error) {
	p := &part{name: name}
	z.parts = append(z.parts, p)
	return p, nil
}

// AddFS is not needed to write a workbook.
func (z *sortedZip) AddFS(fs.FS) error { return fs.ErrInvalid }

// Close writes the parts.
func (z *sortedZip) Close() error {
	slices.SortFunc(z.parts, func(a, b *part) int { return strings.Compare(a.name, b.name) })
	w := zip.NewWriter(z.to)
	w.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestSpeed)
	})
	for _, p := range z.parts {
		to, err := w.Create(p.name)
		if err != nil {
			return err
		}
		if _, err := to.Write(p.Bytes()); err != nil {
			return err
		}
	}
	return w.Close()
}
