package wall

import (
	_ "embed" // the usual pages are part of the program
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/pelletier/go-toml/v2"
)

//go:embed pages.toml
var pagesTOML []byte

// usual is the table of pages, read once; a test reads it too.
var usual = sync.OnceValue(func() []Page {
	var file struct {
		Page []Page `toml:"page"`
	}
	if err := toml.Unmarshal(pagesTOML, &file); err != nil {
		panic(fmt.Sprintf("pages.toml: %v", err))
	}
	return file.Page
})

// UsualPages returns the pages of a wall where a district says nothing.
func UsualPages() []Page { return slices.Clone(usual()) }

// A page stands so long where nothing else is said.
const usualSeconds = 30

// settled fills in what the plan leaves open.
func (p Plan) settled() Plan {
	if len(p.Book) == 0 {
		p.Book = UsualPages()
	}
	if len(p.Pages) == 0 {
		for _, one := range p.Book {
			p.Pages = append(p.Pages, one.Name)
		}
	}
	if p.Seconds == 0 {
		p.Seconds = usualSeconds
	}
	if p.Alerts == nil {
		p.Alerts = UsualAlerts()
	}
	return p
}

// page returns the page of that name.
func (p Plan) page(name string) (Page, bool) {
	i := slices.IndexFunc(p.Book, func(one Page) bool { return one.Name == name })
	if i < 0 {
		return Page{}, false
	}
	return p.Book[i], true
}

// turn is what turns at a moment.
type turn struct {
	pages   []string
	first   []string // that come again after each of the others
	seconds int      // 0: nothing turns by itself
	night   bool
	meeting string // that is on; empty: none
}

// at returns what turns at a moment. A meeting is not disturbed: its pages alone
// turn, while the band of an alarm shows on them as on any other.
func (p Plan) at(now time.Time, alarmed []string) turn {
	t := turn{pages: p.Pages, first: p.Pinned, seconds: p.Seconds, night: p.Night.Hold(now)}
	if t.night && len(p.AtNight) > 0 {
		t.pages = p.AtNight
	}
	for _, m := range p.Meetings {
		if m.holds(now) {
			return turn{pages: m.Pages, seconds: m.Seconds, night: t.night, meeting: m.Name}
		}
	}
	for _, name := range alarmed {
		if !slices.Contains(t.first, name) {
			t.first = append(slices.Clip(t.first), name)
		}
	}
	return t
}

// sheet is one screenful of a page: its nth, where it needs several.
type sheet struct {
	page string
	n    int
}

// rotor knows which sheets were shown last: one of those that turn, and one of
// those that come again after each.
type rotor struct {
	base, first sheet
	onFirst     bool // what is shown is one that comes again
}

// shown returns what is on the screen.
func (r rotor) shown() sheet {
	if r.onFirst {
		return r.first
	}
	return r.base
}

// jump shows a page at once.
func (r *rotor) jump(page string) { r.first, r.onFirst = sheet{page, 0}, true }

// next turns to the sheet that comes now: the others and those that come again
// take turns.
func (r *rotor) next(base, first []sheet) {
	base = slices.DeleteFunc(slices.Clone(base), func(s sheet) bool { return slices.Contains(first, s) })
	switch {
	case len(base) == 0 && len(first) == 0:
		return
	case len(base) == 0, len(first) > 0 && !r.onFirst:
		r.first, r.onFirst = after(first, r.first), true
	default:
		r.base, r.onFirst = after(base, r.base), false
	}
}

// keep stays on a sheet that still exists, else on the first that there is.
func (r *rotor) keep(base, first []sheet) {
	all := slices.Concat(base, first)
	if slices.Contains(all, r.shown()) || len(all) == 0 {
		return
	}
	for n := r.shown().n; n >= 0; n-- { // the page has fewer sheets now
		if one := (sheet{r.shown().page, n}); slices.Contains(all, one) {
			if r.onFirst {
				r.first = one
			} else {
				r.base = one
			}
			return
		}
	}
	switch {
	case len(base) == 0:
		r.first, r.onFirst = first[0], true
	case slices.Contains(first, base[0]):
		r.first, r.onFirst = base[0], true
	default:
		r.base, r.onFirst = base[0], false
	}
}

// after returns the sheet that follows one in a list, the first where it is not in it.
func after(list []sheet, one sheet) sheet {
	return list[(slices.Index(list, one)+1)%len(list)]
}
