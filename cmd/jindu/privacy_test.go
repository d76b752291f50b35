package main

import (
	"bytes"
	"maps"
	"os"
	"runtime"
	"slices"
	"strconv"
	"testing"

	"golang.org/x/sync/errgroup"

	"jindu/store"
)

// rounds is how often every form is planted into every place: by .ci/privacy as
// often as it was asked. The ordinary run, which is round 0, takes one form of three.
func rounds() int {
	n, err := strconv.Atoi(os.Getenv("JINDU_PLANTS"))
	if err != nil {
		return 0
	}
	return n
}

// TestNothingPersonalGetsOut plants identities in every form into every place of
// every kind of workbook, lets every command and screen show what became of
// them, and searches all that the program wrote.
func TestNothingPersonalGetsOut(t *testing.T) {
	if rounds() == 0 {
		searchRound(t, 0)
	}
	for round := range rounds() {
		t.Run(strconv.Itoa(round+1), func(t *testing.T) { searchRound(t, 1+round) })
	}
}

// ordinary is how many of the forms the ordinary run leaves out for one it takes.
const ordinary = 3

func searchRound(t *testing.T, seed int) {
	t.Helper()
	catalogue, err := store.LoadCatalogue()
	must(t, err)
	ledgers := slices.DeleteFunc(slices.Clone(catalogue.Forms), func(f store.Form) bool { return f.Kind == store.ReportForm })
	p := newPlanter(uint64(seed))
	w := watch(t)
	files, forms := 0, 0
	for i, form := range hiddenForms() {
		some := ledgers
		if seed == 0 {
			if i%ordinary != 0 {
				continue
			}
			n := i / ordinary % len(ledgers)
			some = ledgers[n : n+1]
		}
		forms++
		files += p.scatter(t, w.reports(), i, form, catalogue, some)
	}
	oldFiles(t, w.reports(), w.at)
	w.everything()
	p.nothingIn(t, w.sinks)
	t.Logf("seed %d: %d identities in %d forms and %d files, 0 of them in %d outputs unless said above", seed, len(p.all), forms, files, len(w.sinks))
	w.mirrorsSomething(t)
}

// nothingIn searches the sinks and says for each form where it got out.
func (p *planter) nothingIn(t *testing.T, all sinks) {
	t.Helper()
	s := newScanner(p.all)
	names := slices.Sorted(maps.Keys(all))
	hitsOf := make([]found, len(names))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		group.Go(func() error {
			hitsOf[i] = found{}
			s.scan(all[name], hitsOf[i])
			return nil
		})
	}
	must(t, group.Wait())
	for i, name := range names {
		hits := hitsOf[i]
		if len(hits) == 0 {
			continue
		}
		forms := map[string]int{}
		for i, view := range hits {
			forms[p.all[i].form+" as "+view]++
		}
		t.Errorf("%s: %d identities got out", name, len(hits))
		for _, form := range slices.Sorted(maps.Keys(forms)) {
			t.Logf("    %d of %s", forms[form], form)
		}
		if os.Getenv("JINDU_SHOW_PLANTS") != "" {
			s.lines(t, all[name])
		}
	}
}

// lines shows the lines in which identities stand, for whoever mends the leak:
// they are invented.
func (s *scanner) lines(t *testing.T, data []byte) {
	t.Helper()
	whole, seen := found{}, found{}
	s.scan(data, whole)
	defer func() {
		for i := range whole {
			if seen[i] == "" {
				t.Logf("    across lines: %s %s", s.secrets[i].text, whole[i])
			}
		}
	}()
	for line := range bytes.Lines(data) {
		s.scan(line, seen)
		hits := found{}
		if s.scan(line, hits); len(hits) > 0 {
			t.Logf("    %q", line[:min(len(line), 400)])
		}
	}
}

// mirrorsSomething makes sure that what was searched is not empty: figures were
// read beside the identities, heads and rows were kept.
func (w *watched) mirrorsSomething(t *testing.T) {
	t.Helper()
	cfg := w.config()
	db, err := openMirror(t.Context(), cfg, true)
	must(t, err)
	defer func() { must(t, db.Close()) }()
	figures := len(rows(t, "--config", w.dir+"/"+configName, "list", "figures"))
	tasks := len(rows(t, "--config", w.dir+"/"+configName, "list", "tasks"))
	cases := len(rows(t, "--config", w.dir+"/"+configName, "list", "cases"))
	findings := len(rows(t, "--config", w.dir+"/"+configName, "list", "findings"))
	t.Logf("mirrored: %d figures, %d tasks, %d cases, %d findings", figures, tasks, cases, findings)
	if figures < 400 || tasks < 20 || cases < 20 || findings < 500 {
		t.Error("too little was mirrored for the search to mean anything")
	}
}
