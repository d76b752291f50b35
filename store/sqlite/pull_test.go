package sqlite_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"jindu/store"
)

// pull runs a pull that finds nothing new.
func pull(tb testing.TB, begin func(context.Context, string, time.Time) (int64, bool, error), finish func(context.Context, store.Pull) error, source string, minute int, failure string) (initial bool) {
	tb.Helper()
	id, initial, err := begin(tb.Context(), source, at(minute))
	must(tb, err)
	must(tb, finish(tb.Context(), store.Pull{ID: id, Source: source, Started: at(minute), Ended: at(minute).Add(time.Second), Listed: 3, Unchanged: 3, Error: failure}))
	return initial
}

func TestPullsAreInitialUntilOneEndedWell(t *testing.T) {
	db := mustOpen(t)
	_, initial, err := db.BeginPull(t.Context(), "share", at(0)) // and the program dies
	must(t, err)
	got := []bool{initial}
	for i, failure := range []string{"no folder", "", "no folder", ""} {
		got = append(got, pull(t, db.BeginPull, db.FinishPull, "share", i+1, failure))
	}
	got = append(got, pull(t, db.BeginPull, db.FinishPull, "other", 9, ""))
	if want := []bool{true, true, true, false, false, true}; !slices.Equal(got, want) {
		t.Errorf("initial: %v, want %v", got, want)
	}
}

func TestPullThatChangesNothingIsOnlyALook(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, book("a.xlsx", at(0), says("cxs", "reg_total", june, 5)))
	before := snapshot(t, db, time.Time{})
	pull(t, db.BeginPull, db.FinishPull, "share", 1, "")
	pull(t, db.BeginPull, db.FinishPull, "share", 11, "")
	after := snapshot(t, db, time.Time{})
	if before.Version != after.Version {
		t.Errorf("version went from %d to %d", before.Version, after.Version)
	}
	if len(after.Pulls) != 2 || !after.Pulls[0].Started.Equal(at(11)) || after.Pulls[0].Unchanged != 3 {
		t.Errorf("pulls: %+v", after.Pulls)
	}
	if then := snapshot(t, db, at(5)); len(then.Pulls) != 1 || !then.Pulls[0].Started.Equal(at(1)) {
		t.Errorf("pulls as of then: %+v", then.Pulls)
	}
}

func TestPullsListed(t *testing.T) {
	db := mustOpen(t)
	const many = 503
	pull(t, db.BeginPull, db.FinishPull, "share", 0, "")
	for i := 1; i < many; i++ {
		pull(t, db.BeginPull, db.FinishPull, "share", i, "no folder")
	}
	pull(t, db.BeginPull, db.FinishPull, "other", many, "")
	all, err := db.Pulls(t.Context(), time.Time{}, 1000)
	must(t, err)
	if len(all) != many+1 || all[0].Source != "other" || all[1].Source != "share" || !all[1].Started.Equal(at(many-1)) {
		t.Errorf("%d pulls, first %+v", len(all), all[:2])
	}
	if pull(t, db.BeginPull, db.FinishPull, "share", many+1, "") {
		t.Error("the first pull that ended well was forgotten")
	}
	if few, err := db.Pulls(t.Context(), time.Time{}, 10); err != nil || len(few) != 12 {
		t.Errorf("%d pulls of 10 and the latest of two sources, %v", len(few), err)
	}
}

// TestPullsOfThenAreTheLatestOfThen: half a week of pulls later, a source that was
// looked at in time then must not have gone stale.
func TestPullsOfThenAreTheLatestOfThen(t *testing.T) {
	cfg := config(t)
	cfg.Settings.Sources = []store.SourceSetting{{Name: "share", Interval: 10 * time.Minute}}
	db := mustOpenAt(t, filepath.Join(t.TempDir(), "mirror.db"), cfg)
	apply(t, db, 1, book("a.xlsx", at(0), says("cxs", "reg_total", june, 5)))
	const then = 100
	for i := range 700 {
		pull(t, db.BeginPull, db.FinishPull, "share", 10*i, "")
	}
	s := snapshot(t, db, at(10*then+5))
	if len(s.Pulls) == 0 || !s.Pulls[0].Started.Equal(at(10*then)) {
		t.Errorf("the latest of then: %+v", s.Pulls[:min(1, len(s.Pulls))])
	}
	if f := store.NewSnapshot(s).Figures; len(f) != 1 || store.NewSnapshot(s).Line("cxs", "reg_total").State != store.Fresh {
		t.Errorf("the figure of then is %v", store.NewSnapshot(s).Line("cxs", "reg_total").State)
	}
}

func TestStampsAreOfTheSourceAsked(t *testing.T) {
	db := mustOpen(t)
	r := book("a.xlsx", at(1), says("cxs", "reg_total", june, 5))
	out := apply(t, db, 1, r)
	other := book("a.xlsx", at(2), says("cds", "reg_total", june, 6))
	other.Workbook.Source = "other"
	apply(t, db, 2, other)
	apply(t, db, 3, refused("b.xlsx", at(3)))
	stamps, err := db.Stamps(t.Context(), "share")
	must(t, err)
	want := store.Stamp{Workbook: out.Workbook, SHA256: r.Workbook.SHA256, Size: r.Workbook.Size, Modified: at(-59), Verdict: store.Accepted, Live: true}
	if len(stamps) != 2 || stamps["a.xlsx"] != want || stamps["b.xlsx"].Verdict != store.Rejected {
		t.Errorf("stamps %+v", stamps)
	}
}

func TestNotesOfASource(t *testing.T) {
	db := mustOpen(t)
	vanished := store.NewFinding("vanished", "", "", "12")
	uploading := store.NewFinding("uploading", "", "")
	uploading.Path = "城西所.xlsx"
	must(t, db.Note(t.Context(), "share", at(1), []store.Finding{vanished, uploading}))
	version := snapshot(t, db, time.Time{}).Version
	must(t, db.Note(t.Context(), "share", at(11), []store.Finding{vanished, uploading}))
	s := snapshot(t, db, time.Time{})
	if s.Version != version || len(s.Findings) != 2 || !s.Findings[0].KnownFrom.Equal(at(1)) {
		t.Errorf("version %d, then %d: %+v", version, s.Version, s.Findings)
	}
	expect(t, "uploading", open(t, db, "uploading"), "城西所.xlsx  []")
	must(t, db.Note(t.Context(), "share", at(21), nil))
	if s = snapshot(t, db, time.Time{}); len(s.Findings) != 0 || s.Version == version {
		t.Errorf("findings stay open: %+v", s.Findings)
	}
	if s = snapshot(t, db, at(15)); len(s.Findings) != 2 {
		t.Errorf("findings as of then: %+v", s.Findings)
	}
}

func TestUnderstanding(t *testing.T) {
	db := mustOpen(t)
	for _, want := range []string{"", "one", "two"} {
		if want != "" {
			must(t, db.Understood(t.Context(), "share", want))
		}
		got, err := db.Understanding(t.Context(), "share")
		must(t, err)
		expect(t, "understanding", got, want)
	}
}

func TestCancelledBeforeItBegins(t *testing.T) {
	db := mustOpen(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := db.Apply(ctx, 1, book("a.xlsx", at(1))); !errors.Is(err, context.Canceled) {
		t.Errorf("apply: %v", err)
	}
	if _, err := db.Snapshot(ctx, store.SnapshotRequest{}); !errors.Is(err, context.Canceled) {
		t.Errorf("snapshot: %v", err)
	}
}

// TestD10_ReadersSeeWholeWorkbooks reads beside a writer: no reader is ever turned
// away, and none sees half a workbook. JINDU_READERS and JINDU_READ_FOR make it
// larger and longer.
func TestD10_ReadersSeeWholeWorkbooks(t *testing.T) {
	readers, until := 8, time.Time{}
	if n, err := strconv.Atoi(os.Getenv("JINDU_READERS")); err == nil {
		readers = n
	}
	if d, err := time.ParseDuration(os.Getenv("JINDU_READ_FOR")); err == nil {
		until = time.Now().Add(d)
	}
	db := mustOpen(t)
	apply(t, db, 1, numbered(1))
	done := make(chan error, readers)
	stop := make(chan struct{})
	var reads atomic.Int64
	for range readers {
		go func() {
			for {
				worth, err := worthNow(db)
				if err == nil && worth == 0 {
					err = errors.New("nothing is there")
				}
				reads.Add(1)
				select {
				case <-stop:
					done <- err
					return
				default:
					if err != nil {
						done <- err
						return
					}
				}
			}
		}()
	}
	n := 2
	for ; n < 30 || time.Now().Before(until); n++ {
		apply(t, db, 1, numbered(n))
	}
	close(stop)
	for range readers {
		must(t, <-done)
	}
	t.Logf("%d snapshots by %d readers beside %d workbooks", reads.Load(), readers, n-1)
}
