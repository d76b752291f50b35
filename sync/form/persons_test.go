package form

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

// personsSheet is a ledger of persons with one person a row.
func personsSheet(title string, heads []any, rows ...[]any) *sheet.Sheet {
	return grid("花名册", append([][]any{{title}, heads}, rows...)...)
}

func TestPersonsAreCounted(t *testing.T) {
	heads := []any{"序号", "姓名", "身份证号", "管辖街道", "人员类别", "报到日期", "人员状态", "风险级别", "协议签订", "应检次数", "已检次数", "阳性次数", "走访次数", "档案份数"}
	r := readSheet(t, personsSheet("社区戒毒社区康复人员花名册（截至2026年6月25日）", heads,
		[]any{1, "佴东篱", "539901198001102038", "东湖街道", "社区戒毒", "2025.7.1", "社区戒毒中", "高风险", "是", 12, 11, 0, 3, 23},
		[]any{2, "麴半夏", "539901198102112147", "东湖街道", "社戒", "2024年6月", "请假中", "中", "已签", 6, "6次", 1, 2, 20},
		[]any{3, "隗书砚", "539901198203122256", "东湖街道", "社康", "2023-06-01", "社区康复中", "低", "未签", 4, 4, nil, "—", nil},
		[]any{4, "戢云岫", nil, "长桥街道", "社区戒毒", 45000, "失联", "A类", "√", 12, 0, 0, 0, 23},
		[]any{5, "郗晏宁", nil, "长桥街道", "社区康复", "2020-01-01", "已解除", nil, nil, nil, nil, nil, nil, nil},
	))
	if s := r.Sheets[0]; s.Rows != 5 || s.Form != "persons" || s.Period.String() != "2026-06" || s.Unit != "" {
		t.Errorf("%+v", s)
	}
	wantFindings(t, r, "persons_unclear F2") // 2024年6月 is no day
	got := counted(r)
	wantAmong(t, got, []string{
		"dhj 2026-06 comm_detox_active 2/2 D3:D7", "dhj 2026-06 comm_rehab_active 1/1 D3:D7",
		"cqj 2026-06 comm_detox_active 0/0 D3:D7", "cqj 2026-06 comm_rehab_active 0/0 D3:D7",
		"dhj 2026-06 risk_high 1/1 D3:D7", "dhj 2026-06 risk_mid 1/1 D3:D7", "dhj 2026-06 risk_low 1/1 D3:D7",
		"dhj 2026-06 lost_total 0/0 D3:D7", "cqj 2026-06 lost_total 1/1 D3:D7",
		"dhj 2026-06 category=comm_detox 2/2 E3:E7", "cqj 2026-06 risk=? 1/1 H3:H7", "cqj 2026-06 risk=high 1/1 H3:H7",
		"dhj 2026-06 year=1 1/1 D3:D7", "dhj 2026-06 year=? 1/1 D3:D7", "dhj 2026-06 year=over 1/1 D3:D7", "cqj 2026-06 year=over 2/2 D3:D7",
		"dhj 2026-06 agreement=yes 2/2 I3:I7", "dhj 2026-06 agreement=no 1/1 I3:I7", "cqj 2026-06 agreement=? 1/1 I3:I7",
		"dhj 2026-06 tests_due= 22/3 J3:J7", "dhj 2026-06 tests_done= 21/3 K3:K7", "dhj 2026-06 tests_positive= 1/2 L3:L7",
		"dhj 2026-06 visits= 5/2 M3:M7", "dhj 2026-06 files= 43/2 N3:N7",
	}, []string{"cqj 2026-06 risk_", "dhj 2026-06 breaches"})
	hides(t, r, "佴东篱", "麴半夏", "539901", "2025-07", "45000")
}

// A status such as 社区戒毒中 says the category too, and a title may say it for all;
// where neither does, nothing is stated of programmes.
func TestProgrammesWithoutCategories(t *testing.T) {
	for name, c := range map[string]struct {
		title    string
		statuses []string
		want     string
	}{
		"by status":              {"花名册（2026年6月）", []string{"社区戒毒中", "社区康复中", "社区戒毒", "强制隔离戒毒"}, "comm_detox_active 2/2, comm_rehab_active 1/1"},
		"by title":               {"2026年6月社区戒毒人员花名册", []string{"在执行", "在执行", "已解除"}, "comm_detox_active 2/2"},
		"a status that does not": {"花名册（2026年6月）", []string{"社区戒毒中", "在控"}, ""},
		"nothing":                {"花名册（2026年6月）", []string{"在控", "在控"}, ""},
		"no month":               {"花名册", []string{"社区戒毒中"}, ""},
		"a month without a year": {"花名册（6月）", []string{"社区戒毒中"}, ""},
		"too early in the month": {"花名册（截至2026年6月5日）", []string{"社区戒毒中"}, ""},
	} {
		var rows [][]any
		for i, s := range c.statuses {
			rows = append(rows, []any{fmt.Sprint("人", i), nil, "东湖街道", s, nil})
		}
		r := readSheet(t, personsSheet(c.title, []any{"姓名", "证件号码", "街道", "人员状态", "性别"}, rows...), func(o *Options) { o.Today.Day = 30 })
		var got []string
		for _, line := range counted(r) {
			if f := strings.Fields(line); strings.HasSuffix(f[2], "_active") {
				got = append(got, f[2]+" "+f[3])
			}
		}
		undated := strings.Contains(name, "month")
		if told := slices.ContainsFunc(r.Findings, func(f store.Finding) bool { return f.Rule == "persons_undated" }); told != undated {
			t.Errorf("%s: told that the month is not known: %v", name, told)
		}
		if strings.Join(got, ", ") != c.want && name != "a status that does not" || name == "a status that does not" && len(got) > 0 {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Domain 4.38: one person in two rows, as where two units count them. Nothing is
// stated of either, and nothing says who it is.
func TestPersonTwice(t *testing.T) {
	r := readSheet(t, personsSheet("花名册（2026年6月）", []any{"姓名", "身份证号", "管辖街道", "人员类别"},
		[]any{"佴东篱", "539901198001102038", "东湖街道", "社区戒毒"},
		[]any{"佴东篱", "５３９９０１１９８００１１０２０３８", "北关街道", "社区戒毒"},
		[]any{"麴半夏", "539901198102112147", "长桥街道", "社区戒毒"},
		[]any{"隗书砚", 5.39901198203122e17, "长桥街道", "社区戒毒"},
		[]any{"戢云岫", 5.39901198203122e17, "长桥街道", "社区戒毒"}, // digits lost: nobody's number
	), func(o *Options) { o.Today.Day = 30 })
	wantFindings(t, r, "person_repeated B4")
	wantAmong(t, counted(r), []string{"cqj 2026-06 comm_detox_active 3/3 C3:C7"}, []string{"dhj", "bgj"})
	hides(t, r, "佴东篱", "539901")
}

// Whose a person is: the first column of units that is known; in a street's own
// ledger a community that is not in the list is the street's.
func TestWhosePerson(t *testing.T) {
	heads := []any{"姓名", "身份证号", "所属街道", "所属社区", "人员类别"}
	r := readSheet(t, personsSheet("东湖街道花名册（2026年6月）", heads[:2:2],
		[]any{"佴东篱", "539901198001102038"}))
	wantFindings(t, r, "persons_unknown A2")
	r = readSheet(t, personsSheet("花名册（2026年6月）", heads,
		[]any{"甲", nil, "东湖街道", "桥北社区", "社区戒毒"}, []any{"乙", nil, nil, "桥北社区", "社区戒毒"}, []any{"丙", nil, "清河街道", "桥北社区", "社区戒毒"}),
		func(o *Options) { o.Today.Day = 30 })
	wantAmong(t, counted(r), []string{"dhj 2026-06 comm_detox_active 1/1 C3:C5", "qbs 2026-06 comm_detox_active 2/2 C3:C5"}, nil)
	r = readSheet(t, personsSheet("东湖街道花名册（2026年6月）", []any{"姓名", "身份证号", "所属社区", "人员类别"},
		[]any{"甲", nil, "柳浪社区", "社区戒毒"}, []any{"乙", nil, nil, "社区戒毒"}), func(o *Options) { o.Today.Day = 30 })
	wantAmong(t, counted(r), []string{"dhj 2026-06 comm_detox_active 2/2 C3:C4"}, nil)
	r = readSheet(t, personsSheet("花名册（2026年6月）", []any{"姓名", "身份证号", "管辖街道", "人员类别"},
		[]any{"甲", nil, "东湖街道", "社区戒毒"}, []any{"乙", nil, "东湖街道", "社区戒毒"}, []any{"丙", nil, "清河街道", "社区戒毒"}),
		func(o *Options) { o.Today.Day = 30 })
	wantFindings(t, r, "persons_strange C2")
	wantAmong(t, counted(r), nil, []string{"dhj"}) // the third could be anybody's
}

// Ruling 6: last month's title on this month's file.
func TestPersonsOfTwoMonths(t *testing.T) {
	s := personsSheet("东湖街道花名册（截至2026年5月31日）", []any{"姓名", "身份证号", "人员类别"}, []any{"甲", nil, "社区戒毒"})
	s.Name = "2026年6月"
	r := readSheet(t, s)
	wantFindings(t, r, "period_conflict A1")
	if len(r.Tallies) > 0 || r.Workbook.Verdict != store.Rejected {
		t.Errorf("%s with %v", r.Workbook.Verdict, r.Tallies)
	}
	s = personsSheet("东湖街道花名册（截至2027年5月31日）", []any{"姓名", "身份证号", "人员类别"}, []any{"甲", nil, "社区戒毒"})
	wantFindings(t, readSheet(t, s), "period_future A1")
	s = personsSheet("东湖街道花名册（2026年6月）", []any{"姓名", "身份证号", "人员类别"}, []any{"甲", nil, "社区戒毒"})
	s.Name = "北关街道"
	wantFindings(t, readSheet(t, s), "unit_conflict A1")
}

// Nothing that says who a person is outlives the reading, wherever it stands.
func TestNoIdentitySurvives(t *testing.T) {
	const seed = 7
	dice := rand.New(rand.NewPCG(seed, seed))
	p := planted{dice}
	heads := []any{
		"序号", "姓名", "绰号", "身份证号", "手机号码", "户籍地", "管辖街道", "人员类别", "报到日期", "人员状态", "风险级别", "应检次数", "责任民警", "微信号", "备注",
	}
	names := []string{"佴东篱", "麴半夏", "隗书砚", "戢云岫", "郗晏宁", "覃默川", "闻人栖梧", "澹台砚秋"}
	var secrets []string
	secret := func(s string) string {
		secrets = append(secrets, s)
		return s
	}
	var rows [][]any
	for i := range 300 {
		row := []any{
			i + 1, names[dice.IntN(len(names))], "小" + names[dice.IntN(len(names))], secret(p.id()), secret(p.phone()),
			fmt.Sprintf("菡萏里%d号", dice.IntN(90)), []string{"东湖街道", "北关街道", "长桥街道"}[dice.IntN(3)],
			[]string{"社区戒毒", "社区康复"}[dice.IntN(2)], fmt.Sprintf("202%d-0%d-1%d", 3+dice.IntN(3), 1+dice.IntN(9), dice.IntN(10)),
			[]string{"社区戒毒中", "失控", "请假中"}[dice.IntN(3)], []string{"高", "中", "低"}[dice.IntN(3)], dice.IntN(12),
			names[dice.IntN(len(names))], fmt.Sprint("wx_", secret(fmt.Sprint("abcdefg", i, "x"))), "与" + names[dice.IntN(len(names))] + "同住",
		}
		if dice.IntN(5) == 0 { // in a column that is read
			row[6+dice.IntN(6)] = secret(p.id())
		}
		if dice.IntN(9) == 0 {
			row[7+dice.IntN(4)] = names[dice.IntN(len(names))]
		}
		rows = append(rows, row)
	}
	s := personsSheet("云岭区花名册（2026年6月）经办人"+names[0], heads, rows...)
	r := readSheet(t, s, func(o *Options) { o.Today.Day = 30 })
	if r.Sheets[0].Form != "persons" || r.Sheets[0].Rows == 0 && r.Sheets[0].Verdict != store.Rejected {
		t.Fatalf("%+v", r.Sheets[0])
	}
	if len(r.Records)+len(r.Tasks)+len(r.Cases)+len(r.Statements) > 0 {
		t.Error("a row was kept")
	}
	hides(t, r, append(append(secrets, names...), "菡萏里", "同住")...)
	for _, c := range r.Tallies { // words of dictionaries only
		if c.By != "" && !slices.Contains([]string{
			"?", "", "comm_detox", "comm_rehab", "lost", "leave", "high", "mid", "low", "1", "2", "3", "over",
		}, c.Word) {
			t.Errorf("%+v", c)
		}
	}
}
