package sheet

import (
	"strings"
	"unicode/utf8"
)

// style is what a cell's format says about its value.
type style struct{ date, percent, struck bool }

const (
	maxStyles = 1 << 17
	maxFormat = 1 << 16 // numbers of formats
)

// readStyles reads the formats of cells. Formats that depend on a condition
// say nothing about the value and are left out.
func (w *workbook) readStyles() error {
	part, err := linked(w.links, relStyles, w.main)
	if err != nil || part == "" {
		return err
	}
	s, err := w.scan(part)
	if err != nil {
		return err
	}
	// The standard puts formats and fonts before the cells' formats, which name
	// them by number.
	formats := map[int]style{}
	var struck []bool // by font
	return s.document("styleSheet", func() error {
		switch string(s.name) {
		case "numFmts":
			return s.children(func() error { return addFormat(s, formats) })
		case "fonts":
			return s.children(func() error {
				on, err := s.struck()
				struck = append(struck, on)
				return err
			})
		case "cellXfs":
			return s.children(func() error {
				x, err := cellStyle(s, formats, struck)
				w.styles = append(w.styles, x)
				return err
			})
		}
		return s.skip()
	})
}

// addFormat notes what a number format of the workbook's own means.
func addFormat(s *scanner, formats map[int]style) error {
	id, err := s.number("numFmtId", 0, maxFormat)
	if err != nil {
		return err
	}
	code, err := s.text("formatCode")
	if err != nil {
		return err
	}
	formats[id] = formatStyle(code)
	return s.skip()
}

// struck reads a font, or the properties of a run of text, and reports whether
// it strikes through.
func (s *scanner) struck() (on bool, err error) {
	err = s.children(func() error {
		if string(s.name) == "strike" {
			if on, err = s.flag("val", true); err != nil {
				return err
			}
		}
		return s.skip()
	})
	return on, err
}

// cellStyle reads one format of cells. The number format counts whether or not
// applyNumberFormat is set: programs show it either way.
func cellStyle(s *scanner, formats map[int]style, struck []bool) (style, error) {
	id, err := s.number("numFmtId", 0, maxFormat)
	if err != nil {
		return style{}, err
	}
	font, err := s.number("fontId", 0, maxStyles)
	if err != nil {
		return style{}, err
	}
	x, ok := formats[id]
	if !ok {
		x = builtin(id)
	}
	x.struck = font < len(struck) && struck[font]
	return x, s.skip()
}

// builtin returns the formats that are known by number alone; 27 to 36 and 50
// to 58 are the dates of Chinese and other East Asian versions.
func builtin(id int) style {
	return style{
		date:    id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58,
		percent: id == 9 || id == 10,
	}
}

// formatStyle reads the first section of a number format, the one for
// positive numbers: a letter of a date or time that is not quoted makes it a
// date, a percent sign a percentage.
func formatStyle(code string) style {
	x := style{}
	for i := 0; i < len(code); {
		n := 1
		switch c := lower(code[i]); c {
		case ';':
			return x
		case '"':
			n = quoted(code[i:])
		case '\\', '_', '*': // the next character stands for itself, or for its width
			_, w := utf8.DecodeRuneInString(code[i+1:])
			n += w
		case '[':
			n = bracket(code[i:], &x)
		case 'g':
			if len(code) >= i+7 && strings.EqualFold(code[i:i+7], "general") {
				n = 7
			}
		case 'e': // 1.5E+07, else the year of an era
			if i+1 < len(code) && (code[i+1] == '+' || code[i+1] == '-') {
				n = 2
			} else {
				x.date = true
			}
		case 'a': // aaa and aaaa are the day of the week
			x.date = x.date || len(code) >= i+3 && strings.EqualFold(code[i:i+3], "aaa")
		case 'y', 'm', 'd', 'h', 's':
			x.date = true
		case '%':
			x.percent = true
		}
		i += n
	}
	return x
}

// quoted returns the length of a quoted piece, or of all the rest.
func quoted(code string) int {
	if end := strings.IndexByte(code[1:], '"'); end >= 0 {
		return end + 2
	}
	return len(code)
}

// bracket passes over [Red], [$-804], [>=100] and [DBNum1]; [h], [mm] and [ss]
// are elapsed times.
func bracket(code string, x *style) int {
	end := strings.IndexByte(code, ']')
	if end < 0 {
		return len(code)
	}
	inner := strings.ToLower(code[1:end])
	for _, unit := range []string{"h", "m", "s"} {
		if inner != "" && strings.Trim(inner, unit) == "" {
			x.date = true
		}
	}
	return end + 1
}

// lower makes an ASCII letter small.
func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c | 0x20
	}
	return c
}
