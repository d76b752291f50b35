package sample

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
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
