package sample

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"jindu/store"
)

// factsOf indexes the truth by figure.
func factsOf(d *District) map[store.Key]Expected {
	out := map[store.Key]Expected{}
	for _, e := range d.Truth() {
		out[e.Key] = e
	}
	return out
}

// shown reads a cell as a careful clerk would: the number, and whether it is
// one at all.
func shown(tb testing.TB, raw string) (float64, bool) {
	tb.Helper()
	switch raw {
	case "—":
		return 0, false
	case "无", "零", "否":
		return 0, true
	case "是":
		return 1, true
	}
	raw = strings.ReplaceAll(raw, ",", "")
	raw = strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, raw)
	v, err := strconv.ParseFloat(strings.TrimSuffix(raw, "%"), 64)
	if err != nil {
		tb.Errorf("%q is no number", raw)
	}
	return v, true
}

// TestTruthStandsInItsCells opens every workbook again and finds each figure at
// its address.
func TestTruthStandsInItsCells(t *testing.T) {
	d := New(1, july())
	dir := mustFolder(t, d)
	byFile := map[string][]Expected{}
	for _, e := range d.Truth() {
		byFile[e.File] = append(byFile[e.File], e)
	}
	checked := 0
	for path, facts := range byFile {
		sheets := mustSheets(t, filepath.Join(dir, filepath.FromSlash(path)))
		for _, e := range facts {
			col, row, err := excelize.CellNameToCoordinates(e.Cell)
			if err != nil {
				t.Fatal(err)
			}
			raw := sheets[e.Sheet][row-1][col-1]
			v, ok := shown(t, raw)
			if ok == e.NotApplicable || !states(v, raw, e) {
				t.Errorf("%s %s %s shows %q, want %v of %s %s %v", path, e.Sheet, e.Cell, raw, e.Value, e.Unit, e.Indicator, e.Period)
			}
			checked++
		}
	}
	if checked < 20000 {
		t.Errorf("only %d figures stand in the folder", checked)
	}
}

// mustSheets reads the raw cells of a workbook or csv by sheet.
func mustSheets(tb testing.TB, path string) map[string][][]string {
	tb.Helper()
	if filepath.Ext(path) == ".csv" {
		return map[string][][]string{csvSheet: mustCSV(tb, path)}
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	out := map[string][][]string{}
	for _, name := range f.GetSheetList() {
		if out[name], err = f.GetRows(name, excelize.Options{RawCellValue: true}); err != nil {
			tb.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return out
}

// mustCSV reads a csv in GB18030, or in UTF-8 where it has a mark.
func mustCSV(tb testing.TB, path string) [][]string {
	tb.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	text, marked := bytes.CutPrefix(data, []byte("\ufeff"))
	if !marked {
		if text, err = simplifiedchinese.GB18030.NewDecoder().Bytes(data); err != nil {
			tb.Fatal(err)
		}
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	return rows
}

// states reports whether the number shown is the figure, in the catalogue's
// measure or one that the head names.
func states(v float64, raw string, e Expected) bool {
	close := func(a, tolerance float64) bool { return math.Abs(a-e.Value) <= tolerance }
	switch {
	case e.NotApplicable:
		return true
	case e.Derived && strings.HasSuffix(raw, "%"):
		return close(v, 0.05+1e-9) // one decimal is printed
	case e.Derived:
		return close(v*100, 1e-9)
	case strings.HasPrefix(e.Indicator, "seized_") && e.Unit == heavyUnit:
		return close(v*1000, 1e-6)
	case strings.HasPrefix(e.Indicator, "fund_") && e.Unit == "bgj" && e.Indicator != "fund_misuse":
		return close(v*1e-4, 1e-9)
	default:
		return close(v, 1e-9)
	}
}

func TestFaults(t *testing.T) {
	d := New(1, july())
	rules := map[string]int{}
	for _, f := range d.Faults() {
		rules[f.Rule]++
		if f.Rule != "duplicate" && f.Sheet == "" {
			t.Errorf("%+v names no sheet", f)
		}
	}
	want := map[string]int{
		"approximate": 1, "negative": 1, "not_number": 1, "jump": 2, "total_mismatch": 1, "period_conflict": 1,
		"conflict": 5, "duplicate": 1, "hidden_sheet": 2, "ledger_mismatch": 1,
		"score_mismatch": 1,
	}
	for rule, n := range want {
		if rules[rule] != n {
			t.Errorf("%s: %d, want %d", rule, rules[rule], n)
		}
		delete(rules, rule)
	}
	if len(rules) > 0 {
		t.Errorf("others: %v", rules)
	}
}

// TestFaultsAreKnownRules checks that each is a message with the same severity.
func TestFaultsAreKnownRules(t *testing.T) {
	for _, f := range New(1, july()).Faults() {
		if got := store.NewFinding(f.Rule, f.Sheet, f.Cell); got.Severity != f.Severity || got.Message(store.Chinese) == "" {
			t.Errorf("%s is %q in the messages, %q here", f.Rule, got.Severity, f.Severity)
		}
	}
}

// TestWhatIsWrongIsNotTrue checks what the faults take away from the truth.
func TestWhatIsWrongIsNotTrue(t *testing.T) {
	for name, now := range nows() {
		t.Run(name, func(t *testing.T) {
			d := New(3, now)
			facts := factsOf(d)
			at := func(unit, indicator string) (Expected, bool) {
				e, ok := facts[store.Key{Unit: unit, Indicator: indicator, Period: d.Month()}]
				return e, ok
			}
			for unit, indicator := range map[string]string{
				"wcs": "reg_total", "xyc": "pub_events", "sfj": "pub_events", "czj": "pub_events", // silent
				"lwj": "urine_done",     // refused
				"cds": "clues_received", // set aside
				"jyj": "pub_leaflets",   // in conflict
			} {
				if e, ok := at(unit, indicator); ok {
					t.Errorf("%s %s is %v, want nothing", unit, indicator, e.Value)
				}
			}
			for unit, indicator := range map[string]string{"jdd": "suspects", "sms": "suspects", "nwb": "seized_heroin_g"} {
				if e, ok := at(unit, indicator); !ok || !e.Suspect {
					t.Errorf("%s %s is %+v, want suspect", unit, indicator, e)
				}
			}
			for unit, indicator := range map[string]string{"cxs": "users_found", "bjs": "reg_total", "xjj": "urine_done", "cds": "reg_total"} {
				if e, ok := at(unit, indicator); !ok || e.Suspect {
					t.Errorf("%s %s is %+v, want a good figure", unit, indicator, e)
				}
			}
			if e, ok := at("qfy", "pub_points"); !ok || !e.NotApplicable {
				t.Errorf("qfy pub_points is %+v, want not applicable", e)
			}
		})
	}
}

// TestJumpIsAThousand checks that the slip stands out against the unit's history.
func TestJumpIsAThousand(t *testing.T) {
	for seed := range uint64(8) {
		d := New(seed, july())
		facts := factsOf(d)
		var past []float64
		for n := range 12 {
			e := facts[store.Key{Unit: heavyUnit, Indicator: "seized_heroin_g", Period: d.Month().Add(-1 - n)}]
			past = append(past, e.Value)
		}
		slices.Sort(past)
		now := facts[store.Key{Unit: heavyUnit, Indicator: "seized_heroin_g", Period: d.Month()}].Value
		if times := now / past[6]; times < 500 || times > 2000 {
			t.Errorf("seed %d: %v is %.0f times the usual", seed, now, times)
		}
	}
}

// TestNothingElseJumps checks that ordinary months stay within a few times of
// the unit's median, so that only the slip stands out. Small counts may do as
// they like: nobody takes 9 after 1 for a slip of the decimal point.
func TestNothingElseJumps(t *testing.T) {
	truths(func(d *District) {
		series := map[[2]string][]float64{}
		for _, e := range d.Truth() {
			weighed := strings.HasPrefix(e.Indicator, "seized_") && e.Value > 0
			if e.Period.Kind == store.Month && !e.Suspect && (weighed || e.Value >= 20) {
				k := [2]string{e.Unit, e.Indicator}
				series[k] = append(series[k], e.Value)
			}
		}
		for k, values := range series {
			slices.Sort(values)
			median := values[len(values)/2]
			if values[0] < median/7 || values[len(values)-1] > median*7 {
				t.Errorf("%v runs from %v to %v around %v", k, values[0], values[len(values)-1], median)
			}
		}
	})
}

var (
	longDigits = regexp.MustCompile(`\d{10,}`)
	phones     = regexp.MustCompile(`^1990000\d{4}$`)
	identities = regexp.MustCompile(`^539901\d{11}[\dX]$`)
)

// TestPersonsAreInvented checks that every number that could be a person's is of
// the kinds that nobody has, and that the truth names none of them.
func TestPersonsAreInvented(t *testing.T) {
	d := New(1, july())
	personal := 0
	for _, f := range d.files {
		if f.book == nil {
			continue
		}
		for _, s := range f.book().sheets {
			for _, row := range s.rows {
				for _, c := range row {
					for _, number := range longDigits.FindAllString(c.text(), -1) {
						personal++
						if !phones.MatchString(number) && !identities.MatchString(number) && !strings.HasPrefix(number, "539901") {
							t.Errorf("%s holds %s", f.path, number)
						}
					}
				}
			}
		}
	}
	if personal < 500 {
		t.Errorf("only %d personal numbers: too few to prove anything", personal)
	}
	truth := d.Truth()
	for _, secret := range d.Secrets() {
		for _, e := range truth {
			if strings.Contains(e.File+e.Sheet, secret) {
				t.Errorf("%s names %s", e.File, secret)
			}
		}
	}
}

func TestIdentityHasItsCheckDigit(t *testing.T) {
	for n, want := range map[int]string{0: "539901197001010004", 7: "539901197708080070"} {
		got := identity(n)
		if !identities.MatchString(got) {
			t.Errorf("identity(%d) = %s", n, got)
		}
		sum, weight := 0, 1
		for i := len(got) - 1; i >= 0; i-- { // the whole number is 1 modulo 11 by ISO 7064
			digit := strings.IndexByte("0123456789X", got[i])
			sum += digit * weight
			weight = weight * 2 % 11
		}
		if sum%11 != 1 {
			t.Errorf("identity(%d) = %s, whose check digit is wrong", n, got)
		}
		if got[:17] != want[:17] {
			t.Errorf("identity(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestLeftoversLieAbout(t *testing.T) {
	dir := mustFolder(t, New(1, july()))
	for _, name := range []string{"派出所/城西派出所/~$城西所报表.xlsx", "禁毒办/上传中.tmp"} {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Error(err)
		}
	}
}
