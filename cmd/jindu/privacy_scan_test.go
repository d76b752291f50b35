package main

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"
)

// window is how many digits in a row of an identity or card number are found:
// a number that lost its first or last digits is still somebody's.
const window = 12

// scanner finds secrets in bytes of any kind, in whatever encoding, with
// separators and invisible characters between or not.
type scanner struct {
	windows map[uint64]int    // the digits of a window -> secret
	phones  map[uint64]int    // all eleven digits
	words   map[[3]rune][]int // first characters of the others
	secrets []secret
	text    [][]rune // of secrets that are no digits, folded
	window  int
	most    uint64 // 10 to the window
}

// newScanner looks for parts of numbers as well; which of two persons of one
// birthday a part belongs to cannot be told.
func newScanner(all []planted) *scanner { return scannerOf(all, window) }

// newStrictScanner looks for whole numbers, so that each found is one planted.
func newStrictScanner(all []planted) *scanner { return scannerOf(all, 15) }

func scannerOf(all []planted, window int) *scanner {
	s := &scanner{windows: map[uint64]int{}, phones: map[uint64]int{}, words: map[[3]rune][]int{}, window: window, most: 1}
	for range window {
		s.most *= 10
	}
	for i, one := range all {
		s.secrets = append(s.secrets, one.secret)
		s.text = append(s.text, nil)
		switch one.kind {
		case "id", "card":
			for at := 0; at+s.window <= len(one.secret.text); at++ {
				if n, ok := digitsOf(one.secret.text[at : at+s.window]); ok {
					s.windows[n] = i
				}
			}
		case "phone":
			n, _ := digitsOf(one.secret.text)
			s.phones[n] = i
		default:
			s.text[i] = compact(one.secret.text)
			key := [3]rune(s.text[i][:3])
			s.words[key] = append(s.words[key], i)
		}
	}
	return s
}

// digitsOf reads at most eighteen digits; the leading 1 keeps zeros apart.
func digitsOf(s string) (uint64, bool) {
	n := uint64(1)
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + uint64(c-'0')
	}
	return n, true
}

// found counts each secret once, and says in which view it was seen.
type found map[int]string

// scan looks through the bytes as every encoding would show them.
func (s *scanner) scan(data []byte, into found) {
	note := func(view string) func(i int) {
		return func(i int) {
			if into[i] == "" {
				into[i] = view
			}
		}
	}
	s.runes(unescaped(string(data)), note("UTF-8"))
	for off := range 2 {
		s.runes(string(wideText(data, off, binary.LittleEndian)), note("UTF-16LE"))
		s.runes(string(wideText(data, off, binary.BigEndian)), note("UTF-16BE"))
		if off < len(data) {
			if text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data[off:]); err == nil {
				s.runes(string(text), note("GB18030"))
			}
		}
	}
	for token := range tokens(data, 12, base64Byte) {
		for off := range min(4, len(token)) {
			s.runes(string(decode64(token[off:])), note("base64"))
		}
	}
	for token := range tokens(data, 18, hexByte) {
		for off := range 2 {
			part := token[off : off+(len(token)-off)/2*2]
			plain := make([]byte, len(part)/2)
			if _, err := hex.Decode(plain, part); err == nil {
				s.runes(string(plain), note("hex"))
			}
		}
	}
}

// runes looks through one text, without what stands between characters.
func (s *scanner) runes(text string, note func(int)) {
	all := compact(text)
	run := 0
	n := uint64(0)
	const phone = 100_000_000_000 // 10 to the digits of a telephone
	for i, r := range all {
		if r < '0' || r > '9' {
			run, n = 0, 0
		} else {
			run++
			n = (n*10 + uint64(r-'0')) % s.most
			if run >= s.window {
				if hit, ok := s.windows[s.most+n]; ok {
					note(hit)
				}
			}
			if run >= 11 {
				if hit, ok := s.phones[phone+n%phone]; ok {
					note(hit)
				}
			}
		}
		if i+3 > len(all) {
			continue
		}
		for _, hit := range s.words[[3]rune(all[i:i+3])] {
			if want := s.text[hit]; i+len(want) <= len(all) && string(all[i:i+len(want)]) == string(want) {
				note(hit)
			}
		}
	}
}

// compact folds a text as it is meant: digits of any script and full-width
// letters plain, separators and what is invisible left out. What is no text
// stays as a character that parts what stands beside it.
func compact(text string) []rune {
	out := make([]rune, 0, len(text))
	for _, r := range text {
		switch {
		case r == utf8.RuneError:
			out = append(out, r)
		case r < 0x80:
			if !strings.ContainsRune(" \t\r\n-_.,/'+:()", r) {
				out = append(out, lowered(r))
			}
		case unicode.In(r, unicode.Z, unicode.Cf, unicode.Cc, unicode.Mn, unicode.Variation_Selector):
		case unicode.Is(unicode.Han, r):
			out = append(out, chineseZero(r))
		case strings.ContainsRune("·：，。、‐–—－．（）", r):
		case unicode.Is(unicode.Nd, r), unicode.Is(unicode.No, r), r >= '！' && r <= '～':
			for _, plain := range digitFolded(r) {
				out = append(out, lowered(plain))
			}
		default:
			out = append(out, r)
		}
	}
	return out
}

func lowered(r rune) rune { return unicode.ToLower(r) }

// chineseZero reads digits that were spelled in Chinese; numbers are only
// looked for, so that a word that holds one does no harm.
func chineseZero(r rune) rune {
	if i := strings.IndexRune("〇一二三四五六七八九", r); i >= 0 {
		return '0' + rune(i/len("一"))
	}
	if r == '零' {
		return '0'
	}
	return r
}

func digitFolded(r rune) string {
	plain := norm.NFKC.String(string(r))
	if one, size := utf8.DecodeRuneInString(plain); size == len(plain) && unicode.Is(unicode.Nd, one) && one > 0x7F {
		zero := one
		for unicode.Is(unicode.Nd, zero-1) && one-zero < 9 {
			zero--
		}
		return string('0' + one - zero)
	}
	return plain
}

// unescaped undoes the escapes of JSON.
func unescaped(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+5 < len(s) && s[i+1] == 'u' {
			if code, err := hex.DecodeString(s[i+2 : i+6]); err == nil {
				b.WriteRune(rune(binary.BigEndian.Uint16(code)))
				i += 5
				continue
			}
		}
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte("nrt", s[i+1]) >= 0 {
			i++
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func wideText(data []byte, off int, order binary.ByteOrder) []rune {
	out := make([]rune, 0, len(data)/2)
	for i := off; i+1 < len(data); i += 2 {
		r := rune(order.Uint16(data[i:]))
		if r >= 0xD800 && r < 0xE000 {
			r = utf8.RuneError
		}
		out = append(out, r)
	}
	return out
}

func base64Byte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '+' || c == '/' || c == '-' || c == '_'
}

func hexByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// tokens yields the runs of at least so many bytes of a kind.
func tokens(data []byte, least int, is func(byte) bool) func(func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for from := 0; from < len(data); from++ {
			to := from
			for to < len(data) && is(data[to]) {
				to++
			}
			if to-from >= least && !yield(data[from:to]) {
				return
			}
			from = max(from, to)
		}
	}
}

// decode64 decodes as much as there is, of either alphabet.
func decode64(token []byte) []byte {
	plain := strings.NewReplacer("-", "+", "_", "/").Replace(string(token))
	if len(plain)%4 == 1 {
		plain = plain[:len(plain)-1]
	}
	out, err := base64.RawStdEncoding.DecodeString(plain)
	if err != nil {
		return nil
	}
	return out
}

// TestTheScannerSees is the scanner's own positive control: every form of every
// identity, in every encoding, between other bytes.
func TestTheScannerSees(t *testing.T) {
	t.Parallel()
	p := newPlanter(3)
	for range 20 {
		for _, h := range hiddenForms() {
			p.plant(h)
		}
	}
	s := newScanner(p.all)
	utf16 := func(order binary.ByteOrder) func(string) []byte {
		return func(text string) []byte {
			var out []byte
			for _, r := range text {
				if r > 0xFFFF {
					r = utf8.RuneError
				}
				out = append(out, 0, 0)
				order.PutUint16(out[len(out)-2:], uint16(r))
			}
			return out
		}
	}
	for name, encode := range map[string]func(string) []byte{
		"UTF-8":    func(text string) []byte { return []byte(text) },
		"JSON":     func(text string) []byte { return []byte(asciiJSON(text)) },
		"UTF-16LE": utf16(binary.LittleEndian),
		"UTF-16BE": utf16(binary.BigEndian),
		"GB18030": func(text string) []byte {
			out, _ := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
			return out
		},
		"base64": func(text string) []byte { return []byte(base64.StdEncoding.EncodeToString([]byte("x" + text + "y"))) },
		"hex":    func(text string) []byte { return []byte(hex.EncodeToString([]byte(text))) },
	} {
		seen := found{}
		missed := 0
		for i, one := range p.all {
			if strings.HasPrefix(name, "UTF-16") && strings.Contains(one.form, "mathematical") {
				continue // beyond what two bytes hold
			}
			data := append([]byte("\x00\xff\x01{\"a\":\""), encode(one.text)...)
			data = append(data, "\",\x00\xfe"...)
			s.scan(data, seen)
			if seen[i] == "" {
				if missed++; missed <= 10 {
					t.Errorf("%s: not seen: %s in %q", name, one.form, one.text)
				}
			}
		}
		t.Logf("%s: %d of %d seen", name, len(p.all)-missed, len(p.all))
	}
	clean := found{}
	s.scan([]byte(strings.Repeat("2026-07-10T09:00:00+08:00,刑事案件,1234,A5399012026060012,中发〔2026〕6号\n", 1000)), clean)
	if len(clean) > 0 {
		t.Errorf("%d secrets are seen where none stands", len(clean))
	}
}

// asciiJSON writes a text with every other character escaped.
func asciiJSON(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r < 0x80 && r >= ' ' || r > 0xFFFF {
			b.WriteRune(r)
			continue
		}
		b.WriteString(`\u` + hex.EncodeToString(binary.BigEndian.AppendUint16(nil, uint16(r))))
	}
	return b.String()
}
