package ole_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"jindu/sync/sheet/ole"
	"jindu/sync/sheet/xlstest"
)

// stream returns bytes of the length that differ from place to place.
func stream(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i>>8) ^ byte(i)
	}
	return b
}

// Streams come back whole whatever their size and however they lie; 8 MB take
// more sectors of the table than the header can name.
func TestStreams(t *testing.T) {
	sizes := []int{0, 1, 63, 64, 65, 4095, 4096, 4097, 50_000, 8 << 20}
	for _, layout := range []xlstest.Layout{{}, {Wide: true}, {Scatter: true}, {Wide: true, Scatter: true}} {
		var streams []xlstest.Stream
		for i, n := range sizes {
			streams = append(streams, xlstest.Stream{Name: "Stream " + string(rune('A'+i)), Data: stream(n)})
		}
		f, err := ole.Open(xlstest.Pack(layout, streams...))
		if err != nil {
			t.Fatalf("%+v: %v", layout, err)
		}
		for _, s := range streams {
			got, err := f.Stream(strings.ToUpper(s.Name))
			if err != nil || !bytes.Equal(got, s.Data) || !f.Has(s.Name) {
				t.Errorf("%+v %s: %d bytes of %d, %v", layout, s.Name, len(got), len(s.Data), err)
			}
		}
		if got, err := f.Stream("none"); f.Has("none") || got != nil || err != nil {
			t.Error("a stream of no name")
		}
	}
}

// What stands behind the last sector does no harm.
func TestBytesBehind(t *testing.T) {
	data := xlstest.Pack(xlstest.Layout{}, xlstest.Stream{Name: "a", Data: stream(5000)})
	if _, err := ole.Open(append(data, 1, 2, 3)); err != nil {
		t.Error(err)
	}
}

// Cut anywhere, a file is refused or its streams are whole.
func TestCut(t *testing.T) {
	want := stream(5000)
	data := xlstest.Pack(xlstest.Layout{}, xlstest.Stream{Name: "a", Data: want}, xlstest.Stream{Name: "b", Data: stream(100)})
	for n := range data {
		f, err := ole.Open(data[:n])
		if err == nil {
			got, err := f.Stream("a")
			if err == nil && !bytes.Equal(got, want) {
				t.Fatalf("%d bytes: a shorter stream", n)
			}
			continue
		}
		var e *ole.Error
		if !errors.As(err, &e) {
			t.Fatalf("%d bytes: %v", n, err)
		}
	}
}

// Each row damages one number of a file of two streams: "a" lies in the sectors
// 0 to 9, "b" in the first three of 64 bytes, the small streams in 10, their
// table in 11, the directory in 12 and the table of sectors in 13.
func TestDamaged(t *testing.T) {
	const (
		sector = 512
		dir    = 13 * sector
		fat    = 14 * sector
		mini   = 12 * sector
		end    = 0xfffffffe
	)
	tests := map[string]struct {
		at    int
		value uint32
		place string
	}{
		"a loop":                        {fat + 4*5, 2, "a: "},
		"a chain to itself":             {fat + 4*9, 9, "a: "},
		"a chain into another":          {fat + 4*9, 10, "small streams: "},
		"a chain that is too short":     {fat + 4*8, end, "a: "},
		"a chain to a free sector":      {fat + 4*8, 0xffffffff, "a: "},
		"a chain out of the file":       {fat + 4*8, 5000, "a: "},
		"a start in the middle":         {dir + 128 + 116, 1, "a: "},
		"a start out of the file":       {dir + 128 + 116, 5000, "a: "},
		"a stream longer than its own":  {dir + 128 + 120, 5633, "a: "},
		"a stream shorter than its own": {dir + 128 + 120, 4500, "a: "},
		"a stream longer than the file": {dir + 128 + 120, 1 << 30, "a: "},
		"a small loop":                  {mini + 4, 0, "b: "},
		"a small chain out of all":      {mini + 8, 500, "b: "},
		"small streams that end early":  {dir + 120, 128, "b: "},
		"a directory that loops":        {fat + 4*12, 12, "directory: "},
		"an entry after itself":         {dir + 128 + 72, 1, "directory entry 1: "},
		"an entry out of range":         {dir + 128 + 72, 99, "directory entry 99: "},
		"an entry without kind":         {dir + 128 + 64, 4, "directory entry 1: "},
		"a name without end":            {dir + 128 + 64, 0x020041, "directory entry 1: "},
		"no root":                       {dir + 64, 0x010016, "directory: "},
		"a table of another length":     {44, 2, "table of sectors: "},
		"a table out of the file":       {76, 99, "table of sectors: "},
		"a list that is not there":      {68, 5000, "sector 5000: "},
		"sectors of 2 GB":               {30, 0x06001f, "header: "},
	}
	data := xlstest.Pack(xlstest.Layout{}, xlstest.Stream{Name: "a", Data: stream(5000)}, xlstest.Stream{Name: "b", Data: stream(150)})
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			bad := bytes.Clone(data)
			binary.LittleEndian.PutUint32(bad[tt.at:], tt.value)
			f, err := ole.Open(bad)
			for _, s := range []string{"a", "b"} {
				if err == nil {
					_, err = f.Stream(s)
				}
			}
			if err == nil || !strings.HasPrefix(err.Error(), tt.place) {
				t.Errorf("%v, want %q", err, tt.place)
			}
		})
	}
}

// Two streams whose names differ by case alone are one too many.
func TestTwoOfOneName(t *testing.T) {
	data := xlstest.Pack(xlstest.Layout{}, xlstest.Stream{Name: "Book"}, xlstest.Stream{Name: "BOOK"})
	if _, err := ole.Open(data); err == nil || !strings.Contains(err.Error(), "two of one name") {
		t.Error(err)
	}
}

// FuzzOpen damages a file: whatever is read has the length that it should have.
func FuzzOpen(f *testing.F) {
	f.Add(xlstest.Pack(xlstest.Layout{}, xlstest.Stream{Name: "a", Data: stream(5000)}, xlstest.Stream{Name: "b", Data: stream(150)}))
	f.Add(xlstest.Pack(xlstest.Layout{Wide: true, Scatter: true}, xlstest.Stream{Name: "a", Data: stream(9000)}))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ole.Open(data)
		if err != nil {
			return
		}
		for _, name := range []string{"a", "b"} {
			if got, err := c.Stream(name); err == nil && len(got) > len(data) {
				t.Errorf("%d bytes of a file of %d", len(got), len(data))
			}
		}
	})
}
