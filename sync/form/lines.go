package form

import (
	"slices"
	"strconv"
	"strings"

	"jindu/sync/sheet"
)

// What the lines above and under a table state, before a colon.
var (
	reporterKeys = []string{"填报单位", "报送单位", "上报单位", "填表单位", "单位名称", "报告单位", "编报单位", "填报部门", "报送部门", "填报机构", "制表单位", "汇总单位", "编制单位"}
	periodKeys   = []string{"统计时间", "统计期间", "统计日期", "统计月份", "报告期", "报告期间", "所属期", "所属期间", "所属月份", "统计期", "期间", "月份", "统计时段", "数据期间", "报表期间", "报表月份"}
	cutoffKeys   = []string{"截止日期", "截止时间", "截至日期", "截至时间", "数据截止", "数据截至", "统计截止日期", "统计截止时间", "截止", "截至"}
	measureKeys  = []string{"计量单位", "金额单位", "数量单位", "单位"}
	// Whatever these state is of no use, and often a person.
	otherKeys = []string{
		"填表人", "审核人", "负责人", "单位负责人", "联系电话", "电话", "填报人", "制表人", "审批人", "经办人", "联系人", "统计人", "报送人", "分管领导",
		"主要负责人", "复核人", "填报时间", "填报日期", "填表时间", "填表日期", "制表时间", "制表日期", "报送时间", "报送日期", "上报时间", "上报日期",
		"打印时间", "打印日期", "报出日期", "盖章", "表号", "制定机关", "批准机关", "批准文号", "文号", "有效期至", "密级", "注", "备注", "说明", "填表说明", "附注", "签字", "领导签字",
	}
	colonKeys = newPattern(`(` + strings.Join(longestFirst(reporterKeys, periodKeys, cutoffKeys, measureKeys, otherKeys), "|") +
		`)(?:\((?:盖章|公章|签章|章|签字)\))?:`)
	remarks = newPattern(`^(?:(?:注|备注|说明|填表说明|附注)\d{0,2}[:.、(]|※|\*{1,3}\D)`)
)

func longestFirst(lists ...[]string) []string {
	all := slices.Concat(lists...)
	slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
	return all
}

// states reports whether a text states something behind a colon, or is a note
// or a signature.
func states(key string) bool {
	return strings.Contains(key, ":") && colonKeys.MatchString(key) || remarks.MatchString(key)
}

// inBrackets reports whether what a text states stands in brackets behind something
// else, as a remark on a head does.
func inBrackets(key string) bool {
	at := colonKeys.FindStringIndex(key)
	return at != nil && at[0] > 1 && key[at[0]-1] == '(' && !remarks.MatchString(key)
}

// asks reports whether a text is such a key by itself, with what it states in
// the cell beside it. 单位 and 月份 are heads far more often.
func asks(key string) bool {
	key = strings.TrimSuffix(key, ":")
	switch key {
	case "单位", "月份", "期间", "单位名称", "备注", "说明", "填报单位", "报送单位", "统计时间", "统计月份", "报告期", "计量单位":
		return false
	}
	return slices.Contains(cutoffKeys, key) || slices.Contains(periodKeys, key) || slices.Contains(reporterKeys, key) || slices.Contains(otherKeys, key)
}

// pair is one statement of a line: what stands before the colon and behind it.
type pair struct{ key, text string }

// pairs parts a line into what it states and the rest of its text. Cells stand
// apart, so that a key in one and its text in the next find each other.
func (p *page) pairs(cells []sheet.Cell) (stated []pair, rest string) {
	var b strings.Builder
	for _, c := range cells {
		if c.Kind != sheet.Text {
			if w := p.word(c); !w.when.none() {
				b.WriteString(w.when.in(0).String())
			}
			continue
		}
		key := fold(c.Text)
		b.WriteString(key)
		if slices.Contains(reporterKeys, key) || slices.Contains(cutoffKeys, key) || slices.Contains(periodKeys, key) {
			b.WriteByte(':')
		}
		if !strings.HasSuffix(key, ":") {
			b.WriteByte('\n')
		}
	}
	text := strings.ReplaceAll(b.String(), ":\n", ":")
	at := colonKeys.FindAllStringSubmatchIndex(text, -1)
	rest = text
	for i, m := range at {
		if i == 0 {
			rest = text[:m[0]]
		}
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		stated = append(stated, pair{text[m[2]:m[3]], strings.Trim(text[m[1]:end], "\n;,。()")})
	}
	return stated, strings.Trim(rest, "\n")
}

func itoa(n int) string { return strconv.Itoa(n) }
