// Package xlstest writes the smallest workbooks of Excel 5 to 2003 that show one
// thing each, and the compound files that they are kept in. It serves tests
// alone: what offices are sent is written as xlsx.
package xlstest

import (
	"encoding/binary"
	"slices"
	"unicode/utf16"
)

// Stream is one stream of a compound file.
type Stream struct {
	Name string
	Data []byte
}

// Layout says how a compound file is laid out; the zero value is what Excel
// writes.
type Layout struct {
	Wide    bool // sectors of 4096 bytes instead of 512
	Scatter bool // no stream lies in one piece
}

const (
	inNone   = 0xffffffff
	chainEnd = 0xfffffffe
	tableOwn = 0xfffffffd
	listOwn  = 0xfffffffc
	small    = 64   // bytes of a sector of small streams
	below    = 4096 // bytes of the smallest stream that is no small one
)

// file is a compound file that is being written.
type file struct {
	layout Layout
	size   int
	data   []byte   // all sectors
	next   []uint32 // by sector
}

// Pack writes a compound file.
func Pack(layout Layout, streams ...Stream) []byte {
	f := &file{layout: layout, size: 512}
	if layout.Wide {
		f.size = 4096
	}
	var minis []byte
	var mini []uint32
	dir := entry("Root Entry", 5, inNone, 1, 0, 0)
	if len(streams) == 0 {
		dir = entry("Root Entry", 5, inNone, inNone, 0, 0)
	}
	for i, s := range streams {
		start := uint32(chainEnd)
		switch n := len(s.Data); {
		case n >= below:
			start = f.add(s.Data)
		case n > 0:
			start = uint32(len(mini))
			minis = append(minis, padded(s.Data, small)...)
			for len(mini) < len(minis)/small {
				mini = append(mini, uint32(len(mini)+1))
			}
			mini[len(mini)-1] = chainEnd
		}
		sibling := uint32(i + 2)
		if i == len(streams)-1 {
			sibling = inNone
		}
		dir = append(dir, entry(s.Name, 2, sibling, inNone, start, len(s.Data))...)
	}
	table, tables := uint32(chainEnd), 0
	if len(minis) > 0 {
		binary.LittleEndian.PutUint32(dir[116:], f.add(minis))
		binary.LittleEndian.PutUint32(dir[120:], uint32(len(minis)))
		b := bytesOf(mini, f.size)
		table, tables = f.add(b), len(b)/f.size
	}
	return f.finish(f.add(dir), table, tables)
}

// add appends the sectors of a stream and returns the first.
func (f *file) add(data []byte) uint32 {
	data = padded(data, f.size)
	n := len(data) / f.size
	at := len(f.next)
	order := make([]int, n) // place in the file, by place in the stream
	for i := range order {
		order[i] = at + i
	}
	if f.layout.Scatter {
		slices.Reverse(order)
	}
	f.data = append(f.data, make([]byte, len(data))...)
	f.next = append(f.next, make([]uint32, n)...)
	for i, where := range order {
		copy(f.data[where*f.size:], data[i*f.size:(i+1)*f.size])
		f.next[where] = chainEnd
		if i+1 < n {
			f.next[where] = uint32(order[i+1])
		}
	}
	return uint32(order[0])
}

// finish appends the table of sectors, the lists that name its own sectors
// beyond the header's room for 109, and puts the header before all.
func (f *file) finish(dir, mini uint32, minis int) []byte {
	each := f.size / 4
	tables, lists := 0, 0
	for {
		need := (len(f.next) + tables + lists + each - 1) / each
		more := max(0, (need-109+each-2)/(each-1))
		if need == tables && more == lists {
			break
		}
		tables, lists = need, more
	}
	first := len(f.next)
	for i := range tables + lists {
		own := uint32(tableOwn)
		if i >= tables {
			own = listOwn
		}
		f.next = append(f.next, own)
	}
	f.data = append(f.data, bytesOf(f.next, f.size)...)
	own := make([]uint32, 0, tables)
	for i := range tables {
		own = append(own, uint32(first+i))
	}
	head := padded(own[:min(109, tables)], 109)
	list := uint32(chainEnd)
	if lists > 0 {
		list = uint32(first + tables)
	}
	for i := range lists {
		rest := own[109+i*(each-1):]
		follow := uint32(first + tables + i + 1)
		if i == lists-1 {
			follow = chainEnd
		}
		f.data = append(f.data, bytesOf(append(padded(rest[:min(each-1, len(rest))], each-1), follow), f.size)...)
	}
	return append(f.header(dir, mini, list, tables, minis, lists, head), f.data...)
}

func (f *file) header(dir, mini, list uint32, tables, minis, lists int, own []uint32) []byte {
	version, shift := uint16(3), uint16(9)
	if f.layout.Wide {
		version, shift = 4, 12
	}
	b := join("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", make([]byte, 16), uint16(0x3e), version, uint16(0xfffe), shift, uint16(6), make([]byte, 10),
		uint32(tables), dir, uint32(0), uint32(below), mini, uint32(minis), list, uint32(lists))
	for _, n := range own {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return padded(b, f.size)
}

// entry returns an entry of the directory.
func entry(name string, kind byte, right, child, start uint32, size int) []byte {
	b := make([]byte, 128)
	wide := utf16.Encode([]rune(name))
	for i, c := range wide {
		binary.LittleEndian.PutUint16(b[2*i:], c)
	}
	binary.LittleEndian.PutUint16(b[64:], uint16(2*len(wide)+2))
	b[66], b[67] = kind, 1
	copy(b[68:], join(uint32(inNone), right, child))
	copy(b[116:], join(start, uint32(size)))
	return b
}

// padded fills up to a multiple of n, numbers of sectors with "none".
func padded[T byte | uint32](s []T, n int) []T {
	s = slices.Clone(s)
	for len(s)%n != 0 || len(s) == 0 {
		var none T
		if _, ok := any(none).(uint32); ok {
			none--
		}
		s = append(s, none)
	}
	return s
}

// bytesOf writes numbers of sectors, filled up to whole sectors.
func bytesOf(numbers []uint32, size int) []byte {
	var b []byte
	for _, n := range padded(numbers, size/4) {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return b
}
