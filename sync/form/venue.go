package form

import (
	"slices"
	"strings"

	"jindu/store"
	"jindu/sync/sheet"
)

// company are the words that make a name plainly a company's; of any other place
// the name could be its owner's.
var company = newPattern(`公司|集团|合作社|酒店|宾馆|饭店|会所|俱乐部|夜总会|[Kk][Tt][Vv]|药业|化工厂|医院|学校`)

// venueField reads a place of business: its name where it is plainly a company,
// else its kind and the street that it lies in (ruling 24).
func (l *ledger) venueField(c *ledgerColumn, cell sheet.Cell) fieldValue {
	text := clean(textOf(cell))
	shape := first(shapeOf(text), shapeOfCell(cell))
	switch {
	case shape != "":
		return illegible("personal_data", shape)
	case blank(cell):
		return fieldValue{}
	case !company.MatchString(text):
		street := l.streetName(text)
		if text = l.kindOfVenue(text); street != "" {
			text += "（" + street + "）"
		}
	}
	return fieldValue{Value: store.Value{Kind: c.field.Kind, Text: text}}
}

// venueKinds is the dictionary of the kinds of places.
const venueKinds = "venue_kind"

// kindOfVenue says what a place is by its own name or the word of its row.
func (l *ledger) kindOfVenue(name string) string {
	if e, ok := l.index.words[venueKinds].within(name); ok {
		return e.value
	}
	for _, c := range l.columns {
		if c.name() == "" || c.field.Dictionary != venueKinds {
			continue
		}
		if e, ok := l.lookUp(venueKinds, textOf(l.cellAt(c.col))); ok {
			return e.value
		}
	}
	return "场所"
}

// A road's name is short and stands by itself, behind the street or community that
// it lies in, if any: whatever else stands before it could be a person's.
var (
	areas = newPattern(`街道办事处|街道办|街道|社区居委会|社区|村委会`)
	road  = newPattern(`(?:^|[^\p{Han}])(\p{Han}{1,3}(?:大道|路|街|巷))`)
)

// streetName returns the road, or else the street office, that a venue's address
// or name has in it; never the number of the house.
func (l *ledger) streetName(name string) string {
	texts := []string{}
	for _, c := range l.columns {
		if c.name() != "" && c.field.Kind == store.StreetField {
			texts = append(texts, textOf(l.cellAt(c.col)))
		}
	}
	for _, text := range append(texts, name) {
		text = fold(text)
		text = areas.ReplaceAllString(strings.TrimPrefix(text, l.units.prefix.FindString(text)), "|")
		if m := road.FindStringSubmatch(text); m != nil {
			return m[1]
		}
	}
	for _, text := range append(texts, name) {
		if code := l.streetOf(text); code != "" {
			return l.opt.Units.Name(code)
		}
	}
	if code := l.streetOf(l.opt.Units.Name(l.at.unit)); code != "" {
		return l.opt.Units.Name(code)
	}
	return ""
}

// streetField keeps of a place only the street that it lies in, by its code: the
// rest of the cell is not read.
func (l *ledger) streetField(_ *ledgerColumn, cell sheet.Cell) fieldValue {
	code := l.streetOf(textOf(cell))
	if code == "" {
		return fieldValue{}
	}
	return fieldValue{Value: store.Value{Kind: store.StreetField, Text: code}}
}

func (l *ledger) streetOf(text string) string {
	for _, code := range l.units.within(text) {
		u, _ := l.opt.Units.ByCode(code)
		if u.Kind == store.Community {
			u, _ = l.opt.Units.ByCode(u.Parent)
		}
		if u.Kind == store.Street {
			return u.Code
		}
	}
	return ""
}

// postField reads an official's posts by the words of the dictionary, in their
// order: the name that may stand beside them, before or behind, is left out with
// all that is no such word.
func (l *ledger) postField(c *ledgerColumn, cell sheet.Cell) fieldValue {
	if blank(cell) {
		return fieldValue{}
	}
	d := l.index.words[first(c.field.Dictionary, "post")]
	text := fold(textOf(cell))
	if d == nil || shapeOf(text) != "" {
		return illegible("word_unknown", c.both())
	}
	var posts []string
	for text != "" {
		i := slices.IndexFunc(d.words, func(w string) bool { return strings.HasPrefix(text, w) })
		if i < 0 {
			_, text, _ = cutRune(text)
			continue
		}
		word := d.words[i]
		if value := d.entries[word].value; !slices.Contains(posts, value) {
			posts = append(posts, value)
		}
		text = strings.TrimPrefix(text, word)
	}
	if len(posts) == 0 {
		return illegible("word_unknown", c.both())
	}
	return fieldValue{Value: store.Value{Kind: store.PostField, Text: strings.Join(posts, "、")}}
}

// cutRune cuts the first character off.
func cutRune(s string) (r, rest string, ok bool) {
	for i := range s {
		if i > 0 {
			return s[:i], s[i:], true
		}
	}
	return s, "", s != ""
}
