package sheet

import (
	"path"
	"strings"

	"jindu/store"
)

// The kinds of relationship that matter, by the last word of their type: the
// words before it differ between the two dialects of the standard.
const (
	relWorkbook  = "officeDocument"
	relSheet     = "worksheet"
	relStrings   = "sharedStrings"
	relStyles    = "styles"
	relMacros    = "vbaProject"
	maxRelations = 10_000
)

// relation is a link from one part to another.
type relation struct{ id, kind, target string }

// workbook reads one xlsx file.
type workbook struct {
	*archive
	book    *Book
	main    string // name of the workbook part
	links   map[string]relation
	targets []string // parts of book.Sheets
	strings sharedStrings
	styles  []style
	count   counter
	values
}

// readXLSX reads the parts in the order in which they build on each other.
func readXLSX(a *archive) (*Book, error) {
	w := &workbook{archive: a, book: &Book{Format: XLSX}, count: counter{Limits: a.limits}}
	for _, step := range []func() error{w.find, w.readLinks, w.readWorkbook, w.readStyles, w.readStrings, w.readSheets} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return w.book, nil
}

// find looks for the workbook part, and tells what else an Office file may be.
func (w *workbook) find() error {
	w.main = "xl/workbook.xml"
	if w.has("_rels/.rels") {
		links, err := w.relations("")
		if err != nil {
			return err
		}
		main, err := linked(links, relWorkbook, "_rels/.rels")
		if err != nil {
			return err
		}
		if main != "" {
			w.main = main
		}
	}
	// What the part is shows for certain when it is opened; what can be said
	// better now is said now.
	switch {
	case strings.HasSuffix(w.main, ".bin"):
		return store.NewError("binary_workbook", nil)
	case strings.HasPrefix(w.main, "word/"):
		return store.NewError("text_document", nil)
	case strings.HasPrefix(w.main, "ppt/"):
		return store.NewError("slides_file", nil)
	case !w.has(w.main) && !w.has("_rels/.rels") && !w.has("[Content_Types].xml"):
		return store.NewError("archive_file", nil)
	}
	return nil
}

// relations reads what a part links to, by the identifier of the link; of the
// archive itself where the part is "".
func (a *archive) relations(part string) (map[string]relation, error) {
	dir, base := path.Split(part)
	s, err := a.scan(dir + "_rels/" + base + ".rels")
	if err != nil {
		return nil, err
	}
	links := map[string]relation{}
	err = s.document("Relationships", func() error {
		if string(s.name) != "Relationship" {
			return s.skip()
		}
		id, kind := string(s.attr("Id")), string(s.attr("Type"))
		target, err := s.text("Target")
		if err != nil {
			return err
		}
		if _, twice := links[id]; twice || id == "" || len(links) == maxRelations {
			return s.fail("a relationship twice, without name, or one too many")
		}
		if string(s.attr("TargetMode")) != "External" {
			links[id] = relation{id, path.Base(kind), resolve(dir, target)}
		}
		return s.skip()
	})
	return links, err
}

// resolve returns the name of the part that a link points at.
func resolve(dir, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = path.Join(dir, target)
	}
	return strings.ToLower(strings.TrimPrefix(path.Clean(target), "/"))
}

// readLinks reads what the workbook part links to: sheets, strings, styles.
func (w *workbook) readLinks() (err error) {
	w.links, err = w.relations(w.main)
	return err
}

// linked returns the part that is linked to as the only one of its kind, or
// nothing.
func linked(links map[string]relation, kind, from string) (string, error) {
	found := ""
	for _, l := range links {
		if l.kind != kind || l.target == found {
			continue
		}
		if found != "" {
			return "", damaged(shown(from), "two parts of the kind "+kind)
		}
		found = l.target
	}
	return found, nil
}

// readWorkbook reads the list of sheets and which day is the first.
func (w *workbook) readWorkbook() error {
	s, err := w.scan(w.main)
	if err != nil {
		return err
	}
	if err := s.root("workbook"); err != nil {
		return notSheet()
	}
	macros, err := linked(w.links, relMacros, w.main)
	if err != nil {
		return err
	}
	w.book.Macros = macros != ""
	index := 0
	err = s.rest(func() error {
		switch string(s.name) {
		case "workbookPr":
			if w.from1904, err = s.flag("date1904", false); err != nil {
				return err
			}
			w.book.Date1904 = w.from1904
		case "sheets":
			return s.children(func() error {
				err := w.addSheet(s, index)
				index++
				return err
			})
		}
		return s.skip()
	})
	if err == nil && index == 0 {
		return s.fail("no sheets")
	}
	return err
}

// addSheet notes a sheet of the workbook's list. Sheets that are no grid
// (charts, dialogs, sheets of macros) keep their place but are left out.
func (w *workbook) addSheet(s *scanner, index int) error {
	if string(s.name) != "sheet" {
		return s.fail("an unknown element among the sheets")
	}
	link, ok := w.links[string(s.linkID())]
	if !ok {
		return s.fail("a sheet without a part")
	}
	name, err := s.text("name")
	if err != nil {
		return err
	}
	sheet := &Sheet{Name: name, Index: index}
	switch string(s.attr("state")) {
	case "", "visible":
	case "hidden":
		sheet.Visibility = Hidden
	case "veryHidden":
		sheet.Visibility = VeryHidden
	default:
		return s.fail("a sheet in an unknown state")
	}
	switch link.kind {
	case relSheet:
		w.targets = append(w.targets, link.target)
		w.book.Sheets = append(w.book.Sheets, sheet)
	case "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet":
	default:
		return s.fail("a sheet of an unknown kind")
	}
	return s.skip()
}
