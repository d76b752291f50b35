package sqlite_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"jindu/store"
	"jindu/store/sqlite"
)

// history is a mirror and its model on their way through a random history.
type history struct {
	db    *sqlite.DB
	path  string
	cfg   sqlite.Config    // with the path of the acknowledgements
	other *store.Catalogue // with other rules than those in force
	model *model
	now   time.Time
	said  []version      // every version of every file, in their order
	then  []moment       // what was answered, in the order of the moments
	gone  store.Removal  // from when on everything is kept
	told  map[string]int // how often what happened, over all histories
	story []string       // what happened, for the one who reads a failure
}

// tell notes what happened.
func (h *history) tell(action, path string, statements ...store.Statement) {
	first, _, _ := strings.Cut(action, " {")
	h.told[first]++
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
	return append(out,
		store.Key{Unit: "cxs", Indicator: "reg_total", Period: june},
		store.Key{Unit: "cxs", Indicator: "clean3y_rate", Period: store.Period{Kind: store.Quarter, Year: 2026, N: 2}})
}

func drawStatements(t *rapid.T) []store.Statement {
	keys := rapid.SliceOfDistinct(rapid.SampledFrom(keysUnderTest()), func(k store.Key) store.Key { return k }).Draw(t, "keys")
	out := make([]store.Statement, len(keys))
	for i, k := range keys {
		out[i] = says(k.Unit, k.Indicator, k.Period, rapid.SampledFrom([]float64{0, 0.1, 0.2, 0.3, 1e15 / 3, -0.7, 100, 115, 130}).Draw(t, "value"))
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
	paths := rapid.SampledFrom(pathsUnderTest)
	return map[string]func(*rapid.T){
		"pull": h.pull,
		"apply": func(t *rapid.T) {
			v := version{path: paths.Draw(t, "path"), statements: drawStatements(t), ledger: drawLedger(t)}
			v.aside = drawAside(t, v.statements)
			v.hidden = rapid.Bool().Draw(t, "hidden rows")
			h.apply(t, "apply", v)
		},
		"revert": func(t *rapid.T) {
			if len(h.said) == 0 {
				t.Skip("nothing was ever said")
			}
			h.apply(t, "revert", rapid.SampledFrom(h.said).Draw(t, "version"))
		},
		"copy": func(t *rapid.T) {
			if len(h.said) == 0 {
				t.Skip("nothing was ever said")
			}
			v := rapid.SampledFrom(h.said).Draw(t, "version")
			v.path = paths.Draw(t, "path")
			h.apply(t, "copy", v)
		},
		"rename": h.rename,
		"rules":  h.rules,
		"remark": h.remark,
		"refuse": func(t *rapid.T) {
			path := paths.Draw(t, "path")
			if h.model.files[path] == nil {
				t.Skip("there is no such file")
			}
			h.tell("refuse", path)
			if _, err := h.db.Apply(t.Context(), h.model.pull, refused(path, h.now)); err != nil {
				t.Fatal(err)
			}
			f := h.model.files[path]
			f.live, f.sha = true, "" // another version came between
			f.ledger.said = "refused"
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
			h.model.gone(path, h.now)
		},
		"wait": func(t *rapid.T) {
			h.now = h.now.AddDate(0, 0, rapid.IntRange(1, 20).Draw(t, "days"))
			h.tell("wait", "")
		},
		"decide": h.decide,
		"choose": h.choose,
		"note":   h.note,
		"retain": h.retain,
		"":       h.check,
	}
}

// decide lets an officer accept or reject one of the values that wait.
func (h *history) decide(t *rapid.T) {
	all, err := h.db.Pending(t.Context(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Skip("nothing waits")
	}
	p := rapid.SampledFrom(all).Draw(t, "pending")
	stood, ok := value(t, h.db, p.Key, time.Time{})
	if !ok {
		t.Fatalf("%v waits beside nothing", p.Key)
	}
	h.acknowledge(t, store.Acknowledgement{
		Key:      p.Key,
		Matter:   store.PendingMatter,
		Decision: rapid.SampledFrom([]store.Decision{store.Accept, store.Reject}).Draw(t, "decision"),
		Wait:     p.Why,
		Decided:  store.Stated{Number: p.Number(), Cell: p.Cell, Received: p.Received},
		Stood:    store.Stated{Number: stood.Number(), Cell: stood.Cell, Received: stood.Received},
	})
}

// choose lets an officer choose one of the files that contradict each other.
func (h *history) choose(t *rapid.T) {
	conflicts := h.snapshot(t, time.Time{}).Conflicts
	if len(conflicts) == 0 {
		t.Skip("nothing contradicts")
	}
	k := rapid.SampledFrom(conflicts).Draw(t, "conflict")
	docket, err := h.db.Docket(t.Context(), k)
	if err != nil {
		t.Fatal(err)
	}
	all := docket.Contenders
	i := rapid.IntRange(0, len(all)-1).Draw(t, "file")
	a := store.Acknowledgement{Key: k, Matter: store.ConflictMatter, Decision: store.Accept, Decided: all[i]}
	for _, other := range all {
		if other.Number != all[i].Number {
			a.Others = append(a.Others, other.Number)
		}
	}
	h.acknowledge(t, a)
}

// note lets an officer take note of a figure as it stands.
func (h *history) note(t *rapid.T) {
	all, err := h.db.Figures(t.Context(), sqlite.FigureQuery{})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Skip("nothing stands")
	}
	f := rapid.SampledFrom(all).Draw(t, "figure")
	stands := store.Stated{Number: f.Number(), Cell: f.Cell, Received: f.Received}
	h.acknowledge(t, store.Acknowledgement{Key: f.Key, Matter: store.CorrectionMatter, Decision: store.Accept, Decided: stands})
}

// acknowledge enters a decision beside the mirror and takes it in.
func (h *history) acknowledge(t *rapid.T, a store.Acknowledgement) {
	a.Reason, a.By, a.At = "电话核实", "值班员", h.now
	h.tell(fmt.Sprint(a.Matter, " ", a.Decision, " ", a.Key, " ", a.Decided.Number), a.Decided.Cell.Path)
	acks, err := sqlite.OpenAcks(t.Context(), h.cfg.Acks)
	if err != nil {
		t.Fatal(err)
	}
	_, err = adds(t.Context(), acks, a)
	n, errReplay := h.db.Replay(t.Context(), h.now)
	if err := errors.Join(err, acks.Close(), errReplay); err != nil || n != 1 {
		t.Fatalf("%d decisions taken in: %v", n, err)
	}
	h.model.acknowledge(a, h.now)
}

// check compares the mirror with the model and remembers what it shows.
func (h *history) check(t *rapid.T) {
	m := h.ask(t, time.Time{}, len(h.then))
	figures := map[store.Key]store.Figure{}
	for _, f := range m.figures {
		figures[f.Key] = f
	}
	for _, k := range keysUnderTest() {
		want, stands := h.model.figures[k]
		f, ok := figures[k]
		if !ok && !stands {
			continue
		}
		if !ok || !stands || math.Float64bits(f.Value) != math.Float64bits(want.value) || f.NotApplicable != want.na || f.Suspect != want.suspect {
			t.Fatalf("%v: got %v, which stands: %v, want %+v, which stands: %v\n%s", k, f.Value, ok, want, stands, h.storyOf(k))
		}
	}
	h.checkLedgers(t, m.ledgers)
	h.checkShelves(t, m)
	h.checkPending(t, m.snapshot)
	m.at = h.now
	h.then = append(h.then, m)
	h.now = h.now.Add(time.Minute)
}

// checkPending compares what waits with the model.
func (h *history) checkPending(t *rapid.T, s *store.SnapshotData) {
	got := map[store.Key]modelPending{}
	for _, p := range s.Pending {
		got[p.Key] = modelPending{modelFigure{value: p.Value, na: p.NotApplicable, suspect: p.Suspect, sha: p.Cell.SHA256}, p.Why}
	}
	for _, k := range keysUnderTest() {
		want, waits := h.model.pending[k]
		want.pull, want.book = 0, 0
		if p, ok := got[k]; ok != waits || p != want {
			t.Fatalf("%v: got pending %+v, want %+v, which waits: %v\n%s", k, p, want, waits, h.storyOf(k))
		}
	}
	if len(got) != len(h.model.pending) {
		t.Fatalf("%d wait, want %d", len(got), len(h.model.pending))
	}
}

// snapshot takes June as of the moment; what a snapshot says of its request,
// of the rules in force and of later commits is left out.
func (h *history) snapshot(t *rapid.T, asOf time.Time) *store.SnapshotData {
	now := h.now
	if !asOf.IsZero() {
		now = asOf
	}
	bare := !asOf.IsZero() && asOf.Before(h.gone.FindingsFrom)
	s, err := h.db.Snapshot(t.Context(), store.SnapshotRequest{Period: june, AsOf: asOf, Now: now, WithoutFindings: bare})
	if err != nil {
		t.Fatal(err)
	}
	s.Request, s.Version, s.Catalogue = store.SnapshotRequest{}, 0, nil
	return s
}
