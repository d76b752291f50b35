package store

import (
	"slices"
	"time"
)

// Docket is what a mirror holds about one figure, at one moment, that says what an
// officer can decide about it.
type Docket struct {
	Key        Key
	Stands     *Figure           // nil: no value is accepted
	Contenders []Stated          // what files say that contradict each other, the first one first
	Waits      *Pending          // nil: nothing waits
	Decided    []Acknowledgement // about the figure, in their order
	Repeated   bool              // the last decision's workbook is still the latest of its file
	Decisions  int64             // about all figures, that the mirror has taken in
}

// noted is how long a correction counts as news that can be taken note of.
const noted = 24 * time.Hour

// Question is what an officer can decide about a figure: the value that stands and
// those that it can be. It says what was seen, so that nobody decides about
// something else than what was shown.
type Question struct {
	Key       Key
	Matter    Matter
	Wait      Wait
	Again     bool     // the value was rejected, and can be accepted after all
	Stood     Stated   // what is accepted; without a cell where nothing is
	Stated    []Stated // of a conflict what every file says, else the one value
	Last      *Acknowledgement
	Decisions int64 // see Docket
}

// Question returns what can be decided about the figure at that moment: a
// conflict, else a value that waits, else one that was rejected and that its file
// still states, else a correction of the day. Its error is ack_nothing.
func (d Docket) Question(at time.Time) (Question, error) {
	q := Question{Key: d.Key, Decisions: d.Decisions}
	if n := len(d.Decided); n > 0 {
		q.Last = &d.Decided[n-1]
	}
	if f := d.Stands; f != nil {
		q.Stood = Stated{Number: f.Number(), Cell: f.Cell, Received: f.Received, KnownFrom: f.KnownFrom}
	}
	switch {
	case len(d.Contenders) > 0:
		q.Matter, q.Stated = ConflictMatter, d.Contenders
	case d.Waits != nil:
		p := d.Waits
		q.Matter, q.Wait = PendingMatter, p.Why
		q.Stated = []Stated{{Number: p.Number(), Cell: p.Cell, Received: p.Received, KnownFrom: p.KnownFrom}}
	case d.Stands != nil && q.Last != nil && q.Last.Decision == Reject && d.Repeated:
		q.Matter, q.Wait, q.Again = q.Last.Matter, q.Last.Wait, true
		q.Stated = []Stated{q.Last.Decided}
	case d.Stands != nil && d.Stands.Version > 1 && at.Sub(d.Stands.KnownFrom) < noted:
		q.Matter, q.Stated = CorrectionMatter, []Stated{q.Stood}
	default:
		return q, NewError("ack_nothing", nil, d.Key.Period.String())
	}
	return q, nil
}

// Takes reports whether the question can be decided so: only a value that waits
// can be rejected.
func (q Question) Takes(d Decision) bool {
	return d == Accept || d == Reject && q.Matter == PendingMatter && !q.Again
}

// Answer returns the decision about the value in that place of what is stated,
// without a reason and a name; false where the question does not take it.
func (q Question) Answer(d Decision, place int, at time.Time) (Acknowledgement, bool) {
	if !q.Takes(d) || place < 0 || place >= len(q.Stated) {
		return Acknowledgement{}, false
	}
	a := Acknowledgement{
		Key: q.Key, Matter: q.Matter, Decision: d, Wait: q.Wait, Decided: q.Stated[place], Stood: q.Stood, At: at,
	}
	if q.Matter == ConflictMatter {
		for _, s := range q.Stated {
			if s.Number != a.Decided.Number && !slices.Contains(a.Others, s.Number) {
				a.Others = append(a.Others, s.Number)
			}
		}
	}
	return a, true
}

// Same reports whether two questions show an officer the same values in the same
// cells of the same bytes.
func (q Question) Same(p Question) bool {
	return q.Key == p.Key && q.Matter == p.Matter && q.Wait == p.Wait && q.Again == p.Again &&
		q.Stood.same(p.Stood) && slices.EqualFunc(q.Stated, p.Stated, Stated.same)
}

// same reports whether both are one value in one cell of one workbook.
func (s Stated) same(t Stated) bool {
	a, b := s.Cell, t.Cell
	return s.Number == t.Number && a.SHA256 == b.SHA256 && a.Source == b.Source && a.Path == b.Path && a.Sheet == b.Sheet && a.Ref == b.Ref
}

// Answer is an officer's word on a question as it was seen.
type Answer struct {
	Question Question
	Decision Decision
	Place    int // of the value in what is stated
	Reason   string
}
