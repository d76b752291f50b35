package sheet

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// flow gathers text as a browser shows it: blanks and ends of line in the file
// are one blank, elements break lines.
type flow struct {
	text   []byte
	blank  bool // a blank is due before the next letter
	line   bool // an end of line is
	struck bool
}

// add takes a piece of text.
func (s *flow) add(piece []byte) {
	for _, c := range piece {
		if isBlank(c) {
			s.blank = true
			continue
		}
		switch n := len(s.text); {
		case n == 0 || s.text[n-1] == '\n':
		case s.line:
			s.text = append(s.text, '\n')
		case s.blank:
			s.text = append(s.text, ' ')
		}
		s.blank, s.line = false, false
		s.text = append(s.text, c)
	}
}

// end breaks the line where a block ends, br breaks it in any case.
func (s *flow) end() { s.line = true }

func (s *flow) br() {
	s.text = append(s.text, '\n')
	s.blank, s.line = false, false
}

// take hands out the text without the blanks around it, and begins anew. A
// no-break space alone is how a blank cell is written.
func (s *flow) take() []byte {
	text := s.text
	s.text, s.blank, s.line = s.text[:0], false, false
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		if r != '\u00a0' && r != ' ' && r != '\n' {
			break
		}
		text = text[n:]
	}
	for len(text) > 0 {
		r, n := utf8.DecodeLastRune(text)
		if r != '\u00a0' && r != ' ' && r != '\n' {
			break
		}
		text = text[:len(text)-n]
	}
	return text
}

// css is what a style says that matters here.
type css struct{ text, hidden, struck bool }

// add joins what another style says.
func (c *css) add(o css) {
	c.text, c.hidden, c.struck = c.text || o.text, c.hidden || o.hidden, c.struck || o.struck
}

// inlineCSS reads the declarations of a style.
func inlineCSS(text string) css {
	var c css
	if text == "" {
		return c
	}
	for declaration := range strings.SplitSeq(text, ";") {
		key, value, _ := strings.Cut(strings.ToLower(declaration), ":")
		value = strings.TrimSpace(value)
		switch strings.TrimSpace(key) {
		case "mso-number-format", "vnd.ms-excel.numberformat":
			c.text = strings.Trim(value, "\"'\\ ") == "@"
		case "display":
			c.hidden = strings.HasPrefix(value, "none")
		case "text-decoration", "text-decoration-line":
			c.struck = strings.Contains(value, "line-through")
		}
	}
	return c
}

// readCSS reads the classes of a page's style sheet. Other selectors are not
// understood; they seldom hide anything.
func readCSS(text string, classes map[string]css) {
	for block := range strings.SplitSeq(text, "}") {
		selectors, body, ok := strings.Cut(block, "{")
		c := inlineCSS(body)
		if !ok || c == (css{}) {
			continue
		}
		for selector := range strings.SplitSeq(selectors, ",") {
			_, class, named := strings.Cut(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(selector), "<!--")), ".")
			if named && !strings.ContainsAny(class, " .:#[>") && len(classes) < maxStyles {
				all := classes[class]
				all.add(c)
				classes[class] = all
			}
		}
	}
}

// numberShown reads a number with separators or a percent sign as it is shown,
// and how many decimals are.
func numberShown(text []byte) (digits []byte, decimals int, percent bool) {
	digits, percent = bytes.CutSuffix(text, []byte("%"))
	digits = bytes.ReplaceAll(digits, []byte(","), nil)
	if _, part, ok := bytes.Cut(digits, []byte(".")); ok {
		decimals = len(part)
	}
	return digits, decimals, percent
}
