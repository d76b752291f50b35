package sample

import (
	"fmt"
	"math"
	"strings"

	"jindu/store"
)

// write puts one figure into its cell and notes what a correct reading gives.
func (g page) write(s *sheet, row, col int, it item, unit string, p store.Period) {
	k := store.Key{Unit: unit, Indicator: it.code, Period: p}
	if slip, ok := g.slips[k]; ok {
		g.writeSlip(s, row, col, it, k, slip)
		return
	}
	if g.m.absent[k] {
		s.put(row, col, "—", label)
		s.fact(row, col, Expected{Key: k, NotApplicable: true})
		return
	}
	v, ok := g.m.value(k)
	if !ok {
		s.put(row, col, nil, count)
		return
	}
	value, l := g.show(it, v)
	s.put(row, col, value, l)
	s.fact(row, col, Expected{Key: k, Value: v, Derived: it.kind == store.Ratio})
}

// writeSlip puts the slip where the truth should stand, and notes what a reader
// makes of it: another value, a fault, or both.
func (g page) writeSlip(s *sheet, row, col int, it item, k store.Key, slip slip) {
	_, l := g.show(it, slip.read)
	s.put(row, col, slip.shown, l)
	if slip.rule != "" {
		s.fault(row, col, store.Warning, slip.rule)
	}
	if !slip.bad {
		s.fact(row, col, Expected{Key: k, Value: slip.read, Suspect: slip.suspect})
	}
}

// show returns the value as the hand writes it.
func (g page) show(it item, v float64) (any, look) {
	switch {
	case it.kind == store.Ratio && g.hand.text:
		return fmt.Sprintf("%.1f%%", v), label
	case it.kind == store.Ratio:
		return v / 100, percent
	case v == 0 && g.hand.zero != "":
		return g.hand.zero, label
	case it.measure == "克" || it.measure == "千克" || it.measure == "万元":
		return shift(v, it.factor), amount
	case it.measure == "分":
		return v, plain
	case g.hand.wide && v > 0 && v < 10:
		return wide(int(v)), label
	default:
		return int(math.Round(shift(v, it.factor))), count
	}
}

// shift brings a value into the measure shown, without the dust of binary
// fractions.
func shift(v, factor float64) float64 { return math.Round(v/factor*1e6) / 1e6 }

// wide writes a number in full-width digits, as an input method left on does.
func wide(n int) string {
	return strings.Map(func(r rune) rune { return r - '0' + '０' }, fmt.Sprint(n))
}

// since returns the sum of the year's months up to p, and false where the
// indicator has no sum over months or a month is not there.
func (g page) since(it item, unit string, p store.Period) (float64, bool) {
	if it.kind != store.Flow {
		return 0, false
	}
	total := 0.0
	for n := 1; n <= p.N; n++ {
		v, ok := g.reading(store.Key{Unit: unit, Indicator: it.code, Period: store.MonthOf(p.Year, n)})
		if !ok {
			return 0, false
		}
		total += v
	}
	return cents(total), true
}

// heading is the indicator's name with its measure, where the layout has no
// column for measures.
func (g page) heading(it item) string {
	if it.measure == "%" {
		return g.crack(it.name) + "（%）"
	}
	return g.crack(it.name) + "（" + it.measure + "）"
}

// crack breaks a long head into two lines, as narrow columns make people do.
func (g page) crack(name string) string {
	runes := []rune(name)
	if !g.hand.broken || len(runes) < 6 {
		return name
	}
	return string(runes[:len(runes)/2]) + "\n" + string(runes[len(runes)/2:])
}

// wideSpace spreads a two-letter head, as in 合　计.
func (g page) wideSpace(name string) string {
	runes := []rune(name)
	if !g.hand.broken || len(runes) != 2 {
		return name
	}
	return string(runes[0]) + "　" + string(runes[1])
}

// scribes is how many invented persons there are.
const scribes = 20

// scribe is an invented person of the kind that signs forms.
func scribe(n int) string {
	names := [scribes]string{
		"佴东篱", "麴半夏", "隗书砚", "戢云岫", "郗晏宁", "覃默川", "闻人栖梧", "澹台砚秋", "宇文朔白", "濮阳雁回",
		"呼延听澜", "鲜于静石", "令狐映雪", "公羊逐溪", "端木知遥", "慕容晚舟", "亓官疏桐", "缑听荷", "郏望舒", "仉若谷",
	}
	return names[n%scribes]
}

// phone is a number in a block that no operator has given out.
func phone(n int) string { return fmt.Sprintf("1990000%04d", n%10000) }

// footer closes a form with those who signed it: what must never get in.
func (g page) footer(s *sheet, width int, p store.Period) {
	if g.hand.noFooter {
		return
	}
	n := g.hand.scribe
	text := fmt.Sprintf("单位负责人：%s　　填表人：%s　　联系电话：%s　　填报时间：%s",
		scribe(n), scribe(n+7), phone(200+n), chinese(p.End()))
	s.banner(len(s.rows), width, text, note)
}

// chinese writes a day as titles and footers do.
func chinese(d store.Date) string { return fmt.Sprintf("%d年%d月%d日", d.Year, int(d.Month), d.Day) }

// spoken writes a period as titles do.
func spoken(p store.Period) string {
	switch p.Kind {
	case store.Quarter:
		return fmt.Sprintf("%d年第%s季度", p.Year, [...]string{"一", "二", "三", "四"}[p.N-1])
	case store.Year:
		return fmt.Sprintf("%d年", p.Year)
	default:
		return fmt.Sprintf("%d年%d月", p.Year, p.N)
	}
}
