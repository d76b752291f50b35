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
		"on_time":        {"按时", "on time"},
		"missing":        {"未报", "missing"},
	}
	if w, ok := words[code]; ok {
		return lang.Pick(w[0], w[1])
	}
	return code
}

// worded reports whether a column of that key holds codes.
func worded(key string) bool {
	switch key {
	case "kind", "state", "status", "severity", "verdict", "class", "reason":
		return true
	default:
		return false
	}
}
