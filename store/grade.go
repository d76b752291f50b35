package store

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// ScoresForm is the ledger in which a unit scores itself item by item, 等级评定自评表.
const ScoresForm = "scores"

// Grade is a scheme by which units are graded, 等级评定: what is scored, how, and
// how many points make which level. All of it is the district's configuration,
// since every province has its own.
type Grade struct {
	Code     string
	Name     string // 街道禁毒工作等级评定
	English  string
	Source   string // the document that sets it
	Assessed Date   // the day of the assessment; zero: not said
	Kinds    []UnitKind
	Units    []string     // codes of further units
	Target   string       // code of the level that units are to reach; empty: none
	Pilots   []GradePilot // units with a target of their own
	Levels   []GradeLevel // the best first, each with fewer points than the one before
	Items    []GradeItem
}

// GradePilot is a unit that is to reach another level than the rest, 试点.
type GradePilot struct {
	Unit   string
	Target string // code of a level
}

// GradeLevel is one grade, 一级.
type GradeLevel struct {
	Code    string
	Name    string
	English string
	Least   float64 // points from which on it is reached
	Veto    bool    // a broken veto item rules it out
}

// GradeItem is one thing that is scored. What has an Indicator is scored by one of:
// Bands, points from a value on; Full and None, a straight line between two values;
// Deduct, so many points less for each; or as long as its veto is not broken. What
// has Lacking alone is scored by the evidence that is there, and the rest by hand.
type GradeItem struct {
	Code    string
	Name    string // 社区戒毒社区康复执行率
	Short   string // for heads of narrow columns
	English string
	Brief   string   // English for heads of narrow columns
	Names   []string // as self-score sheets call it besides
	Group   string   // heading that it stands under in the scheme
	Points  float64  // at most

	Indicator string // by which the mirror scores it
	Base      string // with Deduct: what Indicator lacks of this one costs the points
	YearRound bool   // of a flow: the months from January on, all of which must be known
	Bands     []GradeBand
	AtMost    bool // bands hold up to their value and not from it on
	Straight  bool // Full and None are said
	Full      float64
	None      float64
	Deduct    float64

	Evidence []string // codes of the forms that must be there
	Lacking  float64  // points less for each of them that is not

	Veto  bool
	Above bool    // a veto is broken above Limit and not below it
	Limit float64 // of Indicator
}

// GradeBand gives Points to values from At on.
type GradeBand struct {
	At     float64
	Points float64
}

// Label returns the scheme's name in the language.
func (g Grade) Label(l Lang) string { return l.Pick(g.Name, first(g.English, g.Name)) }

// Label returns the level's name in the language.
func (v GradeLevel) Label(l Lang) string { return l.Pick(v.Name, first(v.English, v.Name)) }

// Label returns the item's name in the language.
func (i GradeItem) Label(l Lang) string { return l.Pick(i.Name, first(i.English, i.Name)) }

// Head returns the item's short name in the language.
func (i GradeItem) Head(l Lang) string {
	return l.Pick(first(i.Short, i.Name), first(i.Brief, i.English, i.Short, i.Name))
}

// ByHand reports whether only people can score the item.
func (i GradeItem) ByHand() bool { return i.Indicator == "" && i.Lacking == 0 }

// Covers reports whether the scheme is about the unit.
func (g Grade) Covers(u Unit) bool {
	return slices.Contains(g.Units, u.Code) || slices.Contains(g.Kinds, u.Kind) || g.pilot(u.Code) != nil
}

func (g Grade) pilot(unit string) *GradePilot {
	for i := range g.Pilots {
		if g.Pilots[i].Unit == unit {
			return &g.Pilots[i]
		}
	}
	return nil
}

// TargetOf returns the place of the level that the unit is to reach, and whether it
// is a pilot with a target of its own; -1: none.
func (g Grade) TargetOf(unit string) (level int, pilot bool) {
	code := g.Target
	if p := g.pilot(unit); p != nil {
		code, pilot = p.Target, true
	}
	return slices.IndexFunc(g.Levels, func(v GradeLevel) bool { return v.Code == code }), pilot
}

// Points returns how many there are to be had.
func (g Grade) Points() float64 {
	sum := 0.0
	for _, i := range g.Items {
		sum += i.Points
	}
	return round2(sum)
}

// LevelAt returns the place of the best level that so many points reach; a broken
// veto rules levels out. Where none is reached it is the number of levels.
func (g Grade) LevelAt(points float64, vetoed bool) int {
	for k, v := range g.Levels {
		if points >= v.Least && (!vetoed || !v.Veto) {
			return k
		}
	}
	return len(g.Levels)
}

// PointsFor returns what a value of the item's indicator is worth, before any
// lacking evidence; base is the value of Base.
func (i GradeItem) PointsFor(v, base float64) float64 {
	switch {
	case len(i.Bands) > 0:
		best := 0.0
		for _, b := range i.Bands {
			if v >= b.At && !i.AtMost || v <= b.At && i.AtMost {
				best = max(best, b.Points)
			}
		}
		return min(best, i.Points)
	case i.Straight:
		share := (v - i.None) / (i.Full - i.None)
		return math.Round(i.Points*min(1, max(0, share))*10) / 10
	case i.Deduct > 0:
		n := v
		if i.Base != "" {
			n = base - v
		}
		return round2(max(0, i.Points-i.Deduct*max(0, n)))
	case i.Breaks(v):
		return 0
	default:
		return i.Points
	}
}

// Breaks reports whether a value of the indicator breaks the item's veto.
func (i GradeItem) Breaks(v float64) bool {
	return i.Veto && (i.Above && v > i.Limit || !i.Above && v < i.Limit)
}

// Means reports whether a row of a self-score sheet that is headed so is about the item.
func (i GradeItem) Means(text string) bool {
	key := gradeKey(text)
	return key != "" && slices.ContainsFunc(append([]string{i.Name, i.Code}, i.Names...), func(one string) bool {
		return gradeKey(one) == key
	})
}

// numerals are what items are numbered with, before a mark of enumeration.
const numerals = "0123456789一二三四五六七八九十"

// gradeKey is what tells items apart: letters and digits, without the number in front.
func gradeKey(text string) string {
	text = strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - '！' + '!' // written with an input method left on
		}
		return unicode.ToLower(r)
	}, strings.TrimSpace(text))
	text = strings.TrimLeft(text, "(")
	if rest := strings.TrimLeft(text, numerals); rest != text {
		if bare := strings.TrimLeft(rest, "、.) "); bare != rest {
			text = bare
		}
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

func round2(v float64) float64 { return math.Round(v*100) / 100 }
