package template

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"jindu/store"
)

// Options is what a template is written for.
type Options struct {
	Catalogue   *store.Catalogue
	Units       store.Units
	District    store.District
	Unit        string           // code; empty: the whole district
	Period      store.Period     // of a report; of a ledger the year counts
	MonthStarts int              // 1, or 26 where the statistical month runs from the 26th
	Lang        store.Lang       // of the explanation; heads are Chinese, sheets are read by them
	Today       store.Date       // on which it is written
	Rows        []map[string]any // of a ledger: what stands in its first rows already, texts and numbers by field
}

// Write writes the empty workbook of a form: the sheet to fill in, an example, an
// explanation and, for ledgers, the words to choose from.
func Write(w io.Writer, f store.Form, opt Options) error {
	t := &draft{Options: opt, form: f, book: &book{looks: []look{{}}, day: opt.Today}}
	t.book.title = t.title()
	if f.Kind == store.ReportForm {
		t.report()
	} else {
		t.ledger()
	}
	if err := t.book.write(w); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return nil
}

// draft is one template under way.
type draft struct {
	Options
	form store.Form
	book *book
}

// Reporters returns the units that hand a form in, in the order of the boards:
// those of its kinds, and where it names none, all.
func Reporters(f store.Form, units store.Units) []store.Unit {
	var out []store.Unit
	for _, u := range units.All() {
		if len(f.Reporters) == 0 || slices.Contains(f.Reporters, "all") || slices.Contains(f.Reporters, string(u.Kind)) {
			out = append(out, u)
		}
	}
	return out
}

// PeriodKind returns the kind of period that a form is handed in for: the one at
// which most of its indicators are reported, the shorter of two. A ledger is kept
// for a year, but for one that says how many there are now: that is asked by month.
func PeriodKind(f store.Form, c *store.Catalogue) store.PeriodKind {
	if f.Kind != store.ReportForm {
		return ledgerKind(f, c)
	}
	times := map[store.PeriodKind]int{}
	for _, code := range f.Indicators {
		ind, _ := c.ByCode(code)
		times[ind.Cadence.PeriodKind()]++
	}
	best := store.Month
	for _, kind := range []store.PeriodKind{store.Quarter, store.Half, store.Year} {
		if times[kind] > times[best] {
			best = kind
		}
	}
	return best
}

// ledgerKind returns the shortest period at whose end a ledger's rows are counted, and
// a year where every row has a day of its own.
func ledgerKind(f store.Form, c *store.Catalogue) store.PeriodKind {
	kind := store.Year
	for _, t := range f.Tallies {
		if t.When == "" {
			ind, _ := c.ByCode(t.Indicator)
			kind = min(kind, ind.Cadence.PeriodKind())
		}
	}
	return kind
}

// DefaultPeriod returns the period that is to be reported today: the one before
// while that is not late yet, else the current one. A year is reported when it is
// over, a ledger is kept for the year that it is.
func DefaultPeriod(f store.Form, c *store.Catalogue, s store.Settings, today store.Date) store.Period {
	kind := PeriodKind(f, c)
	day := today
	if s.MonthStarts > 1 && today.Day >= s.MonthStarts && kind != store.Year {
		day = store.NewDate(today.Year, today.Month+1, 1) // the next statistical month has begun
	}
	now := store.PeriodAt(kind, day)
	switch last := now.Add(-1); {
	case f.Kind != store.ReportForm && kind == store.Year:
		return now
	case kind == store.Year, !s.Due(last).Before(today):
		return last
	default:
		return now
	}
}

// end returns the last day that counts for the period.
func (t *draft) end() store.Date {
	end := t.Period.End()
	if t.MonthStarts > 1 {
		return store.NewDate(end.Year, end.Month, t.MonthStarts-1)
	}
	return end
}

// title says whose and of when the form is. A unit's own name says already what
// the form's name begins with: 派出所, 街道.
func (t *draft) title() string {
	whose, name := t.District.Name, t.form.Name
	if u, ok := t.Units.ByCode(t.Unit); ok {
		whose = u.Name
		name = strings.TrimPrefix(name, map[store.UnitKind]string{
			store.Station:       "派出所",
			store.BorderStation: "派出所",
			store.Bureau:        "公安分局",
			store.Street:        "街道",
			store.Community:     "社区",
			store.Department:    "成员单位",
		}[u.Kind])
	}
	return whose + spoken(t.Period) + name
}

// stated is the line under the title. What counts for a whole year has no cut-off:
// with one it would be read as a month.
func (t *draft) stated(measures string) string {
	line := "填报单位：" + t.compiler()
	if t.Period.Kind != store.Year {
		line += "　　　　截止日期：" + chinese(t.end())
	}
	return line + "　　　　计量单位：" + measures
}

// compiler is who fills the sheet in, as 填报单位 says: the unit, or the office.
func (t *draft) compiler() string {
	if t.Unit != "" {
		return t.Units.Name(t.Unit)
	}
	for _, u := range t.Units.All() {
		if u.Kind == store.Office {
			return u.Name
		}
	}
	return "　　　　　　"
}

// spoken writes a period as titles do.
func spoken(p store.Period) string {
	switch p.Kind {
	case store.Month:
		return fmt.Sprintf("%d年%d月", p.Year, p.N)
	case store.Quarter:
		return fmt.Sprintf("%d年第%s季度", p.Year, [...]string{"一", "二", "三", "四"}[p.N-1])
	case store.Half:
		return fmt.Sprintf("%d年%s半年", p.Year, [...]string{"上", "下"}[p.N-1])
	default:
		return fmt.Sprintf("%d年", p.Year)
	}
}

// chinese writes a day as titles do.
func chinese(d store.Date) string { return fmt.Sprintf("%d年%d月%d日", d.Year, int(d.Month), d.Day) }

// The looks of the sheets.
var (
	titled  = look{font: title, align: middle}
	noted   = look{font: small}
	head    = look{font: bold, fill: headed, align: middle, boxed: true}
	hidden  = look{font: bold, fill: private, align: middle, boxed: true} // not reported
	label   = look{boxed: true}
	centred = look{align: middle, boxed: true}
	summed  = look{font: bold, fill: grey, align: end, boxed: true}
	totals  = look{font: bold, fill: grey, align: middle, boxed: true}
	nothing = look{fill: grey, align: middle, boxed: true}
)

// The formats of numbers and days. A text column keeps what is typed: 2026-6 is no
// day there.
const (
	plainNumber  = "General"
	countFormat  = "#,##0"
	amountFormat = "#,##0.00"
	shareFormat  = "0.0"
	dayFormat    = "yyyy-mm-dd"
	textFormat   = "@"
)

// footerText is the line that is printed under every page beside the page's number.
func footerText(name string) string { return "&L" + strings.ReplaceAll(name, "&", "&&") }
