package sheet

import (
	"fmt"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// codePage is what the bytes of text mean before Excel 97.
type codePage struct {
	number  uint16
	decoder *encoding.Decoder
}

// charset returns the code page of the number: of Windows, of the Macintosh, or
// of DOS; nil where it is not known.
func charset(number uint16) encoding.Encoding {
	switch number {
	case 936, 10008:
		return simplifiedchinese.GB18030 // holds 936 and more
	case 950, 10002:
		return traditionalchinese.Big5
	case 932, 10001:
		return japanese.ShiftJIS
	case 949, 10003:
		return korean.EUCKR
	case 874:
		return charmap.Windows874
	case 1250:
		return charmap.Windows1250
	case 1251:
		return charmap.Windows1251
	case 1252, 0x8001:
		return charmap.Windows1252
	case 1253:
		return charmap.Windows1253
	case 1254:
		return charmap.Windows1254
	case 1255:
		return charmap.Windows1255
	case 1256:
		return charmap.Windows1256
	case 1257:
		return charmap.Windows1257
	case 1258:
		return charmap.Windows1258
	case 10000, 0x8000:
		return charmap.Macintosh
	case 10007:
		return charmap.MacintoshCyrillic
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 852:
		return charmap.CodePage852
	case 866:
		return charmap.CodePage866
	case 65001:
		return encoding.Nop
	}
	return nil
}

// decode turns bytes of the workbook's code page into UTF-8. Bytes that the
// page does not know are an error: a character that looks like another one is
// worse.
func (x *xls) decode(b []byte) ([]byte, error) {
	if ascii(b) {
		return b, nil
	}
	if x.page.decoder == nil {
		set := charset(x.page.number)
		if set == nil {
			return nil, x.fail(fmt.Sprintf("text in code page %d, which is not known", x.page.number))
		}
		x.page.decoder = set.NewDecoder()
	}
	text, err := x.page.decoder.Bytes(b)
	if err != nil || !utf8.Valid(text) || hasReplacement(text) {
		return nil, x.fail(fmt.Sprintf("text that is not of code page %d", x.page.number))
	}
	return text, nil
}

// shortText reads a text that its length precedes and that lies in this record
// alone: one byte of length, or two where long. The text is overwritten by the
// next one.
func (x *xls) shortText(b []byte, long bool) (text, rest []byte, err error) {
	n := int(b[0])
	b = b[1:]
	if long {
		if len(b) == 0 {
			return nil, nil, x.fail("a text that is cut")
		}
		n |= int(b[0]) << 8
		b = b[1:]
	}
	if !x.biff8 {
		if len(b) < n {
			return nil, nil, x.fail("a text that is cut")
		}
		text, err = x.decode(b[:n])
		return text, b[n:], err
	}
	p := pieces{x: x, b: b, whole: true}
	x.line, _, err = p.text(x.line[:0], n)
	return x.line, p.b, err
}

// pieces reads texts of Excel 97 from this record and from those that continue
// it.
type pieces struct {
	x     *xls
	b     []byte // what is left of the record
	whole bool   // nothing may lie in another record
	high  rune   // the first half of a pair whose second has yet to come
}

// more steps to the record that continues this one.
func (p *pieces) more() error {
	if p.whole || p.x.peek() != recContinue {
		return p.x.fail("a text that is cut")
	}
	if err := p.x.next(); err != nil {
		return err
	}
	p.b = p.x.body
	return nil
}

// number reads n bytes, which may be parted between two records.
func (p *pieces) number(n int) (v int, err error) {
	if n == 2 && len(p.b) >= 2 { // the usual case
		v, p.b = int(le16(p.b)), p.b[2:]
		return v, nil
	}
	for i := range n {
		for len(p.b) == 0 {
			if err := p.more(); err != nil {
				return 0, err
			}
		}
		v |= int(p.b[0]) << (8 * i)
		p.b = p.b[1:]
	}
	return v, nil
}

// The flags before a text. The other bits are not in use.
const (
	textWide     = 0x01 // two bytes a character
	textPhonetic = 0x04
	textRuns     = 0x08
	textFlags    = textWide | textPhonetic | textRuns
)

// text appends a text of n characters as UTF-8: flags, the characters, the runs
// of rich text and the phonetic guide, of which only the runs say something: a
// run that is struck through marks the whole, as in xlsx.
func (p *pieces) text(dst []byte, n int) (text []byte, struck bool, err error) {
	flags, err := p.number(1)
	if err != nil {
		return dst, false, err
	}
	if flags&^textFlags != 0 {
		return dst, false, p.x.fail("a text with unknown flags")
	}
	runs, guide := 0, 0
	if flags&textRuns != 0 {
		if runs, err = p.number(2); err != nil {
			return dst, false, err
		}
	}
	if flags&textPhonetic != 0 {
		if guide, err = p.number(4); err != nil {
			return dst, false, err
		}
	}
	if dst, err = p.characters(dst, n, flags&textWide != 0); err != nil {
		return dst, false, err
	}
	for range runs { // from which character on, and the number of the font
		from, err := p.number(2)
		if err != nil {
			return dst, false, err
		}
		font, err := p.number(2)
		if err != nil {
			return dst, false, err
		}
		struck = struck || from < n && font < len(p.x.struck) && p.x.struck[font]
	}
	return dst, struck, p.skip(guide)
}

// skip passes over n bytes.
func (p *pieces) skip(n int) error {
	for n > len(p.b) {
		n -= len(p.b)
		if err := p.more(); err != nil {
			return err
		}
	}
	p.b = p.b[n:]
	return nil
}

// characters appends n characters. Where they go on in another record, that one
// begins with flags of its own: the same text may be wide here and narrow there.
func (p *pieces) characters(dst []byte, n int, wide bool) ([]byte, error) {
	for p.high = 0; ; {
		size := 1
		if wide {
			size = 2
		}
		here := min(n, len(p.b)/size)
		if n -= here; wide {
			dst = p.wide(dst, p.b[:2*here])
		} else {
			dst = p.narrow(dst, p.b[:here])
		}
		p.b = p.b[here*size:]
		if n == 0 {
			break
		}
		if len(p.b) != 0 {
			return dst, p.x.fail("a character that is cut")
		}
		if err := p.more(); err != nil {
			return dst, err
		}
		flags, err := p.number(1)
		if err != nil {
			return dst, err
		}
		if flags&^textWide != 0 {
			return dst, p.x.fail("a text with unknown flags")
		}
		wide = flags != 0
	}
	return p.flush(dst), nil
}

// flush ends a pair of which only the first half came.
func (p *pieces) flush(dst []byte) []byte {
	if p.high != 0 {
		p.high = 0
		return utf8.AppendRune(dst, utf8.RuneError)
	}
	return dst
}

// narrow appends characters of one byte: the first 256 of Unicode.
func (p *pieces) narrow(dst, b []byte) []byte {
	dst = p.flush(dst)
	if ascii(b) {
		return append(dst, b...)
	}
	for _, c := range b {
		dst = utf8.AppendRune(dst, rune(c))
	}
	return dst
}

// wide appends characters of two bytes, or four where they are a pair. Half a
// pair, as programs leave it that cut texts by their length, is no character.
func (p *pieces) wide(dst, b []byte) []byte {
	for ; len(b) >= 2; b = b[2:] {
		c := rune(le16(b))
		switch {
		case p.high != 0:
			if c >= 0xdc00 && c < 0xe000 {
				dst = utf8.AppendRune(dst, utf16.DecodeRune(p.high, c))
				p.high = 0
				continue
			}
			dst = p.flush(dst)
		}
		if c >= 0xd800 && c < 0xdc00 {
			p.high = c
			continue
		}
		dst = utf8.AppendRune(dst, c)
	}
	return dst
}

// ascii reports whether all bytes mean the same in every code page.
func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// hasReplacement reports whether a character could not be read.
func hasReplacement(text []byte) bool {
	for i := 0; i+2 < len(text); i++ {
		if text[i] == 0xef && text[i+1] == 0xbf && text[i+2] == 0xbd {
			return true
		}
	}
	return false
}

// readShared reads the table of shared strings: how often they are used, which
// some programs count wrongly and nobody needs, how many there are, and one after
// the other. They lie in one block of memory that all cells share.
func (x *xls) readShared() error {
	if x.shared == 0 {
		return nil
	}
	after := x.pos
	x.pos = x.shared
	if err := x.next(); err != nil {
		return err
	}
	if len(x.body) < 8 {
		return x.fail("a table of strings that is cut")
	}
	t := &x.strings
	t.struck = map[int]bool{}
	var all []byte
	count, p := int(le32(x.body[4:])), pieces{x: x, b: x.body[8:]}
	for i := range count {
		n, err := p.number(2)
		if err != nil {
			return err
		}
		var struck bool
		if all, struck, err = p.text(all, n); err != nil {
			return err
		}
		if struck {
			t.struck[i] = true
		}
		t.ends = append(t.ends, uint32(len(all)))
		if len(all)+4*len(t.ends) > x.limits.SharedBytes {
			return tooLarge(x.name + " SST")
		}
	}
	// The number of strings and the strings themselves must agree.
	if len(p.b) != 0 || x.peek() == recContinue {
		return x.fail("more strings than the table counts")
	}
	t.text = string(all)
	x.pos = after
	return nil
}
