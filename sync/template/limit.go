package template

import (
	"fmt"

	"jindu/store"
)

// dashNote says how a figure that does not apply is written.
const dashNote = "没有发生填 0，不适用填 —"

// figureLimit is what may be typed for an indicator: a number that it can have, or
// the dash for what does not apply.
func (t *draft) figureLimit(on area, i item) limit {
	at := ref(on.row, on.col)
	l := limit{on: on, kind: "custom"}
	switch {
	case i.Kind == store.Check:
		return limit{on: on, kind: "list", first: `"是,否,—"`, hint: "选 是 或 否；不适用填 —", refusal: "请选 是 或 否"}
	case i.Kind == store.Ratio && i.Bounded:
		top := fmt.Sprintf("%g", i.Scale)
		l.first = numberOr(at, "AND("+at+">=0,"+at+"<="+top+")")
		l.hint = "0 到 " + top + " 的数，按 " + i.Measure + " 填，如 86.5；不适用填 —"
		l.refusal = "请填 0 到 " + top + " 的数（" + i.Measure + "），不要写约数"
	case i.Counted():
		l.first = numberOr(at, "AND("+at+">=0,"+at+"=INT("+at+"))")
		l.hint = "整数，单位 " + i.Measure + "；" + dashNote
		l.refusal = "请填不小于 0 的整数，不要写单位、约数"
	default:
		l.first = numberOr(at, at+">=0")
		l.hint = "数字，单位 " + i.Measure + "；" + dashNote
		l.refusal = "请填不小于 0 的数，不要写单位、约数"
	}
	l.hint = hinted(i.Name, l.hint)
	return l
}

// cumulativeLimit also holds the year to date against the month beside it.
func (t *draft) cumulativeLimit(on area, i item) limit {
	l := t.figureLimit(on, i)
	at, month := ref(on.row, on.col), ref(on.row, on.col-1)
	whole := ""
	if i.Counted() {
		whole = "," + at + "=INT(" + at + ")"
	}
	l.first = numberOr(at, "AND("+at+">=N("+month+")"+whole+")")
	l.hint = "1 月至本期的累计，不小于" + t.columns()[0] + "数；单位 " + i.Measure
	l.refusal = "本年累计应是不小于" + t.columns()[0] + "数的数字"
	return l
}

// numberOr allows a number that holds the condition, and the dash.
func numberOr(at, condition string) string {
	return `OR(` + at + `="—",IF(ISNUMBER(` + at + `),` + condition + `,FALSE))`
}

// hinted puts the name of what is asked for before the hint, as far as the
// format has room for it.
func hinted(name, hint string) string { return cut(name+"："+hint, 250) }

// cut keeps a text to a number of characters.
func cut(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most])
	}
	return text
}

// lastRow is the last row of a ledger that has limits.
const lastRow = 1999

// fieldLimit is what may be typed into a field of a ledger. The list is where its
// words stand, where it has any.
func (t *draft) fieldLimit(f store.FormField, on area, list string) limit {
	l := limit{on: on}
	switch f.Kind {
	case store.CountField:
		l.kind, l.op, l.first = "whole", "greaterThanOrEqual", "0"
		l.hint, l.refusal = "整数"+inMeasure(f)+"；没有发生填 0", "请填不小于 0 的整数，不要写单位、约数"
	case store.NumberField:
		l.kind, l.op, l.first = "decimal", "greaterThanOrEqual", "0"
		l.hint, l.refusal = "数字"+inMeasure(f)+"；没有发生填 0", "请填不小于 0 的数，不要写单位、约数"
	case store.DateField:
		t.dateLimit(f, &l)
	case store.CheckField:
		l.kind, l.first = "list", `"是,否"`
		l.hint, l.refusal = "选 是 或 否", "请选 是 或 否"
	case store.UnitField, store.WordField:
		t.listLimit(f, list, &l)
	case store.UnitsField:
		l.hint = "单位名称，几个单位用顿号隔开"
	case store.PersonalField:
		l.hint = "个人信息：由本单位保存，不上报；jindu 不读取这一栏"
	case store.TitleField, store.DocumentField:
		l.hint = "简短文字，不要写姓名、电话、证件号"
	case store.StreetField, store.VenueField:
		l.hint = "写到街道、社区或单位名称即可，不要写住址门牌"
	case store.HashField:
		l.hint = "编号，只保存不能还原的散列"
	case store.PostField:
		if t.listLimit(f, list, &l); list != "" {
			l.warn, l.refusal = true, "请只写职务，不写姓名"
		}
		l.hint = "只写职务"
	case store.FilledField:
		l.hint = "只统计有没有填，不读取内容"
	default:
		l.hint = "不读取这一栏"
	}
	if f.Required {
		l.hint = "必填。" + l.hint
	}
	l.hint = hinted(f.Heads[0], l.hint)
	return l
}

// listLimit offers the words or units to choose from. A unit that is not listed can
// be kept: several may share a task.
func (t *draft) listLimit(f store.FormField, list string, l *limit) {
	if list == "" {
		l.hint = "单位名称" // none are listed
		return
	}
	l.kind, l.first = "list", list
	l.hint, l.refusal = "从下拉框里选", "请从下拉框里选"
	if f.Kind == store.UnitField {
		l.warn, l.refusal = true, "名录里没有这个单位，请核对；几个单位用顿号隔开"
	}
}

// inMeasure names the measure of a field, where it has one.
func inMeasure(f store.FormField) string {
	if f.Measure == "" {
		return ""
	}
	return "，单位 " + f.Measure
}

// dateLimit asks for a day. The day that dates a row lies in the ledger's year, or
// somebody has to say so; a task may be due every month or never.
func (t *draft) dateLimit(f store.FormField, l *limit) {
	l.hint = "日期，写作 " + fmt.Sprintf("%d-06-26", t.Period.Year)
	if f.Name == t.form.Row && t.form.Code == "tasks" {
		l.hint += "；也可写 6月底前、每月25日、长期"
		return
	}
	l.kind, l.op = "date", "between"
	l.first, l.second = "DATE(2000,1,1)", fmt.Sprintf("DATE(%d,12,31)", t.Period.Year+1)
	l.refusal = "请填日期，写作 " + fmt.Sprintf("%d-06-26", t.Period.Year)
	if f.Name == t.form.Row && t.form.Kind == store.LedgerForm {
		l.first, l.second = fmt.Sprintf("DATE(%d,1,1)", t.Period.Year), fmt.Sprintf("DATE(%d,12,31)", t.Period.Year)
		l.warn, l.refusal = true, fmt.Sprintf("日期不在 %d 年内，请核对；确实无误可以保留", t.Period.Year)
	}
}
