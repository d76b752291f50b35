package sheet

import (
	"bytes"
	"context"
	"strconv"

	"jindu/store"
)

// scanner walks the tags of one XML part. It is strict where encoding/xml is
// slow and where lenient readers lose cells: tags balance, attributes are
// well-formed and unique, no DOCTYPE, nothing but blanks between the tags that
// it is asked to step through.
//
// Reading follows the shape of the document: a method that stands on an open
// element goes through its children with child or children, and leaves behind
// the closing tag. Nobody keeps track of depth but the stack in here:
//
//	for {
//		more, err := s.child()
//		if err != nil || !more {
//			return err // more is false when the open element was closed
//		}
//		// s.name and s.attrs describe the child: read or skip it
//	}
type scanner struct {
	ctx     context.Context
	part    string // for messages
	data    []byte // the whole part, UTF-8
	pos     int
	name    []byte // of the element last opened, without prefix; nil if of another namespace
	attrs   []attr
	stack   []span // full names of the open elements
	prefix  []byte // of the root element, with its colon
	spaces  []span // prefixes that the root element declares
	single  bool   // the element just opened has no content: <c/>
	scratch []byte // of content
	steps   int
}

// span is a piece of the part. Places instead of slices: the collector need not
// look at what is rewritten for every tag.
type span struct{ from, to int }

// attr is an attribute. The value is as written: entities are not resolved.
type attr struct{ name, value span }

const (
	maxDepth = 64
	maxAttrs = 200
)

// newScanner stands before the root element of a part.
func newScanner(ctx context.Context, part string, data []byte) (*scanner, error) {
	s := flatScanner(ctx, part, data)
	if err := s.declaration(); err != nil {
		return nil, err
	}
	return s, nil
}

// flatScanner stands before the root element of a file that is XML as a whole,
// whose encoding was judged when it was decoded.
func flatScanner(ctx context.Context, part string, data []byte) *scanner {
	return &scanner{ctx: ctx, part: part, data: data, attrs: make([]attr, 0, 16), stack: make([]span, 0, 16)}
}

// fail is a damage at the current place.
func (s *scanner) fail(why string) error {
	return damaged(s.part+" @"+strconv.Itoa(s.pos), why)
}

// declaration reads <?xml ...?>. The bytes were found to be UTF-8; a part that
// says otherwise is only believed where it makes no difference.
func (s *scanner) declaration() error {
	if !bytes.HasPrefix(s.data, []byte("<?xml")) {
		return nil
	}
	end := bytes.Index(s.data, []byte("?>"))
	if end < 0 {
		return s.fail("the declaration does not end")
	}
	head := bytes.ToLower(s.data[:end])
	s.pos = end + 2
	_, charset, ok := bytes.Cut(head, []byte("encoding="))
	if !ok || bytes.HasPrefix(charset[min(1, len(charset)):], []byte("utf-")) || isASCII(s.data) {
		return nil
	}
	return s.fail("the encoding is not UTF-8")
}

// isASCII reports bytes that read the same in nearly every encoding.
func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// cut returns the bytes of a piece; they hold as long as the part does.
func (s *scanner) cut(p span) []byte { return s.data[p.from:p.to] }

// root opens the root element, which must have the name.
func (s *scanner) root(name string) error {
	if _, err := s.step(false); err != nil { // a tag that closes nothing is refused there
		return err
	}
	full := s.cut(s.stack[0])
	if i := bytes.IndexByte(full, ':'); i >= 0 {
		s.prefix = full[:i+1]
	}
	s.name = full[len(s.prefix):]
	if string(s.name) != name {
		return s.fail("not a " + name)
	}
	return nil
}

// child opens the next element inside the one that is open, or closes that one
// and reports false. Only blanks may stand between.
func (s *scanner) child() (bool, error) { return s.step(false) }

// children calls each for the elements inside the open one and closes it; each
// must read its element to the end.
func (s *scanner) children(each func() error) error {
	for {
		more, err := s.child()
		if err != nil || !more {
			return err
		}
		if err := each(); err != nil {
			return err
		}
	}
}

// rest calls each for what stands inside the root element, and checks that
// nothing stands behind it.
func (s *scanner) rest(each func() error) error {
	if err := s.children(each); err != nil {
		return err
	}
	return s.finish()
}

// document reads a whole part whose root element has the name.
func (s *scanner) document(root string, each func() error) error {
	if err := s.root(root); err != nil {
		return err
	}
	return s.rest(each)
}

// skip passes over all that is left of the open element, text and all.
func (s *scanner) skip() error {
	for depth := len(s.stack); len(s.stack) >= depth; {
		if _, err := s.step(true); err != nil {
			return err
		}
	}
	return nil
}

// finish checks that nothing follows the root element.
func (s *scanner) finish() error {
	for {
		lt := bytes.IndexByte(s.data[s.pos:], '<')
		if lt < 0 {
			lt = len(s.data) - s.pos
		}
		if !blank(s.data[s.pos : s.pos+lt]) {
			return s.fail("text after the end")
		}
		s.pos += lt
		if s.pos == len(s.data) {
			return nil
		}
		if more, err := s.aside(); err != nil {
			return err
		} else if !more {
			return s.fail("a tag after the end")
		}
	}
}

// step goes to the next tag and reports whether it opens an element or closes
// one. Text on the way is refused unless asked for.
func (s *scanner) step(text bool) (bool, error) {
	if s.single {
		s.single = false
		s.pop()
		return false, nil
	}
	// A look at the clock costs more than a tag; a part of 64 MB has a few
	// million tags.
	s.steps++
	if s.steps&0xfff == 0 {
		if err := late(s.ctx); err != nil {
			return false, err
		}
	}
	for {
		if s.pos >= len(s.data) {
			return false, s.fail("the part ends too early")
		}
		if s.data[s.pos] != '<' {
			lt := bytes.IndexByte(s.data[s.pos:], '<')
			if lt < 0 {
				return false, s.fail("the part ends too early")
			}
			if !text && !blank(s.data[s.pos:s.pos+lt]) {
				return false, s.fail("text between tags")
			}
			s.pos += lt
		}
		if s.pos+1 < len(s.data) {
			switch s.data[s.pos+1] {
			case '/':
				return false, s.shut()
			case '!', '?':
			default:
				return true, s.open()
			}
		}
		if more, err := s.aside(); err != nil {
			return false, err
		} else if !more {
			return true, s.open()
		}
	}
}

// aside passes over a comment, an instruction or CDATA, and reports whether
// there was one.
func (s *scanner) aside() (bool, error) {
	rest := s.data[s.pos:]
	if len(rest) < 2 || rest[1] != '!' && rest[1] != '?' {
		return false, nil
	}
	var end string
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		end = "-->"
	case bytes.HasPrefix(rest, []byte("<?")):
		end = "?>"
	case bytes.HasPrefix(rest, []byte("<![CDATA[")) && len(s.stack) > 0:
		end = "]]>"
	case len(rest) >= 9 && bytes.EqualFold(rest[:9], []byte("<!DOCTYPE")):
		return false, store.NewError("doctype", nil)
	default:
		return false, s.fail("an unknown kind of tag")
	}
	i := bytes.Index(rest[2:], []byte(end))
	if i < 0 {
		return false, s.fail("the part ends too early")
	}
	s.pos += 2 + i + len(end)
	return true, nil
}

// shut reads a closing tag, which must close the element last opened.
func (s *scanner) shut() error {
	from := s.pos + 2
	if len(s.stack) == 0 {
		return s.fail("a tag closes nothing")
	}
	// Comparing with the name that was opened is the whole check of balance.
	name := s.cut(s.stack[len(s.stack)-1])
	end := from + len(name)
	if end >= len(s.data) || string(s.data[from:end]) != string(name) {
		return s.fail("tags do not balance")
	}
	end = afterBlanks(s.data, end)
	if end >= len(s.data) || s.data[end] != '>' {
		return s.fail("tags do not balance")
	}
	s.pos = end + 1
	s.pop()
	return nil
}

// pop forgets the element last opened.
func (s *scanner) pop() { s.stack = s.stack[:len(s.stack)-1] }

// open reads an opening tag with its attributes.
func (s *scanner) open() error {
	data, from, colon := s.data, s.pos+1, false
	end := from
	for end < len(data) && nameByte(data[end]) {
		colon = colon || data[end] == ':'
		end++
	}
	if end == from || end == len(data) || len(s.stack) == maxDepth {
		return s.fail("a malformed tag")
	}
	s.name = nil
	if n := len(s.prefix); n == 0 && !colon || n > 0 && bytes.HasPrefix(data[from:end], s.prefix) {
		s.name = data[from+n : end]
	}
	s.stack = append(s.stack, span{from, end})
	return s.attributes(end)
}

// attributes reads up to the end of the tag.
func (s *scanner) attributes(at int) error {
	s.attrs = s.attrs[:0]
	for {
		start := at
		at = afterBlanks(s.data, at)
		if at+1 >= len(s.data) {
			return s.fail("a tag does not end")
		}
		switch c := s.data[at]; {
		case c == '>':
			s.pos = at + 1
			return nil
		case c == '/' && s.data[at+1] == '>':
			s.pos, s.single = at+2, true
			return nil
		case at == start || len(s.attrs) == maxAttrs:
			return s.fail("a malformed tag")
		}
		var err error
		if at, err = s.attribute(at); err != nil {
			return err
		}
	}
}

// attribute reads name="value" and returns where it ends.
func (s *scanner) attribute(at int) (int, error) {
	data, from := s.data, at
	for at < len(data) && nameByte(data[at]) {
		at++
	}
	name := span{from, at}
	at = afterBlanks(data, at)
	if name.from == name.to || at >= len(data) || data[at] != '=' {
		return 0, s.fail("a malformed attribute")
	}
	at = afterBlanks(data, at+1)
	if at >= len(data) || data[at] != '"' && data[at] != '\'' {
		return 0, s.fail("a malformed attribute")
	}
	quote := data[at]
	at++
	from = at
	for at < len(data) && data[at] != quote {
		if c := data[at]; c == '<' || c < ' ' && !isBlank(c) {
			return 0, s.fail("a malformed attribute")
		}
		at++
	}
	if at >= len(data) {
		return 0, s.fail("an attribute does not end")
	}
	// Twice the same attribute is two answers to one question. There are few,
	// so looking through all is quicker than any table.
	for i := range s.attrs {
		if string(s.cut(s.attrs[i].name)) == string(s.cut(name)) {
			return 0, s.fail("an attribute twice")
		}
	}
	s.attrs = append(s.attrs, attr{name, span{from, at}})
	return at + 1, nil
}

// attr returns an attribute without prefix, as written, and nil where there is
// none.
func (s *scanner) attr(name string) []byte {
	for i := range s.attrs {
		if string(s.cut(s.attrs[i].name)) == name {
			return s.cut(s.attrs[i].value)
		}
	}
	return nil
}

// linkID returns the attribute by which an element names a relationship: r:id,
// whatever the prefix.
func (s *scanner) linkID() []byte {
	for i := range s.attrs {
		if bytes.HasSuffix(s.cut(s.attrs[i].name), []byte(":id")) {
			return s.cut(s.attrs[i].value)
		}
	}
	return nil
}

// text returns an attribute with its entities resolved.
func (s *scanner) text(name string) (string, error) {
	b, err := s.unescape(nil, s.attr(name))
	return string(b), err
}

// flag reads an attribute of true or false, with its default.
func (s *scanner) flag(name string, otherwise bool) (bool, error) {
	v := s.attr(name)
	if v == nil {
		return otherwise, nil
	}
	switch string(v) {
	case "1", "true", "on":
		return true, nil
	case "0", "false", "off":
		return false, nil
	}
	return false, s.fail(name + " is neither true nor false")
}

// number reads an attribute that counts from 0 up to below the limit.
func (s *scanner) number(name string, otherwise, limit int) (int, error) {
	v := s.attr(name)
	if v == nil {
		return otherwise, nil
	}
	n, ok := atoi(v, limit)
	if !ok {
		return 0, s.fail(name + " is out of range")
	}
	return n, nil
}

// atoi reads plain digits of a number below the limit.
func atoi(b []byte, limit int) (int, bool) {
	if len(b) == 0 || len(b) > 10 {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	return n, n < limit
}

// isBlank reports what XML counts as white space; the first comparison settles
// nearly every byte.
func isBlank(c byte) bool { return c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t') }

// afterBlanks returns the next place that holds no blank.
func afterBlanks(b []byte, at int) int {
	for at < len(b) && isBlank(b[at]) {
		at++
	}
	return at
}

// blank reports bytes that are blanks and nothing else.
func blank(b []byte) bool {
	for _, c := range b {
		if !isBlank(c) {
			return false
		}
	}
	return true
}

// nameByte reports a byte that may stand in a name. Bytes beyond ASCII may;
// no name that means anything here holds one.
func nameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		c == ':' || c == '_' || c == '-' || c == '.' || c >= 0x80
}
