package sheet

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"path"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zip"
	"golang.org/x/text/encoding/unicode"

	"jindu/store"
)

// ratioFree is the inflated size in bytes below which no ratio is judged:
// blank styled rows are honest and repeat themselves a great deal.
const ratioFree = 1 << 20

// chunk is how many bytes are inflated between two looks at the clock.
const chunk = 256 << 10

// archive is an open zip. It hands out one part at a time, whole: a part is
// inflated to its end and its sum checked before the first byte is looked at,
// so that nothing is ever concluded from the sound beginning of a damaged
// part. With 64 MB for all parts together that costs less than it saves.
//
// The directory is read by the zip package; what decides whether the bytes can
// be trusted (the entry's own header, sizes, the sum) is checked here, since
// that package lets a sum of zero and left-over bytes pass.
type archive struct {
	ctx    context.Context
	data   []byte
	parts  map[string]*zip.File // by lower-case name; nil where two entries share it
	limits Limits
	bytes  int // inflated so far
	reads  int // parts inflated so far
	*kit
}

// kit is what reading a file needs for a while and the next one can use again: a
// small report takes no longer to read than its kit to make.
type kit struct {
	buf    []byte
	inflow io.ReadCloser // a flate reader, used again for each part
}

// kits holds those that nobody needs. It is the one thing that reads share, and
// nothing that is read is ever taken from it: a buffer is filled and checked as a
// whole before it is looked at.
var kits sync.Pool

// maxKept bounds the buffer in bytes that is kept for the next file.
const maxKept = 8 << 20

// close gives the kit back. Nothing that was handed out may be used any more.
func (a *archive) close() {
	if again, ok := a.inflow.(flate.Resetter); ok && again.Reset(bytes.NewReader(nil), nil) != nil { // let go of the file
		a.inflow = nil
	}
	if cap(a.buf) <= maxKept {
		kits.Put(a.kit)
	}
	a.kit = nil
}

// openArchive reads the directory of a zip. Nothing is inflated yet, and
// nothing ever is unless a part that matters links to it: nested archives,
// pictures, embedded objects and macros stay closed.
func openArchive(ctx context.Context, data []byte, limits Limits) (*archive, error) {
	// The number of entries in the directory's own summary may be a lie.
	// Counted before the directory is read, which costs memory for each entry.
	if n := bytes.Count(data, []byte("PK\x01\x02")); n > limits.Entries {
		return nil, tooLarge(fmt.Sprintf("%d parts", n))
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		if !bytes.Contains(data, []byte("PK\x05\x06")) { // the directory comes last
			return nil, store.NewError("cut_off", err)
		}
		return nil, store.NewError("damaged", err, "zip")
	}
	spare, ok := kits.Get().(*kit)
	if !ok {
		spare = &kit{}
	}
	a := &archive{ctx: ctx, data: data, limits: limits, parts: make(map[string]*zip.File, len(z.File)), kit: spare}
	for _, f := range z.File {
		name := partName(f.Name)
		if name == "" {
			continue
		}
		if _, twice := a.parts[name]; twice {
			f = nil
		}
		a.parts[name] = f
	}
	return a, nil
}

// partName returns the name by which a part is looked up: part names know no
// case, and some programs write backslashes. Names that lead out of the
// archive are no parts.
func partName(name string) string {
	name = strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/")
	if name == "" || strings.HasSuffix(name, "/") || path.Clean(name) != name || strings.HasPrefix(name, "../") {
		return ""
	}
	return strings.ToLower(name)
}

// has reports whether the archive holds the part.
func (a *archive) has(name string) bool {
	_, ok := a.parts[strings.ToLower(name)]
	return ok
}

// scan opens a part for reading as XML. What was handed out for the part
// before is overwritten.
func (a *archive) scan(name string) (*scanner, error) {
	data, err := a.part(name)
	if err != nil {
		return nil, err
	}
	return newScanner(a.ctx, shown(name), data)
}

// part inflates a part and checks its size and sum.
func (a *archive) part(name string) ([]byte, error) {
	f, ok := a.parts[strings.ToLower(name)]
	switch {
	case !ok:
		return nil, damaged(shown(name), "the part is missing")
	case f == nil:
		return nil, damaged(shown(name), "two parts of one name")
	case f.Flags&1 != 0:
		return nil, store.NewError("encrypted", nil)
	}
	// The declared size is judged before a byte is inflated, and inflating stops
	// at that size: a part that declares less than it holds is damaged, one that
	// declares more than it holds as well.
	a.reads++
	if a.reads > a.limits.Parts {
		return nil, tooLarge(fmt.Sprintf("%d parts", a.reads))
	}
	body, err := a.body(f)
	if err != nil {
		return nil, store.NewError("damaged", err, shown(name))
	}
	size := f.UncompressedSize64
	if size > uint64(a.limits.Unzipped-a.bytes) || size > ratioFree && size/uint64(a.limits.Ratio) > uint64(len(body)) {
		return nil, tooLarge(shown(name))
	}
	a.bytes += int(size)
	a.buf = grow(a.buf, int(size))
	if err := a.inflate(f, body); err != nil {
		if store.ErrorCode(err) != "internal" {
			return nil, err
		}
		return nil, store.NewError("damaged", err, shown(name))
	}
	return toUTF8(shown(name), a.buf)
}

// body returns the packed bytes, after the entry's own header was found to say
// the same as the directory: where the two differ, programs differ in what
// they read.
func (a *archive) body(f *zip.File) ([]byte, error) {
	from, err := f.DataOffset()
	if err != nil {
		return nil, fmt.Errorf("local header: %w", err)
	}
	size := int64(len(a.data))
	if from < 0 || from > size || f.CompressedSize64 > uint64(size-from) {
		return nil, errors.New("the part reaches beyond the file")
	}
	head := localHeader(a.data[:from], f.Name)
	if head == nil {
		return nil, errors.New("the directory names another part")
	}
	if method := binary.LittleEndian.Uint16(head[8:]); method != f.Method {
		return nil, errors.New("the directory names another method")
	}
	const after = 8 // flag: sum and sizes follow the data, and may be zero here
	follows := f.Flags&after != 0
	sum, packed, plain := binary.LittleEndian.Uint32(head[14:]), binary.LittleEndian.Uint32(head[18:]), binary.LittleEndian.Uint32(head[22:])
	if sum != f.CRC32 && (!follows || sum != 0) || !sameSize(packed, f.CompressedSize64, follows) || !sameSize(plain, f.UncompressedSize64, follows) {
		return nil, errors.New("the directory names another size or sum")
	}
	return a.data[from : from+int64(f.CompressedSize64)], nil
}

// sameSize compares a size in the entry's header, which may say "see the
// extra field" and, where sizes follow the data, zero.
func sameSize(local uint32, size uint64, follows bool) bool {
	return uint64(local) == size || local == 1<<32-1 || follows && local == 0
}

// localHeader returns the header that ends where the data begin: 30 bytes, the
// name, and an extra field of a length that the header itself gives.
func localHeader(before []byte, name string) []byte {
	const fixed = 30
	for at := len(before); ; {
		at = bytes.LastIndex(before[:at], []byte("PK\x03\x04"))
		if at < 0 || len(before)-at > fixed+2<<16 {
			return nil
		}
		head := before[at:]
		if len(head) < fixed {
			continue
		}
		n, extra := int(binary.LittleEndian.Uint16(head[26:])), int(binary.LittleEndian.Uint16(head[28:]))
		if fixed+n+extra == len(head) {
			if string(head[fixed:fixed+n]) != name {
				return nil
			}
			return head
		}
	}
}

// inflate fills the buffer, which has the declared size, and checks that the
// data end there, that nothing is left over, and the sum.
func (a *archive) inflate(f *zip.File, body []byte) error {
	packed := bytes.NewReader(body)
	var r io.Reader = packed
	switch f.Method {
	case zip.Store:
	case zip.Deflate:
		if again, ok := a.inflow.(flate.Resetter); !ok {
			a.inflow = flate.NewReader(packed)
		} else if err := again.Reset(packed, nil); err != nil {
			return fmt.Errorf("inflate: %w", err)
		}
		r = a.inflow
	default:
		return fmt.Errorf("packing method %d is unknown", f.Method)
	}
	for at := 0; at < len(a.buf); at += chunk {
		if err := late(a.ctx); err != nil {
			return err
		}
		if _, err := io.ReadFull(r, a.buf[at:min(at+chunk, len(a.buf))]); err != nil {
			return fmt.Errorf("inflate: %w", err)
		}
	}
	// The end must be where the directory says: one byte more, or packed bytes
	// left over, means that another program may read other data here.
	if n, err := io.ReadFull(r, make([]byte, 1)); n != 0 || !errors.Is(err, io.EOF) {
		return errors.New("the part is larger than declared")
	}
	if packed.Len() != 0 {
		return errors.New("the part is packed in fewer bytes than declared")
	}
	if crc32.ChecksumIEEE(a.buf) != f.CRC32 {
		return errors.New("the sum is wrong")
	}
	return nil
}

// grow returns room for n bytes, the old room where that is enough.
func grow(b []byte, n int) []byte {
	if cap(b) < n {
		return make([]byte, n, max(n, 32<<10)) // most parts are small
	}
	return b[:n]
}

// toUTF8 drops a byte order mark, turns UTF-16 into UTF-8 and refuses
// everything else.
func toUTF8(name string, data []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		wide, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
		if err != nil || bytes.ContainsRune(wide, utf8.RuneError) {
			return nil, damaged(name, "not UTF-16")
		}
		return wide, nil
	}
	if !utf8.Valid(data) {
		return nil, damaged(name, "not UTF-8")
	}
	return data, nil
}

// partWords are what programs call parts by. What else a part is called by could
// be anything, a person's name among it.
const partWords = " xl worksheets worksheet sheet sheets workbook sharedstrings styles content meta settings manifest meta-inf _rels rels chartsheets macrosheets dialogsheets "

// shown makes a part's name fit for a message: words of our own with a number
// behind them stand, anything else is a question mark.
func shown(name string) string {
	steps := strings.Split(name, "/")
	for i, step := range steps {
		words := strings.Split(step, ".")
		for j, word := range words {
			word = strings.ToLower(strings.TrimRight(word, "0123456789"))
			number := len(words[j]) - len(word)
			known := strings.Contains(partWords, " "+word+" ") && number <= 4 || word == "" && number == 0
			if !known && (j == 0 || words[j] != "xml" && words[j] != "bin") {
				words[j] = "?"
			}
		}
		steps[i] = strings.Join(words, ".")
	}
	if all := strings.Join(steps, "/"); len(all) <= 80 {
		return all
	}
	return "?"
}
