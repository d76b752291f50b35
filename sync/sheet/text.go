package sheet

import (
	"bytes"
	"context"
	"encoding/json"

	"jindu/store"
)

// readText reads what is text: separated values, or the markup of which
// spreadsheets are made. What it begins with tells its kind; what its name says
// is not known here, and would not count.
func readText(ctx context.Context, data []byte, limits Limits) (*Book, error) {
	text, charset, err := decode(data)
	if err != nil {
		return nil, err
	}
	if hasControls(text) {
		return nil, notSheet()
	}
	kind, err := sniffText(text)
	if err != nil {
		return nil, err
	}
	var book *Book
	switch kind {
	case XML:
		book, err = readXML2003(ctx, text, limits)
	case HTML:
		book, err = readHTML(ctx, text, limits)
	case ODS:
		book, err = readFlatODS(ctx, text, limits)
	default:
		book, err = readCSV(ctx, text, limits)
	}
	if err != nil {
		return nil, err
	}
	book.Format, book.Charset = kind, charset
	return book, nil
}

// hasControls reports characters that no text holds.
func hasControls(text []byte) bool {
	for _, b := range text {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' {
			return true
		}
	}
	return false
}

// sniffText tells what kind of text it is, or why it cannot be read.
func sniffText(text []byte) (Format, error) {
	text = bytes.TrimLeft(text, " \t\r\n")
	head := bytes.ToLower(text[:min(len(text), 4096)])
	begins := func(with string) bool { return bytes.HasPrefix(head, []byte(with)) }
	switch {
	case begins("<"):
		return sniffMarkup(head)
	case begins("mime-version:"), begins("from:") && bytes.Contains(head, []byte("\nmime-version:")):
		return "", store.NewError("web_archive", nil) // as Excel and browsers save a page with its pictures
	case begins("%pdf-"):
		return "", store.NewError("pdf_file", nil)
	case begins("{\\rtf"):
		return "", store.NewError("text_document", nil)
	case (begins("{") || begins("[")) && json.Valid(text):
		return "", store.NewError("data_file", nil)
	case begins("id;p"):
		return "", foreign("SYLK")
	case endsAsMarkup(text):
		return "", damaged("@0", "markup without its beginning")
	case begins("table\r\n0,1"), begins("table\n0,1"):
		return "", foreign("DIF")
	}
	return CSV, nil
}

// endsAsMarkup reports text that ends as the formats made of markup do: it has
// lost its beginning and would be read as one column of text.
func endsAsMarkup(text []byte) bool {
	tail := bytes.ToLower(bytes.TrimRight(text[max(0, len(text)-64):], " \t\r\n"))
	for _, end := range []string{"</html>", "</table>", "workbook>", "</office:document>"} {
		if bytes.HasSuffix(tail, []byte(end)) {
			return true
		}
	}
	return false
}

// foreign refuses the spreadsheets of programs that are read by few.
func foreign(format string) error { return store.NewError("foreign_sheet", nil, format) }

// sniffMarkup tells the kinds of XML and HTML that spreadsheets are made of from
// others. A text such as "<5克,3" is no markup.
func sniffMarkup(head []byte) (Format, error) {
	holds := func(word string) bool { return bytes.Contains(head, []byte(word)) }
	declared := bytes.HasPrefix(head, []byte("<?xml"))
	switch {
	case holds("<html"), holds("<!doctype html"):
		return HTML, nil
	case holds(nsXML2003):
		return XML, nil
	case holds("<office:document"):
		return ODS, nil
	case holds("<table"), holds("<meta"), holds("<head"), holds("<style"), holds("<frameset"):
		return HTML, nil
	case holds("<uof:uof"), holds("<uof "):
		return "", foreign("UOF")
	case holds("<svg"):
		return "", store.NewError("picture_file", nil)
	case declared:
		return "", store.NewError("data_file", nil)
	}
	return CSV, nil
}
