package page

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/tuitest"
	"jindu/tui/widget"
	"jindu/tui/words"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// samples is a panel of each kind that any page can have.
func samples() []Spec {
	return []Spec{
		{Name: "a_ranking", Kind: "ranking", Rows: []string{"urine_rate"}, Units: []string{"street"}},
		{Name: "b_worst", Kind: "ranking", Rows: []string{"lost_total"}, Units: []string{"station", "street"}},
		{Name: "c_progress", Kind: "progress", Title: "应做已做", TitleEN: "Done", Rows: []string{"urine_rate", "pub_banners", "employ_rate", "suspects"}},
		{Name: "d_units", Kind: "progress", Title: "横幅", TitleEN: "Banners", Rows: []string{"pub_banners"}, Units: []string{"station"}},
		{Name: "e_deadlines", Kind: "deadlines", Title: "督导组交办", TitleEN: "From the inspectors", Docs: []string{"督导组", "月度会"}},
		{Name: "f_checklist", Kind: "checklist", Title: "列入预算", TitleEN: "Budget", Rows: []string{"budget_listed"}, Units: []string{"street"}},
		{
			Name: "g_text", Kind: "text", Title: "说明", TitleEN: "Note",
			Text:   []string{"管控率按“在控人数／应管控人数”计算，长期失联的计入失控。", "Terms: see the manual, chapter 6.3."},
			TextEN: []string{"The control rate counts users under control of those to be controlled; users who cannot be found are lost."},
		},
		{Name: "h_definitions", Kind: "definitions", Title: "口径", TitleEN: "Definitions", Rows: []string{"control_rate", "urine_rate", "relapse_rate"}},
		{Name: "i_parts", Kind: "breakdown", Title: "在册构成", TitleEN: "Register", Rows: []string{"reg_current", "clean3y_total", "dead_total"}, Whole: "reg_total"},
		{Name: "j_counted", Kind: "breakdown", Title: "人员状态", TitleEN: "Status", Form: "persons", By: "status"},
		{Name: "k_balance", Kind: "balance", Title: "增减", TitleEN: "Growth", Rows: []string{"reg_total", "reg_new"}},
	}
}

// sampleData is the fictitious district with what only these panels show.
func sampleData(t *testing.T) *store.SnapshotData {
	t.Helper()
	d := tuitest.Data(tuitest.May())
	cell := store.Cell{Source: "share", Path: "西郊街道办.xlsx", Sheet: "表1", Ref: "C4"}
	for i, unit := range []string{"xj", "cq", "dh"} {
		d.Figures = append(d.Figures, store.Figure{
			Key: store.Key{Unit: unit, Indicator: "budget_listed", Period: store.Period{Kind: store.Year, Year: 2025}}, Value: float64(i % 2),
			Cell: cell, Received: tuitest.Now(), KnownFrom: tuitest.Now(), Version: 1,
		})
		d.Reporting = append(d.Reporting, store.UnitIndicator{Unit: unit, Indicator: "budget_listed"})
		for k, word := range []string{"comm_detox", "comm_rehab", "lost", "?"} {
			d.Tallies = append(d.Tallies, store.Tally{
				Form: "persons", Unit: unit, Period: d.Period, By: "status", Word: word,
				Value: float64(30 - 9*k + i), Rows: 30, Cell: cell, KnownFrom: tuitest.Now(),
			})
		}
	}
	d.Tallies = append(d.Tallies, store.Tally{Form: "persons", Unit: "wcj", Period: d.Period.Add(-1), By: "status", Word: "lost", Value: 1})
	d.Settings.Targets = append(d.Settings.Targets, store.Target{Indicator: "pub_banners", Value: 20})
	return d
}

func TestPanelsOfEachKindLookAsTheyDid(t *testing.T) {
	page := Plan{Name: "samples", Title: "样"}
	for _, s := range samples() {
		page.One = append(page.One, []string{s.Name})
		page.Two = append(page.Two, []string{s.Name + ":2"})
		page.Three = append(page.Three, []string{s.Name + ":3"})
	}
	book, err := NewBook(catalogue(t), []Plan{page}, samples())
	if err != nil {
		t.Fatal(err)
	}
	board := NewBoard(store.NewSnapshot(sampleData(t)))
	for _, lang := range []store.Lang{store.Chinese, store.English} {
		for _, w := range []int{40, 80, 120} {
			f := &Frame{Board: board, Words: words.Of(lang), Pages: book, Now: tuitest.Now(), W: w, H: 190}
			l := Build(f, Visit{Page: "samples"}, NewPlace())
			if len(l.panels) != len(samples()) {
				t.Errorf("%d panels of %d at %d cells", len(l.panels), len(samples()), w)
			}
			c := widget.New(w, f.H, style.NewTheme(false, style.NoColour, style.UnicodeGlyphs()))
			l.Draw(c)
			hold(t, fmt.Sprintf("kinds-%d-%s", w, lang), c.Text())
		}
	}
}

// hold keeps a text to testdata/name.golden.
func hold(t *testing.T, name, got string) {
	t.Helper()
	var lines []string
	for line := range strings.Lines(got) {
		lines = append(lines, strings.TrimRight(line, " \n"))
	}
	got = strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("not as in %s:\n%s", path, got)
	}
}

func TestLinesBreakWhereAReaderWouldBreakThem(t *testing.T) {
	for text, want := range map[string][]string{
		"":                      {""},
		"短":                     {"短"},
		"一二三四五六":                {"一二三四五", "六"},
		"一二三四五，六":               {"一二三四", "五，六"},
		"一二三四（五）":               {"一二三四", "（五）"},
		"one two three":         {"one two", "three"},
		"abcdefghijklmno":       {"abcdefghij", "klmno"},
		"共 12 人 of them":        {"共 12 人", "of them"},
		"a longword afterwards": {"a longword", "afterwards"},
	} {
		if got := widget.Wrap(text, 10); !slices.Equal(got, want) {
			t.Errorf("%q breaks into %q, want %q", text, got, want)
		}
	}
}
