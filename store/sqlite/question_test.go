package sqlite_test

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// asking is a mirror in which 90 waits beside an accepted 40 of a workbook.
func asking(t *testing.T) (*sqlite.DB, *sqlite.Acks) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "mirror.db")
	cfg := config(t)
	cfg.Acks = path + ".ack.db"
	db := mustOpenAt(t, path, cfg)
	for n, v := range []float64{400, 900} {
		apply(t, db, int64(n+1), book("a.xlsx", at(n), says("cxs", "reg_total", june, v)))
	}
	acks, err := sqlite.OpenAcks(t.Context(), cfg.Acks)
	must(t, err)
	t.Cleanup(func() { must(t, acks.Close()) })
	return db, acks
}

// question asks what can be decided now.
func question(t *testing.T, db *sqlite.DB) store.Question {
	t.Helper()
	d, err := db.Docket(t.Context(), total)
	must(t, err)
	q, err := d.Question(at(5))
	must(t, err)
	return q
}

// TestDocket reads all that bears on one figure, and nothing of others.
func TestDocket(t *testing.T) {
	db, acks := asking(t)
	q := question(t, db)
	if q.Matter != store.PendingMatter || q.Stood.Number.V != 400 || q.Stated[0].Number.V != 900 || q.Decisions != 0 || q.Last != nil {
		t.Fatalf("%+v", q)
	}
	if q.Stated[0].Cell.Ref == "" || q.Stated[0].KnownFrom.IsZero() || q.Stood.Cell.Path != "a.xlsx" || q.Stood.KnownFrom.IsZero() {
		t.Errorf("a value without its cell or its age: %+v", q)
	}
	other, err := db.Docket(t.Context(), store.Key{Unit: "cds", Indicator: "reg_total", Period: june})
	must(t, err)
	if other.Stands != nil || other.Waits != nil || other.Contenders != nil || other.Decided != nil {
		t.Errorf("another unit's: %+v", other)
	}
	ack, ok := q.Answer(store.Reject, 0, at(5))
	if !ok {
		t.Fatal("it cannot be rejected")
	}
	ack.Reason, ack.By = "核实", "值班员"
	_, err = acks.Add(t.Context(), ack, q.Decisions)
	must(t, err)
	_, err = db.Replay(t.Context(), at(5))
	must(t, err)
	q = question(t, db)
	if !q.Again || q.Decisions != 1 || q.Last == nil || q.Last.By != "值班员" || q.Stated[0].Number.V != 900 {
		t.Errorf("after it was rejected: %+v", q)
	}
}

// TestOfTwoOfficersTheFirstDecides answers one question twice: the second answer is
// not added, whether or not the mirror has taken the first one in.
func TestOfTwoOfficersTheFirstDecides(t *testing.T) {
	for _, taken := range []bool{false, true} {
		db, acks := asking(t)
		q := question(t, db)
		answer := func(d store.Decision, by string) error {
			ack, _ := q.Answer(d, 0, at(5))
			ack.Reason, ack.By = "核实", by
			_, err := acks.Add(t.Context(), ack, q.Decisions)
			return err
		}
		must(t, answer(store.Reject, "甲岗"))
		if taken {
			_, err := db.Replay(t.Context(), at(5))
			must(t, err)
		}
		err := answer(store.Accept, "乙岗")
		var e *store.Error
		if !errors.As(err, &e) || e.Code != "ack_decided" || e.Args[0] != "甲岗" {
			t.Errorf("taken in %v: the second answer: %v", taken, err)
		}
		elsewhere := store.Acknowledgement{Key: store.Key{Unit: "cds", Indicator: "reg_total", Period: june}, Matter: store.CorrectionMatter, Decision: store.Accept}
		if _, err := acks.Add(t.Context(), elsewhere, q.Decisions); err != nil {
			t.Errorf("taken in %v: about another figure: %v", taken, err)
		}
		if _, err := acks.Add(t.Context(), elsewhere, 9); store.ErrorCode(err) != "acks_behind" {
			t.Errorf("a file that has lost decisions: %v", err)
		}
	}
}

// TestDecisionsAreTakenInOnce takes in one decision from many sides at once.
func TestDecisionsAreTakenInOnce(t *testing.T) {
	db, acks := asking(t)
	ack, _ := question(t, db).Answer(store.Accept, 0, at(5))
	_, err := acks.Add(t.Context(), ack, 0)
	must(t, err)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if _, err := db.Replay(t.Context(), at(5)); err != nil {
				t.Errorf("taken in by another meanwhile: %v", err)
			}
		})
	}
	wait.Wait()
	if f, _ := value(t, db, total, time.Time{}); f.Value != 900 {
		t.Errorf("the figure is %v", f.Value)
	}
}

// TestFollowedMirrorIsNotWritten opens a mirror that follows another one for writing:
// there would be two mirrors, and Litestream would mix the pages of both.
func TestFollowedMirrorIsNotWritten(t *testing.T) {
	path := closedMirror(t)
	must(t, os.WriteFile(path+"-txid", []byte("0000000000000001\n"), 0o600))
	if _, err := sqlite.Open(t.Context(), path, config(t)); store.ErrorCode(err) != "mirror_follows" {
		t.Errorf("opened for writing: %v", err)
	}
	must(t, os.Remove(path+"-txid"))
	mustOpenAt(t, path, config(t))
}
