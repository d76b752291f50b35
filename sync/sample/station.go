package sample

import (
	"math"

	"jindu/store"
)

// register is the drug users whom one station knows: 在册 = 现有 + 戒断三年未复吸
// + 死亡 + 离境 at every month's end.
type register struct {
	current, clean, dead, abroad int
	custody, lost, problems      int
}

// The district's size after the real districts of its kind: about 6,000
// registered when the history ends, 3,600 of them current.
const (
	registered  = 6000
	newPerMonth = 27.0
	perMonth    = 12.0 // criminal cases solved
)

// openRegister is a station's register so many months ago that with the usual
// growth it reaches its size of today.
func openRegister(share float64, months int, r dice) register {
	total := registered*share - newPerMonth*share*float64(months)
	current := total * 0.62
	return register{
		current: int(current),
		clean:   int(total * 0.345),
		dead:    int(total * 0.028),
		abroad:  int(total * 0.007),
		custody: int(r.around(current*0.14, 0.1)),
		lost:    int(r.around(current*0.015, 0.3)),
	}
}

// station lets a station work through the months.
func (m *model) station(u member, r dice) {
	reg := openRegister(u.share, len(m.span), r)
	for _, p := range m.span {
		m.enforce(u, p, r)
		found := int(m.figures[store.Key{Unit: u.Code, Indicator: "users_found", Period: p}])
		reg.live(u.share, m.newUsers(u, p, found, r), r)
		m.state(u, p, reg, r)
		m.inspect(u, p, &reg, r)
	}
}

// newUsers splits the users found into newly found, relapsed and known ones.
func (m *model) newUsers(u member, p store.Period, found int, r dice) int {
	fresh := r.some(found, 0.27)
	young := 0
	if r.Float64() < 0.12 {
		young = min(fresh, 1)
	}
	m.count(u.Code, p, map[string]int{
		"reg_new":        fresh,
		"reg_new_u18":    young,
		"relapse_found":  r.some(found-fresh, 0.55),
		"clues_received": r.poisson(8 + 70*u.share*season(p)),
	})
	return fresh
}

// live moves the register on by a month: the new come in, some die, leave the
// country, pass three clean years or fall back from them.
func (g *register) live(share float64, fresh int, r dice) {
	died, left := r.poisson(1.4*share), r.poisson(0.4*share)
	clean, back := r.poisson(21*share), r.poisson(2*share)
	g.dead += died
	g.abroad += left
	g.clean += clean - back
	g.current += fresh + back - clean - died - left
	g.custody = max(4, g.custody+r.between(-2, 2))
	g.lost = min(max(1, g.lost+r.between(-1, 1)), g.current/30)
}

// state writes the register and the control figures that follow from it.
func (m *model) state(u member, p store.Period, g register, r dice) {
	due := g.current - g.custody
	high := int(math.Round(float64(due) * 0.11))
	mid := int(math.Round(float64(due) * 0.34))
	m.count(u.Code, p, map[string]int{
		"reg_total":     g.current + g.clean + g.dead + g.abroad,
		"reg_current":   g.current,
		"clean3y_total": g.clean,
		"dead_total":    g.dead,
		"abroad_total":  g.abroad,
		"custody_total": g.custody, // the bureau reports the sum
		"lost_total":    g.lost,
		"control_due":   due,
		"control_in":    due - g.lost,
		"risk_high":     high,
		"risk_mid":      mid,
		"risk_low":      due - high - mid,
		"seen_due":      due,
		"seen_done":     due - g.lost - r.poisson(float64(due)*0.02),
	})
}

// inspect visits the places of entertainment.
func (m *model) inspect(u member, p store.Period, g *register, r dice) {
	g.problems = min(max(0, g.problems+r.between(-1, 1)), 4)
	m.count(u.Code, p, map[string]int{
		"venue_inspected":    12 + r.poisson(160*u.share*season(p)),
		"venue_problem_open": g.problems,
	})
}

// enforce writes what the unit solved, caught and seized in the month, all of
// it summed from its cases.
func (m *model) enforce(u member, p store.Period, r dice) {
	cases := m.solve(u, p, r)
	m.crimes = append(m.crimes, cases...)
	caught, detained, arrested, gangs, labs := 0, 0, 0, 0, 0
	grams := map[string]float64{}
	for _, c := range cases {
		caught += c.caught
		detained += c.detained
		arrested += c.arrested
		gangs += c.gangs
		labs += c.labs
		grams[c.drug] = cents(grams[c.drug] + c.grams)
	}
	found := 4 + r.poisson(100*u.share*season(p))
	m.count(u.Code, p, map[string]int{
		"case_criminal":  len(cases),
		"case_admin":     1 + r.poisson(46*u.share*season(p)),
		"suspects":       caught,
		"detained":       detained, // the bureau reports the sum
		"arrested":       arrested, // the same
		"users_found":    found,
		"compulsory_dec": r.some(found, 0.28),
		"drug_driving":   r.poisson(5 * u.share),
		"gangs_broken":   gangs,
		"labs_destroyed": labs,
	})
	total := 0.0
	for _, d := range drugs() {
		m.put(u.Code, d.code, p, grams[d.code])
		total = cents(total + grams[d.code])
	}
	m.put(u.Code, "seized_total_g", p, total)
}
