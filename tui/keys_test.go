package tui_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui"
	"jindu/tui/tuitest"
	"jindu/tui/widget"
	"jindu/tui/words"
)

// A walk is keys, and what must and must not be on the screen after them.
func TestWalks(t *testing.T) {
	walks := map[string]struct {
		keys         string
		shows, hides string
	}{
		"pages by digit":               {"4", "宣传月工作方案|6 在办", "打击成果"},
		"no page has the digit":        {"0", "打击成果", "宣传活动场次"},
		"full-width digit":             {"４", "宣传月工作方案|6 在办", "打击成果"},
		"a total leads to its units":   {"j*3 enter", "各单位   142  人次|城西派出所_05.xlsx", "打击成果"},
		"a unit's figure to its cell":  {"j*3 enter*2", "出处   查处吸毒人员|第 1 版|9f3a51c7|所在处", ""},
		"esc goes up one level":        {"j*3 enter*2 esc", "各单位   142  人次", "所在处"},
		"esc goes up to the top":       {"j*3 enter*2 esc*2", "打击成果", "各单位   142"},
		"esc at the top stays":         {"esc*3", "打击成果|q 退出", ""},
		"q leaves a page below":        {"j*3 enter q", "打击成果|q 退出", ""},
		"the cursor names the source":  {"j*3", "查处吸毒人员 142 人次   10 个单位之和", ""},
		"last row":                     {"G", "举报线索 127 条", ""},
		"first row again":              {"G g", "破获毒品刑事案件 15 起", ""},
		"half a page":                  {"ctrl+d", "举报线索 127 条", ""},
		"full-width letter":            {"ｊ", "查处涉毒行政案件 53 起", ""},
		"tab goes to the next panel":   {"tab", "宣传月工作方案   任务清单.xlsx", ""},
		"shift-tab goes back":          {"tab shift+tab", "破获毒品刑事案件 15 起", ""},
		"sideways to the next panel":   {"l", "宣传月工作方案   任务清单.xlsx", ""},
		"an overdue tile to the tasks": {"tab*6 enter", "6 在办", "打击成果"},
		"language":                     {"L", "Enforcement|Data to mend", "打击成果"},
		"language and back":            {"L*2", "打击成果", "Enforcement"},
		"help":                         {"?", "每个数都有出处", ""},
		"full-width help":              {"？", "每个数都有出处", ""},
		"esc and a key at once":        {"? alt+4", "宣传月工作方案|6 在办", "每个数都有出处"},
		"esc and a capital at once":    {"? alt+G", "举报线索 127 条", "每个数都有出处"},
		"help closes":                  {"? esc", "打击成果", "每个数都有出处"},
		"look-up finds as one types":   {"/ 城 西", "单位      城西派出所", ""},
		"full-width look-up":           {"／ 城 西", "单位      城西派出所", ""},
		"look-up leads to a unit":      {"/ 城 西 enter", "报送 30/30|人员底数", "1 个  "},
		"look-up leads to a task":      {"/ 半 年 enter", "半年工作总结   任务清单.xlsx › 督办台账 › C16", ""},
		"look-up finds nothing":        {"/ 龘", "没有找到 龘|换个说法", ""},
		"look-up takes back":           {"/ 城 西 backspace*2", "页面      总览", ""},
		"a letter is typed, not meant": {"/ q", "查找", ""},
		"command":                      {": 语 言 enter", "Enforcement", "打击成果"},
		"command goes to a page":       {"： 数 据 enter", "报送情况", ""},
		"the matrix moves sideways":    {"3 j h*2", "城西所  查处涉毒行政案件 6 起", ""},
		"detail follows the matrix":    {"3 j*3", "+18*|+21*|滨江所   缴获冰毒 约为往常的 10 倍", ""},
		"a heat row leads to the unit": {"3 j h*4 enter", "报送 30/30|人员底数", ""},
		"next unit":                    {"3 j h*4 enter n", "城东派出所   2026年5月", ""},
		"unit before, round the end":   {"3 j h*4 enter N", "区禁毒办   2026年5月", ""},
		"tasks of one unit":            {"4 f tab enter", "筛选 长桥街道办 3/36|宣传月工作方案", "领导小组调整文件"},
		"tasks of all again":           {"4 f tab enter esc", "领导小组调整文件", "筛选 长桥街道办"},
		"a task's card":                {"4 enter", "超期 12 天|市禁毒委4号|C4", ""},
		"a missed occurrence's card":   {"4 j*4 enter", "到期       2026-07-20   每月20日|漏办       2026-06-20   1 次未办|超期 3 天   2 个工作日|C8", ""},
		"a waiting task's card":        {"4 j*12 enter", "等待       第二季度安全感分析   区禁毒办|C16", ""},
		"tasks by meeting":             {"4 : 按 来 源 enter", "上次会议 06-08 区专题会|议定 4|月度会|33/36", ""},
		"a finding's card":             {"9 tab*3 j*2 enter", "jump|H9|疑为计量单位", ""},
		"a workbook's card":            {"9 tab*2 enter", "拒收|0 项数据，0 格未读|期间前后不一", ""},
		"a source's card":              {"9 tab enter", "41 个文件|10分", ""},
		"a card leads to the unit":     {"9 tab*3 j*2 enter*2", "滨江派出所   2026年5月", ""},
		"no pull here":                 {"r", "另一个进程在拉取", ""},
		"why a figure is missing":      {"/ wcj enter*2", "未报|2026-06-05|没有旧版本", ""},
		"why a file was refused":       {"/ 卫 健 enter*2", "期间前后不一|A1|最常见的是沿用了上月标题", ""},
		"why a cell was set aside":     {"/ hair_tests enter*2", "拒收|D17|不是数字|请只填数字", ""},
	}
	for name, walk := range walks {
		t.Run(name, func(t *testing.T) {
			s := start(t, 120, 40, nil).press(walk.keys)
			s.shows(strings.Split(walk.shows, "|")...)
			if walk.hides != "" {
				s.hides(strings.Split(walk.hides, "|")...)
			}
			if s.quit {
				t.Error("it quit")
			}
		})
	}
}

func TestQuit(t *testing.T) {
	for keys, want := range map[string]bool{"q": true, "ｑ": true, "j enter q": false, "? q": false, "esc": false, "/ ctrl+c": true, "ctrl+c": true} {
		if s := start(t, 120, 40, nil).press(keys); s.quit != want {
			t.Errorf("%s: quit is %v", keys, s.quit)
		}
	}
}

func TestThePeriodIsChosen(t *testing.T) {
	s := start(t, 120, 40, nil).press("p j enter")
	s.shows("2026年4月")
	if got := s.reader.requests; len(got) != 2 || got[1].Period != store.MonthOf(2026, 4) {
		t.Errorf("requests %v", got)
	}
}

func TestLookingBack(t *testing.T) {
	s := start(t, 120, 40, nil).press("t 2 0 2 6 - 0 6 - 2*2 space 1 4 ： 0 5 enter")
	s.shows("回看 2026-06-22 14:05", "06-22 周一  14:05")
	want := time.Date(2026, 6, 22, 14, 5, 0, 0, tuitest.Zone())
	if got := s.reader.requests[1].AsOf; !got.Equal(want) {
		t.Errorf("as of %v", got)
	}
	s.send(tui.ChangedMsg())
	if len(s.reader.requests) != 2 {
		t.Error("a board of the past was read anew")
	}
	s.press("t")
	s.hides("回看 2026")
	if got := s.reader.requests[2].AsOf; !got.IsZero() {
		t.Errorf("back to now asks for %v", got)
	}
}

func TestLookingBackToAMomentOfTheList(t *testing.T) {
	s := start(t, 120, 40, nil).press("t down enter")
	s.shows("回看 2026-06-23 08:40")
}

func TestLookingBackRefuses(t *testing.T) {
	for _, one := range [][2]string{
		{"enter", "时间写法不对"},
		{"2 0 2 6 - 1 3 - 0 1 enter", "时间写法不对"},
		{"x enter", "时间写法不对"},
		{"2 0 2 7 - 0 1 - 0 1 enter", "还没到"},
		{"2 0 2 6 - 0 6 - 2 4 enter", "还没到"},
		{"2 0 2 6 - 6 - 2 3 space 2 3 : 5 9 enter", "还没到"},
	} {
		typed, why := one[0], one[1]
		s := start(t, 120, 40, nil).press("t", typed)
		s.shows(why)
		if len(s.reader.requests) != 1 {
			t.Errorf("%s: asked for %v", typed, s.reader.requests)
		}
	}
}

func TestTheDayOfNowIsKnownSoFar(t *testing.T) {
	s := start(t, 120, 40, nil).press("t 2 0 2 6 - 0 6 - 2 3 enter")
	if got := s.reader.requests[1].AsOf; !got.Equal(tuitest.Now()) {
		t.Errorf("as of %v", got)
	}
}

func TestAFailingReaderLeavesTheOldFigures(t *testing.T) {
	s := start(t, 120, 40, nil)
	s.reader.fail = true
	s.send(tui.ChangedMsg())
	s.shows("读取失败：镜像库损坏", "显示的是 08:42 的数据", "打击成果", "142")
	s.reader.fail = false
	s.send(tui.MinuteMsg(tuitest.Now().Add(time.Minute)))
	s.hides("读取失败")
}

func TestAReaderThatNeverAnswered(t *testing.T) {
	r := newReader(t)
	r.fail = true
	m := tui.New(tui.Options{Reader: r, Clock: tuitest.Now, Plain: true})
	s := &session{tb: t, reader: r, model: m}
	s.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	s.shows("正在读取")
	s.run(m.Load())
	s.shows("读取失败：镜像库损坏")
	s.press("j k enter esc tab / ? esc p t y s f n 4 L")
	s.shows("could not read")
}

func TestChangedFiguresAreUnderlined(t *testing.T) {
	s := start(t, 120, 40, func(o *tui.Options) { o.Plain = false })
	before := s.screen()
	d := tuitest.Data(tuitest.May())
	for i := range d.Figures {
		if f := &d.Figures[i]; f.Unit == "cx" && f.Indicator == "case_admin" && f.Period == d.Period {
			f.Value += 3
		}
	}
	s.reader.snapshot = store.NewSnapshot(d)
	s.send(tui.ChangedMsg())
	if !strings.Contains(s.screen(), "\x1b[1;4;") {
		t.Errorf("nothing is underlined:\n%q", s.screen())
	}
	s.send(tui.ChangedMsg())
	if !strings.Contains(s.screen(), "\x1b[1;4;") {
		t.Error("no longer underlined once a board that says the same has come in")
	}
	s.send(tui.MinuteMsg(tuitest.Now().Add(61 * time.Second)))
	if strings.Contains(s.screen(), "\x1b[1;4;") {
		t.Error("still underlined after a minute")
	}
	if s.screen() == before {
		t.Error("the new figure is not shown")
	}
}

func TestTheCursorStaysWithItsRow(t *testing.T) {
	s := start(t, 120, 40, nil).press("/ users_found enter j*2")
	s.shows("滨江所  查处吸毒人员 38")
	s.press("s")
	s.shows("滨江所  查处吸毒人员 38", "1/10")
}

func TestPulling(t *testing.T) {
	s := start(t, 120, 40, func(o *tui.Options) {
		o.Pull = func(context.Context) error {
			return store.NewError("source_missing", errors.New("stat"), "share", "/mnt")
		}
	})
	s.press("r")
	s.shows("拉取失败：来源 share：没有文件夹 /mnt")
	s.press("j")
	s.hides("拉取失败")
	s.send(tui.PullTextMsg("08:40 拉取中"))
	s.shows("08:40 拉取中")
	s.send(tui.PullTextMsg(""))
	s.hides("拉取中")
}

func TestCopying(t *testing.T) {
	s := start(t, 120, 40, nil).press("j*3 y")
	s.shows("已复制：查处吸毒人员 142 人次   10 个单位之和")
}

func TestTheWheelAndAClick(t *testing.T) {
	s := start(t, 120, 40, nil)
	s.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	s.shows("查处涉毒行政案件 53 起")
	s.send(tea.MouseClickMsg{X: 85, Y: 17})
	s.shows("领导小组调整文件   任务清单.xlsx")
	s.send(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
	s.shows("宣传月工作方案   任务清单.xlsx")
}

func TestPastingTypesOnly(t *testing.T) {
	s := start(t, 120, 40, nil).press("/")
	s.send(tea.PasteMsg{Content: "城西\x1b[2J\n" + strings.Repeat("x", 500)})
	if strings.Contains(s.screen(), "\x1b") {
		t.Error("an escape sequence was pasted onto the screen")
	}
	s.press("esc")
	s.send(tea.PasteMsg{Content: "q"})
	if s.quit {
		t.Error("a paste pressed a key")
	}
}

// TestHelpIsWhole: where there is room for a board, no word of its help is cut.
func TestHelpIsWhole(t *testing.T) {
	for _, size := range ladder() {
		for _, l := range languages() {
			for _, decides := range []bool{false, true} {
				s, _ := officed(t, size[0], size[1], func(o *tui.Options) {
					o.Lang = l
					if !decides {
						o.Decider = nil
					}
				})
				s.press("?")
				help := strings.ReplaceAll(s.screen(), "\n", " ")
				for _, k := range tui.Keys() {
					word := words.Of(l).Say(k.Word)
					if (decides || k.Word != "key.decide") && !strings.Contains(help, word+" ") {
						t.Errorf("%dx%d %s: no %q in\n%s", size[0], size[1], l, word, help)
					}
				}
				for _, state := range store.States {
					if word := widget.StateWord(state, l).Plain(); !strings.Contains(help, word) {
						t.Errorf("%dx%d %s: no %q", size[0], size[1], l, word)
					}
				}
			}
		}
	}
}
