package form

import (
	"slices"
	"strconv"

	"jindu/store"
	"jindu/sync/sheet"
)

// tooMany reports whether so much of a sheet could not be read that none of it
// is believed: more than 20, or more than 10 % and more than 2.
func tooMany(bad, of int) bool { return bad > 20 || bad > 2 && bad*10 > of }

// weigh judges a sheet of reports by what had to be set aside. Rows of unknown
// units are counted apart.
func (d *draft) weigh() {
	if d.reading.Form == "" || d.reading.Verdict == store.Rejected {
		return
	}
	switch {
	case d.unknown*3 > d.rows:
		d.find("unit_unknown", "")
		d.reading.Verdict = store.Rejected
	case tooMany(d.bad, d.mapped):
		d.find("too_many_bad", "", strconv.Itoa(d.bad))
		d.reading.Verdict = store.Rejected
	case d.idle():
		d.find("no_figures", "")
		d.reading.Verdict = store.Rejected
	case d.aside:
		d.reading.Verdict = store.Partly
	default:
		d.reading.Verdict = store.Accepted
	}
}

// idle reports whether the tables hold numbers and none of them was understood as
// a figure: a sheet that was recognised and feeds nothing is no success. What the
// mirror computes by itself is looked at and left.
func (d *draft) idle() bool {
	numbers := false
	for _, t := range d.reports {
		if slices.ContainsFunc(t.facts, func(f fact) bool { return !f.total }) ||
			has(slices.Concat(t.rows, t.columns), func(c *coord) bool { return c.ind != nil && !c.ind.Printed() }) {
			return false
		}
		numbers = numbers || t.numbers()
	}
	return numbers
}

// numbers reports whether a row that is no total holds a number.
func (t *report) numbers() bool {
	return has(t.rows, func(r *coord) bool {
		return !r.total && !r.area && has(t.columns, func(c *coord) bool {
			v, rule := parseValue(t.page.lines[r.at].at(c.at))
			return rule == "" && !v.missing && !v.na
		})
	})
}

// judge gives the workbook its verdict and its counts: refused where every sheet
// that is for us is refused or none is, partial where anything was set aside.
func judge(out *store.Reading) {
	w := &out.Workbook
	w.Figures, w.Rows = len(out.Statements), len(out.Tasks)+len(out.Cases)+len(out.Records)
	good, refused := false, false
	w.Verdict = ""
	for _, s := range out.Sheets {
		switch s.Verdict {
		case store.Rejected:
			refused = true
		case store.Accepted, store.Partly:
			good = true
			w.Verdict = store.WorseVerdict(w.Verdict, s.Verdict)
		}
	}
	switch {
	case good && refused:
		w.Verdict = store.Partly
	case refused:
		w.Verdict = store.Rejected
	case !good:
		w.Verdict = store.Rejected
		out.Findings = append(out.Findings, store.NewFinding("form_unknown", "", ""))
	}
}

// whose says whose the file is and of when, where it is of one unit and one
// period, so that a refused one can be told to the right unit.
func (rd *reader) whose(out *store.Reading) {
	units, periods := map[string]bool{}, map[store.Period]bool{}
	for _, s := range out.Sheets {
		if s.Unit != "" {
			units[s.Unit] = true
		}
		if !s.Period.IsZero() {
			periods[s.Period] = true
		}
	}
	for _, s := range out.Statements {
		units[s.Unit] = true
	}
	if len(units) == 0 {
		for _, code := range rd.units.within(rd.file) {
			units[code] = true
		}
	}
	if len(units) == 1 {
		for code := range units {
			out.Workbook.Unit = code
		}
	}
	if len(periods) == 1 {
		for p := range periods {
			out.Workbook.Period = p
		}
	}
}

// hidden names rows and columns that are hidden and hold something; they are
// read like the others.
func (rd *reader) hidden(s *sheet.Sheet, out *store.Reading) {
	if len(s.HiddenRows)+len(s.HiddenCols) == 0 {
		return
	}
	rows, cols := map[int]bool{}, map[int]bool{}
	for _, r := range s.HiddenRows {
		rows[r] = true
	}
	for _, c := range s.HiddenCols {
		cols[c] = true
	}
	for _, c := range s.Cells {
		if rows[int(c.Row)] || cols[int(c.Col)] {
			out.Findings = append(out.Findings, store.NewFinding("hidden_rows", rd.sheetName(s), c.Ref()))
			return
		}
	}
}
