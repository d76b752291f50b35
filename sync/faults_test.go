package sync_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"jindu/store"
	"jindu/store/sqlite"
	"jindu/sync/source"
)

// TestS04_WrittenOverWhileRead has somebody write over a report without end,
// piece by piece and in its place, as programs do on shares: a pull takes in one
// of the versions whole, or says that the file is being written.
func TestS04_WrittenOverWhileRead(t *testing.T) {
	pulls := 24
	if n, err := strconv.Atoi(os.Getenv("JINDU_PULLS")); err == nil {
		pulls = n
	}
	o := newOffice(t)
	o.settle = 100 * time.Millisecond // longer than the writer rests within a version
	o.put("a.csv", report("城西派出所", 6, 13))
	o.pull()
	path := filepath.Join(o.dir, "a.csv")
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- writeOver(ctx, path) }()
	applied, uploading := 0, 0
	for range pulls {
		before := o.value("cxs", 6)
		p := o.pull()
		if p.Accepted == 0 {
			uploading++
			if o.value("cxs", 6) != before {
				t.Fatalf("figure %v, and nothing was accepted", o.value("cxs", 6))
			}
			continue
		}
		applied++
		figures, err := o.db.Figures(t.Context(), sqlite.FigureQuery{Units: []string{"cxs"}})
		must(t, err)
		if len(figures) != 2 || figures[0].Value != figures[1].Value {
			t.Fatalf("two versions were mixed, or half of one was read: %v", figures)
		}
	}
	stop()
	must(t, <-ended)
	t.Logf("%d pulls: %d took a version in, %d found the file being written", pulls, applied, uploading)
	if uploading == 0 || applied == 0 {
		t.Error("no pull ever met the writer, or none ever got by")
	}
	if p := o.pull(); p.Accepted+p.Unchanged != 1 {
		t.Errorf("once nobody writes: %v", counts(p))
	}
}

// writeOver writes a report again and again, the same number twice in each.
func writeOver(ctx context.Context, path string) error {
	for n := 1; ctx.Err() == nil; n++ {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0)
		if err != nil {
			return err
		}
		text := fmt.Sprintf("城西派出所2026年6月禁毒工作报表\n指标,本月\n破获毒品刑事案件,%d\n查处涉毒行政案件,%d\n", 100+n%50, 100+n%50)
		for _, piece := range []string{text[:len(text)/2], text[len(text)/2:]} {
			if _, err := f.WriteString(piece); err != nil {
				return err
			}
			time.Sleep(time.Duration(n%4) * time.Millisecond)
		}
		if err := f.Close(); err != nil {
			return err
		}
		if n%16 == 0 {
			time.Sleep(300 * time.Millisecond) // and now and then long enough to be read
		}
	}
	return nil
}

// TestW04_DamagedWorkbookLeavesTheMirror puts a damaged workbook in the place of
// a good one, for each way of damaging it: none changes a figure or its history.
func TestW04_DamagedWorkbookLeavesTheMirror(t *testing.T) {
	good := xlsx(t)
	middle := bytes.Index(good, []byte("xl/worksheets/sheet1.xml")) + 60
	flipped := bytes.Clone(good)
	flipped[middle] ^= 0x55
	damaged := map[string][]byte{
		"cut at the half":   good[:len(good)/2],
		"cut at the end":    good[:len(good)-1],
		"a byte turned":     flipped,
		"emptied":           {},
		"a page of nothing": make([]byte, 4096),
		"encrypted":         append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 2048)...),
	}
	o := newOffice(t)
	o.put("a.xlsx", string(good))
	o.want("good", o.pull(), [6]int{1, 1, 0, 1, 0, 0})
	before := history(t, o)
	for name, data := range damaged {
		o.put("a.xlsx", string(data))
		if p := o.pull(); p.Refused != 1 || p.Accepted+p.Partial > 0 {
			t.Errorf("%s: %v", name, counts(p))
		}
		if after := history(t, o); after != before {
			t.Errorf("%s: the mirror knows\n%s\ninstead of\n%s", name, after, before)
		}
		if len(o.rules()) == 0 {
			t.Errorf("%s: nobody is told", name)
		}
	}
	o.put("a.xlsx", string(good))
	if p := o.pull(); p.Accepted != 1 || history(t, o) != before {
		t.Errorf("mended: %v\n%s", counts(p), history(t, o))
	}
}

// history is every version of every figure of the first station.
func history(t *testing.T, o *office) string {
	t.Helper()
	out := ""
	for _, ind := range []string{"case_criminal", "case_admin"} {
		versions, err := o.db.Versions(t.Context(), store.Key{Unit: "cxs", Indicator: ind, Period: store.MonthOf(2026, 6)}, time.Time{})
		must(t, err)
		for _, v := range versions {
			out += fmt.Sprintln(v.Key, v.Value, v.KnownFrom, v.KnownTo, v.Cell.SHA256)
		}
	}
	return out
}

// xlsx is a report as a spreadsheet program saves it.
func xlsx(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	for row, cells := range [][]any{{"城西派出所2026年6月禁毒工作报表"}, {"指标", "本月"}, {"破获毒品刑事案件", 4}, {"查处涉毒行政案件", 13}} {
		cell, err := excelize.CoordinatesToCellName(1, row+1)
		must(t, err)
		must(t, f.SetSheetRow("Sheet1", cell, &cells))
	}
	b, err := f.WriteToBuffer()
	must(t, err)
	must(t, f.Close())
	return b.Bytes()
}

// share is a source of many units' reports, some of which are out of order.
type share struct {
	files  map[string]string // what each unit last wrote, by path
	faulty map[string]error
	half   map[string]bool // only half of it arrives
	down   error
}

func (s *share) List(context.Context) ([]source.Entry, error) {
	var out []source.Entry
	for path, text := range s.files {
		out = append(out, source.Entry{Path: path, Size: int64(len(text)), Err: s.faulty[path]})
	}
	return out, s.down
}

func (s *share) Fetch(_ context.Context, e source.Entry) ([]byte, error) {
	data := []byte(s.files[e.Path])
	if s.half[e.Path] {
		return data[:len(data)/2], nil
	}
	return data, s.faulty[e.Path]
}

// TestS14_ManyUnitsManyFaults pulls from many units, of which each cycle a fifth
// is out of order, now and then with the whole share: what a healthy unit wrote is
// shown within two cycles, what is out of order keeps its last good figure, and no
// unit is ever lost. JINDU_UNITS and JINDU_CYCLES make it larger.
func TestS14_ManyUnitsManyFaults(t *testing.T) {
	size := func(name string, usual int) int {
		if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
			return n
		}
		return usual
	}
	units, cycles := size("JINDU_UNITS", 60), size("JINDU_CYCLES", 25)
	random := rand.New(rand.NewPCG(26, 14))
	o := newOffice(t)
	o.units = nil
	for i := range units {
		o.units = append(o.units, store.Unit{Code: "u" + strconv.Itoa(i), Name: fmt.Sprintf("第%d派出所", i), Kind: store.Station})
	}
	o.open(filepath.Join(t.TempDir(), "many.db"))
	s := &share{files: map[string]string{}}
	o.source = s
	wrote, shown := make([]int, units), make([]int, units)
	healthy := make([]int, units) // cycles since it was last out of order
	faults := 0
	for cycle := range cycles {
		s.faulty, s.half, s.down = map[string]error{}, map[string]bool{}, nil
		for i, u := range o.units {
			path := u.Name + ".csv"
			if cycle == 0 || random.IntN(4) == 0 {
				wrote[i] = 1000 + random.IntN(100)
				s.files[path] = report(u.Name, 6, wrote[i])
			}
			healthy[i]++
			if cycle > 0 && random.IntN(5) == 0 {
				faults++
				healthy[i] = 0
				if random.IntN(2) == 0 {
					s.faulty[path] = store.NewError("unreadable_file", nil)
				} else {
					s.half[path] = true
				}
			}
		}
		if cycle > 0 && random.IntN(10) == 0 {
			s.down = store.NewError("source_slow", nil, "share")
			clear(healthy)
		}
		o.pull()
		current := current(t, o)
		if len(current) != units {
			t.Fatalf("cycle %d: %d of %d units are left", cycle, len(current), units)
		}
		for i, u := range o.units {
			now := current[u.Code]
			switch {
			case healthy[i] >= 1 && s.down == nil && now != wrote[i]:
				t.Fatalf("cycle %d: %s wrote %d and %d is shown", cycle, u.Code, wrote[i], now)
			case healthy[i] == 0 && now != shown[i] && now != wrote[i]:
				t.Fatalf("cycle %d: %s is out of order and shows %d instead of %d", cycle, u.Code, now, shown[i])
			}
			shown[i] = now
		}
	}
	t.Logf("%d units, %d cycles, %d faults", units, cycles, faults)
}

// current is what every unit shows.
func current(t *testing.T, o *office) map[string]int {
	t.Helper()
	figures, err := o.db.Figures(t.Context(), sqlite.FigureQuery{Indicators: []string{"case_criminal"}, Periods: []store.Period{store.MonthOf(2026, 6)}})
	must(t, err)
	out := map[string]int{}
	for _, f := range figures {
		out[f.Unit] = int(f.Value)
	}
	return out
}
