package form

import (
	"bytes"
	"encoding/csv"
)

// table reads an embedded CSV by the names in its head. The tables are part of
// the program and read by a test: a bad one stops it.
func table(text []byte) []map[string]string {
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(records) == 0 {
		panic("embedded table: cannot be read")
	}
	rows := make([]map[string]string, 0, len(records)-1)
	for _, record := range records[1:] {
		row := make(map[string]string, len(record))
		for i, name := range records[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}
