package sqlite_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// helper names the variable by which a test starts its own binary again, as a
// process that can be killed, starved or deprived of its rights.
const helper = "JINDU_SQLITE_HELPER"

// TestMain lets the binary be a helper instead of running tests.
func TestMain(m *testing.M) {
	job := os.Getenv(helper)
	if job == "" {
		os.Exit(m.Run())
	}
	name, path, _ := strings.Cut(job, ":")
	jobs := map[string]func(string) error{"apply": applyForEver, "once": applyOnce, "read": readAll, "watch": watch, "full": fillUp, "decide": decideForEver, "checkpoint": checkpointForEver, "migrate": migrateForEver, "backup": backUpForEver, "retain": retainForEver, "story": story, "stumble": stumble, "freed": fillAndFree}
	if err := jobs[name](path); err != nil {
		fmt.Println("error", store.ErrorCode(err), err)
		os.Exit(1)
	}
}

// statementsEach is how many statements each workbook of the helpers makes.
const statementsEach = 40

// numbered makes the workbook number n: every figure of it is worth n.
func numbered(n int) *store.Reading {
	catalogue, err := store.LoadCatalogue()
	if err != nil {
		panic(err)
	}
	var all []store.Statement
	for _, ind := range catalogue.Indicators[:statementsEach] {
		all = append(all, says("cxs", ind.Code, june, float64(n)))
	}
	r := book("a.xlsx", at(n), all...)
	for i := range statementsEach {
		r.Records = append(r.Records, activity(fmt.Sprint("p", i), "cxs", n))
		r.Tallies = append(r.Tallies, counted("pub_events", fmt.Sprint("w", i), "cxs", n))
	}
	return r
}

// applyForEver applies one workbook after the other and says so of each.
func applyForEver(path string) error {
	db, err := openHelper(path, false)
	if err != nil {
		return err
	}
	s, err := db.Snapshot(context.Background(), store.SnapshotRequest{Period: june})
	if err != nil {
		return err
	}
	n := 0
	if len(s.Figures) > 0 {
		n = int(s.Figures[0].Value)
	}
	for {
		n++
		fmt.Println("begin", n)
		if _, err := db.Apply(context.Background(), 1, numbered(n)); err != nil {
			return err
		}
		fmt.Println("done", n)
	}
}

func openHelper(path string, readOnly bool) (*sqlite.DB, error) {
	catalogue, err := store.LoadCatalogue()
	if err != nil {
		return nil, err
	}
	units := store.NewUnits([]store.Unit{{Code: "cxs", Name: "城西派出所", Kind: store.Station}})
	return sqlite.Open(context.Background(), path, sqlite.Config{Units: units, Catalogue: catalogue, ReadOnly: readOnly, Acks: path + ".ack.db"})
}

// applyOnce applies one workbook and ends.
func applyOnce(path string) error {
	db, err := openHelper(path, false)
	if err != nil {
		return err
	}
	if _, err := db.Apply(context.Background(), 1, numbered(1)); err != nil {
		return err
	}
	fmt.Println("applied", 1)
	return db.Close()
}

// readAll reads the mirror and says what it found.
func readAll(path string) error {
	db, err := openHelper(path, true)
	if err != nil {
		return err
	}
	s, err := db.Snapshot(context.Background(), store.SnapshotRequest{Period: june})
	if err != nil {
		return err
	}
	fmt.Println("read", len(s.Figures))
	return db.Close()
}

// watch reads the mirror, waits for a line, and says whether it noticed that the
// mirror changed meanwhile and what it reads then.
func watch(path string) error {
	db, err := openHelper(path, true)
	if err != nil {
		return err
	}
	for range 2 {
		version, err := db.DataVersion(context.Background())
		if err != nil {
			return err
		}
		s, err := db.Snapshot(context.Background(), store.SnapshotRequest{Period: june})
		if err != nil {
			return err
		}
		fmt.Println("version", version, "value", s.Figures[0].Value)
		bufio.NewScanner(os.Stdin).Scan()
	}
	return db.Close()
}

// fillUp applies workbooks until the disk is full, and then reads.
func fillUp(path string) error {
	db, err := openHelper(path, false)
	if err != nil {
		return err
	}
	for n := 1; ; n++ {
		_, err := db.Apply(context.Background(), 1, numbered(n))
		if err == nil {
			continue
		}
		s, readErr := db.Snapshot(context.Background(), store.SnapshotRequest{Period: june})
		if readErr != nil {
			return readErr
		}
		if len(s.Figures) != statementsEach || int(s.Figures[0].Value) != n-1 {
			return fmt.Errorf("after workbook %d: %d figures of %v", n-1, len(s.Figures), s.Figures[0].Value)
		}
		fmt.Println("full", n, store.ErrorCode(err))
		return nil
	}
}

// fillAndFree fills what is left of a disk, applies workbooks until none fits,
// frees the disk and applies one more.
func fillAndFree(path string) error {
	db, err := openHelper(path, false)
	if err != nil {
		return err
	}
	if err := tell(db, 1); err != nil {
		return err
	}
	ballast := filepath.Join(filepath.Dir(path), "ballast")
	_ = os.WriteFile(ballast, make([]byte, 8<<20), 0o600) // as much as there is room
	n := 2
	for ; err == nil && n < 1000; n++ {
		_, err = db.Apply(context.Background(), 1, numbered(n))
	}
	fmt.Println("full", store.ErrorCode(err))
	if err := stillWorth(db, n-2); err != nil {
		return err
	}
	if err := os.Remove(ballast); err != nil {
		return err
	}
	if _, err := db.Apply(context.Background(), 1, numbered(n)); err != nil {
		return err
	}
	if err := errors.Join(stillWorth(db, n), db.Check(context.Background()), db.Close()); err != nil {
		return err
	}
	fmt.Println("sound")
	return nil
}

// job prepares the test binary as a helper.
func job(tb testing.TB, name, path string) *exec.Cmd {
	tb.Helper()
	self, err := os.Executable()
	must(tb, err)
	cmd := exec.CommandContext(tb.Context(), self)
	cmd.Env = append(os.Environ(), helper+"="+name+":"+path)
	cmd.Stderr = os.Stderr
	return cmd
}

// kills returns how often the crash test kills.
func kills(tb testing.TB) int {
	tb.Helper()
	n, err := strconv.Atoi(os.Getenv("JINDU_KILLS"))
	if err != nil {
		return 60
	}
	return n
}

// fateOf is the source of the moments at which helpers are killed: the same ones
// in every run of the tests, and others where a long run brings its own seed.
func fateOf(tb testing.TB, stream uint64) *rand.Rand {
	tb.Helper()
	seed, err := strconv.ParseUint(os.Getenv("JINDU_SEED"), 10, 64)
	if err != nil {
		seed = 26
	}
	return rand.New(rand.NewPCG(seed, stream))
}

// livesEach is after how many lives the next mirror is begun: each is checked to
// its last page, and grows all the time.
const livesEach = 50

// TestD01_KilledWhileApplying kills a process that applies workbooks, at random
// points, and looks for every workbook that it had said was applied.
func TestD01_KilledWhileApplying(t *testing.T) {
	if testing.Short() {
		t.Skip("a process of its own, that no race detector sees into")
	}
	random := fateOf(t, 6)
	applied, halfway, known, path := 0, 0, 0, ""
	var opening []time.Duration
	for life := range kills(t) {
		if life%livesEach == 0 {
			path, known = filepath.Join(t.TempDir(), "mirror.db"), 0
		}
		begun, done := killed(t, "apply", path, random)
		if begun > done {
			halfway++
		}
		before := known
		var took time.Duration
		known, took = surviving(t, path, max(known, done))
		applied += known - before
		opening = append(opening, took)
	}
	slices.Sort(opening)
	t.Logf("%d workbooks applied in %d lives, %d of which ended in the middle of one; opened in %v, at most %v",
		applied, kills(t), halfway, opening[len(opening)/2], opening[len(opening)-1])
	if half := opening[len(opening)/2]; half > 2*time.Second { // one may have to wait for a busy machine
		t.Errorf("it took %v to open", half)
	}
	if applied == 0 || halfway == 0 {
		t.Error("no workbook was ever applied, or none was interrupted")
	}
}

// surviving makes sure that the mirror opens, is sound and holds the last
// workbook acknowledged, or the one that was being acknowledged, whole. It
// returns which it is, and how long opening took.
func surviving(t *testing.T, path string, acknowledged int) (last int, took time.Duration) {
	t.Helper()
	began := time.Now()
	db, err := openHelper(path, false)
	must(t, err)
	defer func() { must(t, db.Close()) }()
	took = time.Since(began)
	must(t, db.Check(t.Context()))
	s, err := db.Snapshot(t.Context(), store.SnapshotRequest{Period: june})
	must(t, err)
	if len(s.Figures) == 0 && acknowledged == 0 {
		return 0, took
	}
	if len(s.Figures) != statementsEach {
		t.Fatalf("%d figures of a workbook", len(s.Figures))
	}
	for _, f := range s.Figures {
		if f.Value != s.Figures[0].Value {
			t.Fatalf("half a workbook: %v beside %v", f.Value, s.Figures[0].Value)
		}
	}
	n := int(s.Figures[0].Value)
	for of, worth := range ledgerNumbers(t, db) {
		if worth != float64(n) {
			t.Fatalf("half a workbook: %s is %v beside %d", of, worth, n)
		}
	}
	if n != acknowledged && n != acknowledged+1 {
		t.Fatalf("workbook %d is there, %d was acknowledged", n, acknowledged)
	}
	return n, took
}

func TestD09_SecondWriterIsTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mirror.db")
	mustOpenAt(t, path, config(t))
	out, err := job(t, "once", path).Output()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || !strings.HasPrefix(string(out), "error mirror_busy") || !strings.Contains(string(out), strconv.Itoa(os.Getpid())) {
		t.Errorf("%v: %s", err, out)
	}
	_, err = sqlite.Open(t.Context(), path, config(t))
	var busy *store.Error
	if !errors.As(err, &busy) || busy.Code != "mirror_busy" || busy.Args[0] != strconv.Itoa(os.Getpid()) {
		t.Errorf("within the process: %v", err)
	}
	cfg := config(t)
	cfg.ReadOnly = true
	mustOpenAt(t, path, cfg)
}

func TestD06_LockOfTheDeadIsNoObstacle(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mirror.db")
	must(t, os.WriteFile(path+".lock", []byte("999999\n"), 0o600))
	mustOpenAt(t, path, config(t))
	b, err := os.ReadFile(path + ".lock")
	must(t, err)
	expect(t, "lock", string(b), strconv.Itoa(os.Getpid())+"\n")
}
