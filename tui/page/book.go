package page

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"github.com/pelletier/go-toml/v2"

	"jindu/store"
	"jindu/tui/words"
)

//go:embed pages/*.toml
var pagesTOML embed.FS

// The pages below the others: Enter leads to them, with what they are about.
const (
	UnitPage   = "unit"   // everything of one unit
	UnitsPage  = "units"  // one indicator, unit by unit
	BesidePage = "beside" // two units side by side
)

// SheetPage is the sheet for a meeting: the look-up leads to it, and it is written
// as a file more often than it is looked at.
const SheetPage = "brief"

// Info is a page that can be gone to.
type Info struct {
	Name  string
	Digit int // 0: no key leads to it
}

// Book is the pages and panels of a board: the embedded ones, and what a district
// says otherwise. It is made once, checked, and then only read.
type Book struct {
	pages  []Plan // by digit, those without one behind
	panels map[string]Spec
}

// embedded is the book of the embedded pages.
var embedded = sync.OnceValue(func() *Book {
	b, err := readBook(pagesTOML)
	if err != nil {
		panic(err.Error()) // part of the program: a test reads it
	}
	return b
})

// Embedded returns the book of a district that says nothing otherwise.
func Embedded() *Book { return embedded() }

// readBook reads a page from each file, and checks them all.
func readBook(files fs.FS) (*Book, error) {
	c, err := store.LoadCatalogue()
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "pages/*.toml")
	if err != nil {
		return nil, err
	}
	var pages []Plan
	var panels []Spec
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		var file struct {
			Pages  []Plan `toml:"page"`
			Panels []Spec `toml:"panel"`
		}
		if err := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields().Decode(&file); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		pages, panels = append(pages, file.Pages...), append(panels, file.Panels...)
	}
	b, err := (&Book{panels: map[string]Spec{}}).with(c, pages, panels, words.Of(store.Chinese))
	var fault *Fault
	if errors.As(err, &fault) {
		return nil, fmt.Errorf("pages: %s: %w", fault.Name, fault)
	}
	return b, nil
}

// NewBook lays a district's pages and panels over the embedded ones. What is wrong
// with them it returns as a [*Fault].
func NewBook(c *store.Catalogue, pages []Plan, panels []Spec) (*Book, error) {
	return Embedded().with(c, pages, panels, nil)
}

// with returns the book with pages and panels laid over it. Those that have titles
// in the words need none.
func (b *Book) with(c *store.Catalogue, pages []Plan, panels []Spec, titles *words.Book) (*Book, error) {
	d := &draft{
		catalogue: c,
		titles:    titles,
		book:      &Book{pages: slices.Clone(b.pages), panels: maps.Clone(b.panels)},
	}
	d.allPanels(panels)
	d.allPages(pages)
	d.everyPanelStands(panels)
	if d.fault != nil {
		return nil, d.fault
	}
	slices.SortStableFunc(d.book.pages, func(p, q Plan) int { return order(p) - order(q) })
	return d.book, nil
}

func order(p Plan) int {
	if p.Digit == 0 {
		return 10
	}
	return p.Digit
}

// Pages returns the pages that can be gone to, in the order of their digits; the
// ones without come last.
func (b *Book) Pages() []Info {
	var out []Info
	for _, p := range b.pages {
		if !below(p.Name) && !p.Off {
			out = append(out, Info{p.Name, p.Digit})
		}
	}
	return out
}

// below reports whether a page is about one unit or one indicator.
func below(name string) bool { return name == UnitPage || name == UnitsPage || name == BesidePage }

// Title returns the page's name in the language of the words.
func (b *Book) Title(w *words.Book, name string) string {
	for _, p := range b.pages {
		if p.Name == name && p.Title != "" {
			return w.Lang.Pick(p.Title, english(p.TitleEN, p.Title))
		}
	}
	return w.Say("page." + name)
}

// title returns the panel's title.
func (s Spec) title(w *words.Book) string {
	if s.Title != "" {
		return w.Lang.Pick(s.Title, english(s.TitleEN, s.Title))
	}
	return w.Say("panel." + s.Name)
}

// english is the English title, or the Chinese one where nobody has written it.
func english(en, zh string) string {
	if en == "" {
		return zh
	}
	return en
}

// page returns the page of that name.
func (b *Book) page(name string) Plan {
	for _, p := range b.pages {
		if p.Name == name {
			return p
		}
	}
	return Plan{}
}

// Panels returns the panels that stand on a page, whatever its width: for documents.
func (b *Book) Panels(name string) []Spec {
	var out []Spec
	seen := map[string]bool{}
	for _, panel := range b.page(name).shown() {
		if !seen[panel] {
			out = append(out, b.panels[panel])
		}
		seen[panel] = true
	}
	return out
}
