package sheet

import "slices"

// odsStyle is a style as it is written: what it does not say, its parent says.
type odsStyle struct {
	parent, format string
	struck, plain  bool // says that text is, or is not, struck through
	hidden         bool // of a sheet
}

// odsStyles are the styles of a document by family and name.
type odsStyles struct {
	formats             map[string]style // of numbers
	cells, texts, sheet map[string]odsStyle
	known               map[string]style // what cell styles were found to mean
}

func newODSStyles() odsStyles {
	return odsStyles{map[string]style{}, map[string]odsStyle{}, map[string]odsStyle{}, map[string]odsStyle{}, map[string]style{}}
}

// read reads one style or format. One of the content stands above one of the
// same name that sheets share.
func (o *odsStyles) read(s *scanner) error {
	name := string(s.attr("style:name"))
	if len(o.formats)+len(o.cells)+len(o.texts)+len(o.sheet) > maxStyles {
		return tooLarge("styles")
	}
	switch string(s.tag()) {
	case "number:date-style", "number:time-style":
		o.formats[name] = style{date: true}
	case "number:percentage-style":
		o.formats[name] = style{percent: true}
	case "style:style":
		return o.one(s, name)
	}
	return s.skip()
}

// one reads the properties of a style that matter here.
func (o *odsStyles) one(s *scanner, name string) error {
	family := string(s.attr("style:family"))
	x := odsStyle{parent: string(s.attr("style:parent-style-name")), format: string(s.attr("style:data-style-name"))}
	err := s.children(func() error {
		switch string(s.tag()) {
		case "style:text-properties":
			for _, line := range []string{"style:text-line-through-style", "style:text-line-through-type"} {
				if v := s.attr(line); v != nil {
					x.plain = string(v) == "none"
					x.struck = !x.plain
				}
			}
		case "style:table-properties":
			x.hidden = string(s.attr("table:display")) == "false"
		}
		return s.skip()
	})
	switch family {
	case "table-cell":
		o.cells[name] = x
	case "text":
		o.texts[name] = x
	case "table":
		o.sheet[name] = x
	}
	return err
}

// hides reports a style of sheets that are not shown.
func (o *odsStyles) hides(name []byte) bool { return o.sheet[string(name)].hidden }

// strikes reports a style of text that is struck through.
func (o *odsStyles) strikes(name []byte) bool { return o.texts[string(name)].struck }

// cell returns what a style says of the values of cells.
func (o *odsStyles) cell(name []byte) style {
	if x, ok := o.known[string(name)]; ok {
		return x
	}
	var x style
	formatted, lined := false, false
	var seen []string // parents may form a ring
	for at := string(name); !slices.Contains(seen, at); {
		seen = append(seen, at)
		own, ok := o.cells[at]
		if !ok || len(seen) > maxDepth {
			break
		}
		if own.format != "" && !formatted {
			formatted = true
			x.date, x.percent = o.formats[own.format].date, o.formats[own.format].percent
		}
		if (own.struck || own.plain) && !lined {
			lined = true
			x.struck = own.struck
		}
		at = own.parent
	}
	o.known[string(name)] = x
	return x
}
