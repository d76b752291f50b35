package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jindu/store"
	"jindu/store/sqlite"
)

// retain lets the retention go through the mirror, some time later and with other
// rules each time, and holds what is left of every figure's versions against the
// rules.
func (h *history) retain(t *rapid.T) {
	h.now = h.now.AddDate(0, 0, rapid.IntRange(0, 90).Draw(t, "days"))
	h.pull(t) // it runs between two pulls of a source
	rules := store.Retention{
		VersionMonths: rapid.IntRange(0, 2).Draw(t, "months"),
		ClosedYears:   rapid.SampledFrom([]int{0, 10}).Draw(t, "years"),
		FindingMonths: rapid.IntRange(0, 2).Draw(t, "months of findings"),
	}
	before := map[store.Key][]store.Figure{}
	for _, k := range keysUnderTest() {
		before[k] = h.versionsOf(t, k)
	}
	gone, err := h.db.Retain(t.Context(), rules, h.now)
	if err != nil {
		t.Fatal(err)
	}
	h.gone = gone
	h.tell("retain", "")
	if !gone.IsZero() {
		h.told["removed"]++
	}
	for _, k := range keysUnderTest() {
		h.wantKept(t, k, rules, before[k], h.versionsOf(t, k))
	}
}

func (h *history) versionsOf(t *rapid.T, k store.Key) []store.Figure {
	all, err := h.db.Versions(t.Context(), k, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// wantKept goes by the versions alone: which of them must still be there, and
// which must not.
func (h *history) wantKept(t *rapid.T, k store.Key, rules store.Retention, before, after []store.Figure) {
	there := map[int]store.Figure{}
	for _, f := range after {
		there[f.Version] = f
	}
	closes := k.Period.End().Add(h.cfg.Settings.CloseDays + 1).Time()
	until := rules.KeptFrom(h.now).Add(-24 * time.Hour)
	for i, f := range before {
		recent := f.KnownTo.IsZero() || rules.VersionMonths == 0 || i+1 < len(before) && before[i+1].KnownFrom.After(until)
		basis := f.KnownFrom.Before(closes) && !f.KnownTo.Before(closes)
		late := !f.KnownFrom.Before(closes) && f.KnownTo.After(rules.ClosedFrom(h.now).Add(-24*time.Hour))
		must := recent || basis || late || i == len(before)-1
		got, kept := there[f.Version]
		if kept != must || kept && fmt.Sprint(got) != fmt.Sprint(f) {
			t.Fatalf("version %d of %v: kept %v, which must be: %v (recent %v, basis %v, late %v)\n got %+v\nwant %+v\n%s",
				f.Version, k, kept, must, recent, basis, late, got, f, h.storyOf(k))
		}
	}
}

// wantRefused asks as of a moment of which not everything is kept any more.
func (h *history) wantRefused(t *rapid.T, then moment, code string) {
	_, errBoard := h.db.Snapshot(t.Context(), store.SnapshotRequest{Period: june, AsOf: then.at, Now: then.at})
	_, errFindings := h.db.Findings(t.Context(), then.at)
	errs := []error{errBoard, errFindings}
	if code == "moment_removed" {
		_, errBare := h.db.Snapshot(t.Context(), store.SnapshotRequest{AsOf: then.at, Now: then.at, WithoutFindings: true})
		_, errFigures := h.db.Figures(t.Context(), sqlite.FigureQuery{AsOf: then.at})
		_, errVersions := h.db.Versions(t.Context(), keysUnderTest()[0], then.at)
		_, errTasks := h.db.Tasks(t.Context(), then.at)
		_, errRecords := h.db.Records(t.Context(), then.at, "")
		_, errSeries := h.db.Series(t.Context(), store.DistrictCode, "seized_total_g", june, 3, then.at)
		errs = append(errs, errBare, errFigures, errVersions, errTasks, errRecords, errSeries)
	}
	h.told["refused "+code]++
	for i, err := range errs {
		if store.ErrorCode(err) != code {
			t.Fatalf("as of %s, answer %d: %v, want %s", then.at.Format(time.DateTime), i, err, code)
		}
	}
}

// months is the moment so many months after the start.
func months(n int) time.Time { return start.AddDate(0, n, 0) }

// TestRetentionKeepsWhatAClosedPeriodRestsOn takes one figure through the years:
// before its period closes, at the close, and corrected twice long after it.
func TestRetentionKeepsWhatAClosedPeriodRestsOn(t *testing.T) {
	o := newOffice(t)
	k := store.Key{Unit: "cxs", Indicator: "seized_total_g", Period: june}
	for _, one := range []struct {
		at    time.Time
		value float64
	}{{at(0), 100}, {at(60), 101}, {at(2 * 24 * 60), 102}, {months(3), 103}, {months(9), 104}} {
		o.now = one.at
		o.pulls("a.xlsx", says("cxs", "seized_total_g", june, one.value))
		o.acceptsAll()
	}
	rules := store.Retention{VersionMonths: 24, ClosedYears: 10, FindingMonths: 12}
	for _, step := range []struct {
		at    time.Time
		shows string
		kept  time.Time
	}{
		{months(23), "100 v1; 101 v2; 102 v3; 103 v4; 104 v5; ", time.Time{}},
		{months(26), "102 v3; 103 v4; 104 v5; ", months(2)},
		{months(12 * 9), "102 v3; 103 v4; 104 v5; ", months(2)},
		{months(12*10 + 10), "102 v3; 104 v5; ", months(12*8 + 10)},
	} {
		_, err := o.db.Retain(t.Context(), rules, step.at)
		must(t, err)
		expect(t, step.at.Format(time.DateOnly), o.versions(k), step.shows)
		must(t, o.db.Check(t.Context()))
		if step.kept.IsZero() {
			continue
		}
		midnight := step.kept.Truncate(24 * time.Hour)
		_, err = o.db.Figures(t.Context(), sqlite.FigureQuery{AsOf: midnight.Add(-time.Second)})
		expect(t, "before the horizon", store.ErrorCode(err), "moment_removed")
		_, err = o.db.Figures(t.Context(), sqlite.FigureQuery{AsOf: midnight})
		must(t, err)
	}
	all, err := o.db.Removals(t.Context())
	must(t, err)
	if len(all) != 2 || all[1].Versions != 2 || all[0].Versions != 1 {
		t.Errorf("removals: %+v", all)
	}
}

// versions is every version of a figure that is kept.
func (o *office) versions(k store.Key) (out string) {
	o.Helper()
	all, err := o.db.Versions(o.Context(), k, time.Time{})
	must(o, err)
	for _, f := range all {
		out += fmt.Sprint(f.Value, " v", f.Version, "; ")
	}
	return out
}

// TestRetentionGoesByWhenAVersionBegan: of a version only its last row may be left,
// which began later than the version itself. Under other rules than before, the
// version that it followed on is no younger for that.
func TestRetentionGoesByWhenAVersionBegan(t *testing.T) {
	o := newOffice(t)
	k := store.Key{Unit: "cxs", Indicator: "seized_total_g", Period: june}
	for _, one := range []struct {
		at    time.Time
		value float64
		other float64
	}{{months(3), 100, 1}, {months(4), 101, 1}, {months(8), 101, 2}, {months(14), 102, 2}} { // the third makes a new row and no new version
		o.now = one.at
		o.pulls("a.xlsx", says("cxs", "seized_total_g", june, one.value), says("dh1", "seized_total_g", june, one.other))
		o.acceptsAll()
	}
	for _, step := range []struct {
		rules store.Retention
		shows string
	}{
		{store.Retention{VersionMonths: 10, ClosedYears: 5}, "100 v1; 101 v2; 102 v3; "},
		{store.Retention{VersionMonths: 14, ClosedYears: 1}, "101 v2; 102 v3; "},
	} {
		_, err := o.db.Retain(t.Context(), step.rules, months(20))
		must(t, err)
		expect(t, fmt.Sprint(step.rules), o.versions(k), step.shows)
	}
}

// TestRetentionRemovesWhatNobodyRestsOn: of many versions of a file, rows of its
// ledgers and findings, what is old goes; what came, and when, stays known.
func TestRetentionRemovesWhatNobodyRestsOn(t *testing.T) {
	db, err := openWeekly(filepath.Join(t.TempDir(), "mirror.db"))
	must(t, err)
	defer func() { must(t, db.Close()) }()
	const weeks = 40
	for n := 1; n <= weeks; n++ {
		_, err := db.Apply(t.Context(), 1, weeklyBook(n))
		must(t, err)
	}
	gone, err := db.Retain(t.Context(), weekly, week(weeks))
	must(t, err)
	kept := weekly.KeptFrom(week(weeks))
	old := 0 // versions that ended before a day before what is kept
	for n := 1; n < weeks; n++ {
		if !week(n + 1).After(kept.Add(-24 * time.Hour)) {
			old++
		}
	}
	want := store.Removal{
		At: week(weeks), KeptFrom: kept, FindingsFrom: weekly.FindingsFrom(week(weeks)),
		Versions: old * statementsEach, Statements: old * statementsEach, Rows: 2 * old * statementsEach, Findings: gone.Findings,
	}
	if gone != want || gone.Findings < weeks-5 {
		t.Errorf("removed %+v\n   want %+v", gone, want)
	}
	must(t, db.Check(t.Context()))
	must(t, wantWeeks(t.Context(), db, weeks))
	books, err := db.Workbooks(t.Context(), week(1).Add(time.Hour))
	if err != nil || len(books) != 1 || !books[0].Received.Equal(week(1)) {
		t.Errorf("the first version of the file: %+v, %v", books, err)
	}
	again, err := db.Retain(t.Context(), weekly, week(weeks))
	if err != nil || !again.IsZero() {
		t.Errorf("removed again: %+v, %v", again, err)
	}
}

// TestRetentionLeavesWhatAPullWeighsAgainst: a pull that takes months, as one that
// died before the program was away for long, still holds its values against what
// stood when it began.
func TestRetentionLeavesWhatAPullWeighsAgainst(t *testing.T) {
	o := newOffice(t)
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 100))
	id, _, err := o.db.BeginPull(t.Context(), "share", at(60))
	must(t, err)
	apply(t, o.db, id, book("a.xlsx", at(61), says("cxs", "reg_total", june, 101)))
	_, err = o.db.Retain(t.Context(), store.Retention{VersionMonths: 1}, months(1).AddDate(0, 0, 5))
	must(t, err)
	apply(t, o.db, id, book("a.xlsx", months(1).AddDate(0, 0, 6), says("cxs", "reg_total", june, 300)))
	expect(t, "what waits", o.waits(time.Time{}), "reg_total 2026-06 300 large at a.xlsx!F12")
}

// TestRetentionForEver removes nothing and refuses nothing.
func TestRetentionForEver(t *testing.T) {
	db := mustOpen(t)
	for n := range 5 {
		apply(t, db, 1, numbered(n+1))
	}
	gone, err := db.Retain(t.Context(), store.Retention{}, start.AddDate(30, 0, 0))
	if err != nil || !gone.IsZero() {
		t.Errorf("removed: %+v, %v", gone, err)
	}
	_, err = db.Findings(t.Context(), at(1))
	must(t, err)
}

// The life of the mirror under retentions: a workbook a week, all that is older
// than two months removed behind each.
var weekly = store.Retention{VersionMonths: 2, FindingMonths: 1}

// week is when the workbook number n came.
func week(n int) time.Time { return start.AddDate(0, 0, 7*n) }

// weeklyBook is the workbook of a week: all of its figures are worth n, and none
// of them waits.
func weeklyBook(n int) *store.Reading {
	r := numbered(1000 + n%2)
	for i := range r.Statements {
		r.Statements[i].Value = float64(n)
		r.Statements[i].Period = store.MonthOf(2026, 6)
	}
	r.Workbook.Received, r.Workbook.SHA256 = week(n), strconv.Itoa(n)
	r.Findings = []store.Finding{store.NewFinding("hidden_rows", "报表", "A"+strconv.Itoa(n))}
	return r
}

// openWeekly opens a mirror whose periods never close, so that nothing waits.
func openWeekly(path string) (*sqlite.DB, error) {
	catalogue, err := store.LoadCatalogue()
	if err != nil {
		return nil, err
	}
	for i := range catalogue.Indicators {
		catalogue.Indicators[i].Kind = store.Ratio // no change of one is large
	}
	units := store.NewUnits([]store.Unit{{Code: "cxs", Name: "城西派出所", Kind: store.Station}})
	return sqlite.Open(context.Background(), path, sqlite.Config{Units: units, Catalogue: catalogue})
}

// retainForEver applies workbooks and lets the retention go through the mirror
// behind each.
func retainForEver(path string) error {
	ctx := context.Background()
	db, err := openWeekly(path)
	if err != nil {
		return err
	}
	n, err := weeksIn(ctx, db)
	if err != nil {
		return err
	}
	for n++; ; n++ {
		if _, err := db.Apply(ctx, 1, weeklyBook(n)); err != nil {
			return err
		}
		fmt.Println("begin", n)
		if _, err := db.Retain(ctx, weekly, week(n)); err != nil {
			return err
		}
		fmt.Println("done", n)
	}
}

// weeksIn returns the number of the last workbook in the mirror.
func weeksIn(ctx context.Context, db *sqlite.DB) (int, error) {
	s, err := db.Snapshot(ctx, store.SnapshotRequest{Period: june})
	if err != nil || len(s.Figures) == 0 {
		return 0, err
	}
	return int(s.Figures[0].Value), nil
}

// wantWeeks asks the mirror as of every week that was: a workbook must be there
// whole, or the moment be refused, and only moments that are old enough are.
func wantWeeks(ctx context.Context, db *sqlite.DB, n int) error {
	for i := 1; i <= n; i++ {
		s, err := db.Snapshot(ctx, store.SnapshotRequest{Period: june, AsOf: week(i).Add(time.Hour), WithoutFindings: true})
		if code := store.ErrorCode(err); code == "moment_removed" {
			last, err := weeksIn(ctx, db) // others may have come since
			if err != nil || week(i).After(weekly.KeptFrom(week(last))) {
				return fmt.Errorf("week %d of %d is refused: %w", i, last, err)
			}
			continue
		}
		if err != nil {
			return err
		}
		if len(s.Figures) != statementsEach {
			return fmt.Errorf("week %d of %d: %d figures", i, n, len(s.Figures))
		}
		for _, f := range s.Figures {
			if math.Abs(f.Value-float64(i)) > 0 {
				return fmt.Errorf("week %d of %d: a figure is %v", i, n, f.Value)
			}
		}
	}
	return nil
}

// TestD02_KilledInRetention kills while old versions are removed: every week that
// is not refused is there whole.
func TestD02_KilledInRetention(t *testing.T) {
	if testing.Short() {
		t.Skip("a process of its own, that no race detector sees into")
	}
	random := fateOf(t, 13)
	weeks, halfway, path := 0, 0, ""
	for life := range kills(t) {
		if life%livesEach == 0 {
			path = filepath.Join(t.TempDir(), "mirror.db")
		}
		begun, done := killed(t, "retain", path, random)
		if begun > done {
			halfway++
		}
		db, err := openWeekly(path)
		must(t, err)
		must(t, db.Check(t.Context()))
		n, err := weeksIn(t.Context(), db)
		must(t, err)
		if n < begun || n > max(begun, weeks)+1 && life%livesEach != 0 {
			t.Fatalf("week %d is there, %d was applied", n, begun)
		}
		must(t, wantWeeks(t.Context(), db, n))
		weeks = n
		must(t, db.Close())
	}
	t.Logf("%d lives, %d of them ended in the middle of a retention", kills(t), halfway)
	if halfway == 0 {
		t.Error("no retention was ever interrupted")
	}
}

// TestQ09_RetentionBesideReaders lets readers ask for the present and for weeks of
// the past while workbooks come and old versions go.
func TestQ09_RetentionBesideReaders(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mirror.db")
	db, err := openWeekly(path)
	must(t, err)
	defer func() { must(t, db.Close()) }()
	_, err = db.Apply(t.Context(), 1, weeklyBook(1))
	must(t, err)
	ended := make(chan struct{})
	var group sync.WaitGroup
	errs := make([]error, 3)
	for i := range errs {
		group.Go(func() {
			for asked := 0; ; asked++ {
				select {
				case <-ended:
					return
				default:
				}
				n, err := weeksIn(t.Context(), db)
				if err == nil {
					err = wantWeeks(t.Context(), db, n)
				}
				if errs[i] = errors.Join(errs[i], err); errs[i] != nil {
					return
				}
			}
		})
	}
	removed := 0
	for n := 2; n <= 25; n++ {
		_, err := db.Apply(t.Context(), 1, weeklyBook(n))
		must(t, err)
		gone, err := db.Retain(t.Context(), weekly, week(n))
		must(t, err)
		removed += gone.Versions
	}
	close(ended)
	group.Wait()
	must(t, errors.Join(errs...))
	if removed == 0 {
		t.Error("nothing was ever removed")
	}
}
