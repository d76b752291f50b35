package form

import (
	"slices"
	"strings"

	"jindu/store"
)

// match is what a path of heads, or of a row's labels, stands for.
type match struct {
	ind    *store.Indicator
	rivals []*store.Indicator // the path fits several: set aside
}

// scene is what a name is judged beside: the other columns or rows of its table
// and the table's title. It is nil while the sure names are sought.
type scene struct {
	groups   map[string]int            // how many names of a group are sure
	siblings map[string]map[string]int // the same under one parent
	codes    map[string]bool           // indicators that are sure
	title    map[string]bool           // groups that the title speaks of
	prev     *store.Indicator          // the indicator just before
	main     *store.Indicator          // the last one before that is not 其中
}

// generic names mean their indicator only in the right company: 新增 under
// 志愿者 are volunteers, not users.
var generic = wordSet(`新增 新登记 现有 在册 占比 其他 解除 死亡 已死亡 正在执行 执行中 执行率 覆盖率 隐患 限期整改 责令限期整改 待整改 取缔 吊销
	走访 帮扶 谈话 检查次 检查次数 检查家次 活动次数 破案 破 判决 支出 已支出 支出金额 得分 资料 线索 未成年人 18岁以下 未报到 应检 已检
	归档 完成率 行政 刑事 在控 应管控 走访帮扶 标语 检测率 复吸 复吸人员 离境 在押 服刑 归档 解除人数 死亡人数 现有人数 在册人数 新增人数 就业率 支出进度`)

// lonely names need a neighbour of their group even where nothing stands above.
var lonely = wordSet(`其他 占比 得分 支出 隐患 限期整改`)

func wordSet(s string) map[string]bool {
	all := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		all[w], all[loosen(w)] = true, true
	}
	return all
}

// match finds the indicator of a path, outermost name first. The whole path
// goes before the last name alone, and a name above another is a heading only.
func (x *nameIndex) match(path []*label, measure string, total bool, sc *scene) match {
	if len(path) == 0 || slices.ContainsFunc(path, func(w *label) bool { return strings.Contains(w.key, "折") }) {
		return match{} // 折合海洛因 is a measure of its own
	}
	if hits := x.joined(path, total); len(hits) > 0 {
		return x.decide(hits, path, measure, sc)
	}
	leaf := path[len(path)-1]
	if total || len(leaf.hits) == 0 {
		return match{}
	}
	hits := leaf.hits
	also := x.loose[loosen(leaf.name)]
	if len(also) > 1 {
		hits = x.byKind(union(hits, also), leaf, path)
	}
	if sc == nil && (len(hits) > 1 || generic[loosen(leaf.name)] || amongst(path)) {
		return match{}
	}
	if one := leaf.hits[0]; leaf.exact && len(leaf.hits) == 1 && slices.Contains(hits, one) {
		hits = x.otherThan(one, hits, sc)
	}
	m := x.decide(hits, path, measure, sc)
	if m.ind != nil && sc != nil && !x.fits(m.ind, path, sc) {
		return match{}
	}
	return m
}

// otherThan keeps the indicator that is written exactly so, unless another one
// of nearly that name belongs to a ratio of the table: 正在执行 beside 应执行.
func (x *nameIndex) otherThan(one *store.Indicator, hits []*store.Indicator, sc *scene) []*store.Indicator {
	if sc != nil && !sc.related(x.catalogue, one) {
		for _, h := range hits {
			if h != one && h.Kind == one.Kind && sc.related(x.catalogue, h) {
				return []*store.Indicator{h}
			}
		}
	}
	return []*store.Indicator{one}
}

// joined looks names up that are written over two heads: 缴获毒品 over 合计,
// 社区戒毒 over 在执行.
func (x *nameIndex) joined(path []*label, total bool) []*store.Indicator {
	names := make([]string, len(path), len(path)+1)
	for i, w := range path {
		names[i] = w.name
	}
	if total {
		names = append(names, "合计")
	}
	leaf := names[len(names)-1]
	for i := range len(names) - 1 {
		above := strings.Join(names[i:len(names)-1], "")
		for _, a := range []string{above, loosen(above)} {
			for _, l := range []string{leaf, strings.TrimPrefix(leaf, "正")} {
				for _, name := range []string{a + l, l + a} {
					if hits := x.exact[name]; hits != nil {
						return hits
					}
				}
			}
		}
	}
	return nil
}

func union(a, b []*store.Indicator) []*store.Indicator {
	out := slices.Clone(a)
	for _, ind := range b {
		if !slices.Contains(out, ind) {
			out = append(out, ind)
		}
	}
	return out
}

// Words above a name that say whether persons now or decisions are counted.
var (
	stockWords = []string{"执行", "现有", "在册", "在管", "期末", "在岗"}
	flowWords  = []string{"责令", "决定", "新增", "当月", "办理"}
)

// byKind settles 社区康复, which is persons now or decisions of the month, by
// the words above it. Without such words every candidate stays.
func (x *nameIndex) byKind(hits []*store.Indicator, leaf *label, path []*label) []*store.Indicator {
	var want store.Kind
	for _, w := range path[:len(path)-1] {
		switch {
		case containsAny(w.key, stockWords):
			want = store.Stock
		case containsAny(w.key, flowWords):
			want = store.Flow
		}
	}
	if want == "" {
		return hits
	}
	kept := slices.DeleteFunc(slices.Clone(hits), func(i *store.Indicator) bool { return i.Kind != want })
	if len(kept) == 0 {
		return leaf.hits
	}
	return kept
}

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

func amongst(path []*label) bool {
	return slices.ContainsFunc(path, func(w *label) bool { return w.among })
}

// decide chooses between indicators that share a name: by the measure, by what
// stands above, by the company in the table, by the title. Two that are left
// are rivals.
func (x *nameIndex) decide(hits []*store.Indicator, path []*label, measure string, sc *scene) match {
	keep := func(ok func(*store.Indicator) bool) {
		kept := slices.DeleteFunc(slices.Clone(hits), func(i *store.Indicator) bool { return !ok(i) })
		if len(kept) > 0 {
			hits = kept
		}
	}
	if measure != "" {
		keep(func(i *store.Indicator) bool { return x.alike(measure, i.Measure) })
	}
	for n := len(path) - 2; n >= 0 && len(hits) > 1; n-- {
		keep(func(i *store.Indicator) bool { return x.under(i, path[n]) })
	}
	if sc != nil && len(hits) > 1 {
		keep(func(i *store.Indicator) bool { return sc.related(x.catalogue, i) })
		keep(func(i *store.Indicator) bool { return sc.groups[i.Group] > 0 })
		keep(func(i *store.Indicator) bool { return sc.title[i.Group] })
	}
	if len(hits) == 1 {
		return match{ind: hits[0]}
	}
	return match{rivals: hits}
}

// under reports whether a heading speaks of the indicator's group or names it.
func (x *nameIndex) under(i *store.Indicator, heading *label) bool {
	if group := x.groupName[i.Group]; group != "" && strings.Contains(heading.key, group) {
		return true
	}
	for _, h := range heading.hits {
		if h == i || slices.Contains(h.Parts, i.Code) {
			return true
		}
	}
	for _, name := range i.Names() {
		if common(fold(name), loosen(heading.name)) >= 3 {
			return true
		}
	}
	return false
}

// common returns how many runes the longest common stretch of two names has.
func common(a, b string) int {
	ra, rb := []rune(a), []rune(b)
	best := 0
	run := make([]int, len(rb)+1)
	for i := range ra {
		for j := len(rb) - 1; j >= 0; j-- {
			if ra[i] == rb[j] {
				run[j+1] = run[j] + 1
				best = max(best, run[j+1])
			} else {
				run[j+1] = 0
			}
		}
	}
	return best
}

// related reports whether the table also has what the indicator is divided by,
// or what it divides.
func (sc *scene) related(c *store.Catalogue, i *store.Indicator) bool {
	if i.Kind == store.Ratio {
		return sc.codes[i.Numerator] || sc.codes[i.Denominator]
	}
	for code := range sc.codes {
		r, _ := c.ByCode(code)
		if r.Numerator == i.Code || r.Denominator == i.Code {
			return true
		}
	}
	for _, r := range c.Indicators {
		if r.Numerator == i.Code && sc.codes[r.Denominator] || r.Denominator == i.Code && sc.codes[r.Numerator] {
			return true
		}
	}
	return false
}

// fits reports whether a name that means its indicator only in the right
// company is in it.
func (x *nameIndex) fits(i *store.Indicator, path []*label, sc *scene) bool {
	leaf := path[len(path)-1]
	above := slices.DeleteFunc(slices.Clone(path[:len(path)-1]), func(w *label) bool { return w.name == "" })
	if amongst(path) {
		return sc.main != nil && sc.main.Kind == i.Kind && (sc.main.Group == i.Group || kin(sc.main.Group, i.Group))
	}
	if !generic[loosen(leaf.name)] {
		return true
	}
	if len(above) == 0 {
		if lonely[loosen(leaf.name)] {
			if i.Code == "reg_share_pop" {
				return sc.prev != nil && sc.prev.Code == i.Numerator
			}
			return sc.prev != nil && sc.prev.Group == i.Group || sc.title[i.Group] || !i.Counted() && leaf.measure != ""
		}
		return len(sc.title) == 0 || sc.title[i.Group] || sc.groups[i.Group] > 0
	}
	return slices.ContainsFunc(above, func(w *label) bool {
		return neutral(w.name) || x.under(i, w) || sc.siblings[w.key][i.Group] > 0
	})
}

// kin reports whether one of two groups counts parts of the other's persons.
func kin(a, b string) bool {
	return a == "register" && b == "control" || a == "control" && b == "register"
}

// neutral reports whether a heading says nothing of what is counted.
func neutral(name string) bool {
	for _, w := range []string{"基本", "工作", "总体", "主要", "情况", "指标", "数据", "统计", "禁毒", "其中", "业务", "内容", "本月", "本年", "项目"} {
		name = strings.ReplaceAll(name, w, "")
	}
	return name == ""
}

// speaksOf returns the groups that a title speaks of by more than its words for
// the whole work.
func (x *nameIndex) speaksOf(title string) map[string]bool {
	out := map[string]bool{}
	for name, code := range x.groups {
		if strings.Contains(title, name) {
			out[code] = true
		}
	}
	for key, hits := range x.exact {
		if len(hits) == 1 && len(key) >= len("三个字") && strings.Contains(title, key) {
			out[hits[0].Group] = true
		}
	}
	if containsAny(title, []string{"社区戒毒", "社区康复", "社戒"}) {
		out["programme"] = true
	}
	return out
}
