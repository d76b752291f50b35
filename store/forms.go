package store

import (
	_ "embed" // the forms are part of the program
	"fmt"
	"slices"
	"strings"
)

//go:embed forms.csv
var formsCSV []byte

//go:embed fields.csv
var fieldsCSV []byte

//go:embed tallies.csv
var talliesCSV []byte

//go:embed words.csv
var wordsCSV []byte

// FormByCode returns the form of that code.
func (c *Catalogue) FormByCode(code string) (Form, bool) {
	for _, f := range c.Forms {
		if f.Code == code {
			return f, true
		}
	}
	return Form{}, false
}

// Counts reports whether a ledger counts the indicator.
func (c *Catalogue) Counts(indicator string) bool {
	return slices.ContainsFunc(c.Forms, func(f Form) bool {
		return slices.ContainsFunc(f.Tallies, func(t FormTally) bool { return t.Indicator == indicator })
	})
}

// Dictionary returns the words of a dictionary in their order.
func (c *Catalogue) Dictionary(name string) []Word {
	var out []Word
	for _, w := range c.Words {
		if w.Dictionary == name {
			out = append(out, w)
		}
	}
	return out
}

// loadForms reads the embedded forms with their fields, tallies and words.
func (c *Catalogue) loadForms() error {
	if err := eachRow(formsCSV, func(r row) error {
		c.Forms = append(c.Forms, Form{
			Code:       r["code"],
			Kind:       FormKind(r["kind"]),
			Name:       r["name"],
			English:    r["english"],
			Row:        r["row"],
			Standing:   r["standing"] == "yes",
			Titles:     r.list("titles"),
			Indicators: r.list("indicators"),
			Reporters:  r.list("reporters"),
		})
		return nil
	}); err != nil {
		return fmt.Errorf("forms: %w", err)
	}
	if err := eachRow(fieldsCSV, c.loadField); err != nil {
		return fmt.Errorf("fields: %w", err)
	}
	if err := eachRow(talliesCSV, c.loadTally); err != nil {
		return fmt.Errorf("tallies: %w", err)
	}
	if err := eachRow(wordsCSV, func(r row) error {
		c.Words = append(c.Words, Word{r["dictionary"], r["word"], r["value"], r["class"]})
		return nil
	}); err != nil {
		return fmt.Errorf("words: %w", err)
	}
	return nil
}

// formOf returns the form that a row of another table belongs to.
func (c *Catalogue) formOf(r row) (*Form, error) {
	i := slices.IndexFunc(c.Forms, func(f Form) bool { return f.Code == r["form"] })
	if i < 0 {
		return nil, fmt.Errorf("no form %q", r["form"])
	}
	return &c.Forms[i], nil
}

func (c *Catalogue) loadField(r row) error {
	form, err := c.formOf(r)
	if err != nil {
		return err
	}
	form.Fields = append(form.Fields, FormField{
		Name:       r["name"],
		Kind:       FieldKind(r["kind"]),
		Telling:    r["telling"] == "yes",
		Required:   r["required"] == "yes",
		Measure:    r["measure"],
		Dictionary: r["dictionary"],
		English:    r["english"],
		Heads:      r.list("heads"),
		Example:    r["example"],
	})
	return nil
}

func (c *Catalogue) loadTally(r row) error {
	form, err := c.formOf(r)
	if err != nil {
		return err
	}
	t := FormTally{Indicator: r["indicator"], Sum: r["sum"], When: r["when"], By: r["by"], AtLeast: r["least"] == "yes"}
	for _, one := range r.list("where") {
		field, value, _ := strings.Cut(one, "=")
		if t.Where == nil {
			t.Where = map[string]string{}
		}
		t.Where[field] = value
	}
	form.Tallies = append(form.Tallies, t)
	return nil
}

// overlayForm lays a form of the configuration over the catalogue's: what it
// sets replaces, its fields add heads to those of the same name or are new.
func (c *Catalogue) overlayForm(o Form) {
	i := slices.IndexFunc(c.Forms, func(f Form) bool { return f.Code == o.Code })
	if i < 0 {
		o.English = first(o.English, o.Name)
		c.Forms = append(c.Forms, o)
		return
	}
	have := &c.Forms[i]
	for _, f := range []struct{ to, from *string }{
		{&have.Name, &o.Name},
		{&have.English, &o.English},
		{&have.Row, &o.Row},
	} {
		if *f.from != "" {
			*f.to = *f.from
		}
	}
	have.Titles = append(slices.Clip(have.Titles), o.Titles...)
	have.Heads = append(slices.Clip(have.Heads), o.Heads...)
	have.Tallies = append(slices.Clip(have.Tallies), o.Tallies...)
	if o.Indicators != nil {
		have.Indicators = o.Indicators
	}
	if o.Reporters != nil {
		have.Reporters = o.Reporters
	}
	have.Fields = slices.Clone(have.Fields)
	for _, f := range o.Fields {
		k := slices.IndexFunc(have.Fields, func(one FormField) bool { return one.Name == f.Name })
		if k < 0 {
			have.Fields = append(have.Fields, f)
			continue
		}
		have.Fields[k].Heads = append(slices.Clip(have.Fields[k].Heads), f.Heads...)
		have.Fields[k].Required = have.Fields[k].Required || f.Required
	}
}

// checkForms finds what a table or an overlay of forms got wrong.
func (c *Catalogue) checkForms() error {
	seen := map[string]bool{}
	for _, f := range c.Forms {
		if seen[f.Code] {
			return fmt.Errorf("form %s stands twice", f.Code)
		}
		seen[f.Code] = true
		if !slices.Contains([]FormKind{ReportForm, LedgerForm, CountedForm}, f.Kind) {
			return fmt.Errorf("form %s: no kind %q", f.Code, f.Kind)
		}
		if err := c.checkForm(f); err != nil {
			return fmt.Errorf("form %s: %w", f.Code, err)
		}
	}
	return nil
}

func (c *Catalogue) checkForm(f Form) error {
	codes := slices.Clone(f.Indicators)
	for _, h := range f.Heads {
		codes = append(codes, h.Indicator)
	}
	for _, t := range f.Tallies {
		if t.Indicator != "" {
			codes = append(codes, t.Indicator)
		}
		for _, name := range []string{t.Sum, t.When, t.By} {
			if _, ok := f.Field(name); name != "" && !ok && name != "year" {
				return fmt.Errorf("a tally rests on the field %q, which does not exist", name)
			}
		}
		for name := range t.Where {
			name, _, _ = strings.Cut(name, ".")
			if _, ok := f.Field(name); !ok {
				return fmt.Errorf("a tally rests on the field %q, which does not exist", name)
			}
		}
	}
	for _, code := range codes {
		if _, ok := c.index[code]; !ok {
			return fmt.Errorf("no indicator %q", code)
		}
	}
	if _, ok := f.Field(f.Row); f.Row != "" && !ok {
		return fmt.Errorf("its rows are dated by the field %q, which does not exist", f.Row)
	}
	names := map[string]bool{}
	for _, one := range f.Fields {
		switch {
		case names[one.Name]:
			return fmt.Errorf("field %s stands twice", one.Name)
		case !slices.Contains(FieldKinds, one.Kind):
			return fmt.Errorf("field %s: no kind %q", one.Name, one.Kind)
		case len(one.Heads) == 0:
			return fmt.Errorf("field %s has no heads", one.Name)
		case one.Kind == WordField && len(c.Dictionary(one.Dictionary)) == 0:
			return fmt.Errorf("field %s: no dictionary %q", one.Name, one.Dictionary)
		}
		if _, ok := c.measures[one.Measure]; one.Measure != "" && !ok {
			return fmt.Errorf("field %s: no measure %q", one.Name, one.Measure)
		}
		names[one.Name] = true
	}
	return nil
}
