package sample

import "jindu/store"

// word is how offices write an indicator in their heads: the formal name, the
// usual one and the shortest. Every one of them stands in the catalogue as the
// name or an alias of this indicator and of no other.
type word struct {
	code    string
	measure string
	kind    store.Kind
	names   [3]string
	top     string // numerator, ratios only
	bottom  string // denominator, ratios only
}

// words is the vocabulary of the district by indicator.
func words() map[string]word {
	out := map[string]word{}
	for _, list := range [][]word{registerWords(), controlWords(), programmeWords(), enforcementWords(), otherWords()} {
		for _, w := range list {
			out[w.code] = w
		}
	}
	return out
}

// stock is an indicator that is counted at a moment.
func stock(code, measure, formal, usual, short string) word {
	return word{code: code, measure: measure, kind: store.Stock, names: [3]string{formal, usual, short}}
}

// flow is an indicator that adds up over time.
func flow(code, measure, formal, usual, short string) word {
	return word{code: code, measure: measure, kind: store.Flow, names: [3]string{formal, usual, short}}
}

// share is a ratio in percent, recomputed from its parts.
func share(code, top, bottom, formal, usual, short string) word {
	return word{code, "%", store.Ratio, [3]string{formal, usual, short}, top, bottom}
}

// registerWords names who is known to the police, and since when.
func registerWords() []word {
	return []word{
		stock("reg_total", "人", "在册吸毒人员数", "登记在册吸毒人员", "在册人数"),
		stock("reg_current", "人", "现有吸毒人员数", "现有吸毒人员", "现有人数"),
		flow("reg_new", "人", "新增吸毒人员", "新发现吸毒人员", "新增人数"),
		flow("reg_new_u18", "人", "新增未成年吸毒人员", "18岁以下", "未成年人"),
		stock("clean3y_total", "人", "戒断三年未复吸人数", "戒断三年未发现复吸", "戒断三年数"),
		flow("relapse_found", "人次", "查获复吸人员", "复吸人员", "查获复吸"),
		stock("dead_total", "人", "死亡人数", "已死亡", "死亡数"),
		stock("abroad_total", "人", "出国(境)人数", "出国(境)", "离境"),
	}
}

// controlWords names how far they are under control.
func controlWords() []word {
	return []word{
		stock("lost_total", "人", "失控(脱失)人数", "失控人数", "脱失人数"),
		stock("risk_high", "人", "高风险人数", "高风险", "高风险类"),
		stock("risk_mid", "人", "中风险人数", "中风险", "中风险类"),
		stock("risk_low", "人", "低风险人数", "低风险", "低风险类"),
		stock("custody_total", "人", "羁押服刑人数", "在押", "在押"),
		stock("control_due", "人", "应管控人数", "应管控", "应管控人员"),
		stock("control_in", "人", "在控人数", "实际在控", "在控人员"),
		flow("seen_due", "人", "应见面人数", "应见面", "应见面"),
		flow("seen_done", "人", "已见面人数", "已见面", "实见面"),
		share("seen_rate", "seen_done", "seen_due", "见面率", "见面率", "逐人见面"),
	}
}

// programmeWords names the community programmes, what streets spend on them and
// the quarterly form.
func programmeWords() []word {
	return []word{
		flow("comm_detox_ordered", "人次", "责令社区戒毒", "责令社区戒毒", "社区戒毒人数"),
		flow("comm_rehab_ordered", "人次", "责令社区康复", "责令社区康复", "责令社区康复"),
		stock("comm_detox_active", "人", "在执行社区戒毒", "在执行社区戒毒人数", "社区戒毒数"),
		stock("comm_rehab_active", "人", "在执行社区康复", "在执行社区康复人数", "社区康复数"),
		flow("report_in_due", "人", "应报到人数", "应报到", "应报到数"),
		flow("report_in_done", "人", "按期报到人数", "已报到", "已报到人数"),
		share("report_in_rate", "report_in_done", "report_in_due", "报到率", "报到率", "报到率"),
		stock("not_reported", "人", "逾期未报到人数", "逾期未报到", "未报到"),
		flow("agreement_signed", "人", "已签协议人数", "签订协议数", "已签协议"),
		share("agreement_rate", "agreement_signed", "report_in_done", "协议签订率", "协议签订率", "协议签订率"),
		stock("exec_due", "人", "应执行人数", "应执行", "应执行数"),
		stock("exec_active", "人", "正在执行人数", "正在执行数", "实际执行"),
		share("exec_rate", "exec_active", "exec_due", "社区戒毒社区康复执行率", "社戒社康执行率", "社区戒毒执行率"),
		flow("urine_due", "人次", "应尿检人次", "应检人次", "应检数"),
		flow("urine_done", "人次", "已尿检人次", "尿检人次", "实检数"),
		share("urine_rate", "urine_done", "urine_due", "尿检率", "按期尿检率", "检测率"),
		flow("urine_positive", "人次", "尿检阳性人次", "阳性数", "呈阳性"),
		flow("hair_tests", "人次", "毛发检测人次", "毛发检测", "毛检"),
		flow("breach_serious", "人", "严重违反协议人数", "严重违反社区戒毒协议", "违反协议"),
		flow("released_month", "人", "解除人数", "期满解除", "解除数"),
		flow("care_visits", "人次", "平安关爱走访帮扶人次", "走访帮扶人次", "走访帮扶"),
		flow("fund_received", "万元", "到账专项经费", "到位金额", "到账金额"),
		flow("fund_spent", "万元", "已支出专项经费", "支出金额", "支出经费"),
		flow("fund_misuse", "笔", "非专项支出笔数", "违规支出", "用途不符"),
		stock("staff_full", "人", "专职工作人员", "禁毒专干", "专职人员"),
		stock("volunteers", "人", "禁毒志愿者人数", "禁毒志愿者", "志愿者人数"),
		stock("employable", "人", "有就业能力人数", "有就业能力", "有劳动能力人数"),
		stock("employed", "人", "已就业人数", "已就业", "安置就业人数"),
		share("employ_rate", "employed", "employable", "就业安置率", "就业安置率", "就业率"),
		stock("files_due", "份", "应建档数", "应建档", "应建档"),
		stock("files_complete", "份", "齐全档案数", "齐全档案", "已建档"),
		share("file_complete_rate", "files_complete", "files_due", "一人一档完整率", "档案完整率", "建档率"),
		flow("relapse_persons", "人", "期内复吸人数", "期内复吸人员", "期内复吸人数"),
		stock("programme_persons", "人", "社戒社康在管人数", "社戒社康人员总数", "社戒社康在管人数"),
		share("relapse_rate", "relapse_persons", "programme_persons", "复吸率", "复吸率", "复吸比例"),
		stock("grade_score", "分", "等级评定自评得分", "自评分", "自评分"),
	}
}

// enforcementWords names what is solved, caught and seized. Weights are kept in
// grams; tablets are weighed, not counted.
func enforcementWords() []word {
	return []word{
		flow("case_criminal", "起", "破获毒品刑事案件", "破获毒品案件", "刑事案件"),
		flow("case_admin", "起", "查处涉毒行政案件", "涉毒行政案件", "行政案件"),
		flow("suspects", "名", "抓获犯罪嫌疑人", "抓获嫌疑人", "犯罪嫌疑人"),
		flow("detained", "人", "刑事拘留", "刑拘", "刑拘"),
		flow("arrested", "人", "逮捕", "批准逮捕", "批捕"),
		flow("prosecuted", "人", "移送起诉", "审查起诉", "移送起诉"),
		flow("users_found", "人次", "查处吸毒人员", "查获吸毒人员", "抓获吸毒人员"),
		flow("compulsory_dec", "人", "强制隔离戒毒决定", "强制隔离戒毒", "强戒"),
		flow("clues_received", "条", "举报线索", "群众举报线索", "线索"),
		flow("drug_driving", "起", "查处毒驾", "毒驾", "毒驾"),
		flow("gangs_broken", "个", "打掉贩毒团伙", "贩毒团伙", "打掉团伙"),
		flow("labs_destroyed", "处", "捣毁制毒窝点", "制毒窝点", "制毒窝点"),
		flow("seized_heroin_g", "克", "缴获海洛因", "海洛因", "海洛因"),
		flow("seized_meth_g", "克", "缴获冰毒(晶体)", "冰毒", "甲基苯丙胺"),
		flow("seized_yaba_g", "克", "缴获冰毒片剂(麻古)", "麻古", "麻古"),
		flow("seized_ketamine_g", "克", "缴获氯胺酮", "氯胺酮", "K粉"),
		flow("seized_cannabis_g", "克", "缴获大麻", "大麻", "大麻"),
		flow("seized_etomidate_g", "克", "缴获依托咪酯类", "依托咪酯", "依托咪酯"),
		flow("seized_other_g", "克", "缴获其他毒品", "缴获其他毒品", "新型毒品"),
		flow("seized_total_g", "克", "缴获毒品合计", "缴获各类毒品", "缴获毒品总量"),
	}
}

// otherWords names venues, precursors, publicity and what single departments count.
func otherWords() []word {
	return []word{
		flow("venue_inspected", "家次", "娱乐场所检查家次", "清查场所", "检查家次"),
		stock("venue_problem_open", "家", "场所问题未整改", "责令限期整改", "待整改"),
		flow("venue_closed", "家", "停业整顿/吊销", "停业整顿", "停业整顿"),
		flow("venue_covered", "家", "已检查场所数", "已检查家数", "已检查场所"),
		stock("venue_total", "家", "在册场所数", "场所总数", "在册场所"),
		share("venue_cover_rate", "venue_covered", "venue_total", "场所检查覆盖率", "覆盖率", "排查率"),
		stock("precursor_ent", "家", "易制毒化学品企业数", "易制毒企业", "易制毒企业"),
		flow("precursor_inspected", "家次", "易制毒企业检查家次", "易制毒检查", "检查企业"),
		stock("precursor_hazard_open", "处", "易制毒隐患未整改", "易制毒隐患未整改", "易制毒隐患未整改"),
		flow("pub_events", "场次", "宣传活动场次", "宣传活动", "活动次数"),
		flow("pub_banners", "条", "悬挂横幅", "横幅", "横幅条数"),
		flow("pub_points", "个", "宣传点", "宣传点", "设置宣传点"),
		flow("pub_leaflets", "份", "发放宣传资料", "宣传资料", "发放资料"),
		flow("pub_reached", "人次", "受教育人数", "受教育人次", "受教育群众"),
		stock("mmt_active", "人", "药物维持治疗人数", "美沙酮维持治疗", "药物治疗数"),
		flow("safety_asked", "份", "安全感调查答卷数", "安全感调查答卷数", "安全感调查答卷数"),
		flow("safety_drug", "份", "涉毒原因答卷数", "涉毒原因答卷数", "涉毒原因答卷数"),
		share("safety_drug_share", "safety_drug", "safety_asked", "安全感调查涉毒占比", "影响安全感原因占比", "影响安全感原因占比"),
		flow("convicted", "人", "判决人数", "有罪判决", "判决"),
		flow("plants_found", "株", "铲除毒品原植物", "铲除毒品原植物", "铲除毒品原植物"),
	}
}
