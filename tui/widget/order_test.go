package widget_test

import (
	"slices"
	"strings"
	"testing"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

func TestCellsSortByWhatTheySay(t *testing.T) {
	word := func(s string) widget.Cell { return widget.Word(style.Ink, s) }
	for name, c := range map[string]struct {
		cells []widget.Cell
		down  bool
		want  string
	}{
		"numbers and not their digits": {[]widget.Cell{word("9"), word("68,300"), word("131")}, true, "68,300 131 9"},
		"signed, starred, in percent":  {[]widget.Cell{word("-5"), word("+18*"), word("72.3%")}, true, "72.3% +18* -5"},
		"ages by their measures":       {[]widget.Cell{word("40分"), word("3天"), word("26小时")}, true, "3天 26小时 40分"},
		"ages in English":              {[]widget.Cell{word("40 m"), word("3 d"), word("26 h")}, false, "40 m 26 h 3 d"},
		"shares":                       {[]widget.Cell{word("3/12"), word("9/10"), word("0/4")}, false, "0/4 3/12 9/10"},
		"missing last, rising":         {[]widget.Cell{word("-"), word("未报"), word("4"), word("2")}, false, "2 4 未报 -"},
		"missing last, falling too":    {[]widget.Cell{word("-"), word("未报"), word("2"), word("4")}, true, "4 2 未报 -"},
		"the value and not its rounding": {[]widget.Cell{
			{Line: widget.Text(style.Ink, "a"), By: widget.ByNumber(store.Some(12.34))},
			{Line: widget.Text(style.Ink, "b"), By: widget.ByNumber(store.Some(12.36))},
		}, true, "b a"},
	} {
		t.Run(name, func(t *testing.T) {
			slices.SortStableFunc(c.cells, func(a, b widget.Cell) int {
				return a.Order().Compare(b.Order(), c.down, strings.Compare)
			})
			var got []string
			for _, one := range c.cells {
				got = append(got, one.Line.Plain())
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("got %s, want %s", s, c.want)
			}
		})
	}
}
