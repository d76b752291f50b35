package store_test

import (
	"reflect"
	"testing"
	"time"

	"jindu/store"
)

// claim makes a claim of a file since a pull; moments follow the pulls.
func claim(file, pull int64, v float64, own, live bool) store.Claim {
	return store.Claim{
		Statement: store.Statement{Value: v, Own: own, Cell: store.Cell{Workbook: file*100 + pull}},
		File:      file,
		Live:      live,
		Pull:      pull,
		Since:     time.Unix(pull*600+file, 0),
	}
}

func TestResolve(t *testing.T) {
	const own, restated, live, gone = true, false, true, false
	none := store.Resolution{Winner: -1, Newer: -1, Older: -1}
	wins := func(i int) store.Resolution { return store.Resolution{Winner: i, Newer: -1, Older: -1} }
	for _, c := range []struct {
		name   string
		claims []store.Claim
		want   store.Resolution
	}{
		{"nobody says anything", nil, none},
		{"one report", []store.Claim{claim(1, 1, 5, own, live)}, wins(0)},
		{"only a restatement", []store.Claim{claim(1, 1, 5, restated, live)}, wins(0)},
		{"the latest of two restatements", []store.Claim{claim(2, 2, 6, restated, live), claim(1, 1, 5, restated, live)}, wins(0)},
		{
			"two reports differ",
			[]store.Claim{claim(2, 2, 7, own, live), claim(1, 1, 5, own, live)},
			store.Resolution{Winner: -1, Newer: 0, Older: 1},
		},
		{
			"the second report says the same",
			[]store.Claim{claim(1, 1, 5, own, live), claim(2, 2, 5, own, live)},
			store.Resolution{Winner: 0, Newer: -1, Older: -1, Duplicates: []int{1}},
		},
		{
			"the third of three differs",
			[]store.Claim{claim(1, 1, 5, own, live), claim(2, 2, 5, own, live), claim(3, 3, 7, own, live)},
			store.Resolution{Winner: -1, Newer: 2, Older: 0},
		},
		{"a live report outranks one that is gone", []store.Claim{claim(1, 1, 5, own, gone), claim(2, 2, 7, own, live)}, wins(1)},
		{"even an older one", []store.Claim{claim(1, 1, 5, own, live), claim(2, 2, 7, own, gone)}, wins(0)},
		{"what is gone stays in force", []store.Claim{claim(1, 1, 5, own, gone)}, wins(0)},
		{
			"files that contradicted each other when they went still do",
			[]store.Claim{claim(1, 1, 5, own, gone), claim(2, 2, 7, own, gone)},
			store.Resolution{Winner: -1, Newer: 1, Older: 0},
		},
		{"a later restatement corrects", []store.Claim{claim(1, 1, 5, own, live), claim(2, 2, 6, restated, live)}, wins(1)},
		{"an earlier one does not", []store.Claim{claim(1, 3, 5, own, live), claim(2, 2, 6, restated, live)}, wins(0)},
		{"one that says the same leaves the report its figure", []store.Claim{claim(1, 1, 5, own, live), claim(2, 2, 5, restated, live)}, wins(0)},
		{
			"in the same pull the report wins",
			[]store.Claim{claim(1, 2, 5, own, live), claim(2, 2, 6, restated, live)},
			store.Resolution{Winner: 0, Newer: -1, Older: -1, Differing: []int{1}},
		},
		{"a restatement corrects what is gone", []store.Claim{claim(1, 1, 5, own, gone), claim(2, 2, 6, restated, live)}, wins(1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := store.Resolve(c.claims); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestSameTellsZeroFromNotApplicable(t *testing.T) {
	zero, na := store.Statement{}, store.Statement{NotApplicable: true}
	if zero.Same(na) || na.Same(zero) || !na.Same(store.Statement{Value: 3, NotApplicable: true}) || !zero.Same(store.Statement{}) {
		t.Error("zero and not applicable are taken for each other")
	}
}

func TestMovedOn(t *testing.T) {
	month := func(y, m int) store.Period { return store.MonthOf(y, m) }
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 12, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		name   string
		then   store.Period
		stated time.Time
		now    store.Period
		want   bool
	}{
		{"one file, used again for the next month", month(2026, 5), day(2026, 6, 3), month(2026, 6), true},
		{"even on the month's last day", month(2026, 5), day(2026, 6, 30), month(2026, 6), true},
		{"last month's title on this month's file, then mended", month(2026, 5), day(2026, 7, 2), month(2026, 6), false},
		{"the wrong year, then mended", month(2025, 5), day(2026, 6, 3), month(2026, 5), false},
		{"back to an earlier month", month(2026, 6), day(2026, 6, 3), month(2026, 5), false},
		{"the same month", month(2026, 6), day(2026, 6, 3), month(2026, 6), false},
		{"next year's table in the same file", month(2026, 12), day(2027, 1, 4), month(2027, 1), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := store.MovedOn(c.then, c.stated, c.now); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestDistil(t *testing.T) {
	k := store.Key{Unit: "cxs", Indicator: "reg_total", Period: store.MonthOf(2026, 6)}
	s := func(v float64, own bool, ref string) store.Statement {
		return store.Statement{Key: k, Value: v, Own: own, Cell: store.Cell{Ref: ref}}
	}
	refs := func(all []store.Statement) string {
		out := ""
		for _, one := range all {
			out += one.Cell.Ref + " "
		}
		return out
	}
	for _, c := range []struct {
		name                          string
		all                           []store.Statement
		kept, differing, contradicted string
	}{
		{"one", []store.Statement{s(5, true, "A1")}, "A1 ", "", ""},
		{"said twice", []store.Statement{s(5, true, "A1"), s(5, true, "B1")}, "A1 ", "", ""},
		{"restated and then reported the same", []store.Statement{s(5, false, "A1"), s(5, true, "B1")}, "B1 ", "", ""},
		{"restated and then reported otherwise", []store.Statement{s(6, false, "A1"), s(5, true, "B1")}, "B1 ", "A1 ", ""},
		{"reported and then restated otherwise", []store.Statement{s(5, true, "A1"), s(6, false, "B1")}, "A1 ", "B1 ", ""},
		{"reported in two ways", []store.Statement{s(5, true, "A1"), s(6, true, "B1")}, "", "", "B1 "},
		{"restated in two ways but reported", []store.Statement{s(6, false, "A1"), s(7, false, "B1"), s(5, true, "C1")}, "C1 ", "A1 ", "B1 "},
	} {
		t.Run(c.name, func(t *testing.T) {
			kept, differing, contradicted := store.Distil(c.all)
			if refs(kept) != c.kept || refs(differing) != c.differing || refs(contradicted) != c.contradicted {
				t.Errorf("kept %q, differing %q, contradicted %q", refs(kept), refs(differing), refs(contradicted))
			}
		})
	}
}

func TestDistilKeepsDoubt(t *testing.T) {
	k := store.Key{Unit: "cxs", Indicator: "reg_total", Period: store.MonthOf(2026, 6)}
	kept, _, _ := store.Distil([]store.Statement{
		{Key: k, Value: 5, Suspect: true},
		{Key: k, Value: 5, Own: true},
	})
	if len(kept) != 1 || !kept[0].Suspect || !kept[0].Own {
		t.Errorf("kept %+v", kept)
	}
}

func TestParseRef(t *testing.T) {
	for ref, want := range map[string][2]int{"A1": {0, 0}, "F12": {11, 5}, "AA10": {9, 26}, "XFD1048576": {1048575, 16383}, "B2:C3": {1, 1}} {
		if row, col, ok := store.ParseRef(ref); !ok || row != want[0] || col != want[1] {
			t.Errorf("%s: %d, %d, %v", ref, row, col, ok)
		}
	}
	for _, ref := range []string{"", "A", "12", "a1", "A0", "title", "A1B", "ABCD1", "A12345678"} {
		if _, _, ok := store.ParseRef(ref); ok {
			t.Errorf("%q is taken for an address", ref)
		}
	}
}
