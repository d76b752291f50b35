package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// PopulationCode is the one figure of an expression that the configuration
// gives, and no unit.
const PopulationCode = "population"

// When says of which period an expression takes a figure.
type When uint8

// The same period, the one before it, or January to its last month.
const (
	SamePeriod When = iota
	PeriodBefore
	SinceJanuary
)

// functions are the names under which an expression asks for other periods.
var functions = [...]string{SamePeriod: "", PeriodBefore: "before", SinceJanuary: "year"}

// Term is a summand of an expression: a factor and the figure that it multiplies,
// or a constant where there is no code.
type Term struct {
	Factor float64
	Code   string
	When   When
}

// Expr is a sum of figures and constants. It has no brackets, no division and no
// conditions: who reads a rule must see at once what it says.
type Expr []Term

// exprTerms is how many summands there may be.
const exprTerms = 32

// ExprError says where an expression cannot be understood.
type ExprError struct {
	At   int    // place of the character, the first is 1
	Word string // what stands there; empty at the end
	Why  string // what was wanted: code of a word in messages.csv
}

// Error writes the error for those who read no messages.csv.
func (e *ExprError) Error() string {
	return fmt.Sprintf("character %d: %q: %s", e.At, e.Word, e.Why)
}

// ExprCode is what an error says where no indicator has the code.
const ExprCode = "expr_code"

// ParseExpr reads an expression, as the function of that name does, whose codes
// are of indicators that have numbers.
func (c *Catalogue) ParseExpr(s string) (Expr, error) {
	p := &exprParser{text: []rune(s), known: func(code string) bool {
		ind, ok := c.ByCode(code)
		return ok && ind.Kind != Text
	}}
	return p.expr()
}

// ParseExpr reads an expression such as risk_high + 2*before(risk_mid) - 3. Its
// errors are *ExprError. Whether the codes exist is not its business.
func ParseExpr(s string) (Expr, error) {
	p := &exprParser{text: []rune(s), known: func(string) bool { return true }}
	return p.expr()
}

// expr reads summands to the end.
func (p *exprParser) expr() (Expr, error) {
	var e Expr
	for first := true; first || !p.end(); first = false {
		sign, ok := p.sign()
		if !ok && !first {
			return nil, p.fail("expr_sign")
		}
		t, err := p.term()
		if err != nil {
			return nil, err
		}
		if len(e) == exprTerms {
			return nil, p.fail("expr_long")
		}
		t.Factor *= sign
		e = append(e, t)
	}
	return e, nil
}

// String writes the expression as ParseExpr reads it.
func (e Expr) String() string {
	var b strings.Builder
	for i, t := range e {
		factor := t.Factor
		switch {
		case i > 0 && factor < 0:
			b.WriteString(" - ")
			factor = -factor
		case i > 0:
			b.WriteString(" + ")
		case factor < 0:
			b.WriteString("-")
			factor = -factor
		}
		number := strconv.FormatFloat(factor, 'f', -1, 64)
		switch {
		case t.Code == "":
			b.WriteString(number)
			continue
		case factor != 1:
			b.WriteString(number + "*")
		}
		if name := functions[t.When]; name != "" {
			b.WriteString(name + "(" + t.Code + ")")
		} else {
			b.WriteString(t.Code)
		}
	}
	return b.String()
}

// Codes returns the codes of the figures in their order, each once.
func (e Expr) Codes() []string {
	var out []string
	for _, t := range e {
		if t.Code != "" && !slices.Contains(out, t.Code) {
			out = append(out, t.Code)
		}
	}
	return out
}

// exprParser reads an expression from left to right and never looks back.
type exprParser struct {
	text  []rune
	at    int
	known func(code string) bool
}

// end skips blanks and reports whether nothing is left.
func (p *exprParser) end() bool {
	for p.at < len(p.text) && p.text[p.at] == ' ' {
		p.at++
	}
	return p.at == len(p.text)
}

// take takes a character, if it is the next one.
func (p *exprParser) take(r rune) bool {
	if p.end() || p.text[p.at] != r {
		return false
	}
	p.at++
	return true
}

// sign takes a sign; without one the summand counts as it stands.
func (p *exprParser) sign() (sign float64, ok bool) {
	switch {
	case p.take('-'):
		return -1, true
	case p.take('+'):
		return 1, true
	default:
		return 1, false
	}
}

// fail says what was wanted at this place.
func (p *exprParser) fail(why string) *ExprError {
	if p.end() {
		return &ExprError{At: len(p.text) + 1, Why: why}
	}
	to := p.at + 1
	for to < len(p.text) && isCodeRune(p.text[p.at]) && isCodeRune(p.text[to]) {
		to++
	}
	return &ExprError{At: p.at + 1, Word: string(p.text[p.at:to]), Why: why}
}

// term reads a constant, a figure, or a constant times a figure.
func (p *exprParser) term() (Term, error) {
	t := Term{Factor: 1}
	if n, ok, err := p.number(); err != nil {
		return t, err
	} else if ok {
		if t.Factor = n; !p.take('*') {
			return t, nil
		}
	}
	word := p.word()
	if word == "" {
		return t, p.fail("expr_term")
	}
	when := slices.Index(functions[:], word)
	if when < 0 {
		t.Code = word
		return t, p.check(word)
	}
	t.When = When(when)
	if !p.take('(') {
		return t, p.fail("expr_open")
	}
	if t.Code = p.word(); t.Code == "" || slices.Contains(functions[:], t.Code) {
		p.at -= len(t.Code) // codes are ASCII
		return t, p.fail(ExprCode)
	}
	if err := p.check(t.Code); err != nil {
		return t, err
	}
	if !p.take(')') {
		return t, p.fail("expr_close")
	}
	return t, nil
}

// check fails at a code, which has just been read, that nothing has.
func (p *exprParser) check(code string) error {
	if p.known(code) {
		return nil
	}
	p.at -= len(code) // codes are ASCII
	return p.fail(ExprCode)
}

// number reads digits with or without a fraction. Fifteen of them are as many as
// a number holds exactly.
func (p *exprParser) number() (n float64, ok bool, err error) {
	if p.end() {
		return 0, false, nil
	}
	from := p.at
	for p.at < len(p.text) && (isDigit(p.text[p.at]) || p.at > from && p.text[p.at] == '.') {
		p.at++
	}
	if p.at == from {
		return 0, false, nil
	}
	text := string(p.text[from:p.at])
	n, err = strconv.ParseFloat(text, 64)
	glued := p.at < len(p.text) && isCodeRune(p.text[p.at])
	if err != nil || glued || len(text) > 16 || strings.HasSuffix(text, ".") {
		p.at = from
		return 0, false, p.fail("expr_number")
	}
	return n, true, nil
}

// word reads a code or the name of a function.
func (p *exprParser) word() string {
	if p.end() || isDigit(p.text[p.at]) {
		return ""
	}
	from := p.at
	for p.at < len(p.text) && isCodeRune(p.text[p.at]) {
		p.at++
	}
	return string(p.text[from:p.at])
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// isCodeRune reports whether codes are written with the character.
func isCodeRune(r rune) bool { return r >= 'a' && r <= 'z' || r == '_' || isDigit(r) }
