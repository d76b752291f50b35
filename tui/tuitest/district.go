// Package tuitest makes a fictitious district for the tests of the screens: 34
// units with every state that a figure can be in, the same each time. Nothing
// in it is real, and nothing but tests imports it.
package tuitest

import (
	"hash/fnv"
	"math"
	"strconv"
	"time"

	"jindu/store"
)

// Zone is the district's zone, without a zone database.
func Zone() *time.Location { return time.FixedZone("CST", 8*3600) }

// Now is the moment of the district: a Tuesday morning in June.
func Now() time.Time { return time.Date(2026, 6, 23, 8, 42, 0, 0, Zone()) }

// May is the period that the district is shown with.
func May() store.Period { return store.MonthOf(2026, 5) }

// Snapshot returns the district as of Now, for May.
func Snapshot() *store.Snapshot { return store.NewSnapshot(Data(May())) }

// Data returns the district's rows for a month.
func Data(p store.Period) *store.SnapshotData {
	cat, err := store.LoadCatalogue()
	if err != nil {
		panic(err) // embedded: a test of package store reads it
	}
	b := &builder{cat: cat, data: &store.SnapshotData{
		Request:   store.SnapshotRequest{Now: Now()},
		Period:    p,
		Units:     store.NewUnits(units()),
		Catalogue: cat,
		Settings:  settings(),
		Version:   1,
	}}
	for i := range 6 {
		b.data.Periods = append(b.data.Periods, p.Add(-i))
	}
	b.report()
	b.courses()
	b.workbooks()
	b.pulls()
	b.tasks()
	b.findings()
	b.changes()
	b.ledgerRows()
	b.surveys()
	b.scores()
	b.ledgers()
	return b.data
}

func settings() store.Settings {
	calendar, err := store.LoadCalendar()
	if err != nil {
		panic(err) // embedded: a test of package store reads it
	}
	return store.Settings{
		Calendar: calendar,
		District: store.District{Name: "云岭区", Population: 812000},
		Zone:     Zone(), DueDay: 5, CloseDays: 40, MonthStarts: 1,
		Campaigns: campaigns(),
		Targets: append(campaignTargets(), []store.Target{
			{Indicator: "control_rate", Value: 98},
			{Indicator: "seen_rate", Value: 90},
			{Indicator: "report_in_rate", Value: 85},
			{Indicator: "agreement_rate", Value: 95},
			{Indicator: "exec_rate", Value: 75},
			{Indicator: "urine_rate", Value: 90},
			{Indicator: "employ_rate", Value: 85},
			{Indicator: "file_complete_rate", Value: 90},
			{Indicator: "reporting_rate", Value: 95},
		}...),
		Sources: []store.SourceSetting{
			{Name: "share", Remote: "reports", Interval: 10 * time.Minute},
			{Name: "minzheng", Remote: "minzheng", Unit: "mz", Interval: time.Hour},
			{Name: "nanwan", Remote: "nanwan", Unit: "nw", Interval: 2 * time.Hour},
		},
		Grades: grades(),
	}
}

func units() []store.Unit {
	var out []store.Unit
	add := func(kind store.UnitKind, pairs ...string) {
		for i := 0; i < len(pairs); i += 2 {
			one := store.Unit{Code: pairs[i], Name: pairs[i+1], Kind: kind}
			if short := shortName(one.Name); short != one.Name {
				one.Aliases = []string{short}
			}
			out = append(out, one)
		}
	}
	add(store.Station, "cx", "城西派出所", "cd", "城东派出所", "bj", "滨江派出所", "bg", "北关派出所",
		"sm", "石门派出所", "wc", "文昌派出所", "lw", "柳湾派出所", "qs", "青山派出所")
	add(store.BorderStation, "nw", "南湾边防派出所", "gd", "古渡边防派出所")
	add(store.Bureau, "jd", "公安分局禁毒大队")
	add(store.Street, "xj", "西郊街道办", "cq", "长桥街道办", "dh", "东湖街道办", "wcj", "文昌街道办",
		"bgj", "北关街道办", "lwj", "柳湾街道办")
	add(store.Department, "ws", "区卫健局", "mz", "区民政局", "jy", "区教育局", "yj", "区应急局", "sf", "区司法局",
		"sc", "区市场监管局", "wl", "区文旅局", "cz", "区财政局", "jt", "区交通局", "ny", "区农业农村局",
		"rs", "区人社局", "rm", "区融媒体中心", "tq", "团区委", "fl", "区妇联", "jc", "区检察院", "fy", "区法院")
	add(store.Office, "jdb", "区禁毒办")
	return out
}

// builder fills the rows.
type builder struct {
	cat  *store.Catalogue
	data *store.SnapshotData
}

// base is about how much a unit of each kind reports of an indicator a month.
func base(kind store.UnitKind) map[string]float64 {
	publicity := map[string]float64{"pub_events": 5, "pub_banners": 18, "pub_leaflets": 800, "pub_reached": 1500, "clues_received": 2}
	switch kind {
	case store.Station:
		return merged(publicity, map[string]float64{
			"reg_total": 730, "reg_new": 3, "relapse_found": 4, "risk_high": 11, "risk_mid": 58, "risk_low": 322,
			"control_due": 430, "control_in": 416, "seen_due": 300, "seen_done": 282, "lost_total": 4, "dead_total": 2,
			"case_criminal": 1.6, "case_admin": 6, "suspects": 2.2, "users_found": 14, "compulsory_dec": 4,
			"seized_heroin_g": 14, "seized_meth_g": 22, "seized_yaba_g": 7, "seized_etomidate_g": 4,
			"seized_ketamine_g": 2, "drug_driving": 0.8, "venue_inspected": 12, "clues_received": 8,
		})
	case store.BorderStation:
		return merged(publicity, map[string]float64{
			"case_criminal": 1.2, "case_admin": 2, "suspects": 1.6, "users_found": 4, "reg_new": 1, "compulsory_dec": 1,
			"seized_heroin_g": 9, "seized_meth_g": 24, "seized_yaba_g": 5,
		})
	case store.Bureau:
		return merged(publicity, map[string]float64{
			"reg_current": 3612, "detained": 17, "arrested": 12, "prosecuted": 9, "gangs_broken": 1, "labs_destroyed": 0.3,
			"comm_detox_ordered": 14, "comm_rehab_ordered": 6, "custody_total": 41, "detention_now": 15, "prison_now": 26, "compulsory_now": 212,
			"voluntary_now": 8, "released_now": 64, "social_lt3y": 391, "seized_meth_g": 40, "reg_new_u18": 1,
		})
	case store.Street:
		return merged(publicity, map[string]float64{
			"comm_detox_active": 60, "comm_rehab_active": 18, "report_in_due": 12, "report_in_done": 11,
			"agreement_signed": 10.9, "exec_due": 78, "exec_active": 69, "urine_due": 82, "urine_done": 66,
			"urine_positive": 2, "hair_tests": 9, "not_reported": 2, "released_month": 3, "care_visits": 90,
			"employable": 58, "employed": 36, "files_due": 78, "files_complete": 73, "staff_full": 9,
			"fund_received": 38, "fund_spent": 15, "volunteers": 160, "grade_score": 88, "lost_total": 1,
			"control_due": 80, "control_in": 77,
		})
	default:
		return publicity
	}
}

func merged(all ...map[string]float64) map[string]float64 {
	out := map[string]float64{}
	for _, one := range all {
		for k, v := range one {
			out[k] = v
		}
	}
	return out
}

// chance returns the same number from 0 to 1 for the same names.
func chance(names ...string) float64 {
	h := fnv.New64a()
	for _, n := range names {
		h.Write([]byte(n))
		h.Write([]byte{0})
	}
	x := h.Sum64()
	x ^= x >> 29
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 32
	return float64(x%10007) / 10006
}

// value is what the unit counts in a month, for reg_total and other stocks with
// a slow fall, for flows with a season.
func (b *builder) value(u store.Unit, ind store.Indicator, p store.Period) float64 {
	if v, ok := odd(u.Code, ind.Code, p); ok {
		return v
	}
	about := base(u.Kind)[ind.Code]
	weight := 0.75 + 0.5*chance(u.Code)
	if u.Kind == store.Bureau {
		weight = 1
	}
	age := float64((2026-p.Year)*12 + 5 - p.N)
	var v float64
	if ind.Kind == store.Stock {
		v = about * weight * (1 + 0.0012*age) * (1 + 0.01*(chance(u.Code, ind.Code, p.String())-0.5))
	} else {
		season := 1 + 0.18*math.Sin(float64(p.N)*math.Pi/6)
		v = about * weight * season * (0.8 + 0.4*chance(u.Code, ind.Code, p.String()))
	}
	if part, ok := limits()[ind.Code]; ok {
		due, _ := b.cat.ByCode(part)
		v = math.Min(v, b.value(u, due, p))
	}
	if ind.Counted() {
		return math.Round(v)
	}
	return math.Round(v*10) / 10
}

// limits names what a part may not be above.
func limits() map[string]string {
	return map[string]string{
		"control_in": "control_due", "seen_done": "seen_due", "report_in_done": "report_in_due", "urine_done": "urine_due",
		"agreement_signed": "report_in_done", "exec_active": "exec_due", "employed": "employable", "files_complete": "files_due",
		"fund_spent": "fund_received",
	}
}

// odd is what stands out: a station with far more, one with far less, and a
// weight that was written in the wrong measure.
func odd(unit, indicator string, p store.Period) (float64, bool) {
	if p != May() {
		return 0, false
	}
	v, ok := map[string]float64{
		"bj users_found": 38, "bj suspects": 6, "bj seized_meth_g": 998, "bj compulsory_dec": 9,
		"sm users_found": 4, "sm case_criminal": 0, "sm suspects": 0, "lw clues_received": 2,
		"cx clues_received": 17, "qs seized_heroin_g": 0, "qs seized_meth_g": 0, "xj urine_done": 58,
	}[unit+" "+indicator]
	return v, ok
}

// Code returns a short name for the nth of something, for addresses.
func code(column int) string { return string(rune('C'+column%20)) + strconv.Itoa(6+column%9) }
