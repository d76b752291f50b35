package sample

import (
	"bytes"
	"crypto/sha256"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pelletier/go-toml/v2"

	"jindu/store"
)

// july is an ordinary day: everything due has come, the next month is far.
func july() time.Time { return time.Date(2026, 7, 14, 9, 30, 0, 0, beijing()) }

// nows are moments at which calendars are awkward: the first minutes of a month
// and of a year, the due day itself, a leap day, the last day of a month.
func nows() map[string]time.Time {
	at := func(y int, m time.Month, d, h, min int) time.Time { return time.Date(y, m, d, h, min, 7, 0, beijing()) }
	return map[string]time.Time{
		"ordinary":        july(),
		"first-minutes":   at(2026, 7, 1, 0, 10),
		"due-day":         at(2026, 7, 5, 8, 0),
		"day-after-due":   at(2026, 7, 6, 16, 0),
		"new-year":        at(2027, 1, 1, 3, 0),
		"february":        at(2027, 2, 20, 12, 0),
		"leap-day":        at(2028, 2, 29, 23, 59),
		"last-of-january": at(2027, 1, 31, 10, 0),
		"in-utc":          time.Date(2026, 8, 31, 20, 0, 0, 0, time.UTC), // already September here
	}
}

// mustFolder writes the district's stages into a fresh folder.
func mustFolder(tb testing.TB, d *District) string {
	tb.Helper()
	dir := tb.TempDir()
	for _, at := range d.Moments() {
		if err := d.Write(dir, at); err != nil {
			tb.Fatalf("write at %v: %v", at, err)
		}
	}
	return dir
}

// mustSums returns the hash of every file and its time, by path.
func mustSums(tb testing.TB, dir string) map[string]string {
	tb.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		sum := sha256.Sum256(data)
		out[filepath.ToSlash(rel)] = info.ModTime().UTC().String() + string(sum[:])
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

func TestSameSeedSameBytes(t *testing.T) {
	first := mustSums(t, mustFolder(t, New(1, july())))
	second := mustSums(t, mustFolder(t, New(1, july())))
	for path, sum := range first {
		if second[path] != sum {
			t.Errorf("%s differs between two runs", path)
		}
	}
	if len(first) != len(second) {
		t.Errorf("%d files, then %d", len(first), len(second))
	}
	other := mustSums(t, mustFolder(t, New(2, july())))
	same := 0
	for path, sum := range first {
		if other[path] == sum {
			same++
		}
	}
	if same > 4 { // what is no workbook may well be alike
		t.Errorf("%d files are alike under another seed", same)
	}
}

func TestMomentsMoveForward(t *testing.T) {
	for name, now := range nows() {
		t.Run(name, func(t *testing.T) {
			moments := New(1, now).Moments()
			if !moments[len(moments)-1].Equal(now.Truncate(time.Second)) {
				t.Errorf("the last moment is %v, want %v", moments[len(moments)-1], now)
			}
			if !slices.IsSortedFunc(moments, time.Time.Compare) || len(slices.CompactFunc(moments, time.Time.Equal)) != 4 {
				t.Errorf("moments %v do not move forward", moments)
			}
			if age := now.Sub(moments[0]); age < 20*24*time.Hour || age > 53*24*time.Hour {
				t.Errorf("the first moment is %v ago", age)
			}
		})
	}
}

func TestPlanIsHandedInInOrder(t *testing.T) {
	for name, now := range nows() {
		t.Run(name, func(t *testing.T) {
			d := New(1, now)
			if n := len(d.live()); n < 130 || n > 220 {
				t.Errorf("%d files, want 130 to 220", n)
			}
			for i, f := range d.files {
				if f.sent.After(now) {
					t.Errorf("%s is handed in after now", f.path)
				}
				if i > 0 && d.files[i-1].path == f.path && !d.files[i-1].sent.Before(f.sent) {
					t.Errorf("two versions of %s at %v", f.path, f.sent)
				}
			}
		})
	}
}

// TestStages checks what a puller sees from one moment to the next.
func TestStages(t *testing.T) {
	d := New(1, july())
	dir := t.TempDir()
	var stages []map[string]string
	for _, at := range d.Moments() {
		if err := d.Write(dir, at); err != nil {
			t.Fatal(err)
		}
		stages = append(stages, mustSums(t, dir))
	}
	news := func(stage int) []string {
		var out []string
		for path, sum := range stages[stage] {
			if stages[stage-1][path] != sum {
				out = append(out, path)
			}
		}
		slices.Sort(out)
		return out
	}
	if n := len(news(1)); n < 30 {
		t.Errorf("%d files come in before they are due", n)
	}
	if !slices.Contains(news(2), "街道/西郊街道/西郊街道6月报表.xlsx") {
		t.Errorf("the late report is not among %q", news(2))
	}
	want := []string{"派出所/城西派出所/城西所6月报表.xlsx", "禁毒办/禁毒工作任务清单.xlsx", "禁毒大队/毒品案件台账.xlsx"}
	if got := news(3); !slices.Equal(got, want) {
		t.Errorf("the last stage brings %q, want %q", got, want)
	}
	for path := range stages[0] {
		if _, ok := stages[3][path]; !ok {
			t.Errorf("%s is gone", path)
		}
	}
}

func TestWriteLeavesTheRestAlone(t *testing.T) {
	d := New(1, july())
	dir := mustFolder(t, d)
	mine := filepath.Join(dir, "区里自己的表.xlsx")
	kept := filepath.Join(dir, "派出所", "城西派出所", "城西所5月报表.xlsx")
	if err := os.WriteFile(mine, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(kept)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(kept+".seen", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := d.Write(dir, july()); err != nil {
		t.Fatal(err)
	}
	after, err := os.Stat(kept)
	if err != nil || !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
		t.Errorf("%s was written again (%v)", kept, err)
	}
	if data, err := os.ReadFile(mine); err != nil || string(data) != "mine" {
		t.Errorf("a file of somebody else is %q, %v", data, err)
	}
}

func TestWriteSaysWhichFile(t *testing.T) {
	d := New(1, july())
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "街道"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	err := d.Write(dir, july())
	if err == nil || !strings.Contains(err.Error(), "街道/") {
		t.Errorf("a folder in the way: %v", err)
	}
}

func TestUnits(t *testing.T) {
	units := New(1, july()).Units()
	codes, names, kinds := map[string]bool{}, map[string]bool{}, map[store.UnitKind]int{}
	for _, u := range units {
		for _, name := range append([]string{u.Name}, u.Aliases...) {
			if names[name] {
				t.Errorf("two units are called %s", name)
			}
			names[name] = true
		}
		if codes[u.Code] {
			t.Errorf("two units have the code %s", u.Code)
		}
		if u.Parent != "" && !codes[u.Parent] {
			t.Errorf("%s stands before its parent %q", u.Name, u.Parent)
		}
		codes[u.Code] = true
		kinds[u.Kind]++
	}
	if len(units) < 24 {
		t.Errorf("%d units", len(units))
	}
	for _, kind := range store.UnitKinds {
		if kinds[kind] == 0 {
			t.Errorf("no unit of the kind %s", kind)
		}
	}
}

func TestConfigIsRead(t *testing.T) {
	d := New(1, july())
	var got struct {
		Mirror   string
		District struct {
			Name       string
			Population int
			Bureaus    []string `toml:"bureau_names"`
		}
		Report map[string]int
		Unit   []struct {
			Code, Name, Kind, Parent string
			Aliases                  []string
		}
		Source []map[string]string
		Target []struct {
			Indicator, Every string
			Value            float64
			Kinds            []string
		}
		Grade    []map[string]any
		Campaign []struct {
			Code, Name, English, Document, Word, Against, Plan string
			From, To                                           toml.LocalDate
			Indicators, Kinds                                  []string
		}
		Attention  map[string]any
		Inspection map[string]string
	}
	dec := toml.NewDecoder(strings.NewReader(d.Config()))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&got); err != nil {
		t.Fatal(err)
	}
	if got.District.Population != 812000 || len(got.District.Bureaus) == 0 || got.Report["due_day"] != dueDay {
		t.Errorf("district %+v, report %v", got.District, got.Report)
	}
	for i, u := range d.Units() {
		if c := got.Unit[i]; c.Code != u.Code || c.Name != u.Name || c.Kind != string(u.Kind) || c.Parent != u.Parent {
			t.Errorf("unit %d is %+v, want %+v", i, c, u)
		}
	}
	if got.Source[0]["name"] != "share" || got.Source[0]["remote"] != "reports" {
		t.Errorf("source %v", got.Source)
	}
	cat := mustCatalogue(t)
	for _, target := range got.Target {
		kind := store.Ratio
		if target.Every != "" {
			kind = store.Flow
		}
		if ind, ok := cat.ByCode(target.Indicator); !ok || ind.Kind != kind || target.Value <= 0 {
			t.Errorf("target %+v", target)
		}
	}
}

func mustCatalogue(tb testing.TB) *store.Catalogue {
	tb.Helper()
	cat, err := store.LoadCatalogue()
	if err != nil {
		tb.Fatal(err)
	}
	return cat
}

// TestWordsAreTheCatalogues checks that every head written is the name of its
// own indicator in the catalogue and of no other.
func TestWordsAreTheCatalogues(t *testing.T) {
	cat := mustCatalogue(t)
	owners := map[string][]string{}
	for _, ind := range cat.Indicators {
		names := ind.Names()
		slices.Sort(names)
		for _, name := range slices.Compact(names) {
			owners[name] = append(owners[name], ind.Code)
		}
	}
	for code, w := range words() {
		ind, ok := cat.ByCode(code)
		if !ok || ind.Kind != w.kind || ind.Measure != w.measure || ind.Numerator != w.top || ind.Denominator != w.bottom {
			t.Errorf("%s is %+v here and %+v in the catalogue", code, w, ind)
		}
		for _, name := range w.names {
			if got := owners[name]; !slices.Equal(got, []string{code}) {
				t.Errorf("%s stands for %v, want %s alone", name, got, code)
			}
		}
	}
}

func TestEveryMeasureIsKnown(t *testing.T) {
	cat := mustCatalogue(t)
	g := page{m: &model{words: words()}, hand: hand{kilo: true, yuan: true}}
	for _, it := range g.items(slices.Sorted(maps.Keys(words()))...) {
		m, ok := cat.MeasureByName(it.measure)
		if !ok || m.Base != it.word.measure || m.Factor != it.factor {
			t.Errorf("%s is written in %s, which converts by %v to %s", it.code, it.measure, m.Factor, m.Base)
		}
	}
}

func TestCSVIsEncoded(t *testing.T) {
	dir := mustFolder(t, New(1, july()))
	for name, want := range map[string][]byte{
		"派出所/北关派出所/北关所6月.csv":  {0xb1, 0xb1}, // 北 in GB18030
		"派出所/古渡边防派出所2026年.csv": {0xef, 0xbb, 0xbf},
	} {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil || !bytes.HasPrefix(data, want) {
			t.Errorf("%s begins with % x, %v", name, data[:4], err)
		}
		if !bytes.Contains(data, []byte(`","`)) && !bytes.Contains(data, []byte(`,"`)) {
			t.Errorf("%s has no quoted thousands", name)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	for b.Loop() {
		d := New(1, july())
		dir := b.TempDir()
		if err := d.Write(dir, july()); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(d.live())), "files")
	}
}

func BenchmarkTruth(b *testing.B) {
	d := New(1, july())
	for b.Loop() {
		b.ReportMetric(float64(len(d.Truth())), "figures")
	}
}
