package sheet

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zip"
	"golang.org/x/text/encoding/unicode"

	"jindu/store"
)

// ledgerRect is a small ledger without blank cells, so that every loss shows.
func ledgerRect(rows int) rect {
	var r rect
	for i := range rows {
		r.cells = append(r.cells, []string{fmt.Sprintf("城西派出所第%d中队", i), fmt.Sprint(1000 + i), "已完成 & <好>", fmt.Sprintf("%d.25", i)})
	}
	return r
}

// Files that show their end are refused wherever they are cut. Separated values
// show none; cut within a letter or a quote they are refused too.
func TestTruncatedFormats(t *testing.T) {
	r := ledgerRect(40)
	files := map[string]string{
		"ods":  string(packedODS(r.ods()).zip(t)),
		"fods": string(flatODS(r.ods())),
		"html": r.html(),
		"xml":  r.xml(),
		"wide": encode(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), r.html()),
	}
	for name, whole := range files {
		n := len(mustRead(t, []byte(whole)).Sheets[0].Cells)
		for percent := range 100 {
			// What names the kind of the file is at its head; before that it is a csv
			// of a few letters, without any number.
			cut := whole[:len(whole)*percent/100]
			book, err := Read(t.Context(), []byte(cut), DefaultLimits())
			if err == nil && (percent > 5 || len(book.Sheets[0].Cells) > 3) {
				t.Errorf("%s at %d %%: %d of %d cells", name, percent, len(book.Sheets[0].Cells), n)
			}
		}
	}
	for name, whole := range packedODS(r.ods()) {
		if name == "mimetype" || name == "META-INF/manifest.xml" {
			continue
		}
		for percent := range 100 {
			bad := packedODS(r.ods()).with(name, whole[:len(whole)*percent/100]+" ")
			if _, err := Read(t.Context(), bad.zip(t), DefaultLimits()); store.ErrorCode(err) != "damaged" {
				t.Errorf("%s at %d %%: %v", name, percent, err)
			}
		}
	}
}

// Never silently short: whatever is damaged, a file is refused or gives as many
// rows and cells as it held.
func TestDamagedFormats(t *testing.T) {
	r := ledgerRect(12)
	want := mustRead(t, r.xlsx(t)).Sheets[0]
	content := packedODS(r.ods())
	random := rand.New(rand.NewPCG(6, 26))
	for name, tt := range map[string]struct {
		whole string
		pack  func(part string) []byte // nil: the file as it is
	}{
		"ods, good sum":    {content["content.xml"], func(part string) []byte { return content.with("content.xml", part).zip(t) }},
		"ods, styles":      {content["styles.xml"], func(part string) []byte { return content.with("styles.xml", part).zip(t) }},
		"ods, as it lies":  {string(content.zip(t)), nil},
		"xlsx, as it lies": {string(r.xlsx(t)), nil},
		"fods":             {string(flatODS(r.ods())), nil},
		"html":             {r.html(), nil},
		"xml":              {r.xml(), nil},
	} {
		trials, accepted := 1500, 0
		for i := range trials {
			data := damage(random, tt.whole, i)
			if tt.pack != nil {
				data = tt.pack(string(data))
			}
			book, err := Read(t.Context(), data, DefaultLimits())
			if err != nil {
				continue
			}
			accepted++
			if s := book.Sheets[0]; len(s.Cells) < len(want.Cells) || count(s) < count(want) {
				t.Errorf("%s, trial %d: %d cells, near %q", name, i, len(s.Cells), near(string(data), tt.whole))
			}
		}
		t.Logf("%s: %d damages, %d accepted, none short", name, trials, accepted)
	}
}

// near shows where two texts differ.
func near(a, b string) string {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	return a[max(0, at-20):min(len(a), at+20)]
}

// damage flips a bit, or writes three bytes of junk.
func damage(random *rand.Rand, whole string, i int) []byte {
	const junk = "<>/\"'= &;!?-0a\x00\xff"
	part := []byte(whole)
	at := random.IntN(len(part) - 3)
	if i%2 == 0 {
		part[at] ^= 1 << random.IntN(8)
		return part
	}
	for j := range 3 {
		part[at+j] = junk[random.IntN(len(junk))]
	}
	return part
}

// What each kind of attack costs, and that it is refused or read by its words.
func TestBounded(t *testing.T) {
	one := `<table:table-cell office:value-type="float" office:value="1"/>`
	text := `<table:table-cell office:value-type="string"><text:p>` + strings.Repeat("x", 1000) + `</text:p></table:table-cell>`
	row := func(cells string) string {
		return sheetODS(`<table:table-row>` + cells + `</table:table-row>`)
	}
	repeat := strings.Repeat
	tests := map[string]struct {
		data []byte
		code string
	}{
		"ods bomb":             {packedODS(sheetODS(repeat(" ", 8<<20))).zip(t), "too_large"},
		"ods bomb of 65 MB":    {packedODS(sheetODS(repeat(" ", 65<<20))).zip(t), "too_large"},
		"ods of 4 GB, it says": {declared(t, 4_000_000_000), "too_large"},
		"ods, lying rows":      {packedODS(sheetODS(`<table:table-row table:number-rows-repeated="2147483648">` + one + `</table:table-row>`)).zip(t), "damaged"},
		"ods, a million rows":  {packedODS(sheetODS(`<table:table-row table:number-rows-repeated="1048576">` + one + `</table:table-row>`)).zip(t), "too_many_rows"},
		"ods, cells of rows":   {packedODS(sheetODS(`<table:table-row table:number-rows-repeated="20000"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>`)).zip(t), "too_many_cells"},
		"ods, one text often":  {packedODS(sheetODS(`<table:table-row table:number-rows-repeated="20000">` + repeat(text, 20) + `</table:table-row>`)).zip(t), "too_large"},
		"ods, merges repeated": {packedODS(sheetODS(`<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1"/></table:table-row>`)).zip(t), "too_large"},
		"ods, merges":          {flatODS(sheetODS(repeat(`<table:table-row><table:table-cell table:number-columns-spanned="2"/></table:table-row>`, 60_000))), "too_large"},
		"ods, many sheets":     {flatODS(repeat(`<table:table><table:table-row><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row></table:table>`, 200)), "too_many_cells"},
		"ods, hidden columns":  {flatODS(sheetODS(repeat(`<table:table-column table:visibility="collapse" table:number-columns-repeated="16384"/>`, 20_000) + `<table:table-row>` + one + `</table:table-row>`)), ""},
		"ods, hidden rows":     {flatODS(sheetODS(`<table:table-row>` + one + `</table:table-row>` + repeat(`<table:table-row table:visibility="collapse" table:number-rows-repeated="2"/><table:table-row/>`, 100_000))), ""},
		"ods, blanks in texts": {flatODS(row(repeat(`<table:table-cell office:value-type="string"><text:p><text:s text:c="1048575"/>x</text:p></table:table-cell>`, 100))), "too_large"},
		"ods, deep":            {flatODS(sheetODS(repeat(`<table:table-row-group>`, 100_000))), "damaged"},
		"ods, styles":          {flatODS(`</office:spreadsheet></office:body><office:automatic-styles>` + styles(140_000) + `</office:automatic-styles><office:body><office:spreadsheet>`), "too_large"},
		"xml, merges":          {[]byte(xmlOf(repeat(`<Row><Cell ss:MergeAcross="1"/></Row>`, 60_000))), "too_large"},
		"xml, wide merges":     {[]byte(xmlOf(repeat(`<Row><Cell ss:MergeAcross="16383" ss:MergeDown="0"/></Row>`, 49_000))), ""},
		"xml, far cell":        {[]byte(xmlOf(`<Row ss:Index="1048576"><Cell ss:Index="16384"><Data ss:Type="Number">1</Data></Cell></Row>`)), ""},
		"xml, styled columns":  {[]byte(xmlOf(repeat(`<Column ss:StyleID="d"/>`, 20_000))), "damaged"},
		"xml, rows":            {[]byte(xmlOf(repeat(`<Row><Cell><Data ss:Type="Number">1</Data></Cell></Row>`, 20_001))), "too_many_rows"},
		"html, cells":          {[]byte(page(repeat(`<tr>`+repeat(`<td>1`, 100), 5001))), "too_many_cells"},
		"html, wide merges":    {[]byte(page(repeat(`<tr><td colspan=16384 rowspan=1000000>`, 1))), ""},
		"html, many merges":    {[]byte(page(repeat(`<tr><td rowspan=2>`, 60_000))), "too_large"},
		"html, wide each row":  {[]byte(page(repeat(`<tr><td colspan=16384>`, 49_000))), ""},
		"html, deep":           {[]byte(repeat(`<table><tr><td>`, 100_000)), "damaged"},
		"html, deep words":     {[]byte(page(`<tr><td>` + repeat(`<b>`, 1_000_000) + `1`)), ""},
		"html, tables":         {[]byte(repeat(`<table><tr><td>1</table>`, 100_000)), ""},
		"html, attributes":     {[]byte(page(`<tr><td ` + repeat(`a=1 `, 1_000_000) + `>1`)), ""},
		"html, one text":       {[]byte(page(`<tr><td>` + repeat(`x`, 2<<20))), "too_large"},
		"html, blank rows":     {[]byte(page(repeat(`<tr>`, 2_000_000) + `<tr><td>1`)), "damaged"},
		"html, entities":       {[]byte(page(`<tr><td>` + repeat(`&CounterClockwiseContourIntegral;`, 100_000))), ""},
		"csv, fields":          {[]byte(repeat(repeat("1,", 99)+"1\n", 5001)), "too_many_cells"},
		"csv, wide":            {[]byte("\xff\xfe" + repeat("1\x00,\x00", 20_000)), "too_large"},
		"csv, quotes":          {[]byte(`"` + repeat(`""`, 600_000) + `"`), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			_, err := Read(t.Context(), tt.data, DefaultLimits())
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if code := store.ErrorCode(err); code != tt.code {
				t.Errorf("%v, want %q", err, tt.code)
			}
			got := (after.TotalAlloc - before.TotalAlloc) >> 20
			t.Logf("%d kB: %d ms, %d MB allocated", len(tt.data)>>10, took.Milliseconds(), got)
			if got > 400 {
				t.Errorf("%d MB allocated", got)
			}
		})
	}
}

// styles writes many styles.
func styles(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<style:style style:name="x%d" style:family="table-cell" style:parent-style-name="x%d"/>`, i, i+1)
	}
	return b.String()
}

// declared writes a zip whose content says how large it is.
func declared(t *testing.T, size uint64) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.CreateRaw(&zip.FileHeader{Name: "content.xml", Method: zip.Deflate, UncompressedSize64: size, CompressedSize64: 4})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("\x03\x00\x00\x00")); err != nil {
		t.Fatal(err)
	}
	if w, err = z.Create("META-INF/manifest.xml"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("<a/>")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
