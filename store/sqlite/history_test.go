package sqlite_test

import (
	"fmt"
	"maps"
	"math"
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

// model is the mirror as simply as it can be said: every file with what it
// states, and every figure that stands. It keeps no history.
type model struct {
	files   map[string]*modelFile
	figures map[store.Key]modelFigure
	began   map[store.Key]modelFigure // what stood when the pull began
	pull    int64
	seq     int64
}

type modelFile struct {
	id     int64
	live   bool
	claims map[store.Key]store.Claim
	ledger modelLedger
}

type modelFigure struct {
	value   float64
	na      bool
	suspect bool
}

func (m *model) apply(path string, statements []store.Statement, l ledgerSheet) {
	f := m.files[path]
	if f == nil {
		f = &modelFile{id: int64(len(m.files) + 1)}
		m.files[path] = f
	}
	m.seq++
	f.ledger.replace(l, fmt.Sprint(statements), f.live, m.seq)
	f.live = true
	touched := map[store.Key]bool{}
	claims := map[store.Key]store.Claim{}
	for k := range f.claims {
		touched[k] = true
	}
	for _, s := range statements {
		touched[s.Key] = true
		c := store.Claim{Statement: s, File: f.id, Live: true, Pull: m.pull, Since: time.Unix(m.seq, 0)}
		if old, ok := f.claims[s.Key]; ok && old.Same(s) && old.Own == s.Own {
			c.Pull, c.Since = old.Pull, old.Since
		}
		claims[s.Key] = c
	}
	f.claims = claims
	m.resolve(touched)
}

func (m *model) gone(path string) {
	f := m.files[path]
	f.live = false
	touched := map[store.Key]bool{}
	for k := range f.claims {
		for _, o := range m.files {
			if _, ok := o.claims[k]; ok && o.live {
				touched[k] = true
			}
		}
	}
	m.resolve(touched)
}

func (m *model) resolve(touched map[store.Key]bool) {
	for k := range touched {
		var claims []store.Claim
		live := false
		for _, path := range slices.Sorted(maps.Keys(m.files)) {
			f := m.files[path]
			if c, ok := f.claims[k]; ok {
				c.Live = f.live
				claims = append(claims, c)
				live = live || c.Own && c.Live
			}
		}
		res := store.Resolve(claims)
		switch {
		case res.Conflict():
			// The agreed value is that of before the pull if this pull changed it.
			began, ok := m.began[k]
			if _, stands := m.figures[k]; stands && ok {
				m.figures[k] = began
			} else {
				delete(m.figures, k)
			}
			continue
		case res.Winner < 0:
			delete(m.figures, k)
			delete(m.began, k) // taken back: not agreed any more
			continue
		}
		w := claims[res.Winner]
		m.figures[k] = modelFigure{w.Value, w.NotApplicable, w.Suspect}
		for _, f := range m.files {
			if c, ok := f.claims[k]; live && ok && c.Own && !f.live {
				delete(f.claims, k)
			}
		}
	}
}

// history is a mirror and its model on their way through a random history.
type history struct {
	db    *sqlite.DB
	model *model
	now   time.Time
	then  map[time.Time]*store.SnapshotData
	lists map[time.Time]ledgerSheet // what the lists said
	story []string                  // what happened, for the one who reads a failure
}

// tell notes what happened.
func (h *history) tell(action, path string, statements ...store.Statement) {
	h.story = append(h.story, fmt.Sprintf("%s %s %s", h.now.Format(time.TimeOnly), action, path))
	for _, s := range statements {
		h.story = append(h.story, fmt.Sprintf("  %v = %v, na %v, own %v, suspect %v", s.Key, s.Value, s.NotApplicable, s.Own, s.Suspect))
	}
}

// storyOf returns what happened to one figure.
func (h *history) storyOf(k store.Key) string {
	lines := slices.DeleteFunc(slices.Clone(h.story), func(line string) bool {
		return line[0] == ' ' && !strings.Contains(line, fmt.Sprint(k))
	})
	return strings.Join(lines, "\n")
}

// keysUnderTest have fractions to add up, a tree and more than one month.
func keysUnderTest() []store.Key {
	var out []store.Key
	for _, unit := range []string{"cxs", "dhj", "dh1", "dh2"} {
		for _, p := range []store.Period{june, may} {
			out = append(out, store.Key{Unit: unit, Indicator: "seized_total_g", Period: p})
		}
	}
	return append(out, store.Key{Unit: "cxs", Indicator: "clean3y_rate", Period: store.Period{Kind: store.Quarter, Year: 2026, N: 2}})
}

func drawStatements(t *rapid.T) []store.Statement {
	keys := rapid.SliceOfDistinct(rapid.SampledFrom(keysUnderTest()), func(k store.Key) store.Key { return k }).Draw(t, "keys")
	out := make([]store.Statement, len(keys))
	for i, k := range keys {
		out[i] = says(k.Unit, k.Indicator, k.Period, rapid.SampledFrom([]float64{0, 0.1, 0.2, 0.3, 1e15 / 3, -0.7}).Draw(t, "value"))
		out[i].Own = rapid.Bool().Draw(t, "own")
		out[i].NotApplicable = rapid.IntRange(0, 9).Draw(t, "na") == 0
		out[i].Suspect = rapid.IntRange(0, 9).Draw(t, "suspect") == 0
		out[i].Cell.Ref = fmt.Sprintf("F%d", 10+i)
		if out[i].NotApplicable {
			out[i].Value = 0
		}
	}
	return out
}

func (h *history) actions() map[string]func(*rapid.T) {
	paths := rapid.SampledFrom([]string{"a.xlsx", "b.xlsx", "c.xlsx"})
	return map[string]func(*rapid.T){
		"pull": func(*rapid.T) {
			h.tell("pull", "")
			h.model.pull++
			h.model.began = maps.Clone(h.model.figures)
		},
		"apply": func(t *rapid.T) {
			path, statements, l := paths.Draw(t, "path"), drawStatements(t), drawLedger(t)
			h.tell("apply", path, statements...)
			r := book(path, h.now, statements...)
			r.Records, r.Tallies = l.records, l.tallies
			if _, err := h.db.Apply(t.Context(), h.model.pull, r); err != nil {
				t.Fatal(err)
			}
			h.model.apply(path, statements, l)
		},
		"refuse": func(t *rapid.T) {
			path := paths.Draw(t, "path")
			if h.model.files[path] == nil {
				t.Skip("there is no such file")
			}
			h.tell("refuse", path)
			if _, err := h.db.Apply(t.Context(), h.model.pull, refused(path, h.now)); err != nil {
				t.Fatal(err)
			}
			h.model.files[path].live = true
			h.model.files[path].ledger.said = "refused"
		},
		"gone": func(t *rapid.T) {
			path := paths.Draw(t, "path")
			if f := h.model.files[path]; f == nil || !f.live {
				t.Skip("there is no such file")
			}
			h.tell("gone", path)
			if err := h.db.Gone(t.Context(), h.model.pull, "share", []string{path}, h.now); err != nil {
				t.Fatal(err)
			}
			h.model.gone(path)
		},
		"": h.check,
	}
}

// check compares the mirror with the model and remembers what it shows.
func (h *history) check(t *rapid.T) {
	s := h.snapshot(t, time.Time{})
	for _, k := range keysUnderTest() {
		want, stands := h.model.figures[k]
		all, err := h.db.Figures(t.Context(), sqlite.FigureQuery{Units: []string{k.Unit}, Periods: []store.Period{k.Period}})
		if err != nil {
			t.Fatal(err)
		}
		if len(all) == 0 {
			if stands {
				t.Fatalf("%v: no figure, want %+v\n%s", k, want, h.storyOf(k))
			}
			continue
		}
		f := all[0]
		if !stands || math.Float64bits(f.Value) != math.Float64bits(want.value) || f.NotApplicable != want.na || f.Suspect != want.suspect {
			t.Fatalf("%v: got %v, want %+v, which stands: %v\n%s", k, f.Value, want, stands, h.storyOf(k))
		}
	}
	h.checkLedgers(t)
	h.then[h.now] = s
	h.now = h.now.Add(time.Minute)
}

// snapshot takes June as of the moment; what a snapshot says of its request
// and of later commits is left out.
func (h *history) snapshot(t *rapid.T, asOf time.Time) *store.SnapshotData {
	now := h.now
	if !asOf.IsZero() {
		now = asOf
	}
	s, err := h.db.Snapshot(t.Context(), store.SnapshotRequest{Period: june, AsOf: asOf, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	s.Request, s.Version = store.SnapshotRequest{}, 0
	return s
}

// TestEveryMomentAnswersWhatItAnsweredThen takes mirrors through random
// histories beside a naive model and asks every moment again at the end.
func TestEveryMomentAnswersWhatItAnsweredThen(t *testing.T) {
	cfg := config(t)
	folder, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		db, err := sqlite.Open(t.Context(), filepath.Join(folder, fmt.Sprint(n)), cfg)
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		}()
		h := &history{db: db, now: start, then: map[time.Time]*store.SnapshotData{}, lists: map[time.Time]ledgerSheet{}}
		h.model = &model{files: map[string]*modelFile{}, figures: map[store.Key]modelFigure{}, began: map[store.Key]modelFigure{}, pull: 1}
		t.Repeat(h.actions())
		for _, moment := range slices.SortedFunc(maps.Keys(h.then), time.Time.Compare) {
			compareSnapshots(t, moment, h.snapshot(t, moment), h.then[moment])
			if got := h.listed(t, moment); !reflect.DeepEqual(got, h.lists[moment]) {
				t.Fatalf("as of %s:\n got %+v\nthen %+v", moment.Format(time.TimeOnly), got, h.lists[moment])
			}
		}
	})
}

// compareSnapshots compares two snapshots field by field, so that a failure names the field.
func compareSnapshots(t *rapid.T, moment time.Time, got, want *store.SnapshotData) {
	a, b := reflect.ValueOf(*got), reflect.ValueOf(*want)
	for i := range a.NumField() {
		if !reflect.DeepEqual(a.Field(i).Interface(), b.Field(i).Interface()) {
			t.Fatalf("as of %s, %s:\n got %+v\nthen %+v", moment.Format(time.TimeOnly), a.Type().Field(i).Name, a.Field(i), b.Field(i))
		}
	}
}
