package tui_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// What a person does to the rows and columns of a panel, and what it says then.
func TestArranging(t *testing.T) {
	walks := map[string]struct {
		keys         string
		shows, hides string
	}{
		"sort by the next column":          {"9 s*2", "按已报 从大到小", ""},
		"a column goes by value":           {"/ users_found enter s g", "按本月 从大到小|滨江派出所         38", ""},
		"the other way round":              {"/ users_found enter s S g", "按本月 从小到大", ""},
		"a matrix by its cursor's column":  {"3 s", "按查处吸毒 从大到小", ""},
		"and by its own order again":       {"3 s*2", "", "从大到小"},
		"nothing to turn":                  {"3 S", "这里没有可排序的列", ""},
		"sorting follows to another visit": {"/ users_found enter s esc / reg_total enter", "按本月 从大到小", ""},
		"filter by initials":               {"/ users_found enter f c x p c s", "筛选 cxpcs 1/10|城西派出所", "城东派出所"},
		"filter by a file":                 {"9 tab*3 f 城 西", "筛选 城西", ""},
		"what does not fit says so":        {"/ users_found enter f 龘", "没有符合的行", "城东派出所"},
		"the filter's way out":             {"/ users_found enter f c x p c s esc", "城东派出所", "筛选 cxpcs"},
		"a filter is kept, and esc ends":   {"/ users_found enter f c x p c s enter esc", "城东派出所|查处吸毒人员", "筛选 cxpcs"},
		"then esc leads back":              {"/ users_found enter f c x p c s enter esc*2", "打击成果", "城东派出所   "},
		"only what is marked":              {"9 !", "只看有标记的", ""},
		"all again":                        {"9 !*2", "", "只看有标记的"},
		"marked and words":                 {"9 ! f 龘", "有标记且含 龘", ""},
		"no list":                          {"tab*6 f", "这里不是列表", ""},
		"the columns":                      {"/ users_found enter c", "列   各单位|较上月|必显", ""},
		"a column left out":                {"/ users_found enter c j*2 space esc", "较同期", "较上月   较同期"},
		"and shown again":                  {"/ users_found enter c j*2 space*2 esc", "较同期|较上月", ""},
		"the value cannot go":              {"/ users_found enter c j space esc", "本月", ""},
		"nor the oldest":                   {"/ users_found enter c j*5 space esc", "距今", ""},
		"sorted from the list of columns":  {"/ users_found enter c j enter esc", "按本月 从大到小", ""},
	}
	for name, walk := range walks {
		t.Run(name, func(t *testing.T) {
			s := start(t, 120, 40, nil).press(walk.keys)
			s.shows(phrases(walk.shows)...)
			s.hides(phrases(walk.hides)...)
		})
	}
}

func TestAClickOnAHeadSorts(t *testing.T) {
	s := start(t, 120, 40, nil).press("3")
	s.send(tea.MouseClickMsg{X: 30, Y: 6})
	s.shows("从大到小")
	s.send(tea.MouseClickMsg{X: 30, Y: 6})
	s.shows("从小到大")
}

// A phone has no room for a fact more, but a part must never look like the whole.
func TestAFilterIsSaidOnAPhone(t *testing.T) {
	s := start(t, 44, 32, nil).press("/ users_found enter f c x p c s enter")
	s.shows("筛选 cxpcs 1/10")
	s.press("4 f tab enter")
	s.shows("筛选 长桥街道办")
}

// phrases takes apart what a walk must and must not show.
func phrases(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == '|' })
}
