package sheet

import (
	"bytes"
	"encoding/binary"
	"testing"

	"jindu/store"
	"jindu/sync/sheet/xlstest"
)

// Charts, macro sheets and modules keep their place and are left out; hidden
// sheets stay, and so does what the first day is.
func TestBookXLS(t *testing.T) {
	cell := []xlstest.Record{size(1, 1), at(recRK, 0, 0, 1, rkInt(46199))}
	chart := append([]xlstest.Record{size(1, 1), rec(0x809, uint16(0x600), uint16(0x20), make([]byte, 12)), at(recNumber, 5, 5, 0, 1.0), rec(0x0a)}, cell[1])
	book := xlstest.Book{
		Globals: append(looks(), rec(recDateMode, uint16(1))),
		Sheets: []xlstest.Sheet{
			{Name: xlstest.Short("图"), Kind: sheetChart, Records: []xlstest.Record{at(recNumber, 0, 0, 0, 1.0)}},
			{Name: xlstest.Short("a"), State: 1, Records: cell},
			{Name: xlstest.Short("macros"), Kind: sheetMacros, Records: []xlstest.Record{rec(0x1f0)}},
			{Name: xlstest.Short("module"), Kind: sheetModule},
			{Name: xlstest.Short("6月"), State: 2, Records: chart[:4:4]},
		},
	}
	got := mustRead(t, book.File())
	if !got.Date1904 || !got.Macros || len(got.Sheets) != 2 {
		t.Fatalf("%+v", got)
	}
	a, b := got.Sheets[0], got.Sheets[1]
	if a.Name != "a" || a.Index != 1 || a.Visibility != Hidden || dump(a) != "A1 number date 46199\n" {
		t.Errorf("%+v", a)
	}
	// A chart within a sheet has cells of its own, which are none of the sheet's.
	if b.Name != "6月" || b.Index != 4 || b.Visibility != VeryHidden || len(b.Cells) != 0 {
		t.Errorf("%+v", b)
	}
	with := xlstest.Pack(xlstest.Layout{}, xlstest.Stream{Name: "Workbook", Data: grid8(cell...).Stream()}, xlstest.Stream{Name: "_VBA_PROJECT_CUR", Data: []byte("x")})
	if !mustRead(t, with).Macros || mustRead(t, grid8(cell...).File()).Macros {
		t.Error("macros are told by the storage of their name")
	}
}

// A stream may lie in any kind of container, in none at all, and be padded; of
// two the later one counts.
func TestContainersXLS(t *testing.T) {
	cells := []xlstest.Record{size(1, 1), at(recRK, 0, 0, 0, rkInt(7))}
	stream := grid8(cells...).Stream()
	old := grid5(t, cells...).Stream()
	for name, data := range map[string][]byte{
		"small":     xlstest.Pack(xlstest.Layout{}, xlstest.Stream{Name: "Workbook", Data: stream}),
		"padded":    xlstest.Pack(xlstest.Layout{}, xlstest.Stream{Name: "Workbook", Data: append(bytes.Clone(stream), make([]byte, 4096)...)}),
		"rubbish":   xlstest.Pack(xlstest.Layout{}, xlstest.Stream{Name: "Workbook", Data: append(bytes.Clone(stream), "\x0f\xf0any bytes"...)}),
		"wide":      xlstest.Pack(xlstest.Layout{Wide: true, Scatter: true}, xlstest.Stream{Name: "Workbook", Data: append(bytes.Clone(stream), make([]byte, 9000)...)}),
		"capitals":  xlstest.Pack(xlstest.Layout{}, xlstest.Stream{Name: "WORKBOOK", Data: stream}),
		"both":      xlstest.Pack(xlstest.Layout{}, xlstest.Stream{Name: "Book", Data: []byte("x")}, xlstest.Stream{Name: "Workbook", Data: stream}),
		"of 95":     xlstest.Pack(xlstest.Layout{}, xlstest.Stream{Name: "Book", Data: old}),
		"bare":      stream,
		"bare, old": old,
	} {
		if got := dump(mustRead(t, data).Sheets[0]); got != "A1 number 7\n" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// Containers that hold no workbook, or a locked one, say so.
func TestRefusedContainers(t *testing.T) {
	pack := func(names ...string) []byte {
		var streams []xlstest.Stream
		for _, n := range names {
			streams = append(streams, xlstest.Stream{Name: n, Data: make([]byte, 100)})
		}
		return xlstest.Pack(xlstest.Layout{}, streams...)
	}
	locked := grid8(size(1, 1))
	locked.Globals = append([]xlstest.Record{rec(recFilePass, make([]byte, 54))}, locked.Globals...)
	for name, tt := range map[string]struct {
		data []byte
		code string
	}{
		"xlsx with a password": {pack("EncryptionInfo", "EncryptedPackage"), "encrypted"},
		"rights management":    {pack("\x09DRMContent"), "encrypted"},
		"xls with a password":  {locked.File(), "encrypted"},
		"doc":                  {pack("WordDocument", "1Table"), "text_document"},
		"ppt":                  {pack("PowerPoint Document"), "slides_file"},
		"vsd":                  {pack("VisioDocument"), "not_spreadsheet"},
		"nothing":              {pack(), "not_spreadsheet"},
		"an empty workbook":    {xlstest.Pack(xlstest.Layout{}, xlstest.Stream{Name: "Workbook"}), "damaged"},
		"Excel 2":              {[]byte("\x09\x00\x04\x00\x02\x00\x10\x00"), "too_old"},
		"Excel 3":              {[]byte("\x09\x02\x06\x00\x00\x00\x10\x00\x00\x00"), "too_old"},
		"Excel 4":              {[]byte("\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00"), "too_old"},
		"Excel 4 in a later":   {[]byte("\x09\x08\x08\x00\x00\x04\x10\x00\x00\x00\x00\x00"), "too_old"},
		"half a container":     {grid8(allKinds(40)...).File()[:3000], "cut_off"},
		"the head of one":      {grid8(size(1, 1)).File()[:100], "cut_off"},
	} {
		t.Run(name, func(t *testing.T) { wantCode(t, tt.data, tt.code, "") })
	}
}

// Each row is a sheet that must be refused, with the place that is named.
func TestRefusedSheetsXLS(t *testing.T) {
	one := at(recRK, 0, 0, 0, rkInt(1))
	text := formula(0, 0, special(resultText, 0), 0)
	tests := map[string]struct {
		records []xlstest.Record
		where   string
	}{
		"cell twice":              {[]xlstest.Record{one, one}, "Workbook 1!A1"},
		"cell twice, apart":       {[]xlstest.Record{one, at(recRK, 1, 0, 0, rkInt(1)), one}, "Workbook 1!A1"},
		"column 256":              {[]xlstest.Record{at(recRK, 0, 256, 0, rkInt(1))}, "Workbook @"},
		"numbers beyond 255":      {[]xlstest.Record{rec(recMulRK, uint16(0), uint16(255), uint16(0), rkInt(1), uint16(0), rkInt(1), uint16(256))}, "Workbook @"},
		"string out of range":     {[]xlstest.Record{at(recLabelSST, 0, 1, 0, uint32(5))}, "Workbook 1!B1"},
		"string -1":               {[]xlstest.Record{at(recLabelSST, 0, 1, 0, uint32(1<<32-1))}, "Workbook 1!B1"},
		"unknown format":          {[]xlstest.Record{at(recRK, 2, 1, 9, rkInt(1))}, "Workbook 1!B3"},
		"not a number":            {[]xlstest.Record{at(recNumber, 0, 0, 0, []byte("\x00\x00\x00\x00\x00\x00\xf8\x7f"))}, "Workbook 1!A1"},
		"infinity":                {[]xlstest.Record{at(recNumber, 0, 0, 0, []byte("\x00\x00\x00\x00\x00\x00\xf0\x7f"))}, "Workbook 1!A1"},
		"unknown truth":           {[]xlstest.Record{at(recBoolErr, 0, 0, 0, byte(2), byte(0))}, "Workbook 1!A1"},
		"unknown error":           {[]xlstest.Record{at(recBoolErr, 0, 0, 0, byte(9), byte(1))}, "Workbook 1!A1"},
		"neither truth nor error": {[]xlstest.Record{at(recBoolErr, 0, 0, 0, byte(1), byte(2))}, "Workbook @"},
		"unknown result":          {[]xlstest.Record{formula(0, 0, special(9, 0), 0)}, "Workbook 1!A1"},
		"short number":            {[]xlstest.Record{at(recNumber, 0, 0, 0, uint32(0))}, "Workbook @"},
		"long text cell":          {[]xlstest.Record{at(recLabelSST, 0, 0, 0, uint32(0), byte(0))}, "Workbook @"},
		"fewer numbers":           {[]xlstest.Record{rec(recMulRK, uint16(0), uint16(0), uint16(0), rkInt(1), uint16(1))}, "Workbook @"},
		"more blanks":             {[]xlstest.Record{rec(recMulBlank, uint16(0), uint16(0), uint16(0), uint16(0), uint16(0))}, "Workbook @"},
		"text that is cut":        {[]xlstest.Record{at(recLabel, 0, 0, 0, uint16(9), byte(0), "abc")}, "Workbook @"},
		"text with more":          {[]xlstest.Record{at(recLabel, 0, 0, 0, uint16(3), byte(0), "abcdef")}, "Workbook @"},
		"text with flags":         {[]xlstest.Record{at(recLabel, 0, 0, 0, uint16(3), byte(0x80), "abc")}, "Workbook @"},
		"runs that are cut":       {[]xlstest.Record{at(recRString, 0, 0, 0, xlstest.Long("abc"), uint16(3))}, "Workbook @"},
		"result without formula":  {[]xlstest.Record{one, rec(recString, xlstest.Long("x"))}, "Workbook @"},
		"result twice":            {[]xlstest.Record{text, rec(recString, xlstest.Long("x")), rec(recString, xlstest.Long("x"))}, "Workbook @"},
		"result that is cut":      {[]xlstest.Record{text, rec(recString, uint16(9), byte(0), "x")}, "Workbook @"},
		"formula that is cut":     {[]xlstest.Record{at(recFormula, 0, 0, 0, 1.0, uint16(0), uint32(0), uint16(9))}, "Workbook @"},
		"formula with more":       {[]xlstest.Record{at(recFormula, 0, 0, 0, 1.0, uint16(0), uint32(0), uint16(4), []byte{0x19, 0x40, 0, 1}, make([]byte, 18))}, "Workbook @"},
		"unknown record":          {[]xlstest.Record{rec(0x777, make([]byte, 14))}, "Workbook @"},
		"record of another time":  {[]xlstest.Record{rec(0x8fd, make([]byte, 10))}, "Workbook @"},
		"cells in two tables":     {[]xlstest.Record{one, rec(recWindow2, make([]byte, 18)), at(recRK, 1, 0, 0, rkInt(1))}, "Workbook @"},
		"pivot without a table":   {[]xlstest.Record{rec(0xf5, make([]byte, 10))}, "Workbook @"},
		"size twice":              {[]xlstest.Record{size(1, 1)}, "Workbook @"},
		"row of another length":   {[]xlstest.Record{rec(recRow, uint16(0))}, "Workbook @"},
		"block of nothing":        {[]xlstest.Record{one, rec(recDBCell, uint32(2))}, "Workbook @"},
		"rows that fall":          {[]xlstest.Record{row(0, 0), at(recRK, 1, 0, 0, rkInt(1)), one, rec(recDBCell, uint32(48))}, "Workbook @"},
		"range that falls":        {[]xlstest.Record{rec(recMerges, uint16(1), uint16(2), uint16(1), uint16(0), uint16(0))}, "Workbook @"},
		"ranges that are cut":     {[]xlstest.Record{rec(recMerges, uint16(2), make([]byte, 8))}, "Workbook @"},
		"columns that fall":       {[]xlstest.Record{rec(recColInfo, uint16(3), uint16(2), make([]byte, 8))}, "Workbook @"},
		"an end that is none":     {[]xlstest.Record{rec(recEOF, byte(0))}, "Workbook @"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			wantCode(t, grid8(append([]xlstest.Record{size(9, 9)}, tt.records...)...).File(), "damaged", tt.where)
		})
	}
	wantCode(t, grid8(one).File(), "damaged", "Workbook @") // without a size
	wantCode(t, grid5(t, at(recRK, 16_384, 0, 0, rkInt(1))).File(), "damaged", "Book @")
	wantCode(t, grid5(t, at(recLabel, 0, 0, 0, uint16(1), byte(0xff))).File(), "damaged", "Book @")
}

// What the whole workbook says must agree with its sheets.
func TestRefusedGlobalsXLS(t *testing.T) {
	good := grid8(size(1, 1), at(recLabelSST, 0, 0, 0, uint32(0)))
	stream := good.Stream()
	list := bytes.Index(stream, []byte{0x85, 0x00})
	edit := func(at int, b ...byte) []byte {
		s := bytes.Clone(stream)
		copy(s[at:], b)
		return s
	}
	globals := func(r ...xlstest.Record) []byte {
		b := good
		b.Globals = append(looks(), r...)
		return b.Stream()
	}
	count := func(n uint32) []byte {
		return globals(rec(recSST, uint32(1), n, uint16(1), byte(0), "a", uint16(1), byte(0), "b"))
	}
	where := binary.LittleEndian.Uint32(stream[list+4:])
	twice := xlstest.Book{Globals: looks(), Sheets: []xlstest.Sheet{{Name: xlstest.Short("a")}, {Name: xlstest.Short("b")}}}.Stream()
	second := bytes.LastIndex(twice, []byte{0x85, 0x00})
	copy(twice[second+4:], twice[bytes.Index(twice, []byte{0x85, 0x00})+4:][:4])
	for name, data := range map[string][]byte{
		"sheet that begins nowhere": edit(list+4, byte(where+1)),
		"sheet beyond the end":      edit(list+4, 0xff, 0xff, 0xff, 0x7f),
		"sheet of another kind":     edit(list+9, 2),
		"sheet of an unknown kind":  edit(list+9, 9),
		"sheet in an unknown state": edit(list+8, 3),
		"two sheets at one place":   twice,
		"a sheet not listed":        append(bytes.Clone(stream), stream[where:]...),
		"records after the end":     append(bytes.Clone(stream), "\xa1\x00\x22\x00"+string(make([]byte, 34))...),
		"no end of the sheet":       stream[:len(stream)-4],
		"half a record":             stream[:len(stream)-9],
		"no list":                   xlstest.Book{}.Stream(),
		"two tables of strings":     globals(rec(recSST, make([]byte, 8)), rec(recSST, make([]byte, 8))),
		"strings too few":           count(3),
		"strings too many":          count(1),
		"2,147,483,648 strings":     count(1 << 31),
		"strings go on nowhere":     globals(rec(recSST, uint32(1), uint32(1), uint16(9), byte(0), "a"), rec(recExtSST)),
		"no strings":                globals(),
		"half a character":          globals(rec(recSST, uint32(1), uint32(1), uint16(2), byte(1), "abc"), rec(recContinue, byte(1), "x")),
		"neither 1900 nor 1904":     globals(rec(recDateMode, uint16(2))),
		"format that is cut":        globals(rec(recFormat, uint16(9), uint16(9), byte(0), "0")),
		"font that is cut":          globals(rec(recFont, uint16(9))),
		"cells' format that is cut": globals(rec(recXF, uint16(9))),
		"unknown record":            globals(rec(0x777)),
		"no beginning":              stream[20:],
	} {
		t.Run(name, func(t *testing.T) {
			wantCode(t, xlstest.Pack(xlstest.Layout{}, xlstest.Stream{Name: "Workbook", Data: data}), "damaged", "Workbook ")
		})
	}
}

func TestLimitsXLS(t *testing.T) {
	var cells []xlstest.Record
	for n := range 100 {
		cells = append(cells, at(recRK, n, 0, 0, rkInt(n)), at(recLabelSST, n, 1, 0, uint32(0)))
	}
	data := grid8(append([]xlstest.Record{size(100, 2)}, cells...)...).File()
	merged := grid8(size(1, 1), rec(recMerges, uint16(3), make([]byte, 24))).File()
	sheets := xlstest.Book{Globals: looks()}
	for range 65_536 {
		sheets.Sheets = append(sheets.Sheets, xlstest.Sheet{Name: xlstest.Short("a")})
	}
	many := sheets.File()
	for name, tt := range map[string]struct {
		data []byte
		set  func(*Limits)
		code string
	}{
		"rows":   {data, func(l *Limits) { l.Rows = 99 }, "too_many_rows"},
		"cells":  {data, func(l *Limits) { l.Cells = 199 }, "too_many_cells"},
		"book":   {data, func(l *Limits) { l.BookCells = 199 }, "too_many_cells"},
		"text":   {data, func(l *Limits) { l.Text = 700 }, "too_large"},
		"field":  {data, func(l *Limits) { l.Field = 5 }, "too_large"},
		"shared": {data, func(l *Limits) { l.SharedBytes = 20 }, "too_large"},
		"merges": {merged, func(l *Limits) { l.Merges = 2 }, "too_large"},
		"sheets": {many, func(*Limits) {}, "too_large"},
		"file":   {data, func(l *Limits) { l.File = 1000 }, "too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			limits := DefaultLimits()
			if tt.set(&limits); name != "sheets" {
				mustRead(t, tt.data)
			}
			if _, err := Read(t.Context(), tt.data, limits); store.ErrorCode(err) != tt.code {
				t.Errorf("%v, want %s", err, tt.code)
			}
		})
	}
}
