package sqlite

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"jindu/store"
)

// subject is a figure that is decided but not settled: it still has to be held
// against what else is known.
type subject struct {
	key   store.Key
	last  row
	next  row // as the file that states it has it, its own doubts included
	shown figureRow
	file  int64
	own   bool
	since int64 // when the file began to say so
}

// number returns the value, which may not apply.
func (s *subject) number() store.Num {
	v, na, err := decodeValue(s.next.value)
	if err != nil || na {
		return store.Num{}
	}
	return store.Some(v)
}

// judging holds figures against history, against what files print of other
// periods, against the ledgers, and by the rules. It is done within the transaction that
// changes one of the sides, for every figure whose other side has changed: what
// it found goes when either side is corrected, whichever file that is.
type judging struct {
	*resolver
	subjects []*subject
	keys     string // of the subjects, see encodeKeys
	index    map[store.Key]*subject
	units    string // JSON list of the subjects' units
	values   map[store.Key]float64
	reports  reports // of units that others report for
	doubts   map[store.Key][]doubt
}

// judge settles what was decided, and what rests on it, each as suspect as it is
// then.
func (r *resolver) judge(ctx context.Context, touched map[store.Key]bool) error {
	j := &judging{resolver: r, subjects: r.decided, index: map[store.Key]*subject{}, doubts: map[store.Key][]doubt{}}
	for _, s := range j.subjects {
		j.index[s.key] = s
	}
	if err := j.recall(ctx, touched); err != nil {
		return fmt.Errorf("recall: %w", err)
	}
	if err := j.widen(ctx); err != nil {
		return fmt.Errorf("widen: %w", err)
	}
	var err error
	if j.keys, err = encodeKeys(keysOf(j.subjects)); err != nil {
		return err
	}
	if err := j.hold(ctx); err != nil {
		return err
	}
	all := maps.Clone(r.rejudge)
	maps.Copy(all, touched)
	for _, s := range j.subjects {
		all[s.key] = true
	}
	for _, k := range sortedKeys(all) {
		before := j.out
		if err := j.conclude(ctx, k); err != nil {
			return fmt.Errorf("%s %s %s: %w", k.Unit, k.Indicator, k.Period, err)
		}
		if !touched[k] { // the workbook did not speak of it
			j.out.Corrected, j.out.Unchanged = before.Corrected, before.Unchanged
		}
	}
	return nil
}

// keysOf returns the subjects' keys in their order.
func keysOf(all []*subject) []store.Key {
	out := make([]store.Key, len(all))
	for i, s := range all {
		out[i] = s.key
	}
	return out
}

// conclude makes the open findings about a figure those that judging gave, and
// settles it where it was decided.
func (j *judging) conclude(ctx context.Context, k store.Key) error {
	found := j.doubts[k]
	if len(found) > 0 || j.marked[k] {
		if err := j.recordDoubts(ctx, k, found); err != nil {
			return err
		}
	}
	s := j.index[k]
	if s == nil {
		return nil
	}
	next := s.next
	next.suspect = next.suspect || slices.ContainsFunc(found, func(d doubt) bool { return d.suspect })
	return j.settle(ctx, k, s.last, next, s.shown)
}

// hold holds every subject against what it has to agree with.
func (j *judging) hold(ctx context.Context) error {
	if len(j.subjects) == 0 {
		return nil
	}
	counts, err := j.counts(ctx)
	if err != nil {
		return fmt.Errorf("counts: %w", err)
	}
	compared, err := j.comparisons(ctx)
	if err != nil {
		return fmt.Errorf("comparisons: %w", err)
	}
	if err := j.loadReports(ctx); err != nil {
		return fmt.Errorf("parts: %w", err)
	}
	for _, s := range j.subjects {
		now := s.number()
		if !now.OK {
			continue
		}
		ind, _ := j.db.cfg.Catalogue.ByCode(s.key.Indicator)
		j.holdAgainstPast(s, ind, now.V)
		if err := j.holdAgainstMonths(ctx, s, ind, now.V); err != nil {
			return fmt.Errorf("cumulative: %w", err)
		}
		for _, c := range compared[s.key] {
			if store.Differs(c.value, c.raw, now.V) {
				at := place{file: c.file, sheet: c.sheet, ref: c.ref}
				j.doubt(s.key, doubt{rule: "compare_mismatch", at: at, workbook: c.workbook, beside: place{file: s.file}})
			}
		}
		j.holdAgainstParts(s, ind, now.V)
		if err := j.holdAgainstLedgers(ctx, s, counts[s.key], now.V); err != nil {
			return fmt.Errorf("ledgers: %w", err)
		}
	}
	if err := j.holdAgainstRules(ctx); err != nil {
		return fmt.Errorf("rules: %w", err)
	}
	return nil
}

// doubt notes what was found about a figure.
func (j *judging) doubt(k store.Key, d doubt) { j.doubts[k] = append(j.doubts[k], d) }

// place returns the cell that states the subject.
func (s *subject) place() place {
	return place{file: s.file, ref: s.shown.ref, heading: s.shown.heading}
}

// itself returns a finding at the subject's cell that rests on its own past.
func (s *subject) itself(rule string, args ...string) doubt {
	return doubt{rule: rule, args: args, at: s.place(), workbook: s.next.workbook, beside: place{file: s.file}, suspect: true}
}

// holdAgainstPast looks for a slipped measure or decimal point in a month, and
// for a value far from what is usual: it is one finding, and a slip tells more.
func (j *judging) holdAgainstPast(s *subject, ind store.Indicator, now float64) {
	if !s.own || s.key.Period.Kind != store.Month {
		return
	}
	var past []float64
	for back := 1; back <= store.HistoryMonths; back++ {
		k := s.key
		k.Period = k.Period.Add(-back)
		if v := j.num(k); v.OK {
			past = append(past, v.V)
		}
	}
	if times, jumped := ind.Jump(now, past); jumped {
		j.doubt(s.key, s.itself("jump", ind.Both(), times))
	} else if usual, out := ind.Outlier(now, past); out {
		j.doubt(s.key, s.itself("outlier", ind.Both(), usual))
	}
}

// holdAgainstMonths judges a number cumulated from January, of what adds up over
// time. The month that stands beside it in its file is as suspect as it is:
// nobody can tell which of the two is wrong.
func (j *judging) holdAgainstMonths(ctx context.Context, s *subject, ind store.Indicator, now float64) error {
	if !s.key.Period.Cumulated() || ind.Kind != store.Flow {
		return nil
	}
	end := int(s.key.Period.End().Month)
	of := func(p store.Period) store.Key {
		return store.Key{Unit: s.key.Unit, Indicator: s.key.Indicator, Period: p}
	}
	beside := j.index[of(store.MonthOf(s.key.Period.Year, end))]
	if beside != nil && beside.next.workbook != s.next.workbook {
		beside = nil
	}
	before := of(store.CumulativeTo(s.key.Period.Year, end-1))
	sum := store.CumulativeSum{Value: now, Before: j.num(before), Beside: beside != nil}
	var cumulated []store.Num // to each month before the last
	for month := 1; month <= end; month++ {
		sum.Months = append(sum.Months, j.num(of(store.MonthOf(s.key.Period.Year, month))))
		if month < end {
			cumulated = append(cumulated, j.num(of(store.CumulativeTo(s.key.Period.Year, month))))
		}
	}
	sum.Least = store.Least(sum.Months, cumulated)
	if !ind.Counted() {
		sum.Digit = store.LastDigit(s.shown.raw, now)
	}
	rule, args := sum.Contradiction()
	if rule == "" {
		return nil
	}
	told, err := j.toldAlready(ctx, s)
	if err != nil || told {
		return err
	}
	d := s.itself(rule, args...)
	if rule == store.CumulativeFalls {
		if d.beside, err = j.standsAt(ctx, before); err != nil {
			return err
		}
		d.tells = true
	}
	j.doubt(s.key, d)
	if beside != nil {
		beside.next.suspect = true
	}
	return nil
}

// standsAt returns the cell of a figure that is known.
func (j *judging) standsAt(ctx context.Context, k store.Key) (place, error) {
	if s := j.index[k]; s != nil {
		return s.place(), nil
	}
	list, err := encodeKeys([]store.Key{k})
	if err != nil {
		return place{}, err
	}
	all, err := j.standing(ctx, list)
	if err != nil || len(all) == 0 {
		return place{}, fmt.Errorf("%s stands nowhere: %w", k.Period, err)
	}
	return all[0].place(), nil
}

// toldAlready reports whether the file itself has shown that its cumulative
// number is wrong, so that it is not told twice.
func (j *judging) toldAlready(ctx context.Context, s *subject) (bool, error) {
	var sheet string
	if err := j.QueryRowContext(ctx, `SELECT sheet FROM heading WHERE id = ?`, s.shown.heading).Scan(&sheet); err != nil {
		return false, err
	}
	if s.file == j.file {
		return j.told[[2]string{sheet, s.shown.ref}], nil
	}
	var n int
	err := j.QueryRowContext(ctx, `
		SELECT count(*)
		FROM finding
		WHERE known_to IS NULL AND other IS NULL AND file = ? AND sheet = ? AND cell = ? AND rule LIKE 'cumulative\_%' ESCAPE '\'`,
		s.file, sheet, s.shown.ref).Scan(&n)
	return n > 0, err
}
