package sheet

import (
	"bytes"
	"context"
	"strings"
	"time"

	"jindu/store"
)

// What is compared by its full name below must be bound to these.
func odsNames() map[string]string {
	const urn = "urn:oasis:names:tc:opendocument:xmlns:"
	return map[string]string{
		"office": urn + "office:1.0",
		"table":  urn + "table:1.0",
		"text":   urn + "text:1.0",
		"style":  urn + "style:1.0",
		"number": urn + "datastyle:1.0",
	}
}

// odsBook reads one OpenDocument spreadsheet, packed or flat.
type odsBook struct {
	*scanner
	values
	book   *Book
	count  counter
	styles odsStyles
	shift  float64 // days that a date as a plain number counts from another day than Excel's
}

// readODS reads a packed one: the styles that its sheets share, then its content.
func readODS(a *archive) (*Book, error) {
	// A part is encrypted by itself, and what is left looks like damage.
	if a.has("META-INF/manifest.xml") {
		manifest, err := a.part("META-INF/manifest.xml")
		if err != nil {
			return nil, err
		}
		if bytes.Contains(manifest, []byte("encryption-data")) {
			return nil, store.NewError("encrypted", nil)
		}
	}
	b := newODS(a.limits)
	if a.has("styles.xml") {
		s, err := a.scan("styles.xml")
		if err != nil {
			return nil, err
		}
		b.scanner = s
		if err := b.document("office:document-styles", b.shared); err != nil {
			return nil, err
		}
	}
	s, err := a.scan("content.xml")
	if err != nil {
		return nil, err
	}
	b.scanner = s
	return b.read("office:document-content")
}

// readFlatODS reads one that is a single piece of XML.
func readFlatODS(ctx context.Context, text []byte, limits Limits) (*Book, error) {
	b := newODS(limits)
	b.scanner = flatScanner(ctx, "fods", text)
	return b.read("office:document")
}

// read reads the content, whose root has the name.
func (b *odsBook) read(root string) (*Book, error) {
	if err := b.document(root, b.chapter); err != nil {
		return nil, err
	}
	if len(b.book.Sheets) == 0 {
		return nil, b.fail("no sheets")
	}
	return b.book, nil
}

func newODS(limits Limits) *odsBook {
	return &odsBook{book: &Book{Format: ODS}, count: counter{Limits: limits}, styles: newODSStyles()}
}

// document reads a whole document whose root has the name.
func (b *odsBook) document(root string, each func() error) error {
	if err := b.begin(odsNames()); err != nil {
		return err
	}
	if string(b.tag()) != root {
		return b.fail("not a " + root)
	}
	return b.rest(each)
}

// other passes over an element that means nothing here, and refuses one that is
// damaged: of the namespaces that are read, every element is known.
func (b *odsBook) other() error {
	if !b.foreign(b.tag(), "table", "office", "text") {
		return b.fail("an unknown element")
	}
	return b.skip()
}

// shared reads the styles that sheets share.
func (b *odsBook) shared() error {
	if string(b.tag()) == "office:styles" {
		return b.children(func() error { return b.styles.read(b.scanner) })
	}
	return b.skip()
}

// chapter reads one part of the content.
func (b *odsBook) chapter() error {
	switch string(b.tag()) {
	case "office:styles", "office:automatic-styles":
		return b.children(func() error { return b.styles.read(b.scanner) })
	case "office:body":
		return b.children(b.body)
	case "office:meta", "office:settings", "office:scripts", "office:font-face-decls", "office:master-styles":
		return b.skip()
	}
	return b.other()
}

// body reads the one thing that a document is.
func (b *odsBook) body() error {
	switch string(b.tag()) {
	case "office:spreadsheet":
	case "office:text":
		return store.NewError("text_document", nil)
	case "office:presentation":
		return store.NewError("slides_file", nil)
	case "office:drawing", "office:image":
		return store.NewError("picture_file", nil)
	default:
		return b.fail("an unknown kind of document")
	}
	return b.children(b.section)
}

// section reads what a spreadsheet holds beside its sheets. Tracked changes hold
// cells that somebody deleted.
func (b *odsBook) section() error {
	switch string(b.tag()) {
	case "table:table":
		return b.sheet()
	case "table:calculation-settings":
		if len(b.book.Sheets) > 0 {
			return b.fail("settings after the sheets")
		}
		return b.children(b.setting)
	case "table:tracked-changes", "table:content-validations", "table:label-ranges", "table:named-expressions",
		"table:database-ranges", "table:data-pilot-tables", "table:consolidation", "table:dde-links",
		"office:forms", "office:event-listeners", "text:variable-decls", "text:sequence-decls", "text:user-field-decls", "text:dde-connection-decls":
		return b.skip()
	}
	return b.other()
}

// setting reads the day from which numbers that are dates count.
func (b *odsBook) setting() error {
	if value := b.attr("table:date-value"); string(b.tag()) == "table:null-date" && value != nil {
		day, err := time.Parse(time.DateOnly, string(value[:min(len(value), len(time.DateOnly))]))
		if err != nil {
			return b.fail("a first day that is none")
		}
		if value := day.Format(time.DateOnly); value == "1904-01-01" {
			b.from1904, b.book.Date1904 = true, true
		} else {
			b.shift = day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
		}
	}
	return b.skip()
}

// sheet reads one sheet. What another file's sheets were when they were last
// looked at is kept in the same way, under that file's address: that is no sheet.
func (b *odsBook) sheet() error {
	name, err := b.text("table:name")
	if err != nil {
		return err
	}
	if strings.HasPrefix(name, "'file:") {
		return b.skip()
	}
	sheet := &Sheet{Name: name, Index: len(b.book.Sheets)}
	if b.styles.hides(b.attr("table:style-name")) {
		sheet.Visibility = Hidden
	}
	b.book.Sheets = append(b.book.Sheets, sheet)
	b.count.sheet()
	t := &odsTable{odsBook: b, sheet: sheet}
	if err := t.group(); err != nil {
		return err
	}
	t.hidden.mark(sheet)
	return nil
}
