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
	Today       store.Date     // periods and due dates are judged against it
	Calendar    store.Calendar // by which working days are counted
	MonthStarts int            // 1, or 26 where the statistical month runs from the 26th to the 25th
	BoundUnit   string         // code of the unit that the source is bound to; empty: none
	Secret      []byte         // keys the hash of case numbers
	Explain     bool           // say of every sheet how it was understood
	Alone       bool           // no mirror will judge what is stated: hold it against the rules that it can break by itself
}

// Reader reads any number of workbooks by the same options. It may be used by
// several goroutines at once.
type Reader struct {
	opt   Options
	units *unitIndex
	names *nameIndex

	ledgers *ledgerIndex
}

// NewReader indexes the names of units, of indicators and of the columns of
// ledgers once for many readings.
func NewReader(opt Options) *Reader {
	return &Reader{
		opt:     opt,
		units:   newUnitIndex(opt.Units, opt.District),
		names:   newNameIndex(opt.Catalogue),
		ledgers: newLedgerIndex(opt.Catalogue),
	}
}

// Of returns a reader by the same units and names for files of a source that is
// bound to a unit, as of a day.
func (r *Reader) Of(boundUnit string, today store.Date) *Reader {
	of := *r
	of.opt.BoundUnit, of.opt.Today = boundUnit, today
	return &of
}

// Alone returns a reader of files that no mirror will judge.
func (r *Reader) Alone(explain bool) *Reader {
	of := *r
	of.opt.Explain, of.opt.Alone = explain, true
	return &of
}

// Read says what the workbook states. The file's base name is read too: it
// often carries unit and period. Source, hash and times of the workbook are
// left to the caller; its verdict and counts are set.
func Read(book *sheet.Book, fileName string, opt Options) *store.Reading {
	return NewReader(opt).Read(book, fileName)
}

// Read says what the workbook states, as the function Read does.
func (r *Reader) Read(book *sheet.Book, fileName string) *store.Reading {
	rd := &reader{opt: r.opt, book: book, file: fileName, units: r.units, ledgers: r.ledgers}
	rd.words = newWords(r.names, r.units, r.opt.MonthStarts, nil)
	rd.several = rd.severalPeriods()
	out := &store.Reading{}
	if out.Workbook.Persons = listsPersons(book); out.Workbook.Persons {
		rd.known = newVocabulary(r.units, r.opt.Catalogue)
	}
	out.Workbook.Format = string(book.Format)
	for _, s := range book.Sheets {
		rd.sheet(s, out)
	}
	rd.workbook(out)
	judge(out)
	unfilled(out)
	rd.whose(out)
	return out
}

// reader holds what is the same for every sheet of one workbook.
type reader struct {
	opt     Options
	book    *sheet.Book
	file    string
	units   *unitIndex
	ledgers *ledgerIndex
	words   *words
	drafts  []*draft    // the sheets of reports
	several bool        // the sheets are for different periods
	known   *vocabulary // of a list of persons: all that its names may be printed with; else nil
}

// sheet reads one sheet: a ledger where its heads are a ledger's, else a report.
func (rd *reader) sheet(s *sheet.Sheet, out *store.Reading) {
	if s.Visibility != sheet.Visible {
		out.Findings = append(out.Findings, store.NewFinding("hidden_sheet", rd.sheetName(s), ""))
		return
	}
	if aside, sure := asideOf(s); aside {
		if !sure {
			out.Findings = append(out.Findings, store.NewFinding("example_sheet", rd.sheetName(s), ""))
		}
		return
	}
	rd.hidden(s, out)
	if rd.ledger(s, out) {
		return
	}
	rd.report(s)
}

// severalPeriods reports whether the names of the sheets are for different
// periods, such as one sheet for each month.
func (rd *reader) severalPeriods() bool {
	seen := map[store.Period]bool{}
	for _, s := range rd.book.Sheets {
		if s.Visibility != sheet.Visible {
			continue
		}
		for _, w := range whens(fold(s.Name), rd.opt.MonthStarts) {
			if w.named() {
				seen[store.Period{Kind: w.kind, N: w.n}] = true
			}
		}
	}
	return len(seen) > 1
}
