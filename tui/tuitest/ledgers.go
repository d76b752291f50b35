package tuitest

import (
	"fmt"

	"jindu/store"
)

// ledgers fills in what the office and the units keep beside their reports: the
// roster, funds, inspections, and what each unit says of itself.
func (b *builder) ledgers() {
	requirements, err := store.UsualRequirements()
	if err != nil {
		panic(err) // embedded: a test of package store reads it
	}
	b.data.Settings.Requirements = requirements
	b.data.Settings.Inspection = store.Inspection{On: store.NewDate(2026, 7, 31), Name: "省督导组复查", English: "provincial inspection"}
	for i, u := range b.data.Units.All() {
		if u.Kind == store.Community || u.Code == "cqj" {
			continue
		}
		b.roster(i, u)
		b.selfCheck(i, u)
		if u.Kind == store.Street && i%2 == 0 {
			b.funds(i, u)
		}
	}
	for i := range 9 {
		b.inspection(i)
	}
}

// row adds a row of a ledger.
func (b *builder) row(form, unit string, n int, day store.Date, values map[string]store.Value) {
	ref := fmt.Sprint("B", n+4)
	for name, v := range values {
		v.Ref = ref
		values[name] = v
	}
	b.data.Records = append(b.data.Records, store.Record{
		ID: fmt.Sprint(form, unit, n), Form: form, Unit: unit, Day: day, Values: values, KnownFrom: Now().AddDate(0, 0, -n%9),
		Cell: store.Cell{Workbook: 1, Source: "share", Path: "禁毒办/" + form + ".xlsx", Sheet: "台账", Ref: ref, Header: []string{"单位"}},
	})
}

func text(kind store.FieldKind, s string) store.Value { return store.Value{Kind: kind, Text: s} }

func number(kind store.FieldKind, v float64) store.Value { return store.Value{Kind: kind, Number: v} }

func day(d store.Date) store.Value { return store.Value{Kind: store.DateField, Day: d} }

// selfCheck is what a unit says of itself for the quarter; 区财政局 has said nothing.
func (b *builder) selfCheck(i int, u store.Unit) {
	if u.Code == "cz" {
		return
	}
	form, _ := b.cat.FormByCode("selfcheck")
	for n, code := range form.Indicators {
		value := 1.0
		if (7*i+n)%13 == 3 {
			value = 0
		}
		f := store.Figure{
			Key:     store.Key{Unit: u.Code, Indicator: code, Period: b.data.Period.Of(store.Quarter)},
			Value:   value,
			Version: 1,
			Cell: store.Cell{
				Workbook: 1, Source: "share", Path: "禁毒办/自查表.xlsx", Sheet: "九项加强",
				Ref: fmt.Sprintf("%c%d", 'C'+n, i+3), Header: []string{code},
			},
		}
		f.Received = Now().AddDate(0, 0, -4)
		f.KnownFrom, f.FirstArrived = f.Received, f.Received
		b.data.Figures = append(b.data.Figures, f)
	}
}

// roster says who heads the work in a unit, by post.
func (b *builder) roster(i int, u store.Unit) {
	changed := store.NewDate(2026, 3, 1+i%20)
	if i%11 == 4 {
		changed = store.NewDate(2024, 11, 3)
	}
	b.row("roster", u.Code, i, changed, map[string]store.Value{
		"head_post":   text(store.PostField, []string{"所长", "党工委书记", "局长"}[i%3]),
		"deputy_post": text(store.PostField, []string{"副所长", "办事处副主任", "副局长"}[i%3]),
		"members":     number(store.CountField, float64(7+i%6)),
		"document":    text(store.DocumentField, fmt.Sprintf("云禁毒〔2026〕%d号", i+1)),
		"changed":     day(changed),
		"renewed":     number(store.CheckField, map[bool]float64{true: 1}[i%7 != 5]),
	})
}

// funds has one payment of a street on purpose and one that is not.
func (b *builder) funds(i int, u store.Unit) {
	for n := range 2 {
		on := store.NewDate(2026, 5, 6+n)
		b.row("funds", u.Code, 10*i+n, on, map[string]store.Value{
			"source":   text(store.WordField, "省级"),
			"document": text(store.DocumentField, "云财行〔2026〕18号"),
			"received": number(store.NumberField, 10.5),
			"spent":    number(store.NumberField, 3.25),
			"spent_on": day(on),
			"purpose":  number(store.CheckField, map[bool]float64{true: 1}[n == 0 || i%4 != 0]),
		})
	}
}

// inspection is of an enterprise or a hotel; some found something.
func (b *builder) inspection(i int) {
	on := store.NewDate(2026, 6, 12-i)
	values := map[string]store.Value{
		"venue":        text(store.VenueField, fmt.Sprintf("云岭%s化工有限公司", string([]rune("泰和永兴瑞丰华盛安")[i]))),
		"category":     text(store.WordField, "使用"),
		"day":          day(on),
		"problems":     number(store.CountField, float64(i%3)),
		"stock":        number(store.NumberField, float64(40+5*i)),
		"stock_system": number(store.NumberField, float64(40+5*i-i/8)),
	}
	if i%3 > 0 {
		values["due"] = day(on.Add(7))
		values["penalty"] = text(store.WordField, "限期整改")
	}
	if i%3 == 1 {
		values["rectified"] = day(on.Add(5))
	}
	b.row("inspections", "jd", i, on, values)
}
