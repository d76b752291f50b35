package sheet

import (
	"bytes"
	"encoding/binary"

	"jindu/store"
)

// sniff tells by content what the bytes are: a format that can be read, or why
// not.
func sniff(data []byte) (Format, error) {
	switch {
	case len(data) == 0:
		return "", damaged("0 B", "the file is empty")
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return XLSX, nil // which kind of zip shows once it is open
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return "", sniffOLE(data)
	case isBIFF(data):
		return "", later("xls")
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return "", later("UTF-16")
	}
	return CSV, sniffText(data)
}

// later refuses a format that is a spreadsheet but has no reader yet.
func later(format string) error { return store.NewError("format_later", nil, format) }

// notSheet refuses what is no spreadsheet at all.
func notSheet() error { return store.NewError("not_spreadsheet", nil) }

// isBIFF recognises the bare stream that Excel wrote before it used OLE2: a
// "beginning of file" record of version 2, 3, 4 or 5.
func isBIFF(data []byte) bool {
	if len(data) < 8 || data[0] != 9 || data[3] != 0 {
		return false
	}
	version, size := data[1], data[2]
	return version == 0 && size == 4 || version == 2 && size >= 4 || version == 4 && size >= 4 || version == 8 && size >= 4
}

// sniffOLE tells what an OLE2 container holds by the names of its streams.
// Directory entries are 128 bytes and lie on multiples of 128 whatever the
// size of a sector: that finds them in damaged files too.
func sniffOLE(data []byte) error {
	const entry = 128
	// The names that Excel, Word and the programs for encrypted files give to
	// their streams are ASCII.
	found := map[string]bool{}
	for at := entry; at+entry <= len(data); at += entry {
		size := int(binary.LittleEndian.Uint16(data[at+64:])) // of the name, with its final zero
		if kind := data[at+66]; kind != 2 || size < 4 || size > 64 || size%2 != 0 {
			continue
		}
		found[narrow(data[at:at+size-2])] = true
	}
	switch {
	case found["EncryptedPackage"], found["EncryptionInfo"]:
		return store.NewError("encrypted", nil)
	case found["Workbook"], found["Book"], found["WORKBOOK"], found["BOOK"]:
		return later("xls")
	case found["WordDocument"], found["PowerPoint Document"], found["VisioDocument"], found["Contents"]:
		return notSheet()
	}
	return later("xls") // too damaged to tell; the reader of xls will say so
}

// narrow reads UTF-16 of ASCII names; other names come out as something that
// matches nothing.
func narrow(b []byte) string {
	s := make([]byte, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		if b[i+1] != 0 {
			return ""
		}
		s = append(s, b[i])
	}
	return string(s)
}

// sniffText refuses what is no text at all, and text that is no csv.
func sniffText(data []byte) error {
	text := bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	for _, b := range text {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' {
			return notSheet()
		}
	}
	// What a file begins with tells its kind; what its name says is not known
	// here, and would not count.
	head := bytes.ToLower(bytes.TrimLeft(text[:min(len(text), 4096)], " \t\r\n"))
	switch {
	case bytes.HasPrefix(head, []byte("<?xml")):
		return sniffXML(head)
	case bytes.HasPrefix(head, []byte("<!doctype html")), bytes.HasPrefix(head, []byte("<html")),
		bytes.HasPrefix(head, []byte("<table")), bytes.HasPrefix(head, []byte("<meta")),
		bytes.HasPrefix(head, []byte("<!--")), bytes.HasPrefix(head, []byte("<head")), bytes.HasPrefix(head, []byte("<style")):
		return later("html")
	case bytes.HasPrefix(head, []byte("mime-version:")): // a web archive, as Excel saves it
		return later("mhtml")
	case bytes.HasPrefix(head, []byte("%pdf")), bytes.HasPrefix(head, []byte("{\\rtf")), bytes.HasPrefix(head, []byte("<svg")):
		return notSheet()
	}
	return nil
}

// sniffXML tells the kinds of XML that spreadsheet programs write from others.
func sniffXML(head []byte) error {
	switch {
	case bytes.Contains(head, []byte("urn:schemas-microsoft-com:office:spreadsheet")):
		return later("xml")
	case bytes.Contains(head, []byte("opendocument.spreadsheet")):
		return later("fods")
	case bytes.Contains(head, []byte("<html")):
		return later("html")
	}
	return notSheet()
}
