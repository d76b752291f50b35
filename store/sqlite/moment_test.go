package sqlite_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jindu/store"
	"jindu/store/sqlite"
)

// pathsUnderTest are few, so that files meet.
var pathsUnderTest = []string{"a.xlsx", "b.xlsx", "c.xlsx"}

// version is what one version of a file says.
type version struct {
	path       string
	statements []store.Statement
	ledger     ledgerSheet
	aside      []store.Key // whose cells could not be read
	hidden     bool        // has hidden rows, which is a finding
}

// reading makes the version the reading of a workbook. Its bytes, and so its
// hash, follow from all that it says.
func (v version) reading(now time.Time) *store.Reading {
	r := book(v.path, now, v.statements...)
	sum := sha256.Sum256(fmt.Append(nil, v))
	r.Workbook.SHA256 = hex.EncodeToString(sum[:])
	r.Records, r.Tallies, r.Tasks, r.Cases = v.ledger.records, v.ledger.tallies, v.ledger.tasks, v.ledger.cases
	if v.hidden {
		r.Findings = append(r.Findings, store.NewFinding("hidden_rows", "报表", "A4"))
	}
	r.SetAside = v.aside
	for _, k := range v.aside {
		r.Workbook.Verdict = store.Partly
		f := store.NewFinding("not_a_number", "报表", "F9", "约5")
		f.Unit, f.Indicator, f.Period = k.Unit, k.Indicator, k.Period
		r.Findings = append(r.Findings, f)
	}
	return r
}

// drawAside draws figures that the version does not state because their cells
// could not be read; mostly none.
func drawAside(t *rapid.T, stated []store.Statement) []store.Key {
	var left []store.Key
	for _, k := range keysUnderTest() {
		if !slices.ContainsFunc(stated, func(s store.Statement) bool { return s.Key == k }) {
			left = append(left, k)
		}
	}
	if len(left) == 0 || rapid.IntRange(0, 2).Draw(t, "partial") > 0 {
		return nil
	}
	return rapid.SliceOfNDistinct(rapid.SampledFrom(left), 1, min(3, len(left)), rapid.ID[store.Key]).Draw(t, "aside")
}

// apply takes a version in.
func (h *history) apply(t *rapid.T, action string, v version) {
	h.tell(action, v.path, v.statements...)
	for _, k := range v.aside {
		h.story = append(h.story, fmt.Sprintf("  %v aside", k))
	}
	r := v.reading(h.now)
	if _, err := h.db.Apply(t.Context(), h.model.pull, r); err != nil {
		t.Fatal(err)
	}
	h.model.apply(v, r.Workbook.SHA256, h.now)
	h.said = append(h.said, v)
}

// pull ends the pull under way and begins the next one.
func (h *history) pull(t *rapid.T) {
	h.tell("pull", "")
	err := h.db.FinishPull(t.Context(), store.Pull{ID: h.model.pull, Source: "share", Started: h.now, Ended: h.now, Listed: 3})
	h.now = h.now.Add(time.Minute)
	id, errBegin := h.begin(t)
	if err := errors.Join(err, errBegin); err != nil {
		t.Fatal(err)
	}
	h.model.pull = id
	h.model.began = maps.Clone(h.model.figures)
}

func (h *history) begin(t *rapid.T) (int64, error) {
	id, _, err := h.db.BeginPull(t.Context(), "share", h.now)
	return id, err
}

// rename moves a file to a name that was never used.
func (h *history) rename(t *rapid.T) {
	from := rapid.SampledFrom(pathsUnderTest).Draw(t, "from")
	if f := h.model.files[from]; f == nil || !f.live {
		t.Skip("there is no such file")
	}
	to := fmt.Sprintf("moved %d.xlsx", len(h.story))
	h.tell("rename", from+" to "+to)
	if err := h.db.Rename(t.Context(), "share", from, to, h.now); err != nil {
		t.Fatal(err)
	}
	h.model.rename(from, to)
}

// rules ends the program and starts it again with other rules, which the next
// pull applies. They only tell: no figure changes.
func (h *history) rules(t *rapid.T) {
	h.tell("rules", "")
	h.cfg.Catalogue, h.other = h.other, h.cfg.Catalogue
	err := h.db.Close()
	db, errOpen := sqlite.Open(t.Context(), h.path, h.cfg)
	if err := errors.Join(err, errOpen); err != nil {
		t.Fatal(err)
	}
	h.db = db
}

// remark notes, or notes no more, what is wrong with the source itself.
func (h *history) remark(t *rapid.T) {
	h.tell("remark", "")
	var found []store.Finding
	for _, path := range rapid.SliceOfDistinct(rapid.SampledFrom(pathsUnderTest), rapid.ID[string]).Draw(t, "files") {
		f := store.NewFinding("vanished", "", "", path)
		f.Path = path
		found = append(found, f)
	}
	if err := h.db.Note(t.Context(), "share", h.now, found); err != nil {
		t.Fatal(err)
	}
}

// moment is all that the mirror answers as of a moment. Lists that a snapshot
// takes out with the very query that the list itself uses are asked with it.
type moment struct {
	at           time.Time
	turn         int // whose versions were asked for
	snapshot     *store.SnapshotData
	figures      []store.Figure
	ledgers      ledgerSheet
	versions     []store.Figure
	waits        []store.Pending
	acknowledged []store.Acknowledgement
	series       store.Series
}

// ask asks everything as of a moment, or now. The versions of one figure are
// asked for, which one changes from turn to turn.
func (h *history) ask(t *rapid.T, asOf time.Time, turn int) moment {
	keys := keysUnderTest()
	k := keys[turn%len(keys)]
	m := moment{turn: turn, snapshot: h.snapshot(t, asOf), ledgers: h.listed(t, asOf)}
	var errs [5]error
	m.figures, errs[0] = h.db.Figures(t.Context(), sqlite.FigureQuery{AsOf: asOf})
	m.versions, errs[1] = h.db.Versions(t.Context(), k, asOf)
	m.waits, errs[2] = h.db.Waits(t.Context(), k, asOf)
	m.acknowledged, errs[3] = h.db.Acknowledgements(t.Context(), store.Key{}, asOf)
	m.series, errs[4] = h.db.Series(t.Context(), store.DistrictCode, "seized_total_g", june, 3, asOf)
	if err := errors.Join(errs[:]...); err != nil {
		t.Fatal(err)
	}
	return m
}

// compare asks the moment again and compares answer by answer. One as of which
// not everything is kept any more must be refused.
func (h *history) compare(t *rapid.T, then moment) {
	if then.at.Before(h.gone.KeptFrom) {
		h.wantRefused(t, then, "moment_removed")
		return
	}
	now := h.ask(t, then.at, then.turn)
	if then.at.Before(h.gone.FindingsFrom) {
		h.wantRefused(t, then, "findings_removed")
		then.snapshot.Findings = nil
	}
	compareFields(t, then.at, h.story, *now.snapshot, *then.snapshot)
	if !h.gone.KeptFrom.IsZero() { // what came before a moment may have gone by now
		then.versions = stillKept(then.versions, now.versions, func(f store.Figure) int { return f.Version })
		then.waits = stillKept(then.waits, now.waits, func(p store.Pending) string { return fmt.Sprint(p) })
	}
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"figures", now.figures, then.figures},
		{"records", now.ledgers.records, then.ledgers.records},
		{"tallies", now.ledgers.tallies, then.ledgers.tallies},
		{"tasks", now.ledgers.tasks, then.ledgers.tasks},
		{"cases", now.ledgers.cases, then.ledgers.cases},
		{"versions", now.versions, then.versions},
		{"waits", now.waits, then.waits},
		{"acknowledged", now.acknowledged, then.acknowledged},
		{"series", now.series, then.series},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			differs(t, then.at, c.what, c.got, c.want, h.story)
		}
	}
}

// stillKept returns those of then that there still are.
func stillKept[T any, K comparable](then, now []T, key func(T) K) []T {
	there := map[K]bool{}
	for _, one := range now {
		there[key(one)] = true
	}
	out := slices.DeleteFunc(slices.Clone(then), func(one T) bool { return !there[key(one)] })
	if len(out) == 0 && now == nil {
		return nil
	}
	return out
}

// compareFields compares two snapshots field by field, so that a failure names the field.
func compareFields(t *rapid.T, at time.Time, story []string, got, want store.SnapshotData) {
	a, b := reflect.ValueOf(got), reflect.ValueOf(want)
	for i := range a.NumField() {
		if !reflect.DeepEqual(a.Field(i).Interface(), b.Field(i).Interface()) {
			differs(t, at, a.Type().Field(i).Name, a.Field(i), b.Field(i), story)
		}
	}
}

func differs(t *rapid.T, at time.Time, what string, got, want any, story []string) {
	t.Fatalf("as of %s, %s:\n got %+v\nthen %+v\n%s", at.Format(time.DateTime), what, got, want, strings.Join(story, "\n"))
}

// TestEveryMomentAnswersWhatItAnsweredThen takes mirrors through random
// histories beside a naive model and asks every moment again at the end. How
// many, and from which seed, -rapid.checks and -rapid.seed say.
func TestEveryMomentAnswersWhatItAnsweredThen(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	cfg := config(t)
	cfg.Settings.Campaigns = []store.Campaign{{
		Code: "strike", From: store.NewDate(2026, 4, 1), To: store.NewDate(2026, 12, 31),
		Indicators: []string{"seized_total_g", "case_criminal"},
	}}
	other := ruleConfig(t, 0, rule(t, "less_than_registered", "seized_total_g", store.AtMost, "reg_total", store.Low)).Catalogue
	folder, n, told := t.TempDir(), 0, map[string]int{}
	empty := emptyMirror(t, cfg)
	t.Cleanup(func() { t.Logf("%d histories: %v", n, told) })
	rapid.Check(t, func(t *rapid.T) {
		n++
		h := &history{path: filepath.Join(folder, "mirror.db"), cfg: cfg, other: other, now: start, model: newModel(cfg.Settings), told: told}
		h.cfg.Acks = filepath.Join(folder, "mirror.ack.db")
		err := os.WriteFile(h.path, empty, 0o600)
		db, errOpen := sqlite.Open(t.Context(), h.path, h.cfg)
		if err := errors.Join(err, errOpen); err != nil {
			t.Fatal(err)
		}
		h.db = db
		defer func() {
			if err := errors.Join(h.db.Close(), emptied(folder)); err != nil {
				t.Error(err)
			}
		}()
		if id, err := h.begin(t); err != nil || id != h.model.pull {
			t.Fatalf("first pull %d, %v", id, err)
		}
		t.Repeat(h.actions())
		for _, then := range h.then {
			h.compare(t, then)
		}
	})
}

// emptyMirror returns the bytes of a mirror that knows nothing: making its
// tables anew for every history would take longer than the history.
func emptyMirror(tb testing.TB, cfg sqlite.Config) []byte {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "empty.db")
	db, err := sqlite.Open(tb.Context(), path, cfg)
	must(tb, err)
	must(tb, db.Close())
	all, err := os.ReadFile(path)
	must(tb, err)
	return all
}

// emptied leaves the folder empty for the next history.
func emptied(folder string) error {
	entries, err := os.ReadDir(folder)
	for _, e := range entries {
		err = errors.Join(err, os.RemoveAll(filepath.Join(folder, e.Name())))
	}
	return err
}
