package store

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// arrivalOf is how the simulator made a unit behave: the oracle knows nothing else.
type arrivalOf struct {
	owes bool
	came []time.Time // one for each figure that it stated
	due  time.Time   // the first moment that is late
}

// reporting is a district of n units in which each reports in time, late, in part
// late or not at all, with expectations of its own, and what must come of it.
func reporting(t *testing.T, r *rand.Rand, n int) (*SnapshotData, map[string]arrivalOf) {
	t.Helper()
	owed := map[UnitKind][]string{
		Station:    {"case_criminal", "case_admin", "suspects"},
		Street:     {"urine_done", "urine_due"},
		Department: {"pub_leaflets", "pub_reached"},
	}
	kinds := []UnitKind{Station, Street, Department}
	form := map[UnitKind]string{Station: "station_month", Street: "street_month", Department: "department_month"}
	b := newBoard(t)
	b.d.Settings.DueDay = 1 + r.IntN(28)
	day := map[UnitKind]int{}
	for _, k := range kinds {
		if day[k] = b.d.Settings.DueDay; r.IntN(2) == 0 {
			day[k] = 1 + r.IntN(31)
			b.d.Settings.Expect = append(b.d.Settings.Expect, Expect{Form: form[k], Kinds: []UnitKind{k}, DueDay: day[k]})
		}
	}
	units := make([]Unit, n)
	truth := map[string]arrivalOf{}
	for i := range units {
		u := Unit{Code: fmt.Sprintf("u%04d", i), Name: fmt.Sprintf("单位%d", i), Kind: kinds[r.IntN(len(kinds))]}
		units[i] = u
		due := day[u.Kind]
		a := arrivalOf{owes: true}
		switch r.IntN(10) {
		case 0: // let off
			a.owes = false
			b.d.Settings.Expect = append(b.d.Settings.Expect, Expect{Form: form[u.Kind], Units: []string{u.Code}, Off: true})
		case 1: // a day of its own
			due = 1 + r.IntN(31)
			b.d.Settings.Expect = append(b.d.Settings.Expect, Expect{Form: form[u.Kind], Units: []string{u.Code}, DueDay: due})
		}
		a.due = at(7, due+1, 0)
		if r.IntN(3) > 0 {
			for _, code := range owed[u.Kind] {
				// From 20 days before to 20 days after, every third a second from midnight.
				when := a.due.Add(time.Duration(r.IntN(40*86400)-20*86400) * time.Second)
				if r.IntN(3) == 0 {
					when = a.due.Add(time.Duration(r.IntN(3)-1) * time.Second)
				}
				a.came = append(a.came, when)
				b.put(u.Code, code, june, float64(r.IntN(50)), func(f *Figure) {
					f.FirstArrived, f.KnownFrom = when, when
					f.Received = when.Add(time.Duration(r.IntN(86400)) * time.Second) // handed in again
				})
			}
		}
		truth[u.Code] = a
	}
	b.d.Units = NewUnits(units)
	b.d.Request.Now = at(9, 1, 9)
	return &b.d, truth
}

// TestTimelinessAgainstAnOracle counts on time, late and missing of districts of 60
// and of 3,000 units by hand and holds the snapshot to it.
func TestTimelinessAgainstAnOracle(t *testing.T) {
	for _, tt := range []struct{ units, rounds int }{{60, 200}, {3000, 4}} {
		for round := range tt.rounds {
			seed := uint64(tt.units*1000 + round)
			d, truth := reporting(t, rand.New(rand.NewPCG(7, seed)), tt.units)
			s := NewSnapshot(d)
			expected, actual, onTime := 0, 0, 0
			for code, a := range truth {
				r := s.Report(code)
				early := slices.ContainsFunc(a.came, func(c time.Time) bool { return c.Before(a.due) })
				if (r.Owed > 0) != a.owes {
					t.Fatalf("seed %d: %s owes %d figures, want owing %v", seed, code, r.Owed, a.owes)
				}
				if !a.owes {
					continue
				}
				expected++
				if len(a.came) > 0 {
					actual++
				} else if r.State != Never {
					t.Fatalf("seed %d: silent %s is %v", seed, code, r.State)
				}
				if early {
					onTime++
				}
				if r.OnTime() != early || r.Reported != len(a.came) {
					t.Fatalf("seed %d: %s on time %v with %d figures, want %v with %d", seed, code, r.OnTime(), r.Reported, early, len(a.came))
				}
			}
			for code, want := range map[string]float64{
				"reports_expected": float64(expected), "reports_actual": float64(actual), "reports_on_time": float64(onTime),
				"reporting_rate": float64(actual) / float64(expected) * 100, "timeliness": float64(onTime) / float64(expected) * 100,
			} {
				if l := s.Line(DistrictCode, code); l.Value != Some(want) || l.N != actual || l.M != expected {
					t.Fatalf("seed %d: %s is %v of %d/%d units, want %v of %d/%d", seed, code, l.Value, l.N, l.M, want, actual, expected)
				}
			}
		}
	}
}

func TestALateReportIsCompleteAndStaysLate(t *testing.T) {
	b := newBoard(t)
	b.put("cxs", "case_criminal", june, 4, func(f *Figure) { f.FirstArrived = at(7, 6, 0) })
	b.put("cds", "case_criminal", june, 5, func(f *Figure) { // in time, and corrected after the day
		f.FirstArrived, f.Received, f.Version = at(7, 5, 23), at(7, 15, 9), 2
	})
	s := NewSnapshot(&b.d)
	if r := s.Report("cxs"); r.OnTime() || r.Reported != 1 || r.LateDays != 1 {
		t.Errorf("a report of the day after: %+v", r)
	}
	if r := s.Report("cds"); !r.OnTime() || r.LateDays != 0 {
		t.Errorf("a correction made a report late: %+v", r)
	}
}

func TestWhoIsReleasedLacksNothing(t *testing.T) {
	b := newBoard(t)
	b.put("cxs", "case_criminal", june, 4)
	b.put("cds", "case_criminal", may, 5)
	b.d.Settings.Expect = []Expect{{Form: "station_month", Units: []string{"cds"}, Off: true}}
	s := NewSnapshot(&b.d)
	if l := s.Line(DistrictCode, "case_criminal"); l.N != 1 || l.M != 2 || slices.Contains(l.Missing, "cds") {
		t.Errorf("%d of %d units, missing %v: cds was let off", l.N, l.M, l.Missing)
	}
	b.put("cds", "case_criminal", june, 6)
	if l := NewSnapshot(&b.d).Line(DistrictCode, "case_criminal"); l.Value != Some(10) || l.N != 2 || l.M != 3 {
		t.Errorf("%v of %d/%d units: what it states all the same counts", l.Value, l.N, l.M)
	}
}

func TestTheFormSaysWhatIsOwedBeforeAnythingCame(t *testing.T) {
	b := newBoard(t)
	s := NewSnapshot(&b.d)
	r := s.Report("cxs")
	if r.Form.Code != "station_month" || r.Owed != len(r.Form.Indicators) || r.State != Never {
		t.Errorf("a station of a mirror that is empty: %s owes %d, %v", r.Form.Code, r.Owed, r.State)
	}
	if r := s.Report("qbs"); r.Owed != 0 {
		t.Errorf("no form asks anything of a community, it owes %d", r.Owed)
	}
	b.d.Settings.Expect = []Expect{{Form: "publicity_month", Kinds: []UnitKind{Community}, DueDay: 12}}
	if r := NewSnapshot(&b.d).Report("qbs"); r.Form.Code != "publicity_month" || r.Owed == 0 || r.Due != NewDate(2026, 7, 12) {
		t.Errorf("the configuration asks for publicity: %s owes %d by %v", r.Form.Code, r.Owed, r.Due)
	}
}

func TestLatestDueWaitsForTheLastOfAll(t *testing.T) {
	b := newBoard(t)
	b.d.Settings.Expect = []Expect{{Form: "department_month", Kinds: []UnitKind{Department}, DueDay: 25}}
	for day, want := range map[int]string{20: "2026-05", 25: "2026-05", 26: "2026-06"} {
		b.d.Request.Now = at(7, day, 9)
		got := NewSnapshot(&b.d).LatestDue()
		if len(got) == 0 || got[0].String() != want {
			t.Errorf("on July %d the last month due is %v, want %s", day, got, want)
		}
	}
}
