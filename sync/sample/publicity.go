package sample

import (
	"math"

	"jindu/store"
)

// publicity is what every unit does for the public: few banners in a quiet
// month, two to three times as much of everything in June.
func (m *model) publicity(u member, r dice) {
	size := 0.4 + 5*u.share
	for _, p := range m.span {
		busy := size * campaign(p)
		m.count(u.Code, p, map[string]int{
			"pub_events":   1 + r.poisson(3*busy),
			"pub_banners":  2 + r.poisson(9*busy),
			"pub_points":   1 + r.poisson(2*busy),
			"pub_leaflets": int(math.Round(r.around(900*busy, 0.25))),
			"pub_reached":  int(math.Round(r.around(1300*busy, 0.25))),
		})
		switch {
		case u.Code == "qfy": // a court sets up no points in the street
			m.absent[store.Key{Unit: u.Code, Indicator: "pub_points", Period: p}] = true
		case u.Code == "qfl" && p.N%3 != 0: // left blank by one who forgets
			delete(m.figures, store.Key{Unit: u.Code, Indicator: "pub_banners", Period: p})
		}
	}
}

// bureau is what the drug squad solves by itself and what it reports for the
// district as a whole.
func (m *model) bureau(r dice) {
	all := of(m.units, store.Station, store.BorderStation)
	squad := of(m.units, store.Bureau)[0]
	for _, p := range m.span {
		m.enforce(squad, p, r)
		own := func(indicator string) int { return m.sum(append(all[:len(all):len(all)], squad), indicator, p) }
		detained, arrested := own("detained"), own("arrested")
		streets := of(m.units, store.Street)
		m.count(squad.Code, p, map[string]int{
			"detained":            detained,
			"arrested":            arrested,
			"prosecuted":          max(0, arrested-r.some(arrested, 0.15)),
			"custody_total":       m.sum(all, "custody_total", p),
			"comm_detox_ordered":  m.sum(streets, "comm_detox_ordered", p),
			"comm_rehab_ordered":  m.sum(streets, "comm_rehab_ordered", p),
			"precursor_inspected": r.between(9, 22),
		})
	}
}

// departments is what only one department counts.
func (m *model) departments(r dice) {
	patients, enterprises, hazards := 232, 41, 3
	for _, p := range m.span {
		patients += r.between(-2, 2)
		hazards = min(max(0, hazards+r.between(-1, 1)), 6)
		m.count("wjj", p, map[string]int{"mmt_active": patients})
		m.count("yjj", p, map[string]int{"precursor_hazard_open": hazards})
		m.count("wlj", p, map[string]int{"venue_closed": r.poisson(0.6)})
	}
	for _, q := range m.quarters() {
		enterprises += r.between(0, 1)
		m.count("yjj", q, map[string]int{"precursor_ent": enterprises})
		m.count("qfy", q, map[string]int{"convicted": 20 + r.poisson(8)})
		m.count("nyj", q, map[string]int{"plants_found": r.poisson(1.5)})
	}
}

// office is what the drug-control office counts for the district.
func (m *model) office(r dice) {
	venues := 318
	for _, p := range m.span {
		venues += r.between(-1, 1)
		m.count("jdb", p, map[string]int{
			"venue_total":    venues,
			"venue_covered":  venues - r.some(venues, 0.09),
			"clues_received": 6 + r.poisson(9*season(p)),
		})
	}
}
