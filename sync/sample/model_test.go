package sample

import (
	"math"
	"testing"

	"jindu/store"
)

// truths are districts of several seeds, so that no test passes by luck.
func truths(run func(d *District)) {
	for seed := range uint64(5) {
		run(New(seed, july()))
	}
}

// TestIdentitiesHold checks the sums and orders that a month's figures keep.
func TestIdentitiesHold(t *testing.T) {
	sums := map[string][]string{
		"reg_total":      {"reg_current", "clean3y_total", "dead_total", "abroad_total"},
		"control_due":    {"control_in", "lost_total"},
		"exec_active":    {"comm_detox_active", "comm_rehab_active"},
		"seized_total_g": seizureCodes()[:7],
	}
	risks := []string{"risk_high", "risk_mid", "risk_low"}
	chains := [][]string{
		{"urine_positive", "urine_done", "urine_due"},
		{"agreement_signed", "report_in_done", "report_in_due"},
		{"exec_active", "exec_due"},
		{"seen_done", "seen_due"},
		{"reg_new_u18", "reg_new", "users_found"},
		{"compulsory_dec", "users_found"},
		{"fund_spent", "fund_received"},
		{"venue_covered", "venue_total"},
		{"employed", "employable"},
		{"files_complete", "files_due"},
		{"relapse_persons", "programme_persons"},
	}
	truths(func(d *District) {
		facts := factsOf(d)
		add := func(k store.Key, parts []string) (sum float64, all bool) {
			for _, code := range parts {
				k.Indicator = code
				e, ok := facts[k]
				if !ok || e.Suspect {
					return 0, false
				}
				sum += e.Value
			}
			return sum, true
		}
		for k, e := range facts {
			if e.Suspect {
				continue
			}
			for _, parts := range [][]string{sums[k.Indicator], map[bool][]string{true: risks}[k.Indicator == "control_due"]} {
				if sum, ok := add(k, parts); ok && len(parts) > 0 && math.Abs(sum-e.Value) > 1e-6 {
					t.Errorf("%v is %v, its parts %v are %v", k, e.Value, parts, sum)
				}
			}
			for _, chain := range chains {
				for i := 1; i < len(chain); i++ {
					if k.Indicator != chain[i-1] {
						continue
					}
					if upper, ok := add(k, chain[i:i+1]); ok && e.Value > upper {
						t.Errorf("%v is %v, above %s %v", k, e.Value, chain[i], upper)
					}
				}
			}
		}
	})
}

// TestRegisterEvolves checks that a month's register is the last one and the
// newly found.
func TestRegisterEvolves(t *testing.T) {
	truths(func(d *District) {
		facts := factsOf(d)
		steps := 0
		for k, e := range facts {
			if k.Indicator != "reg_total" {
				continue
			}
			before, ok := facts[store.Key{Unit: k.Unit, Indicator: "reg_total", Period: k.Period.Add(-1)}]
			fresh, have := facts[store.Key{Unit: k.Unit, Indicator: "reg_new", Period: k.Period}]
			if !ok || !have {
				continue
			}
			steps++
			if e.Value != before.Value+fresh.Value {
				t.Errorf("%v is %v after %v and %v new", k, e.Value, before.Value, fresh.Value)
			}
		}
		if steps < 10*history-10 {
			t.Errorf("only %d months follow one another", steps)
		}
	})
}

// TestSizeIsPlausible holds the district against real ones of its kind.
func TestSizeIsPlausible(t *testing.T) {
	truths(func(d *District) {
		total := map[string]float64{}
		last := d.Month().Add(-1)
		perMonth := map[store.Period]float64{}
		for k, e := range factsOf(d) {
			if k.Period == last {
				total[k.Indicator] += e.Value
			}
			if k.Indicator == "case_criminal" && k.Period.Kind == store.Month {
				perMonth[k.Period] += e.Value
			}
			if e.Value < 0 || math.IsNaN(e.Value) {
				t.Errorf("%v is %v", k, e.Value)
			}
		}
		for indicator, want := range map[string][2]float64{
			"reg_total":     {5500, 6500},
			"reg_current":   {3200, 4000},
			"reg_new":       {10, 60},
			"case_admin":    {20, 90},
			"users_found":   {60, 220},
			"mmt_active":    {150, 300},
			"fund_received": {14, 26},
			"venue_total":   {280, 360},
		} {
			if v := total[indicator]; v < want[0] || v > want[1] {
				t.Errorf("%s is %v in all, want %v", indicator, v, want)
			}
		}
		for p, n := range perMonth {
			if n < 1 || n > 35 {
				t.Errorf("%v criminal cases in %v", n, p)
			}
		}
	})
}

// TestJuneIsThePublicityMonth checks the season.
func TestJuneIsThePublicityMonth(t *testing.T) {
	truths(func(d *District) {
		by := map[int]float64{}
		for k, e := range factsOf(d) {
			if k.Indicator == "pub_leaflets" && k.Period.Year == 2025 {
				by[k.Period.N] += e.Value
			}
		}
		if by[6] < 2*by[10] || by[2] > 0.8*by[10] {
			t.Errorf("leaflets: %v in February, %v in June, %v in October", by[2], by[6], by[10])
		}
	})
}

// TestBureauSumsItsStations checks what the squad reports for the district.
func TestBureauSumsItsStations(t *testing.T) {
	truths(func(d *District) {
		facts := factsOf(d)
		for _, indicator := range []string{"comm_detox_ordered", "comm_rehab_ordered"} {
			ordered := facts[store.Key{Unit: "jdd", Indicator: indicator, Period: d.Month()}].Value
			if sum := d.model.sum(of(d.model.units, store.Street), indicator, d.Month()); ordered != float64(sum) {
				t.Errorf("%s is %v, the streets took in %d", indicator, ordered, sum)
			}
		}
		detained := facts[store.Key{Unit: "jdd", Indicator: "detained", Period: d.Month()}].Value
		arrested := facts[store.Key{Unit: "jdd", Indicator: "arrested", Period: d.Month()}].Value
		if detained == 0 || arrested > detained {
			t.Errorf("%v detained, %v arrested", detained, arrested)
		}
	})
}

// TestEveryYearIsWhole checks that the history begins with a January, so that
// 本年累计 always has its months.
func TestEveryYearIsWhole(t *testing.T) {
	for name, now := range nows() {
		t.Run(name, func(t *testing.T) {
			d := New(1, now)
			facts := factsOf(d)
			first, months := d.Month(), 0
			for p := d.Month().Add(-1); ; p = p.Add(-1) {
				if _, ok := facts[store.Key{Unit: "cxs", Indicator: "reg_total", Period: p}]; !ok {
					break
				}
				first = p
				months++
			}
			if first.N != 1 || months+1 < history || months+1 > history+11 {
				t.Errorf("%d months from %v", months+1, first)
			}
		})
	}
}

func TestDice(t *testing.T) {
	r := roll(1, "test")
	for _, mean := range []float64{0, 0.3, 4, 39, 41, 2000} {
		sum := 0.0
		for range 2000 {
			sum += float64(r.poisson(mean))
		}
		if got := sum / 2000; math.Abs(got-mean) > 0.1*mean+0.05 {
			t.Errorf("poisson(%v) has the mean %v", mean, got)
		}
	}
	if roll(1, "a").Uint64() == roll(1, "b").Uint64() || roll(1, "a").Uint64() != roll(1, "a").Uint64() {
		t.Error("a stream is known by its seed and its name")
	}
}
