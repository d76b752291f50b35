package tui_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui"
	"jindu/tui/tuitest"
)

// clerk is who enters decisions in tests. While the board updates nothing may be
// asked or entered.
type clerk struct {
	reader   *reader
	question map[store.Key]store.Question
	askErr   error
	enterErr error
	later    bool // another process takes it in
	asked    int
	answers  []store.Answer
}

// undecided is the district in which values wait; it never changes.
var (
	undecided      = sync.OnceValue(tuitest.WaitingData)
	undecidedShown = sync.OnceValue(func() *store.Snapshot { return store.NewSnapshot(undecided()) })
)

// newClerk knows what waits in a district, and its conflicts.
func newClerk(r *reader, d *store.SnapshotData) *clerk {
	c := &clerk{reader: r, question: map[store.Key]store.Question{}}
	for _, p := range d.Pending {
		q := store.Question{Key: p.Key, Matter: store.PendingMatter, Wait: p.Why, Decisions: 1}
		q.Stood = store.Stated{Number: store.Some(14), Cell: store.Cell{Source: "share", Path: "报表/2026-05/城东所5月.xlsx", SHA256: "9f3a51c7d2", Sheet: "表1", Ref: "F12"}, KnownFrom: tuitest.Now().Add(-21 * 24 * time.Hour)}
		q.Stated = []store.Stated{{Number: p.Number(), Cell: p.Cell, Received: p.KnownFrom, KnownFrom: p.KnownFrom}}
		c.question[p.Key] = q
	}
	first := c.question[d.Pending[0].Key]
	first.Last = &d.Acknowledged[0]
	c.question[first.Key] = first
	for _, k := range d.Conflicts {
		file := func(path, sha, ref string, v float64, days int) store.Stated {
			at := tuitest.Now().AddDate(0, 0, -days)
			return store.Stated{Number: store.Some(v), Received: at, KnownFrom: at, Cell: store.Cell{Source: "share", Path: "长桥街道/2026/" + path, SHA256: sha, Sheet: "社戒社康", Ref: ref}}
		}
		c.question[k] = store.Question{
			Key: k, Matter: store.ConflictMatter,
			Stated: []store.Stated{file("长桥街道办_05.xlsx", "aa11", "K7", 88, 9), file("长桥街道办_05 - 副本.xlsx", "bb22", "K7", 91, 1)},
		}
	}
	return c
}

func (c *clerk) Name() string { return "值班员" }

func (c *clerk) Check(reason string) error {
	switch {
	case strings.TrimSpace(reason) == "":
		return store.NewError("ack_reason", nil)
	case strings.Contains(reason, "13800138000"):
		return store.NewError("ack_personal", nil, store.Bilingual("理由", "the reason"))
	default:
		return nil
	}
}

func (c *clerk) Ask(_ context.Context, k store.Key) (store.Question, error) {
	c.reader.check()
	c.asked++
	if c.askErr != nil {
		return store.Question{}, c.askErr
	}
	q, ok := c.question[k]
	if !ok {
		return q, store.NewError("ack_nothing", nil, k.Period.String())
	}
	return q, nil
}

func (c *clerk) Decide(_ context.Context, a store.Answer) (bool, error) {
	c.reader.check()
	if c.enterErr != nil {
		return false, c.enterErr
	}
	c.answers = append(c.answers, a)
	delete(c.question, a.Question.Key)
	return !c.later, nil
}

// officed opens a board of the district in which values wait, for an officer.
func officed(tb testing.TB, w, h int, change func(*tui.Options)) (*session, *clerk) {
	tb.Helper()
	r := &reader{tb: tb, snapshot: undecidedShown()}
	c := newClerk(r, undecided())
	s := start(tb, w, h, func(o *tui.Options) {
		o.Reader, o.Decider = r, c
		if change != nil {
			change(o)
		}
	})
	s.reader = r
	return s, c
}

// types enters a text as it stands, character by character.
func (s *session) types(text string) *session {
	for _, r := range text {
		s.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return s
}

func TestDecideScreens(t *testing.T) {
	for _, size := range ladder() {
		for _, l := range languages() {
			for name, keys := range map[string]string{
				"choose": "9 g a", "review": "9 g a enter 核 实 enter", "withdraw": "9 g j*2 a k", "conflict": "9 : f i n d i n g s enter g j a",
			} {
				full := fmt.Sprintf("decide-%s-%dx%d-%s", name, size[0], size[1], l)
				t.Run(full, func(t *testing.T) {
					s, _ := officed(t, size[0], size[1], func(o *tui.Options) { o.Lang = l })
					s.press(keys)
					whole(t, s.screen(), size[0], size[1])
					golden(t, full, s.screen())
				})
			}
		}
	}
}

// TestAnOfficerDecides chooses, says why, sees what will happen and confirms.
func TestAnOfficerDecides(t *testing.T) {
	key := undecided().Pending[0].Key
	for _, one := range []struct {
		name, keys string
		decision   store.Decision
		place      int
		reason     string
		said       string
	}{
		{"accept", "9 g a enter 核 实 ， 属 space 实 enter y", store.Accept, 0, "核实，属 实", "已确认 41"},
		{"reject", "9 g a k enter 不 符 enter y", store.Reject, 0, "不符", "已驳回，仍是 14"},
		{"full-width", "9 g ａ enter 核 实 enter ｙ", store.Accept, 0, "核实", "已确认 41"},
		{"palette", "9 g : 确 认 或 驳 回 enter*2 核 实 enter y", store.Accept, 0, "核实", "已确认 41"},
		{"origin", "9 g enter a enter 核 实 enter y", store.Accept, 0, "核实", "已确认 41"},
		{"matrix", "3 j*2 a enter 核 实 enter y", store.Accept, 0, "核实", "已确认 41"},
		{"total", "j*3 a enter 核 实 enter y", store.Accept, 0, "核实", "已确认 41"},
		{"alt while writing", "9 g a enter 核 alt+b 实 enter y", store.Accept, 0, "核实", "已确认 41"},
		{"mended", "9 g a enter 错 esc enter backspace 对 enter esc 了 enter y", store.Accept, 0, "对了", "已确认 41"},
	} {
		t.Run(one.name, func(t *testing.T) {
			s, c := officed(t, 120, 40, nil)
			s.press(one.keys)
			if len(c.answers) != 1 {
				t.Fatalf("%d answers:\n%s", len(c.answers), s.screen())
			}
			a := c.answers[0]
			if a.Question.Key != key || a.Decision != one.decision || a.Place != one.place || a.Reason != one.reason {
				t.Errorf("entered is %+v", a)
			}
			s.shows(one.said, "查处吸毒人员", "2026年5月")
			s.hides("照此记下")
			if n := len(s.reader.requests); n < 2 {
				t.Error("the board was not read anew")
			}
		})
	}
}

func TestAnOfficerChoosesAFile(t *testing.T) {
	for keys, place := range map[string]int{
		"9 g tab*4 g j a enter 核 实 enter y":           0,
		"9 g tab*4 g j a j enter 核 实 enter y":         1,
		"9 g tab*4 g j enter a j*3 enter 核 实 enter y": 1, // from the finding's card
		"9 g tab*4 g j a j k enter 核 实 enter y":       0,
	} {
		s, c := officed(t, 120, 40, nil)
		s.press(keys)
		if len(c.answers) != 1 || c.answers[0].Place != place || c.answers[0].Decision != store.Accept {
			t.Errorf("%s: entered is %+v\n%s", keys, c.answers, s.screen())
		}
		s.shows("已采用", "走访")
	}
}

// TestNothingIsDecidedByAccident presses what people press: nothing short of the
// confirmation enters anything.
func TestNothingIsDecidedByAccident(t *testing.T) {
	for _, keys := range []string{
		"9 g a enter*4", "9 g a enter 核 enter*7", "9 g a y*3", "9 g a enter y*3",
		"9 g a enter 核 enter esc y", "9 g a enter 核 enter esc*3", "9 g a q", "9 g a*3",
	} {
		s, c := officed(t, 120, 40, nil)
		s.press(keys)
		if len(c.answers) != 0 || s.quit {
			t.Errorf("%s: entered is %+v, quit %v", keys, c.answers, s.quit)
		}
	}
	s, c := officed(t, 120, 40, nil)
	s.press("9 g a enter")
	s.send(tea.PasteMsg{Content: "核实\r\ny\n"})
	s.shows("核实  y")
	if len(c.answers) != 0 {
		t.Error("a paste has confirmed")
	}
}

// TestEscLeadsBackToWhereOneCameFrom leaves the decision for the card it was opened on.
func TestEscLeadsBackToWhereOneCameFrom(t *testing.T) {
	s, _ := officed(t, 120, 40, nil)
	s.press("9 g enter a esc").shows("出处   查处吸毒人员", "版本")
	s.press("esc g tab*4 g j enter a esc").shows("问题   与 长桥街道")
}

// TestReasonsThatAreNotTaken holds what is typed to the rules of jindu accept.
func TestReasonsThatAreNotTaken(t *testing.T) {
	s, c := officed(t, 120, 40, nil)
	s.press("9 g a enter*2").shows("没有写理由")
	s.types("电话13800138000").press("enter").shows("理由 含个人信息", "电话13800138000")
	s.press("ctrl+u").hides("13800138000")
	s.send(tea.PasteMsg{Content: strings.Repeat("核", 10_000)})
	s.shows("最多 200 字")
	s.send(tea.PasteMsg{Content: strings.Repeat("核", 200)})
	s.shows("200/200")
	s.types("实").shows("最多 200 字", "200/200")
	s.press("ctrl+u")
	s.send(tea.PasteMsg{Content: "a\x1b[2Jb\u202ec\u200bd\u0085e\x00f"})
	if strings.ContainsAny(s.screen(), "\x1b\u202e\u200b\u0085\x00") {
		t.Errorf("hostile text is on the screen: %q", s.screen())
	}
	s.press("enter y")
	if len(c.answers) != 1 || strings.ContainsAny(c.answers[0].Reason, "\x1b\u202e\u200b\u0085\x00\n") || !utf8.ValidString(c.answers[0].Reason) {
		t.Errorf("entered is %+v", c.answers)
	}
}

// TestADecisionThatComesTooLate finds another value, or another officer's decision,
// in its place: nothing is entered, what was typed stays, and the officer looks again.
func TestADecisionThatComesTooLate(t *testing.T) {
	key := undecided().Pending[0].Key
	s, c := officed(t, 120, 40, nil)
	s.press("9 g a enter 核 实 enter")
	q := c.question[key]
	q.Stated = slices.Clone(q.Stated)
	q.Stated[0].Number, q.Stated[0].Cell.SHA256 = store.Some(44), "77aa"
	c.question[key], c.enterErr = q, store.NewError("ack_changed", nil)
	s.press("y").shows("就在这时数据变了", "44", "核实", "Enter 写理由")
	c.enterErr = nil
	s.press("enter*2 y").shows("已确认 44")
	if len(c.answers) != 1 || c.answers[0].Reason != "核实" || c.answers[0].Question.Stated[0].Number.V != 44 {
		t.Errorf("entered is %+v", c.answers)
	}

	s, c = officed(t, 120, 40, nil)
	s.press("9 g a enter 核 实 enter")
	delete(c.question, key)
	c.enterErr = store.NewError("ack_decided", nil, "另一值班员")
	s.press("y").shows("另一值班员 刚作了决定", "核实")
	s.press("esc").hides("另一值班员")
}

// TestTheBoardChangesUnderADecision reads a new snapshot while the officer thinks:
// where the question is what it was nothing moves, else it is asked again.
func TestTheBoardChangesUnderADecision(t *testing.T) {
	key := undecided().Pending[0].Key
	s, c := officed(t, 120, 40, nil)
	s.press("9 g a k enter 不 符 enter")
	before := s.screen()
	s.send(tui.ChangedMsg())
	if s.screen() != before || c.asked != 2 {
		t.Errorf("asked %d times, and the screen has moved:\n%s", c.asked, s.screen())
	}
	q := c.question[key]
	q.Stood.Number, q.Stood.Cell.SHA256 = store.Some(15), "other"
	c.question[key] = q
	s.send(tui.ChangedMsg())
	s.shows("就在这时数据变了", "15", "不符", "Enter 写理由")
	delete(c.question, key)
	s.send(tui.ChangedMsg())
	s.shows("没有待确认的数据", "不符")
	if len(c.answers) != 0 {
		t.Error("something was entered")
	}
}

// TestADecisionThatFails cannot be put on record or entered: the sentence says so,
// what was typed stays, and it can be tried again.
func TestADecisionThatFails(t *testing.T) {
	for _, err := range []error{
		store.NewError("audit_write", errors.New("no space left on device"), "jindu.audit"),
		store.NewError("mirror_readonly", errors.New("disk I/O error")),
		errors.New("a pipe broke"),
	} {
		s, c := officed(t, 120, 40, nil)
		c.enterErr = err
		s.press("9 g a enter 核 实 enter y").shows("核实", "照此记下")
		var e *store.Error
		if errors.As(err, &e) {
			s.shows(e.Message(store.Chinese))
		} else {
			s.shows("a pipe broke")
		}
		s.hides("已确认")
		c.enterErr = nil
		s.press("y").shows("已确认 41")
	}
}

// TestWhereNothingIsDecided says why not: of the past, where the mirror is only
// read, where there is nobody to enter it, and where nothing waits.
func TestWhereNothingIsDecided(t *testing.T) {
	s, c := officed(t, 120, 40, nil)
	s.press("9 g j t down enter a").shows("看的是过去")
	if c.asked != 0 {
		t.Error("asked about the past")
	}
	s, c = officed(t, 120, 40, nil)
	c.askErr = store.NewError("mirror_readonly", nil)
	s.press("9 g a").shows("镜像库不可写", "检查磁盘空间和权限")
	s.press("esc").hides("检查磁盘空间和权限")
	s, c = officed(t, 120, 40, nil)
	c.askErr = store.NewError("mirror_follows", nil, "jindu.db")
	s.press("9 g a").shows("镜像库跟随另一台的", "在那一台上做")
	s, _ = officed(t, 120, 40, func(o *tui.Options) { o.Decider = nil })
	s.press("9 g a").shows("这里不能确认")
	s, _ = officed(t, 120, 40, nil)
	s.press("4 a").shows("光标下没有待确认的数")
	s.press("2 g a").shows("光标下没有待确认的数") // a total in which nothing waits
	s.press("/ 文 昌 派 enter g a").hides("照此记下")
	s, _ = officed(t, 120, 40, nil)
	s.press("3 j*2 a esc j a").shows("没有待确认的数据") // a figure about which nothing is asked
}

// TestOnlyOfficersDecide tries the key in each role: what may not be done is not
// offered, is refused in a sentence, and stands on record.
func TestOnlyOfficersDecide(t *testing.T) {
	for _, role := range append(store.Roles(), "") {
		log := &ledger{}
		s, c := officed(t, 160, 50, func(o *tui.Options) { o.Rights, o.Audit = role.Rights(), log.put })
		may := role.Rights().May(store.DeedDecide)
		s.press("9 g")
		if offered := strings.Contains(s.screen(), "a 确认或驳回"); offered != may {
			t.Errorf("%s: offered is %v:\n%s", role, offered, s.screen())
		}
		s.press("a enter 核 实 enter y")
		if done := len(c.answers) == 1; done != may {
			t.Errorf("%s: entered is %v", role, done)
		}
		if refused := slices.Contains(log.acts, store.Act{Deed: store.DeedDecide, Refused: true}); refused == may {
			t.Errorf("%s: on record stands %v", role, log.acts)
		}
	}
	log := &ledger{}
	s, c := officed(t, 120, 40, func(o *tui.Options) { o.Rights, o.Audit = store.RoleDirector.Rights(), log.put })
	s.press("9 g enter a enter 核 实 enter y").hides("照此记下")
	if len(c.answers) != 0 || len(log.acts) == 0 {
		t.Errorf("a director has decided: %v, on record %v", c.answers, log.acts)
	}
}

// TestADecisionThatWaitsForAnotherProcess says so.
func TestADecisionThatWaitsForAnotherProcess(t *testing.T) {
	s, c := officed(t, 160, 50, nil)
	c.later = true
	s.press("9 g a enter 核 实 enter y").shows("已确认 41，正在运行的 jindu 下次拉取时生效")
}

// TestDecisionsFitEveryScreen draws every step at every size: both values and their
// cells are seen, or nothing is offered to be decided.
func TestWhatIsDecidedFitsEveryScreen(t *testing.T) {
	for w := 40; w <= 130; w += 15 {
		for h := 12; h <= 44; h += 7 {
			for _, l := range languages() {
				s, c := officed(t, w, h, func(o *tui.Options) { o.Lang = l })
				s.press("9 g a")
				whole(t, s.screen(), w, h)
				s.shows("14", "41", "F12", "城东所")
				s.press("enter").types(strings.Repeat("核实", 100))
				whole(t, s.screen(), w, h)
				s.press("enter")
				whole(t, s.screen(), w, h)
				s.shows("14", "41", "F12", "城东所")
				c.enterErr = store.NewError("audit_write", nil, strings.Repeat("/long", 40))
				s.press("y")
				whole(t, s.screen(), w, h)
				s.shows("14", "41", "F12", "城东所")
			}
		}
	}
}
