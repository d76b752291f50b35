package sample

// line is one sentence of the year's work plan and the units that it binds.
type line struct {
	title string
	area  int // of the nine strengthenings
	units []string
}

// agenda is the work plan, from which the task ledger is made.
func agenda() []line {
	return []line{
		{"调整充实禁毒工作领导小组", 2, []string{"dhj", "lwj", "jyj"}},
		{"制定年度毒品预防教育计划", 4, []string{"xcb", "jyj"}},
		{"在辖区主要路口悬挂禁毒横幅", 4, []string{"xjj", "cqj"}},
		{"报送禁毒工作月报表", 2, []string{"cxs", "wcs"}},
		{"完成在册人员逐人见面", 5, []string{"cds", "bjs", "sms"}},
		{"开展无毒社区创建", 2, []string{"cqj", "bgj"}},
		{"开展娱乐场所涉毒专项检查", 6, []string{"jdd", "wlj"}},
		{"完善低收入戒毒家庭救助办法", 5, []string{"mzj"}},
		{"开展禁毒志愿者培训", 4, []string{"tqw", "qfl"}},
		{"完善戒毒医疗服务流程", 5, []string{"wjj"}},
		{"配齐社区戒毒社区康复专职工作人员", 5, []string{"wcj", "lwj"}},
		{"清查易制毒化学品生产经营企业", 7, []string{"yjj", "scj"}},
		{"组织易制毒企业法定代表人培训", 7, []string{"yjj"}},
		{"核查强制隔离戒毒期满人员衔接情况", 5, []string{"sfj", "dhj"}},
		{"督促落实禁毒经费专款专用", 9, []string{"czj"}},
		{"将禁毒经费列入年度预算", 9, []string{"czj", "jdb"}},
		{"整改省督导组反馈的台账问题", 3, []string{"jdb", "xjj", "bgj"}},
		{"建立毒品犯罪案件快审机制", 6, []string{"qfy", "jcy"}},
		{"开展打击零包贩毒专项行动", 6, []string{"jdd", "bgs"}},
		{"设立边境公开查缉点", 6, []string{"nwb", "gdb"}},
		{"开展寄递物流涉毒隐患排查", 6, []string{"scj", "lws"}},
		{"组织毒品预防教育进校园", 4, []string{"jyj"}},
		{"踏查辖区禁种铲毒情况", 6, []string{"nyj", "qss"}},
		{"更新社区禁毒宣传栏", 4, []string{"whc", "qbc", "qnc", "xyc"}},
		{"完成吸毒人员风险等级复评", 5, []string{"cxs", "lws"}},
		{"召开半年禁毒工作讲评会", 1, []string{"jdb"}},
		{"完成一人一档档案自查", 5, []string{"dhj", "wcj"}},
		{"开展毒驾联合整治", 6, []string{"jdd", "cds"}},
		{"编印禁毒法律法规读本", 3, []string{"sfj"}},
		{"迎接省禁毒委半年考核", 2, []string{"jdb"}},
	}
}
