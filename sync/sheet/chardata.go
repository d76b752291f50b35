package sheet

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// content returns the text of the open element and closes it; no element may
// stand inside. The result holds until the next call: it is the part's own bytes
// where nothing had to be resolved.
func (s *scanner) content() ([]byte, error) {
	if s.single {
		_, err := s.step(false)
		return nil, err
	}
	// Nearly every text is one piece without entities, and is returned without a
	// copy; the first comment, CDATA or entity switches to building it.
	whole := true // all text so far is one piece of the part's own bytes
	var text []byte
	for {
		lt := bytes.IndexByte(s.data[s.pos:], '<')
		if lt < 0 || s.pos+lt+1 >= len(s.data) {
			return nil, s.fail("the part ends too early")
		}
		piece := s.data[s.pos : s.pos+lt]
		next := s.data[s.pos+lt+1]
		if next == '/' && whole && plain(piece) {
			s.pos += lt
			return piece, s.shut()
		}
		if whole {
			whole, text = false, s.scratch[:0]
		}
		var err error
		if text, err = s.unescape(text, piece); err != nil {
			return nil, err
		}
		s.scratch = text
		s.pos += lt
		if next == '/' {
			return text, s.shut()
		}
		from := s.pos
		if more, err := s.aside(); err != nil {
			return nil, err
		} else if !more {
			return nil, s.fail("an element inside text")
		}
		if raw := s.data[from:s.pos]; bytes.HasPrefix(raw, []byte("<![CDATA[")) {
			text = append(text, raw[9:len(raw)-3]...)
			s.scratch = text
		}
	}
}

// mixed goes through the open element and closes it: text is called for each
// piece of text, resolved, which holds until the next piece, and each for every
// element inside, which it must read to its end.
func (s *scanner) mixed(text func([]byte), each func() error) error {
	for {
		if s.single {
			_, err := s.step(false)
			return err
		}
		lt := bytes.IndexByte(s.data[s.pos:], '<')
		if lt < 0 || s.pos+lt+1 >= len(s.data) {
			return s.fail("the part ends too early")
		}
		piece := s.data[s.pos : s.pos+lt]
		if !plain(piece) {
			var err error
			if s.scratch, err = s.unescape(s.scratch[:0], piece); err != nil {
				return err
			}
			piece = s.scratch
		}
		if len(piece) > 0 {
			text(piece)
		}
		s.pos += lt
		if s.data[s.pos+1] == '/' {
			return s.shut()
		}
		from := s.pos
		if more, err := s.aside(); err != nil {
			return err
		} else if more {
			if raw := s.data[from:s.pos]; bytes.HasPrefix(raw, []byte("<![CDATA[")) {
				text(raw[9 : len(raw)-3])
			}
			continue
		}
		if _, err := s.step(false); err != nil {
			return err
		}
		if err := each(); err != nil {
			return err
		}
	}
}

// plain reports text that stands for itself: no entity, no carriage return, no
// control characters, which XML does not know.
func plain(b []byte) bool {
	for _, c := range b {
		if c == '&' || c < ' ' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

// unescape appends text with its entities resolved and its ends of line made
// one. XML knows five entities and numbers; others would need a DOCTYPE.
func (s *scanner) unescape(dst, b []byte) ([]byte, error) {
	for len(b) > 0 {
		n := 0
		for n < len(b) && b[n] != '&' && (b[n] >= ' ' || b[n] == '\n' || b[n] == '\t') {
			n++
		}
		dst = append(dst, b[:n]...)
		b = b[n:]
		switch {
		case len(b) == 0:
			return dst, nil
		case b[0] == '\r':
			dst = append(dst, '\n')
			b = bytes.TrimPrefix(b[1:], []byte("\n"))
		case b[0] != '&':
			return nil, s.fail("a control character")
		default:
			r, size := entity(b)
			if size == 0 {
				return nil, s.fail("an unknown entity")
			}
			dst = utf8.AppendRune(dst, r)
			b = b[size:]
		}
	}
	return dst, nil
}

// entity reads the entity at the head of the bytes; size 0 means that there is
// none.
func entity(b []byte) (r rune, size int) {
	end := bytes.IndexByte(b[:min(len(b), 12)], ';')
	if end < 2 {
		return 0, 0
	}
	switch name := string(b[1:end]); name {
	case "amp":
		return '&', end + 1
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	default:
		return numeric(name, end+1)
	}
}

// numeric reads the name of a numeric entity, #20307 or #x4E2D. Numbers of no
// character, of half a surrogate pair or of a control character are none.
func numeric(name string, size int) (r rune, n int) {
	if name[0] != '#' {
		return 0, 0
	}
	digits, base := name[1:], 10
	if len(digits) > 0 && digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	v, err := strconv.ParseUint(digits, base, 32)
	if err != nil || !utf8.ValidRune(rune(v)) || v > utf8.MaxRune || v < ' ' && v != '\t' && v != '\n' && v != '\r' {
		return 0, 0
	}
	return rune(v), size
}

// unhex resolves _x000D_ and its like, in which Excel writes characters that
// XML does not allow; _x005F_ is the underscore that begins one. It works in
// place and must not be given the part's own bytes.
func unhex(b []byte) []byte {
	out := b[:0]
	for i := 0; i < len(b); i++ {
		if r, ok := hexEscape(b[i:]); ok {
			out = utf8.AppendRune(out, r) // at most 3 bytes for 7
			i += 6
			continue
		}
		out = append(out, b[i])
	}
	return out
}

// hexEscape reads the escape at the head of the bytes. A half of a surrogate
// pair stays as it is written: alone it is no character.
func hexEscape(b []byte) (rune, bool) {
	if len(b) < 7 || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	v := 0
	for _, c := range b[2:6] {
		switch {
		case c >= '0' && c <= '9':
			v = 16*v + int(c-'0')
		case c >= 'A' && c <= 'F':
			v = 16*v + int(c-'A') + 10
		case c >= 'a' && c <= 'f':
			v = 16*v + int(c-'a') + 10
		default:
			return 0, false
		}
	}
	return rune(v), utf8.ValidRune(rune(v))
}

// hasHex reports whether anything may need unhex.
func hasHex(b []byte) bool { return bytes.Contains(b, []byte("_x")) }
