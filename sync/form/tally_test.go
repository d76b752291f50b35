package form

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

// caseLine is one row of a ledger of cases, as a clerk knows it.
type caseLine struct {
	unit, class, drug string
	solved            store.Date // zero: not solved
	suspects          int        // -1: blank
	grams             float64    // -1: blank
}

// drawCases draws a ledger of cases.
func drawCases(dice *rand.Rand) []caseLine {
	units := []string{"城西派出所", "城东派出所", "滨江派出所"}
	out := make([]caseLine, 1+dice.IntN(40))
	for i := range out {
		one := caseLine{
			unit:     units[dice.IntN(len(units))],
			class:    []string{"刑事", "行政"}[dice.IntN(2)],
			drug:     []string{"海洛因", "冰毒", "摇头丸"}[dice.IntN(3)],
			suspects: dice.IntN(5) - 1,
			grams:    float64(dice.IntN(5000))/100 - 1,
		}
		if one.grams < 0 {
			one.grams = -1
		}
		if dice.IntN(4) > 0 {
			one.solved = store.NewDate(2026, 3, 1+dice.IntN(100))
		}
		out[i] = one
	}
	return out
}

// naive counts what the ledger says by going through it once for every question.
func naive(all []caseLine) map[string]float64 {
	out := map[string]float64{}
	ask := func(code string, fits func(caseLine) bool, add func(caseLine) float64) {
		if !slices.ContainsFunc(all, func(c caseLine) bool { return fits(c) && !c.solved.IsZero() }) {
			return
		}
		for _, unit := range []string{"城西派出所", "城东派出所", "滨江派出所"} {
			for month := 3; month <= 6; month++ {
				sum, rows, blanks := 0.0, 0, 0
				for _, c := range all {
					if c.unit != unit || c.solved.IsZero() || int(c.solved.Month) != month {
						continue
					}
					switch {
					case !fits(c):
						rows++
					case add(c) < 0:
						blanks++
					default:
						sum, rows = sum+add(c), rows+1000
					}
				}
				if rows >= 1000 || rows > 0 && blanks == 0 {
					out[fmt.Sprint(unit, " 2026-0", month, " ", code)] = sum
				}
			}
		}
	}
	criminal := func(c caseLine) bool { return c.class == "刑事" }
	grams := func(c caseLine) float64 { return c.grams }
	ask("case_criminal", criminal, func(caseLine) float64 { return 1 })
	ask("suspects", criminal, func(c caseLine) float64 { return float64(c.suspects) })
	ask("seized_heroin_g", func(c caseLine) bool { return c.drug == "海洛因" }, grams)
	ask("seized_meth_g", func(c caseLine) bool { return c.drug == "冰毒" }, grams)
	ask("seized_other_g", func(c caseLine) bool { return c.drug == "摇头丸" }, grams)
	ask("seized_total_g", func(caseLine) bool { return true }, grams)
	return out
}

// Tallies agree with a naive count over random ledgers.
func TestTalliesAgainstANaiveCount(t *testing.T) {
	const seed, ledgers = 11, 60
	dice := rand.New(rand.NewPCG(seed, seed))
	opt := testOptions(t)
	opt.Today = store.Date{Year: 2026, Month: 7, Day: 1}
	reader := NewReader(opt)
	compared := 0
	for n := range ledgers {
		all := drawCases(dice)
		rows := [][]any{{"案件编号", "案由", "刑事/行政", "破案时间", "主办单位", "抓获人数", "毒品种类", "缴获数量(克)"}}
		for i, c := range all {
			row := []any{fmt.Sprint("号", i), "容留他人吸毒", c.class, c.solved.String(), c.unit, c.suspects, c.drug, c.grams}
			for _, at := range []int{5, 7} {
				if row[at] == -1 || row[at] == -1.0 {
					row[at] = nil
				}
			}
			rows = append(rows, row)
		}
		r := reader.Read(&sheet.Book{Format: sheet.XLSX, Sheets: []*sheet.Sheet{grid("1", rows...)}}, "案件.xlsx")
		want := naive(all)
		got := map[string]float64{}
		for _, c := range r.Tallies {
			if c.Indicator != "" && c.Indicator != "case_admin" {
				got[opt.Units.Name(c.Unit)+" "+c.Period.String()+" "+c.Indicator] = c.Value
			}
		}
		for k, v := range want {
			compared++
			if g, ok := got[k]; !ok || plainNumber(g) != plainNumber(v) {
				t.Errorf("ledger %d: %s is %v (%v), want %v", n, k, g, ok, v)
			}
			delete(got, k)
		}
		if len(got) > 0 {
			t.Errorf("ledger %d: %v besides", n, got)
		}
	}
	t.Logf("seed %d: %d ledgers, %d tallies compared", seed, ledgers, compared)
	if compared < 500 {
		t.Error("too few to prove anything")
	}
}

// A row that could not be read, or might be another unit's, makes what it could
// have belonged to incomplete: that is left out, and nothing else.
func TestTalliesThatAreNotWhole(t *testing.T) {
	heads := []any{"活动日期", "单位", "活动主题", "形式", "横幅"}
	good := [][]any{
		{"2026-05-01", "城西所", "甲", "讲座", 1},
		{"2026-06-01", "城西所", "乙", "讲座", 2},
		{"2026-05-03", "城东派出所", "丙", "讲座", 3},
		{"2026-06-03", "城东派出所", "丁", "讲座", 4},
		{"2026-06-04", "桥北社区", "戊", "讲座", 5},
		{"2026-06-05", "东湖街道", "己", "讲座", 6},
	}
	struck := sheet.Cell{Kind: sheet.Text, Text: "2026-06-01", Struck: true}
	for name, c := range map[string]struct {
		row    []any
		events string // tallies of pub_events that stay
		flags  string // tallies of pub_banners that stay
	}{
		"nothing wrong":           {nil, "cxs5 cxs6 cds5 cds6 dhj6 qbs6", "cxs5 cxs6 cds5 cds6 dhj6 qbs6"},
		"a number":                {[]any{"2026-06-01", "城西所", "庚", "讲座", "约9"}, "cxs5 cxs6 cds5 cds6 dhj6 qbs6", "cxs5 cds5 cds6 dhj6 qbs6"},
		"a day":                   {[]any{"某日", "城西所", "庚", "讲座", 9}, "cds5 cds6 dhj6 qbs6", "cds5 cds6 dhj6 qbs6"},
		"a unit":                  {[]any{"2026-06-01", "清河所", "庚", "讲座", 9}, "cxs5 cds5", "cxs5 cds5"},
		"a day and a unit":        {[]any{nil, "清河所", "庚", "讲座", 9}, "", ""},
		"a community's":           {[]any{"2026-06-01", "桥北社区", "庚", "讲座", "约9"}, "cxs5 cxs6 cds5 cds6 dhj6 qbs6", "cxs5 cxs6 cds5 cds6"},
		"struck through":          {[]any{struck, "城西所", "庚", "讲座", 9}, "cxs5 cds5 cds6 dhj6 qbs6", "cxs5 cds5 cds6 dhj6 qbs6"},
		"the same row again":      {good[1], "cxs5 cds5 cds6 dhj6 qbs6", "cxs5 cds5 cds6 dhj6 qbs6"},
		"personal data elsewhere": {[]any{"2026-06-01", "城西所", "找19900000701", "讲座", 9}, "cxs5 cxs6 cds5 cds6 dhj6 qbs6", "cxs5 cxs6 cds5 cds6 dhj6 qbs6"},
	} {
		rows := append([][]any{heads}, good...)
		if c.row != nil {
			rows = append(rows, c.row)
		}
		r := readSheet(t, grid("1", rows...))
		var events, flags []string
		for _, one := range r.Tallies {
			at := fmt.Sprint(one.Unit, one.Period.N)
			switch one.Indicator {
			case "pub_events":
				events = append(events, at)
			case "pub_banners":
				flags = append(flags, at)
			}
		}
		if strings.Join(events, " ") != c.events || strings.Join(flags, " ") != c.flags {
			t.Errorf("%s: events %q, banners %q, want %q and %q; %q", name, events, flags, c.events, c.flags, found(r))
		}
	}
}

// A ledger of criminal cases alone says nothing of administrative ones.
func TestWhatALedgerDoesNotCover(t *testing.T) {
	heads := []any{"案件编号", "案由", "刑事/行政", "受案时间", "破案时间", "主办单位", "毒品种类", "缴获数量(克)"}
	r := readSheet(t, grid("1", heads, []any{"1", "贩卖毒品", "刑事", "2026-06-01", "2026-06-02", "城西所", "冰毒", 1}))
	wantLines(t, "tallies", counted(r), "cxs 2026-06 case_criminal 1/1 E2", "cxs 2026-06 seized_meth_g 1/1 H2", "cxs 2026-06 seized_total_g 1/1 H2")
	r = readSheet(t, grid("1", heads,
		[]any{"1", "贩卖毒品", "刑事", "2026-06-01", "2026-06-02", "城西所", "冰毒", 1}, []any{"2", "吸毒", "行政", "2026-05-01", "2026-05-02", "城西所", nil, nil}))
	wantAmong(t, counted(r), []string{"cxs 2026-06 case_admin 0/0 D2", "cxs 2026-05 case_admin 1/1 D3", "cxs 2026-05 case_criminal 0/0 E3"}, nil)
}

// Domain 4.22: where the statistical month runs from the 26th, so do the tallies.
func TestStatisticalMonths(t *testing.T) {
	r := readSheet(t, grid("1", []any{"活动日期", "单位", "活动主题", "形式"},
		[]any{"5月25日", "城西所", "甲", "讲座"}, []any{"5月26日", "城西所", "乙", "讲座"}, []any{"6月10日", "城西所", "丙", "讲座"}),
		func(o *Options) { o.MonthStarts = 26 })
	wantAmong(t, counted(r), []string{"cxs 2026-05 pub_events 1/1 A2", "cxs 2026-06 pub_events 2/2 A3:A4"}, nil)
}
