package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"jindu/store"
)

// How many pulls and files a snapshot carries at most: files pile up over the years.
const (
	pullsShown = 100
	filesShown = 500
)

// Snapshot takes everything that the screens show out of the mirror, in one
// read transaction: no two parts of it ever disagree. What is asked of the
// present comes from the tables that are kept for it, what is asked of the past
// from the history; both give the same bits.
func (d *DB) Snapshot(ctx context.Context, req store.SnapshotRequest) (*store.SnapshotData, error) {
	s := &store.SnapshotData{Request: req, Units: d.cfg.Units, Catalogue: d.cfg.Catalogue, Settings: d.cfg.Settings}
	err := d.readAt(ctx, asOf(req.AsOf), !req.WithoutFindings, func(ctx context.Context, q querier) error {
		take := taking{d, q, s, asOf(req.AsOf), map[int64]store.Workbook{}}
		for _, step := range []struct {
			name string
			do   func(context.Context) error
		}{
			{"version", take.version},
			{"period", take.period},
			{"figures", take.figures},
			{"ledgers", take.ledgers},
			{"case rows", take.caseRows},
			{"workbooks", take.workbooks},
			{"series", take.series},
			{"reporting", take.reporting},
			{"conflicts", take.conflicts},
			{"set aside", take.setAside},
			{"pending", take.pending},
			{"acknowledged", take.acknowledged},
			{"changes", take.changes},
			{"rest", take.rest},
		} {
			if err := step.do(ctx); err != nil {
				return fmt.Errorf("%s: %w", step.name, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("snapshot: %w", err)
	}
	return s, nil
}

// taking is a snapshot being taken.
type taking struct {
	db    *DB
	q     querier
	s     *store.SnapshotData
	at    int64
	books map[int64]store.Workbook
}

// live reports whether the snapshot is of now.
func (t taking) live() bool { return t.at == forever }

// version reads the number of the last commit that changed what is shown.
func (t taking) version(ctx context.Context) error {
	return t.q.QueryRowContext(ctx, `SELECT version FROM state`).Scan(&t.s.Version)
}

// period lists the periods of which there are figures or can be made, and chooses the one that the
// request leaves open.
func (t taking) period(ctx context.Context) error {
	query := `SELECT period, count(*) FROM presence WHERE ?1 = ?1 GROUP BY period`
	reported := `SELECT count(DISTINCT unit) FROM reporting WHERE known_from <= ?1`
	if !t.live() {
		query = `SELECT f.period, count(DISTINCT f.unit) FROM figure f WHERE` + standing + ` GROUP BY f.period`
	}
	units := map[store.Period]int{}
	err := each(ctx, t.q, func(scan func(...any) error) error {
		var name string
		var n int
		if err := scan(&name, &n); err != nil {
			return err
		}
		p, err := decodePeriod(name)
		units[p] = n
		t.s.Periods = append(t.s.Periods, p)
		return err
	}, query, t.at)
	if err != nil {
		return err
	}
	var reporting int
	if err := t.q.QueryRowContext(ctx, reported, t.at).Scan(&reporting); err != nil {
		return err
	}
	t.s.Periods = append(t.s.Periods, store.Longer(t.s.Periods, store.DateOf(t.db.inZone(timeOf(t.until()))))...)
	slices.SortFunc(t.s.Periods, func(a, b store.Period) int { return comparePeriods(b, a) }) // newest first
	t.s.Period = t.s.Request.Period
	if t.s.Period.IsZero() {
		t.s.Period = store.ChoosePeriod(units, reporting)
	}
	return nil
}

// comparePeriods orders periods by their last day, then shorter first.
func comparePeriods(a, b store.Period) int {
	return cmp.Or(a.End().Time().Compare(b.End().Time()), cmp.Compare(a.Kind, b.Kind))
}

// workbooks reads the latest version of the files that matter: which came last,
// were refused, or state a figure or a row of a ledger of the snapshot.
func (t taking) workbooks(ctx context.Context) (err error) {
	stating := map[int64]bool{}
	for i := range t.s.Figures {
		stating[t.s.Figures[i].Cell.Workbook] = true
	}
	for i := range t.s.CaseRows {
		stating[t.s.CaseRows[i].Cell.Workbook] = true
	}
	for i := range t.s.Records {
		stating[t.s.Records[i].Cell.Workbook] = true
	}
	if t.s.Workbooks, err = shownBooks(ctx, t.q, t.at, slices.Sorted(maps.Keys(stating))); err != nil {
		return err
	}
	for _, w := range t.s.Workbooks {
		t.books[w.ID] = w
	}
	return t.q.QueryRowContext(ctx, `SELECT count(*) FROM workbook w WHERE`+newest(t.at), t.at).Scan(&t.s.Files)
}

// caseRows reads the cases of the last months, where a campaign counts their days.
func (t taking) caseRows(ctx context.Context) (err error) {
	today := t.today()
	if !t.db.cfg.Settings.CountsDays(t.db.cfg.Catalogue, today) {
		return nil
	}
	from := store.PeriodAt(store.Month, today).Add(1 - store.SeriesMonths).Start()
	t.s.CaseRows, err = t.db.cases(ctx, t.q, t.at, from, t.books)
	return err
}

// today is the day of the snapshot in the district's zone.
func (t taking) today() store.Date {
	now := t.s.Request.Now
	if !t.live() {
		now = t.s.Request.AsOf
	}
	if zone := t.db.cfg.Settings.Zone; zone != nil {
		now = now.In(zone)
	}
	return store.DateOf(now)
}

// beyond returns what campaigns, targets and surveys need of other periods.
func (t taking) beyond() map[store.Period][]string {
	return t.db.cfg.Settings.Wanted(t.db.cfg.Catalogue, t.s.Period, t.today())
}

// wanted returns the periods whose figures the snapshot holds: its own, the one
// before and the same of last year; and for each length in which indicators are
// reported the periods that hold these, and the ones before.
func (t taking) wanted() map[store.Period]bool {
	out := map[store.Period]bool{}
	p := t.s.Period
	if p.IsZero() {
		return out
	}
	bases := []store.Period{p, p.Add(-1), p.YearAgo()}
	if beside := t.s.Request.Beside; !beside.IsZero() {
		bases = append(bases, beside)
	}
	for _, base := range bases {
		out[base] = true
		for _, part := range base.Shorter() { // of which what is reported by it is made
			out[part] = true
		}
		for _, kind := range []store.PeriodKind{store.Month, store.Quarter, store.Half, store.Year} {
			if longer := base.Of(kind); kind != store.Month || p.Kind != store.Month {
				out[longer] = true
				out[longer.Add(-1)] = true
			}
		}
	}
	return out
}

// figures reads the figures of the wanted periods. Those longer than the
// snapshot's own are only wanted of indicators that are reported so.
func (t taking) figures(ctx context.Context) error {
	wanted, beyond := t.wanted(), t.beyond()
	periods := make([]store.Period, 0, len(wanted)+len(beyond))
	for p := range wanted {
		periods = append(periods, p)
	}
	for p := range beyond {
		if !wanted[p] {
			periods = append(periods, p)
		}
	}
	read := t.figuresNow
	if !t.live() {
		read = t.figuresAt
	}
	rows, err := read(ctx, periods)
	if err != nil {
		return err
	}
	rows = slices.DeleteFunc(rows, func(f figureRow) bool {
		near := wanted[f.key.Period] && t.wants(f.key)
		return !near && !slices.Contains(beyond[f.key.Period], f.key.Indicator)
	})
	all, err := t.db.named(ctx, t.q, rows, t.at, t.books)
	t.s.Figures = t.db.sortFigures(all)
	return err
}

// wants reports whether a figure of a wanted period belongs in the snapshot.
func (t taking) wants(k store.Key) bool {
	p := t.s.Period
	if k.Period == p || k.Period == p.Add(-1) || k.Period == p.YearAgo() {
		return true
	}
	ind, ok := t.db.cfg.Catalogue.ByCode(k.Indicator)
	return ok && ind.Cadence.PeriodKind() == k.Period.Kind
}

// figuresNow reads a unit's figures of a period in one row.
func (t taking) figuresNow(ctx context.Context, periods []store.Period) ([]figureRow, error) {
	type packed struct{ period, unit, lines string }
	var all []packed
	n := 0
	err := each(ctx, t.q, func(scan func(...any) error) error {
		var one packed
		err := scan(&one.period, &one.unit, &one.lines)
		all, n = append(all, one), n+1+strings.Count(one.lines, rowMark)
		return err
	}, `
		SELECT period, unit, group_concat(line || x'1f' || seal, x'1e')
		FROM board
		WHERE period IN (SELECT value FROM json_each(?))
		GROUP BY period, unit`, encodeList(periodNames(periods)))
	if err != nil {
		return nil, err
	}
	out := make([]figureRow, 0, n) // rows are large: they are moved about once
	for _, one := range all {
		p, err := decodePeriod(one.period)
		if err != nil {
			return nil, err
		}
		for line := range strings.SplitSeq(one.lines, rowMark) {
			out = append(out, figureRow{})
			if err := unpack(one.unit, p, line, &out[len(out)-1]); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// figuresAt reads the figures as they stood at the moment.
func (t taking) figuresAt(ctx context.Context, periods []store.Period) ([]figureRow, error) {
	return figureRows(ctx, t.q, `
		WHERE`+standing+` AND f.period IN (SELECT value FROM json_each(?2))`, t.at, encodeList(periodNames(periods)))
}

// sortFigures puts figures into the order of the units, the indicators and the
// periods. Figures are large, so their places are sorted, not they themselves.
func (d *DB) sortFigures(all []store.Figure) []store.Figure {
	rank := make(map[string]int, len(d.cfg.Catalogue.Indicators))
	for i, ind := range d.cfg.Catalogue.Indicators {
		rank[ind.Code] = i - len(d.cfg.Catalogue.Indicators) // others, as 0, come last
	}
	type place struct{ unit, indicator, period, i int }
	places := make([]place, len(all))
	for i := range all {
		f := &all[i]
		days := f.Period.End().Sub(store.Date{Year: 1, Month: 1, Day: 1})
		places[i] = place{d.cfg.Units.Rank(f.Unit), rank[f.Indicator], days<<4 + int(f.Period.Kind), i}
	}
	slices.SortFunc(places, func(a, b place) int {
		if c := cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.indicator, b.indicator)); c != 0 {
			return c
		}
		f, g := &all[a.i], &all[b.i] // what the configuration does not know is ordered by its code
		return cmp.Or(cmp.Compare(f.Unit, g.Unit), cmp.Compare(f.Indicator, g.Indicator), cmp.Compare(a.period, b.period))
	})
	out := make([]store.Figure, len(all))
	for i, p := range places {
		out[i] = all[p.i]
	}
	return out
}

// series reads the months behind sparklines and sums.
func (t taking) series(ctx context.Context) error {
	if t.s.Period.IsZero() {
		return nil
	}
	read := windowNow
	if !t.live() {
		read = func(ctx context.Context, q querier, last store.Period) (window, error) {
			return windowAt(ctx, q, last, t.at)
		}
	}
	w, err := read(ctx, t.q, t.s.Period.Of(store.Month))
	t.s.Series = slices.Concat(t.db.districtSeries(w), t.db.unitSeries(w))
	t.s.Sums = t.db.sums(w)
	return err
}

// reporting reads which indicators of which units were ever known, a unit in one row.
func (t taking) reporting(ctx context.Context) error {
	return each(ctx, t.q, func(scan func(...any) error) error {
		var unit, indicators string
		err := scan(&unit, &indicators)
		for code := range strings.SplitSeq(indicators, rowMark) {
			t.s.Reporting = append(t.s.Reporting, store.UnitIndicator{Unit: unit, Indicator: code})
		}
		return err
	}, `
		SELECT unit, group_concat(indicator, x'1e')
		FROM reporting
		WHERE known_from <= ?
		GROUP BY unit`, t.at)
}

// conflicts reads the figures about which two files contradict each other.
func (t taking) conflicts(ctx context.Context) error {
	return eachKey(ctx, t.q, func(k store.Key) { t.s.Conflicts = append(t.s.Conflicts, k) }, `
		SELECT unit, indicator, period
		FROM conflict
		WHERE known_from <= ?1 AND (known_to IS NULL OR known_to > ?1)
		ORDER BY unit, indicator, period`, t.at)
}

// setAside reads the figures whose newest cell could not be read.
func (t taking) setAside(ctx context.Context) error {
	return each(ctx, t.q, func(scan func(...any) error) error {
		a := store.SetAside{}
		var period string
		err := scan(&a.Unit, &a.Indicator, &period, &a.Workbook, &a.Sheet, &a.Ref, &a.Rule)
		if err != nil {
			return err
		}
		a.Period, err = decodePeriod(period)
		t.s.SetAside = append(t.s.SetAside, a)
		return err
	}, `
		SELECT
			unit,
			indicator,
			period,
			workbook,
			sheet,
			ref,
			rule
		FROM set_aside
		WHERE known_from <= ?1 AND (known_to IS NULL OR known_to > ?1)
		ORDER BY known_from, unit, indicator, period`, t.at)
}

// pending reads the values of all periods that wait for an officer.
func (t taking) pending(ctx context.Context) (err error) {
	t.s.Pending, err = t.db.pending(ctx, t.q, t.at, t.books, stillWaiting)
	return err
}

// acknowledged reads what was decided about figures of the wanted periods, and
// about all others in the day before the moment.
func (t taking) acknowledged(ctx context.Context) (err error) {
	var periods []store.Period
	for p := range t.wanted() {
		periods = append(periods, p)
	}
	t.s.Acknowledged, err = acknowledgements(ctx, t.q, t.at, `known_from > ?2 OR period IN (SELECT value FROM json_each(?3))`,
		t.until()-day.Microseconds(), encodeList(periodNames(periods)))
	return err
}

// day is how long what is new is shown as new.
const day = 24 * time.Hour

// until returns the moment that the snapshot is of.
func (t taking) until() int64 {
	if t.live() {
		return micros(t.s.Request.Now)
	}
	return t.at
}

// changes reads the versions that were opened in the day before the moment.
func (t taking) changes(ctx context.Context) error {
	until := t.until()
	var rows []figureRow
	var before []sql.NullString
	err := each(ctx, t.q, func(scan func(...any) error) error {
		var from sql.NullString
		f, err := scanFigure(func(to ...any) error { return scan(append(to, &from)...) })
		rows, before = append(rows, f), append(before, from)
		return err
	}, changeColumns+`
		WHERE f.known_from = f.since AND f.known_from > ?1 AND f.known_from <= ?2 AND f.value IS NOT NULL
		ORDER BY f.known_from DESC, f.unit, f.indicator, f.period
		LIMIT ?3`, until-day.Microseconds(), until, store.ChangesShown)
	if err != nil {
		return err
	}
	figures, err := t.db.named(ctx, t.q, rows, t.at, t.books)
	if err != nil {
		return err
	}
	for i, f := range figures {
		c := store.Change{Key: f.Key, To: f.Value, Cell: f.Cell, At: f.KnownFrom, First: !before[i].Valid}
		if c.From, _, err = decodeValue(before[i]); err != nil {
			return err
		}
		t.s.Changes = append(t.s.Changes, c)
	}
	return nil
}

// changeColumns is figureColumns with the value of the version before.
var changeColumns = strings.Replace(figureColumns, "\n	FROM figure f", `,
		(SELECT b.value
		 FROM figure b
		 WHERE b.unit = f.unit AND b.indicator = f.indicator AND b.period = f.period AND b.version = f.version - 1
		 ORDER BY b.known_from DESC
		 LIMIT 1)
	FROM figure f`, 1)

// rest reads the lists that have queries of their own.
func (t taking) rest(ctx context.Context) (err error) {
	if t.s.Tasks, err = t.db.tasks(ctx, t.q, t.at, t.books); err != nil {
		return fmt.Errorf("tasks: %w", err)
	}
	if t.s.Cases, err = t.db.caseCounts(ctx, t.q, t.at); err != nil {
		return fmt.Errorf("cases: %w", err)
	}
	if !t.s.Request.WithoutFindings {
		if t.s.Findings, err = findings(ctx, t.q, t.at); err != nil {
			return fmt.Errorf("findings: %w", err)
		}
	}
	t.s.Pulls, err = pulls(ctx, t.q, t.at, pullsShown)
	return err
}

// ledgers reads the rows and the counts of the ledgers, as far back as a course
// reaches.
func (t taking) ledgers(ctx context.Context) (err error) {
	from := store.LedgersFrom(t.s.Period)
	if t.s.Records, err = t.db.records.take(ctx, t.db, t.q, t.at, from, t.books); err != nil {
		return fmt.Errorf("records: %w", err)
	}
	if t.s.Tallies, err = t.db.tallies.take(ctx, t.db, t.q, t.at, from, t.books); err != nil {
		return fmt.Errorf("tallies: %w", err)
	}
	return nil
}
