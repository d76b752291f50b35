package tui_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"jindu/tui"
	"jindu/tui/tuitest"
)

// ahead presses keys faster than any answer comes, and returns what was asked for.
func (s *session) ahead(keys string) (late []tea.Cmd) {
	for _, k := range keysOf(keys) {
		var cmd tea.Cmd
		s.model, cmd = s.model.Update(keyOf(k))
		late = append(late, cmd)
	}
	return late
}

// answer lets everything be answered that was asked for.
func (s *session) answer(late []tea.Cmd) {
	for _, cmd := range late {
		s.run(cmd)
	}
}

// Keys that follow Enter before its hits have come are meant for where it leads: they
// were lost in the look-up, and the card of the figure never opened.
func TestKeysAfterTheLookUpReachThePageItLeadsTo(t *testing.T) {
	for keys, leads := range map[string][]string{
		"/ j y enter*2":             {"区教育局", "Esc 返回   y 复制"},
		"/ j y enter ?":             {"把光标移上去"},
		"/ j y enter*2 esc*2":       {"1 总览"},
		"/ j y enter / c x enter*2": {"城西派出所", "Esc 返回   y 复制"},
		"/ j y enter*2 esc / c x ?": {"cx?"},
	} {
		t.Run(keys, func(t *testing.T) {
			patient := start(t, 120, 40, nil)
			patient.press(keys)
			s := start(t, 120, 40, nil)
			s.answer(s.ahead(keys))
			s.shows(leads...)
			if s.screen() != patient.screen() {
				t.Errorf("typed ahead:\n%s\nwith patience:\n%s", s.screen(), patient.screen())
			}
		})
	}
}

// What was typed for a unit that is not found acts on nothing else.
func TestKeysAfterALookUpThatFindsNothing(t *testing.T) {
	s := start(t, 120, 40, nil)
	s.answer(s.ahead("/ z*3 enter*2 3"))
	s.shows("zzz")
	s.hides("Esc 返回   y 复制")
	s.press("esc").shows("总览")
	s.hides("zzz")
}

// Who does not want to wait for the look-up leaves it.
func TestEscapeDoesNotWaitForTheLookUp(t *testing.T) {
	s := start(t, 120, 40, nil)
	before := s.screen()
	late := s.ahead("/ j y enter esc")
	if s.screen() != before {
		t.Errorf("Escape waits:\n%s", s.screen())
	}
	s.answer(late)
	if s.screen() != before {
		t.Errorf("led on after Escape:\n%s", s.screen())
	}
}

// load is the command that reads a snapshot.
func (s *session) load() tea.Cmd {
	s.tb.Helper()
	m, ok := s.model.(*tui.Model)
	if !ok {
		s.tb.Fatalf("the model is a %T", s.model)
	}
	return m.Load()
}

// unread is a board that has not read anything yet.
func unread(tb testing.TB) *session {
	tb.Helper()
	r := newReader(tb)
	m := tui.New(tui.Options{Reader: r, Lang: "zh", Clock: tuitest.Now, Plain: true})
	s := &session{tb: tb, reader: r, model: m}
	s.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	return s
}

// Keys pressed before the first figures are there wait for them.
func TestKeysBeforeTheFirstFigures(t *testing.T) {
	s := unread(t)
	late := s.ahead("/ c x enter*2")
	s.shows("正在")
	s.answer(append(late, s.load()))
	s.shows("城西派出所", "Esc 返回   y 复制")

	s = unread(t)
	s.answer(s.ahead("q"))
	if !s.quit {
		t.Error("q waits for the first figures")
	}
}

// Where no figures come the keys that waited for them are forgotten.
func TestKeysBeforeFiguresThatDoNotCome(t *testing.T) {
	s := unread(t)
	s.reader.fail = true
	s.answer(append(s.ahead("3 enter"), s.load()))
	s.reader.fail = false
	s.run(s.load())
	s.shows("1 总览")
	s.hides("Esc 返回   y 复制")
}

// A key after a period was chosen acts on the figures of that period.
func TestKeysWaitForTheChosenPeriod(t *testing.T) {
	patient := start(t, 120, 40, nil)
	patient.press("/ c x enter p j enter*2")
	patient.shows("Esc 返回   y 复制")
	s := start(t, 120, 40, nil)
	s.press("/ c x enter")
	late := s.ahead("p j enter*2")
	s.hides("Esc 返回   y 复制")
	s.answer(late)
	if s.screen() != patient.screen() {
		t.Errorf("typed ahead:\n%s\nwith patience:\n%s", s.screen(), patient.screen())
	}
}

// More than a hand types is not kept, as a line that brings rubbish would fill the
// memory of the desk.
func TestRubbishIsNotHeld(t *testing.T) {
	s := unread(t)
	s.answer(append(s.ahead("2*64 3*100000"), s.load()))
	s.shows("2 人员")
}
