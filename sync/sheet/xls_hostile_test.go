package sheet

import (
	"bytes"
	"context"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"testing"

	"jindu/store"
	"jindu/sync/sheet/xlstest"
)

// shorter reports whether a book has lost sheets or cells beside another.
func shorter(got, want *Book) bool {
	if len(got.Sheets) < len(want.Sheets) {
		return true
	}
	for i, s := range want.Sheets {
		if len(got.Sheets[i].Cells) < len(s.Cells) {
			return true
		}
	}
	return false
}

// Each bit of a small workbook turned round: whatever is not refused is not
// shorter. Values may differ: the format holds no sum that could tell.
func TestFlippedXLS(t *testing.T) {
	for name, data := range map[string][]byte{
		"97": grid8(allKinds(3)...).File(),
		"95": grid5(t, allKinds5(t, 3)...).File(),
	} {
		want := mustRead(t, data)
		accepted := 0
		for i := range len(data) * 8 {
			bad := bytes.Clone(data)
			bad[i/8] ^= 1 << (i % 8)
			book, err := Read(t.Context(), bad, DefaultLimits())
			if err != nil {
				if store.ErrorCode(err) == "internal" {
					t.Errorf("%s byte %d: %v", name, i/8, err)
				}
				continue
			}
			accepted++
			if shorter(book, want) || count(book.Sheets[0]) < count(want.Sheets[0]) {
				t.Errorf("%s byte %d bit %d: short", name, i/8, i%8)
			}
		}
		t.Logf("%s: %d flips, %d read, none short", name, len(data)*8, accepted)
	}
}

// The same with the files of the corpus, where real programs wrote what stands
// between the cells; the seed says which bits. A flip within a value may empty a
// cell (a text becomes the empty one, an error the empty result), which nothing
// in the file contradicts: at most one flip in 20,000 does.
func TestFlippedCorpusXLS(t *testing.T) {
	const seed, times = 626, 100
	files, err := filepath.Glob(filepath.Join(corpus(t), "*", "*.xls"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	random := rand.New(rand.NewPCG(seed, seed))
	flips, accepted, short := 0, 0, 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want, err := Read(t.Context(), data, DefaultLimits())
		if err != nil || len(data) > 64<<10 {
			continue // refused anyway, or too large to be read so often
		}
		for range times {
			bad := bytes.Clone(data)
			i := random.IntN(len(data) * 8)
			bad[i/8] ^= 1 << (i % 8)
			flips++
			book, err := Read(t.Context(), bad, DefaultLimits())
			if err != nil {
				continue
			}
			accepted++
			if shorter(book, want) {
				short++
				t.Logf("%s byte %d bit %d: short", filepath.Base(name), i/8, i%8)
			}
		}
	}
	t.Logf("seed %d: %d flips, %d read, %d short", seed, flips, accepted, short)
	if short*20_000 > flips {
		t.Errorf("%d of %d", short, flips)
	}
}

// Cut at any per cent, a file is refused or what it gives is the whole; so is the
// stream within a container that is in order.
func TestTruncatedXLS(t *testing.T) {
	book := grid8(allKinds(40)...)
	data, stream := book.File(), book.Stream()
	want := mustRead(t, data)
	for percent := range 100 {
		cut, err := Read(t.Context(), data[:len(data)*percent/100], DefaultLimits())
		if code := store.ErrorCode(err); err == nil && !reflect.DeepEqual(cut, want) || err != nil && code != "cut_off" && code != "empty_file" {
			t.Errorf("%d %% of the file: %v", percent, err)
		}
		within := xlstest.Pack(xlstest.Layout{}, xlstest.Stream{Name: "Workbook", Data: stream[:len(stream)*percent/100]})
		if _, err := Read(t.Context(), within, DefaultLimits()); store.ErrorCode(err) != "damaged" {
			t.Errorf("%d %% of the stream: %v", percent, err)
		}
	}
}

// hostile are files that claim more than they hold.
func hostile(t *testing.T) map[string][]byte {
	t.Helper()
	pack := func(stream []byte) []byte {
		return xlstest.Pack(xlstest.Layout{}, xlstest.Stream{Name: "Workbook", Data: stream})
	}
	strings := grid8(size(1, 1))
	strings.Globals = append(looks(), rec(recSST, uint32(1<<31), uint32(1<<31), make([]byte, 8000)))
	for range 200 {
		strings.Globals = append(strings.Globals, rec(recContinue, make([]byte, maxRecord)))
	}
	runs := grid8(size(1, 1))
	runs.Globals = append(looks(), rec(recSST, uint32(1), uint32(1), uint16(1), byte(textRuns|textPhonetic), uint16(65535), uint32(1<<32-1), "a"))
	long := grid8(allKinds(300)...).File()
	binary.LittleEndian.PutUint32(long[44:], 1<<31)
	return map[string][]byte{
		"2,147,483,648 strings":   pack(strings.Stream()),
		"runs and guides of 4 GB": pack(runs.Stream()),
		"a table of 2^31 sectors": long,
		"nothing but beginnings":  pack(bytes.Repeat(grid8(size(1, 1)).Stream()[:20], 50_000)),
		"nothing but zeros":       append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 1<<20)...),
		"nothing but ones":        append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), bytes.Repeat([]byte{0xff}, 1<<20)...),
	}
}

// Refusing takes no more memory than a small multiple of the file.
func TestHostileXLS(t *testing.T) {
	for name, data := range hostile(t) {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := Read(t.Context(), data, DefaultLimits())
			runtime.ReadMemStats(&after)
			if code := store.ErrorCode(err); code != "damaged" && code != "cut_off" {
				t.Error(err)
			}
			if took := after.TotalAlloc - before.TotalAlloc; took > 8*uint64(len(data))+1<<20 {
				t.Errorf("%d bytes for a file of %d", took, len(data))
			}
		})
	}
}

// A deadline that has passed ends the reading.
func TestLateXLS(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ctx, grid8(allKinds(1000)...).File(), DefaultLimits()); store.ErrorCode(err) != "too_slow" {
		t.Error(err)
	}
}

// FuzzXLS damages the stream of a workbook whose container is in order, and the
// bytes of a whole file.
func FuzzXLS(f *testing.F) {
	for _, book := range []xlstest.Book{grid8(allKinds(3)...), grid5(f, allKinds5(f, 3)...)} {
		f.Add(book.Stream(), book.Old)
		f.Add(book.File(), book.Old)
	}
	split := grid8(size(1, 1), at(recLabelSST, 0, 0, 0, uint32(3)))
	split.Globals = append(looks(), xlstest.SST(20, shared8()...)...)
	f.Add(split.Stream(), false)
	f.Add(xlstest.Pack(xlstest.Layout{Wide: true, Scatter: true}, xlstest.Stream{Name: "Workbook", Data: split.Stream()}), false)
	f.Fuzz(func(t *testing.T, data []byte, old bool) {
		name := "Workbook"
		if old {
			name = "Book"
		}
		sound(t, xlstest.Pack(xlstest.Layout{}, xlstest.Stream{Name: name, Data: data}))
		sound(t, data)
	})
}
