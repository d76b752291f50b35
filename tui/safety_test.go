package tui_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"go.uber.org/goleak"

	"jindu/store"
	"jindu/tui"
	"jindu/tui/tuitest"
)

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
