package page

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"jindu/store"
	"jindu/tui/words"
)

// Fault is what is wrong with a page or a panel. Its code is of a sentence among
// the messages; who read the configuration knows the line of the key.
type Fault struct {
	Key     string   // as the configuration's keys are written: panel[2].kind
	Name    string   // of the page or panel
	Code    string   // of the message
	Args    []string // of the message, behind the key
	Choices []string // what there is instead
}

// Error writes the fault for logs.
func (f *Fault) Error() string {
	return f.Code + " " + f.Key + " " + strings.Join(f.Args, " ")
}

// draft is a book that is being made; it keeps the first thing that is wrong.
type draft struct {
	catalogue *store.Catalogue
	titles    *words.Book // has titles of embedded pages and panels; nil: a district's own
	book      *Book
	at        string // name of the page or panel that is being looked at
	fault     *Fault
}

func (d *draft) fail(code, key string, args ...string) {
	if d.fault == nil {
		d.fault = &Fault{Key: key, Name: d.at, Code: code, Args: args}
	}
}

// oneOf checks a word against those that there are.
func (d *draft) oneOf(key, word string, words []string) {
	if d.fault == nil && !slices.Contains(words, word) {
		d.fail("config_choice", key, word)
		d.fault.Choices = words
	}
}

// refer checks that a code is of something that there is.
func (d *draft) refer(key, code string, codes []string) {
	if d.fault == nil && !slices.Contains(codes, code) {
		d.fail("config_ref", key, code)
		d.fault.Choices = codes
	}
}

// named checks what a page or panel is known by: once in one configuration.
func (d *draft) named(at, name string, seen map[string]bool) {
	d.at = name
	switch {
	case name == "":
		d.fail("config_missing", at, "name")
	case strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "":
		d.fail("config_code", at+".name", name)
	case seen[name]:
		d.fail("config_twice", at+".name", name)
	}
	seen[name] = true
}

// titled checks that something new has a title.
func (d *draft) titled(at, key, title string) {
	if title == "" && (d.titles == nil || d.titles.Say(key) == key) {
		d.fail("config_missing", at, "title")
	}
}

func nth(key string, i int) string { return key + "[" + strconv.Itoa(i+1) + "]" }

// allPanels takes the panels in.
func (d *draft) allPanels(panels []Spec) {
	seen := map[string]bool{}
	for i, s := range panels {
		at := nth("panel", i)
		d.named(at, s.Name, seen)
		old, known := d.book.panels[s.Name]
		if !known && s.Kind == "" {
			d.fail("config_missing", at, "kind")
		}
		if s.Kind != "" {
			d.oneOf(at+".kind", s.Kind, slices.Sorted(maps.Keys(kinds())))
			d.unfit(at, s, map[string]bool{"add": s.Add != nil, "drop": s.Drop != nil})
		}
		for k, code := range s.Drop {
			d.refer(nth(at+".drop", k), code, old.Rows)
		}
		whole := s.over(old)
		if d.fault == nil {
			d.panel(at, s, whole)
		}
		if !known && !slices.Contains([]string{"chart", "ranking"}, s.Kind) { // those are called as their indicator
			d.titled(at, "panel."+s.Name, s.Title)
		}
		d.book.panels[s.Name] = whole
	}
	for i, s := range panels {
		if s.Of != "" {
			d.refer(nth("panel", i)+".of", s.Of, slices.Sorted(maps.Keys(d.book.panels)))
		}
	}
}

// unfit refuses keys that mean nothing for the panel.
func (d *draft) unfit(at string, s Spec, given map[string]bool) {
	for _, key := range slices.Sorted(maps.Keys(given)) {
		if given[key] {
			d.fail("config_unfit", at+"."+key, s.Kind)
		}
	}
}

// panel checks one panel as it is with everything laid over it.
func (d *draft) panel(at string, said, whole Spec) {
	k := kinds()[whole.Kind]
	given := map[string]bool{
		"rows": whole.Rows != nil, "beside": whole.Beside != nil, "group": whole.Group != nil, "units": whole.Units != nil,
		"column": whole.Column != 0, "fixed": whole.Fixed, "of": whole.Of != "",
		"whole": whole.Whole != "", "form": whole.Form != "", "by": whole.By != "", "docs": whole.Docs != nil, "scheme": whole.Scheme != "",
		"strengthening": whole.Strong != nil, "within": whole.Within != 0, "text": whole.Text != nil, "text_en": whole.TextEN != nil,
	}
	for _, key := range slices.Sorted(maps.Keys(given)) {
		fits, needed := k.takes(key)
		switch {
		case given[key] && !fits:
			d.fail("config_unfit", at+"."+key, whole.Kind)
		case needed && !given[key]:
			d.fail("config_missing", at, key)
		}
	}
	codes := d.codes()
	for i, code := range said.Rows {
		d.refer(nth(at+".rows", i), code, codes)
	}
	for i, code := range said.Add {
		d.refer(nth(at+".add", i), code, codes)
	}
	for i, code := range whole.Rows {
		if slices.Index(whole.Rows, code) < i {
			d.fail("config_twice", at, code)
		}
	}
	if _, needed := k.takes("rows"); needed && len(whole.Rows) == 0 {
		d.fail("config_missing", at, "rows")
	}
	for i, one := range said.Beside {
		d.refer(nth(at+".beside", i), one, append([]string{"before", "yearago", "todate", "population"}, codes...))
	}
	d.kindsOf(at, said, whole)
	for i, n := range said.Strong {
		if n < 1 || n > store.Strengthenings {
			d.fail("config_choice", nth(at+".strengthening", i), strconv.Itoa(n), "1 - "+strconv.Itoa(store.Strengthenings))
		}
	}
	if whole.Within < 0 {
		d.fail("config_choice", at+".within", strconv.Itoa(whole.Within), "1 - 366")
	}
	if k.check != nil && d.fault == nil {
		k.check(d, at, whole)
	}
}

// kindsOf checks the kinds and groups that a panel goes by.
func (d *draft) kindsOf(at string, said, whole Spec) {
	for i, code := range said.Group {
		d.refer(nth(at+".group", i), code, groupCodes(d.catalogue))
	}
	for i, one := range said.Units {
		d.oneOf(nth(at+".units", i), one, unitKinds())
	}
	if whole.Column < 0 || whole.Column > len(whole.Rows) {
		d.fail("config_choice", at+".column", strconv.Itoa(whole.Column), "0 - "+strconv.Itoa(len(whole.Rows)))
	}
}

func (d *draft) codes() []string {
	out := make([]string, len(d.catalogue.Indicators))
	for i, ind := range d.catalogue.Indicators {
		out[i] = ind.Code
	}
	return out
}

func groupCodes(c *store.Catalogue) []string {
	out := make([]string, len(c.Groups))
	for i, g := range c.Groups {
		out[i] = g.Code
	}
	return out
}

func unitKinds() []string {
	out := make([]string, len(store.UnitKinds))
	for i, k := range store.UnitKinds {
		out[i] = string(k)
	}
	return out
}

// allPages takes the pages in; digits are compared when all are known, so that
// two pages can change theirs.
func (d *draft) allPages(pages []Plan) {
	seen := map[string]bool{}
	at := map[string]string{}
	for i, p := range pages {
		key := nth("page", i)
		d.named(key, p.Name, seen)
		at[p.Name] = key
		old := slices.IndexFunc(d.book.pages, func(q Plan) bool { return q.Name == p.Name })
		switch {
		case old >= 0:
			d.book.pages[old] = p.over(d.book.pages[old])
		case p.Off:
			d.refer(key+".name", p.Name, d.book.names())
		default:
			if !below(p.Name) { // is called as what it is about
				d.titled(key, "page."+p.Name, p.Title)
			}
			d.book.pages = append(d.book.pages, p)
		}
		d.page(key, p)
	}
	taken := map[int]string{}
	for _, p := range d.book.pages {
		if p.Digit == 0 || p.Off {
			continue
		}
		if other := taken[p.Digit]; other != "" {
			key := at[p.Name]
			if key == "" {
				key = at[other]
				other = p.Name
			}
			d.fail("config_digit", key+".digit", strconv.Itoa(p.Digit), other)
		}
		taken[p.Digit] = p.Name
	}
}

func (b *Book) names() []string {
	out := make([]string, len(b.pages))
	for i, p := range b.pages {
		out[i] = p.Name
	}
	return out
}

// page checks what was said of a page.
func (d *draft) page(at string, p Plan) {
	whole := d.book.page(p.Name)
	if p.Digit < 0 || p.Digit > 9 || p.Digit > 0 && below(p.Name) {
		d.fail("config_choice", at+".digit", strconv.Itoa(p.Digit), "1 - 9")
	}
	if below(p.Name) && p.Off {
		d.fail("config_unfit", at+".off", p.Name)
	}
	if whole.One == nil && !p.Off {
		d.fail("config_missing", at, "1")
	}
	for i, bands := range p.layouts() {
		d.bands(at+"."+strconv.Itoa(i+1), i+1, bands)
	}
	if whole.Focus != "" && !whole.Off && !slices.Contains(whole.shown(), whole.Focus) {
		d.fail("config_ref", at+".focus", whole.Focus)
	}
}

// bands checks a layout: panels that there are, each once, side by side on so
// many columns.
func (d *draft) bands(at string, columns int, bands [][]string) {
	names := slices.Sorted(maps.Keys(d.book.panels))
	seen := map[string]bool{}
	for _, band := range bands {
		sum := 0
		for _, text := range band {
			stack, span := stackOf(text)
			if span < 1 {
				d.fail("config_choice", at, text, "name, name:2, a+b")
			}
			sum += span
			for _, name := range stack {
				d.refer(at, name, names)
				if seen[name] {
					d.fail("config_twice", at, name)
				}
				seen[name] = true
			}
		}
		if sum > columns {
			d.fail("config_span", at, strings.Join(band, ", "), strconv.Itoa(sum), strconv.Itoa(columns))
		}
	}
	if bands != nil && len(seen) == 0 {
		d.fail("config_missing", at, "panel")
	}
}

// shown lists the panels that stand on the page at any width.
func (p Plan) shown() []string {
	var out []string
	for _, bands := range p.layouts() {
		for _, band := range bands {
			for _, text := range band {
				names, _ := stackOf(text)
				out = append(out, names...)
			}
		}
	}
	return out
}

// everyPanelStands refuses new panels that no page shows: nobody would ever learn
// that a line of configuration does nothing.
func (d *draft) everyPanelStands(panels []Spec) {
	shown := map[string]bool{}
	for _, p := range d.book.pages {
		for _, name := range p.shown() {
			shown[name] = true
		}
	}
	for i, s := range panels {
		if s.Kind != "" && !shown[s.Name] {
			d.fail("config_nowhere", nth("panel", i), s.Name)
		}
	}
}
