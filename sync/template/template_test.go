package template

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jindu/store"
	"jindu/sync/form"
)

// every calls do with the template of every form, for the district and for one unit.
func every(t *testing.T, do func(what string, f store.Form, opt Options, data []byte)) {
	t.Helper()
	c := catalogue(t)
	for _, f := range c.Forms {
		for _, unit := range []string{"", Reporters(f, testUnits())[0].Code} {
			opt := options(t, c, f, unit)
			do(f.Code+" "+unit, f, opt, written(t, f, opt))
		}
	}
}

func TestDefaultPeriod(t *testing.T) {
	c := catalogue(t)
	for _, one := range []struct {
		form   string
		today  store.Date
		starts int
		want   string
	}{
		{"station_month", store.NewDate(2026, 11, 24), 1, "2026-11"},
		{"station_month", store.NewDate(2026, 11, 5), 1, "2026-10"},
		{"station_month", store.NewDate(2026, 11, 6), 1, "2026-11"},
		{"station_month", store.NewDate(2026, 1, 3), 1, "2025-12"},
		{"station_month", store.NewDate(2026, 11, 25), 26, "2026-11"},
		{"station_month", store.NewDate(2026, 11, 26), 26, "2026-11"},
		{"station_month", store.NewDate(2026, 12, 6), 26, "2026-12"},
		{"street_quarter", store.NewDate(2026, 10, 4), 1, "2026-Q3"},
		{"street_quarter", store.NewDate(2026, 10, 8), 1, "2026-Q4"},
		{"half_year", store.NewDate(2026, 7, 1), 1, "2026-H1"},
		{"year_end", store.NewDate(2026, 11, 24), 1, "2025"},
		{"tasks", store.NewDate(2026, 1, 2), 1, "2026"},
		{"persons", store.NewDate(2026, 11, 24), 1, "2026-11"},
	} {
		s := store.Settings{DueDay: 5, MonthStarts: one.starts}
		if got := DefaultPeriod(mustForm(t, c, one.form), c, s, one.today); got.String() != one.want {
			t.Errorf("%s on %v: %v, want %s", one.form, one.today, got, one.want)
		}
	}
}

// TestStatisticalMonth reads a template of a district whose month ends on the 25th.
func TestStatisticalMonth(t *testing.T) {
	c := catalogue(t)
	f := mustForm(t, c, "station_month")
	opt := options(t, c, f, "cxs")
	opt.MonthStarts = 26
	x := opened(t, written(t, f, opt))
	if line, _ := x.GetCellValue(x.GetSheetName(0), "A2"); !strings.Contains(line, "截止日期：2026年11月25日") {
		t.Errorf("line 2 is %q", line)
	}
	set(t, x, "E4", 12)
	rd := read(t, saved(t, x), opt)
	clean(t, "statistical month", rd)
	if len(rd.Statements) != 1 || rd.Statements[0].Period.String() != "2026-11" {
		t.Errorf("read %+v", rd.Statements)
	}
}

// TestTheSameTemplateIsTheSameBytes keeps times and chance out.
func TestTheSameTemplateIsTheSameBytes(t *testing.T) {
	every(t, func(what string, f store.Form, opt Options, data []byte) {
		if !bytes.Equal(data, written(t, f, opt)) {
			t.Errorf("%s differs from itself", what)
		}
	})
}

// TestPartsAreSound parses every part and looks for what no template may hold.
func TestPartsAreSound(t *testing.T) {
	every(t, func(what string, _ store.Form, _ Options, data []byte) {
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range z.File {
			text := partText(t, part)
			d := xml.NewDecoder(strings.NewReader(text))
			for err == nil {
				_, err = d.Token()
			}
			if !errors.Is(err, io.EOF) {
				t.Errorf("%s: %s: %v", what, part.Name, err)
			}
			err = nil
			for _, no := range []string{"creator", "lastModifiedBy", "externalLink", "vbaProject", "password", "hidden"} {
				if strings.Contains(text, no) {
					t.Errorf("%s: %s holds %s", what, part.Name, no)
				}
			}
		}
	})
}

func partText(t *testing.T, f *zip.File) string {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestTemplatesPrint holds the paper: A4, as wide as the page, heads on every page,
// numbers at the foot.
func TestTemplatesPrint(t *testing.T) {
	every(t, func(what string, _ store.Form, _ Options, data []byte) {
		x := opened(t, data)
		titles := map[string]bool{}
		for _, n := range x.GetDefinedName() {
			titles[n.Scope] = n.Name == "_xlnm.Print_Titles"
		}
		for _, name := range x.GetSheetList() {
			layout, err := x.GetPageLayout(name)
			if err != nil {
				t.Fatal(err)
			}
			foot, err := x.GetHeaderFooter(name)
			if err != nil || foot == nil || !strings.Contains(foot.OddFooter, "&P") {
				t.Errorf("%s!%s has no page numbers", what, name)
			}
			props, _ := x.GetSheetProps(name)
			if *layout.Size != 9 || *layout.FitToHeight != 0 || !*props.FitToPage || !titles[name] {
				t.Errorf("%s!%s: %+v, titles %v", what, name, layout, titles[name])
			}
			if protected, err := x.GetSheetProtection(name); err != nil || protected.Password != "" {
				t.Errorf("%s!%s: protection %+v %v", what, name, protected, err)
			}
		}
	})
}

// TestOnlyWhatIsToBeFilledInIsOpen holds heads, labels and totals locked and the
// cells with limits open.
func TestOnlyWhatIsToBeFilledInIsOpen(t *testing.T) {
	every(t, func(what string, f store.Form, opt Options, data []byte) {
		x := opened(t, data)
		name := x.GetSheetName(0)
		limits, err := x.GetDataValidations(name)
		if err != nil || len(limits) == 0 {
			t.Fatalf("%s has no limits: %v", what, err)
		}
		for _, l := range limits {
			from, _, _ := strings.Cut(l.Sqref, ":")
			if !isOpen(t, x, name, from) {
				t.Errorf("%s: %s has a limit and cannot be typed into", what, from)
			}
			if *l.Prompt == "" || len([]rune(*l.Prompt)) > 255 || l.Error != nil && len([]rune(*l.Error)) > 225 {
				t.Errorf("%s: %s: prompt %q", what, from, *l.Prompt)
			}
		}
		d := &draft{Options: opt, form: f}
		locked := []string{"A1", "A2", "A3", "B3"}
		if f.Kind == store.ReportForm && opt.Unit == "" {
			last := 4 + len(Reporters(f, opt.Units))
			locked = append(locked, "C4", "B5", ref(last, 2), ref(last, 1+len(d.items())))
		}
		for _, at := range locked {
			if isOpen(t, x, name, at) {
				t.Errorf("%s: %s can be typed into", what, at)
			}
		}
	})
}

func isOpen(t *testing.T, x *excelize.File, sheet, at string) bool {
	t.Helper()
	id, err := x.GetCellStyle(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	style, err := x.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	return style.Protection != nil && !style.Protection.Locked
}

// TestLists follows every drop-down list to the cells that it offers.
func TestLists(t *testing.T) {
	every(t, func(what string, f store.Form, opt Options, data []byte) {
		x := opened(t, data)
		limits, _ := x.GetDataValidations(x.GetSheetName(0))
		offered := 0
		for _, l := range limits {
			sheet, area, ok := strings.Cut(html.UnescapeString(l.Formula1), "!")
			if l.Type != "list" || !ok {
				continue
			}
			offered++
			from, to, _ := strings.Cut(strings.ReplaceAll(area, "$", ""), ":")
			_, first, _ := excelize.CellNameToCoordinates(from)
			col, last, err := excelize.CellNameToCoordinates(to)
			for row := first; err == nil && row <= last; row++ {
				text, err := x.GetCellValue(strings.Trim(sheet, "'"), ref(row-1, col-1))
				if err != nil || text == "" {
					t.Errorf("%s: %s offers a blank at row %d: %v", what, l.Formula1, row, err)
				}
			}
			if below, _ := x.GetCellValue(strings.Trim(sheet, "'"), ref(last, col-1)); err != nil || below != "" {
				t.Errorf("%s: %s leaves %q out: %v", what, l.Formula1, below, err)
			}
		}
		d := &draft{Options: opt, form: f}
		want := 0
		for _, col := range d.fields() {
			if len(d.choices(col.FormField)) > 0 {
				want++
			}
		}
		if offered != want {
			t.Errorf("%s offers %d lists, want %d", what, offered, want)
		}
	})
}

// TestFigureLimits lets a spreadsheet program decide what the limits of figures let
// through.
func TestFigureLimits(t *testing.T) {
	c := catalogue(t)
	d := &draft{Options: options(t, c, mustForm(t, c, "station_month"), "cxs")}
	at := func(code string) item { i, _ := c.ByCode(code); return item{Indicator: i} }
	for _, one := range []struct {
		code string
		ok   []any
		no   []any
	}{
		{"case_criminal", []any{0, 12, "—"}, []any{-1, 2.5, "约12", "12起", "-"}},
		{"seized_heroin_g", []any{0, 12.5, "—"}, []any{-0.5, "12克"}},
		{"exec_rate", []any{0, 85.5, 100, "—"}, []any{101, -1, "85%"}},
	} {
		l := d.figureLimit(area{0, 0, 0, 0}, at(one.code))
		for want, values := range map[string][]any{"TRUE": one.ok, "FALSE": one.no} {
			for _, v := range values {
				if got := decided(t, l.first, v, 0); got != want {
					t.Errorf("%s: %v is %s", one.code, v, got)
				}
			}
		}
	}
	l := d.cumulativeLimit(area{0, 1, 0, 1}, at("case_criminal"))
	for _, one := range []struct {
		month, year any
		want        string
	}{{3, 12, "TRUE"}, {3, 3, "TRUE"}, {3, 2, "FALSE"}, {"—", 0, "TRUE"}, {3, "—", "TRUE"}, {3, 3.5, "FALSE"}} {
		if got := decided(t, l.first, one.month, one.year); got != one.want {
			t.Errorf("%v in the month and %v in the year is %s", one.month, one.year, got)
		}
	}
}

// decided computes a formula over A1 and B1.
func decided(t *testing.T, text string, a, b any) string {
	t.Helper()
	x := excelize.NewFile()
	defer func() { _ = x.Close() }()
	set(t, x, "A1", a)
	set(t, x, "B1", b)
	if err := x.SetCellFormula("Sheet1", "C1", text); err != nil {
		t.Fatal(err)
	}
	got, err := x.CalcCellValue("Sheet1", "C1")
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return got
}

// TestTextsAreNoFormulas: a unit's name comes from the configuration, and what it
// begins with must not run in anybody's program.
func TestTextsAreNoFormulas(t *testing.T) {
	c := catalogue(t)
	var units []store.Unit
	for i, begin := range []string{"=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"} {
		units = append(units, store.Unit{Code: fmt.Sprint("u", i), Name: begin + `cmd|' /C calc'!A0`, Kind: store.Station})
	}
	for _, code := range []string{"station_month", "cases"} {
		f := mustForm(t, c, code)
		opt := options(t, c, f, "")
		opt.Units = store.NewUnits(units)
		x := opened(t, written(t, f, opt))
		seen := 0
		for _, name := range x.GetSheetList() {
			rows, err := x.GetRows(name)
			if err != nil {
				t.Fatal(err)
			}
			for r, row := range rows {
				for col, text := range row {
					if strings.Contains(text, "calc") {
						seen++
					}
					if text != "" && strings.ContainsRune("=+-@＝＋－＠\t\r", []rune(text)[0]) {
						t.Errorf("%s: %s!%s is %q", code, name, ref(r, col), text)
					}
				}
			}
		}
		if seen < len(units) {
			t.Errorf("%s: only %d names were written", code, seen)
		}
	}
}

// TestNamesOfSheets keeps a district's own words out of trouble.
func TestNamesOfSheets(t *testing.T) {
	for text, want := range map[string]string{
		"案件台账": "案件台账", "易制毒/场所[检查]": "易制毒场所检查", "'": "Sheet1", strings.Repeat("长", 40): strings.Repeat("长", 31),
	} {
		if got := pageName(text); got != want {
			t.Errorf("pageName(%q) = %q", text, got)
		}
	}
}

// TestEnglishGuide turns the explanation round and leaves the heads alone.
func TestEnglishGuide(t *testing.T) {
	c := catalogue(t)
	for _, code := range []string{"station_month", "persons"} {
		f := mustForm(t, c, code)
		opt := options(t, c, f, "cxs")
		zh := opened(t, written(t, f, opt))
		opt.Lang = store.English
		data := written(t, f, opt)
		en := opened(t, data)
		a, _ := zh.GetRows(zh.GetSheetName(0))
		b, _ := en.GetRows(en.GetSheetName(0))
		if fmt.Sprint(a) != fmt.Sprint(b) {
			t.Errorf("%s: the form itself changed with the language", code)
		}
		rules, _ := en.GetCellValue(form.GuideSheet, "B4")
		if !strings.Contains(rules, "Write 0") {
			t.Errorf("%s: the guide says %q", code, rules)
		}
		clean(t, code, read(t, data, opt), "nothing_filled")
	}
}

// TestExamplesAreRight reads the example as if it were somebody's data: what it
// shows must itself be filled in rightly.
func TestExamplesAreRight(t *testing.T) {
	every(t, func(what string, f store.Form, opt Options, data []byte) {
		x := opened(t, data)
		d := &draft{Options: opt, form: f}
		name := x.GetSheetName(0)
		must(t, x.DeleteSheet(name))
		must(t, x.SetSheetName(form.ExampleSheet, name))
		must(t, x.UnprotectSheet(name))
		set(t, x, "A1", d.title())
		rd := read(t, saved(t, x), opt)
		clean(t, what, rd)
		if f.Kind == store.ReportForm && len(rd.Statements) < len(f.Indicators) {
			t.Errorf("%s: the example holds %d figures of %d", what, len(rd.Statements), len(f.Indicators))
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
