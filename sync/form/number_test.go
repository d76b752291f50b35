package form

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jindu/sync/sheet"
)

func textCell(s string) sheet.Cell { return sheet.Cell{Kind: sheet.Text, Text: s} }

func numberCell(f float64) sheet.Cell {
	return sheet.Cell{Kind: sheet.Number, Num: f, Text: strconv.FormatFloat(f, 'g', -1, 64)}
}

// Rulings 10 to 12, domain 4.15 to 4.19, 4.34 and 4.36, reliability W17.
func TestParseText(t *testing.T) {
	for _, c := range []struct {
		in      string
		num     float64
		measure string
		note    string
	}{
		// 4.16, W17: text numbers
		{"12", 12, "", noteText},
		{"'12", 12, "", noteText},
		{"1,234", 1234, "", noteText},
		{"1,234,567.80", 1234567.8, "", noteText},
		{" 12\u00a0", 12, "", noteText},
		{"007", 7, "", noteText},
		{".5", 0.5, "", noteText},
		{"+3", 3, "", noteText},
		{"-2", -2, "", noteText},
		{"−2", -2, "", noteText},
		// 4.17: full-width
		{"１２", 12, "", noteText},
		{"１２．０", 12, "", noteText},
		{"１，２００", 1200, "", noteText},
		{"１５％", 15, "%", notePercent},
		// 4.18: Chinese numerals, measures
		{"十二起", 12, "起", noteChinese},
		{"十二", 12, "", noteChinese},
		{"零", 0, "", noteChinese},
		{"〇", 0, "", noteChinese},
		{"两人", 2, "人", noteChinese},
		{"一百二十三", 123, "", noteChinese},
		{"二〇二六", 2026, "", noteChinese},
		{"三万零五十", 30050, "", noteChinese},
		{"三千二百一十六万零十", 32160010, "", noteChinese},
		{"三点五千克", 3.5, "千克", noteChinese},
		{"12起", 12, "起", noteMeasure},
		{"12 起", 12, "起", noteMeasure},
		{"3.5千克", 3.5, "千克", noteMeasure},
		{"3.5kg", 3.5, "kg", noteMeasure},
		{"30人/名", 30, "人/名", noteMeasure},
		{"1.2万", 12000, "", noteScaled},
		{"1.2万份", 12000, "份", noteScaled},
		{"1.2万元", 1.2, "万元", noteMeasure},
		{"0.5亿元", 0.5, "亿元", noteMeasure},
		{"120元", 120, "元", noteMeasure},
		{"3645片", 3645, "片", noteMeasure},
		// 4.19: rates
		{"85%", 85, "%", notePercent},
		{"85.0％", 85, "%", notePercent},
		{"百分之八十五", 85, "%", notePercent},
		{"百分之85.5", 85.5, "%", notePercent},
		{"千分之八", 8, "‰", notePercent},
		{"8.5‰", 8.5, "‰", noteMeasure},
		{"3‱", 3, "‱", noteMeasure},
		// 4.15: zero
		{"0", 0, "", noteText},
		{"无", 0, "", noteZero},
		// 4.34: negative
		{"(2)", -2, "", noteBrackets},
		{"（２）", -2, "", noteBrackets},
		{"(1,234)", -1234, "", noteBrackets},
	} {
		v, rule := parseValue(textCell(c.in))
		if rule != "" || v.missing || v.na || v.num != c.num || v.measure != c.measure || v.note != c.note {
			t.Errorf("parseValue(%q) = %+v, %q; want %v %s %s", c.in, v, rule, c.num, c.measure, c.note)
		}
		if v.percent != (c.measure == "%") {
			t.Errorf("parseValue(%q): percent is %v", c.in, v.percent)
		}
	}
}

// Ruling 10: zero, missing and not applicable are three things.
func TestRuling10Values(t *testing.T) {
	for _, s := range []string{"—", "－", "-", "--", "---", "——", "– –", "/", "不适用", " ／ ", "─"} {
		if v, rule := parseValue(textCell(s)); !v.na || rule != "" || v.missing {
			t.Errorf("parseValue(%q) = %+v, %q; want not applicable", s, v, rule)
		}
	}
	for _, c := range []sheet.Cell{{}, textCell(""), textCell(" \u3000\n"), textCell("\u200b")} {
		if v, rule := parseValue(c); !v.missing || rule != "" || v.na {
			t.Errorf("parseValue(%q) = %+v, %q; want missing", c.Text, v, rule)
		}
	}
	for _, c := range []struct {
		kind sheet.Kind
		rule string
	}{{sheet.Pending, "formula_no_value"}, {sheet.Fault, "error_cell"}, {sheet.Bool, "not_number"}} {
		if _, rule := parseValue(sheet.Cell{Kind: c.kind, Text: "#REF!"}); rule != c.rule {
			t.Errorf("kind %d: rule %q, want %q", c.kind, rule, c.rule)
		}
	}
}

// Rulings 11 and 12: what is not exact, not one number or not a number at all is
// set aside, and never becomes another number.
func TestRuling11Values(t *testing.T) {
	for rule, texts := range map[string][]string{
		"approximate": {
			"约12", "20余个", "3千余份", "2000余条", "近30人", "10以上", "5800多粒", "若干", "十几起", "数十起",
			"12左右", "3-5", "3~5人", "3至5起", "十余起", ">5", "≥10", "不足10人", "1.2万余份", "100+余",
		},
		"mixed_measures": {"3起5人", "冰毒12.3克、海洛因0.5克", "12克 3片", "三起五人"},
		"not_number": {
			"城西派出所", "12²", "①", "⑴", "(一)", "1 2", "1 234", "12.", "1,2", "1,2345", "12,34", "1.2.3", "2026-06-26", "6月26日",
			"2026年", "12李某", "张三5", "一百二", "三万五", "十十", "百", "3千", "正", "正正", "1e5", "0x10", "∞", "NaN", "12?", "--5",
			"(-2)", "百分之", "5两", "有", "√", "#REF!", "=1+1", "12 起 3", "½",
		},
		"too_big": {"99999999999999", "-99999999999999"},
	} {
		for _, s := range texts {
			if v, got := parseValue(textCell(s)); got != rule {
				t.Errorf("parseValue(%q) = %+v, %q; want %s", s, v, got, rule)
			}
		}
	}
}

func TestParseNumber(t *testing.T) {
	for _, c := range []struct {
		cell sheet.Cell
		num  float64
		rule string
	}{
		{sheet.Cell{Kind: sheet.Number, Num: 12}, 12, ""},
		{sheet.Cell{Kind: sheet.Number, Num: 0.285, Percent: true}, 28.5, ""},
		{sheet.Cell{Kind: sheet.Number, Num: 0.57, Percent: true}, 57, ""},
		{sheet.Cell{Kind: sheet.Number, Num: 1e-9, Percent: true}, 1e-7, ""},
		{sheet.Cell{Kind: sheet.Number, Num: 46199, Date: true}, 0, "not_number"},
		{sheet.Cell{Kind: sheet.Number, Num: math.NaN()}, 0, "not_number"},
		{sheet.Cell{Kind: sheet.Number, Num: math.Inf(1)}, 0, "not_number"},
		{sheet.Cell{Kind: sheet.Number, Num: 1e20}, 1e20, "too_big"},
		{sheet.Cell{Kind: sheet.Number, Num: -3, Formula: true}, -3, ""},
	} {
		v, rule := parseValue(c.cell)
		if v.num != c.num || rule != c.rule || v.percent != c.cell.Percent {
			t.Errorf("%+v: %+v, %q", c.cell, v, rule)
		}
	}
}

// Ruling 14: checks are 1 and 0.
func TestRuling14Values(t *testing.T) {
	for s, want := range map[string]float64{"是": 1, "否": 0, "√": 1, "×": 0, "已": 1, "未": 0, "1": 1, "0": 0, "无": 0} {
		if v, rule := parseCheck(textCell(s)); rule != "" || v.num != want || v.missing {
			t.Errorf("parseCheck(%q) = %+v, %q", s, v, rule)
		}
	}
	for _, s := range []string{"2", "可能", "1起", "是否"} {
		if v, rule := parseCheck(textCell(s)); rule != "not_number" {
			t.Errorf("parseCheck(%q) = %+v, %q", s, v, rule)
		}
	}
	if v, _ := parseCheck(textCell("")); !v.missing {
		t.Error("a blank check is not missing")
	}
	if v, _ := parseCheck(sheet.Cell{Kind: sheet.Bool, Num: 1}); v.num != 1 || v.missing {
		t.Error("TRUE is not yes")
	}
}

// inChinese writes a number as offices do.
func inChinese(n int) string {
	if n == 0 {
		return "零"
	}
	if n >= 1e8 || n >= 1e4 {
		base, word := int(1e4), "万"
		if n >= 1e8 {
			base, word = 1e8, "亿"
		}
		s := inChinese(n/base) + word
		if rest := n % base; rest >= base/10 {
			s += inChinese(rest)
		} else if rest > 0 {
			s += "零" + inChinese(rest)
		}
		return s
	}
	var b strings.Builder
	gap := false
	for _, place := range []struct {
		times int
		word  string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / place.times % 10
		switch {
		case d == 0:
			gap = b.Len() > 0
			continue
		case gap:
			b.WriteString("零")
		}
		gap = false
		if d != 1 || place.times != 10 || b.Len() > 0 {
			b.WriteString(string([]rune("零一二三四五六七八九")[d]))
		}
		b.WriteString(place.word)
	}
	return b.String()
}

// fullWidth writes ASCII in full-width characters.
func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7F {
			return r - '!' + '！'
		}
		return r
	}, s)
}

func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func TestFormattedNumbersRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 99_999_999).Draw(t, "n")
		for _, s := range []string{
			strconv.Itoa(n), grouped(n), fullWidth(grouped(n)), inChinese(n), inChinese(n) + "起", grouped(n) + "人次",
			fmt.Sprintf(" %d\u00a0", n), fmt.Sprintf("%d.00", n),
		} {
			if v, rule := parseValue(textCell(s)); rule != "" || v.num != float64(n) || v.missing || v.na {
				t.Fatalf("parseValue(%q) = %+v, %q; want %d", s, v, rule, n)
			}
		}
		tenths := fmt.Sprintf("%d.%d", n/10, n%10)
		if v, rule := parseValue(textCell(tenths + "%")); rule != "" || strconv.FormatFloat(v.num, 'f', 1, 64) != tenths || !v.percent {
			t.Fatalf("%s%%: %+v, %q", tenths, v, rule)
		}
	})
}

// Whatever a text says, the reader gives a finite number, one of the three
// states, or a rule of messages.csv.
func FuzzNumber(f *testing.F) {
	for _, s := range []string{"12", "1,234.5起", "三万零五", "百分之八十五", "1.2万元", "(2)", "—", "约5", "3起5人", "一二三四五六七八九十百千万亿"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, rule := parseValue(textCell(s))
		if math.IsNaN(v.num) || math.IsInf(v.num, 0) {
			t.Errorf("%q is %v", s, v.num)
		}
		if rule == "" && math.Abs(v.num) > limit {
			t.Errorf("%q is too big: %v", s, v.num)
		}
		if rule == "" && !v.missing && v.note == "" {
			t.Errorf("%q was converted without a note", s)
		}
	})
}
