package form

import (
	_ "embed" // the table is part of the program
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"jindu/sync/sheet"
)

// traditionalText lists the common simplified characters, each with the
// traditional ones that stand for it, as Unicode's variants have them. Those that
// simplified texts use in another meaning, such as 乾 and 著, are not among them.
//
//go:embed traditional.txt
var traditionalText string

// firstHan and lastHan bound the characters that common texts use.
const (
	firstHan = 0x4E00
	lastHan  = 0x9FFF
)

// simplified returns the simplified character of every traditional one, by its
// place after firstHan; 0 for all others.
var simplified = sync.OnceValue(func() *[lastHan - firstHan + 1]rune {
	var all [lastHan - firstHan + 1]rune
	for word := range strings.FieldsSeq(traditionalText) {
		simple, n := utf8.DecodeRuneInString(word)
		for _, r := range word[n:] {
			all[r-firstHan] = simple
		}
	}
	return &all
})

// simplify returns the rune as simplified texts write it.
func simplify(r rune) rune {
	if r >= firstHan && r <= lastHan {
		if s := simplified()[r-firstHan]; s != 0 {
			return s
		}
	}
	return r
}

// garbleLeast is how many Han characters a text must hold, read the other way,
// for its being garbled to be no chance.
const garbleLeast = 3

// garbled reports whether a text was read in the wrong encoding before it got
// here: GBK or UTF-8 as Latin-1, or UTF-8 as GBK.
func garbled(s string) bool {
	if strings.Contains(s, "锟斤拷") || strings.Count(s, "\uFFFD") > 1 {
		return true
	}
	if ascii(s) {
		return false
	}
	gbk := simplifiedchinese.GB18030
	for _, wrong := range []encoding.Encoding{charmap.ISO8859_1, charmap.Windows1252, gbk} {
		raw, err := wrong.NewEncoder().String(s)
		if err != nil {
			continue
		}
		if hans(raw) >= garbleLeast {
			return true
		}
		if text, err := gbk.NewDecoder().String(raw); wrong != gbk && err == nil && hans(text) >= garbleLeast {
			return true
		}
	}
	return false
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0
}

// hans counts the common Han characters of a text, or none where it is not
// mostly made of them: a byte was lost here and there when it was garbled.
func hans(s string) int {
	n, lost := 0, 0
	for _, r := range s {
		switch {
		case r >= firstHan && r <= lastHan:
			n++
		case r == utf8.RuneError || r >= 0x80 && r < 0x2000:
			lost++
		}
	}
	if n < 2*lost {
		return 0
	}
	return n
}

// garbledTexts is how many texts of a sheet are looked at.
const garbledTexts = 40

// garbledSheet reports whether most texts of a sheet that is for nobody are
// garbled.
func garbledSheet(s *sheet.Sheet) bool {
	bad, of := 0, 0
	for _, c := range s.Cells {
		if c.Kind == sheet.Text && !ascii(c.Text) {
			of++
			if garbled(c.Text) {
				bad++
			}
		}
		if of == garbledTexts {
			break
		}
	}
	return bad > 0 && bad*3 > of
}
