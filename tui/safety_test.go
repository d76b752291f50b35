package tui_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"go.uber.org/goleak"

	"jindu/store"
	"jindu/tui"
	"jindu/tui/page"
	"jindu/tui/tuitest"
)

// hostile is what a name, a title or a sheet might carry to a terminal.
func hostile() []string {
	return []string{
		"\x1b[2J\x1b[H", "\x1b]0;owned\x07", "\x1b]52;c;b3duZWQ=\x1b\\", "\u009b31m", "\r\n\t\v\f", "\x00\x08\x7f",
		"\u202egnol\u202c", "\u200b\u200d\ufeff", "\xff\xfe", "\U000e0041", "a\u0301\u0301\u0301", "👩‍👩‍👧", "🇨🇳", "\u2028",
	}
}

func TestNoForeignTextReachesTheTerminalRaw(t *testing.T) {
	for _, bad := range hostile() {
		d := tuitest.Data(tuitest.May())
		all := d.Units.All()
		units := make([]store.Unit, len(all))
		for i, u := range all {
			u.Name, u.Aliases = "城"+bad+"西"+u.Name, nil
			units[i] = u
		}
		d.Units = store.NewUnits(units)
		d.Settings.District.Name = "云" + bad + "岭"
		for i := range d.Tasks {
			d.Tasks[i].Title, d.Tasks[i].SourceDoc = "方"+bad+"案", bad
		}
		for i := range d.Figures {
			c := &d.Figures[i].Cell
			c.Path, c.Sheet, c.Ref, c.Header = "a/"+bad+".xlsx", bad+"表", "F"+bad, []string{bad}
		}
		for i := range d.Findings {
			d.Findings[i].Sheet, d.Findings[i].Args = bad, []string{bad, bad}
		}
		for i := range d.Pulls {
			d.Pulls[i].Source += bad
		}
		s := store.NewSnapshot(d)
		for _, p := range page.Embedded().Pages() {
			screen := tui.Render(s, tui.Options{Clock: tuitest.Now, Plain: true}, p.Name, 120, 40)
			whole(t, screen, 120, 40)
			for _, r := range strings.ReplaceAll(screen, "\n", "") {
				if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) {
					t.Errorf("%q on page %s lets %U through", bad, p.Name, r)
				}
			}
		}
	}
}

func TestEveryStateHasItsOwnSign(t *testing.T) {
	screen := tui.Render(district(), tui.Options{Clock: tuitest.Now, Plain: true}, "overview", 200, 60)
	for _, word := range []string{"冲突 1", "拒收 1", "未报 2", "断源 1", "陈旧 1", "待核 1", "部分 1", "迟报 1", "更正 2"} {
		if !strings.Contains(screen, word) {
			t.Errorf("the trust line lacks %s", word)
		}
	}
	june := store.NewSnapshot(tuitest.Data(store.MonthOf(2026, 6)))
	if screen := tui.Render(june, tui.Options{Clock: tuitest.Now, Plain: true}, "data", 120, 40); !strings.Contains(screen, "待报") {
		t.Error("a unit that is only due is not shown as such")
	}
}

func TestAnUnchangedScreenIsTheSame(t *testing.T) {
	s := start(t, 120, 40, nil)
	before := s.screen()
	s.press("x")
	s.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	if s.screen() != before {
		t.Error("the screen changed and nothing happened")
	}
}

func TestRunEndsAndLeavesNothingBehind(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	keys, typing := io.Pipe()
	var out bytes.Buffer
	changed, text := make(chan struct{}), make(chan string)
	o := tui.Options{Reader: newReader(t), Clock: tuitest.Now, Changed: changed, PullState: text}
	done := make(chan error, 1)
	go func() { done <- tui.Run(context.Background(), o, keys, &out) }()
	if _, err := typing.Write([]byte("q")); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("q does not quit")
	}
	if err := typing.Close(); err != nil {
		t.Error(err)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	keys, typing := io.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	var out bytes.Buffer
	done := make(chan error, 1)
	go func() {
		done <- tui.Run(ctx, tui.Options{Reader: newReader(t), Clock: tuitest.Now}, keys, &out)
	}()
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("the context does not end it")
	}
	if err := typing.Close(); err != nil {
		t.Error(err)
	}
}

func TestAnEmptyMirrorSaysSo(t *testing.T) {
	cat, err := store.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	s := store.NewSnapshot(&store.SnapshotData{
		Request: store.SnapshotRequest{Now: tuitest.Now()}, Catalogue: cat,
		Settings: store.Settings{District: store.District{Name: "云岭区"}, Zone: tuitest.Zone(), DueDay: 5},
	})
	for name, text := range map[string]string{"overview": "还没有数据", "tasks": "还没有数据", "data": "还没有拉取过", "caseload": "按 r 拉取", "enforcement": "还没有数据"} {
		for _, size := range [][2]int{{44, 14}, {80, 24}, {200, 60}} {
			screen := tui.Render(s, tui.Options{Clock: tuitest.Now, Plain: true}, name, size[0], size[1])
			whole(t, screen, size[0], size[1])
			if size[0] > 44 && !strings.Contains(screen, text) {
				t.Errorf("%s %v does not say %s:\n%s", name, size, text, screen)
			}
		}
	}
}
