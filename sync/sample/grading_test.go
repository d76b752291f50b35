package sample

import (
	"math"
	"strconv"
	"testing"

	"jindu/store"
)

// TestSelfScoresAddUpToWhatIsReported adds the items of every street's sheet up and
// holds them against the figure that the office reports.
func TestSelfScoresAddUpToWhatIsReported(t *testing.T) {
	for name, now := range nows() {
		t.Run(name, func(t *testing.T) {
			d := New(3, now)
			all := d.model.quarters()
			q := all[len(all)-1]
			points := 0.0
			for _, i := range scheme() {
				points += i.points
			}
			for _, code := range []string{pilotStreet, "xjj", "bgj", "wcj", "lwj"} {
				u := (&planner{District: d}).member(code)
				rows := mustRows(t, d, "街道/等级评定/"+u.Name+spoken(q)+"等级评定自评表.xlsx")
				sum := 0.0
				for _, row := range rows[:len(scheme())] {
					of, err := strconv.ParseFloat(row[2], 64)
					own, err2 := strconv.ParseFloat(row[3], 64)
					if err != nil || err2 != nil || own > of || own < 0 {
						t.Errorf("%s: %q", u.Name, row)
					}
					sum += own
				}
				want := d.model.figures[store.Key{Unit: code, Indicator: "grade_score", Period: q}]
				if math.Abs(sum-want) > 1e-6 || points != 100 {
					t.Errorf("%s: the items add up to %v, the report says %v of %v", u.Name, sum, want, points)
				}
			}
		})
	}
}
