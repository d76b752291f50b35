package form

import (
	"jindu/store"
	"jindu/sync/sheet"
)

// ledger reads a sheet that is a ledger and reports whether it is one.
func (rd *reader) ledger(_ *sheet.Sheet, _ *store.Reading) bool { return false }
