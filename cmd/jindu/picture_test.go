package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// pictureCSV has a column of every kind, and somebody's telephone in the remarks.
const pictureCSV = `云岭区2026年6月禁毒工作情况统计表,,,,,,,
单位,打击,,缴毒,,宣传,,备注
,刑事案件（起）,破案率,海洛因（千克）,新滋生吸毒人数,横幅,同比%,
城西派出所,7,80%,1.5,3,约20,5%,联系19900000700
城东派出所,8,81%,2,4,30,5%,
合计,15,,4.5,7,30,,
`

// TestPicture: the picture of check --explain in both languages.
func TestPicture(t *testing.T) {
	t.Parallel()
	o := &office{TB: t, dir: t.TempDir(), at: time.Date(2026, 7, 3, 9, 0, 0, 0, time.UTC)}
	o.configure(officeCase{})
	o.put("a.csv", []byte(pictureCSV))
	file := filepath.Join(o.dir, "reports", "a.csv")
	for _, lang := range []string{"zh", "en"} {
		data, err := os.ReadFile(filepath.Join("testdata", "picture", lang+".txt"))
		must(t, err)
		want := string(data)
		r := o.run("--lang", lang, "check", "--explain", file)
		if !strings.Contains(r.out, want) {
			t.Errorf("%s: the picture is\n%s\nwant\n%s", lang, r.out, want)
		}
		if strings.Contains(r.out, "1990000") || strings.Contains(r.out, "约20") {
			t.Errorf("%s: the picture shows what stands in a cell:\n%s", lang, r.out)
		}
	}
	r := o.run("check", "--json", "--explain", file)
	var out checked
	if err := json.Unmarshal([]byte(r.out), &out); err != nil {
		t.Fatal(err)
	}
	e := out.Files[0].Sheets[0].Explain[0]
	if e.Columns[3].Factor != 1000 || e.Columns[4].Why != "column_unknown" || !strings.Contains(r.out, `"marks": "n#x?x!xx"`) {
		t.Errorf("the explanation is %+v", e)
	}
}

// TestPictureIsNarrow: a sheet of many columns and rows stays within the width, and
// rows without a fault are folded.
func TestPictureIsNarrow(t *testing.T) {
	t.Parallel()
	o := &office{TB: t, dir: t.TempDir(), at: time.Date(2026, 7, 3, 9, 0, 0, 0, time.UTC)}
	o.configure(officeCase{})
	rows := "云岭区2026年6月禁毒工作情况统计表\n单位"
	for i := range 60 {
		rows += fmt.Sprintf(",第%d项没有人认识而且名字特别长的工作完成情况（人次）", i)
	}
	rows += ",刑事案件\n"
	for range 40 {
		rows += "城西派出所" + strings.Repeat(",1", 61) + "\n"
	}
	o.put("wide.csv", []byte(rows))
	r := o.run("check", "--explain", filepath.Join(o.dir, "reports", "wide.csv"))
	drawn := 0
	for line := range strings.Lines(r.out) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, pictureIndent) && ansi.StringWidth(line) > pictureWidth {
			t.Errorf("%d wide: %s", ansi.StringWidth(line), line)
		}
		if strings.HasSuffix(line, "城西派出所") {
			drawn++
		}
	}
	if drawn == 0 || drawn > 20 || !strings.Contains(r.out, "其余 27 行没有问题") {
		t.Errorf("%d of 40 rows are drawn:\n%s", drawn, r.out)
	}
}
