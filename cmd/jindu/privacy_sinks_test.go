package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
	"jindu/tui"
	"jindu/tui/page"
)

// sinks is everything that the program writes, by a name for where.
type sinks map[string][]byte

// watched is an office whose every output is kept.
type watched struct {
	*office
	sinks sinks
}

// watch makes an office with a folder of its own for temporary files.
func watch(t *testing.T) *watched {
	t.Helper()
	w := watchCommands(t)
	tmp := filepath.Join(w.dir, "tmp")
	must(t, os.Mkdir(tmp, 0o700))
	t.Setenv("TMPDIR", tmp)
	return w
}

// watchCommands makes an office of which nothing is asked but what commands print.
func watchCommands(t *testing.T) *watched {
	t.Helper()
	w := &watched{&office{TB: t, dir: t.TempDir()}, sinks{}}
	w.at, _ = time.ParseInLocation("2006-01-02 15:04", "2026-07-10 09:00", time.FixedZone("", 8*3600))
	w.configure(officeCase{})
	return w
}

func (w *watched) reports() string { return filepath.Join(w.dir, "reports") }

// say runs a command and keeps what it prints.
func (w *watched) say(args ...string) ran {
	w.Helper()
	r := w.run(args...)
	name := "command " + strings.Join(args[:min(2, len(args))], " ")
	w.sinks[name+" stdout"] = append(w.sinks[name+" stdout"], r.out...)
	w.sinks[name+" stderr"] = append(w.sinks[name+" stderr"], r.err...)
	return r
}

// config is the office's configuration as the program reads it.
func (w *watched) config() *config {
	cfg, err := loadConfig(filepath.Join(w.dir, configName), w.at)
	must(w, err)
	return cfg
}

// pulled pulls as a board does, with a log, while a reader keeps the write-ahead
// log from being folded away.
func (w *watched) pulled() {
	w.Helper()
	cfg := w.config()
	db, err := openMirror(w.Context(), cfg, false)
	must(w, err)
	reader, err := openMirror(w.Context(), cfg, true)
	must(w, err)
	_, err = reader.DataVersion(w.Context())
	must(w, err)
	a := &app{Process: Process{Now: func() time.Time { return w.at }}, lang: store.Chinese}
	puller, err := a.newPuller(cfg, db)
	must(w, err)
	var log bytes.Buffer
	puller.Settle = 0
	puller.Log = slog.New(slog.NewJSONHandler(&log, nil))
	_, err = a.pullAll(w.Context(), puller, "")
	must(w, err)
	w.sinks["log"] = log.Bytes()
	w.files("while pulling")
	must(w, db.Close())
	must(w, reader.Close())
}

// files keeps every file but the units' own: the mirror and what lies beside
// it, temporary files, cores.
func (w *watched) files(when string) {
	w.Helper()
	must(w, filepath.WalkDir(w.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == w.reports() {
			return filepath.SkipDir
		}
		if !d.IsDir() {
			data, err := os.ReadFile(path)
			must(w, err)
			rel, _ := filepath.Rel(w.dir, path)
			w.sinks["file "+rel+" "+when] = data
		}
		return nil
	}))
}

// rowsAndBackup keeps every row of every table as text, and a backup.
func (w *watched) rowsAndBackup() {
	w.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(w.dir, "jindu.db"))
	must(w, err)
	defer func() { must(w, db.Close()) }()
	var out bytes.Buffer
	for _, table := range strings.Fields(scanned(w, db, `SELECT group_concat(name, ' ') FROM sqlite_master WHERE type = 'table'`)) {
		w.dump(&out, db, table)
	}
	w.sinks["rows"] = out.Bytes()
	backup := filepath.Join(w.TempDir(), "backup.db")
	_, err = db.ExecContext(w.Context(), `VACUUM INTO ?`, backup)
	must(w, err)
	data, err := os.ReadFile(backup)
	must(w, err)
	w.sinks["backup"] = data
}

// dump writes every row of a table, a line to a row.
func (w *watched) dump(out *bytes.Buffer, db *sql.DB, table string) {
	w.Helper()
	rows, err := db.QueryContext(w.Context(), `SELECT * FROM `+table)
	must(w, err)
	defer func() { must(w, rows.Close()) }()
	columns, err := rows.Columns()
	must(w, err)
	for rows.Next() {
		texts, cells := make([][]byte, len(columns)), make([]any, len(columns))
		for i := range cells {
			cells[i] = &texts[i]
		}
		must(w, rows.Scan(cells...))
		out.Write(append(bytes.Join(texts, []byte("|")), '\n'))
	}
	must(w, rows.Err())
}

func scanned(w *watched, db *sql.DB, query string) string {
	var s string
	must(w, db.QueryRowContext(w.Context(), query).Scan(&s))
	return s
}

// commands runs everything that prints.
func (w *watched) commands() {
	w.Helper()
	var files []string
	must(w, filepath.WalkDir(w.reports(), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	}))
	w.say("pull")
	w.say("pull", "--json")
	w.say(append([]string{"check", "--explain"}, files...)...)
	w.say(append([]string{"check", "--json", "--explain", "--lang", "en"}, files...)...)
	for _, lang := range []string{"zh", "en"} {
		for _, what := range slices.Sorted(maps.Keys(lists())) {
			w.say("list", what, "--lang", lang)
			w.say("list", what, "--derived", "--json", "--lang", lang)
			w.say("list", what, "--csv", "--lang", lang)
		}
	}
	for _, indicator := range []string{"case_criminal", "case_admin", "users_found", "seized_meth_g", "drug_driving", "prosecuted"} {
		for _, unit := range []string{"cxs", "dhj", store.DistrictCode} {
			w.say("figure", unit, indicator)
			w.say("figure", unit, indicator, "--json")
		}
	}
	for _, words := range []string{"宣传", "A5399", "***", "cxpcs", "1"} {
		w.say("find", words)
		w.say("find", words, "--json")
	}
}

// screens draws every page at several sizes, in both languages, plain and in
// colour, and the origin of figures through the board's own reader.
func (w *watched) screens() {
	w.Helper()
	cfg := w.config()
	db, err := openMirror(w.Context(), cfg, true)
	must(w, err)
	defer func() { must(w, db.Close()) }()
	for _, lang := range []store.Lang{store.Chinese, store.English} {
		var out bytes.Buffer
		a := &app{Process: Process{Now: func() time.Time { return w.at }}, out: &counter{w: &out}, lang: lang}
		shown := galleryOf(db)
		for _, p := range []store.Period{{}, store.MonthOf(2026, 6), store.MonthOf(2019, 3)} {
			s, err := shown.Snapshot(w.Context(), store.SnapshotRequest{Now: w.at, Period: p})
			must(w, err)
			for _, one := range page.Embedded().Pages() {
				for _, size := range [][2]int{{48, 20}, {80, 24}, {120, 40}, {220, 70}} {
					o := a.screen(cfg, shown)
					o.Plain = size[0] == 80
					out.WriteString(tui.Render(s, o, one.Name, size[0], size[1]))
				}
			}
		}
		w.origins(&out, db)
		w.sinks["screens "+string(lang)] = out.Bytes()
	}
}

// origins asks for what the overlays show: versions, cells, neighbours.
func (w *watched) origins(out *bytes.Buffer, db *sqlite.DB) {
	w.Helper()
	figures, err := db.Figures(w.Context(), sqlite.FigureQuery{})
	must(w, err)
	for i, f := range figures {
		versions, err := db.Versions(w.Context(), f.Key, time.Time{})
		must(w, err)
		fmt.Fprintf(out, "%+v\n", versions)
		if i%20 == 0 {
			near, err := db.Neighbours(w.Context(), f.Cell, 3, 3)
			must(w, err)
			fmt.Fprintf(out, "%+v\n", near)
		}
	}
}

// everything fills all sinks; the units' own files must lie there already.
func (w *watched) everything() {
	w.Helper()
	w.pulled()
	w.commands()
	w.screens()
	w.rowsAndBackup()
	w.files("afterwards")
}
