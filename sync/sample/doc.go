// Package sample writes a fictitious district as the workbooks that its units
// would keep: layouts that differ from unit to unit as in life, years of
// history that agree with themselves, and a few deliberate faults of the kinds
// that real offices make. Everything follows from a seed and a moment, so that
// a demo and an end-to-end test see the same bytes.
//
// The order of the story: a simulation fills in every figure (model.go,
// station.go, street.go, publicity.go); a plan says which unit keeps which file
// and when it was handed in (plan.go and its neighbours); layouts turn figures
// into sheets and note beside each cell what a correct reading of it gives
// (layout.go); a renderer turns sheets into xlsx or csv (render.go).
//
// What is wrong in the reporting month, on purpose:
//
//	文昌派出所, 西苑社区, 区司法局   have not sent it; 区财政局 has never sent anything
//	西郊街道                   sent it two days late, and more spent than its ledger of funds says: suspect
//	柳湾街道                   left last month's title on it: refused
//	城东派出所                  three cells cannot be read: partial
//	公安分局禁毒大队               typed a total that its rows do not add up to: suspect
//	南湾边防派出所                typed grams under 千克, a thousand times too much: suspect
//	城西派出所                  sent it again with two counts corrected
//	区教育局                   left two different files: conflict
//	滨江派出所                  left a copy of its file: duplicate
//	北关街道                   typed a total into its self-score sheet that its items do not give
//
// Besides, a hidden sheet with an old table, a lock file and an unfinished
// upload lie about, and the ledgers are full of personal data, invented, that
// must never get in.
//
// No person, number or address in it exists: names are rare compounds, mobile
// numbers lie in an unused block and ID numbers in a region without a name.
package sample
