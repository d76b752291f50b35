package main

import "jindu/store"

// spoken is how a person reads a code of ours; scripts always get the code. A
// code that is not listed stands for itself.
func spoken(code string, lang store.Lang) string {
	words := map[string][2]string{
		"fresh":          {"正常", "fresh"},
		"due":            {"待报", "due"},
		"corrected":      {"更正", "corrected"},
		"late":           {"迟报", "late"},
		"partial":        {"部分", "partial"},
		"suspect":        {"待核", "suspect"},
		"stale":          {"陈旧", "stale"},
		"source_down":    {"断源", "source down"},
		"never":          {"未报", "never"},
		"refused":        {"拒收", "refused"},
		"conflict":       {"冲突", "conflict"},
		"accepted":       {"接受", "accepted"},
		"error":          {"错误", "error"},
		"warning":        {"警告", "warning"},
		"info":           {"说明", "note"},
		"done":           {"已办", "done"},
		"overdue":        {"超期", "overdue"},
		"due_soon":       {"三日内", "due soon"},
		"open":           {"在办", "open"},
		"undated":        {"未定期", "undated"},
		"paused":         {"暂缓", "paused"},
		"criminal":       {"刑事", "criminal"},
		"admin":          {"行政", "administrative"},
		"stock":          {"存量", "stock"},
		"flow":           {"流量", "flow"},
		"ratio":          {"比率", "ratio"},
		"check":          {"是否", "check"},
		"station":        {"派出所", "station"},
		"border_station": {"边防派出所", "border station"},
		"bureau":         {"公安分局", "bureau"},
		"street":         {"街道", "street"},
		"community":      {"社区", "community"},
		"department":     {"成员单位", "department"},
		"office":         {"禁毒办", "office"},
		"all":            {"各单位", "all units"},
		"report":         {"报表", "report"},
		"ledger":         {"台账", "ledger"},
		"counted":        {"人员台账，只计数", "persons, counted only"},
		"closed":         {"期间已封存", "period closed"},
		"large":          {"变动过大", "large change"},
		"withdrawn":      {"已撤回", "withdrawn"},
		"met":            {"达标", "met"},
		"lacking":        {"未达标", "lacking"},
		"unknown":        {"未知", "unknown"},
		"exempt":         {"不适用", "exempt"},
		"on_time":        {"按时", "on time"},
		"missing":        {"未报", "missing"},
		"mirror":         {"计算", "computed"},
		"unit":           {"自评", "self-score"},
		"reached":        {"达标", "reached"},
		"missed":         {"未达标", "missed"},
		"undecided":      {"未定", "undecided"},
		"veto":           {"触犯否决项", "veto"},
		"disputed":       {"自评总分与各项不符", "self-score disputed"},
		"no_figure":      {"未报", "not reported"},
		"not_apply":      {"不适用", "does not apply"},
		"no_score":       {"没有自评", "no self-score"},
		"scored_twice":   {"自评两次", "scored twice"},
		"over_points":    {"超过标准分", "more than its points"},
		"other_points":   {"标准分不同", "other points"},
		"no_evidence":    {"缺台账", "evidence lacking"},
	}
	if w, ok := words[code]; ok {
		return lang.Pick(w[0], w[1])
	}
	return code
}

// worded reports whether a column of that key holds codes.
func worded(key string) bool {
	switch key {
	case "kind", "state", "status", "severity", "verdict", "class", "reason", "by":
		return true
	default:
		return false
	}
}
