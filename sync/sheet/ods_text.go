package sheet

import (
	"errors"
	"strconv"
	"strings"
)

// inside reads what stands in a cell: the paragraphs of its text. Notes and
// drawings are no text of the cell.
func (t *odsTable) inside() error {
	switch string(t.tag()) {
	case "text:p", "text:h":
		in := &t.cell
		if in.paragraphs++; in.paragraphs > 1 {
			in.text = append(in.text, '\n')
		}
		in.blank = true // blanks that begin a paragraph are none
		start := len(in.text)
		if err := t.paragraph(); err != nil {
			return err
		}
		if n := len(in.text); in.blank && n > start && in.text[n-1] == ' ' {
			in.text = in.text[:n-1]
		}
		return nil
	case "text:list", "text:list-item", "text:list-header":
		return t.children(t.inside)
	case "table:table":
		return t.fail("a table within a cell")
	case "office:annotation", "table:detective", "table:cell-range-source":
		return t.skip()
	}
	return t.other()
}

// paragraph takes the text of the open element and of those inside it. Blanks and
// ends of line in the file count as one blank; others are elements.
func (t *odsTable) paragraph() error {
	return t.mixed(t.characters, func() error {
		in := &t.cell
		switch string(t.tag()) {
		case "text:s":
			return t.spaces()
		case "text:tab":
			in.text, in.blank = append(in.text, '\t'), false
			return t.skip()
		case "text:line-break":
			in.text, in.blank = append(in.text, '\n'), false
			return t.skip()
		case "office:annotation", "office:annotation-end", "text:note", "text:ruby-text":
			return t.skip()
		case "text:span":
			in.struck = in.struck || t.styles.strikes(t.attr("text:style-name"))
		default:
			if t.foreign(t.tag(), "text") {
				return t.skip()
			}
		}
		return t.paragraph() // a field, a link: what it shows
	})
}

// characters takes a piece of text.
func (t *odsTable) characters(piece []byte) {
	in := &t.cell
	for _, b := range piece {
		if !isBlank(b) {
			in.text, in.blank = append(in.text, b), false
		} else if !in.blank {
			in.text, in.blank = append(in.text, ' '), true
		}
	}
}

// spaces reads <text:s text:c="3"/>, blanks that stay.
func (t *odsTable) spaces() error {
	n, err := t.number("text:c", 1, t.count.Field)
	if err != nil {
		return err
	}
	in := &t.cell
	if len(in.text)+n > t.count.Field {
		return tooLarge(Ref(t.row, t.col))
	}
	for range n {
		in.text = append(in.text, ' ')
	}
	in.blank = false
	return t.skip()
}

// setTime stores a duration such as PT18H30M00S as a part of a day, as Excel has
// it; it may be longer than one.
func (v *values) setTime(value []byte, c *Cell) error {
	c.Kind, c.Date, c.Text = Number, true, v.texts.add(value)
	rest, negative := strings.CutPrefix(c.Text, "-")
	rest, ok := strings.CutPrefix(strings.Replace(rest, "T", "", 1), "P")
	if !ok || rest == "" {
		return errors.New("not a time")
	}
	seconds := 0.0
	for _, unit := range []struct {
		letter  string
		seconds float64
	}{{"D", 86400}, {"H", 3600}, {"M", 60}, {"S", 1}} {
		number, after, found := strings.Cut(rest, unit.letter)
		if !found {
			continue
		}
		n, err := strconv.ParseFloat(number, 64)
		if err != nil || strings.Trim(number, "0123456789.") != "" {
			return errors.New("not a time")
		}
		seconds += n * unit.seconds
		rest = after
	}
	if rest != "" {
		return errors.New("not a time")
	}
	if c.Num = seconds / 86400; negative {
		c.Num = -c.Num
	}
	return nil
}
