package store

import (
	"slices"
	"time"
)

// Decision is what an officer decided.
type Decision string

// The decisions.
const (
	Accept Decision = "accept"
	Reject Decision = "reject"
)

// Matter is what an officer was asked about.
type Matter string

// The matters: a value that waits, two files that contradict each other, a
// correction that has applied already and is only taken note of.
const (
	PendingMatter    Matter = "pending"
	ConflictMatter   Matter = "conflict"
	CorrectionMatter Matter = "correction"
)

// What an officer may write: a sentence, and a post or a login; in characters.
const (
	LongestReason = 200
	LongestPerson = 40
)

// Acknowledgement is one decision of an officer about one figure: who, when, why
// and about which value in which cell of which bytes. It is kept apart from the
// mirror, so that a mirror made anew from the same files shows the same again.
type Acknowledgement struct {
	ID       int64 // order of the decisions, from 1
	Key      Key
	Matter   Matter
	Decision Decision
	Wait     Wait // why the value waited; nothing for other matters
	Decided  Stated
	Stood    Stated // what stood until then; without a cell where nothing did
	Others   []Num  // of a conflict: what the files say that were not chosen
	Reason   string // screened: no personal data
	By       string // a post or a login, screened
	At       time.Time
	// KnownFrom is when the mirror took it in; zero: it has not yet.
	KnownFrom time.Time
}

// Stated is a value with the cell that states it. Of the cell only source, path,
// hash, sheet and address are kept.
type Stated struct {
	Number    Num
	Cell      Cell
	Received  time.Time // when the workbook arrived
	KnownFrom time.Time // when the mirror learned the value; it is not kept
}

// Since returns since when the value is known, as far as that is.
func (s Stated) Since() time.Time {
	if s.KnownFrom.IsZero() {
		return s.Received
	}
	return s.KnownFrom
}

// About reports whether the decision was about this value of this workbook, and
// therefore needs no asking again.
func (a Acknowledgement) About(sha256 string, v Num, w Wait) bool {
	return a.Matter != CorrectionMatter && a.Decided.Cell.SHA256 == sha256 && a.Decided.Number == v &&
		(a.Wait == WaitWithdrawn) == (w == WaitWithdrawn)
}

// Standing returns what stood after the decision, and whether anything did.
func (a Acknowledgement) Standing() (Stated, bool) {
	s := a.Decided
	switch {
	case a.Decision == Reject:
		s = a.Stood
	case a.Wait == WaitWithdrawn:
		return Stated{}, false
	}
	return s, s.Cell.SHA256 != ""
}

// DecisionOn returns what was decided about a value of a workbook, the latest
// word first; nothing where nobody was asked. The list is in the order of the
// decisions.
func DecisionOn(all []Acknowledgement, sha256 string, v Num, w Wait) Decision {
	for _, a := range slices.Backward(all) {
		if a.About(sha256, v, w) {
			return a.Decision
		}
	}
	return ""
}

// Choice returns what an officer chose where files contradict each other. It holds
// as long as every file says what it said then, or has come round to what was
// chosen: who says something new is heard again. The list of decisions is in
// their order.
func Choice(claims []Claim, all []Acknowledgement) (chosen Num, ok bool) {
	var choice *Acknowledgement
	for i := range all {
		if all[i].Matter == ConflictMatter {
			choice = &all[i]
		}
	}
	if choice == nil {
		return Num{}, false
	}
	own, _ := sortClaims(claims)
	for _, i := range own {
		switch v := claims[i].Number(); {
		case v == choice.Decided.Number:
			ok = true
		case !slices.Contains(choice.Others, v):
			return Num{}, false
		}
	}
	return choice.Decided.Number, ok
}
