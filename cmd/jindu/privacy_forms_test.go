package main

import (
	"strconv"
	"strings"
)

// hiddenForms are the ways in which identities hide in spreadsheets.
func hiddenForms() []hidden {
	return append(append(append(idForms(), numberForms()...), nameForms()...), placeForms()...)
}

func idForms() []hidden {
	digit := func(p *planter) string { return p.idEnding(false) }
	x := func(p *planter) string { return p.idEnding(true) }
	wrong := func(p *planter) string {
		s := p.idEnding(false)
		return s[:17] + strconv.Itoa((int(s[17]-'0')+1+p.IntN(8))%10)
	}
	lost := func(s string) string { return s[:15] + "000" }
	exponent := func(s string) string { return s[:1] + "." + s[1:15] + "E+17" }
	return []hidden{
		digits("id", "plain", digit, as),
		digits("id", "ending in X", x, as),
		digits("id", "ending in x", x, strings.ToLower),
		digits("id", "wrong check digit", wrong, as),
		digits("id", "of 15 digits", (*planter).oldID, as),
		digits("id", "of 15 digits spaced", (*planter).oldID, parted(" ", 6, 12)),
		digits("id", "spaced", digit, parted(" ", 6, 14)),
		digits("id", "dashed", x, parted("-", 6, 14)),
		digits("id", "dotted", digit, parted(".", 6, 14)),
		digits("id", "underscored", digit, parted("_", 6, 14)),
		digits("id", "slashed", digit, parted("/", 6, 14)),
		digits("id", "spelled out", digit, parted(" ", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17)),
		digits("id", "grouped", digit, parted(",", 3, 6, 9, 12, 15)),
		digits("id", "full-width", x, wide),
		digits("id", "half full-width", digit, func(s string) string { return s[:6] + wide(s[6:14]) + s[14:] }),
		digits("id", "split by zero-width space", digit, parted("\u200b", 4, 11)),
		digits("id", "split by a joiner", x, parted("\u200d", 6, 14)),
		digits("id", "split by a soft hyphen", digit, parted("\u00ad", 6, 14)),
		digits("id", "split by a direction mark", digit, parted("\u202e", 9)),
		digits("id", "split by line breaks", digit, parted("\n", 6, 14)),
		digits("id", "split by carriage returns", digit, parted("\r\n", 8)),
		digits("id", "split by ideographic spaces", digit, parted("\u3000", 6, 14)),
		digits("id", "split by no-break spaces", digit, parted("\u00a0", 6, 14)),
		digits("id", "that lost digits", digit, lost),
		numeric("id", "as a number", digit),
		numeric("id", "as a number of 17 digits", x),
		numeric("id", "as a number of 15 digits", (*planter).oldID),
		digits("id", "in exponent notation", digit, exponent),
		digits("id", "in small exponent notation", digit, func(s string) string { return strings.ToLower(exponent(s)) }),
		digits("id", "with an apostrophe", digit, around("'", "")),
		digits("id", "with a decimal", digit, around("", ".0")),
		digits("id", "in a sentence", digit, around("嫌疑人", "已移交")),
		digits("id", "behind a label", x, around("身份证号：", "")),
		digits("id", "in brackets", digit, around("其兄（", "）")),
		digits("id", "in Chinese digits", digit, spelledIn("〇一二三四五六七八九")),
		digits("id", "in Chinese zeros", digit, spelledIn("零一二三四五六七八九")),
		digits("id", "in Arabic digits", digit, spelledIn("٠١٢٣٤٥٦٧٨٩")),
		digits("id", "in mathematical digits", digit, spelledIn("𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")),
		digits("id", "as a formula", digit, around(`="`, `"`)),
		digits("id", "beside a date", digit, around("2026-06-26 ", "")),
	}
}

func numberForms() []hidden {
	area := func(p *planter) string { a, n := p.landline(); return a + n }
	card16 := func(p *planter) string { return p.card(16) }
	card19 := func(p *planter) string { return p.card(19) }
	return []hidden{
		digits("phone", "plain", (*planter).mobile, as),
		digits("phone", "with +86", (*planter).mobile, around("+86 ", "")),
		digits("phone", "with 0086", (*planter).mobile, around("0086", "")),
		digits("phone", "with 86-", (*planter).mobile, around("86-", "")),
		digits("phone", "spaced", (*planter).mobile, parted(" ", 3, 7)),
		digits("phone", "dashed", (*planter).mobile, parted("-", 3, 7)),
		digits("phone", "dotted", (*planter).mobile, parted(".", 3, 7)),
		digits("phone", "full-width", (*planter).mobile, wide),
		digits("phone", "split by zero-width space", (*planter).mobile, parted("\u200b", 3, 7)),
		digits("phone", "split by a line break", (*planter).mobile, parted("\n", 3)),
		digits("phone", "in a sentence", (*planter).mobile, around("联系", "即可")),
		digits("phone", "behind a label", (*planter).mobile, around("电话：", "")),
		digits("phone", "in circles", (*planter).mobile, spelledIn("⓪①②③④⑤⑥⑦⑧⑨")),
		digits("phone", "with a decimal", (*planter).mobile, around("", ".0")),
		numeric("phone", "as a number", (*planter).mobile),
		digits("phone", "landline", area, as),
		digits("phone", "landline dashed", area, parted("-", 4)),
		digits("phone", "landline in brackets", area, func(s string) string { return "（" + s[:4] + "）" + s[4:] }),
		digits("card", "of 16 digits", card16, as),
		digits("card", "of 16 digits spaced", card16, parted(" ", 4, 8, 12)),
		digits("card", "of 19 digits", card19, as),
		digits("card", "of 19 digits spaced", card19, parted(" ", 4, 8, 12, 16)),
		digits("card", "of 19 digits dashed", card19, parted("-", 4, 8, 12, 16)),
		digits("card", "full-width", card19, wide),
		numeric("card", "as a number", card16),
	}
}

func nameForms() []hidden {
	person := (*planter).person
	return []hidden{
		digits("name", "alone", person, as),
		digits("name", "behind a label", person, around("姓名：", "")),
		digits("name", "of who filled it in", person, around("填表人:", "")),
		digits("name", "of a contact", person, around("联系人： ", "")),
		digits("name", "in brackets", person, around("（", "）")),
		digits("name", "before a paper", person, around("", "档案")),
		digits("name", "two of them", person, around("", "、王璟珩")),
		digits("name", "after a dash", person, around("6月-", "")),
		digits("name", "split by zero-width space", person, func(s string) string { r := []rune(s); return string(r[:1]) + "\u200b" + string(r[1:]) }),
		digits("name", "spaced", person, func(s string) string { return strings.Join(strings.Split(s, ""), " ") }),
		digits("name", "of somebody", func(p *planter) string { return p.person() + "某某" }, as),
		digits("name", "of a case", person, around("", "涉嫌贩毒案")),
		digits("name", "of somebody visited", person, around("走访", "")),
	}
}

func placeForms() []hidden {
	return []hidden{
		{"address with a road", func(p *planter) planted {
			s := p.quarter() + "路" + strconv.Itoa(10+p.IntN(80)) + "号"
			return planted{secret: secret{"address", s}, text: s}
		}},
		{"address with a house", func(p *planter) planted {
			s := strconv.Itoa(100+p.IntN(900)) + "栋" + strconv.Itoa(1000+p.IntN(9000)) + "室"
			return planted{secret: secret{"address", s}, text: p.quarter() + "小区" + s}
		}},
		{"plate", func(p *planter) planted {
			s := p.fresh(func() string { return "云A" + strconv.Itoa(10000+p.IntN(90000)) })
			return planted{secret: secret{"plate", s}, text: "驾驶" + s}
		}},
		{"account of WeChat", func(p *planter) planted {
			s := p.fresh(func() string { return "wx" + strconv.Itoa(p.IntN(1e9)) + "_a" })
			return planted{secret: secret{"account", s}, text: "微信号：" + s}
		}},
		{"account of QQ", func(p *planter) planted {
			s := p.fresh(func() string { return strconv.Itoa(300_000_000 + p.IntN(600_000_000)) })
			return planted{secret: secret{"account", s}, text: "QQ：" + s}
		}},
		{"account of mail", func(p *planter) planted {
			s := p.fresh(func() string { return "u" + strconv.Itoa(p.IntN(1e9)) + "@example.com" })
			return planted{secret: secret{"account", s}, text: s}
		}},
	}
}
