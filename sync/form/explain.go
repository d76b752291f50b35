package form

import (
	"slices"
	"strconv"
	"strings"

	"jindu/store"
	"jindu/sync/sheet"
)

// explain writes down how a sheet of reports was understood. It is called when
// all is settled, so that it can tell what became of every cell.
func (rd *reader) explain(d *draft) {
	for _, t := range d.reports {
		d.reading.Explain = append(d.reading.Explain, rd.explained(t, d))
	}
	if len(d.reports) == 0 {
		d.reading.Explain = []store.Explained{rd.unexplained(d)}
	}
}

// explained tells of one table.
func (rd *reader) explained(t *report, d *draft) store.Explained {
	e := store.Explained{
		Form:   "report",
		Layout: t.layout,
		Heads: sheet.Range{
			Row: t.page.lines[t.block.heads[0]].row, Col: t.block.left,
			Row2: t.page.lines[t.block.heads[len(t.block.heads)-1]].row, Col2: t.block.right,
		}.Ref(),
	}
	if t.unit != "" {
		e.Unit = store.Sourced{Value: t.unit, From: t.unitBy.trust.code(), Ref: t.unitBy.ref()}
	}
	if !t.period.IsZero() {
		e.Period = store.Sourced{Value: t.period.String(), From: t.timeBy.trust.code(), Ref: t.timeBy.ref()}
	}
	cols := slices.Concat(t.stubs, t.columns)
	slices.SortFunc(cols, func(a, b *coord) int { return a.at - b.at })
	for _, c := range cols {
		e.Columns = append(e.Columns, rd.explainColumn(t, c))
	}
	for r, row := range t.rows {
		h := rd.explainRow(t, row)
		h.Marks = t.marks(r, cols, d.reading.Verdict == store.Rejected)
		e.Rows = append(e.Rows, h)
	}
	t.tally(&e)
	if t.checked > 0 {
		e.Notes = append(e.Notes, store.ExplainNote{Code: "explain_totals", Args: []string{itoa(t.checked), itoa(t.checked - t.wrong)}})
	}
	return e
}

// explainColumn says what a column was taken for.
func (rd *reader) explainColumn(t *report, c *coord) store.ExplainedHead {
	h := rd.explainHead(t, c, !t.byRow)
	h.At, h.Ref = sheet.ColumnName(c.at), c.ref
	for _, at := range t.page.heading(t.block, c.at) {
		h.Path = append(h.Path, shown(at.word))
	}
	if c.stub != data || c.head == nil {
		h.Role, h.Means, h.Why = stubRoles[c.stub], "", ""
		if h.Role == store.UnreadHead {
			h.Why = whyUnread(c)
		}
	}
	return h
}

// explainRow says what a row was taken for.
func (rd *reader) explainRow(t *report, row *coord) store.ExplainedHead {
	h := rd.explainHead(t, row, t.byRow)
	h.At = strconv.Itoa(t.page.lines[row.at].row + 1)
	h.Ref = first(row.ref, row.unitRef, row.timeRef)
	for _, c := range t.stubs {
		if c.stub == unread || c.stub == measureStub {
			continue
		}
		if w := t.page.word(t.page.lines[row.at].at(c.at)); w.key != "" {
			h.Path = append(h.Path, shown(w))
		}
	}
	stranger := !t.byRow && row.unit == "" && !h.Total && has(t.stubs, func(c *coord) bool { return c.stub == unitStub })
	if stranger && t.filled(row) {
		h.Role, h.Why = store.UnreadHead, "row_unit_unknown"
		if row.many {
			h.Why = "row_unit_ambiguous"
		}
	}
	return h
}

// explainHead says what a column and a row have in common. names reports whether
// the head is to name an indicator.
func (rd *reader) explainHead(t *report, c *coord, names bool) store.ExplainedHead {
	h := store.ExplainedHead{Role: store.FigureHead, Unit: c.unit, Aspect: aspectCodes[c.aspect], Total: c.total || c.area}
	if !c.when.none() {
		h.Period = describe(c.when, t.year)
	}
	if c.ind != nil {
		h.Means = c.ind.Code
	}
	if h.Measure = strings.TrimSuffix(first(c.foreign, c.measure), "?"); names && c.ind != nil && c.ind.Kind != store.Check {
		row, col := &coord{}, c
		if t.byRow {
			row, col = c, &coord{}
		}
		h.Measure = strings.TrimSuffix(first(rd.measure(t, &fact{ind: c.ind, row: row, col: col}), c.ind.Measure), "?")
		if f := rd.words.dict.factor(h.Measure, c.ind.Measure); f != 1 && rd.words.dict.alike(h.Measure, c.ind.Measure) {
			h.Factor = f
		}
	}
	if !measureWord.MatchString(h.Measure) && !known(rd.opt.Catalogue.MeasureByName(h.Measure)) {
		h.Measure = "" // whatever stands in a column of measures could be a person's
	}
	h.Why, h.Args = rd.why(t, c, names)
	switch {
	case h.Why != "":
		h.Role = store.UnreadHead
	case h.Total, c.aspect == yearAgo, c.aspect == previous:
		h.Role = store.CheckHead
	}
	return h
}

var measureWord = newPattern(`^(?:` + measureWords + `)$`)

func known(_ store.Measure, ok bool) bool { return ok }

// why returns the message that says why a column or row is not read.
func (rd *reader) why(t *report, c *coord, names bool) (code string, args []string) {
	switch {
	case len(c.rivals) > 1:
		return "column_ambiguous", namesOf(c.rivals)
	case c.ind != nil && !c.ind.Printed():
		return "why_mirror", []string{c.ind.Name}
	case c.misfit:
		return "measure_mismatch", []string{c.ind.Measure}
	case c.aspect == change:
		return "why_change", nil
	case !names && t.byRow && (c.ind != nil || len(c.names) > 0 && !c.total && !c.area):
		return "why_beside", nil
	case names && c.ind == nil && len(c.names) > 0 && !c.total && !c.area:
		code = "column_unknown"
		if t.byRow {
			code = "row_unknown"
		}
		return code, rd.suggest(c)
	default:
		return "", nil
	}
}

func namesOf(all []*store.Indicator) []string {
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = one.Name
	}
	return names
}

// whyUnread says why a column of labels is not read.
func whyUnread(c *coord) string {
	switch {
	case c.personal != "":
		return "why_personal"
	case c.head != nil && c.head.role == seqRole:
		return "why_seq"
	case c.head != nil && c.head.role == noteRole:
		return "why_note"
	default:
		return "why_label"
	}
}

var stubRoles = map[stub]store.HeadRole{
	data: store.UnreadHead, unitStub: store.UnitHead, itemStub: store.ItemHead, groupStub: store.GroupHead,
	timeStub: store.PeriodHead, measureStub: store.MeasureHead, codeStub: store.UnitHead, unread: store.UnreadHead,
}

var aspectCodes = map[aspect]string{
	own: "own", cumulative: "cumulative", yearAgo: "year_ago", previous: "previous", change: "change",
}

// marks says of every cell of a row what became of it.
func (t *report) marks(r int, cols []*coord, rejected bool) string {
	l := t.page.lines[t.rows[r].at]
	out := make([]byte, len(cols))
	next := 0
	for i, c := range cols {
		var f *fact
		if next < len(t.columns) && t.columns[next] == c {
			if t.grid != nil {
				f = t.grid[r*len(t.columns)+next]
			}
			next++
		}
		switch {
		case l.at(c.at).Kind == sheet.Blank:
			out[i] = store.MarkBlank
		case c.stub != data && c.stub != unread:
			out[i] = store.MarkLabel
		case f == nil || rejected:
			out[i] = store.MarkUnread
		default:
			out[i] = f.mark()
		}
	}
	return string(out)
}

// mark says what became of a figure.
func (f *fact) mark() byte {
	switch {
	case f.aspect == change:
		return store.MarkUnread
	case f.total, f.aspect == yearAgo, f.aspect == previous:
		return store.MarkCheck
	case f.bad:
		return store.MarkAside
	case f.skip:
		return store.MarkCheck
	case f.na:
		return store.MarkNone
	case f.suspect:
		return store.MarkSuspect
	default:
		return store.MarkRead
	}
}

// tally counts the marks of every column and row.
func (t *report) tally(e *store.Explained) {
	for r := range e.Rows {
		for c, m := range e.Rows[r].Marks {
			for _, h := range []*store.ExplainedHead{&e.Rows[r], &e.Columns[c]} {
				switch m {
				case store.MarkRead, store.MarkNone:
					h.Read++
				case store.MarkSuspect:
					h.Read, h.Suspect = h.Read+1, h.Suspect+1
				case store.MarkAside:
					h.Aside++
				}
			}
		}
	}
}

// shown is the text of a head or label as it may be printed: words of our own
// vocabulary as they stand, others masked, and what could be a person's name not
// at all.
func shown(w *label) string {
	if w.shown == "" {
		switch {
		case w.exact || w.unit != "" || w.role != noRole:
			w.shown = w.text
		case !w.signal() && couldBeName(w.key):
			w.shown = "***"
		default:
			w.shown = mask(w.text)
		}
	}
	return w.shown
}

// nameLike is two or three characters after a surname; countLike ends the words
// of heads that begin with one.
var (
	nameLike  = newPattern(`^(?:(?:` + doubleSurnames + `)\p{Han}{1,2}|[` + surnames + rareSurnames + `]\p{Han}{1,2})(?:\(.*\))?$`)
	countLike = newPattern(`[数率量额次件起比值项]$`)
)

// couldBeName reports whether an unknown word has the shape of a person's name.
func couldBeName(key string) bool { return nameLike.MatchString(key) && !countLike.MatchString(key) }

// guessRows is in how many of the first rows the heads of a sheet are looked for
// that no table was found on.
const guessRows = 12

// unexplained tells of a sheet that was not recognised: of the row that looks
// most like its heads.
func (rd *reader) unexplained(d *draft) store.Explained {
	e := store.Explained{}
	var best []sheet.Cell
	for row := range guessRows {
		var texts []sheet.Cell
		for _, c := range d.sheet.Row(row) {
			if c.Kind == sheet.Text && len(c.Text) <= longest {
				texts = append(texts, c)
			}
		}
		if len(texts) > max(1, len(best)) {
			best = texts
		}
	}
	for _, c := range best {
		w := rd.words.of(c.Text)
		h := store.ExplainedHead{
			At: sheet.ColumnName(int(c.Col)), Ref: c.Ref(), Path: []string{shown(w)}, Role: store.UnreadHead, Why: "column_unknown",
			Args: rd.suggest(&coord{names: []*label{w}, head: w}),
		}
		if len(w.hits) == 1 {
			h.Means, h.Why = w.hits[0].Code, "why_alone"
		}
		e.Columns = append(e.Columns, h)
	}
	return e
}

// unread says that a sheet beside the reports was not read, where it holds
// enough numbers to have been meant.
func (rd *reader) unread(p *page, d *draft) {
	if garbledSheet(d.sheet) {
		d.refuse(&refusal{rule: "mojibake"})
		return
	}
	figures := 0
	for _, l := range p.lines {
		for _, c := range l.cells {
			if c.Kind == sheet.Number && !c.Date {
				figures++
			}
		}
	}
	if figures >= 12 && len(rd.book.Sheets) > 1 {
		d.find("form_unknown", "").Severity = store.Info
	}
	rd.personal(p, d)
}
