package tuitest

import (
	"strconv"
	"time"

	"jindu/store"
)

// grades is a small scheme: figures in bands and on a line, a deduction, a veto of
// which nobody knows, evidence, and two items by hand.
func grades() []store.Grade {
	return []store.Grade{{
		Code: "street", Name: "街道禁毒工作等级评定", English: "Grading of streets", Source: "云禁毒办〔2026〕6号",
		Assessed: store.NewDate(2026, time.September, 15), Kinds: []store.UnitKind{store.Street}, Target: "two",
		Pilots: []store.GradePilot{{Unit: "dh", Target: "one"}},
		Levels: []store.GradeLevel{
			{Code: "one", Name: "一级", English: "Grade 1", Least: 85, Veto: true},
			{Code: "two", Name: "二级", English: "Grade 2", Least: 70},
			{Code: "three", Name: "三级", English: "Grade 3", Least: 60},
		},
		Items: []store.GradeItem{
			{Code: "lead", Name: "领导小组和责任制", Short: "责任制", English: "Leading group", Brief: "Lead", Points: 10},
			{
				Code: "exec", Name: "社区戒毒社区康复执行率", Short: "执行率", English: "Execution", Brief: "Exec.", Points: 25,
				Indicator: "exec_rate", Bands: []store.GradeBand{{At: 90, Points: 25}, {At: 75, Points: 15}},
			},
			{
				Code: "report", Name: "15日内报到率", Short: "报到率", English: "Report-in", Brief: "Report", Points: 20,
				Indicator: "report_in_rate", Straight: true, Full: 95, None: 45,
			},
			{
				Code: "urine", Name: "定期检测", Short: "检测", English: "Tests", Points: 20,
				Indicator: "urine_done", Base: "urine_due", Deduct: 0.5,
			},
			{
				Code: "money", Name: "经费专款专用", Short: "专款", English: "Funds", Points: 15, Indicator: "fund_spent_rate",
				Veto: true, Above: true, Limit: 100, Evidence: []string{"funds"}, Lacking: 5,
			},
			{Code: "teach", Name: "毒品预防教育", Short: "教育", English: "Teaching", Brief: "Teach", Points: 10, Names: []string{"预防教育"}},
		},
	}}
}

// scores are the sheets in which the streets score themselves, and two ledgers of funds.
func (b *builder) scores() {
	for i, unit := range []string{"xj", "cq", "dh", "wcj", "bgj"} {
		for k, item := range []string{"领导小组和责任制", "6. 预防教育"} {
			score := 10 - float64(i+k)/2
			if unit == "bgj" && k == 1 {
				score = 12
			}
			b.data.Records = append(b.data.Records, store.Record{
				Form: store.ScoresForm, Unit: unit, KnownFrom: Now().Add(-200 * time.Hour),
				Cell: store.Cell{Source: "share", Path: "街道/自评/" + unit + ".xlsx", Sheet: "自评表", Ref: "B" + strconv.Itoa(3+5*k)},
				Values: map[string]store.Value{
					"item": {Kind: store.TitleField, Text: item}, "score": {Kind: store.NumberField, Number: score},
				},
			})
		}
		if i%2 == 0 {
			b.data.Records = append(b.data.Records, store.Record{Form: "funds", Unit: unit, KnownFrom: Now().Add(-300 * time.Hour)})
		}
	}
}
