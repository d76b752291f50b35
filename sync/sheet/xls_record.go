package sheet

import (
	"context"
	"encoding/binary"
	"fmt"
)

// The records that matter, by number.
const (
	recFormula  = 0x0006
	recBOF2     = 0x0009 // of Excel 2, and so on
	recEOF      = 0x000a
	recDateMode = 0x0022
	recFilePass = 0x002f
	recFont     = 0x0031
	recContinue = 0x003c
	recWindow1  = 0x003d
	recCodePage = 0x0042
	recColInfo  = 0x007d
	recSheet    = 0x0085 // BOUNDSHEET: one entry of the list of sheets
	recMulRK    = 0x00bd
	recMulBlank = 0x00be
	recProject  = 0x00d3 // OBPROJ: there are macros
	recRString  = 0x00d6
	recDBCell   = 0x00d7
	recXF       = 0x00e0
	recMerges   = 0x00e5
	recPivot    = 0x00b0 // SXVIEW: a pivot table begins
	recSST      = 0x00fc
	recLabelSST = 0x00fd
	recExtSST   = 0x00ff // where to find every eighth shared string
	recSize     = 0x0200 // DIMENSIONS
	recBlank    = 0x0201
	recNumber   = 0x0203
	recLabel    = 0x0204
	recBoolErr  = 0x0205
	recString   = 0x0207
	recRow      = 0x0208
	recBOF3     = 0x0209
	recIndex    = 0x020b
	recArray    = 0x0221
	recTable    = 0x0236
	recWindow2  = 0x023e
	recRK       = 0x027e
	recBOF4     = 0x0409
	recFormat   = 0x041e
	recShared   = 0x04bc // SHRFMLA
	recBOF      = 0x0809
)

// The parts of the stream, as the record that begins one names them.
const (
	partGlobals = 0x0005
	partModule  = 0x0006
	partGrid    = 0x0010
	partChart   = 0x0020
	partMacros  = 0x0040
)

// The kinds of sheet, as the list of sheets names them.
const (
	sheetGrid   = 0
	sheetMacros = 1
	sheetChart  = 2
	sheetModule = 6
)

const (
	recordHeader = 4    // bytes: number and length
	maxRecord    = 8224 // bytes of a body; what is longer goes on in a CONTINUE
)

// records steps through a stream of records: number, length, body.
type records struct {
	ctx   context.Context
	name  string // of the stream, for messages
	data  []byte
	pos   int // where the next record begins
	at    int // where this one begins
	op    uint16
	body  []byte
	steps int
}

// next steps to the next record. There always is one: whatever the stream holds
// ends with a record that says so.
func (r *records) next() error {
	if r.steps++; r.steps&0xfff == 0 {
		if err := late(r.ctx); err != nil {
			return err
		}
	}
	r.at = r.pos
	rest := r.data[r.pos:]
	if len(rest) < recordHeader {
		return r.fail("the stream ends too early")
	}
	n := int(le16(rest[2:]))
	if n > maxRecord || n > len(rest)-recordHeader {
		return r.fail("a record that is too long")
	}
	r.op, r.body = le16(rest), rest[recordHeader:recordHeader+n:recordHeader+n]
	r.pos += recordHeader + n
	return nil
}

// peek returns the number of the record after this one, 0 at the end.
func (r *records) peek() uint16 {
	if len(r.data)-r.pos < recordHeader {
		return 0
	}
	return le16(r.data[r.pos:])
}

// isBegin reports whether the record begins a part of the stream. Eight bytes
// of it are of Excel 5, eight more of Excel 97.
func (r *records) isBegin() bool {
	return r.op == recBOF && (len(r.body) == 8 || len(r.body) == 16)
}

// fail refuses the file for what is wrong with this record.
func (r *records) fail(why string) error {
	return damaged(fmt.Sprintf("%s @%d", r.name, r.at), fmt.Sprintf("record %#04x: %s", r.op, why))
}

func le16(b []byte) uint16 { return binary.LittleEndian.Uint16(b) }
func le32(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }

// known reports whether Excel writes records of this number and length, beside
// those that are read here. A record that nobody knows may be the damaged head
// of one that holds cells.
func (x *xls) known() bool {
	if x.op >= 0x0800 && x.op <= 0x08ff { // of Excel 2000 and later: they repeat their number
		return len(x.body) >= 4 && le16(x.body) == x.op
	}
	return x.fixed() || knownLong(x.op)
}

// smallestCell is how many bytes a cell that holds something takes at least.
const smallestCell = 8

// fixed reports whether records of the number have one length and this one is no
// longer, so that no cell can hide in it.
func (x *xls) fixed() bool {
	n := len(x.body)
	switch x.op {
	case 0x0c, 0x0d, 0x0e, 0x0f, 0x11, 0x12, 0x13, 0x16, 0x19, 0x2a, 0x2b, 0x33, 0x40, 0x55, 0x5e, 0x5f, 0x60, 0x61, 0x63,
		0x81, 0x82, 0x83, 0x84, 0x86, 0x8c, 0x8d, 0x99, 0x9b, 0x9c, 0x9d, 0xa0, 0xbf, 0xc0, 0xda, 0xdd,
		0x160, 0x161, 0x1af, 0x1b7, 0x1bc, 0x1bd, 0x1c0, 0x225:
		return n < smallestCell // flags and small numbers
	case 0x00: // Crystal Reports fills gaps with it
		return n == 0
	case 0x10, 0x26, 0x27, 0x28, 0x29, 0x80: // margins and such
		return n == 8
	case 0x1d: // the selected cells
		return n >= 9 && n == 9+6*int(le16(x.body[7:]))
	case 0x41: // panes
		return n <= 10
	case recWindow1: // of the whole book, though some programs repeat it in sheets
		return n == 18
	case recWindow2:
		return n == 18 || n == 10 && !x.biff8
	case 0xa1, 0xab: // how to print, which columns have the usual width
		return n <= 34
	case 0x14, 0x15: // what is printed above and below
		return n == 0 || n == x.length(x.body)
	case recIndex:
		return n <= x.indexSize()+4 // some programs count a block where there are no rows
	}
	return false
}

// length returns how many bytes a text takes that its length precedes: in one
// byte, or in two of Excel 97.
func (x *xls) length(b []byte) int {
	switch {
	case !x.biff8:
		return 1 + int(b[0])
	case len(b) < 3:
		return 0
	default:
		return 3 + int(le16(b))*(1+int(b[2]&textWide))
	}
}

// indexSize returns how long the index may be for the rows that it is for: four
// bytes for every block of 32.
func (x *xls) indexSize() int {
	const head, block = 16, 32
	var rows int
	switch b := x.body; {
	case x.biff8 && len(b) >= head:
		rows = int(le32(b[8:])) - int(le32(b[4:]))
	case len(b) >= 8:
		rows = int(le16(b[6:])) - int(le16(b[4:]))
	}
	return head + 4*((max(0, rows)+block-1)/block)
}

// knownLong reports whether records of the number have various lengths: names
// and links, page set-up, drawings and notes, filters, scenarios, conditional
// formats, validation, the log of shared workbooks.
func knownLong(op uint16) bool {
	switch {
	case op >= 0x1001 && op <= 0x1068: // of charts
		return true
	case op >= 0x0137 && op <= 0x015b: // of the log
		return true
	}
	switch op {
	case 0x17, 0x18, 0x1a, 0x1b, 0x1c, 0x23, 0x34, recContinue, 0x4d, 0x50, 0x51, 0x52, 0x59, 0x5a, 0x5b, 0x5c, 0x5d,
		0x7f, 0x87, 0x88, 0x89, 0x8a, 0x90, 0x91, 0x92, 0x94, 0x95, 0x96, 0x98, 0x9a, 0x9e, 0xa9, 0xae, 0xaf,
		recPivot, 0xb8, 0xb9, 0xc1, 0xc2, 0xc3, 0xd5, 0xd8, 0xd9, 0xdc, 0xde, 0xdf, 0xe1, 0xe2, 0xe3, 0xe9, 0xeb, 0xec, 0xed, 0xee, 0xef,
		0x15f, 0x162, 0x196, 0x1a5, 0x1a9, 0x1aa, 0x1ab, 0x1ad, 0x1ae, 0x1b0, 0x1b1, 0x1b2, 0x1b5, 0x1b6, 0x1b8, 0x1ba, 0x1bb,
		0x1be, 0x1c1, 0x1c2, 0x231, 0x293:
		return true
	}
	return false
}

// ofPivot reports whether the record is of a pivot table. Some of them differ by
// a single bit from records of cells.
func ofPivot(op uint16) bool {
	return op > recPivot && op <= 0xb6 || op >= 0xc5 && op <= 0xd2 || op >= 0xf0 && op <= 0xfb || op == 0x100 || op == 0x103 || op == 0x122
}
