package template

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jindu/store"
)

// entry is what a clerk enters into a field of the row, and what it reads back as;
// a nil value says that the field is not compared.
func (t *draft) entry(f column, row int) (entered any, reads any) {
	choices := t.choices(f.FormField)
	switch f.Kind {
	case store.OrdinalField, store.FreeField:
		return nil, nil
	case store.PersonalField, store.FilledField:
		return "佴东篱", 1.0
	case store.CountField:
		n := map[string]float64{"tests_due": 12, "tests_done": 11, "tests_positive": 1, "year": 2026}[f.Name]
		if n == 0 {
			n = float64(row + 2)
		}
		return n, n
	case store.NumberField:
		n := map[string]float64{"allotted": 30, "received": 20, "spent": 3.5, "balance": 16.5}[f.Name]
		if n == 0 {
			n = float64(row) + 1.25
		}
		return n, n
	case store.DateField:
		day := store.NewDate(2026, 3, 1+len(f.Name)+row%9)
		return day, day
	case store.CheckField:
		return []string{"是", "否"}[row%2], float64(1 - row%2)
	case store.UnitField, store.WordField, store.PostField:
		if len(choices) == 0 {
			return "主任", nil
		}
		word := choices[row%len(choices)]
		return word, t.means(f.FormField, word)
	case store.UnitsField:
		return "城东派出所、东湖街道办事处", "cds;dhj"
	case store.HashField:
		return fmt.Sprintf("云公立字〔2026〕%d号", row+1), nil
	case store.StreetField:
		return "东湖街道", "dhj"
	case store.VenueField:
		return fmt.Sprintf("云岭第%d化工有限公司", row+1), nil
	case store.DocumentField:
		return "云禁毒办〔2026〕3号", "云禁毒办〔2026〕3号"
	default:
		if f.Name == "waits_for" {
			return []any{nil, float64(row)}[min(row, 1)], nil // the row before, by its number
		}
		text := fmt.Sprintf("第%d项", row+1)
		if f.Name == "measure" {
			text = "克"
		}
		return text, text
	}
}

// means is what a word of a drop-down list stands for.
func (t *draft) means(f store.FormField, word string) string {
	if f.Kind == store.UnitField {
		for _, u := range t.Units.All() {
			if u.Name == word {
				return u.Code
			}
		}
	}
	dictionary := f.Dictionary
	if f.Kind == store.PostField {
		dictionary = "post"
	}
	for _, w := range t.Catalogue.Dictionary(dictionary) {
		if w.Word == word {
			return w.Value
		}
	}
	return ""
}

// rowsNeeded is how many rows it takes to choose every word once.
func (t *draft) rowsNeeded(cols []column) int {
	n := 3
	for _, f := range cols {
		n = max(n, len(t.choices(f.FormField)))
	}
	return n
}

// enter fills the rows of a ledger in and returns what each reads back as.
func (t *draft) enter(tb testing.TB, x *excelize.File) []map[string]any {
	tb.Helper()
	cols := t.fields()
	rows := make([]map[string]any, t.rowsNeeded(cols))
	for r := range rows {
		rows[r] = map[string]any{}
		for c, f := range cols {
			entered, reads := t.entry(f, r)
			if entered == nil {
				continue
			}
			if d, ok := entered.(store.Date); ok {
				entered = float64(d.Sub(epoch()))
			}
			set(tb, x, ref(3+r, c), entered)
			if reads != nil {
				rows[r][f.Name] = reads
			}
		}
	}
	return rows
}

// TestLedgersRoundTrip fills every ledger in, with every word of every list, and
// reads it back.
func TestLedgersRoundTrip(t *testing.T) {
	c := catalogue(t)
	ledgers := 0
	for _, f := range c.Forms {
		if f.Kind == store.ReportForm {
			continue
		}
		ledgers++
		for _, unit := range []string{"", Reporters(f, testUnits())[0].Code} {
			opt := options(t, c, f, unit)
			what := f.Code + " " + unit
			empty := written(t, f, opt)
			clean(t, what+" empty", read(t, empty, opt), "nothing_filled")
			d := &draft{Options: opt, form: f}
			x := opened(t, empty)
			rows := d.enter(t, x)
			rd := read(t, saved(t, x), opt)
			clean(t, what, rd)
			if len(rd.Sheets) != 1 || rd.Sheets[0].Form != f.Code || rd.Sheets[0].Rows != len(rows) {
				t.Errorf("%s: %d rows read as %+v", what, len(rows), rd.Sheets)
				continue
			}
			compare(t, what, rd, rows)
			if f.Kind == store.CountedForm {
				counted(t, what, rd, rows)
			}
		}
	}
	if ledgers < 8 {
		t.Errorf("only %d ledgers", ledgers)
	}
}

// compare holds the rows of a reading against those that were entered.
func compare(t *testing.T, what string, rd *store.Reading, rows []map[string]any) {
	t.Helper()
	for i, r := range rd.Records {
		for name, want := range rows[i] {
			v, ok := r.Values[name]
			if !ok && name == "unit" {
				v.Text = r.Unit
			}
			got := map[bool]any{true: v.Text, false: v.Number}[v.Text != ""]
			if !v.Day.IsZero() {
				got = v.Day
			}
			if got != want {
				t.Errorf("%s: row %d: %s = %v, want %v", what, i+1, name, got, want)
			}
		}
	}
	for i, task := range rd.Tasks {
		got := []any{task.Title, task.Unit, task.Due, task.Level, strings.Join(task.CoUnits, ";"), task.SourceDoc}
		for k, name := range []string{"title", "unit", "due", "level", "co_units", "source_doc"} {
			want := rows[i][name]
			if name == "co_units" {
				want = without(want, task.Unit)
			}
			if got[k] != want {
				t.Errorf("%s: row %d: %s = %v, want %v", what, i+1, name, got[k], want)
			}
		}
	}
	for i := range min(1, len(rd.Tasks)) {
		if len(rd.Tasks[i].WaitsFor) > 0 || !slices.Equal(rd.Tasks[i+1].WaitsFor, []string{rd.Tasks[i].ID}) {
			t.Errorf("%s: the tasks of the first rows wait for %v and %v", what, rd.Tasks[i].WaitsFor, rd.Tasks[i+1].WaitsFor)
		}
	}
	for i, one := range rd.Cases {
		got := []any{one.Type, one.Unit, one.Solved, one.Street, float64(one.Suspects), one.Drug, one.SeizedG, one.Status}
		for k, name := range []string{"type", "unit", "solved", "place", "suspects", "drug", "seized", "status"} {
			if got[k] != rows[i][name] {
				t.Errorf("%s: row %d: %s = %v, want %v", what, i+1, name, got[k], rows[i][name])
			}
		}
	}
}

// counted holds what a ledger of persons counts against the rows that were entered.
func counted(t *testing.T, what string, rd *store.Reading, rows []map[string]any) {
	t.Helper()
	checked := 0
	for _, tally := range rd.Tallies {
		if tally.By != "category" && tally.By != "risk" && tally.By != "status" {
			continue
		}
		n := 0.0
		for _, r := range rows {
			if r["unit"] == tally.Unit && r[tally.By] == tally.Word {
				n++
			}
		}
		checked++
		if tally.Value != n {
			t.Errorf("%s: %s %s=%s counts %v, want %v", what, tally.Unit, tally.By, tally.Word, tally.Value, n)
		}
	}
	if checked < len(rows) {
		t.Errorf("%s: only %d counts", what, checked)
	}
}

// without takes a code out of a list: who is responsible does not also help.
func without(codes any, code string) any {
	list, _ := codes.(string)
	var out []string
	for one := range strings.SplitSeq(list, ";") {
		if one != code {
			out = append(out, one)
		}
	}
	return strings.Join(out, ";")
}

// TestPersonalColumns: a template asks for nobody's data but in lists of persons,
// and there it says that it is not reported.
func TestPersonalColumns(t *testing.T) {
	c := catalogue(t)
	for _, f := range c.Forms {
		d := &draft{Options: options(t, c, f, ""), form: f}
		marked := 0
		for _, col := range d.fields() {
			personal := col.Kind == store.PersonalField
			if personal != strings.Contains(col.head, "不上报") || personal && f.Kind != store.CountedForm {
				t.Errorf("%s: column %q of kind %s", f.Code, col.head, col.Kind)
			}
			if personal {
				marked++
			}
			for _, no := range []string{"健康", "艾滋", "账号"} {
				if strings.Contains(col.head, no) {
					t.Errorf("%s asks for %s", f.Code, col.head)
				}
			}
		}
		if (f.Kind == store.CountedForm) != (marked > 0) {
			t.Errorf("%s marks %d columns", f.Code, marked)
		}
	}
}

// TestHeadsOfATemplateDiffer: two columns with one head could not be told apart.
func TestHeadsOfATemplateDiffer(t *testing.T) {
	c := catalogue(t)
	for _, f := range c.Forms {
		d := &draft{Options: options(t, c, f, ""), form: f}
		seen := map[string]bool{}
		for _, col := range d.fields() {
			if seen[col.Heads[0]] {
				t.Errorf("%s has two columns %s", f.Code, col.Heads[0])
			}
			seen[col.Heads[0]] = true
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	c := catalogue(b)
	f := mustForm(b, c, "persons")
	opt := options(b, c, f, "")
	for b.Loop() {
		written(b, f, opt)
	}
}
