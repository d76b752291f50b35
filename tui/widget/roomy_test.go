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

// What is left over goes to texts that would be cut before it grows a name that is
// whole: the file was cut beside fifty empty cells.
func TestTextsThatWouldBeCutTakeWhatIsLeft(t *testing.T) {
	one := Table{Columns: []Column{
		{Key: "task", Width: 6, Grow: 1},
		{Key: "where", Width: 8},
		{Key: "days", Width: 4, Align: Right},
	}, Rows: []Row{{Cells: []Cell{Word(style.Ink, "Report in time"), Word(style.Quiet, "tasks.xlsx › list"), Word(style.Ink, "9")}}}}
	for _, want := range []struct{ w, task, where int }{{60, 35, 17}, {39, 14, 17}, {34, 14, 12}, {26, 10, 8}} {
		places := layout(one.fitted(), want.w)
		if places[0].w != want.task || places[1].w != want.where {
			t.Errorf("%d cells: task %d, where %d; want %d and %d", want.w, places[0].w, places[1].w, want.task, want.where)
		}
	}
}
