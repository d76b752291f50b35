package tuitest

import (
	"slices"
	"strconv"

	"jindu/store"
)

// campaigns are the publicity month and an operation, both going on, with those of
// the year before that they are compared with.
func campaigns() []store.Campaign {
	june := []string{"pub_events", "pub_banners", "pub_points", "pub_leaflets", "pub_reached"}
	strike := []string{"case_criminal", "suspects", "seized_total_g", "users_found"}
	force := []store.UnitKind{store.Station, store.BorderStation}
	return []store.Campaign{
		{
			Code: "june", Name: "全民禁毒宣传月", English: "Publicity month", From: store.NewDate(2026, 6, 1), To: store.NewDate(2026, 6, 30),
			Document: "云禁毒〔2026〕3号", Indicators: june, Against: "june25", Plan: "宣传月工作方案",
			Kinds: []store.UnitKind{store.Street, store.Station},
		},
		{Code: "june25", Name: "上年全民禁毒宣传月", English: "Publicity month 2025", From: store.NewDate(2025, 6, 1), To: store.NewDate(2025, 6, 30), Indicators: june},
		{
			Code: "strike", Name: "禁毒百日攻坚", English: "Hundred days", From: store.NewDate(2026, 5, 1), To: store.NewDate(2026, 8, 8),
			Indicators: strike, Against: "strike25", Kinds: force, Word: "百日攻坚",
		},
		{Code: "strike25", Name: "上年禁毒百日攻坚", English: "Hundred days 2025", From: store.NewDate(2025, 5, 1), To: store.NewDate(2025, 8, 8), Indicators: strike, Word: "百日攻坚"},
	}
}

// campaignTargets are what the campaigns should bring.
func campaignTargets() []store.Target {
	streets, stations := []store.UnitKind{store.Street}, []store.UnitKind{store.Station}
	return []store.Target{
		{Indicator: "pub_events", Value: 40, Every: "june"},
		{Indicator: "pub_banners", Value: 180, Every: "june"},
		{Indicator: "pub_reached", Value: 12000, Every: "june"},
		{Indicator: "pub_banners", Value: 20, Kinds: streets, Every: "june"},
		{Indicator: "pub_banners", Value: 12, Kinds: stations, Every: "june"},
		{Indicator: "case_criminal", Value: 60, Every: "strike"},
		{Indicator: "seized_total_g", Value: 1500, Every: "strike"},
		{Indicator: "case_criminal", Value: 6, Kinds: stations, Every: "strike"},
	}
}

// ledgerRows are activities of some of the units and cases of the stations, of this
// year and the last.
func (b *builder) ledgerRows() {
	places := []string{"学校", "社区", "广场", "车站", "企业", "学校"}
	forms := []string{"讲座", "设点咨询", "展览", "入户", "典型案例", ""}
	titles := []string{"禁毒宣传进校园", "全民禁毒宣传月集中宣传", "防范新型毒品知识讲座", "禁毒流动展板进社区", "以案说法"}
	for i, unit := range []string{"xj", "cq", "dh", "bgj", "cx", "cd", "bj"} {
		for _, year := range []int{2025, 2026} {
			for k := range 4 + i%3 {
				day := store.NewDate(year, 6, 1+(3*k+i)%20)
				n := float64(i + k + 2*(year-2026))
				b.data.Records = append(b.data.Records, store.Record{
					ID: unit + strconv.Itoa(year) + strconv.Itoa(k), Form: "publicity", Unit: unit, Day: day, KnownFrom: received(unit, b.data.Period),
					Cell: b.ledgerCell(unit, "宣传活动台账", "B"+strconv.Itoa(4+k)),
					Values: map[string]store.Value{
						"day":      {Kind: store.DateField, Day: day},
						"title":    {Kind: store.TitleField, Text: titles[(i+k)%len(titles)]},
						"place":    {Kind: store.WordField, Text: places[(i+k)%len(places)]},
						"form":     {Kind: store.WordField, Text: forms[(i+2*k)%len(forms)]},
						"banners":  {Kind: store.CountField, Number: 2 + n, Ref: "G" + strconv.Itoa(4+k)},
						"leaflets": {Kind: store.CountField, Number: 100 + 10*n},
						"reached":  {Kind: store.CountField, Number: 150 + 35*n},
						"points":   {Kind: store.CountField, Number: 1},
						"media":    {Kind: store.CountField, Number: float64(k % 2)},
						"boards":   {Kind: store.CountField, Number: 2},
					},
				})
			}
		}
	}
	slices.SortStableFunc(b.data.Records, func(x, y store.Record) int { return y.Day.Time().Compare(x.Day.Time()) })
	for i, unit := range []string{"cx", "cd", "bj", "bg", "sm", "wc", "lw", "qs", "nw", "gd"} {
		for _, year := range []int{2025, 2026} {
			for k := range 3 + i%2*(year-2025) {
				solved := store.NewDate(year, 4, 28).Add(14*k + i)
				b.data.CaseRows = append(b.data.CaseRows, store.Case{
					ID: "case" + unit + strconv.Itoa(year) + strconv.Itoa(k), Unit: unit, Type: "贩卖毒品", Class: "criminal",
					Accepted: solved.Add(-5), Solved: solved, Suspects: 1 + k%2, Detained: 1, Drug: "冰毒", SeizedG: 12.5 * float64(1+k),
					Campaign: map[bool]string{true: "禁毒百日攻坚"}[k != 1 || i%3 > 0], KnownFrom: received(unit, b.data.Period),
					Cell: b.ledgerCell("jd", "案件台账", "H"+strconv.Itoa(9+10*i+k)),
				})
			}
		}
	}
}

// ledgerCell is where a row of a unit's ledger stands.
func (b *builder) ledgerCell(unit, sheet, ref string) store.Cell {
	u, _ := b.data.Units.ByCode(unit)
	return store.Cell{Workbook: b.book(unit), Source: "share", Path: shortName(u.Name) + "/2026/" + u.Name + sheet + ".xlsx", Sheet: sheet, Ref: ref}
}

// surveys are what the office heard from the people, by quarter.
func (b *builder) surveys() {
	last := b.data.Period.Of(store.Quarter)
	for i, share := range []float64{31, 29, 30, 24, 25, 21, 18} {
		p := last.Add(i - 7)
		for code, v := range map[string]float64{"safety_drug": share, "safety_asked": 620} {
			ind, _ := b.cat.ByCode(code)
			b.stated(ind, p, v)
		}
	}
}

// stated is a figure of the office.
func (b *builder) stated(ind store.Indicator, p store.Period, v float64) {
	came := received("jdb", b.data.Period)
	b.data.Figures = append(b.data.Figures, store.Figure{
		Key: store.Key{Unit: "jdb", Indicator: ind.Code, Period: p}, Value: v, Version: 1, KnownFrom: came, Received: came, FirstArrived: came,
		Cell: store.Cell{Workbook: b.book("jdb"), Source: "share", Path: "禁毒办/群众安全感调查.xlsx", Sheet: p.String(), Ref: "C5"},
	})
	b.data.Reporting = append(b.data.Reporting, store.UnitIndicator{Unit: "jdb", Indicator: ind.Code})
}
