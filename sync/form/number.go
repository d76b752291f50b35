package form

import (
	"math"
	"strconv"
	"strings"

	"jindu/sync/sheet"
)

// value is what one cell of a report says.
type value struct {
	num     float64 // in measure; of a percentage the number before the sign, such as 85
	na      bool    // the unit wrote that it does not apply
	percent bool    // came with a percent sign or format
	measure string  // the measure in the cell: 起, 千克, %, ‰; 1.2万元 is 12000 元
	missing bool    // nothing stands there
	note    string  // code of the conversion, see messages.csv; empty: as it stood
}

// limit is the largest magnitude that a district's figure can have.
const limit = 1e13

// Notes say how a value was converted; the words stand in messages.csv.
const (
	noteText     = "note_text"     // a number kept as text, with separators or full-width
	noteMeasure  = "note_measure"  // a measure behind the number
	noteChinese  = "note_chinese"  // written in Chinese numerals
	noteScaled   = "note_scaled"   // written in 万 or 亿
	notePercent  = "note_percent"  // written or formatted as a percentage
	noteZero     = "note_zero"     // a word for zero
	noteNA       = "note_na"       // a dash or a word for not applicable
	noteBrackets = "note_brackets" // a negative number in brackets
	noteCheck    = "note_check"    // yes or no
)

// parseValue reads a cell as a number by the documented conversions and no
// others. The rule is empty or names the finding that sets the cell aside.
func parseValue(c sheet.Cell) (value, string) {
	switch c.Kind {
	case sheet.Blank:
		return value{missing: true}, ""
	case sheet.Fault:
		return value{}, "error_cell"
	case sheet.Pending:
		return value{}, "formula_no_value"
	case sheet.Bool:
		return value{}, "not_number"
	case sheet.Number:
		return parseNumber(c)
	default:
		return parseText(c.Text)
	}
}

func parseNumber(c sheet.Cell) (value, string) {
	switch {
	case c.Date || math.IsNaN(c.Num) || math.IsInf(c.Num, 0):
		return value{}, "not_number"
	case c.Percent:
		v := value{num: shift(strconv.FormatFloat(c.Num, 'e', -1, 64), 2), percent: true, measure: "%", note: notePercent}
		return v, tooBig(v)
	default:
		v := value{num: c.Num}
		return v, tooBig(v)
	}
}

// shift returns the decimal number moved by that many places without the
// rounding that a multiplication would bring: 0.285 by 2 is 28.5.
func shift(decimal string, places int) float64 {
	mantissa, exponent, _ := strings.Cut(decimal, "e")
	e, _ := strconv.Atoi(exponent)
	f, _ := strconv.ParseFloat(mantissa+"e"+strconv.Itoa(e+places), 64)
	return f
}

func tooBig(v value) string {
	if math.Abs(v.num) > limit {
		return "too_big"
	}
	return ""
}

// Measures that may stand behind a number in its cell. A closed list: what else
// stands there could be anything, a name among it.
const measureWords = `人次|人份|人/名|人|名|起|件|宗|例|千克|公斤|毫克|克|吨|家次|家|户次|户|处|场次|场|条|幅|个|份|张|块|` +
	`千元|万元|亿元|元|笔|项|分|株|棵|亩|篇|次|天|片|粒|颗|支|瓶|袋|包|台|套|期|册|本|辆|部|所|级|批|支队伍|公里|小时|毫升|升|` +
	`[kK][gG]|[mM][gG]|[gG]|[tT]|[mM][lL]|%|‰|‱`

const (
	decimalText = `(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)`
	chineseText = `[零〇一二三四五六七八九十百千万亿两廿]+(?:点[零〇一二三四五六七八九]+)?`
	dashes      = `[-‐‑‒–—―−─ー]+`
)

var (
	// naPattern: dashes of any length, as every input method writes them.
	naPattern      = newPattern(`^(?:` + dashes + `(?: ` + dashes + `)*|/|不适用)$`)
	decimalPattern = newPattern(`^([-+−]?)(` + decimalText + `) ?(万|亿)? ?(` + measureWords + `)?$`)
	chinesePattern = newPattern(`^(` + chineseText + `) ?(` + measureWords + `)?$`)
	sharePattern   = newPattern(`^([百千万])分之(?:(` + decimalText + `)|(` + chineseText + `))$`)

	numeral      = newPattern(`[0-9零〇一二三四五六七八九十百千万亿两]`)
	approxWords  = newPattern(`约|余|多|左右|近|以上|以下|以内|若干|上下|不足|不到|超过|逾|几|[数上成][十百千万]|大概|[<>≤≥~±≈]|[一二两三四五六七八九][二两三四五六七八九]`)
	rangePattern = newPattern(`^[^-0-9]*[0-9.,]+[^-0-9]{0,4}[-~–—−至到][0-9.,]+[^-0-9年月日]*$`)
	quantity     = newPattern(`(?:` + decimalText + `|` + chineseText + `) ?(?:` + measureWords + `)`)
)

func parseText(text string) (value, string) {
	s := narrow(text)
	switch {
	case s == "":
		return value{missing: true}, ""
	case naPattern.MatchString(s):
		return value{na: true, note: noteNA}, ""
	case s == "无":
		return value{note: noteZero}, ""
	}
	s = strings.TrimPrefix(s, "'") // the mark that keeps a number text
	for _, read := range []func(string) (value, bool){decimal, bracketed, chinese, outOf} {
		if v, ok := read(s); ok {
			return v, tooBig(v)
		}
	}
	return value{}, whyNot(s)
}

// whyNot names what keeps a text from being one number.
func whyNot(s string) string {
	switch {
	case s == "若干":
		return "approximate"
	case !numeral.MatchString(s) || strings.ContainsAny(s, "年月日号"):
		return "not_number"
	case approxWords.MatchString(s) || rangePattern.MatchString(s):
		return "approximate"
	case len(quantity.FindAllString(s, 2)) == 2:
		return "mixed_measures"
	default:
		return "not_number"
	}
}

// decimal reads 1,234 and -2, and 3.5千克, 1.2万, 85% with what stands behind.
// 1.2万元 stays 1.2 万元; 1.2万 alone is 12,000, and its note says so: under a
// head in 万元 it could mean either.
func decimal(s string) (value, bool) {
	m := decimalPattern.FindStringSubmatch(s)
	if m == nil {
		return value{}, false
	}
	places := map[string]int{"万": 4, "亿": 8}[m[3]]
	v := value{measure: m[4]}
	switch {
	case m[4] == "%":
		v.percent, v.note = true, notePercent
	case places > 0:
		v.note = noteScaled
	case m[4] != "":
		v.note = noteMeasure
	default:
		v.note = noteText
	}
	if places > 0 && m[4] == "元" {
		v.measure, places, v.note = m[3]+m[4], 0, noteMeasure
	}
	v.num = shift(strings.ReplaceAll(m[2], ",", ""), places)
	if m[1] == "-" || m[1] == "−" {
		v.num = -v.num
	}
	return v, true
}

// bracketed reads (2) as minus two, as bookkeepers write it.
func bracketed(s string) (value, bool) {
	inner, open := strings.CutPrefix(s, "(")
	inner, closed := strings.CutSuffix(inner, ")")
	v, ok := decimal(inner)
	if !open || !closed || !ok || strings.ContainsAny(inner, "+-−") {
		return value{}, false
	}
	v.num, v.note = -v.num, noteBrackets
	return v, true
}

// threeOrFour is how people write that they do not know: 三四, 七八, 三五.
var threeOrFour = newPattern(`^(?:一[二两三]|[二两]三|三[四五]|四五|五六|六七|七八|八九)$`)

// chinese reads 十二 and 十二起.
func chinese(s string) (value, bool) {
	m := chinesePattern.FindStringSubmatch(s)
	if m == nil || threeOrFour.MatchString(m[1]) {
		return value{}, false
	}
	n, ok := chineseNumber(m[1])
	return value{num: n, measure: m[2], percent: m[2] == "%", note: noteChinese}, ok
}

// outOf reads 百分之八十五 and 百分之85 as 85 %.
func outOf(s string) (value, bool) {
	m := sharePattern.FindStringSubmatch(s)
	if m == nil {
		return value{}, false
	}
	v := value{note: notePercent, measure: map[string]string{"百": "%", "千": "‰", "万": "‱"}[m[1]]}
	v.percent = v.measure == "%"
	ok := true
	if m[2] != "" {
		v.num = shift(strings.ReplaceAll(m[2], ",", ""), 0)
	} else {
		v.num, ok = chineseNumber(m[3])
	}
	return v, ok
}

// parseCheck reads yes and no, which are 1 and 0.
func parseCheck(c sheet.Cell) (value, string) {
	if c.Kind == sheet.Bool {
		return value{num: c.Num, note: noteCheck}, ""
	}
	if c.Kind == sheet.Text {
		switch fold(c.Text) {
		case "是", "√", "✓", "✔", "☑", "已", "有", "对":
			return value{num: 1, note: noteCheck}, ""
		case "否", "×", "✗", "✘", "✕", "x", "X", "未", "无", "没有":
			return value{num: 0, note: noteCheck}, ""
		}
	}
	v, rule := parseValue(c)
	if rule == "" && !v.missing && !v.na && (v.num != 0 && v.num != 1 || v.measure != "") {
		return value{}, "not_number"
	}
	return v, rule
}
