package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jindu/store"
	"jindu/store/sqlite"
)

// contenders is what files say that contradict each other about the figure.
func (o *office) contenders(k store.Key) []store.Stated {
	o.Helper()
	docket, err := o.db.Docket(o.Context(), k)
	must(o, err)
	return docket.Contenders
}

// adds enters a decision of somebody who knows of all that there are.
func adds(ctx context.Context, acks *sqlite.Acks, a store.Acknowledgement) (int64, error) {
	known, err := acks.All(ctx)
	if err != nil {
		return 0, err
	}
	return acks.Add(ctx, a, int64(len(known)))
}

// chooses lets an officer choose the file of two that contradict each other.
func (o *office) chooses(k store.Key, path string) {
	o.Helper()
	all := o.contenders(k)
	a := store.Acknowledgement{Key: k, Matter: store.ConflictMatter, Decision: store.Accept}
	for _, s := range all {
		if s.Cell.Path == path {
			a.Decided = s
		} else {
			a.Others = append(a.Others, s.Number)
		}
	}
	o.enters(a)
}

func TestOfficerChoosesOneOfTwoFiles(t *testing.T) {
	o := newOffice(t)
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 100))
	o.pulls("b.xlsx", says("cxs", "reg_total", june, 300))
	all := o.contenders(total)
	if len(all) != 2 || all[0].Cell.Path != "a.xlsx" || all[1].Cell.Ref != "F12" || all[1].Number != store.Some(300) {
		t.Fatalf("contenders: %+v", all)
	}
	before := o.now
	o.chooses(total, "b.xlsx")
	expect(t, "chosen, however far", shown(t, o.db, total, time.Time{}), "300 v2 b.xlsx")
	expect(t, "then", shown(t, o.db, total, before), "100 v1 a.xlsx")
	expect(t, "finding", open(t, o.db, "conflict"), "")
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 100), says("cxs", "reg_new", june, 1))
	expect(t, "who says the same is not heard again", shown(t, o.db, total, time.Time{}), "300 v2 b.xlsx")
	if all = o.contenders(total); len(all) != 0 {
		t.Errorf("contenders: %v", all)
	}
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 101))
	expect(t, "who says something new is", open(t, o.db, "conflict"), "a.xlsx F12 [b.xlsx]")
	expect(t, "and nothing applies", shown(t, o.db, total, time.Time{}), "300 v2 b.xlsx")
}

// TestRuling21MadeAnew makes mirrors anew from the files as they lie there in
// the end: the same acknowledgements give the same figures.
func TestRuling21MadeAnew(t *testing.T) {
	say := func(v float64) store.Statement { return says("cxs", "reg_total", june, v) }
	for _, c := range []struct {
		name  string
		story func(*office)
		last  map[string]float64
		shown string
		waits string
	}{
		{"accepted", func(o *office) {
			o.pulls("a.xlsx", say(100))
			o.pulls("a.xlsx", say(300))
			o.decides(total, store.Accept)
		}, map[string]float64{"a.xlsx": 300}, "300 a.xlsx", ""},
		{"rejected", func(o *office) {
			o.pulls("a.xlsx", say(100))
			o.pulls("a.xlsx", say(300))
			o.decides(total, store.Reject)
		}, map[string]float64{"a.xlsx": 300}, "100 a.xlsx", ""},
		{"rejected and mended", func(o *office) {
			o.pulls("a.xlsx", say(100))
			o.pulls("a.xlsx", say(300))
			o.decides(total, store.Reject)
			o.pulls("a.xlsx", say(104))
		}, map[string]float64{"a.xlsx": 104}, "104 a.xlsx", ""},
		{"accepted and corrected a little", func(o *office) {
			o.pulls("a.xlsx", say(100))
			o.pulls("a.xlsx", say(300))
			o.decides(total, store.Accept)
			o.pulls("a.xlsx", say(310))
			o.on(9, 20)
		}, map[string]float64{"a.xlsx": 310}, "310 a.xlsx", ""},
		{"rejected, and wrong again", func(o *office) {
			o.pulls("a.xlsx", say(100))
			o.pulls("a.xlsx", say(300))
			o.decides(total, store.Reject)
			o.pulls("a.xlsx", say(500))
		}, map[string]float64{"a.xlsx": 500}, "100 a.xlsx", "reg_total 2026-06 500 large at a.xlsx!F12"},
		{"accepted late, and changed since", func(o *office) {
			o.pulls("a.xlsx", say(100))
			o.on(9, 20).pulls("a.xlsx", say(101))
			o.decides(total, store.Accept)
			o.pulls("a.xlsx", say(102))
		}, map[string]float64{"a.xlsx": 102}, "101 a.xlsx", "reg_total 2026-06 102 closed at a.xlsx!F12"},
		{"chosen", func(o *office) {
			o.pulls("a.xlsx", say(100))
			o.pulls("b.xlsx", say(300))
			o.chooses(total, "a.xlsx")
		}, map[string]float64{"a.xlsx": 100, "b.xlsx": 300}, "100 a.xlsx", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t)
			for range 2 {
				if c.story != nil {
					c.story(o)
				} else {
					o.rebuild()
					for _, path := range []string{"a.xlsx", "b.xlsx"} {
						if v, ok := c.last[path]; ok {
							o.pulls(path, say(v))
						}
					}
					o.pulls("other.xlsx", restates("cxs", "reg_total", june, c.last["a.xlsx"])) // and decide it again
				}
				f, _ := value(t, o.db, total, time.Time{})
				expect(t, "figure", fmt.Sprint(f.Value, " ", f.Cell.Path), c.shown)
				if f.Cell.Sheet != "报表" || f.Cell.Ref != "F12" || f.Cell.SHA256 == "" || f.Received.IsZero() {
					t.Errorf("it does not tell where it stood: %+v", f)
				}
				expect(t, "waits", o.waits(time.Time{}), c.waits)
				must(t, o.db.Check(t.Context()))
				c.story = nil
			}
		})
	}
}

// TestRuling21MadeAnewShowsNothingUnaccepted makes random histories anew. What
// is shown then is what was shown before; or, where small corrections have led
// away from the last decision since, what was decided then.
func TestRuling21MadeAnewShowsNothingUnaccepted(t *testing.T) {
	cfg := config(t)
	folder, n := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		cfg.Acks = filepath.Join(folder, fmt.Sprint(n, ".ack.db"))
		o := &office{TB: t, cfg: cfg, path: filepath.Join(folder, fmt.Sprint(n)), now: start}
		db, err := sqlite.Open(t.Context(), o.path, cfg)
		must(t, err)
		o.db = db
		decided, v := 0.0, 0.0
		for range rapid.IntRange(1, 8).Draw(rt, "versions") {
			o.now = o.now.AddDate(0, 0, rapid.IntRange(0, 20).Draw(rt, "days"))
			v = rapid.SampledFrom([]float64{100, 110, 125, 150, 300}).Draw(rt, "value")
			if o.pulls("a.xlsx", says("cxs", "reg_total", june, v)).Pending == 0 && o.waits(time.Time{}) == "" {
				continue
			}
			d := rapid.SampledFrom([]store.Decision{store.Accept, store.Reject}).Draw(rt, "decision")
			if o.decides(total, d); d == store.Accept {
				decided = v
			} else {
				f, _ := value(t, db, total, time.Time{})
				decided = f.Value
			}
		}
		before, _ := value(t, db, total, time.Time{})
		must(t, db.Close())
		if o.db, err = sqlite.Open(t.Context(), o.path+".again", cfg); err != nil {
			rt.Fatal(err)
		}
		o.pulls("a.xlsx", says("cxs", "reg_total", june, v))
		after, _ := value(t, o.db, total, time.Time{})
		must(t, o.db.Close())
		if after.Value != before.Value && after.Value != decided {
			rt.Fatalf("%v is shown, it was %v; decided last was %v", after.Value, before.Value, decided)
		}
	})
}

func TestLostAcknowledgementsAreWrittenBack(t *testing.T) {
	o := newOffice(t)
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 100))
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 300))
	o.decides(total, store.Accept)
	must(t, os.Remove(o.cfg.Acks))
	acks, err := sqlite.OpenAcks(t.Context(), o.cfg.Acks)
	must(t, err)
	defer func() { must(t, acks.Close()) }()
	_, err = acks.Add(t.Context(), store.Acknowledgement{Key: total, Matter: store.CorrectionMatter, Decision: store.Accept}, 1)
	expect(t, "adding to a file that lost some", store.ErrorCode(err), "acks_behind")
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 301))
	all, err := acks.All(t.Context())
	must(t, err)
	if len(all) != 1 || all[0].Decided.Number != store.Some(300) || all[0].By != "值班员" {
		t.Errorf("written back: %+v", all)
	}
}

func TestAcknowledgementsTellTheirChanges(t *testing.T) {
	const free = `DROP TRIGGER acknowledgement_stays; DROP TRIGGER acknowledgement_remains;`
	for _, c := range []struct{ name, statement, code string }{
		{"another value", free + `UPDATE acknowledgement SET value = '301' WHERE id = 1`, "acks_damaged"},
		{"another reason", free + `UPDATE acknowledgement SET reason = 'x' WHERE id = 2`, "acks_damaged"},
		{"one left out", free + `DELETE FROM acknowledgement WHERE id = 1`, "acks_damaged"},
		{"the last one left out", free + `DELETE FROM acknowledgement WHERE id = 2`, ""}, // the mirror writes it back
		{"another file", "", "acks_differ"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t)
			o.pulls("a.xlsx", says("cxs", "reg_total", june, 100))
			for _, v := range []float64{300, 900} {
				o.pulls("a.xlsx", says("cxs", "reg_total", june, v))
				o.decides(total, store.Accept)
			}
			if c.statement != "" {
				alter(t, o.cfg.Acks, c.statement)
			} else {
				must(t, os.Remove(o.cfg.Acks))
				acks, err := sqlite.OpenAcks(t.Context(), o.cfg.Acks)
				must(t, err)
				_, err = acks.Add(t.Context(), store.Acknowledgement{Key: total, Matter: store.CorrectionMatter, Decision: store.Accept}, 0)
				must(t, err)
				must(t, acks.Close())
			}
			_, _, err := o.db.BeginPull(t.Context(), "share", o.now)
			expect(t, "next pull", store.ErrorCode(err), c.code)
		})
	}
}

func TestAcknowledgementsAreNeverChanged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	acks, err := sqlite.OpenAcks(t.Context(), path)
	must(t, err)
	want := store.Acknowledgement{
		Key: total, Matter: store.ConflictMatter, Decision: store.Accept, Others: []store.Num{store.Some(0.1), {}},
		Decided: store.Stated{Number: store.Some(1.0 / 3), Cell: store.Cell{Source: "share", Path: "a.xlsx", SHA256: "ab", Sheet: "报表", Ref: "F12"}, Received: at(1)},
		Stood:   store.Stated{Cell: store.Cell{Source: "share", Path: "b.xlsx", SHA256: "cd", Sheet: "报表", Ref: "F13"}, Received: at(0)},
		Reason:  "电话核实", By: "值班员", At: at(5),
	}
	id, err := acks.Add(t.Context(), want, 0)
	must(t, err)
	want.ID = id
	got, err := acks.All(t.Context())
	must(t, err)
	if len(got) != 1 || fmt.Sprintf("%+v", got[0]) != fmt.Sprintf("%+v", want) {
		t.Errorf("read back:\n got %+v\nwant %+v", got, want)
	}
	must(t, acks.Close())
	for _, statement := range []string{`UPDATE acknowledgement SET reason = 'x'`, `DELETE FROM acknowledgement`} {
		if err := tryAlter(t, path, statement); err == nil {
			t.Errorf("%s: done", statement)
		}
	}
}

// TestTwoProcessesOpenAcknowledgementsAtOnce makes the file from several sides:
// the board looks for decisions while an officer enters the first one.
func TestTwoProcessesOpenAcknowledgementsAtOnce(t *testing.T) {
	for range 20 {
		path := filepath.Join(t.TempDir(), "a.db")
		results := make(chan error)
		for unit := range 4 {
			go func() {
				k := total
				k.Unit = strconv.Itoa(unit) // about one figure the first decides
				acks, err := sqlite.OpenAcks(t.Context(), path)
				if err == nil {
					_, err = acks.Add(t.Context(), store.Acknowledgement{Key: k, Matter: store.CorrectionMatter, Decision: store.Accept}, 0)
					err = errors.Join(err, acks.Close())
				}
				results <- err
			}()
		}
		for range 4 {
			if err := <-results; err != nil {
				t.Fatal(err)
			}
		}
		acks, err := sqlite.OpenAcks(t.Context(), path)
		must(t, err)
		all, err := acks.All(t.Context())
		must(t, errors.Join(err, acks.Close()))
		if len(all) != 4 {
			t.Fatalf("%d decisions of four", len(all))
		}
	}
}

// A file that agreed with another in one figure and differed in the next was told to be
// the same, and that one of the two could go: also of the very file that an officer had
// chosen since.
func TestFilesThatDifferAreNoDuplicates(t *testing.T) {
	o := newOffice(t)
	o.pulls("a.xlsx", says("cxs", "reg_new", june, 2), says("cxs", "reg_total", june, 100))
	o.pulls("b.xlsx", says("cxs", "reg_new", june, 2), says("cxs", "reg_total", june, 103))
	expect(t, "one figure differs", open(t, o.db, "conflict"), "b.xlsx F12 [a.xlsx]")
	expect(t, "so they are not the same", open(t, o.db, "duplicate"), "")
	o.chooses(total, "b.xlsx")
	expect(t, "chosen", shown(t, o.db, total, time.Time{}), "103 v2 b.xlsx")
	expect(t, "nor when one was chosen", open(t, o.db, "duplicate"), "")

	o.pulls("a.xlsx", says("cxs", "reg_new", june, 2), says("cxs", "reg_total", june, 103))
	expect(t, "the chosen one may not go", open(t, o.db, "duplicate"), "a.xlsx F12 [b.xlsx]")
	o.pulls("a.xlsx", says("cxs", "reg_new", june, 2), says("cxs", "reg_total", june, 103), says("cxs", "reg_new_u18", june, 0))
	expect(t, "one says more", open(t, o.db, "duplicate"), "")
}
