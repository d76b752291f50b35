package form

import (
	"strings"

	"jindu/store"
	"jindu/sync/sheet"
)

// role is what a head announces of the cells under it.
type role uint8

const (
	noRole      role = iota
	unitRole         // 单位, 派出所, 街道
	itemRole         // 项目, 指标
	measureRole      // 计量单位
	timeRole         // 月份, 期间
	valueRole        // 数值, 完成数
	seqRole          // 序号
	codeRole         // 单位代码
	noteRole         // 备注: never read
	cornerRole       // 项目\单位: two roles in one cell, the body says which
)

// aspect says which of the numbers that stand beside each other for one
// indicator this one is.
type aspect uint8

const (
	noAspect   aspect = iota
	own               // 本月, 本期: of the sheet's own period
	cumulative        // 本年累计
	yearAgo           // 去年同期
	previous          // 上月
	change            // 同比, 环比, 增减: a difference or a rate, never a figure
)

// label is what the text of a head or of a row's label can mean. The fields do
// not exclude each other: 本月破案数（起） is an aspect, a name and a measure.
type label struct {
	text    string // as it stands, cleaned; *** where it has the shape of personal data
	shown   string // as it may be printed; empty until it is asked for
	key     string // folded: the whole text
	name    string // what is left to name an indicator with
	role    role
	aspect  aspect
	when    when
	unit    string // code of the unit that the text names
	many    bool   // names more than one unit
	measure string // a measure of the catalogue
	foreign string // a measure that none of ours converts from, such as 片
	list    bool   // names several measures: says nothing of one column
	total   bool
	among   bool // 其中
	area    bool // the district as a whole
	number  bool // reads like a figure
	shape   string
	hits    []*store.Indicator // of the name, or else of the name without 数 and the like
	exact   bool               // hits are of the name as it stands
}

// signal reports whether the word belongs into a head or a stub.
func (w *label) signal() bool {
	return w.role != noRole || w.aspect != noAspect || !w.when.none() || w.unit != "" || w.total ||
		len(w.hits) > 0 || w.measure != "" && w.name == "" || w.area
}

var roles = func() map[string]role {
	all := map[string]role{}
	for r, words := range map[role]string{
		unitRole: "单位名称 填报单位 报送单位 上报单位 责任单位 所属单位 成员单位 报告单位 派出所 所队 街道 街道办 街道办事处 " +
			"镇街 乡镇街道 街道(镇) 乡镇(街道) 镇(街道) 地区 辖区 部门 单位(部门) 村(社区) 村社区 地区/村社 社区 机构 填表单位",
		itemRole: "项目 指标 指标名称 统计项目 统计指标 统计内容 内容 工作内容 工作项目 项目名称 类别 事项 名称 科目 指标项目 数据项目 " +
			"统计类别 项目内容 业务项目",
		measureRole: "计量单位 计量 度量单位 数量单位 计算单位",
		timeRole:    "月份 时间 期间 统计月份 统计时间 统计期间 年月 日期 报告期 季度 周次 统计期 所属期 所属月份",
		valueRole: "数值 数量 数据 值 完成数 完成情况 实际数 实际完成 实际完成数 完成数量 数 统计数 统计数据 结果 实绩 数字 " +
			"数额 完成 金额",
		seqRole:    "序号 编号 行次 行号 序 号 排序 no no. 栏次 代码 指标代码",
		codeRole:   "单位代码 单位编码 单位编号 机构代码 机构编码 组织机构代码 部门代码",
		noteRole:   "备注 说明 备考 附注 排名 名次 位次 填表说明 情况说明 备注说明 原因",
		cornerRole: "项目单位 单位项目 指标单位 单位指标 月份项目 项目月份 单位月份 月份单位 指标月份 月份指标",
	} {
		for w := range strings.FieldsSeq(words) {
			all[w] = r
		}
	}
	all["单位"] = unitRole // or a measure's: the body says which
	return all
}()

var aspects = func() map[string]aspect {
	all := map[string]aspect{}
	for a, words := range map[aspect]string{
		own: "本月 本月数 当月 当月数 本期 本期数 本月合计 本月完成 本月完成数 本月发生 本月发生数 本季 本季度 本季数 本周 本周数 期末 期末数 月末 " +
			"月末数 本月情况 本月实绩 当期 当期数 截至本月 本月值",
		cumulative: "本年累计 累计 累计数 年累计 年度累计 今年累计 本年累计数 今年累计数 全年累计 自年初累计 年初累计 年初至今 年初以来 今年以来 " +
			"至今累计 本年度累计 年内累计 累计完成 累计完成数 本年累计完成 今年以来累计",
		yearAgo: "去年同期 上年同期 同期 去年同月 上年同月 去年同期数 上年同期数 同期数 去年当月 上年同期累计 去年同期累计 去年累计 上年累计 " +
			"同期累计 去年 上年 去年数 上年数",
		previous: "上月 上月数 上期 上期数 上季 上季度 上周 月初 期初 期初数 月初数 上月累计 上月末 上期末 上月底",
		change: "同比 环比 增减 增减数 增减量 增幅 增长 增长率 同比增减 环比增减 同比增幅 环比增幅 同比增长 环比增长 比上月 比去年同期 比上年同期 " +
			"与去年同期比 与上年同期比 与上月比 较上月 较去年同期 较上年同期 较同期 同比率 环比率 升降 升降幅度 同比升降 环比升降 增减率 增减幅度 " +
			"同比± 环比± ± +- +/- 变化 差额 同比增长率 环比增长率 比去年 比同期 较上月增减 同比增减数 同比增减率",
	} {
		for w := range strings.FieldsSeq(words) {
			all[w] = a
		}
	}
	return all
}()

// glued are the aspects that are written before or behind a name in one cell,
// longest first: 本月破案数, 缴毒累计.
var glued = []string{
	"去年同期累计", "上年同期累计", "本年度累计", "去年同期", "上年同期", "本年累计", "今年累计", "年度累计", "今年以来", "全年累计",
	"同比增减", "环比增减", "同比", "环比", "本月", "当月", "本期", "上月", "上期", "累计", "增减", "同期", "本季度", "本周", "月末", "期末",
}

var totalWords = map[string]bool{
	"合计": true, "总计": true, "小计": true, "共计": true, "总数": true, "总和": true, "合计数": true, "总计数": true, "小计数": true,
	"全区合计": true, "全区总计": true, "全年合计": true, "年合计": true, "全年": true, "累加": true, "汇总": true,
}

var (
	itemNumber = newPattern(`^(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十\d]{1,3}[、.)]|[a-zA-Z][.、])`)
	leading    = newPattern(`^(?:其中[:,、]?|#|\*|·|•|-+)+`)
	lastParen  = newPattern(`^(.+?)\(([^()]*)\)$`)
	tailed     = newPattern(`^(.+?)[/,:;](` + measureWords + `|[^/,:;]{1,3})$`)
	foreign    = newPattern(`^(?:` + measureWords + `|只|匹|架|艘|杯|粒数|例|人份|吨公里)$`)
	subtotals  = newPattern(`(?:合计|总计|小计|共计)(?:数)?$`)
)

// words reads texts and remembers what it has read: the same unit names and
// heads come again and again in a workbook.
type words struct {
	dict   *nameIndex
	units  *unitIndex
	starts int
	scoped scoped // names of the report that the sheet is
	seen   map[string]*label
}

func newWords(d *nameIndex, u *unitIndex, starts int, own scoped) *words {
	return &words{dict: d, units: u, starts: starts, scoped: own, seen: map[string]*label{}}
}

// longest is how many bytes a head or a label may have: what is longer is a
// sentence and means nothing here.
const longest = 120

// of returns what a text can mean.
func (ws *words) of(text string) *label {
	if w, ok := ws.seen[text]; ok {
		return w
	}
	w := &label{key: fold(text)}
	ws.seen[text] = w
	if w.key == "" || len(w.key) > longest {
		return w
	}
	ws.read(w)
	if !w.signal() {
		cell := sheet.Cell{Kind: sheet.Text, Text: text}
		_, check := parseCheck(cell)
		_, rule := parseValue(cell)
		w.number = rule != "not_number" || check != "not_number"
	}
	if w.text = text; w.key == text && (w.exact || w.unit != "") {
		return w // a name of the catalogue or of a unit is nobody's
	}
	w.text, w.shape = mask(text), shapeOf(text)
	if w.shape != "" || !w.signal() && couldBeName(w.key) {
		w.text = "***" // not a part of it is a name of ours
	}
	return w
}

// read finds out what the word can mean, from the whole text to its parts.
func (ws *words) read(w *label) {
	key := strings.Trim(w.key, `"'“”‘’《》:;,、`)
	if w.key = key; key == "" {
		return
	}
	if r, ok := roles[strings.ToLower(key)]; ok {
		w.role = r
	}
	if corner(key) {
		w.role = cornerRole
	}
	if ws.simple(w, key) {
		return
	}
	if inner, ok := strings.CutPrefix(key, "("); ok && strings.HasSuffix(inner, ")") && ws.remark(w, strings.TrimSuffix(inner, ")")) {
		return // a line of measures under the heads
	}
	rest := unnumbered(key)
	if m := leading.FindString(rest); m != "" {
		w.among = strings.Contains(m, "其中") || w.among
		rest = rest[len(m):]
	}
	rest = strings.TrimRight(rest, ":;,、")
	if rest != key && ws.simple(w, rest) {
		return
	}
	rest = ws.strip(w, rest)
	if rest != key && ws.simple(w, rest) {
		return
	}
	ws.unglue(w, rest)
	if len(w.hits) > 0 || w.role != noRole || w.aspect != noAspect || !w.when.none() && w.name == "" {
		return
	}
	if ws.unit(w); w.unit == "" && !w.many {
		ws.path(w, rest)
	}
}

// path reads a head whose levels stand in one cell, as web forms export them:
// 打击情况-刑事案件. The last level names the indicator, if those before it do
// not name another.
func (ws *words) path(w *label, s string) {
	cut := strings.LastIndexAny(s, "-_:>/")
	if cut <= 0 || strings.ContainsAny(s[:cut], "()") {
		return
	}
	upper, name := strings.TrimRight(s[:cut], "-_:>/"), s[cut+1:]
	if ws.dict.exact[upper] == nil && ws.named(w, name) {
		w.name = name
	}
}

// simple reads a text that is one thing as a whole.
func (ws *words) simple(w *label, s string) bool {
	if ind := ws.scoped[s]; ind != nil {
		w.name, w.hits, w.exact = s, []*store.Indicator{ind}, true
		return true
	}
	if hits := ws.dict.exact[s]; hits != nil {
		w.name, w.hits, w.exact = s, hits, true
		return true
	}
	if a, ok := aspects[s]; ok {
		w.aspect = a
		return true
	}
	if totalWords[s] {
		w.total = true
		return true
	}
	if r, ok := roles[strings.ToLower(s)]; ok {
		w.role = r
		return true
	}
	if m, ok := ws.dict.measures[s]; ok {
		w.measure = m
		return true
	}
	if t := wholly(s, ws.starts); !t.none() {
		w.when = t
		return true
	}
	for _, tail := range []string{"累计", "合计", "累计数", "合计数", "小计"} {
		head, ok := strings.CutSuffix(s, tail)
		if t := wholly(head, ws.starts); ok && !t.none() {
			w.when = t
			return true
		}
	}
	return false
}

// strip takes the brackets and the measure off the end of a head: what is in
// them is a measure, an aspect or a time, or it belongs to the name.
func (ws *words) strip(w *label, s string) string {
	for {
		if m := lastParen.FindStringSubmatch(s); m != nil && ws.remark(w, m[2]) {
			s = m[1]
			continue
		}
		if m := tailed.FindStringSubmatch(s); m != nil && ws.remark(w, m[2]) {
			s = m[1]
			continue
		}
		for _, sign := range []string{"%", "‰", "‱"} {
			if head, ok := strings.CutSuffix(s, sign); ok && head != "" {
				w.measure, s = sign, head
			}
		}
		return s
	}
}

// remark reads what stands in brackets behind a name.
func (ws *words) remark(w *label, s string) bool {
	s = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(s, "计量单位:"), "单位:"), "单位")
	if a, ok := aspects[s]; ok {
		w.aspect = a
		return true
	}
	if t := wholly(s, ws.starts); !t.none() {
		w.when = t
		return true
	}
	var first string
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("、,，;", r) }) {
		m, ok := ws.measureOf(part)
		switch {
		case !ok:
			return false
		case first != "" && !ws.dict.alike(first, m):
			w.list = true
		case first == "":
			first = m
		}
	}
	if first == "" {
		return false
	}
	if _, ours := ws.dict.measures[first]; ours {
		w.measure = ws.dict.measures[first]
	} else {
		w.foreign = first
	}
	return true
}

// measureOf reads a measure, or one written in two ways as 条/幅.
func (ws *words) measureOf(s string) (string, bool) {
	if m, ok := ws.dict.measures[s]; ok {
		return m, true
	}
	if a, b, two := strings.Cut(s, "/"); two {
		ma, oka := ws.dict.measures[a]
		mb, okb := ws.dict.measures[b]
		if oka && okb && ws.dict.alike(ma, mb) {
			return ma, true
		}
	}
	return s, foreign.MatchString(s)
}

// unglue parts an aspect or a time from the name that it is written with.
func (ws *words) unglue(w *label, s string) {
	w.name = s
	if ws.named(w, s) {
		return
	}
	for _, g := range glued {
		for _, cut := range []func(string, string) (string, bool){strings.CutPrefix, strings.CutSuffix} {
			if rest, ok := cut(s, g); ok && rest != "" {
				rest = strings.Trim(rest, ":-_()")
				if ws.named(w, rest) {
					w.name, w.aspect = rest, aspects[g]
					return
				}
			}
		}
	}
	for i, r := range s {
		if r != '月' && r != '年' && r != '度' && r != '份' {
			continue
		}
		head, rest := s[:i+len(string(r))], s[i+len(string(r)):]
		if t := wholly(head, ws.starts); !t.none() && rest != "" && ws.named(w, rest) {
			w.name, w.when = rest, t
			return
		}
	}
	if subtotals.MatchString(s) {
		w.total = true
	}
}

// named looks a name up as it stands and then without 数, 情况 and the like.
func (ws *words) named(w *label, s string) bool {
	if ind := ws.scoped[s]; ind != nil {
		w.hits, w.exact = []*store.Indicator{ind}, true
		return true
	}
	if hits := ws.dict.exact[s]; hits != nil {
		w.hits, w.exact = hits, true
		return true
	}
	if hits := ws.dict.loose[loosen(s)]; hits != nil {
		w.hits = hits
		return true
	}
	return false
}

// unit looks whether the text names a unit, or the district as a whole.
func (ws *words) unit(w *label) {
	if ws.units.district(w.key) {
		w.area = true
		return
	}
	if digits(w.key) {
		return // a number, though it may also be a code: that is for a column of codes to say
	}
	code, rule := ws.units.find(w.key)
	w.unit, w.many = code, rule == "row_unit_ambiguous"
	if w.unit != "" {
		w.total = false
	}
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// coded reads a code of digits in a column of units or of their codes.
func (ws *words) coded(text string) *label {
	w := &label{text: text, key: fold(text)}
	w.unit, _ = ws.units.find(w.key)
	return w
}

// unnumbered takes 一、 or (1) or 2. off the beginning; 6.26 is no number of an item.
func unnumbered(s string) string {
	m := itemNumber.FindString(s)
	rest := s[len(m):]
	if strings.HasSuffix(m, ".") && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
		return s
	}
	return rest
}

// corner reports whether a head names two roles at once, as the cell at the
// corner of a table does: 单位\项目.
func corner(key string) bool {
	parts := strings.FieldsFunc(key, func(r rune) bool { return strings.ContainsRune(`\/|、—-`, r) })
	if len(parts) != 2 {
		return false
	}
	_, a := roles[parts[0]]
	_, b := roles[parts[1]]
	return a && b
}
