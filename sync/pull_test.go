package sync_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
	"jindu/sync"
	"jindu/sync/source"
)

// office is a small district with a share, a mirror and a clock of its own.
type office struct {
	t      *testing.T
	dir    string
	now    time.Time
	units  []store.Unit
	source source.Source
	db     *sqlite.DB
	unit   string // the source is bound to it
	gone   bool   // puller.AcceptGone
	settle time.Duration
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, dir: t.TempDir(), now: time.Date(2026, 7, 3, 9, 0, 0, 0, time.UTC)}
	o.units = []store.Unit{
		{Code: "cxs", Name: "城西派出所", Kind: store.Station},
		{Code: "cds", Name: "城东派出所", Kind: store.Station},
		{Code: "bjs", Name: "滨江派出所", Kind: store.Station},
	}
	o.source = source.Folder{Name: "share", Dir: o.dir}
	o.open(filepath.Join(t.TempDir(), "jindu.db"))
	return o
}

func (o *office) open(path string) {
	o.t.Helper()
	db, err := sqlite.Open(o.t.Context(), path, sqlite.Config{
		Units:     store.NewUnits(o.units),
		Catalogue: o.understanding().Catalogue,
		Settings:  store.Settings{Zone: time.UTC, DueDay: 5, CloseDays: 40, MonthStarts: 1},
	})
	must(o.t, err)
	o.db = db
	o.t.Cleanup(func() { _ = db.Close() })
}

func (o *office) understanding() sync.Understanding {
	catalogue, err := store.LoadCatalogue()
	must(o.t, err)
	return sync.Understanding{
		Units:       store.NewUnits(o.units),
		District:    store.District{Name: "云岭区"},
		Catalogue:   catalogue,
		Zone:        time.UTC,
		MonthStarts: 1,
		Secret:      []byte("secret"),
	}
}

func (o *office) puller() *sync.Puller {
	return &sync.Puller{
		Mirror:        o.db,
		Understanding: o.understanding(),
		Clock:         func() time.Time { return o.now },
		Lang:          store.English,
		AcceptGone:    o.gone,
		Settle:        o.settle,
	}
}

// pull pulls an hour after the last time.
func (o *office) pull() store.Pull {
	o.t.Helper()
	o.now = o.now.Add(time.Hour)
	p, err := o.puller().Pull(o.t.Context(), sync.Place{Name: "share", Unit: o.unit, Source: o.source})
	must(o.t, err)
	return p
}

// put writes a file that was last changed a day ago.
func (o *office) put(path, text string) {
	o.t.Helper()
	full := filepath.Join(o.dir, filepath.FromSlash(path))
	must(o.t, os.MkdirAll(filepath.Dir(full), 0o755))
	must(o.t, os.WriteFile(full, []byte(text), 0o644))
	old := o.now.Add(-24 * time.Hour)
	must(o.t, os.Chtimes(full, old, old))
}

func (o *office) remove(path string) {
	o.t.Helper()
	must(o.t, os.Remove(filepath.Join(o.dir, filepath.FromSlash(path))))
}

// value returns a unit's 刑事案件 of the month; -1 for none.
func (o *office) value(unit string, month int) float64 {
	o.t.Helper()
	figures, err := o.db.Figures(o.t.Context(), sqlite.FigureQuery{
		Units:      []string{unit},
		Indicators: []string{"case_criminal"},
		Periods:    []store.Period{store.MonthOf(2026, month)},
	})
	must(o.t, err)
	if len(figures) == 0 {
		return -1
	}
	return figures[0].Value
}

// rules returns the rules of the open findings, each once, in order.
func (o *office) rules() []string {
	o.t.Helper()
	findings, err := o.db.Findings(o.t.Context(), time.Time{})
	must(o.t, err)
	var rules []string
	for _, f := range findings {
		rules = append(rules, f.Rule)
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

// report is a month's report of one unit.
func report(unit string, month, cases int) string {
	return fmt.Sprintf("%s2026年%d月禁毒工作报表\n指标,本月\n破获毒品刑事案件,%d\n查处涉毒行政案件,13\n", unit, month, cases)
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// counts are the numbers of a pull in the order of its JSON.
func counts(p store.Pull) [6]int {
	return [6]int{p.Listed, p.Fetched, p.Unchanged, p.Accepted, p.Partial, p.Refused}
}

func (o *office) want(what string, p store.Pull, want [6]int, rules ...string) {
	o.t.Helper()
	if got := counts(p); got != want || p.Error != "" {
		o.t.Errorf("%s: listed, fetched, unchanged, accepted, partial, refused = %v %s, want %v", what, got, p.Error, want)
	}
	if got := o.rules(); !slices.Equal(got, rules) {
		o.t.Errorf("%s: findings %v, want %v", what, got, rules)
	}
}

func TestPullTwiceChangesNothing(t *testing.T) {
	o := newOffice(t)
	o.put("城西所6月.csv", report("城西派出所", 6, 4))
	o.put("城东所6月.csv", report("城东派出所", 6, 2))
	o.want("first", o.pull(), [6]int{2, 2, 0, 2, 0, 0})
	version, err := o.db.DataVersion(t.Context())
	must(t, err)
	o.want("second", o.pull(), [6]int{2, 0, 2, 0, 0, 0})
	if o.value("cxs", 6) != 4 || o.value("cds", 6) != 2 {
		t.Errorf("figures are %v and %v, want 4 and 2", o.value("cxs", 6), o.value("cds", 6))
	}
	versions, err := o.db.Versions(t.Context(), store.Key{Unit: "cxs", Indicator: "case_criminal", Period: store.MonthOf(2026, 6)}, time.Time{})
	must(t, err)
	if len(versions) != 1 {
		t.Errorf("%d versions after a second look at the same bytes (data version was %d)", len(versions), version)
	}
}

func TestPullCorrectsByContentAlone(t *testing.T) {
	o := newOffice(t)
	o.put("a.csv", report("城西派出所", 6, 4))
	o.pull()
	// The same size and the same time: only the bytes tell.
	info, err := os.Stat(filepath.Join(o.dir, "a.csv"))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(o.dir, "a.csv"), []byte(report("城西派出所", 6, 5)), 0o644))
	must(t, os.Chtimes(filepath.Join(o.dir, "a.csv"), info.ModTime(), info.ModTime()))
	o.want("same size and time", o.pull(), [6]int{1, 1, 0, 1, 0, 0})
	if got := o.value("cxs", 6); got != 5 {
		t.Errorf("figure is %v, want 5", got)
	}
	// Another time and the same bytes.
	must(t, os.Chtimes(filepath.Join(o.dir, "a.csv"), o.now, o.now.Add(-time.Minute)))
	o.want("touched", o.pull(), [6]int{1, 0, 1, 0, 0, 0})
}

func TestPullRefusedKeepsTheLastGoodFigure(t *testing.T) {
	o := newOffice(t)
	o.put("a.csv", report("城西派出所", 6, 4))
	o.pull()
	o.put("a.csv", "\x00\x01 no spreadsheet at all \x02")
	p := o.pull()
	if counts(p) != [6]int{1, 1, 0, 0, 0, 1} {
		t.Errorf("pull = %v, want one refused", counts(p))
	}
	if got := o.value("cxs", 6); got != 4 {
		t.Errorf("figure is %v, want the last good one, 4", got)
	}
	if len(o.rules()) == 0 {
		t.Error("nothing says why it was refused")
	}
	o.want("again", o.pull(), [6]int{1, 0, 1, 0, 0, 0}, o.rules()...) // not read a second time
}

func TestPullOneBadFileLeavesTheOthers(t *testing.T) {
	o := newOffice(t)
	o.put("1.csv", report("城西派出所", 6, 4))
	o.put("2.xlsx", "PK\x03\x04 cut short")
	o.put("3.csv", report("城东派出所", 6, 2))
	p := o.pull()
	if counts(p) != [6]int{3, 3, 0, 2, 0, 1} || o.value("cxs", 6) != 4 || o.value("cds", 6) != 2 {
		t.Errorf("pull = %v, figures %v and %v", counts(p), o.value("cxs", 6), o.value("cds", 6))
	}
}

func TestPullRename(t *testing.T) {
	o := newOffice(t)
	o.put("old.csv", report("城西派出所", 6, 4))
	o.pull()
	o.remove("old.csv")
	o.put("sub/new.csv", report("城西派出所", 6, 4))
	o.want("renamed", o.pull(), [6]int{1, 1, 0, 1, 0, 0})
	books, err := o.db.Workbooks(t.Context(), time.Time{})
	must(t, err)
	if len(books) != 1 || books[0].Path != "sub/new.csv" || !books[0].Live {
		t.Errorf("workbooks = %+v, want the one file under its new name", books)
	}
	if got := o.value("cxs", 6); got != 4 {
		t.Errorf("figure is %v, want 4", got)
	}
}

func TestPullConflictGoesWithOneFile(t *testing.T) {
	o := newOffice(t)
	o.put("a.csv", report("城西派出所", 6, 4))
	o.put("b.csv", report("城西派出所", 6, 9))
	p := o.pull()
	if p.Partial != 1 || o.value("cxs", 6) == 9 {
		t.Errorf("pull = %v, figure %v: neither of two contradicting files may win by being later", counts(p), o.value("cxs", 6))
	}
	o.remove("a.csv")
	o.pull()
	if got := o.value("cxs", 6); got != 9 {
		t.Errorf("figure is %v, want that of the file that is left, 9", got)
	}
}

func TestPullReplacementIsNoConflict(t *testing.T) {
	o := newOffice(t)
	o.put("报表.csv", report("城西派出所", 6, 4))
	o.pull()
	o.remove("报表.csv")
	o.put("报表（改）.csv", report("城西派出所", 6, 5))
	o.put("x.csv", report("城东派出所", 6, 1)) // so that one of two files is gone
	p := o.pull()
	if p.Partial+p.Refused > 0 {
		t.Errorf("pull = %v", counts(p))
	}
	if slices.Contains(o.rules(), "conflict") {
		t.Errorf("a file that replaced another is in conflict with it")
	}
}

func TestPullSourceMissing(t *testing.T) {
	o := newOffice(t)
	o.put("a.csv", report("城西派出所", 6, 4))
	o.pull()
	o.source = source.Folder{Name: "share", Dir: filepath.Join(o.dir, "unmounted")}
	p := o.pull()
	if !strings.Contains(p.Error, "share") || o.value("cxs", 6) != 4 {
		t.Errorf("error %q, figure %v: want the source named and the figure kept", p.Error, o.value("cxs", 6))
	}
	o.source = source.Folder{Name: "share", Dir: o.dir}
	o.want("back again", o.pull(), [6]int{1, 0, 1, 0, 0, 0})
}

func TestPullUploading(t *testing.T) {
	o := newOffice(t)
	o.put("a.csv", report("城西派出所", 6, 4))
	o.pull()
	growing := &writer{Source: o.source, path: "a.csv", versions: []string{report("城西派出所", 6, 5), report("城西派出所", 6, 6)}}
	o.source = growing
	o.want("being written", o.pull(), [6]int{1, 0, 0, 0, 0, 0}, "uploading")
	if got := o.value("cxs", 6); got != 4 {
		t.Errorf("figure is %v, want the last good one, 4", got)
	}
	o.want("written", o.pull(), [6]int{1, 1, 0, 1, 0, 0})
	if got := o.value("cxs", 6); got != 6 {
		t.Errorf("figure is %v, want 6", got)
	}
}

// writer is a source with a file that somebody is writing: every fetch sees the
// next version, until the last.
type writer struct {
	source.Source
	path     string
	versions []string
}

func (w *writer) Fetch(ctx context.Context, e source.Entry) ([]byte, error) {
	if e.Path != w.path {
		return w.Source.Fetch(ctx, e)
	}
	data := w.versions[0]
	if len(w.versions) > 1 {
		w.versions = w.versions[1:]
	}
	return []byte(data), nil
}

func TestPullFileAndFolderFaults(t *testing.T) {
	o := newOffice(t)
	o.put("a.csv", report("城西派出所", 6, 4))
	o.put("closed/b.csv", report("城东派出所", 6, 2))
	o.put("closed/c.csv", report("滨江派出所", 6, 3))
	o.pull()
	o.source = listing{o.source, []source.Entry{
		{Path: "a.csv", Err: store.NewError("unreadable_file", nil)},
		{Path: "closed", Folder: true, Err: store.NewError("unreadable_folder", nil)},
		{Path: "link.csv", Err: store.NewError("not_regular", nil)},
	}}
	o.want("closed", o.pull(), [6]int{2, 0, 0, 0, 0, 2}, "not_regular", "unreadable_file", "unreadable_folder")
	books, err := o.db.Workbooks(t.Context(), time.Time{})
	must(t, err)
	for _, b := range books {
		if !b.Live {
			t.Errorf("%s lies where nobody can look and was marked as gone", b.Path)
		}
	}
}

// listing is a source that lists other entries than it has.
type listing struct {
	source.Source
	entries []source.Entry
}

func (l listing) List(context.Context) ([]source.Entry, error) { return l.entries, nil }

func TestPullSourceBreaksDownMidway(t *testing.T) {
	o := newOffice(t)
	o.put("a.csv", report("城西派出所", 6, 4))
	o.pull()
	o.put("a.csv", report("城西派出所", 6, 5))
	o.put("b.csv", report("城东派出所", 6, 2))
	o.source = broken{o.source}
	if p := o.pull(); p.Error == "" || p.Fetched > 0 || o.value("cxs", 6) != 4 {
		t.Errorf("pull %v %q, figure %v: want the source down and nothing applied", counts(p), p.Error, o.value("cxs", 6))
	}
}

// broken is a source that lists and then answers no more.
type broken struct{ source.Source }

func (broken) Fetch(context.Context, source.Entry) ([]byte, error) {
	return nil, store.NewError("source_slow", errors.New("no answer"), "share")
}

func TestPullReadsAgainAfterAnAlias(t *testing.T) {
	o := newOffice(t)
	o.put("a.csv", report("西门警务站", 6, 4))
	if p := o.pull(); p.Refused != 1 || o.value("cxs", 6) != -1 {
		t.Fatalf("pull = %v: a unit that nobody knows must be refused", counts(p))
	}
	o.units[0].Aliases = []string{"西门警务站"}
	o.want("with the alias", o.pull(), [6]int{1, 1, 0, 1, 0, 0})
	if got := o.value("cxs", 6); got != 4 {
		t.Errorf("figure is %v, want 4", got)
	}
	o.want("and not for ever", o.pull(), [6]int{1, 0, 1, 0, 0, 0})
}

func TestPullBoundSource(t *testing.T) {
	o := newOffice(t)
	o.unit = "cds"
	o.put("a.csv", report("城西派出所", 6, 4))
	if p := o.pull(); p.Refused != 1 || o.value("cxs", 6) != -1 || o.value("cds", 6) != -1 {
		t.Errorf("pull = %v: a unit's folder took another's figures", counts(p))
	}
}

func TestPullWrongExtension(t *testing.T) {
	o := newOffice(t)
	o.put("a.xls", report("城西派出所", 6, 4))
	o.want("csv named xls", o.pull(), [6]int{1, 1, 0, 1, 0, 0}, "wrong_extension")
}

func TestPullJump(t *testing.T) {
	o := newOffice(t)
	for month := 1; month <= 5; month++ {
		o.put(fmt.Sprintf("%d月.csv", month), report("城西派出所", month, 30+month))
	}
	o.pull()
	o.put("6月.csv", report("城西派出所", 6, 330))
	o.want("ten times the usual", o.pull(), [6]int{6, 1, 5, 1, 0, 0}, "jump")
	if got := o.value("cxs", 6); got != 330 {
		t.Errorf("figure is %v: what only looks wrong applies as suspect", got)
	}
	o.put("6月.csv", report("城西派出所", 6, 33))
	o.want("a mended one waits for an officer", o.pull(), [6]int{6, 1, 5, 1, 0, 0}, "jump")
	if got := o.value("cxs", 6); got != 330 {
		t.Errorf("figure is %v: it was not accepted yet", got)
	}
}

func TestPullMasksNames(t *testing.T) {
	o := newOffice(t)
	id := "53990119800110203X"
	o.put("张三丰 "+id+".csv", report("城西派出所", 6, 4))
	o.put("张三丰 539901198001102030.csv", report("城东派出所", 6, 2))
	o.pull()
	books, err := o.db.Workbooks(t.Context(), time.Time{})
	must(t, err)
	if len(books) != 2 || books[0].Path == books[1].Path {
		t.Fatalf("workbooks %+v: two masked names must stay two files", books)
	}
	for _, b := range books {
		if strings.Contains(b.Path, "5399011980") {
			t.Errorf("%s holds an ID number", b.Path)
		}
	}
	o.want("known again", o.pull(), [6]int{2, 0, 2, 0, 0, 0})
}

func TestPullEndsWithTheContext(t *testing.T) {
	o := newOffice(t)
	o.put("a.csv", report("城西派出所", 6, 4))
	ctx, cancel := context.WithCancel(t.Context())
	p := o.puller()
	p.Progress = func(sync.Progress) { cancel() }
	_, err := p.Pull(ctx, sync.Place{Name: "share", Source: o.source})
	if !errors.Is(err, context.Canceled) || o.value("cxs", 6) != -1 {
		t.Errorf("error %v, figure %v", err, o.value("cxs", 6))
	}
	o.want("the next one takes up", o.pull(), [6]int{1, 1, 0, 1, 0, 0})
}

// The times of files lie: they decide nothing.
func TestPullOddTimes(t *testing.T) {
	o := newOffice(t)
	for path, at := range map[string]time.Time{
		"1970.csv": time.Unix(0, 0),
		"2099.csv": time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC),
	} {
		unit := map[string]string{"1970.csv": "城西派出所", "2099.csv": "城东派出所"}[path]
		o.put(path, report(unit, 6, 4))
		must(t, os.Chtimes(filepath.Join(o.dir, path), at, at))
	}
	o.want("first", o.pull(), [6]int{2, 2, 0, 2, 0, 0})
	if o.value("cxs", 6) != 4 || o.value("cds", 6) != 4 {
		t.Errorf("figures %v and %v", o.value("cxs", 6), o.value("cds", 6))
	}
	o.now = o.now.Add(-48 * time.Hour) // the clock was set back
	o.put("1970.csv", report("城西派出所", 6, 5))
	o.pull()
	if got := o.value("cxs", 6); got != 5 {
		t.Errorf("figure is %v: what was received later is newer, whatever the clock says", got)
	}
}

func TestPullProgress(t *testing.T) {
	o := newOffice(t)
	o.put("a.csv", report("城西派出所", 6, 4))
	o.put("b.csv", report("城东派出所", 6, 4))
	var steps []string
	p := o.puller()
	p.Progress = func(p sync.Progress) { steps = append(steps, fmt.Sprint(p.Step, p.Done, p.Total)) }
	_, err := p.Pull(t.Context(), sync.Place{Name: "share", Source: o.source})
	must(t, err)
	if want := []string{"look1 2", "look2 2", "read1 2", "read2 2"}; !slices.Equal(steps, want) {
		t.Errorf("progress = %q, want %q", steps, want)
	}
}
