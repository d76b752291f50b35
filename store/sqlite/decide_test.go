package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// swinging returns the value of the workbook number n: each is far from the one
// before, so that it waits for an officer.
func swinging(n int) float64 {
	if n%2 == 0 {
		return float64(90_000 + n)
	}
	return float64(1000 + n)
}

// decideForEver applies workbooks of which every value waits, accepts each, and
// says so.
func decideForEver(path string) error {
	ctx := context.Background()
	db, err := openHelper(path, false)
	if err != nil {
		return err
	}
	if _, err := db.Replay(ctx, at(0)); err != nil {
		return err
	}
	acks, err := sqlite.OpenAcks(ctx, path+".ack.db")
	if err != nil {
		return err
	}
	decided, err := acks.All(ctx)
	if err != nil {
		return err
	}
	for n := len(decided) + 1; ; n++ {
		if _, err := db.Apply(ctx, int64(n), book("a.xlsx", at(n), says("cxs", "reg_total", june, swinging(n)))); err != nil {
			return err
		}
		waits, err := db.Pending(ctx, time.Time{})
		if err != nil {
			return err
		}
		ack := store.Acknowledgement{Key: total, Matter: store.PendingMatter, Decision: store.Accept, Reason: "核实", By: "值班员", At: at(n)}
		if len(waits) == 1 {
			ack.Wait, ack.Decided = waits[0].Why, store.Stated{Number: waits[0].Number(), Cell: waits[0].Cell}
		} else {
			ack.Matter = store.CorrectionMatter // the first of all: there is nothing to accept
		}
		if _, err := acks.Add(ctx, ack, int64(n-1)); err != nil {
			return err
		}
		if _, err := db.Replay(ctx, at(n)); err != nil {
			return err
		}
		fmt.Println("accepted", n)
	}
}

// TestKilledWhileDeciding kills a process that accepts values, at random points.
// A decision that is on disk has its effect as soon as the mirror is opened for
// writing again; one that is not has none.
func TestKilledWhileDeciding(t *testing.T) {
	if testing.Short() {
		t.Skip("a process of its own, that no race detector sees into")
	}
	random := fateOf(t, 12)
	all, accepted, recovered, path := 0, 0, 0, ""
	for life := range kills(t) {
		if life%livesEach == 0 {
			path, all, accepted = filepath.Join(t.TempDir(), "mirror.db"), all+accepted, 0
		}
		cmd := job(t, "decide", path)
		out, err := cmd.StdoutPipe()
		must(t, err)
		must(t, cmd.Start())
		timer := time.AfterFunc(time.Duration(random.IntN(200_000))*time.Microsecond+20*time.Millisecond, func() { _ = cmd.Process.Kill() })
		for lines := bufio.NewScanner(out); lines.Scan(); {
			text, ok := strings.CutPrefix(lines.Text(), "accepted ")
			if !ok {
				t.Fatalf("the helper says %q", lines.Text())
			}
			accepted, err = strconv.Atoi(text)
			must(t, err)
		}
		timer.Stop()
		_ = cmd.Wait() // it was killed
		var again int
		accepted, again = decided(t, path, accepted)
		recovered += again
	}
	all += accepted
	t.Logf("%d decisions in %d lives, %d of them taken in by the next", all, kills(t), recovered)
	if all == 0 {
		t.Error("nothing was ever decided")
	}
}

// decided opens the mirror as the next process does and makes sure that every
// decision on disk has had its effect and nothing else has. It returns how many
// there are, and how many the process that died had left to this one.
func decided(t *testing.T, path string, accepted int) (all, recovered int) {
	t.Helper()
	db, err := openHelper(path, false)
	must(t, err)
	defer func() { must(t, db.Close()) }()
	recovered, err = db.Replay(t.Context(), at(accepted+1))
	must(t, err)
	must(t, db.Check(t.Context()))
	acks, err := sqlite.OpenAcks(t.Context(), path+".ack.db")
	must(t, err)
	defer func() { must(t, acks.Close()) }()
	onDisk, err := acks.All(t.Context())
	must(t, err)
	known, err := db.Acknowledgements(t.Context(), store.Key{}, time.Time{})
	must(t, err)
	if len(onDisk) != len(known) || len(onDisk) < accepted || len(onDisk) > accepted+1 {
		t.Fatalf("%d decisions beside the mirror, %d in it, %d were acknowledged", len(onDisk), len(known), accepted)
	}
	if len(onDisk) == 0 {
		return 0, 0
	}
	if f, _ := value(t, db, total, time.Time{}); f.Value != swinging(len(onDisk)) {
		t.Fatalf("%d decisions, but the figure is %v", len(onDisk), f.Value)
	}
	return len(onDisk), recovered
}
