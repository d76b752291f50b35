package tuitest

import (
	"time"

	"jindu/store"
)

// Waiting returns the district with values that wait for an officer: a large
// change, one of a period that has closed, and a figure that was withdrawn from
// it; and with what an officer decided about the first of them before.
func Waiting() *store.Snapshot { return store.NewSnapshot(WaitingData()) }

// WaitingData returns the rows of [Waiting].
func WaitingData() *store.SnapshotData {
	d := Data(May())
	may := d.Period
	closed := may.Add(-3)
	cell := func(path, ref string) store.Cell {
		return store.Cell{Source: "share", Path: "报表/2026-05/" + path, SHA256: "5e1f0a77c2", Sheet: "表1", Ref: ref, Header: []string{"打击成果", "查处吸毒人员"}}
	}
	d.Pending = []store.Pending{
		{
			Key:   store.Key{Unit: "cd", Indicator: "users_found", Period: may},
			Value: 41, Why: store.WaitLarge, Cell: cell("城东所5月（改）.xlsx", "F12"), KnownFrom: Now().Add(-25 * time.Minute),
		},
		{
			Key:   store.Key{Unit: "wc", Indicator: "case_admin", Period: closed},
			Value: 9, Why: store.WaitClosed, Cell: cell("文昌所2月.xlsx", "D8"), KnownFrom: Now().Add(-26 * time.Hour),
		},
		{
			Key:           store.Key{Unit: "wc", Indicator: "case_criminal", Period: closed},
			NotApplicable: true, Why: store.WaitWithdrawn, Cell: cell("文昌所2月.xlsx", "C8"), KnownFrom: Now().Add(-26 * time.Hour),
		},
	}
	d.Acknowledged = []store.Acknowledgement{{
		ID: 1, Key: d.Pending[0].Key, Matter: store.PendingMatter, Decision: store.Reject, Wait: store.WaitLarge,
		Decided: store.Stated{Number: store.Some(88)}, Reason: "与台账不符", By: "值班员", At: Now().Add(-3 * time.Hour), KnownFrom: Now().Add(-3 * time.Hour),
	}}
	return d
}
