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
// No person, number or address in it exists: names are rare compounds, mobile
// numbers lie in an unused block and ID numbers in a region without a name.
package sample
