package form

import (
	"jindu/store"
	"jindu/sync/sheet"
)

// Options is what a reading is judged by.
type Options struct {
	Units       store.Units
	District    store.District
	Catalogue   *store.Catalogue
	Today       store.Date // periods and due dates are judged against it
	MonthStarts int        // 1, or 26 where the statistical month runs from the 26th to the 25th
	BoundUnit   string     // code of the unit that the source is bound to; empty: none
	Secret      []byte     // keys the hash of case numbers
}

// Read says what the workbook states. The file's base name is read too: it
// often carries unit and period. Source, hash and times of the workbook are
// left to the caller; its verdict and counts are set.
func Read(book *sheet.Book, fileName string, opt Options) *store.Reading {
	rd := &reader{opt: opt, book: book, file: fileName, units: newUnitIndex(opt.Units, opt.District)}
	out := &store.Reading{}
	out.Workbook.Format = string(book.Format)
	for _, s := range book.Sheets {
		rd.sheet(s, out)
	}
	judge(out)
	return out
}

// reader holds what is the same for every sheet of one workbook.
type reader struct {
	opt   Options
	book  *sheet.Book
	file  string
	units *unitIndex
}

// sheet reads one sheet: a ledger where its heads are a ledger's, else a report.
func (rd *reader) sheet(s *sheet.Sheet, out *store.Reading) {
	if s.Visibility != sheet.Visible {
		out.Findings = append(out.Findings, store.NewFinding("hidden_sheet", mask(s.Name), ""))
		return
	}
	if rd.ledger(s, out) {
		return
	}
	rd.report(s, out)
}
