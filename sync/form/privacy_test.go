package form

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"jindu/sync/sheet"
)

func TestShapeOf(t *testing.T) {
	for shape, texts := range map[string][]string{
		shapeID: {
			"539901198001102038", "53990119800110203８", "539901 19800110 2038", "539901-19800110-2038", "5 3 9 9 0 1 1 9 8 0 0 1 1 0 2 0 3 8",
			"5399\u200b0119800110\u200b2038", "身份证539901198001102038。", "其兄（539901198001102038）", "53990119800110203X"[:17] + "X", "539901800110203",
			"539901 800110 203", "539901198001102038.0", "4.4010319900101E+17", "5.39901E+17", "1.1E+17", "五三九九〇一一九八〇〇一一〇二〇三八",
			"A539901198001102038", "19900000700539901198001102038", "539901198001102000", "٥٣٩٩٠١١٩٨٠٠١١٠٢٠٣٨",
		},
		shapePhone: {
			"19900000700", fullWidth("19900000700"), "199-0000-0700", "199 0000 0700", "+86 19900000700", "8619900000700", "+8619900000700",
			"联系人电话19900000700转", "0592-6123456", "010-61234567", "（0592）6123456", "05926123456", "电话：6123456", "手机 1990 0000 700",
			"19900000700.0", "1.99E+10", "1 9 9 0 0 0 0 0 7 0 0", "199\u200b0000\u200b0700", "一九九〇〇〇〇〇七〇〇", "①⑨⑨⓪⓪⓪⓪⓪⑦⓪⓪",
		},
		shapeCard:    {luhnNumber("622200000000123"), luhnNumber("622200000000123456"), "6222 0000 0000 " + luhnNumber("622200000000123")[12:]},
		shapeAddress: {"菡萏里20号1单元300", "荻花洲0号", "东湖路二十号", "3栋502", "2幢", "5单元", "1203室", "东湖街道荷花路12号", "8 号楼"},
		shapeName:    {"姓名：张三", "填表人:李四", "张某某贩卖毒品案", "李某涉嫌贩毒", "责任人： 王小二"},
		shapeAccount: {"zhang@example.com", "微信号：abc_12345", "QQ:123456789"},
		shapePlate:   {"云A12345", "驾驶云A·D12345"},
	} {
		for _, s := range texts {
			if got := shapeOf(s); got != shape {
				t.Errorf("shapeOf(%q) = %q, want %s", s, got, shape)
			}
		}
	}
}

// Texts of everyday work that look a little like personal data.
func TestShapeOfCleanText(t *testing.T) {
	for _, s := range []string{
		"", "12", "调整充实禁毒工作领导小组", "中发〔2014〕6号", "区禁毒委〔2026〕12号文", "2026年6月26日", "6月26号前", "20260626", "2026-06-26 13:05:00",
		"1,234,567", "13,800,138,000", "13800138000.50", "0.15384615385", "2.13636363636", "A5399010300002026060012", "539901202606260012",
		"云公（禁）受案字〔2026〕00123号", "单位：人、起、克", "填报单位：滨江派出所", "4号海洛因", "第6号令", "2026-06-26至2026-07-15",
		"某街道", "各单位负责人", "责任人", "联系电话", "姓名", "12.5克", "2026.6.26", "报送时间:2026", "1-6月", "第二季度", "二〇二六年六月二十六日",
		"禁毒办公室", "公安分局3楼", "一室一档", "新A", "云岭区2026年", "全区12345人", "单元", "尿检室",
	} {
		if got := shapeOf(s); got != "" {
			t.Errorf("shapeOf(%q) = %q, want none", s, got)
		}
	}
}

// Domain 4.37 and reliability P02: identifiers that a spreadsheet took for
// numbers.
func TestShapeOfCell(t *testing.T) {
	for _, c := range []struct {
		cell sheet.Cell
		want string
	}{
		{numberCell(5.3990119800110e17), shapeID},
		{numberCell(1.1e17), shapeID},
		{numberCell(539901800110203), shapeID},
		{numberCell(19900000700), shapePhone},
		{numberCell(6222000000001234), shapeCard},
		{numberCell(46199), ""},
		{numberCell(20260626), ""},
		{numberCell(13800138000.5), ""},
		{numberCell(1234567890), ""},
		{numberCell(-19900000700), ""},
		{numberCell(0.153846153846), ""},
		{sheet.Cell{Kind: sheet.Number, Num: 19900000700, Percent: true}, ""},
		{sheet.Cell{}, ""},
		{sheet.Cell{Kind: sheet.Fault, Text: "19900000700"}, ""},
		{textCell("19900000700"), shapePhone},
	} {
		if got := shapeOfCell(c.cell); got != c.want {
			t.Errorf("shapeOfCell(%+v) = %q, want %q", c.cell, got, c.want)
		}
	}
}

// Reliability P03: names of files and sheets.
func TestMask(t *testing.T) {
	for in, want := range map[string]string{
		"滨江所6月报表(最终版2)(1).xlsx":          "滨江所6月报表(最终版2)(1).xlsx",
		"539901198001102038尿检.xlsx":      "***尿检.xlsx",
		"台账（19900000700）.xlsx":           "台账（***）.xlsx",
		"539901 19800110 2038":           "***",
		"５３９９０１１９８００１１０２０３８":             "***",
		"19900000700和199-0000-0701":      "***和***",
		"a\u202eb":                       "a·b",
		"5399\u200b01198001102038":       "***",
		"19900000700":                    "***",
		"6222 0000 0000 1234 1990000070": "6222 0000 0000 1234 1990000070",
	} {
		if got := mask(in); got != want || Mask(in) != want {
			t.Errorf("mask(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPersonalHead(t *testing.T) {
	for head, want := range map[string]string{
		"姓 名": "name", "身份证号": "id", "证件号码": "id", "联系电话": "phone", "手机号码": "phone", "户籍地": "address", "户籍地详细地址": "address",
		"责任领导": "name", "责任人": "name", "监护人姓名电话": "name", "绰号": "name", "工作单位": "address", "性别": "person", "法定代表人": "name",
		"责任单位": "", "户籍地派出所": "", "任务事项": "", "抓获嫌疑人": "", "犯罪嫌疑人": "", "完成时限": "", "": "", "备注": "",
	} {
		if got := personalHead(head); got != want {
			t.Errorf("personalHead(%q) = %q, want %q", head, got, want)
		}
	}
}

func luhnNumber(head string) string {
	for d := range 10 {
		if s := head + strconv.Itoa(d); luhn(s) {
			return s
		}
	}
	return ""
}

// planted writes fictitious identifiers of a region that does not exist, in the
// ways in which they hide in cells.
type planted struct{ *rand.Rand }

func (p planted) id() string {
	s := fmt.Sprintf("539901%04d%02d%02d%03d", 1940+p.IntN(72), 1+p.IntN(12), 1+p.IntN(28), p.IntN(1000))
	return s + string(checkDigit(s))
}

func (p planted) phone() string { return fmt.Sprintf("1%d%09d", 3+p.IntN(7), p.IntN(1e9)) }

func (p planted) between(s, sep string, at ...int) string {
	for i := len(at) - 1; i >= 0; i-- {
		s = s[:at[i]] + sep + s[at[i]:]
	}
	return s
}

func (p planted) text() string {
	words := []string{"", "在册人员", "其兄", "备注：", "转交 ", "(", "已核"}
	return words[p.IntN(len(words))]
}

func (p planted) hide(s string, cuts ...int) string {
	switch p.IntN(9) {
	case 0:
		return s
	case 1:
		return strings.ToLower(s)
	case 2:
		return fullWidth(s)
	case 3:
		return p.between(s, " ", cuts...)
	case 4:
		return p.between(s, "-", cuts...)
	case 5:
		return p.between(s, "\u200b", cuts...)
	case 6:
		return p.between(s, "\u00a0", cuts...)
	case 7:
		return p.text() + s + p.text()
	default:
		return p.between(fullWidth(s), "\ufeff", 3, 9) // byte offsets between full-width runes
	}
}

// Reliability P01, P02 and P04 with region 539901.
func TestPlantedIdentifiersAreFound(t *testing.T) {
	p := planted{rand.New(rand.NewPCG(1, 539901))}
	missed := 0
	check := func(c sheet.Cell) {
		if shapeOfCell(c) == "" {
			if missed++; missed <= 20 {
				t.Errorf("missed %q", c.Text)
			}
		}
	}
	for range 60_000 {
		check(textCell(p.hide(p.id(), 6, 14)))
	}
	for range 10_000 {
		id := p.id()
		check(textCell(id[:17] + strconv.Itoa(p.IntN(10)))) // a wrong check digit
		n, _ := strconv.ParseFloat(id[:17]+"0", 64)
		check(numberCell(n))
		check(textCell(strconv.FormatFloat(n, 'E', 14, 64)))
		check(textCell("539901" + fmt.Sprintf("%02d%02d%02d%03d", 30+p.IntN(70), 1+p.IntN(12), 1+p.IntN(28), p.IntN(1000))))
	}
	for range 20_000 {
		check(textCell(p.hide(p.phone(), 3, 7)))
	}
	for range 5_000 {
		n, _ := strconv.ParseFloat(p.phone(), 64)
		check(numberCell(n))
		check(textCell(fmt.Sprintf("0%d-%d", 310+p.IntN(600), 2000000+p.IntN(7000000))))
		check(textCell(luhnNumber(fmt.Sprintf("622%012d", p.IntN(1e12)))))
		check(textCell(luhnNumber(fmt.Sprintf("622%015d", p.IntN(1e15)))))
	}
	t.Logf("140,000 planted, %d missed", missed)
}

// Reliability P08: at most one false alarm in 100,000 clean rows.
func TestCleanRowsRaiseNoAlarm(t *testing.T) {
	p := planted{rand.New(rand.NewPCG(2, 539901))}
	day := func() string { return fmt.Sprintf("2026%02d%02d", 1+p.IntN(12), 1+p.IntN(28)) }
	rows := []func() sheet.Cell{
		func() sheet.Cell {
			return textCell(fmt.Sprintf("A539901%06d%s%04d", p.IntN(1e6), day()[:6], p.IntN(1e4)))
		},
		func() sheet.Cell { return textCell(fmt.Sprintf("539901%s%04d", day(), p.IntN(1e4))) },
		func() sheet.Cell { return textCell(fmt.Sprintf("539901%s%04d", day()[:6], p.IntN(1e4))) },
		func() sheet.Cell { return textCell(fmt.Sprintf("云公(禁)受案字〔2026〕%05d号", p.IntN(1e5))) },
		func() sheet.Cell { return textCell(fmt.Sprintf("J%d%04d", 2020+p.IntN(7), p.IntN(1e4))) },
		func() sheet.Cell { return textCell(grouped(p.IntN(2e10))) },
		func() sheet.Cell { return textCell(fmt.Sprintf("%d.%02d", p.IntN(2e10), p.IntN(100))) },
		func() sheet.Cell { return numberCell(float64(p.IntN(1e12)) / 100) },
		func() sheet.Cell { return numberCell(float64(p.IntN(1e9))) },
		func() sheet.Cell { return textCell(day()) },
		func() sheet.Cell { return numberCell(float64(20260101 + p.IntN(1200))) },
		func() sheet.Cell {
			return textCell(fmt.Sprintf("2026-%02d-%02d %02d:%02d", 1+p.IntN(12), 1+p.IntN(28), p.IntN(24), p.IntN(60)))
		},
		func() sheet.Cell { return textCell(fmt.Sprintf("1%d%08d", 3+p.IntN(7), p.IntN(1e8))) },   // ten digits, like a phone's but one
		func() sheet.Cell { return textCell(fmt.Sprintf("1%d%010d", 3+p.IntN(7), p.IntN(1e10))) }, // twelve
		func() sheet.Cell { return textCell(strconv.FormatFloat(p.Float64()*100, 'f', 12, 64)) },  // an unrounded rate
		func() sheet.Cell {
			return textCell(fmt.Sprintf("%d克、%d克、%d克", p.IntN(1e6), p.IntN(1e6), p.IntN(1e6)))
		},
		func() sheet.Cell { return textCell(fmt.Sprintf("%d %d %d", p.IntN(1e3), p.IntN(1e4), p.IntN(1e3))) },
		func() sheet.Cell {
			return textCell(fmt.Sprintf("6月%d日前完成%d人次、%d份", 1+p.IntN(30), p.IntN(1e5), p.IntN(1e6)))
		},
		func() sheet.Cell {
			return textCell(fmt.Sprintf("区禁毒委〔2026〕%d号文件要求悬挂横幅%d条", 1+p.IntN(99), p.IntN(500)))
		},
		func() sheet.Cell {
			return textCell(fmt.Sprintf("%d-%d月累计%d起", 1+p.IntN(6), 7+p.IntN(6), p.IntN(1e4)))
		},
	}
	const n = 1_000_000
	alarms := 0
	for i := range n {
		c := rows[i%len(rows)]()
		if shape := shapeOfCell(c); shape != "" {
			if alarms++; alarms <= 20 {
				t.Logf("%q looks like %s", c.Text, shape)
			}
		}
	}
	t.Logf("%d false alarms in %d clean rows", alarms, n)
	if alarms > n/100_000 {
		t.Errorf("%d false alarms in %d rows", alarms, n)
	}
}

func FuzzShapeOf(f *testing.F) {
	for _, s := range []string{"539901198001102038", "199 0000 0700", "菡萏里20号1单元300", "\xff539901", "4.4E+17", "(0592)6123456"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		shape := shapeOf(s)
		all := personal(s, false)
		if (shape != "") != (len(all) > 0) {
			t.Errorf("%q: shape %q, marks %v", s, shape, all)
		}
		runes := utf8.RuneCountInString(s)
		for _, m := range all {
			if m.from < 0 || m.from >= m.to || m.to > runes {
				t.Errorf("%q: mark %+v of %d runes", s, m, runes)
			}
		}
	})
}

func FuzzMask(f *testing.F) {
	for _, s := range []string{
		"539901198001102038.xlsx", "19900000700 19900000701", "a\u202eb", "6222000000001234\u0301", "走访佴东篱", "仉 荻 琤", "欧阳\u200b砚秋档案",
		"539,901,198,001,102,038", "5 3 9 9 0 1 1 9 9 1 0 8 1 7 2", "云A12345", "张某某", "3栋502",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := mask(s)
		switch {
		case shapeOfPhrase(got) != "":
			t.Errorf("mask(%q) = %q still looks like %s", s, got, shapeOfPhrase(got))
		case clean(got) != got:
			t.Errorf("mask(%q) = %q is not clean", s, got)
		case mask(got) != got:
			t.Errorf("mask is not idempotent on %q", s)
		}
	})
}

func BenchmarkShapeOf(b *testing.B) {
	for b.Loop() {
		shapeOf("开展娱乐场所涉毒专项检查")
		shapeOf("1234")
		shapeOf("A5399010300002026060012")
	}
}
