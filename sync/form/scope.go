package form

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jindu/store"
	"jindu/sync/sheet"
)

// scoped are the names that mean an indicator on sheets of one report only, by
// their folded text; the levels of a path are parted by >.
type scoped map[string]*store.Indicator

// of returns the indicator of the longest path that ends with the innermost word.
func (s scoped) of(path []*label) *store.Indicator {
	if len(s) == 0 {
		return nil
	}
	names := make([]string, len(path))
	for i, w := range path {
		names[i] = first(w.name, w.key)
	}
	for i := range names {
		if ind := s[strings.Join(names[i:], ">")]; ind != nil {
			return ind
		}
	}
	return nil
}

// scopedRows is in how many of the first rows the title of a report stands.
const scopedRows = 6

// wordsOf returns the words that a sheet is read by: where its title, its name
// or the file's holds a title of a report that has names of its own, with those.
func (rd *reader) wordsOf(s *sheet.Sheet) *words {
	texts := []string{fold(s.Name), fold(rd.file)}
	for _, c := range s.Cells {
		if c.Row >= scopedRows {
			break
		}
		if c.Kind == sheet.Text && len(c.Text) <= longest {
			texts = append(texts, fold(c.Text))
		}
	}
	var own scoped
	c := rd.opt.Catalogue
	for _, f := range c.Forms {
		if f.Kind != store.ReportForm || len(f.Heads) == 0 || !titledBy(texts, f.Titles) {
			continue
		}
		if own == nil {
			own = scoped{}
		}
		for _, h := range f.Heads {
			ind, _ := c.ByCode(h.Indicator)
			for _, name := range h.Names {
				own[pathOf(name)] = &ind
			}
		}
	}
	if own == nil {
		return rd.words
	}
	return newWords(rd.words.dict, rd.units, rd.opt.MonthStarts, own)
}

func titledBy(texts, titles []string) bool {
	return slices.ContainsFunc(titles, func(title string) bool {
		title = fold(title)
		return title != "" && slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(t, title) })
	})
}

// pathOf folds every level of a path.
func pathOf(name string) string {
	levels := strings.Split(name, ">")
	for i := range levels {
		levels[i] = fold(levels[i])
	}
	return strings.Join(levels, ">")
}

// titled reads a table whose columns name only months, units or 本月 and 累计,
// where a title over it, or the sheet's name, is the name of one indicator and
// nothing else. It reports whether that is so.
func (rd *reader) titled(t *report, above []int) bool {
	units := has(t.columns, hasUnit) || has(t.stubs, func(c *coord) bool { return c.stub == unitStub })
	others := has(t.columns, func(c *coord) bool { return len(c.names) > 0 })
	spoken := has(t.columns, func(c *coord) bool {
		return c.when.named() || c.aspect != noAspect || c.unit != "" || c.head.role == valueRole
	})
	if t.byRow || !units || others || !spoken {
		return false
	}
	texts := []string{t.page.sheet.Name}
	for _, i := range above {
		for _, c := range t.page.lines[i].cells {
			if c.Kind == sheet.Text {
				texts = append(texts, c.Text)
			}
		}
	}
	var found *store.Indicator
	for _, text := range texts {
		switch ind := rd.indicatorOf(fold(text)); {
		case ind == nil:
		case found != nil && found != ind:
			return false
		default:
			found = ind
		}
	}
	if found == nil {
		return false
	}
	for _, c := range t.columns {
		c.ind = found
	}
	t.titled = true
	return true
}

// What stands around the name of an indicator in a title without narrowing it.
var (
	titleTail = newPattern(`(?:统计|汇总|情况|一览|明细|进度|分月|月度|年度|数据)*(?:报表|月报|季报|年报|表)?$|\([^()]*\)$`)
	titleHead = newPattern(`^(?:各单位|各派出所|各街道|各所|各成员单位|各镇街|全区|区级|全县|全市|禁毒工作|禁毒|分月|逐月|每月|年度|年|度|份|上半年|关于|的|_)+`)
)

// indicatorOf returns the indicator whose name is all that a title says beside
// units, time and the words of titles.
func (rd *reader) indicatorOf(text string) *store.Indicator {
	if scan := scanTimes(text, rd.opt.MonthStarts); scan != nil {
		text = scan.text
	}
	for _, m := range rd.units.mentions(text) {
		text = text[:m.from] + strings.Repeat("\x01", m.to-m.from) + text[m.to:]
	}
	text = strings.TrimPrefix(blanked.ReplaceAllString(text, "_"), rd.units.area)
	for utf8.RuneCountInString(text) >= 2 {
		name := strings.Trim(text, "_-:《》")
		if hits := rd.words.dict.exact[name]; len(hits) == 1 {
			return hits[0]
		}
		if hits := rd.words.dict.loose[loosen(name)]; len(hits) == 1 && !generic[loosen(name)] {
			return hits[0]
		}
		cut := titleHead.ReplaceAllString(titleTail.ReplaceAllString(name, ""), "")
		if cut == text {
			return nil
		}
		text = cut
	}
	return nil
}
