package page

import (
	"strconv"

	"jindu/store"
)

// Spot is what the cursor stands on: what the source line names and Enter leads
// down from. Of Task, Finding, Book, Pull and Row at most one is set.
type Spot struct {
	ID        string // stays with the thing when rows change their order
	Unit      string // code, or the district's
	Indicator string // empty: the unit as a whole
	Task      *store.Task
	Finding   *store.Finding
	Book      *store.Workbook
	Pull      *store.Pull
	Change    *store.Change
	Pending   *store.Pending
	Record    *store.Record   // a row of a ledger
	Of        int             // with Record: how many rows were counted, of which it is the latest; 0: it alone
	Result    *store.Result   // what a campaign has brought of the indicator
	Campaign  *store.Campaign // the campaign as a whole
	Grading   *store.Grading  // with Item: one of its items
	Item      int
	Row       *Row
}

// IsZero reports whether there is nothing under the cursor.
func (s Spot) IsZero() bool { return s.ID == "" }

// Total reports whether the spot is an indicator of the whole district.
func (s Spot) Total() bool {
	return s.Indicator != "" && s.Unit == store.DistrictCode
}

// Figure reports whether the spot is one unit's indicator.
func (s Spot) Figure() bool {
	return s.Indicator != "" && s.Unit != "" && s.Unit != store.DistrictCode
}

func figureSpot(unit, indicator string) Spot {
	return Spot{ID: unit + "/" + indicator, Unit: unit, Indicator: indicator}
}

func unitSpot(unit string) Spot { return Spot{ID: unit, Unit: unit} }

func taskSpot(t *store.Task) Spot { return Spot{ID: "task " + t.ID, Unit: t.Unit, Task: t} }

func findingSpot(f *store.Finding) Spot {
	return Spot{ID: "finding " + strconv.FormatInt(f.ID, 10), Unit: f.Unit, Finding: f}
}

func bookSpot(w *store.Workbook) Spot {
	return Spot{ID: "book " + strconv.FormatInt(w.ID, 10), Unit: w.Unit, Book: w}
}

func pullSpot(p *store.Pull) Spot { return Spot{ID: "pull " + p.Source, Pull: p} }

// countSpot is a count of a ledger's rows; an empty word is all of them.
func countSpot(form, by, word string) Spot { return Spot{ID: "count " + form + " " + by + " " + word} }

func pendingSpot(p *store.Pending) Spot {
	return Spot{ID: "pending " + p.Unit + "/" + p.Indicator + p.Period.String(), Unit: p.Unit, Indicator: p.Indicator, Pending: p}
}

// recordSpot is a row of a ledger. Its panel says which, as several may show it.
func recordSpot(panel string, r *store.Record) Spot {
	return Spot{ID: panel + " " + r.Form + " " + r.ID, Unit: r.Unit, Record: r}
}

func resultSpot(r *store.Result) Spot {
	return Spot{ID: "result " + r.Campaign.Code + " " + r.Scope + "/" + r.Indicator.Code, Unit: r.Scope, Indicator: r.Indicator.Code, Result: r}
}

func campaignSpot(c *store.Campaign) Spot { return Spot{ID: "campaign " + c.Code, Campaign: c} }

func changeSpot(c *store.Change) Spot {
	return Spot{ID: "change " + c.Unit + "/" + c.Indicator + c.At.String(), Unit: c.Unit, Indicator: c.Indicator, Change: c}
}
