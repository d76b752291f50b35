package sheet

import (
	"bytes"
	"context"

	"jindu/store"
)

// mimeODS is how the family of spreadsheets names itself: documents, templates.
const mimeODS = "application/vnd.oasis.opendocument.spreadsheet"

// readZip reads a zip as the kind of spreadsheet that its parts make of it.
func readZip(ctx context.Context, data []byte, limits Limits) (*Book, error) {
	a, err := openArchive(ctx, data, limits)
	if err != nil {
		return nil, err
	}
	defer a.close()
	open, err := a.openDocument()
	if err != nil {
		return nil, err
	}
	if open {
		return readODS(a)
	}
	return readXLSX(a)
}

// openDocument reports an OpenDocument spreadsheet, and refuses what else writes
// its parts as that family does.
func (a *archive) openDocument() (bool, error) {
	switch {
	case a.has("OFD.xml"):
		return false, store.NewError("text_document", nil)
	case a.has("Index/Document.iwa"):
		return false, foreign("Numbers")
	case !a.has("mimetype"):
		return a.has("content.xml") && a.has("META-INF/manifest.xml"), nil
	}
	kind, err := a.part("mimetype")
	if err != nil {
		return false, err
	}
	family := bytes.TrimPrefix(kind, []byte("application/vnd.oasis.opendocument."))
	switch {
	case bytes.HasPrefix(kind, []byte(mimeODS)):
		return true, nil
	case bytes.HasPrefix(family, []byte("text")):
		return false, store.NewError("text_document", nil)
	case bytes.HasPrefix(family, []byte("presentation")):
		return false, store.NewError("slides_file", nil)
	case bytes.HasPrefix(family, []byte("graphics")), bytes.HasPrefix(family, []byte("image")):
		return false, store.NewError("picture_file", nil)
	}
	if bytes.HasPrefix(kind, []byte("application/vnd.sun.xml.calc")) {
		return false, foreign("sxc")
	}
	return false, notSheet()
}
