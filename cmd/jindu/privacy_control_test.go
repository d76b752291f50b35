package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"jindu/store"
)

// TestTheSearchFindsWhatGotOut is the positive control of the search for what got
// out. It puts the same identities in the same forms past the door, into every
// text of the mirror that has a place for them, and lets the same commands,
// screens, rows, files and backup show them: the search must find them there. A
// program built without its masks would show less: of most places it never
// reads, so that a search that saw nothing could not be told from a door that
// held. There is no switch that anybody could forget to turn back.
func TestTheSearchFindsWhatGotOut(t *testing.T) {
	p := newPlanter(77)
	for range 6 {
		for _, form := range hiddenForms() {
			p.plant(form)
		}
	}
	w := watch(t)
	w.leak(p)
	w.screens()
	w.rowsAndBackup()
	w.files("afterwards")
	for _, what := range []string{"tasks", "findings", "workbooks"} {
		w.say("list", what)
		w.say("list", what, "--json")
		w.say("list", what, "--csv")
	}
	s := newStrictScanner(p.all)
	all := found{}
	for name, least := range map[string]float64{
		"rows": 1, "backup": 1, "file jindu.db afterwards": 1, "command list tasks stdout": 1,
		"command list findings stdout": 1, "screens zh": 0.01, "screens en": 0.01,
	} {
		hits := found{}
		s.scan(w.sinks[name], hits)
		share := float64(len(hits)) / float64(len(p.all))
		t.Logf("%s: %d of %d found", name, len(hits), len(p.all))
		if share < least*0.999 {
			t.Errorf("%s: only %d of %d found", name, len(hits), len(p.all))
			for i, one := range p.all {
				if hits[i] == "" && least == 1 {
					t.Logf("    not found: %s %q", one.form, one.text)
				}
			}
		}
		for i, view := range hits {
			all[i] = view
		}
	}
	if len(all)*1000 < len(p.all)*999 {
		t.Errorf("only %d of %d identities were found", len(all), len(p.all))
	}
}

// leak has the mirror apply a workbook that names persons wherever a text may stand.
func (w *watched) leak(p *planter) {
	w.Helper()
	cfg := w.config()
	db, err := openMirror(w.Context(), cfg, false)
	must(w, err)
	id, _, err := db.BeginPull(w.Context(), "share", w.at)
	must(w, err)
	rd := &store.Reading{Workbook: store.Workbook{
		Source: "share", Path: p.all[0].text + ".xlsx", SHA256: strings.Repeat("ab", 32), Format: "xlsx",
		Received: w.at, Modified: w.at, Verdict: store.Accepted,
	}}
	units := cfg.Units.All()
	for i, one := range p.all {
		cell := store.Cell{Sheet: "表", Ref: "B" + strconv.Itoa(i+2), Header: []string{"任务"}, HeaderRefs: []string{"B1"}}
		rd.Tasks = append(rd.Tasks, store.Task{
			ID: strconv.Itoa(i), Title: one.text, Unit: units[i%len(units)].Code, Due: store.NewDate(2026, 7, 1+i%28),
			Status: store.TaskOpen, Percent: -1, Cell: cell,
		})
		rd.Findings = append(rd.Findings, store.NewFinding("duplicate", one.text, cell.Ref, one.text))
	}
	_, err = db.Apply(w.Context(), id, rd)
	must(w, err)
	must(w, db.FinishPull(w.Context(), store.Pull{ID: id, Source: "share", Started: w.at, Ended: w.at}))
	must(w, db.Close())
}

// TestNothingIsLeftBeside looks for what a pull leaves in the folder for temporary
// files and beside the mirror: nothing but the mirror, what belongs to it and its backups.
func TestNothingIsLeftBeside(t *testing.T) {
	p := newPlanter(5)
	w := watch(t)
	catalogue, err := store.LoadCatalogue()
	must(t, err)
	p.scatter(t, w.reports(), 0, hiddenForms()[0], catalogue, catalogue.Forms[len(catalogue.Forms)-1:])
	oldFiles(t, w.reports(), w.at)
	w.everything()
	left, err := filepath.Glob(filepath.Join(w.dir, "*"))
	must(t, err)
	for _, path := range left {
		switch name := filepath.Base(path); name {
		case configName, "reports", "tmp", "jindu.db", "jindu.db.secret", "jindu.db.lock", "jindu.ack.db", "jindu.ack.db.lock", "backup":
		default:
			t.Errorf("%s is left", name)
		}
	}
	temporary, err := os.ReadDir(filepath.Join(w.dir, "tmp"))
	must(t, err)
	if len(temporary) > 0 {
		t.Errorf("%d temporary files are left", len(temporary))
	}
}
