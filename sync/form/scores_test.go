package form

import (
	"testing"

	"jindu/store"
)

// selfScore is a street's sheet: two sections with their subtotals, and the total.
func selfScore(total any) []([]any) {
	return [][]any{
		{"东湖街道2026年第二季度禁毒工作等级评定自评表"},
		{"序号", "考评类别", "考评项目", "标准分", "自评得分", "扣分原因", "复核得分"},
		{1, "社戒社康", "社区戒毒社区康复执行率", 30, 28.5, "两人外出", 27},
		{2, nil, "社区戒毒社区康复日常工作", 15, 14, nil, 14},
		{"小计", nil, nil, 45, 42.5, nil, 41},
		{3, "保障", "专款专用", 15, 15, nil, 15},
		{"合计", nil, nil, 60, total, nil, 56},
		{"填表人：佴东篱", nil, nil, nil, nil, nil, nil},
	}
}

func TestASelfScoreSheetIsReadItemByItem(t *testing.T) {
	r := readSheet(t, grid("自评表", selfScore(57.5)...))
	wantFindings(t, r)
	if len(r.Records) != 3 || r.Sheets[0].Form != store.ScoresForm || r.Sheets[0].Unit != "dhj" {
		t.Fatalf("%d rows of %+v", len(r.Records), r.Sheets)
	}
	one := r.Records[0]
	v := one.Values
	if one.Unit != "dhj" || v["item"].Text != "社区戒毒社区康复执行率" || v["points"].Number != 30 || v["score"].Number != 28.5 ||
		v["checked"].Number != 27 || v["score"].Ref != "E3" || one.Cell.Ref != "C3" {
		t.Errorf("%s at %s: %+v", one.Unit, one.Cell.Ref, v)
	}
	if _, ok := v["reason"]; ok || len(v) != 4 {
		t.Errorf("free text is kept: %+v", v)
	}
	if len(r.Tallies) != 1 || r.Tallies[0].Indicator != "grade_score" || r.Tallies[0].Value != 57.5 || r.Tallies[0].Period.String() != "2026-Q2" {
		t.Errorf("the sheet counts %+v", r.Tallies)
	}
}

func TestATotalThatItsItemsDoNotGive(t *testing.T) {
	wantFindings(t, readSheet(t, grid("自评表", selfScore(58)...)), "score_mismatch E7")
	wantFindings(t, readSheet(t, grid("自评表", selfScore(nil)...)))
	rows := selfScore(58)
	rows[3][4] = "约14"
	wantFindings(t, readSheet(t, grid("自评表", rows...)), "approximate E4") // who knows what the total should be
}

func TestAnEnglishFindingNamesTheScoreInEnglish(t *testing.T) {
	r := readSheet(t, grid("自评表", selfScore(58)...))
	if len(r.Findings) != 1 {
		t.Fatalf("findings are %+v", r.Findings)
	}
	for l, want := range map[store.Lang]string{
		store.English: "the total of Self-score is 58, its items add up to 57.5",
		store.Chinese: "自评得分 合计 58，各项相加 57.5",
	} {
		if got := r.Findings[0].Message(l); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestOneSheetOfAllStreetsScoresEach(t *testing.T) {
	r := readSheet(t, grid("汇总",
		[]any{"云岭区2026年第二季度街道等级评定自评汇总表"},
		[]any{"单位", "考评项目", "标准分", "自评得分"},
		[]any{"东湖街道", "专款专用", 15, 15},
		[]any{"东湖街道", "宣传教育", 10, 9.5},
		[]any{"长桥街道", "专款专用", 15, 12},
		[]any{"合计", nil, 40, 36.5},
	))
	wantFindings(t, r)
	if len(r.Records) != 3 || r.Records[2].Unit != "cqj" || len(r.Tallies) != 2 || r.Tallies[0].Value != 24.5 {
		t.Errorf("%d rows, counted %+v", len(r.Records), r.Tallies)
	}
}

func TestAQuarterlyReportWithScoresIsNoSelfScoreSheet(t *testing.T) {
	r := readSheet(t, grid("考核表",
		[]any{"云岭区2026年第二季度街道禁毒工作考核表"},
		[]any{"单位", "专职工作人员", "志愿者人数", "自评得分"},
		[]any{"东湖街道", 4, 160, 88},
		[]any{"长桥街道", 3, 120, 91.5},
	))
	if len(r.Records) != 0 || len(r.Statements) != 6 {
		t.Errorf("%d rows and %d figures, findings %q", len(r.Records), len(r.Statements), found(r))
	}
}

func TestASelfScoreSheetOfTheYearIsOfNoQuarter(t *testing.T) {
	r := readSheet(t, grid("自评表",
		[]any{"东湖街道2026年度禁毒工作等级评定自评表"},
		[]any{"考评项目", "标准分", "自评得分"},
		[]any{"专款专用", 15, 15},
	))
	wantFindings(t, r)
	if len(r.Records) != 1 || len(r.Tallies) != 0 {
		t.Errorf("%d rows, counted %+v", len(r.Records), r.Tallies)
	}
}

func TestASelfScoreSheetOfTheQuarterThatHasBegun(t *testing.T) {
	read := func(quarter string) *store.Reading {
		return readSheet(t, grid("自评表",
			[]any{"东湖街道2026年第" + quarter + "季度禁毒工作等级评定自评表"},
			[]any{"考评项目", "标准分", "自评得分"},
			[]any{"专款专用", 15, 15},
		), func(o *Options) { o.Today = store.Date{Year: 2026, Month: 5, Day: 20} })
	}
	wantFindings(t, read("二"))
	wantFindings(t, read("三"), "period_future A1")
}
