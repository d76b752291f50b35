package tuitest

import (
	"hash/fnv"
	"reflect"
	"strings"
	"sync"

	"jindu/store"
)

// Hostile is what a name, a title or a sheet might carry to a terminal: each text is
// a family of what could move, colour, name, copy, print, turn or widen something.
var Hostile = sync.OnceValue(func() []string {
	return []string{
		"\x1b[2J\x1b[H\x1b[31;1m\x1b[?1049l\x1b[6n",                                        // CSI
		"\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x1b\\\x1b]8;;http://x\x1b\\",                   // OSC
		"\x1bP+q544e\x1b\\\x1b_Gf=100\x1b\\\x1b^pm\x1b\\\x1bXsos\x1b\\\x1bc\x1b#8\x1b(0",   // DCS, APC, PM, SOS
		"\x9b31m\x9d0;owned\x9c\x90q\x9c\u009b2J\u009d0;owned\u009c\u0090q\u009c\u0085",    // C1, raw and in UTF-8
		"\r\n\t\v\f\x00\x07\x08\x7f\x0e\x0f\u2028\u2029",                                   // controls
		"\u202egnol\u202c\u2066x\u2069\u200f\u061c\u05d0\u0627",                            // bidi
		"\u200b\u200c\u200d\ufeff\u2060\u00ad\ufe0f\u034f\U000e0041\U000e007f\ue000\ufff9", // zero-width, tags, private
		"\xff\xfe\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80\xe5\x9f",                             // no UTF-8
		"e" + strings.Repeat("\u0301", 100) + "각" + "ก็็็",                                 // marks upon marks
		"👩‍👩‍👧👍🏽🇨🇳1️⃣☠️䷀🀄龘㍿ｱ①→",                                                            // wide, joined, ambiguous
	}
})

// Codes are the fields that hold nothing but codes of the program's own tables, or
// addresses and dates that a parser has read: no file and no person writes into them.
func Codes() []string {
	return []string{
		"Campaign.Indicators", "Campaign.Units", "CaseCount.Class", "Cell.Note", "Cell.PeriodRef", "Exit.Indicator", "Expect.Form", "Expect.Units", "Finding.Indicator", "Finding.Rule",
		"Form.Code", "Form.Indicators", "Form.Row",
		"FormHead.Indicator", "FormHead.Names", // names that headers are matched with are never shown
		"FormField.Measure", "FormField.Name", "FormTally.By", "FormTally.Indicator", "FormTally.Sum", "FormTally.When", "FormTally.Where key",
		"Grade.Code", "Grade.Units", "GradeItem.Base", "GradeItem.Evidence", "GradeItem.Indicator", "Group.Code", "Indicator.Code", "Indicator.Denominator",
		"Indicator.Group", "Indicator.Measure", "Indicator.Numerator", "Indicator.Parts", "Key.Indicator", "Measure.Base", "Measure.English",
		"Measure.Name", "Practice.Base", "Practice.Indicator", "Record.Form", "Record.Values key", "Requirement.Fields", "Requirement.Of", "Series.Indicator", "SetAside.Rule",
		"Sum.Indicator", "Tally.Form", "Tally.Indicator", "Target.Indicator", "Target.Unit", "Term.Code", "Unit.Parent", "UnitIndicator.Indicator",
	}
}

// Poison writes hostile text into every text that a value reaches, whatever its type:
// a field that is added tomorrow is poisoned too. What stands in two places becomes
// the same in both, so that links hold. Codes of the program's own tables are left, and
// texts of types of their own: those are closed sets.
type Poison struct {
	Round  int             // with each of Rounds every text gets others of Hostile
	Fields map[string]bool // the texts that have been met, and whether one of them was poisoned
	filled map[string]bool // those of which one is not empty, and those that hold codes
	codes  map[string]bool
}

// NewPoison returns the poison for what rests on a catalogue.
func NewPoison(round int, c *store.Catalogue) *Poison {
	p := &Poison{Round: round, Fields: map[string]bool{}, filled: map[string]bool{}, codes: map[string]bool{
		"": true, store.DistrictCode: true, "title": true, "sheet": true, "file": true, "source": true,
	}}
	for _, i := range c.Indicators {
		p.codes[i.Code] = true
	}
	for _, g := range c.Groups {
		p.codes[g.Code] = true
	}
	for _, m := range c.Measures { // part of the program: no district adds one
		p.codes[m.Name], p.codes[m.English], p.codes[m.Base] = true, true, true
	}
	for _, f := range c.Forms {
		p.codes[f.Code] = true
		for _, one := range f.Fields {
			p.codes[one.Name] = true
		}
	}
	for _, k := range store.UnitKinds {
		p.codes[string(k)] = true
	}
	for code := range store.Messages() {
		p.codes[code] = true
	}
	for _, field := range Codes() {
		p.filled[field] = true
	}
	return p
}

// Data poisons a district, and gives it an indicator of its own of which every text
// is hostile, its code too.
func (p *Poison) Data(d *store.SnapshotData) error {
	foreign, _ := d.Catalogue.ByCode("users_found")
	foreign.Code = p.Text("foreign")
	c, err := store.LoadCatalogue(store.Overlay{Indicators: []store.Indicator{foreign}})
	if err != nil {
		return err
	}
	d.Catalogue = c
	for _, f := range d.Figures {
		if f.Indicator == "users_found" {
			f.Indicator = foreign.Code
			d.Figures = append(d.Figures, f)
		}
	}
	p.codes[foreign.Code] = true
	p.Into(d)
	return nil
}

// Into poisons what a pointer points to. A field that is empty everywhere is filled.
func (p *Poison) Into(pointer any) {
	v := reflect.ValueOf(pointer).Elem()
	p.into(v, "", func(field, old string) string {
		p.filled[field] = p.filled[field] || old != ""
		return old
	})
	p.into(v, "", func(field, old string) string {
		if !p.filled[field] {
			old = "文"
		}
		p.Fields[field] = p.Fields[field] || !p.codes[old]
		return p.Text(old)
	})
}

// into does something to every text that a value reaches.
func (p *Poison) into(v reflect.Value, field string, do func(field, old string) string) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString(do(field, v.String()))
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() && v.Elem().CanSet() {
			p.into(v.Elem(), field, do)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			p.into(v.Index(i), field, do)
		}
	case reflect.Map:
		p.intoMap(v, field, do)
	case reflect.Struct:
		p.intoStruct(v, do)
	default:
	}
}

func (p *Poison) intoMap(v reflect.Value, field string, do func(field, old string) string) {
	out := reflect.MakeMap(v.Type())
	for _, k := range v.MapKeys() {
		key, value := reflect.New(k.Type()).Elem(), reflect.New(v.Type().Elem()).Elem()
		key.Set(k)
		value.Set(v.MapIndex(k))
		p.into(key, field+" key", do)
		p.into(value, field, do)
		out.SetMapIndex(key, value)
	}
	if v.Len() > 0 {
		v.Set(out)
	}
}

func (p *Poison) intoStruct(v reflect.Value, do func(field, old string) string) {
	if units, ok := v.Addr().Interface().(*store.Units); ok {
		all := append([]store.Unit(nil), units.All()...)
		p.into(reflect.ValueOf(&all).Elem(), "", do)
		*units = store.NewUnits(all)
		return
	}
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() {
			p.into(v.Field(i), v.Type().Name()+"."+f.Name, do)
		}
	}
}

// Rounds is after how many rounds every text has carried all of Hostile.
func Rounds() int { return (len(Hostile()) + 1) / 2 }

// Text returns the text with something hostile behind its first character and at its
// end, or as it is where it is a code.
func (p *Poison) Text(old string) string {
	if p.codes[old] {
		return old
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(old)) // a hash takes everything
	all := Hostile()
	at := int(h.Sum32()>>1) + p.Round
	first := string([]rune(old)[:1])
	return first + all[at%len(all)] + old[len(first):] + all[(at+Rounds())%len(all)]
}
