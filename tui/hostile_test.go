package tui_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui"
	"jindu/tui/page"
	"jindu/tui/style"
	"jindu/tui/tuitest"
)

// poisoned is a mirror of a district of which every text is hostile.
type poisoned struct {
	*reader
	poison *tuitest.Poison
	past   *store.Snapshot
}

// newPoisoned makes the district of a round.
func newPoisoned(tb testing.TB, round int) *poisoned {
	tb.Helper()
	p := &poisoned{reader: &reader{tb: tb}}
	for _, of := range []time.Time{{}, tuitest.Now().Add(-24 * time.Hour)} {
		d := tuitest.WaitingData()
		d.Request.AsOf = of
		complete(d)
		p.poison = tuitest.NewPoison(round, d.Catalogue)
		if err := p.poison.Data(d); err != nil {
			tb.Fatal(err)
		}
		p.snapshot, p.past = p.past, store.NewSnapshot(d)
	}
	return p
}

// complete gives the district what it has no need of elsewhere.
func complete(d *store.SnapshotData) {
	d.Settings.Attention.Since = store.DateOf(tuitest.Now()).Add(-90)
	d.Settings.Attention.Exits = []store.Exit{{Indicator: "case_criminal", Op: store.AtMost, Value: 20}}
	d.Settings.District.Bureaus = []string{"公安分局"}
	d.Settings.Practice = append(d.Settings.Practice, store.Practice{Code: "raid", Indicator: "users_found", Source: "市局文件"})
	d.Cases = append(d.Cases, store.CaseCount{Unit: "cx", Class: "criminal", Period: d.Period, Rows: 2})
	d.Tallies = append(d.Tallies, store.Tally{Unit: "cx", Form: "funds", Indicator: "fund_spent", By: "来源", Word: "省级", Value: 3})
	d.Tasks[0].CoUnits = []string{"cd"}
	second := d.Pending[0] // under one total with the first
	second.Unit = "cx"
	d.Pending = append(d.Pending, second)
}

// Snapshot answers with the same whatever is asked, but for the past.
func (p *poisoned) Snapshot(_ context.Context, q store.SnapshotRequest) (*store.Snapshot, error) {
	if p.fail {
		return nil, store.NewError("source_missing", errors.New(p.poison.Text("因")), p.poison.Text("源"), p.poison.Text("处"))
	}
	if !q.AsOf.IsZero() {
		return p.past, nil
	}
	return p.snapshot, nil
}

// Find finds what is hostile in every part.
func (p *poisoned) Find(words string, _ *store.Snapshot) []tui.Hit {
	var out []tui.Hit
	for _, kind := range []string{"unit", "indicator", "task", "case"} {
		out = append(out, tui.Hit{Kind: kind, Code: p.poison.Text("码" + kind), Name: p.poison.Text("名" + kind), Detail: p.poison.Text(words + kind)})
	}
	return out
}

// Name is that of a key, which somebody has typed.
func (p *poisoned) Name() string { return p.poison.Text("职务") }

// Check takes every reason.
func (p *poisoned) Check(string) error { return nil }

// Ask finds two files that contradict each other, and a decision, hostile in every part.
func (p *poisoned) Ask(_ context.Context, k store.Key) (store.Question, error) {
	stated := func(text string, v float64) store.Stated {
		return store.Stated{Number: store.Some(v), Received: tuitest.Now(), Cell: store.Cell{
			Source: p.poison.Text("源" + text), Path: p.poison.Text("路" + text), SHA256: p.poison.Text("和" + text), Sheet: p.poison.Text("表" + text),
			Ref: p.poison.Text("格" + text), Header: []string{p.poison.Text("头" + text)},
		}}
	}
	last := store.Acknowledgement{Key: k, Decision: store.Reject, Decided: stated("前", 1), Reason: p.poison.Text("由"), By: p.poison.Text("谁")}
	return store.Question{Key: k, Matter: store.ConflictMatter, Stood: stated("现", 1), Stated: []store.Stated{stated("一", 2), stated("二", 3)}, Last: &last}, nil
}

// Decide fails.
func (p *poisoned) Decide(context.Context, store.Answer) (bool, error) {
	return false, store.NewError("audit_write", errors.New(p.poison.Text("因")), p.poison.Text("处"))
}

// titles poisons what a district may call its pages and panels, and write on them.
func (p *poisoned) titles() (*page.Book, error) {
	var plans []page.Plan
	specs := map[string]page.Spec{}
	for _, one := range append(page.Embedded().Pages(), page.Info{Name: page.UnitPage}, page.Info{Name: page.UnitsPage}, page.Info{Name: page.BesidePage}) {
		plans = append(plans, page.Plan{Name: one.Name, Title: p.poison.Text("页" + one.Name), TitleEN: p.poison.Text("p" + one.Name)})
		for _, panel := range page.Embedded().Panels(one.Name) {
			own := page.Spec{Name: panel.Name, Title: p.poison.Text("栏" + panel.Name), TitleEN: p.poison.Text("t" + panel.Name)}
			if panel.Text != nil {
				own.Text, own.TextEN = []string{p.poison.Text("文" + panel.Name)}, []string{p.poison.Text("x" + panel.Name)}
			}
			specs[panel.Name] = own
		}
	}
	var all []page.Spec
	for _, s := range specs {
		all = append(all, s)
	}
	return page.NewBook(p.snapshot.Catalogue, plans, all)
}

// options are those of a board on it.
func (p *poisoned) options(o *tui.Options) {
	book, err := p.titles()
	if err != nil {
		p.tb.Fatal(err)
	}
	o.Reader, o.Finder, o.Decider, o.Pages, o.Plain = p, p, p, book, false
	o.Version = p.poison.Text("版本")
	o.Export = func(context.Context, tui.Export) (string, error) { return p.poison.Text("路径"), nil }
	o.Pull = func(context.Context) error { return errors.New(p.poison.Text("拉取")) }
	o.History = func(_ context.Context, codes []string, of store.Period, _ time.Time) ([]store.Figure, error) {
		var out []store.Figure
		for _, f := range p.snapshot.Figures {
			if f.Indicator == codes[0] && f.Period == of {
				out = append(out, f)
			}
		}
		return out, nil
	}
}

// typing is the walks whose overlay takes text.
func typing() []string { return []string{"/", ":", "t", "3 e", "4 f", "="} }

// hostileWalks lead to every overlay and to the pages below.
func hostileWalks() []string {
	list := []string{"3 g a", "3 g a enter"} // before a walk moves the cursor of that page
	return append(append(list, typing()...), "9 g j*7 enter a", "9 g j*7 enter a j enter 由", "9 g j*7 enter a enter 由 enter", "9 g j*7 enter a enter 由 enter y",
		"?", "p", "c", "4 c", "/ 名", ": 页", "r", "y", "9 g j*7 enter", "9 g j*7 enter n", "j*3 i", "9 g j*7 enter = enter",
		"9 g j*7 enter = enter n", "= down*3 enter 3", "t down enter", "3 e enter", "4 f 名", "4 f tab enter", "4 ! s S", "3 l*2 enter", "L")
}

// panels leads to every page, and down from the first row of each of its panels.
func (s *session) panels(look func(where string)) {
	s.tb.Helper()
	for _, p := range page.Embedded().Pages() {
		s.press(keysTo(p))
		for panel := range page.Embedded().Panels(p.Name) {
			where := p.Name + " " + strconv.Itoa(panel)
			look(where)
			s.press("enter")
			look(where + " enter")
			s.press("enter")
			look(where + " enter twice")
			s.press("esc*2 tab")
		}
	}
}

// overlayNames are the overlays that the source draws.
func overlayNames(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	drawn := regexp.MustCompile(`func \(\w+ \*(\w+)\) draw\(m \*Model, c widget\.Canvas\)`)
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range drawn.FindAllStringSubmatch(string(text), -1) {
			out[m[1]] = false
		}
	}
	return out
}

// overlay is the name of what lies over the page; "" is nothing.
func (s *session) overlay() string {
	over := reflect.ValueOf(s.model).Elem().FieldByName("over")
	if over.IsNil() {
		return ""
	}
	return over.Elem().Elem().Type().Name()
}

// edges are sizes at which names end at a column's edge in every way.
func edges() [][2]int { return [][2]int{{80, 24}, {61, 25}, {120, 40}, {47, 20}, {160, 45}} }

// Rows T01 to T05 of the test matrix: whatever a file, a source or the configuration
// carries in whichever field, only sequences of ours leave, no character that a
// terminal might obey, and no row shifts; on every page and overlay.
func TestNoForeignTextReachesTheTerminalRaw(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	seen := overlayNames(t)
	rounds := 1 // each text carries two of the families; JINDU_HOSTILE=all: one after another all of them
	if os.Getenv("JINDU_HOSTILE") == "all" {
		rounds = tuitest.Rounds()
	}
	for round := range rounds {
		from, size := newPoisoned(t, round), edges()[round%len(edges())]
		s := start(t, size[0], size[1], from.options)
		look := func(where string) {
			seen[s.overlay()] = true
			onlyOurs(t, fmt.Sprintf("round %d, %s", round, where), s.screen())
			whole(t, s.screen(), size[0], size[1])
		}
		for _, walk := range hostileWalks() {
			s.press("esc*3 1", walk)
			look(walk)
		}
		s.press("esc*3 1")
		s.panels(look)
		from.fail = true
		s.press("esc*3 1")
		s.send(tui.ChangedMsg())
		s.send(tui.PullTextMsg(from.poison.Text("拉取")))
		look("a failure")
	}
	for name, been := range seen {
		if !been {
			t.Errorf("the overlay %s is not looked at: add a walk that leads to it", name)
		}
	}
}

// A text field that is added is poisoned by itself, or it is said to hold codes.
func TestEveryTextFieldIsPoisoned(t *testing.T) {
	from := newPoisoned(t, 0)
	met := from.poison.Fields
	for _, field := range tuitest.Codes() {
		met[field] = true
	}
	for _, field := range textFields(reflect.TypeFor[store.SnapshotData](), "", map[reflect.Type]bool{}) {
		if !met[field] {
			t.Errorf("no text in %s is ever hostile: fill it in package tuitest, or list it among the codes", field)
		}
	}
}

// textFields lists the fields of a type that can hold a text of no closed set.
func textFields(of reflect.Type, field string, seen map[reflect.Type]bool) []string {
	switch of.Kind() {
	case reflect.String:
		if of == reflect.TypeFor[string]() {
			return []string{field}
		}
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return textFields(of.Elem(), field, seen)
	case reflect.Map:
		return append(textFields(of.Key(), field+" key", seen), textFields(of.Elem(), field, seen)...)
	case reflect.Struct:
		if seen[of] {
			return nil
		}
		seen[of] = true
		var out []string
		if of == reflect.TypeFor[store.Units]() {
			return textFields(reflect.TypeFor[store.Unit](), "", seen)
		}
		for i := range of.NumField() {
			if f := of.Field(i); f.IsExported() {
				out = append(out, textFields(f.Type, of.Name()+"."+f.Name, seen)...)
			}
		}
		return out
	default:
	}
	return nil
}

// What is typed and pasted is foreign too.
func TestNothingTypedOrPastedReachesTheTerminalRaw(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	for _, open := range typing() {
		for i, bad := range tuitest.Hostile() {
			s := start(t, 80, 24, func(o *tui.Options) {
				o.Plain = false
				(&writer{}).into(o)
			}).press(open)
			s.send(tea.PasteMsg{Content: bad})
			s.send(tea.KeyPressMsg{Code: tea.KeyExtended, Text: bad})
			for _, r := range bad[:min(len(bad), 9)] {
				s.send(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
			onlyOurs(t, fmt.Sprintf("%s, text %d", open, i), s.screen())
			whole(t, s.screen(), 80, 24)
			s.press("enter")
			onlyOurs(t, fmt.Sprintf("%s, text %d, entered", open, i), s.screen())
			whole(t, s.screen(), 80, 24)
		}
	}
}

// The renderer itself adds nothing that is not ours while it draws such a board, and
// what changes have made of the terminal is what a frame drawn anew shows.
func TestTheRendererOfForeignTextSendsOnlyOurs(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	for round, theme := range []*style.Theme{style.Dark(), cellThemes()["none"]} {
		from := newPoisoned(t, 3*round)
		board := onTerminal(t, 81-round, 25, func(o *tui.Options) {
			from.options(o)
			o.Theme = theme
		})
		for _, walk := range []string{"2", "3 h", "4 enter", "5 l*3 enter", "6", "7", "8", "9 tab*2 enter", "/ 名", ":", "9 g j*7 enter", "="} {
			board.press("esc*3 1 " + walk)
		}
		onlyOurs(t, "the renderer", board.taken())
	}
}
