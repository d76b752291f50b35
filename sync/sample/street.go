package sample

import (
	"math"

	"jindu/store"
)

// programme is the persons in community detox and rehabilitation of a street.
type programme struct {
	detox, rehab int // being carried out
	idle         int // due but not carried out
	missing      int // overdue to report in
}

// street lets a street office work through the months and quarters.
func (m *model) street(u member, r dice) {
	g := programme{
		detox:   int(420 * u.share),
		rehab:   int(210 * u.share),
		idle:    int(70 * u.share),
		missing: 2,
	}
	for _, p := range m.span {
		m.admit(u, p, &g, r)
		m.care(u, p, g, r)
		m.spend(u, p, r)
	}
	for _, q := range m.quarters() {
		m.assess(u, q, r)
	}
}

// admit takes in those who were ordered into a programme: some do not report
// in, some of those who do sign no agreement, and those whose term is over leave.
func (m *model) admit(u member, p store.Period, g *programme, r dice) {
	detox, rehab := 1+r.poisson(19*u.share), 1+r.poisson(8*u.share)
	missed := min(r.some(detox+rehab, 0.08), detox)
	reported := detox + rehab - missed
	signed := reported - r.some(reported, 0.03)
	released := r.poisson(float64(g.detox+g.rehab) / 32)
	fromDetox := released * 2 / 3
	g.detox = max(0, g.detox+detox-missed-fromDetox)
	g.rehab = max(0, g.rehab+rehab-(released-fromDetox))
	g.missing = max(0, g.missing+missed-r.between(0, 2))
	g.idle = max(2, g.idle+r.between(-2, 2))
	m.count(u.Code, p, map[string]int{
		"comm_detox_ordered": detox, // the bureau reports the sum
		"comm_rehab_ordered": rehab, // the same
		"report_in_due":      detox + rehab,
		"report_in_done":     reported,
		"agreement_signed":   signed,
		"not_reported":       g.missing,
		"released_month":     released,
		"comm_detox_active":  g.detox,
		"comm_rehab_active":  g.rehab,
		"exec_active":        g.detox + g.rehab,
		"exec_due":           g.detox + g.rehab + g.idle,
	})
}

// care is the month's tests and visits: 22 tests in the 36 months of a programme.
func (m *model) care(u member, p store.Period, g programme, r dice) {
	active := float64(g.detox + g.rehab)
	due := int(r.around(active*22/36, 0.06))
	done := due - r.some(due, 0.06)
	m.count(u.Code, p, map[string]int{
		"urine_due":      due,
		"urine_done":     done,
		"urine_positive": r.some(done, 0.012),
		"hair_tests":     int(r.around(active*0.15, 0.2)),
		"breach_serious": r.poisson(3 * u.share),
		"care_visits":    int(r.around(active*1.2*math.Sqrt(season(p)), 0.08)),
	})
}

// spend is the earmarked money in 10,000 yuan: what came in during the month is
// more than what was spent of it.
func (m *model) spend(u member, p store.Period, r dice) {
	received := cents(r.around(20*u.share, 0.15))
	m.put(u.Code, "fund_received", p, received)
	m.put(u.Code, "fund_spent", p, cents(received*(0.7+0.25*r.Float64())))
	m.put(u.Code, "fund_misuse", p, 0)
}

// assess is the quarterly form.
func (m *model) assess(u member, q store.Period, r dice) {
	active := int(m.figures[store.Key{Unit: u.Code, Indicator: "exec_active", Period: store.MonthOf(q.Year, q.N*3)}])
	able := int(r.around(float64(active)*0.6, 0.03))
	m.count(u.Code, q, map[string]int{
		"staff_full":        2 + int(26*u.share),
		"volunteers":        40 + int(620*u.share) + 3*q.N + 12*(q.Year-m.written.Year),
		"employable":        able,
		"employed":          able - r.some(able, 0.13),
		"files_due":         active,
		"files_complete":    active - r.some(active, 0.05),
		"programme_persons": active,
		"relapse_persons":   r.some(active, 0.015),
	})
	m.put(u.Code, "grade_score", q, math.Round(10*(84+8*r.Float64()))/10)
}
