package sample

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jindu/store"
)

// number returns the value of a cell that holds one; words for zero count.
func number(c cell) (float64, bool) {
	switch v := c.value.(type) {
	case int:
		return float64(v), true
	case float64:
		return v, true
	case string:
		if v == "无" || v == "零" {
			return 0, true
		}
		if len([]rune(v)) == 1 && strings.ContainsAny(v, "０１２３４５６７８９") {
			return float64([]rune(v)[0] - '０'), true
		}
	}
	return 0, false
}

// TestEveryTotalIsItsSum adds every sheet of the folder up again: the totals rows
// and columns and 本年累计, but for the one that is wrong on purpose and those
// whose parts cannot be read.
func TestEveryTotalIsItsSum(t *testing.T) {
	d := New(1, july())
	rows, columns, wrong := 0, 0, []string{}
	for _, f := range d.live() {
		if f.book == nil {
			continue
		}
		for _, s := range f.book().sheets {
			for i, row := range s.rows {
				for j, c := range row {
					if c.formula == "" {
						continue
					}
					got, ok := number(c)
					parts := column(s, j, i)
					if strings.HasPrefix(c.formula, fmt.Sprintf("SUM(B%d:", i+1)) {
						columns++
						parts = row[1:j]
					} else {
						rows++
					}
					sum := total(parts)
					if !ok || cents(got) != cents(sum) {
						wrong = append(wrong, fmt.Sprintf("%s %s is %v, its parts are %v", f.path, ref(i, j), got, sum))
					}
				}
			}
		}
	}
	// The negative cell is a part to us and none to a reader.
	if len(wrong) != 1 || !strings.Contains(wrong[0], "城东派出所2026年") {
		t.Errorf("wrong totals: %q", wrong)
	}
	if rows < 400 || columns < 300 {
		t.Errorf("%d totals below and %d beside their parts", rows, columns)
	}
}

func total(cells []cell) float64 {
	sum := 0.0
	for _, c := range cells {
		v, _ := number(c)
		sum += v
	}
	return sum
}

// column returns the figures above a totals row, as far as the heads.
func column(s *sheet, col, row int) []cell {
	var out []cell
	for i := row - 1; i >= 0; i-- {
		if col >= len(s.rows[i]) || s.rows[i][col].look == head {
			break
		}
		out = append(out, s.rows[i][col])
	}
	return out
}

// TestCumulativeIsTheSumOfTheMonths checks 本年累计 against the truth.
func TestCumulativeIsTheSumOfTheMonths(t *testing.T) {
	d := New(1, july())
	facts := factsOf(d)
	live := d.live()
	i := slices.IndexFunc(live, func(f file) bool { return strings.HasSuffix(f.path, "城西所6月报表.xlsx") })
	s := live[i].book().sheets[0]
	checked := 0
	for _, e := range s.facts {
		if d.model.words[e.Indicator].kind != store.Flow {
			continue
		}
		sum := 0.0
		for n := 1; n <= e.Period.N; n++ {
			sum += facts[store.Key{Unit: e.Unit, Indicator: e.Indicator, Period: store.MonthOf(e.Period.Year, n)}].Value
		}
		_, row, err := excelize.CellNameToCoordinates(e.Cell)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := number(s.rows[row-1][3]); !ok || cents(got) != cents(sum) {
			t.Errorf("本年累计 of %s is %v, the months are %v", e.Indicator, got, sum)
		}
		checked++
	}
	if checked < 20 {
		t.Errorf("%d flows checked", checked)
	}
}

// TestHeadsAreMerged draws a head of three levels, one group of which has two.
func TestHeadsAreMerged(t *testing.T) {
	g := page{m: &model{words: words()}}
	s := &sheet{}
	blocks := []block{
		{name: "甲", subs: []string{"子", "子", ""}, items: g.items("case_criminal", "case_admin", "suspects")},
		{name: "乙", items: g.items("pub_events")},
	}
	if depth := g.heads(s, 0, blocks); depth != 3 {
		t.Fatalf("depth %d", depth)
	}
	want := []string{"A1:A3", "B1:B3", "C2:D2", "C1:E1", "E2:E3", "F2:F3"}
	var got []string
	for _, m := range s.merges {
		got = append(got, area(m[0], m[1], m[2], m[3]))
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("merges %v, want %v", got, want)
	}
	for at, text := range map[[2]int]string{
		{0, 0}: "序号", {0, 2}: "甲", {1, 2}: "子", {2, 2}: "破获毒品刑事案件（起）", {1, 4}: "抓获犯罪嫌疑人（名）",
		{0, 5}: "乙", {1, 5}: "宣传活动场次（场次）",
	} {
		if got := s.rows[at[0]][at[1]].value; got != text {
			t.Errorf("%s is %v, want %s", ref(at[0], at[1]), got, text)
		}
	}
}

// TestHandsDiffer checks how one value looks in different hands.
func TestHandsDiffer(t *testing.T) {
	for _, c := range []struct {
		hand      hand
		indicator string
		value     float64
		want      any
	}{
		{hand{}, "case_criminal", 3, 3},
		{hand{wide: true}, "case_criminal", 3, "３"},
		{hand{wide: true}, "case_criminal", 30, 30},
		{hand{}, "case_criminal", 0, 0},
		{hand{zero: "无"}, "case_criminal", 0, "无"},
		{hand{}, "urine_rate", 97.25, 0.9725},
		{hand{text: true}, "urine_rate", 97.25, "97.2%"},
		{hand{}, "seized_meth_g", 1234.5, 1234.5},
		{hand{kilo: true}, "seized_meth_g", 1234.5, 1.2345},
		{hand{}, "fund_received", 3.35, 3.35},
		{hand{yuan: true}, "fund_received", 3.35, 33500},
		{hand{}, "grade_score", 88.5, 88.5},
	} {
		g := page{m: &model{words: words()}, hand: c.hand}
		if got, _ := g.show(g.items(c.indicator)[0], c.value); got != c.want {
			t.Errorf("%s %v by %+v is %v, want %v", c.indicator, c.value, c.hand, got, c.want)
		}
	}
}

func TestBrokenHeads(t *testing.T) {
	plain, broken := page{}, page{hand: hand{broken: true}}
	if got := plain.crack("破获毒品刑事案件") + plain.wideSpace("合计"); got != "破获毒品刑事案件合计" {
		t.Errorf("a plain hand writes %q", got)
	}
	if got := broken.crack("破获毒品刑事案件") + broken.crack("宣传点") + broken.wideSpace("合计"); got != "破获毒品\n刑事案件宣传点合　计" {
		t.Errorf("a broken hand writes %q", got)
	}
}

func TestAddresses(t *testing.T) {
	for col, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := letters(col); got != want {
			t.Errorf("column %d is %s, want %s", col, got, want)
		}
	}
	if got := area(0, 1, 9, 27); got != "B1:AB10" {
		t.Errorf("area %s", got)
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -36: "-36"} {
		if got := thousands(n); got != want {
			t.Errorf("thousands(%d) = %s, want %s", n, got, want)
		}
	}
}

// TestRender writes one workbook with everything that a sheet can hold and opens
// it again.
func TestRender(t *testing.T) {
	first, second := &sheet{name: "一"}, &sheet{name: "旧表", hidden: true}
	first.banner(0, 3, "标题", title)
	first.put(1, 0, "合　计", label)
	first.put(1, 1, 0.5, percent)
	first.put(1, 2, 12, count)
	first.formula(1, 2, "SUM(C3:C4)")
	first.put(2, 0, store.NewDate(2026, 6, 26), day)
	second.put(0, 0, "a\nb & <c>", note)
	data, err := (&book{sheets: []*sheet{first, second}}).render()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]string{"A1": "标题", "A2": "合　计", "B2": "50.00%", "C2": "12", "A3": "2026-06-26"} {
		if got, err := f.GetCellValue("一", at); err != nil || got != want {
			t.Errorf("%s is %q, %v, want %q", at, got, err, want)
		}
	}
	if formula, err := f.GetCellFormula("一", "C2"); err != nil || formula != "SUM(C3:C4)" {
		t.Errorf("formula %q, %v", formula, err)
	}
	if got, err := f.GetCellValue("旧表", "A1"); err != nil || got != "a\nb & <c>" {
		t.Errorf("text %q, %v", got, err)
	}
	if visible, err := f.GetSheetVisible("旧表"); err != nil || visible {
		t.Errorf("the old table is to be seen, %v", err)
	}
	if merged, err := f.GetMergeCells("一"); err != nil || len(merged) != 1 || merged[0][0] != "A1:C1" {
		t.Errorf("merged %v, %v", merged, err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}

// TestPartsStandInOrder checks what makes the same workbook the same bytes: the
// order of the parts, and that none has a time.
func TestPartsStandInOrder(t *testing.T) {
	b := &book{sheets: []*sheet{{name: "一"}, {name: "二"}}}
	first, err := b.render()
	if err != nil {
		t.Fatal(err)
	}
	second, err := b.render()
	if err != nil || !bytes.Equal(first, second) {
		t.Errorf("the same book gave other bytes, %v", err)
	}
	r, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range r.File {
		if i > 0 && f.Name <= r.File[i-1].Name {
			t.Errorf("%s stands after %s", f.Name, r.File[i-1].Name)
		}
		if f.ModifiedDate != 0 {
			t.Errorf("%s has a time", f.Name)
		}
	}
}

func TestRenderRefusesABadName(t *testing.T) {
	_, err := (&book{sheets: []*sheet{{name: "a:b"}}}).render()
	if err == nil || !strings.Contains(err.Error(), "a:b") {
		t.Errorf("a sheet with a colon in its name: %v", err)
	}
}
