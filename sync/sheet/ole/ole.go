// Package ole reads OLE2 compound files: a small file system of 512 byte
// sectors in which programs such as Excel 97 keep their streams. It turns bytes
// into named streams and knows nothing of what they hold.
//
// It is strict: a chain of sectors has exactly the length that its stream needs,
// no sector belongs to two chains, and a table that names sectors beyond the end
// means that the file was cut. What is short is an error, never a shorter stream.
package ole

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
)

// Error says what part of the file is damaged and why.
type Error struct {
	Place string // such as "sector 12", in words that need no translation
	Why   string
	Cut   bool // what is missing lay beyond the end of the file
}

// Error returns the place and the reason.
func (e *Error) Error() string { return e.Place + ": " + e.Why }

func bad(place, why string) error { return &Error{Place: place, Why: why} }

func cut(place string) error {
	return &Error{Place: place, Why: "it lies beyond the end of the file", Cut: true}
}

// The special values of the table of sectors.
const (
	lastPlain = 0xfffffffa // the highest number that a sector may have
	chainEnd  = 0xfffffffe
	free      = 0xffffffff
)

const (
	header    = 512  // bytes of the header that count; in files of 4096 byte sectors it takes a whole one
	entrySize = 128  // bytes of an entry of the directory
	miniSize  = 64   // bytes of a sector of the small streams
	miniBelow = 4096 // bytes; shorter streams are small ones
	inHeader  = 109  // sectors of the table that the header itself names
	noEntry   = 0xffffffff
)

// The kinds of entry in the directory.
const (
	kindStorage = 1
	kindStream  = 2
	kindRoot    = 5
)

// File is an open compound file. Its streams share the memory of the bytes that
// were given to Open wherever they lie in one piece.
type File struct {
	data    []byte
	size    int   // bytes of a sector
	sectors int   // in the file, the last one perhaps cut short
	fat     table // of sectors
	mini    table // of the sectors of small streams
	small   []byte
	entries map[string]entry // those of the outermost storage, by their small names
}

// entry is a stream or a storage.
type entry struct {
	name  string
	kind  byte
	start uint32
	size  int
}

// Is reports whether the bytes begin as a compound file does.
func Is(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
}

// Open reads the tables and the directory. Every error is an *Error.
func Open(data []byte) (*File, error) {
	f := &File{data: data, entries: map[string]entry{}}
	for _, step := range []func() error{f.readHeader, f.readTable, f.readDirectory} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// Has reports whether the outermost storage holds a stream or a storage of the
// name; names know no case.
func (f *File) Has(name string) bool {
	_, ok := f.entries[strings.ToLower(name)]
	return ok
}

// Stream returns the bytes of a stream of the outermost storage; nothing where
// there is none of the name.
func (f *File) Stream(name string) ([]byte, error) {
	e, ok := f.entries[strings.ToLower(name)]
	switch {
	case !ok || e.kind != kindStream || e.size == 0:
		return nil, nil
	case e.size < miniBelow:
		return f.smallStream(e)
	}
	return f.bytes(e.name, e.start, e.size)
}

// readHeader checks what the header says of the file's make.
func (f *File) readHeader() error {
	if !Is(f.data) || len(f.data) < header {
		return cut("header")
	}
	order, shift, small, below := f.u16(28), f.u16(30), f.u16(32), f.u32(56)
	if order != 0xfffe || shift != 9 && shift != 12 || 1<<small != miniSize || below != miniBelow {
		return bad("header", "unknown sizes of sectors")
	}
	f.size = 1 << shift
	f.sectors = max(0, (len(f.data)-1)/f.size) // the header takes the place of the first
	return nil
}

// readTable puts the table of sectors together from its own sectors, which the
// header names and, beyond 109 of them, a chain of lists.
func (f *File) readTable() error {
	var own []uint32
	for i := range inHeader {
		if n := f.u32(76 + 4*i); n != free {
			own = append(own, n)
		}
	}
	list, lists := f.u32(68), 0
	for ; list <= lastPlain; lists++ {
		s, err := f.sector(list)
		switch {
		case err != nil:
			return err
		case len(s) < f.size:
			return cut("list of the table of sectors")
		case lists > f.sectors:
			return bad("table of sectors", "its list runs in circles")
		}
		last := f.size - 4
		for i := 0; i < last; i += 4 {
			if n := binary.LittleEndian.Uint32(s[i:]); n != free {
				own = append(own, n)
			}
		}
		list = binary.LittleEndian.Uint32(s[last:])
	}
	if uint32(lists) != f.u32(72) || uint32(len(own)) != f.u32(44) {
		return bad("table of sectors", "the header gives it another length")
	}
	if len(own) > f.sectors {
		return cut("table of sectors")
	}
	next := make([]uint32, 0, len(own)*f.size/4)
	for _, n := range own {
		s, err := f.sector(n)
		if err != nil || len(s) < f.size {
			return cut("table of sectors")
		}
		next = words(next, s)
	}
	f.fat = newTable("sector", next)
	return nil
}

// readDirectory reads the entries of the outermost storage and what small
// streams need.
func (f *File) readDirectory() error {
	where, err := f.fat.chain("directory", f.u32(48), -1)
	if err != nil {
		return err
	}
	dir, err := f.gather("directory", where, len(where)*f.size)
	if err != nil {
		return err
	}
	// The root's name matters to nobody, and some programs leave it out.
	if len(dir) < entrySize || dir[66] != kindRoot {
		return bad("directory", "it has no root")
	}
	start, size, ok := f.extent(dir)
	if !ok {
		return bad("directory", "it has no root")
	}
	if err := f.walk(dir, binary.LittleEndian.Uint32(dir[76:])); err != nil {
		return err
	}
	if size == 0 {
		return nil
	}
	if f.small, err = f.bytes("small streams", start, size); err != nil {
		return err
	}
	if where, err = f.fat.chain("table of small sectors", f.u32(60), int(f.u32(64))); err != nil {
		return err
	}
	next, err := f.gather("table of small sectors", where, len(where)*f.size)
	f.mini = newTable("small sector", words(nil, next))
	return err
}

// walk collects the entries of one storage: a tree whose order does not matter
// here. An entry that is met twice would let it go on for ever.
func (f *File) walk(dir []byte, first uint32) error {
	seen := map[uint32]bool{}
	for todo := []uint32{first}; len(todo) > 0; {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if n == noEntry {
			continue
		}
		place := fmt.Sprintf("directory entry %d", n)
		if int(n) >= len(dir)/entrySize || seen[n] {
			return bad(place, "it is out of range or stands twice")
		}
		seen[n] = true
		b := dir[int(n)*entrySize:][:entrySize]
		e, ok := f.parse(b)
		if !ok {
			return bad(place, "it is malformed")
		}
		if f.Has(e.name) {
			return bad(place, "two of one name")
		}
		f.entries[strings.ToLower(e.name)] = e
		todo = append(todo, binary.LittleEndian.Uint32(b[68:]), binary.LittleEndian.Uint32(b[72:]))
	}
	return nil
}

// parse reads an entry of the directory.
func (f *File) parse(b []byte) (e entry, ok bool) {
	length := int(binary.LittleEndian.Uint16(b[64:])) // bytes of the name with its final zero
	if length < 4 || length > 64 || length%2 != 0 || b[length-2] != 0 || b[length-1] != 0 {
		return entry{}, false
	}
	name := make([]uint16, length/2-1)
	for i := range name {
		name[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	e.name, e.kind = string(utf16.Decode(name)), b[66]
	if e.kind == kindStorage { // has no bytes of its own
		return e, true
	}
	e.start, e.size, ok = f.extent(b)
	return e, ok && e.kind == kindStream
}

// extent returns where the bytes of an entry begin and how many there are.
func (f *File) extent(b []byte) (start uint32, size int, ok bool) {
	long := binary.LittleEndian.Uint64(b[120:])
	if f.size == header {
		long &= 1<<32 - 1 // files of small sectors may leave anything in the upper half
	}
	return binary.LittleEndian.Uint32(b[116:]), int(long), long < 1<<31
}

// smallStream returns a stream that is kept among the small ones.
func (f *File) smallStream(e entry) ([]byte, error) {
	where, err := f.mini.chain(e.name, e.start, (e.size+miniSize-1)/miniSize)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(where)*miniSize)
	for _, n := range where {
		from := int(n) * miniSize
		if from >= len(f.small) {
			return nil, bad(e.name, "it reaches beyond the small streams")
		}
		out = append(out, f.small[from:min(from+miniSize, len(f.small))]...)
	}
	if len(out) < e.size {
		return nil, bad(e.name, "it reaches beyond the small streams")
	}
	return out[:e.size], nil
}

// bytes returns the bytes of a chain that must be as long as size asks for.
func (f *File) bytes(name string, start uint32, size int) ([]byte, error) {
	if size > len(f.data) {
		return nil, cut(name)
	}
	where, err := f.fat.chain(name, start, (size+f.size-1)/f.size)
	if err != nil {
		return nil, err
	}
	return f.gather(name, where, size)
}

// gather puts sectors together. Programs write nearly every stream in one piece:
// that piece is handed out as it lies in the file.
func (f *File) gather(name string, where []uint32, size int) ([]byte, error) {
	run := 1
	for run < len(where) && where[run] == where[run-1]+1 {
		run++
	}
	if run >= len(where) && len(where) > 0 {
		from := (int(where[0]) + 1) * f.size
		if from+size > len(f.data) {
			return nil, cut(name)
		}
		return f.data[from : from+size : from+size], nil
	}
	out := make([]byte, 0, len(where)*f.size)
	for _, n := range where {
		s, err := f.sector(n)
		if err != nil {
			return nil, err
		}
		// Only the file's last sector may be short, and a stream reaches no further
		// than that one does.
		if len(s) < f.size && len(out)+len(s) < size {
			return nil, cut(name)
		}
		out = append(out, s...)
	}
	return out[:size], nil
}

// sector returns the bytes of a sector.
func (f *File) sector(n uint32) ([]byte, error) {
	if n >= uint32(f.sectors) {
		return nil, cut(fmt.Sprintf("sector %d", n))
	}
	from := (int(n) + 1) * f.size
	return f.data[from:min(from+f.size, len(f.data))], nil
}

func (f *File) u16(at int) uint16 { return binary.LittleEndian.Uint16(f.data[at:]) }
func (f *File) u32(at int) uint32 { return binary.LittleEndian.Uint32(f.data[at:]) }

// words appends the little-endian numbers that b holds.
func words(dst []uint32, b []byte) []uint32 {
	for ; len(b) >= 4; b = b[4:] {
		dst = append(dst, binary.LittleEndian.Uint32(b))
	}
	return dst
}
