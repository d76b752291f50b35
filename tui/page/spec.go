package page

import (
	_ "embed" // the pages are part of the program
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/pelletier/go-toml/v2"
)

//go:embed pages.toml
var pagesTOML []byte

// Spec describes a panel: its kind, and the indicators that it shows.
type Spec struct {
	Name   string   `toml:"name"`
	Kind   string   `toml:"kind"`
	Rows   []string `toml:"rows"`   // codes of indicators
	Beside []string `toml:"beside"` // tiles: what stands at the right of the figure
	Group  []string `toml:"group"`  // figures: codes of groups
	Units  []string `toml:"units"`  // matrices: kinds of unit
	Column int      `toml:"column"` // matrices: the figure under the cursor at first
	Fixed  bool     `toml:"fixed"`  // charts: always of their own indicator, not of the one under the cursor
	Of     string   `toml:"of"`     // details: the panel whose cursor it follows
}

// Info is a page that can be gone to.
type Info struct {
	Name  string
	Digit int // 0: a page below the others, reached by Enter
}

// pageSpec is a page's layouts by the number of columns.
type pageSpec struct {
	Info
	focus   string // the panel that has the cursor at first, where it stands on the page
	layouts map[int][][]string
}

type book struct {
	pages  []pageSpec
	panels map[string]Spec
}

// specs is the table of pages, read once; a test reads it too.
var specs = sync.OnceValue(func() book {
	b, err := readSpecs(pagesTOML)
	if err != nil {
		panic("pages.toml: " + err.Error())
	}
	return b
})

func readSpecs(text []byte) (book, error) {
	var file struct {
		Page  []map[string]any `toml:"page"`
		Panel []Spec           `toml:"panel"`
	}
	if err := toml.Unmarshal(text, &file); err != nil {
		return book{}, fmt.Errorf("read: %w", err)
	}
	b := book{panels: make(map[string]Spec, len(file.Panel))}
	for _, p := range file.Panel {
		b.panels[p.Name] = p
	}
	for _, raw := range file.Page {
		p, err := readPage(raw)
		if err != nil {
			return b, err
		}
		b.pages = append(b.pages, p)
	}
	return b, nil
}

func readPage(raw map[string]any) (pageSpec, error) {
	p := pageSpec{layouts: map[int][][]string{}}
	for key, value := range raw {
		switch v := value.(type) {
		case string:
			if key == "focus" {
				p.focus = v
			} else {
				p.Name = v
			}
		case int64:
			p.Digit = int(v)
		case []any:
			n, err := strconv.Atoi(key)
			if err != nil {
				return p, fmt.Errorf("layout %q: want a number of columns", key)
			}
			p.layouts[n] = bandsOf(v)
		}
	}
	return p, nil
}

func bandsOf(raw []any) [][]string {
	out := make([][]string, 0, len(raw))
	for _, one := range raw {
		var names []string
		if list, ok := one.([]any); ok {
			for _, name := range list {
				names = append(names, fmt.Sprint(name))
			}
		}
		out = append(out, names)
	}
	return out
}

// Pages returns the pages that digits lead to, in their order.
func Pages() []Info {
	var out []Info
	for _, p := range specs().pages {
		if p.Digit > 0 {
			out = append(out, p.Info)
		}
	}
	return out
}

// layout returns the bands for a screen of so many columns: those of the
// largest number named that is not above it.
func (p pageSpec) layout(columns int) [][]string {
	for n := columns; n > 0; n-- {
		if bands, ok := p.layouts[n]; ok {
			return bands
		}
	}
	return nil
}

// stackOf takes "a+b:2" apart.
func stackOf(text string) (names []string, span int) {
	list, wide, ok := strings.Cut(text, ":")
	span = 1
	if ok {
		if n, err := strconv.Atoi(wide); err == nil {
			span = n
		}
	}
	return strings.Split(list, "+"), span
}
