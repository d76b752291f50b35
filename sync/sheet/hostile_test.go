package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"jindu/store"
)

// Each row is a file that must be refused, with the place that is named.
func TestRefusedSheets(t *testing.T) {
	const part = "xl/worksheets/sheet1.xml"
	const cell = `<c r="A1"><v>1</v></c>`
	tests := map[string]struct{ rows, code, where string }{
		"row 0":                  {`<row r="0">` + cell + `</row>`, "damaged", part + " @"},
		"row -1":                 {`<row r="-1">` + cell + `</row>`, "damaged", part},
		"row 2147483647":         {`<row r="2147483647">` + cell + `</row>`, "damaged", part},
		"row 1048577":            {`<row r="1048577">` + cell + `</row>`, "damaged", part},
		"row after the last":     {`<row r="1048576"/><row>` + cell + `</row>`, "damaged", part},
		"row twice":              {`<row r="1">` + cell + `</row><row r="1">` + cell + `</row>`, "damaged", part},
		"rows fall":              {`<row r="2"/><row r="1">` + cell + `</row>`, "damaged", part},
		"cell twice":             {`<row r="1">` + cell + cell + `</row>`, "damaged", part},
		"cells fall":             {`<row r="1"><c r="B1"><v>1</v></c>` + cell + `</row>`, "damaged", part},
		"cell of another row":    {`<row r="2">` + cell + `</row>`, "damaged", part},
		"column XFE":             {`<row r="1"><c r="XFE1"><v>1</v></c></row>`, "damaged", part},
		"column ZZZZZZ":          {`<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>`, "damaged", part},
		"column after the last":  {`<row r="1"><c r="XFD1"/><c><v>1</v></c></row>`, "damaged", part},
		"address $A$1":           {`<row r="1"><c r="$A$1"><v>1</v></c></row>`, "damaged", part},
		"address A01":            {`<row r="1"><c r="A01"><v>1</v></c></row>`, "damaged", part},
		"string out of range":    {`<row r="1"><c r="B1" t="s"><v>4</v></c></row>`, "damaged", part + " B1"},
		"string -1":              {`<row r="1"><c r="B1" t="s"><v>-1</v></c></row>`, "damaged", part + " B1"},
		"style out of range":     {`<row r="1"><c r="A1" s="9"><v>1</v></c></row>`, "damaged", part},
		"unknown type":           {`<row r="1"><c r="A1" t="q"><v>1</v></c></row>`, "damaged", part},
		"unknown truth":          {`<row r="1"><c r="C1" t="b"><v>2</v></c></row>`, "damaged", part + " C1"},
		"two values":             {`<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>`, "damaged", part},
		"two texts":              {`<row r="1"><c r="A1" t="inlineStr"><is><t>1</t></is><is><t>2</t></is></c></row>`, "damaged", part},
		"text and number":        {`<row r="1"><c r="A1" t="n"><v>1</v><is><t>2</t></is></c></row>`, "damaged", part},
		"text as truth":          {`<row r="1"><c r="A1" t="b"><is><t>2</t></is></c></row>`, "damaged", part},
		"element in a value":     {`<row r="1"><c r="A1"><v>1<b/>2</v></c></row>`, "damaged", part},
		"value in a row":         {`<row r="1"><v>1</v></row>`, "damaged", part},
		"unknown element":        {`<row r="1"><c r="A1"><w>1</w></c></row>`, "damaged", part},
		"foreign element":        {`<row r="1"><c r="A1"><x:v xmlns:x="y">1</x:v></c></row>`, "damaged", part},
		"unknown attribute":      {`<row r="1"><c r="A1" u="s"><v>1</v></c></row>`, "damaged", part},
		"attribute twice":        {`<row r="1"><c r="A1" t="n" t="s"><v>1</v></c></row>`, "damaged", part},
		"attribute unquoted":     {`<row r=1>` + cell + `</row>`, "damaged", part},
		"attribute without room": {`<row r="1"><c r="A1"t="n"><v>1</v></c></row>`, "damaged", part},
		"attribute with <":       {`<row r="1" x:a="<">` + cell + `</row>`, "damaged", part},
		"text between cells":     {`<row r="1">x` + cell + `</row>`, "damaged", part},
		"tags cross":             {`<row r="1"><c r="A1"><v>1</c></v></row>`, "damaged", part},
		"tag not closed":         {`<row r="1"><c r="A1"><v>1</v></row>`, "damaged", part},
		"closed too often":       {`<row r="1"/></row>`, "damaged", part},
		"unknown entity":         {`<row r="1"><c r="A1" t="str"><v>&nbsp;</v></c></row>`, "damaged", part},
		"entity not ended":       {`<row r="1"><c r="A1" t="str"><v>a&amp</v></c></row>`, "damaged", part},
		"entity of nothing":      {`<row r="1"><c r="A1" t="str"><v>&#0;</v></c></row>`, "damaged", part},
		"entity of half a pair":  {`<row r="1"><c r="A1" t="str"><v>&#xD800;</v></c></row>`, "damaged", part},
		"control character":      {"<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a\x01</v></c></row>", "damaged", part},
		"not UTF-8":              {"<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\xbd\xfb</v></c></row>", "damaged", part},
		"too deep":               {`<row r="1"><extLst>` + strings.Repeat("<a>", 80) + strings.Repeat("</a>", 80) + `</extLst></row>`, "damaged", part},
		"declaration in a row":   {`<!ENTITY a "b"><row r="1"/>`, "damaged", part},
		"doctype in a row":       {`<!DOCTYPE a><row r="1"/>`, "doctype", ""},
		"range without row":      {`</sheetData><mergeCells><mergeCell ref="A:B"/></mergeCells><sheetData>`, "damaged", part},
		"two sets of rows":       {`</sheetData><sheetData>`, "damaged", part},
		"columns out of range":   {`</sheetData><cols><col min="1" max="16385"/></cols><sheetData>`, "damaged", part},
		"columns fall":           {`</sheetData><cols><col min="3" max="2"/></cols><sheetData>`, "damaged", part},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { wantCode(t, ordinary(rows(tt.rows)).zip(t), tt.code, tt.where) })
	}
}

// Parts that are missing, twice, of another kind or hostile.
func TestRefusedParts(t *testing.T) {
	good := ordinary(rows(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`))
	const laughs = `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>`
	book, links, sheet, texts := "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
	tests := map[string]struct {
		parts       parts
		code, where string
	}{
		"no workbook":            {good.with(book, ""), "damaged", book},
		"no links":               {good.with(links, ""), "damaged", links},
		"no sheet":               {good.with(sheet, ""), "damaged", sheet},
		"no strings":             {good.with(texts, ""), "damaged", "sharedstrings"},
		"strings not linked":     {good.edit(t, links, "sharedStrings", "other"), "damaged", "A1"},
		"two parts of strings":   {good.edit(t, links, "</Rel", link("rId9", "sharedStrings", "x.xml")+"</Rel"), "damaged", book},
		"sheet of unknown kind":  {good.edit(t, links, `/worksheet"`, `/picture"`), "damaged", book},
		"sheet not linked":       {good.edit(t, links, `"rId1"`, `"rId7"`), "damaged", book},
		"sheet linked twice":     {good.edit(t, links, `"rId2"`, `"rId1"`), "damaged", links},
		"sheet elsewhere":        {good.edit(t, links, `Target="work`, `TargetMode="External" Target="work`), "damaged", book},
		"sheet outside":          {good.edit(t, links, "worksheets/sheet1.xml", "../../../../etc/hostname"), "damaged", "../../../?/?"},
		"a chart as sheet":       {good.with(sheet, "<chartsheet/>"), "damaged", sheet},
		"a sheet without rows":   {good.with(sheet, "<worksheet/>"), "damaged", sheet},
		"an empty sheet":         {good.with(sheet, " "), "damaged", sheet},
		"two roots":              {good.with(sheet, rows("")+rows("")), "damaged", sheet},
		"text after the end":     {good.with(sheet, rows("")+"x"), "damaged", sheet},
		"text before the root":   {good.with(sheet, "x"+rows("")), "damaged", sheet},
		"no sheets":              {good.edit(t, book, "<sheets>", "<!--<sheets>").edit(t, book, "</sheets>", "</sheets>-->"), "damaged", book},
		"two workbooks":          {good.edit(t, "_rels/.rels", "</Rel", link("rId9", "officeDocument", "x.xml")+"</Rel"), "damaged", "_rels/.rels"},
		"a state unknown":        {good.edit(t, book, "sheetId", `state="shy" sheetId`), "damaged", book},
		"1904 unknown":           {good.edit(t, book, "<sheets>", `<workbookPr date1904="2"/><sheets>`), "damaged", book},
		"an element of strings":  {good.edit(t, texts, "<si><t>单位</t></si>", "<sj><t>单位</t></sj>"), "damaged", texts[:5]},
		"an encoding":            {good.with(sheet, `<?xml version="1.0" encoding="GBK"?>`+rows(`<row r="1"><c t="str"><v>禁</v></c></row>`)), "damaged", sheet},
		"entities":               {good.with(sheet, laughs+rows("")), "doctype", ""},
		"entities of links":      {good.with(links, laughs+rels("")), "doctype", ""},
		"entities of strings":    {good.with(texts, laughs+good[texts]), "doctype", ""},
		"doctype in small":       {good.with("xl/styles.xml", `<!doctype x>`+good["xl/styles.xml"]), "doctype", ""},
		"a text document":        {good.with(book, `<w:document xmlns:w="w"/>`), "not_spreadsheet", ""},
		"a binary workbook":      {good.edit(t, "_rels/.rels", "workbook.xml", "workbook.bin"), "binary_workbook", ""},
		"an open document":       {parts{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}, "damaged", "content.xml"},
		"an open text":           {parts{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}, "text_document", ""},
		"any other zip":          {parts{"a.txt": "a", "b/inner.xlsx": string(good.zip(t))}, "archive_file", ""},
		"names that lead out":    {good.with(sheet, "").with("../xl/worksheets/sheet1.xml", rows("")), "damaged", sheet},
		"a name twice by case":   {good.with("XL/Worksheets/Sheet1.xml", rows("")), "damaged", sheet},
		"a name twice by slash":  {good.with(`xl\worksheets\sheet1.xml`, rows("")), "damaged", sheet},
		"a name that is no name": {good.edit(t, links, "worksheets/sheet1.xml", "\x1b[2J张三.xml"), "damaged", links},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { wantCode(t, tt.parts.zip(t), tt.code, tt.where) })
	}
}

// A message never repeats what a part's name may hold beside a name.
func TestShown(t *testing.T) {
	if got := shown("xl/\x1b[2J 张" + strings.Repeat("x", 200)); strings.ContainsAny(got, "\x1b 张") || len(got) > 80 {
		t.Errorf("%q", got)
	}
	for name, want := range map[string]string{
		"xl/worksheets/sheet12.xml":            "xl/worksheets/sheet12.xml",
		"xl/_rels/workbook.xml.rels":           "xl/_rels/workbook.xml.rels",
		"_rels/.rels":                          "_rels/.rels",
		"content.xml":                          "content.xml",
		"xl/worksheets/539901198001102038.xml": "xl/worksheets/?.xml",
		"xl/worksheets/sheet19900000700.xml":   "xl/worksheets/?.xml",
		"xl/worksheets/wxid_zhang.xml":         "xl/worksheets/?.xml",
		"zhang/sheet1.xml":                     "?/sheet1.xml",
		strings.Repeat("a.", 60):               "?",
	} {
		if got := shown(name); got != want {
			t.Errorf("shown(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestLimits(t *testing.T) {
	wide := strings.Repeat(`<c><v>1</v></c>`, 10)
	many := ordinary(rows(strings.Repeat(`<row>`+wide+`</row>`, 100)))
	long := ordinary(rows(`<row>` + strings.Repeat(`<c t="s"><v>1</v></c>`, 100) + `</row>`))
	merged := ordinary(rows(`</sheetData><mergeCells>`+strings.Repeat(`<mergeCell ref="A1:B1"/>`, 3)+`</mergeCells><extLst>`)).
		edit(t, "xl/worksheets/sheet1.xml", "</sheetData></worksheet>", "</extLst></worksheet>")
	csv := []byte(strings.Repeat("1,2,3,4,5,6,7,8,9,10\n", 100))
	tests := map[string]struct {
		data []byte
		set  func(*Limits)
		code string
	}{
		"file":       {csv, func(l *Limits) { l.File = 100 }, "too_large"},
		"unzipped":   {many.zip(t), func(l *Limits) { l.Unzipped = 5000 }, "too_large"},
		"entries":    {many.zip(t), func(l *Limits) { l.Entries = 5 }, "too_large"},
		"parts":      {many.zip(t), func(l *Limits) { l.Parts = 5 }, "too_large"},
		"rows":       {many.zip(t), func(l *Limits) { l.Rows = 99 }, "too_many_rows"},
		"cells":      {many.zip(t), func(l *Limits) { l.Cells = 999 }, "too_many_cells"},
		"book":       {many.zip(t), func(l *Limits) { l.BookCells = 999 }, "too_many_cells"},
		"text":       {long.zip(t), func(l *Limits) { l.Text = 1199 }, "too_large"},
		"field":      {long.zip(t), func(l *Limits) { l.Field = 11 }, "too_large"},
		"shared":     {long.zip(t), func(l *Limits) { l.SharedBytes = 20 }, "too_large"},
		"merges":     {merged.zip(t), func(l *Limits) { l.Merges = 2 }, "too_large"},
		"csv rows":   {csv, func(l *Limits) { l.Rows = 99 }, "too_many_rows"},
		"csv cells":  {csv, func(l *Limits) { l.Cells = 999 }, "too_many_cells"},
		"csv field":  {[]byte(`"` + strings.Repeat("x", 100) + `"`), func(l *Limits) { l.Field = 99 }, "too_large"},
		"csv column": {bytes.Repeat([]byte(","), maxCol), func(*Limits) {}, "too_large"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			limits := DefaultLimits()
			if tt.set(&limits); name != "csv column" {
				mustRead(t, tt.data)
			}
			if _, err := Read(t.Context(), tt.data, limits); store.ErrorCode(err) != tt.code {
				t.Errorf("%v, want %s", err, tt.code)
			}
		})
	}
}

// What is no content costs nothing: a used range of the whole sheet, rows and
// cells of formatting down to the last row, hidden rows below the content.
func TestFormattingIsNoContent(t *testing.T) {
	var xml strings.Builder
	xml.WriteString(`<worksheet ` + nsMain + `><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>`)
	for row := 2; row <= maxRow; row += 3 {
		fmt.Fprintf(&xml, `<row r="%d" s="1" hidden="1"><c r="A%d" s="1"/></row>`, row, row)
	}
	xml.WriteString(`</sheetData></worksheet>`)
	s := mustRead(t, ordinary(xml.String()).zip(t)).Sheets[0]
	if len(s.Cells) != 1 || len(s.HiddenRows) != 0 {
		t.Errorf("%d cells, %d hidden rows", len(s.Cells), len(s.HiddenRows))
	}
}

func TestBomb(t *testing.T) {
	bomb := ordinary(`<worksheet ` + nsMain + `>` + strings.Repeat(" ", 8<<20) + `<sheetData/></worksheet>`).zip(t)
	wantCode(t, bomb, "too_large", "sheet1.xml")
	huge := ordinary(`<worksheet ` + nsMain + `>` + strings.Repeat(" ", 65<<20) + `<sheetData/></worksheet>`).zip(t)
	wantCode(t, huge, "too_large", "sheet1.xml")
	// A directory that declares less than it holds.
	var small [4]byte
	binary.LittleEndian.PutUint32(small[:], 1024)
	wantCode(t, patch(t, huge, "xl/worksheets/sheet1.xml", 24, small[:]), "damaged", "sheet1.xml")
}

func TestManyEntries(t *testing.T) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := range 50_000 {
		if _, err := z.Create(fmt.Sprintf("%d", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	wantCode(t, out.Bytes(), "too_large", "50000")
}

// patch overwrites bytes of an entry in the directory, which follows the data.
func patch(t *testing.T, data []byte, name string, at int, with []byte) []byte {
	t.Helper()
	data = bytes.Clone(data)
	i := bytes.LastIndex(data, []byte(name))
	if i < 46 || string(data[i-46:i-42]) != "PK\x01\x02" {
		t.Fatal("no such entry")
	}
	copy(data[i-46+at:], with)
	return data
}

// A directory that says something else than the entry itself.
func TestLyingDirectory(t *testing.T) {
	data := ordinary(rows(`<row r="1"><c r="A1"><v>1</v></c></row>`)).zip(t)
	mustRead(t, data)
	for name, tt := range map[string]struct {
		at   int
		with []byte
		code string
	}{
		"encrypted":    {8, []byte{1}, "encrypted"},
		"method":       {10, []byte{0}, "damaged"},
		"sum":          {16, []byte{0, 0, 0, 0}, "damaged"},
		"packed size":  {20, []byte{255, 0}, "damaged"},
		"size":         {24, []byte{255, 0}, "damaged"},
		"size is less": {24, []byte{9, 0}, "damaged"},
		"name":         {46 + 3, []byte("y"), "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			wantCode(t, patch(t, data, "xl/worksheets/sheet1.xml", tt.at, tt.with), tt.code, "")
		})
	}
	local := bytes.Index(data, []byte("xl/worksheets/sheet1.xml"))
	for name, at := range map[string]int{"local method": -30 + 8, "local name": 3, "local data": 30} {
		t.Run(name, func(t *testing.T) {
			bad := bytes.Clone(data)
			bad[local+at] ^= 1
			wantCode(t, bad, "damaged", "sheet1.xml")
		})
	}
}

func TestTruncated(t *testing.T) {
	data := ledger(t, 40, 10)
	for percent := range 100 {
		cut := data[:len(data)*percent/100]
		want := "cut_off"
		if percent == 0 {
			want = "empty_file"
		}
		if _, err := Read(t.Context(), cut, DefaultLimits()); store.ErrorCode(err) != want {
			t.Errorf("%d %%: %v", percent, err)
		}
	}
}

// A part cut anywhere, in a zip that is in order, is refused.
func TestTruncatedPart(t *testing.T) {
	good := ordinary(rows(strings.Repeat(`<row><c t="s"><v>1</v></c><c><v>12</v></c></row>`, 20)))
	for name, whole := range good {
		for percent := range 100 {
			cut := good.with(name, whole[:len(whole)*percent/100]+" ")
			_, err := Read(t.Context(), cut.zip(t), DefaultLimits())
			if code := store.ErrorCode(err); code != "damaged" && code != "not_spreadsheet" {
				t.Errorf("%s at %d %%: %v", name, percent, err)
			}
		}
	}
}

// Never silently short: a damaged part in a zip that is in order is refused or
// gives as many rows and cells as it held.
func TestDamagedParts(t *testing.T) {
	good := ordinary(rows(damageable()))
	want := mustRead(t, good.zip(t)).Sheets[0]
	random := rand.New(rand.NewPCG(6, 26))
	const junk = "<>/\"'= &;!?-0a\x00\xff"
	trials, accepted := 0, 0
	for _, name := range []string{"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"} {
		times := 500
		if name == "xl/worksheets/sheet1.xml" {
			times = 2500 // where the cells are
		}
		for i := range times {
			part := []byte(good[name])
			at := random.IntN(len(part) - 3)
			if i%2 == 0 {
				part[at] ^= 1 << random.IntN(8)
			} else {
				for j := range 3 {
					part[at+j] = junk[random.IntN(len(junk))]
				}
			}
			trials++
			book, err := Read(t.Context(), good.with(name, string(part)).zip(t), DefaultLimits())
			if err != nil {
				continue
			}
			accepted++
			if len(book.Sheets) != 1 || len(book.Sheets[0].Cells) != len(want.Cells) || count(book.Sheets[0]) != count(want) {
				t.Errorf("%s @%d %q: short", name, at, part[max(0, at-20):at+20])
			}
		}
	}
	t.Logf("%d damages, %d accepted, none short", trials, accepted)
}

// damageable writes rows of many kinds of cells.
func damageable() string {
	var b strings.Builder
	for row := range 12 {
		n := 3*row + 1
		fmt.Fprintf(&b, `<row r="%d" spans="1:6"><c r="A%d" t="s"><v>1</v></c><c r="C%d" s="1"><v>46%03d</v></c>`, n, n, n, row)
		fmt.Fprintf(&b, `<c r="D%d"><f>SUM(A1:A2)</f><v>%d.5</v></c><c r="E%d" t="inlineStr"><is><t>a&amp;b</t></is></c><c r="F%d" t="b"><v>1</v></c></row>`, n, row, n, n)
	}
	return b.String()
}

// count returns the number of rows that hold something.
func count(s *Sheet) int {
	n, last := 0, int32(-1)
	for _, c := range s.Cells {
		if c.Row != last {
			n, last = n+1, c.Row
		}
	}
	return n
}
