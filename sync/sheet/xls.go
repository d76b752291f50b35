package sheet

import (
	"context"
	"errors"
	"fmt"

	"jindu/store"
	"jindu/sync/sheet/ole"
)

// xls reads one workbook of Excel 5 to 2003, or of WPS, whose et files are laid
// out alike. Such a workbook is a stream of records: first those of the whole
// book, the globals, then those of one sheet after the other.
type xls struct {
	records
	book    *Book
	limits  Limits
	biff8   bool // Excel 97 and later; otherwise Excel 5 and 95
	list    []listed
	page    codePage
	formats map[uint16]style
	struck  []bool  // by font
	looks   []xlsXF // by number, until the globals have ended
	styles  []style // the same, once all formats and fonts are known
	shared  int     // where the table of shared strings begins; 0 without one
	strings sharedStrings
	count   counter
	texts   arena
	line    []byte // for texts that are on their way
}

// listed is a sheet as the globals list it.
type listed struct {
	at    int // where its records begin
	kind  byte
	sheet *Sheet
}

// xlsXF is the format of cells as its record holds it.
type xlsXF struct{ font, format uint16 }

// readXLS reads the stream of records from its first to its last: the parts of
// the stream must be those that the list of sheets names, in order and without
// a gap.
func readXLS(ctx context.Context, data []byte, limits Limits) (*Book, error) {
	x := &xls{book: &Book{Format: XLS}, limits: limits, formats: map[uint16]style{}, count: counter{Limits: limits}}
	x.records = records{ctx: ctx, name: "BIFF", data: data}
	if ole.Is(data) {
		if err := x.open(); err != nil {
			return nil, err
		}
	}
	for _, step := range []func() error{x.begin, x.readGlobals, x.readShared, x.readSheets} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return x.book, nil
}

// open finds the stream of records in the container.
func (x *xls) open() error {
	f, err := ole.Open(x.data)
	if err != nil {
		return damagedOLE(err)
	}
	// What is locked as a whole, by a password or by rights management, says so by
	// these names.
	for _, name := range []string{"EncryptedPackage", "EncryptionInfo", "\x09DRMContent"} {
		if f.Has(name) {
			return store.NewError("encrypted", nil)
		}
	}
	// A workbook that was saved for two versions of Excel holds both streams and
	// the later one is complete.
	x.name = ""
	for _, name := range []string{"Workbook", "Book"} {
		if f.Has(name) {
			x.name = name
			break
		}
	}
	switch {
	case x.name != "":
	case f.Has("WordDocument"):
		return store.NewError("text_document", nil)
	case f.Has("PowerPoint Document"):
		return store.NewError("slides_file", nil)
	default:
		return notSheet()
	}
	x.book.Macros = f.Has("_VBA_PROJECT_CUR") || f.Has("_VBA_PROJECT")
	if x.data, err = f.Stream(x.name); err != nil {
		return damagedOLE(err)
	}
	return nil
}

// damagedOLE refuses a container, naming the place.
func damagedOLE(err error) error {
	var e *ole.Error
	if errors.As(err, &e) {
		if e.Cut {
			return store.NewError("cut_off", err)
		}
		return damaged("OLE2 "+e.Place, e.Why)
	}
	return store.NewError("damaged", err, "OLE2")
}

// begin reads which version of Excel the records are for.
func (x *xls) begin() error {
	if err := x.next(); err != nil {
		return err
	}
	switch x.op {
	case recBOF:
	case recBOF2, recBOF3, recBOF4:
		return store.NewError("too_old", nil)
	default:
		return x.fail("it does not begin with a beginning")
	}
	if !x.isBegin() {
		return x.fail("a beginning of another length")
	}
	switch version, kind := le16(x.body), le16(x.body[2:]); {
	case version < 0x500:
		return store.NewError("too_old", nil)
	case kind != partGlobals || version != 0x500 && version != 0x600:
		return x.fail("not the beginning of a workbook")
	default:
		x.biff8 = version == 0x600
	}
	return nil
}

// readSheets reads the sheets in the order of the stream, hidden ones too: what
// feeds what is decided elsewhere. Sheets that are no grid (charts, macros,
// modules) keep their place but are left out.
func (x *xls) readSheets() error {
	byPlace := make(map[int]*listed, len(x.list))
	for i := range x.list {
		l := &x.list[i]
		if byPlace[l.at] != nil {
			return x.fail("two sheets that begin at one place")
		}
		byPlace[l.at] = l
	}
	for range x.list {
		l := byPlace[x.pos]
		if l == nil {
			return damaged(fmt.Sprintf("%s @%d", x.name, x.pos), "no sheet of the list begins here")
		}
		if err := x.readSheet(l); err != nil {
			return err
		}
	}
	for _, l := range x.list {
		if l.kind == sheetGrid {
			x.book.Sheets = append(x.book.Sheets, l.sheet)
		}
	}
	return x.afterAll()
}

// afterAll looks at what follows the last sheet. Small streams are padded, mostly
// with zeros, sometimes with whatever was at hand. Another record would be of a
// sheet that has lost its place in the list, or of the last one, whose end is no
// end.
func (x *xls) afterAll() error {
	if rest := x.data[x.pos:]; len(rest) < recordHeader || le32(rest) == 0 {
		return nil
	}
	if err := x.next(); err != nil {
		return late(x.ctx) // no record
	}
	if x.op == recBOF || x.known() {
		return x.fail("it follows the last sheet")
	}
	return nil
}
