package widget

import (
	"testing"

	"jindu/tui/style"
)

// A name is whole as long as a bar can give way to it; a bar keeps its least.
func TestBarsGiveWayToNames(t *testing.T) {
	one := Table{Columns: []Column{
		{Key: "name", Width: 6, Grow: 1},
		{Key: "bar", Width: 20, Yield: 16},
		{Key: "value", Width: 4, Align: Decimal},
	}, Rows: []Row{{Cells: []Cell{Word(style.Ink, "Community detox ordered"), {}, Word(style.Strong, "23")}}}}
	for _, want := range []struct{ w, name, bar int }{{60, 32, 20}, {40, 23, 9}, {30, 18, 4}} {
		places := layout(one.fitted(), want.w)
		if places[0].w != want.name || places[1].w != want.bar {
			t.Errorf("%d cells: name %d, bar %d; want %d and %d", want.w, places[0].w, places[1].w, want.name, want.bar)
		}
	}
}

// A head is whole where cells are left over, and reaches left where it can before
// its column is widened.
func TestHeadsAreWholeWhereThereIsRoom(t *testing.T) {
	one := Table{Columns: []Column{
		{Key: "unit", Width: 6, Grow: 1},
		{Key: "places", Head: "Places", Width: 4, Align: Right},
		{Key: "record", Head: "Record", Width: 4, Align: Right},
		{Key: "over", Head: "Overdue", Width: 4, Align: Right},
	}}
	for _, want := range []struct{ w, record, over int }{{60, 5, 6}, {24, 4, 4}} {
		places := layout(one.fitted(), want.w)
		if places[2].w != want.record || places[3].w != want.over {
			t.Errorf("%d cells: record %d, overdue %d; want %d and %d", want.w, places[2].w, places[3].w, want.record, want.over)
		}
	}
}

// The measure of what is counted is empty in English: its column leaves.
func TestVacantColumnsLeave(t *testing.T) {
	one := Table{Columns: []Column{{Key: "name", Width: 6, Grow: 1}, {Key: "measure", Width: 4, Vacant: true}}}
	one.Rows = []Row{{Cells: []Cell{Word(style.Ink, "Suspects"), {}}}}
	if places := layout(one.fitted(), 20); !places[1].gone {
		t.Error("an empty column stays")
	}
	one.Rows[0].Cells[1] = Word(style.Quiet, "g")
	if places := layout(one.fitted(), 20); places[1].gone {
		t.Error("a column with a measure has left")
	}
}
