package sheet

import (
	"bytes"
	"context"
	"errors"
	"strings"
)

// The namespaces of the XML that Excel 2002 brought and many reporting programs
// still write under the name .xls.
const (
	nsXML2003 = "urn:schemas-microsoft-com:office:spreadsheet"
	nsExcel   = "urn:schemas-microsoft-com:office:excel"
)

// xmlBook reads one such file. Its elements stand in the default namespace, with
// the prefix ss:, or both in turn; its attributes have the prefix.
type xmlBook struct {
	*scanner
	values
	book   *Book
	count  counter
	styles map[string]style
	rich   []byte // the text that is being gathered
	struck bool   // a part of it is struck through
}

// readXML2003 reads text that was found to be of that kind.
func readXML2003(ctx context.Context, text []byte, limits Limits) (*Book, error) {
	b := &xmlBook{scanner: flatScanner(ctx, "xml", text), book: &Book{}, count: counter{Limits: limits}, styles: map[string]style{}}
	if err := b.begin(map[string]string{"ss": nsXML2003, "x": nsExcel}); err != nil {
		return nil, err
	}
	plain := string(b.attr("xmlns")) == nsXML2003 && string(b.tag()) == "Workbook"
	if !plain && (string(b.tag()) != "ss:Workbook" || b.attr("xmlns:ss") == nil) {
		return nil, notSheet()
	}
	if err := b.rest(b.chapter); err != nil {
		return nil, err
	}
	if len(b.book.Sheets) == 0 {
		return nil, b.fail("no sheets")
	}
	return b.book, nil
}

// local returns the name of the element last opened without the prefixes that
// are read here. A damaged name is unknown everywhere.
func (b *xmlBook) local() []byte {
	tag := b.tag()
	if name, found := bytes.CutPrefix(tag, []byte("ss:")); found {
		return name
	}
	return bytes.TrimPrefix(tag, []byte("x:"))
}

// other passes over an element that belongs to another namespace, and refuses
// one that is not known.
func (b *xmlBook) other() error {
	if b.attr("xmlns") == nil && (bytes.IndexByte(b.tag(), ':') < 0 || !b.foreign(b.tag(), "ss")) {
		return b.fail("an unknown element")
	}
	return b.skip()
}

// chapter reads one part of the workbook. Styles and settings come before the
// sheets that depend on them.
func (b *xmlBook) chapter() error {
	name := string(b.local())
	if (name == "Styles" || name == "ExcelWorkbook") && len(b.book.Sheets) > 0 {
		return b.fail(name + " after the sheets")
	}
	switch name {
	case "Styles":
		return b.children(b.style)
	case "ExcelWorkbook":
		return b.children(func() error {
			if string(b.local()) == "Date1904" {
				b.from1904, b.book.Date1904 = true, true
			}
			return b.skip()
		})
	case "Worksheet":
		return b.worksheet()
	case "DocumentProperties", "CustomDocumentProperties", "OfficeDocumentSettings", "Names", "SmartTags":
		return b.skip()
	}
	return b.other()
}

// style reads one style, which takes from its parent what it does not say itself.
func (b *xmlBook) style() error {
	if string(b.local()) != "Style" {
		return b.other()
	}
	id := string(b.attr("ss:ID"))
	x := b.styles[string(b.attr("ss:Parent"))]
	if _, twice := b.styles[id]; twice || id == "" || len(b.styles) == maxStyles {
		return b.fail("a style twice, without name, or one too many")
	}
	err := b.children(func() error {
		switch string(b.local()) {
		case "NumberFormat":
			format, err := b.text("ss:Format")
			if err != nil {
				return err
			}
			x.date, x.percent = namedFormat(format)
		case "Font":
			on, err := b.flag("ss:StrikeThrough", x.struck)
			if err != nil {
				return err
			}
			x.struck = on
		}
		return b.skip()
	})
	b.styles[id] = x
	return err
}

// namedFormat reads a number format, which may be one of those that have a name.
func namedFormat(format string) (date, percent bool) {
	switch format {
	case "General", "General Number", "Currency", "Euro Currency", "Fixed", "Standard", "Scientific", "Yes/No", "True/False", "On/Off":
		return false, false
	case "Percent":
		return false, true
	}
	if strings.HasSuffix(format, " Date") || strings.HasSuffix(format, " Time") {
		return true, false
	}
	x := formatStyle(format)
	return x.date, x.percent
}

// named returns the style that the element last opened names, or another one.
func (b *xmlBook) named(otherwise style) (style, error) {
	id := b.attr("ss:StyleID")
	if id == nil {
		return otherwise, nil
	}
	x, ok := b.styles[string(id)]
	if !ok {
		return x, b.fail("an unknown style")
	}
	return x, nil
}

// worksheet reads one sheet.
func (b *xmlBook) worksheet() error {
	name, err := b.text("ss:Name")
	if err != nil {
		return err
	}
	sheet := &Sheet{Name: name, Index: len(b.book.Sheets)}
	b.book.Sheets = append(b.book.Sheets, sheet)
	b.count.sheet()
	tables := 0
	return b.children(func() error {
		switch string(b.local()) {
		case "Table":
			if tables++; tables > 1 {
				return b.fail("two tables in a sheet")
			}
			t := &xmlTable{xmlBook: b, sheet: sheet, row: -1}
			return t.read()
		case "WorksheetOptions":
			return b.options(sheet)
		case "Names", "AutoFilter", "ConditionalFormatting", "DataValidation", "PageBreaks", "Sorting", "QueryTable", "PivotTable", "Watches":
			return b.skip()
		}
		return b.other()
	})
}

// options reads whether the sheet is shown.
func (b *xmlBook) options(sheet *Sheet) error {
	return b.children(func() error {
		if string(b.local()) != "Visible" {
			return b.skip()
		}
		text, err := b.content()
		switch string(text) {
		case "SheetVisible":
		case "SheetHidden":
			sheet.Visibility = Hidden
		case "SheetVeryHidden":
			sheet.Visibility = VeryHidden
		default:
			if err == nil {
				err = b.fail("a sheet in an unknown state")
			}
		}
		return err
	})
}

// convertData makes the value of a cell from its type and text.
func (b *xmlBook) convertData(kind string, text []byte, x style, c *Cell) error {
	value := trim(text)
	if kind != "String" && len(value) == 0 {
		return nil
	}
	switch kind {
	case "String":
		if len(text) > 0 {
			c.Kind, c.Text = Text, b.texts.add(text)
		}
		return nil
	case "Number":
		c.Date, c.Percent = x.date, x.percent
		return b.setNumber(value, c)
	case "DateTime":
		return b.setDate(value, c)
	case "Boolean":
		return boolean(value, c)
	case "Error":
		c.Kind, c.Text = Fault, b.texts.add(value)
		return nil
	}
	return errors.New("an unknown type")
}
