package sheet

import (
	"bytes"

	"jindu/store"
	"jindu/sync/sheet/ole"
)

// sniff tells by content what the bytes are: a format that can be read, or why
// not.
func sniff(data []byte) (Format, error) {
	switch {
	case len(data) == 0:
		return "", store.NewError("empty_file", nil)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return XLSX, nil // which kind of zip shows once it is open
	case ole.Is(data), isBIFF(data):
		return XLS, nil // which kind of container shows once it is open
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")), !hasControls(data):
		return CSV, nil // which kind of text shows once it is decoded
	}
	if err := sniffBinary(data); err != nil {
		return "", err
	}
	return CSV, nil
}

// sniffBinary refuses what is neither a spreadsheet nor text, by name where it
// has one. UTF-16 without a mark is text.
func sniffBinary(data []byte) error {
	for _, kind := range []struct {
		at         int
		begin, err string
	}{
		{0, "Rar!\x1a\x07", "archive_file"},
		{0, "7z\xbc\xaf\x27\x1c", "archive_file"},
		{0, "\x1f\x8b", "archive_file"},
		{0, "BZh", "archive_file"},
		{0, "\xfd7zXZ\x00", "archive_file"},
		{257, "ustar", "archive_file"},
		{0, "MZ", "program_file"},
		{0, "\x7fELF", "program_file"},
		{0, "SQLite format 3\x00", "database_file"},
		{4, "Standard Jet DB\x00", "database_file"},
		{4, "Standard ACE DB\x00", "database_file"},
		{0, "\x89PNG\r\n\x1a\n", "picture_file"},
		{0, "\xff\xd8\xff", "picture_file"},
		{0, "GIF8", "picture_file"},
		{0, "BM", "picture_file"},
		{0, "II*\x00", "picture_file"},
		{0, "MM\x00*", "picture_file"},
		{8, "WEBP", "picture_file"},
		{4, "ftyp", "picture_file"}, // and films
		{0, "%PDF-", "pdf_file"},
		{0, "{\\rtf", "text_document"},
	} {
		if len(data) >= kind.at && bytes.HasPrefix(data[kind.at:], []byte(kind.begin)) {
			return store.NewError(kind.err, nil)
		}
	}
	if order, _ := unmarked(data); order == nil {
		return notSheet()
	}
	return nil
}

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
