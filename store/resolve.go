package store

import (
	"cmp"
	"slices"
	"time"
)

// Claim is a statement in force: what a file says of a figure, and since when
// it has said the same without a break.
type Claim struct {
	Statement
	File  int64     // the file, whatever its name and version
	Live  bool      // the file is there and still speaks of the period
	Pull  int64     // the pull since which it says so
	Since time.Time // the moment since which it says so
}

// Same reports whether two statements say the same.
func (s Statement) Same(t Statement) bool {
	if s.NotApplicable || t.NotApplicable {
		return s.NotApplicable == t.NotApplicable
	}
	return s.Value == t.Value
}

// Resolution is what the claims to one figure come to. The indices are those
// of the claims given; -1 is none.
type Resolution struct {
	Winner     int   // the claim that applies; none where nobody says anything or two contradict
	Newer      int   // in a conflict: the claim that contradicts
	Older      int   // and the one that it contradicts
	Duplicates []int // claims that say again what the winner's file says
	Differing  []int // restatements that disagree with the period's own report of the same pull
}

// Conflict reports whether two files, both the report of the period, contradict each other.
func (r Resolution) Conflict() bool { return r.Newer >= 0 }

// Resolve decides which of the claims to one figure applies. The period's own
// report comes first, and of those the ones whose file is there; two files
// that differ are a conflict in which nothing applies. A restatement corrects
// the own report only if it was first made in a later pull.
func Resolve(claims []Claim) Resolution {
	r := Resolution{Winner: -1, Newer: -1, Older: -1}
	own, restated := sortClaims(claims)
	if len(own) == 0 {
		if len(restated) > 0 {
			r.Winner = restated[len(restated)-1]
		}
		return r
	}
	first, last := own[0], own[len(own)-1]
	for _, i := range own[1:] {
		if !claims[i].Same(claims[first].Statement) {
			r.Newer, r.Older = i, first
			r.Duplicates = nil
			return r
		}
		r.Duplicates = append(r.Duplicates, i)
	}
	r.Winner = first
	for _, i := range restated {
		switch {
		case claims[i].Same(claims[first].Statement):
		case claims[i].Pull == claims[last].Pull:
			r.Differing = append(r.Differing, i)
		}
	}
	if len(restated) == 0 {
		return r
	}
	latest := restated[len(restated)-1]
	if claims[latest].Pull > claims[last].Pull && !claims[latest].Same(claims[first].Statement) {
		r.Winner = latest
	}
	return r
}

// sortClaims parts the claims into the period's own reports and restatements,
// each oldest first. Own reports of files that are gone or have moved on count
// only where no live one is left. (A live one that applies voids them for good,
// so where several are left they contradicted each other when they went.)
func sortClaims(claims []Claim) (own, restated []int) {
	var past []int
	for i, c := range claims {
		switch {
		case !c.Own:
			restated = append(restated, i)
		case c.Live:
			own = append(own, i)
		default:
			past = append(past, i)
		}
	}
	for _, list := range [][]int{own, restated, past} {
		slices.SortFunc(list, func(i, j int) int { return compareAge(claims[i], claims[j]) })
	}
	if len(own) == 0 {
		own = past
	}
	return own, restated
}

// compareAge orders claims by when they were first made.
func compareAge(a, b Claim) int {
	return cmp.Or(
		cmp.Compare(a.Pull, b.Pull),
		a.Since.Compare(b.Since),
		cmp.Compare(a.Cell.Workbook, b.Cell.Workbook),
	)
}

// MovedOn reports whether a file that spoke of the period then and of another
// one now has simply been used again for the next report: the new period was
// not over when the old one was stated. If it was over, the old period was a
// slip that has been mended, and what was stated for it must not stay.
func MovedOn(then Period, stated time.Time, now Period) bool {
	return then.End().Before(now.Start()) && DateOf(stated).Before(now.End().Add(1))
}

// Distil reduces what one workbook says to one statement for each figure. The
// period's own statement outranks a restatement beside it; two of one rank
// that differ contradict each other, and neither is kept. Differing lists
// those restatements, Contradicted the later of each contradicting pair.
func Distil(all []Statement) (kept, differing, contradicted []Statement) {
	best := make(map[Key]int, len(all))
	kept = make([]Statement, 0, len(all))
	void := map[Key]bool{}
	for _, s := range all {
		i, seen := best[s.Key]
		switch {
		case !seen:
			best[s.Key] = len(kept)
			kept = append(kept, s)
		case kept[i].Same(s):
			kept[i].Suspect = kept[i].Suspect || s.Suspect
			if s.Own && !kept[i].Own {
				s.Suspect = kept[i].Suspect
				kept[i] = s
			}
		case s.Own && !kept[i].Own:
			differing = append(differing, kept[i])
			kept[i] = s
			delete(void, s.Key)
		case kept[i].Own && !s.Own:
			differing = append(differing, s)
		default:
			contradicted = append(contradicted, s)
			void[s.Key] = true
		}
	}
	kept = slices.DeleteFunc(kept, func(s Statement) bool { return void[s.Key] })
	return kept, differing, contradicted
}
