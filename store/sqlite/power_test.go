package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jindu/store"
	"jindu/store/sqlite"
)

// story does to a mirror all that is ever done to one, and says of each thing
// that it is done: "done 3" when the mirror is worth 3, "decided 1" when a
// decision is kept, "saved 4" when there is a backup worth 4.
func story(path string) error {
	ctx := context.Background()
	if err := chapter(path, func(db *sqlite.DB) error {
		return errors.Join(tell(db, 1), tell(db, 2), decide(path))
	}); err != nil {
		return err
	}
	if err := chapter(path, func(db *sqlite.DB) error {
		if err := errors.Join(tell(db, 3), tell(db, 4)); err != nil {
			return err
		}
		if _, err := db.Backup(ctx, path+".backup", false); err != nil {
			return err
		}
		fmt.Println("saved", 4)
		return errors.Join(tell(db, 5), decide(path))
	}); err != nil {
		return err
	}
	r := sqlite.Restoring{From: path + ".backup", To: path, ToAcks: path + ".ack.db", At: at(100)}
	if _, err := sqlite.Restore(ctx, r); err != nil {
		return err
	}
	fmt.Println("done", 4)
	return chapter(path, func(db *sqlite.DB) error { return tell(db, 6) })
}

// chapter is what happens from an opening to its closing.
func chapter(path string, do func(*sqlite.DB) error) error {
	db, err := openHelper(path, false)
	if err != nil {
		return err
	}
	return errors.Join(do(db), db.Close())
}

// tell applies the workbook number n and says so.
func tell(db *sqlite.DB, n int) error {
	if _, err := db.Apply(context.Background(), 1, numbered(n)); err != nil {
		return err
	}
	fmt.Println("done", n)
	return nil
}

// decide keeps one decision more and says so.
func decide(path string) error {
	acks, err := sqlite.OpenAcks(context.Background(), path+".ack.db")
	if err != nil {
		return err
	}
	ack := store.Acknowledgement{Key: total, Matter: store.CorrectionMatter, Decision: store.Accept, Reason: "核实", By: "值班员", At: at(0)}
	n, err := adds(context.Background(), acks, ack)
	if err == nil {
		fmt.Println("decided", n)
	}
	return errors.Join(err, acks.Close())
}

// promise is what was said before the power was cut, and what would have been said
// next: that may be on disk already.
type promise struct {
	worth, next    int
	decided, saved int
}

// promised returns what the first steps of a story say.
func promised(steps []step, until int) promise {
	p := promise{next: -1}
	for i, s := range steps {
		what, number, _ := strings.Cut(s.saying, " ")
		n, err := strconv.Atoi(number)
		switch {
		case err != nil:
		case what == "done" && i >= until:
			p.next = n
			return p
		case i >= until:
		case what == "done":
			p.worth = n
		case what == "decided":
			p.decided = n
		case what == "saved":
			p.saved = n
		}
	}
	return p
}

// holds opens what a power cut left, as the next process does, and returns what
// is not as it was promised.
func (p promise) holds(tb testing.TB, path string) error {
	tb.Helper()
	got, err := wholeWorth(tb, path)
	if err != nil {
		return err
	}
	if got != p.worth && got != p.next {
		return fmt.Errorf("worth %d, promised were %d and perhaps %d", got, p.worth, p.next)
	}
	acks, err := sqlite.OpenAcks(tb.Context(), path+".ack.db")
	if err != nil {
		return err
	}
	all, err := acks.All(tb.Context())
	if err = errors.Join(err, acks.Close()); err != nil {
		return err
	}
	if len(all) < p.decided {
		return fmt.Errorf("%d decisions, promised were %d", len(all), p.decided)
	}
	held, err := sqlite.Inspect(tb.Context(), path+".backup")
	switch {
	case p.saved == 0 && errors.Is(err, fs.ErrNotExist), p.saved == 0 && store.ErrorCode(err) == "mirror_missing":
		return nil
	case err == nil && held.Figures != statementsEach:
		return fmt.Errorf("a backup of %d figures", held.Figures)
	}
	return err
}

// wholeWorth returns what all of a sound mirror is worth; 0 for one that holds nothing.
func wholeWorth(tb testing.TB, path string) (worth int, err error) {
	tb.Helper()
	db, err := openHelper(path, false)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Check(tb.Context()); err != nil {
		return 0, err
	}
	s, err := db.Snapshot(tb.Context(), store.SnapshotRequest{Period: june})
	if err != nil || len(s.Figures) == 0 {
		return 0, err
	}
	ledgers, err := readLedgerNumbers(tb, db, at(1_000_000))
	if err != nil {
		return 0, err
	}
	n := s.Figures[0].Value
	half := len(s.Figures) != statementsEach || len(ledgers) != 2*statementsEach
	for _, f := range s.Figures {
		half = half || f.Value != n
	}
	for _, v := range ledgers {
		half = half || v != n
	}
	if half {
		return 0, fmt.Errorf("half a workbook: %d figures of %v, %d rows", len(s.Figures), n, len(ledgers))
	}
	return int(n), nil
}

// replays returns how many power cuts the test makes.
func replays(tb testing.TB) int {
	tb.Helper()
	n, err := strconv.Atoi(os.Getenv("JINDU_REPLAYS"))
	if err != nil {
		return 48
	}
	return n
}

// replay cuts the power so many times, spread evenly over the steps of a story,
// and returns what was not as promised.
func replay(t *testing.T, path string, steps []step, times int, lying bool, random *rand.Rand) (broken []error) {
	t.Helper()
	for n := range times {
		until := 1 + (n*len(steps)+random.IntN(len(steps)))/times
		d := &disk{folder: filepath.Dir(path), lying: lying, names: map[string]*body{}, kept: map[string]*body{}}
		for _, s := range steps[:until] {
			d.do(s)
		}
		c := cutOf(n, random)
		folder := t.TempDir()
		d.leave(t, folder, c, random)
		if err := promised(steps, until).holds(t, filepath.Join(folder, filepath.Base(path))); err != nil {
			broken = append(broken, fmt.Errorf("cut %d before step %d of %d, %+v: %w", n, until, len(steps), c, err))
		}
		must(t, os.RemoveAll(folder))
	}
	return broken
}

// TestD08_PowerLoss writes down what a mirror's life does to the disk, cuts the
// power at any of its steps, loses, tears and reorders what was not synced, and
// looks for all that was promised until then.
func TestD08_PowerLoss(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	path := filepath.Join(t.TempDir(), "mirror.db")
	steps := traced(t, "story", path)
	said := slices.DeleteFunc(slices.Clone(steps), func(s step) bool { return s.call != "say" })
	if len(said) != 10 {
		t.Fatalf("%d words of the story: %v", len(said), said)
	}
	random := fateOf(t, 13)
	broken := replay(t, path, steps, replays(t), false, random)
	for _, err := range broken {
		t.Error(err)
	}
	// A disk that only says that it synced loses what it promised: the test sees it.
	lies := replay(t, path, steps, max(16, replays(t)/20), true, random)
	t.Logf("%d power cuts in %d steps, %d broken promises; of %d on a disk that lies, %d", replays(t), len(steps), len(broken), max(16, replays(t)/20), len(lies))
	if len(lies) == 0 {
		t.Error("nothing is lost on a disk that never writes")
	}
}
