package store_test

import (
	"testing"
	"time"

	"jindu/store"
)

// docket is a figure that stands at 40, in its second version, since an hour.
func docket() store.Docket {
	now := time.Date(2026, 7, 10, 9, 0, 0, 0, time.UTC)
	k := store.Key{Unit: "cxs", Indicator: "users_found", Period: store.MonthOf(2026, 6)}
	return store.Docket{Key: k, Decisions: 7, Stands: &store.Figure{
		Key: k, Value: 40, Version: 2, KnownFrom: now.Add(-time.Hour), Cell: store.Cell{SHA256: "old", Path: "a.csv", Sheet: "csv", Ref: "B3"},
	}}
}

// says is a value that a file states.
func says(v float64, sha string) store.Stated {
	return store.Stated{Number: store.Some(v), Cell: store.Cell{SHA256: sha, Path: sha + ".csv", Sheet: "csv", Ref: "B3"}}
}

func TestQuestions(t *testing.T) {
	now := time.Date(2026, 7, 10, 9, 0, 0, 0, time.UTC)
	rejected := store.Acknowledgement{ID: 3, Matter: store.PendingMatter, Decision: store.Reject, Wait: store.WaitLarge, Decided: says(90, "new")}
	for _, c := range []struct {
		name   string
		change func(*store.Docket)
		matter store.Matter
		again  bool
		takes  [2]bool // accept, reject
		code   string
	}{
		{"a correction of the day", func(*store.Docket) {}, store.CorrectionMatter, false, [2]bool{true, false}, ""},
		{"yesterday's is no news", func(d *store.Docket) { d.Stands.KnownFrom = now.Add(-24 * time.Hour) }, "", false, [2]bool{}, "ack_nothing"},
		{"a first value is none", func(d *store.Docket) { d.Stands.Version = 1 }, "", false, [2]bool{}, "ack_nothing"},
		{"nothing at all", func(d *store.Docket) { d.Stands = nil }, "", false, [2]bool{}, "ack_nothing"},
		{"a value waits", func(d *store.Docket) { d.Waits = &store.Pending{Key: d.Key, Value: 90, Why: store.WaitLarge} }, store.PendingMatter, false, [2]bool{true, true}, ""},
		{"a conflict comes before what waits", func(d *store.Docket) {
			d.Waits = &store.Pending{Key: d.Key, Value: 90, Why: store.WaitLarge}
			d.Contenders = []store.Stated{says(1, "one"), says(2, "two")}
		}, store.ConflictMatter, false, [2]bool{true, false}, ""},
		{"rejected, and still stated", func(d *store.Docket) {
			d.Decided, d.Repeated = []store.Acknowledgement{rejected}, true
		}, store.PendingMatter, true, [2]bool{true, false}, ""},
		{"rejected, and stated no more", func(d *store.Docket) {
			d.Decided, d.Stands.Version = []store.Acknowledgement{rejected}, 1
		}, "", false, [2]bool{}, "ack_nothing"},
	} {
		d := docket()
		c.change(&d)
		q, err := d.Question(now)
		if store.ErrorCode(err) != c.code || q.Matter != c.matter || q.Again != c.again || q.Decisions != 7 {
			t.Errorf("%s: %+v, %v", c.name, q, err)
			continue
		}
		if err == nil && (q.Takes(store.Accept) != c.takes[0] || q.Takes(store.Reject) != c.takes[1]) {
			t.Errorf("%s: takes %v and %v", c.name, q.Takes(store.Accept), q.Takes(store.Reject))
		}
	}
}

// TestAnswers decides: of files in conflict, the others are kept once each.
func TestAnswers(t *testing.T) {
	now := time.Date(2026, 7, 10, 9, 0, 0, 0, time.UTC)
	d := docket()
	d.Contenders = []store.Stated{says(1, "one"), says(2, "two"), says(2, "three"), says(3, "four")}
	q, err := d.Question(now)
	if err != nil {
		t.Fatal(err)
	}
	a, ok := q.Answer(store.Accept, 3, now)
	if !ok || a.Matter != store.ConflictMatter || a.Decided.Number.V != 3 || len(a.Others) != 2 || a.Stood.Number.V != 40 || !a.At.Equal(now) {
		t.Errorf("chosen is %+v, %v", a, ok)
	}
	for _, place := range []int{-1, 4} {
		if _, ok := q.Answer(store.Accept, place, now); ok {
			t.Errorf("place %d is taken", place)
		}
	}
	if _, ok := q.Answer(store.Reject, 0, now); ok {
		t.Error("a conflict is rejected")
	}
}

// TestAQuestionThatIsAnother tells what was shown from what there is.
func TestAQuestionThatIsAnother(t *testing.T) {
	now := time.Date(2026, 7, 10, 9, 0, 0, 0, time.UTC)
	asked := func(change func(*store.Docket)) store.Question {
		d := docket()
		d.Waits = &store.Pending{Key: d.Key, Value: 90, Why: store.WaitLarge, Cell: store.Cell{SHA256: "new", Path: "a.csv", Sheet: "csv", Ref: "B3"}}
		change(&d)
		q, err := d.Question(now)
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	seen := asked(func(*store.Docket) {})
	if !seen.Same(asked(func(d *store.Docket) { d.Decisions, d.Waits.KnownFrom, d.Stands.Version = 9, now, 5 })) {
		t.Error("the same values in the same cells are another question")
	}
	for name, change := range map[string]func(*store.Docket){
		"value":    func(d *store.Docket) { d.Waits.Value = 91 },
		"bytes":    func(d *store.Docket) { d.Waits.Cell.SHA256 = "newer" },
		"cell":     func(d *store.Docket) { d.Waits.Cell.Ref = "B4" },
		"reason":   func(d *store.Docket) { d.Waits.Why = store.WaitClosed },
		"accepted": func(d *store.Docket) { d.Stands.Value = 41 },
		"conflict": func(d *store.Docket) { d.Contenders = []store.Stated{says(1, "one"), says(2, "two")} },
	} {
		if seen.Same(asked(change)) {
			t.Errorf("another %s is not noticed", name)
		}
	}
}
