package xlstest

import (
	"encoding/binary"
	"fmt"
	"math"
	"unicode/utf16"
)

// Record is one record of a workbook's stream.
type Record struct {
	Op   uint16
	Body []byte
}

// Rec makes a record of numbers, which are written in as many bytes as their
// type has, and of bytes.
func Rec(op uint16, parts ...any) Record { return Record{op, join(parts...)} }

// join writes values one after the other, the lowest byte first.
func join(parts ...any) []byte {
	var b []byte
	for _, p := range parts {
		switch v := p.(type) {
		case byte:
			b = append(b, v)
		case uint16:
			b = binary.LittleEndian.AppendUint16(b, v)
		case uint32:
			b = binary.LittleEndian.AppendUint32(b, v)
		case float64:
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		case []byte:
			b = append(b, v...)
		case string:
			b = append(b, v...)
		default:
			panic(fmt.Sprintf("xlstest: a part of type %T", p))
		}
	}
	return b
}

// Sheet is one sheet of a book.
type Sheet struct {
	Name    []byte // as the list has it: see Short
	State   byte   // 0 shown, 1 hidden, 2 very hidden
	Kind    byte   // 0 grid, 1 macros, 2 chart, 6 module
	Records []Record
}

// Book is a workbook.
type Book struct {
	Old     bool // of Excel 5 or 95
	Globals []Record
	Sheets  []Sheet
}

// Stream writes the records of the workbook: those of all, then sheet by sheet.
func (b Book) Stream() []byte {
	out := write(nil, b.begin(0x05), b.Globals...)
	var places []int // where the list says where sheets begin
	for _, s := range b.Sheets {
		places = append(places, len(out)+4)
		out = write(out, Rec(0x85, uint32(0), s.State, s.Kind, s.Name))
	}
	out = write(out, Rec(0x0a))
	for i, s := range b.Sheets {
		binary.LittleEndian.PutUint32(out[places[i]:], uint32(len(out)))
		kind := map[byte]uint16{0: 0x10, 1: 0x40, 2: 0x20, 6: 0x06}[s.Kind]
		out = write(write(out, b.begin(kind), s.Records...), Rec(0x0a))
	}
	return out
}

// File writes the workbook into a compound file.
func (b Book) File() []byte {
	name := "Workbook"
	if b.Old {
		name = "Book"
	}
	return Pack(Layout{}, Stream{name, b.Stream()}, Stream{"\x05SummaryInformation", make([]byte, 100)})
}

func (b Book) begin(kind uint16) Record {
	if b.Old {
		return Rec(0x809, uint16(0x500), kind, make([]byte, 4))
	}
	return Rec(0x809, uint16(0x600), kind, make([]byte, 12))
}

func write(out []byte, first Record, more ...Record) []byte {
	for _, r := range append([]Record{first}, more...) {
		out = append(out, join(r.Op, uint16(len(r.Body)), r.Body)...)
	}
	return out
}

// Chars returns characters as Excel 97 writes them after their number: flags,
// and one byte for each, or two where one of them needs it.
func Chars(s string) []byte {
	b := []byte{0}
	for _, r := range s {
		if r > 0xff {
			b[0] = 1
		}
	}
	for _, c := range utf16.Encode([]rune(s)) {
		b = append(b, byte(c))
		if b[0] == 1 {
			b = append(b, byte(c>>8))
		}
	}
	return b
}

// Short returns a text that one byte of length precedes: a sheet's name.
func Short(s string) []byte { return join(byte(length(s)), Chars(s)) }

// Long returns a text that two bytes of length precede.
func Long(s string) []byte { return join(uint16(length(s)), Chars(s)) }

func length(s string) int { return len(utf16.Encode([]rune(s))) }

// Shared is a string of the shared table.
type Shared struct {
	Text  string
	Runs  []uint16 // pairs of a place and a font
	Guide int      // bytes of a phonetic guide
}

// SST writes the table of shared strings in records of at most limit bytes.
// Wherever one is full, a CONTINUE follows, which begins with flags where it
// parts the characters of a text.
func SST(limit int, texts ...Shared) []Record {
	t := &splitter{limit: limit, records: []Record{Rec(0xfc, uint32(len(texts)), uint32(len(texts)))}}
	for _, s := range texts {
		chars := Chars(s.Text)
		flags := chars[0]
		head := join(uint16(length(s.Text)))
		var tail []byte
		if len(s.Runs) > 0 {
			flags |= 8
			tail = join(tail)
			for _, r := range s.Runs {
				tail = join(tail, r)
			}
		}
		if s.Guide > 0 {
			flags |= 4
			tail = append(tail, make([]byte, s.Guide)...)
		}
		head = append(head, flags)
		if len(s.Runs) > 0 {
			head = join(head, uint16(len(s.Runs)/2))
		}
		if s.Guide > 0 {
			head = join(head, uint32(s.Guide))
		}
		t.plain(head)
		t.chars(chars)
		t.plain(tail)
	}
	return t.records
}

// splitter fills records one after the other.
type splitter struct {
	limit   int
	records []Record
}

func (t *splitter) last() *Record { return &t.records[len(t.records)-1] }

// room returns how many bytes fit into the record, a new one where it is full.
func (t *splitter) room() int {
	if len(t.last().Body) >= t.limit {
		t.records = append(t.records, Rec(0x3c))
	}
	return t.limit - len(t.last().Body)
}

func (t *splitter) plain(b []byte) {
	for len(b) > 0 {
		n := min(t.room(), len(b))
		t.last().Body = append(t.last().Body, b[:n]...)
		b = b[n:]
	}
}

// chars appends flags and characters; the flags went into the text's head.
func (t *splitter) chars(b []byte) {
	flags, size := b[0], 1+int(b[0])
	for b = b[1:]; len(b) > 0; {
		n := min(t.limit-len(t.last().Body), len(b)) / size * size
		if n <= 0 {
			t.records = append(t.records, Rec(0x3c, flags))
			continue
		}
		t.last().Body = append(t.last().Body, b[:n]...)
		b = b[n:]
	}
}
