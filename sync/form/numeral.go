package form

import (
	"strings"
	"unicode/utf8"
)

// maxNumeral bounds what is read from Chinese numerals.
const maxNumeral = 1e12

// chineseDigit returns the value of one digit; 两 is the two that counts.
func chineseDigit(r rune) (int, bool) {
	switch r {
	case '零':
		return 0, true
	case '两':
		return 2, true
	}
	i := strings.IndexRune("〇一二三四五六七八九", r)
	return i / len("一"), i >= 0
}

// chineseNumber reads a number in Chinese numerals: 十二, 一百二十三, 二〇二六,
// 三千零五万, 三点五. What is not well formed (十十) or said short (三万五 for
// 35,000) is not read.
func chineseNumber(s string) (float64, bool) {
	whole, fraction, point := strings.Cut(s, "点")
	n, ok := chineseWhole(whole)
	if !ok || !point {
		return n, ok
	}
	digits := "0."
	for _, r := range fraction {
		d, ok := chineseDigit(r)
		if !ok || r == '两' {
			return 0, false
		}
		digits += string(rune('0' + d))
	}
	return n + shift(digits, 0), fraction != ""
}

func chineseWhole(s string) (float64, bool) {
	if n, ok := digitByDigit(s); ok {
		return n, true
	}
	total := 0.0
	rest := s
	for _, big := range []struct {
		word  string
		times float64
	}{{"亿", 1e8}, {"万", 1e4}} {
		head, tail, found := strings.Cut(rest, big.word)
		if !found {
			continue
		}
		n, ok := belowMyriad(head, total > 0)
		if !ok || n == 0 {
			return 0, false
		}
		total += n * big.times
		rest = tail
	}
	if rest == "" {
		return total, total > 0
	}
	n, ok := belowMyriad(rest, total > 0)
	return total + n, ok && total+n < maxNumeral
}

// belowMyriad reads up to 九千九百九十九; inner says that larger places stand
// before, so that a lone digit needs its 零.
func belowMyriad(s string, inner bool) (float64, bool) {
	total, place, digit := 0, 10000, -1
	zero := false
	for _, r := range s {
		if times := map[rune]int{'千': 1000, '百': 100, '十': 10, '廿': 20}[r]; times > 0 {
			if r == '廿' {
				times, digit = 10, 2
			}
			if times >= place || digit == 0 || digit < 0 && times > 10 {
				return 0, false
			}
			total += max(digit, 1) * times
			if digit < 0 && place != 100 && !zero && (place != 10000 || inner) {
				return 0, false // 十 without its 一 stands only first, after 百 or after 零
			}
			place, digit, zero = times, -1, false
			continue
		}
		d, ok := chineseDigit(r)
		if !ok || digit > 0 || zero && d == 0 {
			return 0, false
		}
		if d == 0 {
			zero = true
			continue
		}
		digit = d
	}
	if digit < 0 {
		return float64(total), total > 0
	}
	if !zero && (place > 10 && place < 10000 || inner && place == 10000) {
		return 0, false // 一百二 is 120 to some and 102 to none: said short
	}
	return float64(total + digit), true
}

// digitByDigit reads 二〇二六, and single digits.
func digitByDigit(s string) (float64, bool) {
	n := 0.0
	for _, r := range s {
		d, ok := chineseDigit(r)
		if !ok || r == '两' && utf8.RuneCountInString(s) > 1 {
			return 0, false
		}
		n = n*10 + float64(d)
	}
	return n, s != "" && n < maxNumeral
}
