package sheet

import (
	"bytes"
	"testing"

	"jindu/store"
)

// shorter reports whether a book has lost sheets, rows or cells beside another.
func shorter(got, want *Book) bool {
	if len(got.Sheets) < len(want.Sheets) {
		return true
	}
	for i, s := range want.Sheets {
		if len(got.Sheets[i].Cells) < len(s.Cells) || count(got.Sheets[i]) < count(s) {
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
		trials, accepted, short := 0, 0, 0
		for i := range len(data) * 8 {
			bad := bytes.Clone(data)
			bad[i/8] ^= 1 << (i % 8)
			trials++
			book, err := Read(t.Context(), bad, DefaultLimits())
			if err != nil {
				if _, ok := store.Messages()[store.ErrorCode(err)]; !ok {
					t.Errorf("%s byte %d: %v", name, i/8, err)
				}
				continue
			}
			accepted++
			if shorter(book, want) {
				short++
				t.Errorf("%s byte %d bit %d (%#x): short", name, i/8, i%8, data[i/8])
			}
		}
		t.Logf("%s: %d flips, %d read, %d of them short", name, trials, accepted, short)
	}
}
