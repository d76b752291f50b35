package template

import (
	"slices"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"jindu/store"
)

// numberOrText gives a result the type that a spreadsheet program stores.
func numberOrText(s string) any {
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		return n
	}
	return s
}

// figureOf is what a clerk enters: every cell another number, what is done below
// what is due, now and then a zero of what is not due, or a dash.
func figureOf(c *store.Catalogue, i item, nth, unit int) any {
	switch {
	case i.Kind == store.Check:
		return []any{"是", "否"}[unit%2]
	case (nth+unit)%7 == 5 && i.Kind == store.Flow && !slices.ContainsFunc(c.Indicators, func(r store.Indicator) bool { return r.Denominator == i.Code }):
		return 0
	case (nth+unit)%11 == 9:
		return "—"
	}
	v := float64(400 - 3*nth + unit)
	for _, r := range c.Indicators {
		if r.Numerator == i.Code {
			v -= 200
		}
	}
	switch {
	case i.Kind == store.Ratio:
		return 80.5 + float64(unit)
	case i.Counted():
		return v
	default:
		return v + 0.25
	}
}

// want is what a figure reads back as.
func want(entered any) (value float64, na bool) {
	switch v := entered.(type) {
	case float64:
		return v, false
	case int:
		return float64(v), false
	default:
		return map[any]float64{"是": 1, "否": 0}[entered], entered == "—"
	}
}

// stated holds a reading against what was entered.
func stated(t *testing.T, what string, rd *store.Reading, entered map[store.Key]any) {
	t.Helper()
	got := map[store.Key]store.Statement{}
	for _, s := range rd.Statements {
		got[s.Key] = s
	}
	for k, e := range entered {
		value, na := want(e)
		s, ok := got[k]
		if !ok || s.NotApplicable != na || !na && s.Value != value || s.Suspect {
			t.Errorf("%s: %v was %v, reads %+v (%v)", what, k, e, s, ok)
		}
		delete(got, k)
	}
	for k, s := range got {
		t.Errorf("%s: nobody entered %v = %v at %s", what, k, s.Value, s.Cell.Ref)
	}
}

// TestReportsRoundTrip fills every report form in, for the district and for a unit
// of each kind, and reads it back.
func TestReportsRoundTrip(t *testing.T) {
	c := catalogue(t)
	reports := 0
	for _, f := range c.Forms {
		if f.Kind != store.ReportForm {
			continue
		}
		reports++
		opt := options(t, c, f, "")
		empty := written(t, f, opt)
		clean(t, f.Code+" empty", read(t, empty, opt), "nothing_filled")
		district(t, c, f, opt, opened(t, empty))
		kinds := map[store.UnitKind]bool{}
		for _, u := range Reporters(f, opt.Units) {
			if kinds[u.Kind] {
				continue
			}
			kinds[u.Kind] = true
			opt := options(t, c, f, u.Code)
			empty := written(t, f, opt)
			clean(t, f.Code+" "+u.Code+" empty", read(t, empty, opt), "nothing_filled")
			unit(t, c, f, opt, opened(t, empty))
		}
	}
	if reports < 7 {
		t.Errorf("only %d report forms", reports)
	}
}

func district(t *testing.T, c *store.Catalogue, f store.Form, opt Options, x *excelize.File) {
	t.Helper()
	d := &draft{Options: opt, form: f}
	entered := map[store.Key]any{}
	for n, u := range Reporters(f, opt.Units) {
		for k, i := range d.items() {
			v := figureOf(c, i, k, n)
			set(t, x, ref(4+n, 2+k), v)
			entered[store.Key{Unit: u.Code, Indicator: i.Code, Period: opt.Period}] = v
		}
	}
	rd := read(t, saved(t, x), opt)
	clean(t, f.Code, rd)
	stated(t, f.Code, rd, entered)
}

func unit(t *testing.T, c *store.Catalogue, f store.Form, opt Options, x *excelize.File) {
	t.Helper()
	d := &draft{Options: opt, form: f}
	entered := map[store.Key]any{}
	for k, i := range d.items() {
		v := figureOf(c, i, k, 1)
		set(t, x, ref(first+k, 4), v)
		entered[store.Key{Unit: opt.Unit, Indicator: i.Code, Period: opt.Period}] = v
		if n, na := want(v); i.Kind == store.Flow && !na && len(d.columns()) > 1 {
			set(t, x, ref(first+k, 5), n*3)
			end := opt.Period.End()
			entered[store.Key{Unit: opt.Unit, Indicator: i.Code, Period: store.CumulativeTo(end.Year, int(end.Month))}] = n * 3
		}
	}
	rd := read(t, saved(t, x), opt)
	clean(t, f.Code+" "+opt.Unit, rd)
	stated(t, f.Code+" "+opt.Unit, rd, entered)
}
