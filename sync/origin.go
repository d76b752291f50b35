package sync

import (
	"slices"

	"jindu/store"
)

// takeCounts makes the ledgers' counts the figures of those indicators that the
// configuration takes from ledgers. What reports print of them is only compared:
// two origins of one figure would contradict each other for ever.
func (u Understanding) takeCounts(rd *store.Reading) {
	fromLedger := map[string]bool{}
	for _, ind := range u.Catalogue.Indicators {
		fromLedger[ind.Code] = ind.Origin == store.FromLedger
	}
	rd.Statements = slices.DeleteFunc(rd.Statements, func(s store.Statement) bool {
		if fromLedger[s.Indicator] {
			rd.Compared = append(rd.Compared, s)
		}
		return fromLedger[s.Indicator]
	})
	rows := rowsOf(rd.Tallies)
	at := map[store.Key]int{}
	for _, t := range rd.Tallies {
		k := store.Key{Unit: t.Unit, Indicator: t.Indicator, Period: t.Period}
		if !fromLedger[t.Indicator] || t.By != "" || t.Period.IsZero() || !u.speaksFor(rd, t) || rows[ledgerMonth{t.Form, t.Unit, t.Period}] == 0 {
			continue
		}
		if i, ok := at[k]; ok { // in another sheet
			rd.Statements[i].Value += t.Value
			continue
		}
		at[k] = len(rd.Statements)
		rd.Statements = append(rd.Statements, store.Statement{Key: k, Value: t.Value, Own: true, Cell: t.Cell})
		rd.Workbook.Figures++
	}
}

// ledgerMonth is what a ledger has rows of.
type ledgerMonth struct {
	form, unit string
	period     store.Period
}

// rowsOf tells of which units and months a ledger has rows: of others it says
// nothing, which is not zero.
func rowsOf(tallies []store.Tally) map[ledgerMonth]int {
	out := map[ledgerMonth]int{}
	for _, t := range tallies {
		out[ledgerMonth{t.Form, t.Unit, t.Period}] += t.Rows
	}
	return out
}

// speaksFor reports whether a ledger is of the unit that a count is of: its own,
// or one below it. A ledger of no one unit speaks for all, and another unit's
// names this one only in passing.
func (u Understanding) speaksFor(rd *store.Reading, t store.Tally) bool {
	whose := rd.Workbook.Unit
	for _, s := range rd.Sheets {
		if s.Name == t.Cell.Sheet && s.Unit != "" {
			whose = s.Unit
		}
	}
	_, known := u.Units.ByCode(t.Unit)
	return known && (whose == "" || slices.Contains(u.Units.Below(whose), t.Unit))
}
