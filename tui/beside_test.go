package tui_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"jindu/store"
	"jindu/tui"
)

// history answers with two versions of every figure that the district has.
func history(o *tui.Options) {
	o.History = func(_ context.Context, codes []string, p store.Period, _ time.Time) ([]store.Figure, error) {
		var out []store.Figure
		for _, f := range district().Figures {
			for _, code := range codes {
				if f.Indicator != code || f.Period != p {
					continue
				}
				then := f
				then.Value, then.KnownTo = f.Value-2, f.KnownFrom
				then.KnownFrom = f.KnownFrom.Add(-38 * time.Hour)
				out = append(out, then, f)
			}
		}
		return out, nil
	}
}

func TestComparing(t *testing.T) {
	walks := map[string]struct {
		keys         string
		shows, hides string
	}{
		"the choice":                   {"=", "对比|上一期间|去年同期|本年累计与去年累计", ""},
		"a year ago comes first":       {"= j enter", "打击成果", ""},
		"a year ago on tiles":          {"= 去 年 同 期 enter", "较同期   -83|较上月   -13", ""},
		"a year ago in the detail":     {"= 去 年 同 期 enter 3 j", "同期  较同期    上月  较上月", ""},
		"a year ago in the origin":     {"= 去 年 同 期 enter 3 j enter", "出处   查处|较同期  ", "较上月  "},
		"another period":               {"= 2 0 2 6 - 0 3 enter", "较2026-03", ""},
		"told in full":                 {"= 2 0 2 6 - 0 3 enter / users_found enter", "较2026-03|那时|可比", ""},
		"back to the period before":    {"= 2 0 2 6 - 0 3 enter = 上 enter", "较上月", "较2026-03"},
		"nothing fits":                 {"= 龘", "没有找到 龘", ""},
		"esc changes nothing":          {"= 2 0 esc", "较上月", ""},
		"a unit beside another":        {"/ 城 西 enter = c d p c s enter", "城西派出所 与 城东派出所|并排对比|城西所 30/30|差", ""},
		"and the next one":             {"/ 城 西 enter = c d p c s enter n", "城西派出所 与 滨江派出所", ""},
		"another by its name":          {"/ 城 西 enter = c d p c s enter = b j p c s enter", "城西派出所 与 滨江派出所", ""},
		"down to a cell of the second": {"/ 城 西 enter = c d p c s enter l*2 enter", "出处   |城东所", ""},
		"esc leads to the unit":        {"/ 城 西 enter = c d p c s enter esc", "报送 30/30|人员底数", "并排对比"},
		"the first unit's next":        {"/ 城 西 enter = c d p c s enter N", "城西派出所 与", "城西派出所 与 城西派出所"},
	}
	for name, walk := range walks {
		t.Run(name, func(t *testing.T) {
			s := start(t, 120, 40, nil).press(walk.keys)
			s.shows(phrases(walk.shows)...)
			s.hides(phrases(walk.hides)...)
		})
	}
}

// Below two modules the units stand under each other, each with its own age and
// state.
func TestUnitsBesideEachOtherOnAPhone(t *testing.T) {
	s := start(t, 48, 40, nil).press("/ 城 西 enter = c d p c s enter")
	s.shows("城西所", "城东所", "差 ")
	whole(t, s.screen(), 48, 40)
}

func TestTheIndicatorsPage(t *testing.T) {
	s := start(t, 120, 60, history).press("/ users_found enter")
	s.shows("何时知道什么", "20 次", "指标说明", "谁报", "派出所 ", "user", "142")
	s.press("tab*3 enter")
	s.shows("出处   查处吸毒人员")
}

func TestAHistoryThatCannotBeRead(t *testing.T) {
	s := start(t, 120, 60, func(o *tui.Options) {
		o.History = func(context.Context, []string, store.Period, time.Time) ([]store.Figure, error) {
			return nil, errors.New("disk")
		}
	}).press("/ users_found enter")
	s.shows("读不出历史版本", "142")
}

// An answer that comes late is of another page: it is not shown there.
func TestAHistoryOfAnotherIndicatorIsNotShown(t *testing.T) {
	s := start(t, 120, 60, history).press("/ users_found enter esc / reg_total enter")
	s.shows("在册吸毒人员", "何时知道什么")
	s.hides("查处吸毒人员 ")
}

func TestThePalette(t *testing.T) {
	walks := map[string]struct {
		keys         string
		shows, hides string
	}{
		"every key is there":        {": 反 向", "反向排序", ""},
		"by initials":               {": d c", "导出", ""},
		"a panel of the page":       {": 数 据 待 办 enter", "长桥街道办", ""},
		"a period":                  {": 2 0 2 6 - 0 3 enter", "2026年3月", "2026年5月"},
		"a unit":                    {": 城 西 派 enter", "报送 30/30|人员底数", ""},
		"a sort":                    {"/ users_found enter : 按 本 月 enter", "按本月 从大到小", ""},
		"a move":                    {": 到 尾 enter", "举报线索 127 条", ""},
		"what was done comes first": {": 语 言 enter L :", "命令      语言", ""},
		"nothing that is withheld":  {": 龘", "没有找到", ""},
	}
	for name, walk := range walks {
		t.Run(name, func(t *testing.T) {
			s := start(t, 120, 40, nil).press(walk.keys)
			s.shows(phrases(walk.shows)...)
			s.hides(phrases(walk.hides)...)
		})
	}
}
