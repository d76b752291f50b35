package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// BenchmarkPeers compares whole processes that read the same workbook of
// 100,000 cells and count what they saw; .ci/compare installs what is missing.
func BenchmarkPeers(b *testing.B) {
	file := filepath.Join(b.TempDir(), "ledger.xlsx")
	if err := os.WriteFile(file, ledger(b, 5000, 20), 0o600); err != nil {
		b.Fatal(err)
	}
	for _, format := range []string{"xlsx", "xls"} {
		for _, p := range peers() {
			if !slices.Contains(p.formats, format) {
				continue
			}
			b.Run(format+"/"+p.name, func(b *testing.B) {
				name := file
				if format == "xls" {
					name = asXLS(b, file)
				}
				most := 0.0
				for b.Loop() {
					all, mb := p.run(b, []string{name})
					if s := all[name]; s.failed || s.cells != 100_000 || s.summed && math.Abs(s.sum-expectedSum()) > 1 {
						b.Fatalf("%s saw %+v, not 100,000 cells that sum up to %.0f", p.name, s, expectedSum())
					}
					most = max(most, mb)
				}
				if most > 0 {
					b.ReportMetric(most, "MB-peak")
				}
			})
		}
	}
}

// expectedSum is what the numbers and days of that workbook sum up to.
func expectedSum() float64 {
	sum := 0.0
	for row := range 5000 {
		for col := range 20 {
			switch col % 5 {
			case 1:
				sum += float64(row * col)
			case 2:
				sum += float64(row) * 1.25
			case 3:
				sum += serial(time.Date(2026, 6, 1+row%28, 0, 0, 0, 0, time.UTC), false)
			}
		}
	}
	return math.Round(sum)
}

// asXLS has LibreOffice save a workbook in the old format.
func asXLS(tb testing.TB, file string) string {
	tb.Helper()
	path, err := exec.LookPath("soffice")
	if err != nil {
		tb.Skipf("LibreOffice, which writes the xls, is not installed: %v", err)
	}
	dir := tb.TempDir()
	cmd := exec.CommandContext(tb.Context(), path, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--headless", "--convert-to", "xls", "--outdir", dir, file)
	if out, err := cmd.CombinedOutput(); err != nil {
		tb.Skipf("LibreOffice does not run here: %v: %s", err, out)
	}
	return filepath.Join(dir, "ledger.xls")
}

// TestDamagePeers counts, for every reader, how many of 90 damaged workbooks it
// takes for whole though cells are missing. Of ours none may be. The others are
// told for comparison only.
func TestDamagePeers(t *testing.T) {
	const seed = 7
	sound := ledger(t, 60, 20)
	cells := withJindu(sound).cells
	dir := t.TempDir()
	var files []string
	for i, data := range damagedBooks(t, sound, rand.New(rand.NewPCG(seed, seed))) {
		name := filepath.Join(dir, fmt.Sprintf("damaged%02d.xlsx", i))
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, name)
	}
	for _, p := range peers() {
		t.Run(p.name, func(t *testing.T) {
			all, _ := p.run(t, files)
			refused, short := 0, 0
			for _, f := range files {
				switch s := all[f]; {
				case s.failed:
					refused++
				case s.cells < cells:
					short++
				}
			}
			t.Logf("%s, seed %d: %d damaged files, %d refused, %d read without an error though cells are missing", p.name, seed, len(files), refused, short)
			if p.name == "jindu" && short > 0 {
				t.Errorf("%d sheets came back shorter", short)
			}
		})
	}
}

// damagedBooks damages the sheet inside a workbook in three ways, a third each:
// its text ends early, a bit of its markup is another one, and three bytes are
// gone. Directory and checksums are right each time.
func damagedBooks(tb testing.TB, sound []byte, dice *rand.Rand) [][]byte {
	tb.Helper()
	const each = 30
	const name = "xl/worksheets/sheet1.xml"
	good := unpack(tb, sound)
	text := []byte(good[name])
	begin := bytes.Index(text, []byte("<sheetData>")) + len("<sheetData>")
	end := bytes.Index(text, []byte("</sheetData>"))
	inside := func() int { return begin + dice.IntN(end-begin) }
	markup := func() int { // a bracket, a slash or a letter of a name, not of a value
		for {
			if at := inside(); bytes.IndexByte([]byte("<>/cvr"), text[at]) >= 0 {
				return at
			}
		}
	}
	var out [][]byte
	add := func(text []byte) { out = append(out, good.with(name, string(text)).zip(tb)) }
	for range each {
		add(text[:inside()])
		flipped := bytes.Clone(text)
		flipped[markup()] ^= 1 << dice.IntN(7)
		add(flipped)
		cut := inside()
		add(slices.Concat(text[:cut], text[min(cut+3, end):]))
	}
	return out
}

// unpack returns the parts of a workbook.
func unpack(tb testing.TB, data []byte) parts {
	tb.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		tb.Fatal(err)
	}
	out := parts{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			tb.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			tb.Fatal(err)
		}
		out[f.Name] = string(text)
	}
	return out
}
