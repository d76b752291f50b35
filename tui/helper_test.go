package tui_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"jindu/store"
	"jindu/tui"
	"jindu/tui/tuitest"
)

// reader is a mirror of one fictitious district. While updating is set, no call
// may come: Update does no I/O.
type reader struct {
	tb       testing.TB
	snapshot *store.Snapshot
	fail     bool
	updating atomic.Bool
	requests []store.SnapshotRequest
}

func newReader(tb testing.TB) *reader {
	tb.Helper()
	return &reader{tb: tb, snapshot: district()}
}

// district is the snapshot that all tests read: it never changes.
var district = sync.OnceValue(tuitest.Snapshot)

func (r *reader) check() {
	if r.updating.Load() {
		r.tb.Error("the reader was called from Update")
	}
}

func (r *reader) Snapshot(_ context.Context, q store.SnapshotRequest) (*store.Snapshot, error) {
	r.check()
	r.requests = append(r.requests, q)
	if r.fail {
		return nil, store.NewError("mirror_damaged", errors.New("disk image is malformed"), "jindu.db")
	}
	if q.AsOf.IsZero() && q.Period.IsZero() {
		return r.snapshot, nil
	}
	p := tuitest.May()
	if !q.Period.IsZero() {
		p = q.Period
	}
	d := tuitest.Data(p)
	d.Request.AsOf = q.AsOf
	return store.NewSnapshot(d), nil
}

func (r *reader) Versions(_ context.Context, k store.Key, _ time.Time) ([]store.Figure, error) {
	r.check()
	now, ok := r.snapshot.Figure(k.Unit, k.Indicator, k.Period)
	if !ok {
		return nil, nil
	}
	then := now
	now.Version = 2
	then.Version, then.Value, then.KnownTo = 1, now.Value-2, now.KnownFrom
	then.KnownFrom = now.KnownFrom.Add(-38 * time.Hour)
	return []store.Figure{now, then}, nil
}

func (r *reader) Neighbours(_ context.Context, c store.Cell, _, _ int) ([]store.Neighbour, error) {
	r.check()
	return tuitest.Neighbours(r.snapshot, c), nil
}

func (r *reader) Course(_ context.Context, unit, indicator string, _ store.Period, _ int, _ time.Time) (store.Series, error) {
	r.check()
	return r.snapshot.Course(unit, indicator), nil
}

// session is a model that is driven by hand: commands run between updates, never
// within.
type session struct {
	tb     testing.TB
	reader *reader
	model  tea.Model
	quit   bool
}

// start opens a board of w x h cells and lets it read its first snapshot.
func start(tb testing.TB, w, h int, change func(*tui.Options)) *session {
	tb.Helper()
	r := newReader(tb)
	o := tui.Options{Reader: r, Lang: store.Chinese, Clock: tuitest.Now, Plain: true}
	if change != nil {
		change(&o)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel() // so that nothing waits for the clock or a channel
	m := tui.New(o).Within(ended)
	s := &session{tb: tb, reader: r, model: m}
	s.send(tea.WindowSizeMsg{Width: w, Height: h})
	s.run(m.Load())
	return s
}

// send updates the model and runs what it asks for.
func (s *session) send(msg tea.Msg) {
	s.reader.updating.Store(true)
	var cmd tea.Cmd
	s.model, cmd = s.model.Update(msg)
	s.reader.updating.Store(false)
	s.run(cmd)
}

func (s *session) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, one := range msg {
			s.run(one)
		}
	case tea.QuitMsg:
		s.quit = true
	default:
		s.send(msg)
	}
}

// press presses keys one after another: names of keys, or characters; j*3 is
// one key three times.
func (s *session) press(keys ...string) *session {
	for _, k := range keysOf(strings.Join(keys, " ")) {
		s.send(keyOf(k))
	}
	return s
}

// keysOf takes keys apart that are written one after another.
func keysOf(keys string) []string {
	var out []string
	for _, k := range strings.Fields(keys) {
		key, count, ok := strings.Cut(k, "*")
		times, err := strconv.Atoi(count)
		if !ok || err != nil {
			times = 1
		}
		for range times {
			out = append(out, key)
		}
	}
	return out
}

// screen returns what is shown.
func (s *session) screen() string { return s.model.View().Content }

// shows fails the test unless the screen holds all of the texts.
func (s *session) shows(texts ...string) {
	s.tb.Helper()
	for _, text := range texts {
		if !strings.Contains(s.screen(), text) {
			s.tb.Errorf("no %q on the screen:\n%s", text, s.screen())
		}
	}
}

// hides fails the test if the screen holds one of the texts.
func (s *session) hides(texts ...string) {
	s.tb.Helper()
	for _, text := range texts {
		if strings.Contains(s.screen(), text) {
			s.tb.Errorf("%q is on the screen:\n%s", text, s.screen())
		}
	}
}

func keyOf(k string) tea.KeyPressMsg {
	special := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
		"left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd, "backspace": tea.KeyBackspace,
	}
	if r, ok := special[k]; ok {
		return tea.KeyPressMsg{Code: r}
	}
	if k == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	if rest, ok := strings.CutPrefix(k, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(rest[0]), Mod: tea.ModCtrl}
	}
	if rest, ok := strings.CutPrefix(k, "alt+"); ok { // as the terminal library says ESC and a letter
		_, event := new(uv.EventDecoder).Decode([]byte("\x1b" + rest))
		if k, ok := event.(uv.KeyPressEvent); ok {
			return tea.KeyPressMsg(k)
		}
	}
	if k == "shift+tab" {
		return tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}
	}
	return tea.KeyPressMsg{Code: []rune(k)[0], Text: k}
}
