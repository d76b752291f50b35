package sqlite_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// The helpers of this file do one thing for ever and say "begin n" and "done n".

// checkpointForEver applies a workbook and closes the mirror, which moves all of
// the log into its file.
func checkpointForEver(path string) error {
	for {
		db, err := openHelper(path, false)
		if err != nil {
			return err
		}
		s, err := db.Snapshot(context.Background(), store.SnapshotRequest{Period: june})
		if err != nil {
			return err
		}
		n := 1
		if len(s.Figures) > 0 {
			n += int(s.Figures[0].Value)
		}
		if _, err := db.Apply(context.Background(), 1, numbered(n)); err != nil {
			return err
		}
		fmt.Println("done", n)
		if err := db.Close(); err != nil {
			return err
		}
	}
}

// migrateForEver opens copies of a mirror of the first release, which brings each
// of them up to date.
func migrateForEver(path string) error {
	whole, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for n := 1; ; n++ {
		one := path + "." + strconv.Itoa(n)
		if err := os.WriteFile(one, whole, 0o600); err != nil {
			return err
		}
		fmt.Println("begin", n)
		db, err := openHelper(one, false)
		if err != nil {
			return err
		}
		fmt.Println("done", n)
		if err := db.Close(); err != nil {
			return err
		}
	}
}

// backUpForEver applies workbooks and makes a backup behind each.
func backUpForEver(path string) error {
	db, err := openHelper(path, false)
	if err != nil {
		return err
	}
	for n := 1; ; n++ {
		if _, err := db.Apply(context.Background(), 1, numbered(n)); err != nil {
			return err
		}
		fmt.Println("begin", n)
		if _, err := db.Backup(context.Background(), path+"."+strconv.Itoa(n)+".backup", true); err != nil {
			return err
		}
		fmt.Println("done", n)
	}
}

// killed lets a helper live for a random while and returns the last numbers that
// it said; 0 for none. It counts from its first word, but one life in four ends
// before: while the mirror is opened, and what the last one left is recovered.
func killed(t *testing.T, name, path string, random *rand.Rand) (begun, done int) {
	t.Helper()
	cmd := job(t, name, path)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	life := time.Duration(random.IntN(200_000)) * time.Microsecond
	var timer *time.Timer
	if random.IntN(4) == 0 {
		timer = time.AfterFunc(life/4, func() { _ = cmd.Process.Kill() })
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if timer == nil { // a busy machine takes long to start anything
			timer = time.AfterFunc(life, func() { _ = cmd.Process.Kill() })
		}
		what, number, _ := strings.Cut(lines.Text(), " ")
		n, err := strconv.Atoi(number)
		if err != nil || what != "begin" && what != "done" {
			t.Fatalf("the helper says %q", lines.Text())
		}
		if what == "begin" {
			begun = n
		} else {
			done = n
		}
	}
	_ = cmd.Wait() // it was killed
	return begun, done
}

// TestD02_KilledInCheckpoint kills while the log is moved into the mirror's file.
func TestD02_KilledInCheckpoint(t *testing.T) {
	if testing.Short() {
		t.Skip("a process of its own, that no race detector sees into")
	}
	random := fateOf(t, 7)
	moved, known, path := 0, 0, ""
	for life := range kills(t) {
		if life%livesEach == 0 {
			path, known = filepath.Join(t.TempDir(), "mirror.db"), 0
		}
		before := known
		_, done := killed(t, "checkpoint", path, random)
		known, _ = surviving(t, path, max(known, done))
		moved += known - before
	}
	t.Logf("%d workbooks applied and moved in %d lives", moved, kills(t))
	if moved == 0 {
		t.Error("no workbook was ever applied")
	}
}

// TestD02_KilledInMigration kills while mirrors of the first release are brought
// up to date: each is then as it was, or as it is to be, and opens.
func TestD02_KilledInMigration(t *testing.T) {
	if testing.Short() {
		t.Skip("a process of its own, that no race detector sees into")
	}
	text, err := os.ReadFile(filepath.Join("testdata", "version1.sql"))
	must(t, err)
	random := fateOf(t, 8)
	halfway, total1 := 0, 0
	old := filepath.Join(t.TempDir(), "old.db")
	alter(t, old, string(text))
	whole, err := os.ReadFile(old)
	must(t, err)
	for range kills(t) {
		path := filepath.Join(t.TempDir(), "old.db")
		must(t, os.WriteFile(path, whole, 0o600))
		begun, done := killed(t, "migrate", path, random)
		total1 += begun
		if begun == 0 {
			continue
		}
		if begun > done {
			halfway++
		}
		db := mustOpenAt(t, path+"."+strconv.Itoa(begun), config(t))
		must(t, db.Check(t.Context()))
		expect(t, "figure", shown(t, db, total, time.Time{}), "6 v2 june.xlsx")
	}
	t.Logf("%d migrations in %d lives, %d of them killed half-way", total1, kills(t), halfway)
	if total1 == 0 {
		t.Error("no mirror was ever brought up to date")
	}
}

// TestD02_KilledInBackup kills while backups are made: whatever bears the name of
// one is whole, and each that was said to be done is there.
func TestD02_KilledInBackup(t *testing.T) {
	if testing.Short() {
		t.Skip("a process of its own, that no race detector sees into")
	}
	random := fateOf(t, 9)
	whole, parts := 0, 0
	for range kills(t) {
		folder := t.TempDir()
		path := filepath.Join(folder, "mirror.db")
		_, done := killed(t, "backup", path, random)
		made, err := filepath.Glob(path + ".*.backup")
		must(t, err)
		if len(made) < done || len(made) > done+1 {
			t.Errorf("%d backups, %d said to be done", len(made), done)
		}
		for _, backup := range made {
			held, err := sqlite.Inspect(t.Context(), backup)
			must(t, err)
			expect(t, backup, fmt.Sprint(held.Figures), fmt.Sprint(statementsEach))
		}
		left, err := filepath.Glob(path + "*.part")
		must(t, err)
		whole, parts = whole+len(made), parts+len(left)
		if len(left) > 1 {
			t.Errorf("%d halves", len(left))
		}
	}
	t.Logf("%d whole backups, %d killed half-way, in %d lives", whole, parts, kills(t))
	if whole == 0 {
		t.Error("no backup was ever made")
	}
}

// TestD05_DamageIsKeptOutOfBackups turns bits of a mirror: whatever it still lets
// itself be backed up as must read as the whole mirror did.
func TestD05_DamageIsKeptOutOfBackups(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "mirror.db")
	db, err := sqlite.Open(t.Context(), path, config(t))
	must(t, err)
	apply(t, db, 1, numbered(7))
	want := numbers(t, db)
	must(t, db.Close())
	whole, err := os.ReadFile(path)
	must(t, err)
	random := rand.New(rand.NewPCG(26, 10))
	const flips = 100
	refused := 0
	for range flips {
		broken := bytes.Clone(whole)
		broken[random.IntN(len(broken))] ^= 1 << random.IntN(8)
		must(t, os.WriteFile(path, broken, 0o600))
		must(t, os.RemoveAll(path+"-wal"))
		must(t, os.RemoveAll(path+"-shm"))
		if !backsUpRight(t, path, filepath.Join(folder, "backup.db"), want) {
			refused++
		}
	}
	t.Logf("%d of %d turned bits kept a backup from being made; the others changed no number", refused, flips)
	if refused == 0 {
		t.Error("no damage was ever noticed")
	}
}

// backsUpRight reports whether a backup was made, which then must hold the
// numbers wanted and no others.
func backsUpRight(t *testing.T, path, backup string, want map[string]bool) bool {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path, config(t))
	if err != nil {
		return false
	}
	_, err = db.Backup(t.Context(), backup, true)
	_ = db.Close() // what is damaged may not close well
	if err != nil {
		return false
	}
	copied, err := sqlite.Open(t.Context(), backup, config(t))
	must(t, err)
	var others []string
	for number := range numbers(t, copied) {
		if !want[number] {
			others = append(others, number)
		}
	}
	slices.Sort(others)
	if len(others) > 0 {
		t.Errorf("the backup shows %v", others)
	}
	must(t, copied.Close())
	return true
}
