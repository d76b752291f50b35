package store

import (
	"bytes"
	_ "embed" // the catalogue is part of the program
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

//go:embed catalogue.csv
var catalogueCSV []byte

//go:embed groups.csv
var groupsCSV []byte

//go:embed measures.csv
var measuresCSV []byte

// Measure is a name under which values are written, and how it converts to the
// measure that the catalogue keeps.
type Measure struct {
	Name    string
	English string
	Base    string  // the measure kept
	Factor  float64 // value in Base = value * Factor
}

// Catalogue is what the district counts, and by which forms: indicators, groups,
// measures, forms with the words of their dictionaries, and the rules that figures
// must satisfy.
type Catalogue struct {
	Indicators []Indicator
	Groups     []Group
	Measures   []Measure
	Forms      []Form
	Words      []Word
	Rules      []Rule
	index      map[string]int
	measures   map[string]int
}

// Overlay is what a district's configuration adds to the catalogue or says
// otherwise.
type Overlay struct {
	Indicators []Indicator
	Forms      []Form
	Words      []Word
	Rules      []Rule // whole: what the configuration does not say of one is filled in
}

// LoadCatalogue returns the embedded catalogue with the overlays laid over it:
// an indicator or form whose code exists replaces the fields that it sets and
// adds its aliases or heads; a new code adds one.
func LoadCatalogue(overlays ...Overlay) (*Catalogue, error) {
	c := &Catalogue{}
	if err := eachRow(catalogueCSV, func(r row) error {
		ind, err := indicatorOf(r)
		c.Indicators = append(c.Indicators, ind)
		return err
	}); err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	if err := eachRow(groupsCSV, func(r row) error {
		c.Groups = append(c.Groups, Group{r["code"], r["name"], r["english"]})
		return nil
	}); err != nil {
		return nil, fmt.Errorf("groups: %w", err)
	}
	if err := eachRow(measuresCSV, func(r row) error {
		f, err := strconv.ParseFloat(r["factor"], 64)
		c.Measures = append(c.Measures, Measure{r["name"], r["english"], r["base"], f})
		return err
	}); err != nil {
		return nil, fmt.Errorf("measures: %w", err)
	}
	if err := c.loadForms(); err != nil {
		return nil, err
	}
	c.reindex()
	for _, o := range overlays {
		for _, ind := range o.Indicators {
			c.overlay(ind)
		}
		for _, f := range o.Forms {
			c.overlayForm(f)
		}
		c.Words = append(c.Words, o.Words...)
	}
	c.reindex()
	if err := c.check(); err != nil {
		return nil, err
	}
	if err := c.checkForms(); err != nil {
		return nil, err
	}
	return c, c.loadRules(overlays)
}

// ByCode returns the indicator of that code.
func (c *Catalogue) ByCode(code string) (Indicator, bool) {
	i, ok := c.index[code]
	if !ok {
		return Indicator{}, false
	}
	return c.Indicators[i], true
}

// MeasureByName returns how a measure written so converts.
func (c *Catalogue) MeasureByName(name string) (Measure, bool) {
	i, ok := c.measures[name]
	if !ok {
		return Measure{}, false
	}
	return c.Measures[i], true
}

// MeasureLabel returns the measure's name in the language.
func (c *Catalogue) MeasureLabel(name string, l Lang) string {
	if m, ok := c.MeasureByName(name); ok && l == English {
		return m.English
	}
	return name
}

// GroupByCode returns the group of that code.
func (c *Catalogue) GroupByCode(code string) (Group, bool) {
	for _, g := range c.Groups {
		if g.Code == code {
			return g, true
		}
	}
	return Group{}, false
}

// Names returns every name and alias under which an indicator is known, the
// catalogue's name first.
func (i Indicator) Names() []string {
	return append([]string{i.Name}, i.Aliases...)
}

func (c *Catalogue) reindex() {
	c.index = make(map[string]int, len(c.Indicators))
	for i, ind := range c.Indicators {
		c.index[ind.Code] = i
	}
	c.measures = make(map[string]int, len(c.Measures))
	for i, m := range c.Measures {
		c.measures[m.Name] = i
	}
}

func (c *Catalogue) overlay(o Indicator) {
	i, ok := c.index[o.Code]
	if !ok {
		c.index[o.Code] = len(c.Indicators)
		c.Indicators = append(c.Indicators, withDefaults(o))
		return
	}
	have := &c.Indicators[i]
	for _, f := range []struct{ to, from *string }{
		{&have.Name, &o.Name},
		{&have.Short, &o.Short},
		{&have.English, &o.English},
		{&have.ShortEnglish, &o.ShortEnglish},
		{&have.Group, &o.Group},
		{&have.Measure, &o.Measure},
		{&have.Numerator, &o.Numerator},
		{&have.Denominator, &o.Denominator},
		{&have.Definition, &o.Definition},
		{(*string)(&have.Kind), (*string)(&o.Kind)},
		{(*string)(&have.Polarity), (*string)(&o.Polarity)},
		{(*string)(&have.Cadence), (*string)(&o.Cadence)},
		{(*string)(&have.Origin), (*string)(&o.Origin)},
	} {
		if *f.from != "" {
			*f.to = *f.from
		}
	}
	if o.Scale != 0 {
		have.Scale = o.Scale
	}
	if o.Reporters != nil {
		have.Reporters = o.Reporters
	}
	have.Sensitive = have.Sensitive || o.Sensitive
	have.Aliases = append(have.Aliases[:len(have.Aliases):len(have.Aliases)], o.Aliases...)
}

func withDefaults(o Indicator) Indicator {
	o.Short = first(o.Short, o.Name)
	o.English = first(o.English, o.Name)
	o.ShortEnglish = first(o.ShortEnglish, o.English)
	o.Kind = Kind(first(string(o.Kind), string(Flow)))
	o.Polarity = Polarity(first(string(o.Polarity), string(Neutral)))
	o.Cadence = Cadence(first(string(o.Cadence), string(Monthly)))
	o.Origin = Origin(first(string(o.Origin), string(FromReport)))
	if o.Kind == Ratio && o.Scale == 0 {
		o.Scale = map[string]float64{"%": 100, "‰": 1000, "‱": 10000}[o.Measure]
		o.Bounded = o.Scale != 0
		if o.Scale == 0 {
			o.Scale = 1
		}
	}
	return o
}

func first(s ...string) string {
	for _, one := range s {
		if one != "" {
			return one
		}
	}
	return ""
}

// check finds what a table or an overlay got wrong: a code used twice, a ratio
// whose parts do not exist, a group or measure that is not listed.
func (c *Catalogue) check() error {
	if len(c.index) != len(c.Indicators) {
		seen := map[string]bool{}
		for _, ind := range c.Indicators {
			if seen[ind.Code] {
				return fmt.Errorf("indicator %s stands twice", ind.Code)
			}
			seen[ind.Code] = true
		}
	}
	for _, ind := range c.Indicators {
		codes := ind.Parts
		if ind.Kind == Ratio {
			codes = append([]string{ind.Numerator, ind.Denominator}, codes...)
		}
		for _, code := range codes {
			if _, ok := c.index[code]; !ok {
				return fmt.Errorf("indicator %s rests on %q, which does not exist", ind.Code, code)
			}
		}
		if _, ok := c.GroupByCode(ind.Group); !ok {
			return fmt.Errorf("indicator %s: no group %q", ind.Code, ind.Group)
		}
		if _, ok := c.measures[ind.Measure]; !ok {
			return fmt.Errorf("indicator %s: no measure %q", ind.Code, ind.Measure)
		}
	}
	return nil
}

func indicatorOf(r row) (Indicator, error) {
	ind := Indicator{
		Code:         r["code"],
		Name:         r["name"],
		Short:        r["short"],
		English:      r["english"],
		ShortEnglish: r["short_english"],
		Group:        r["group"],
		Measure:      r["measure"],
		Kind:         Kind(r["kind"]),
		Numerator:    r["numerator"],
		Denominator:  r["denominator"],
		Parts:        r.list("parts"),
		Polarity:     Polarity(r["polarity"]),
		Bounded:      r["bounded"] == "yes",
		Sensitive:    r["sensitive"] == "yes",
		Part:         r["part"] == "yes",
		Origin:       Origin(r["source"]),
		Reporters:    r.list("reporters"),
		Cadence:      Cadence(r["cadence"]),
		Aliases:      r.list("aliases"),
		Definition:   r["definition"],
	}
	if s := r["scale"]; s != "" {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return ind, fmt.Errorf("indicator %s: scale: %w", ind.Code, err)
		}
		ind.Scale = f
	}
	return ind, nil
}

// row is one line of an embedded table by the names in its head.
type row map[string]string

func (r row) list(key string) []string {
	if r[key] == "" {
		return nil
	}
	return strings.Split(r[key], ";")
}

func eachRow(table []byte, do func(row) error) error {
	rd := csv.NewReader(bytes.NewReader(table))
	head, err := rd.Read()
	if err != nil {
		return err
	}
	for {
		rec, err := rd.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		r := make(row, len(head))
		for i, h := range head {
			r[h] = rec[i]
		}
		if err := do(r); err != nil {
			return err
		}
	}
}
