package sheet

import (
	"bytes"
	"html"
	"strings"

	"golang.org/x/net/html/atom"
)

// htmlTag is the tag that was read last.
type htmlTag struct {
	name   string
	closed bool // <br/>
	css    css

	// Attributes hold until the next token.
	colspan, rowspan, span, class, style, id, kind, value []byte

	num, fault, truth     []byte // x:num and so on, which Excel writes
	text, formula, hidden bool
}

// read takes the opening tag apart, and reports one whose quotes are in order. A
// quote that was damaged would swallow cells up to the next one, and then the next
// name holds a quote.
func (b *htmlBook) read(raw []byte, closed bool) bool {
	at := nameEnd(raw, 1)
	b.tag = htmlTag{name: small(raw[1:at]), closed: closed}
	for at < len(raw) {
		switch c := raw[at]; {
		case isBlank(c) || c == '/':
			at++
			continue
		case c == '>':
			b.restyle()
			return at == len(raw)-1
		}
		from := at
		for at < len(raw) && !isBlank(raw[at]) && raw[at] != '=' && raw[at] != '>' && raw[at] != '/' {
			at++
		}
		name := raw[from:at]
		if bytes.ContainsAny(name, "\"'<") {
			return false
		}
		var value []byte
		if next := afterBlanks(raw, at); next < len(raw) && raw[next] == '=' {
			from = afterBlanks(raw, next+1)
			if at = attrEnd(raw, from); at < 0 {
				return false
			}
			value = raw[from:at]
		}
		b.tag.attribute(small(name), value)
	}
	return false
}

// nameEnd returns where the name of a tag ends.
func nameEnd(raw []byte, at int) int {
	for at < len(raw) && !isBlank(raw[at]) && raw[at] != '/' && raw[at] != '>' {
		at++
	}
	return at
}

// small returns a name in small letters, which takes no memory where HTML knows it.
func small(name []byte) string {
	for i, c := range name {
		name[i] = lower(c)
	}
	return atom.String(name)
}

// attrEnd returns where the value of an attribute ends; -1 where it does not.
func attrEnd(raw []byte, at int) int {
	if at >= len(raw) {
		return -1
	}
	if quote := raw[at]; quote == '"' || quote == '\'' {
		n := bytes.IndexByte(raw[at+1:], quote)
		if n < 0 {
			return -1
		}
		return at + n + 2
	}
	from := at
	for at < len(raw) && !isBlank(raw[at]) && raw[at] != '>' {
		at++
	}
	if bytes.ContainsAny(raw[from:at], "\"'<") {
		return -1
	}
	return at
}

// attribute notes what matters here. Of two of one name the first counts.
func (t *htmlTag) attribute(name string, value []byte) {
	var to *[]byte
	switch name {
	case "colspan":
		to = &t.colspan
	case "rowspan":
		to = &t.rowspan
	case "span":
		to = &t.span
	case "class":
		to = &t.class
	case "style":
		to = &t.style
	case "id":
		to = &t.id
	case "type":
		to = &t.kind
	case "value":
		to = &t.value
	case "x:num":
		to = &t.num
	case "x:err":
		to = &t.fault
	case "x:bool":
		to = &t.truth
	case "x:str":
		t.text = true
	case "x:fmla":
		t.formula = true
	case "hidden":
		t.hidden = true
	}
	if to == nil || *to != nil {
		return
	}
	if n := len(value); n > 1 && (value[0] == '"' || value[0] == '\'') {
		value = value[1 : n-1]
	}
	if bytes.IndexByte(value, '&') >= 0 {
		value = []byte(html.UnescapeString(string(value)))
	}
	*to = value
}

// restyle finds what the tag's own style and its classes say.
func (b *htmlBook) restyle() {
	t := &b.tag
	t.css.hidden = t.hidden
	if len(t.style) > 0 {
		own, ok := b.styles[string(t.style)]
		if !ok {
			own = inlineCSS(string(t.style))
			if len(b.styles) < maxStyles {
				b.styles[string(t.style)] = own
			}
		}
		t.css.add(own)
	}
	if len(b.css) == 0 {
		return
	}
	for class := range bytes.FieldsSeq(t.class) {
		t.css.add(b.css[string(class)])
	}
}

// known reports the name of an element that HTML or an Office program knows, such
// as o:p. The name of a damaged tag is none.
func known(name string) bool {
	return atom.Lookup([]byte(name)) != 0 || name == "xml" ||
		strings.Contains(name, ":") && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789:") == ""
}
