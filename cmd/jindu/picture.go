package main

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"jindu/store"
	"jindu/sync"
)

// The width of check --explain, how far its lines are set in, and how many
// columns of a sheet the picture has room for.
const (
	pictureWidth   = 100
	pictureIndent  = "    "
	pictureColumns = 32
	pathWidth      = 34
)

// picture draws how a sheet was understood: for each table what holds for the
// whole of it, a map of its cells with the meaning of every row beside it, and
// the meaning of every column.
func (a *app) picture(s store.SheetReading, u sync.Understanding) {
	for n, e := range s.Explain {
		p := &picture{app: a, understanding: u, table: e}
		p.head(n, len(s.Explain))
		if len(e.Rows) > 0 {
			p.cells()
		}
		p.columns()
		for _, note := range e.Notes {
			p.say("", note.Message(a.lang)+inBrackets(note.Ref, a.lang))
		}
	}
}

// picture is the drawing of one table.
type picture struct {
	*app
	understanding sync.Understanding
	table         store.Explained
}

// say writes one line or, where it is too long, several: the later ones are set
// in as far as the text begins.
func (p *picture) say(lead, text string) {
	width := pictureWidth - len(pictureIndent) - ansi.StringWidth(lead)
	for i, line := range strings.Split(ansi.Wrap(text, width, ""), "\n") {
		if i > 0 {
			lead = strings.Repeat(" ", ansi.StringWidth(lead))
		}
		p.line(strings.TrimRight(pictureIndent+lead+line, " "))
	}
}

// head says what holds for the whole table.
func (p *picture) head(n, of int) {
	e := p.table
	what := layoutName(e.Layout, p.lang)
	if e.Form == "" {
		what = p.lang.Pick("没有认出统计表，未读", "not recognised as a table and not read")
	} else if e.Form != "report" {
		what = p.form(e.Form, p.understanding.Catalogue)
	}
	if of > 1 {
		what = p.lang.Pick("表 ", "table ") + strconv.Itoa(n+1) + "  " + what
	}
	if e.Heads != "" {
		what += p.lang.Pick("  表头 ", "  heads ") + e.Heads
	}
	p.say("", what)
	if e.Unit.Value != "" {
		p.say(p.lang.Pick("单位  ", "unit    "), p.unit(e.Unit.Value)+p.place(e.Unit))
	}
	if e.Period.Value != "" {
		p.say(p.lang.Pick("期间  ", "period  "), e.Period.Value+p.place(e.Period))
	}
}

// place says where something was read from.
func (p *picture) place(s store.Sourced) string {
	words := map[string][2]string{
		"title": {"标题", "title"}, "sheet": {"表名", "sheet's name"}, "file": {"文件名", "file's name"}, "source": {"来源", "source"},
	}
	from := s.From
	if w, ok := words[s.From]; ok {
		from = p.lang.Pick(w[0], w[1])
	}
	return "  <- " + join(" ", from, s.Ref)
}

// unit names a unit of the configuration.
func (p *picture) unit(code string) string {
	if code == store.DistrictCode {
		return p.lang.Pick("全区", "district")
	}
	return p.understanding.Units.Name(code)
}

// indicator names an indicator by code and short name.
func (p *picture) indicator(code string) string {
	if ind, ok := p.understanding.Catalogue.ByCode(code); ok {
		return code + " " + ind.Head(p.lang)
	}
	return code
}

// cells draws the map of the table: one mark to a cell, and beside every row
// what it is.
func (p *picture) cells() {
	shown := min(len(p.table.Columns), pictureColumns)
	p.line("")
	p.letters(p.table.Columns[:shown])
	skipped := 0
	for i, r := range p.table.Rows {
		if !p.worth(i) {
			skipped++
			continue
		}
		p.fold(&skipped)
		var b strings.Builder
		for _, m := range r.Marks[:min(shown, len(r.Marks))] {
			b.WriteString(" " + string(m))
		}
		lead := strings.Repeat(" ", max(0, 5-len(r.At))) + r.At + b.String() + "  "
		room := pictureWidth - len(pictureIndent) - len(lead)
		p.line(strings.TrimRight(pictureIndent+lead+ansi.Truncate(p.row(r), room, "…"), " "))
	}
	p.fold(&skipped)
	p.legend()
}

// letters names the columns over the map; those of two letters on two lines.
func (p *picture) letters(columns []store.ExplainedHead) {
	upper, lower := "", ""
	for _, c := range columns {
		head, last := c.At[:len(c.At)-1], c.At[len(c.At)-1:]
		upper += " " + head[max(0, len(head)-1):] + strings.Repeat(" ", 1-min(1, len(head)))
		lower += " " + last
	}
	if strings.TrimSpace(upper) != "" {
		p.line(strings.TrimRight(pictureIndent+"     "+upper, " "))
	}
	if n := len(p.table.Columns) - len(columns); n > 0 {
		lower += p.lang.Pick("  …… 其余 "+strconv.Itoa(n)+" 列见下", "  ... "+strconv.Itoa(n)+" more columns below")
	}
	p.line(strings.TrimRight(pictureIndent+"     "+lower, " "))
}

// Rows that are drawn whatever they hold, and how many more where something is
// to be said of them.
const (
	plainRows = 12
	toldRows  = 24
)

// worth reports whether a row is drawn: the first ones, and later those that
// something is wrong with.
func (p *picture) worth(i int) bool {
	r := p.table.Rows[i]
	told := r.Aside > 0 || r.Suspect > 0 || r.Why != ""
	return i < plainRows || i == len(p.table.Rows)-1 || told && i < plainRows+toldRows*8
}

// fold says how many rows are not drawn.
func (p *picture) fold(skipped *int) {
	if *skipped > 0 {
		p.say("      ", p.lang.Pick("…… 其余 "+strconv.Itoa(*skipped)+" 行没有问题", "... "+strconv.Itoa(*skipped)+" more rows without a fault"))
	}
	*skipped = 0
}

// row says what a row is, in a few words.
func (p *picture) row(r store.ExplainedHead) string {
	var parts []string
	if r.Role == store.UnreadHead {
		return p.lang.Pick("不读：", "not read: ") + r.Reason(p.lang)
	}
	if r.Unit != "" {
		parts = append(parts, p.unit(r.Unit))
	}
	return strings.Join(append(parts, p.meaning(r)...), "  ")
}

// meaning says what a column or row and the figures in it are.
func (p *picture) meaning(h store.ExplainedHead) []string {
	var parts []string
	if h.Means != "" && h.Role != store.FieldHead {
		parts = append(parts, p.indicator(h.Means))
	}
	if h.Measure != "" {
		parts = append(parts, p.measure(h))
	}
	if h.Period != "" {
		parts = append(parts, h.Period)
	}
	if h.Aspect != "" {
		parts = append(parts, aspectName(h.Aspect, p.lang))
	}
	if h.Total {
		parts = append(parts, p.lang.Pick("合计，只核对", "total, checked only"))
	}
	return parts
}

// measure says in which measure the cells are and what they are converted to.
func (p *picture) measure(h store.ExplainedHead) string {
	c := p.understanding.Catalogue
	out := "[" + c.MeasureLabel(h.Measure, p.lang) + "]"
	if ind, ok := c.ByCode(h.Means); ok && h.Factor != 0 {
		out = "[" + c.MeasureLabel(h.Measure, p.lang) + " x " + strconv.FormatFloat(h.Factor, 'g', -1, 64) + " = " +
			c.MeasureLabel(ind.Measure, p.lang) + "]"
	}
	return out
}

// legend says what the marks that occur mean.
func (p *picture) legend() {
	words := []struct {
		mark   rune
		zh, en string
	}{
		{store.MarkLabel, "名称", "name"},
		{store.MarkRead, "已读", "read"},
		{store.MarkNone, "不适用", "not applicable"},
		{store.MarkSuspect, "已读，待核", "read, suspect"},
		{store.MarkAside, "读不了，搁置", "set aside"},
		{store.MarkCheck, "只核对，不存", "checked only"},
		{store.MarkUnread, "不读", "not read"},
		{store.MarkBlank, "空", "blank"},
	}
	var parts []string
	for _, w := range words {
		for _, r := range p.table.Rows {
			if strings.ContainsRune(r.Marks, w.mark) {
				parts = append(parts, string(w.mark)+" "+p.lang.Pick(w.zh, w.en))
				break
			}
		}
	}
	p.say("      ", strings.Join(parts, "   "))
	p.line("")
}

// columns says of every column what it is, and why one is not read.
func (p *picture) columns() {
	width, letters := 0, 1
	for _, c := range p.table.Columns {
		width = max(width, ansi.StringWidth(strings.Join(c.Path, " > ")))
		letters = max(letters, len(c.At))
	}
	width = min(width, pathWidth)
	for _, c := range p.table.Columns {
		path := ansi.Truncate(strings.Join(c.Path, " > "), width, "…")
		lead := c.At + strings.Repeat(" ", letters-len(c.At)+2) + path + strings.Repeat(" ", width-ansi.StringWidth(path)+2)
		p.say(lead, p.column(c))
	}
}

// column says what a column is.
func (p *picture) column(c store.ExplainedHead) string {
	var parts []string
	switch c.Role {
	case store.UnreadHead:
		return "x " + p.lang.Pick("不读：", "not read: ") + c.Reason(p.lang)
	case store.FigureHead, store.CheckHead:
	case store.FieldHead:
		parts = append(parts, c.Means)
	default:
		parts = append(parts, roleName(c.Role, p.lang))
	}
	if c.Unit != "" {
		parts = append(parts, p.unit(c.Unit))
	}
	parts = append(parts, p.meaning(c)...)
	switch {
	case c.Role == store.CheckHead && !c.Total:
		parts = append(parts, p.lang.Pick("只核对", "checked only"))
	case c.Read > 0 || c.Aside > 0:
		parts = append(parts, strconv.Itoa(c.Read)+p.lang.Pick(" 个", " read"))
	}
	if c.Suspect > 0 {
		parts = append(parts, "? "+strconv.Itoa(c.Suspect)+p.lang.Pick(" 个待核", " suspect"))
	}
	if c.Aside > 0 {
		parts = append(parts, "! "+strconv.Itoa(c.Aside)+p.lang.Pick(" 个搁置", " set aside"))
	}
	if len(parts) == 0 {
		return p.lang.Pick("数值", "values")
	}
	return strings.Join(parts, "  ")
}

// inBrackets sets an address behind a sentence.
func inBrackets(ref string, l store.Lang) string {
	if ref == "" {
		return ""
	}
	return l.Pick("（"+ref+"）", " ("+ref+")")
}

// layoutName, roleName and aspectName word the codes of an explanation.
func layoutName(code string, l store.Lang) string {
	words := map[string][2]string{
		"units_down":        {"单位纵排、指标横排", "units down, indicators across"},
		"indicators_down":   {"指标纵排、本月累计横排", "indicators down, this month and cumulative across"},
		"months_across":     {"指标纵排、月份横排", "indicators down, months across"},
		"months_down":       {"月份纵排、指标横排", "months down, indicators across"},
		"transposed":        {"指标纵排、单位横排", "indicators down, units across"},
		"long":              {"单位与指标逐行", "a row to a unit and indicator"},
		"indicators_across": {"指标横排、只有一行", "indicators across, one row"},
		"one_indicator":     {"单位纵排、月份横排，指标在标题", "units down, months across, the indicator in the title"},
	}
	return l.Pick(words[code][0], words[code][1])
}

func roleName(r store.HeadRole, l store.Lang) string {
	words := map[store.HeadRole][2]string{
		store.UnitHead: {"单位", "units"}, store.ItemHead: {"指标", "indicators"}, store.GroupHead: {"指标的类别", "headings of indicators"},
		store.PeriodHead: {"期间", "periods"}, store.MeasureHead: {"计量单位", "measures"},
	}
	return l.Pick(words[r][0], words[r][1])
}

func aspectName(code string, l store.Lang) string {
	words := map[string][2]string{
		"own": {"本期", "this period"}, "cumulative": {"本年累计", "cumulative"}, "year_ago": {"去年同期", "a year ago"},
		"previous": {"上期", "the period before"}, "change": {"增减", "change"},
	}
	return l.Pick(words[code][0], words[code][1])
}
