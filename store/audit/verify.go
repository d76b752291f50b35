package audit

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"jindu/store"
)

// longestLine is more than any line has.
const longestLine = 64 << 10

// mark writes a link for the file beside the record, always of the same length.
func (l link) mark() []byte { return fmt.Appendf(nil, "%012d %-64s\n", l.n, l.hash) }

// parseMark reads a mark.
func parseMark(text []byte) (link, bool) {
	n, hash, ok := strings.Cut(strings.TrimSpace(string(text)), " ")
	count, err := strconv.Atoi(n)
	return link{count, strings.TrimSpace(hash)}, ok && err == nil
}

// linkOf returns where the chain stands after a line that is taken as it is.
func linkOf(text []byte) link {
	var one line
	if json.Unmarshal(text, &one) != nil {
		return link{} // a new chain begins, which Verify calls the break that it is
	}
	return link{one.N, one.Hash}
}

// Standing is what verifying a record has found out.
type Standing struct {
	Lines int
	Hash  string    // of the last line
	First time.Time // of the first and the last line
	Last  time.Time
}

// Verify reads the record from its first line to its last. Where the chain breaks
// it returns an error that names the line. holds, if given, is a hash that was
// written down before: it has to be there still.
func Verify(path, holds string) (Standing, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Standing{}, store.NewError("audit_none", err, path)
	}
	if err != nil {
		return Standing{}, store.NewError("audit_read", err, path)
	}
	defer func() { _ = f.Close() }() // nothing was written
	marked, err := os.ReadFile(markPath(path))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Standing{}, store.NewError("audit_read", err, markPath(path))
	}
	mark, ok := parseMark(marked)
	if !ok {
		mark = link{n: -1}
	}
	return verify(path, f, mark, holds)
}

// verify follows the chain. mark is where it is said to reach; below 0, nobody
// says so although somebody should.
func verify(path string, r io.Reader, mark link, holds string) (Standing, error) {
	var s Standing
	var at link
	held, broken := holds == "", func(n int) error {
		return store.NewError("audit_broken", nil, path+":"+strconv.Itoa(n))
	}
	in := bufio.NewReaderSize(r, longestLine)
	for {
		text, err := in.ReadSlice('\n')
		if errors.Is(err, io.EOF) && len(text) == 0 {
			break
		}
		if err != nil {
			return s, broken(at.n + 1)
		}
		next, one, ok := at.follows(bytes.TrimSuffix(text, []byte("\n")))
		if !ok || next.n == mark.n && next.hash != mark.hash {
			return s, broken(at.n + 1)
		}
		at = next
		held = held || at.hash == holds
		s.Lines, s.Hash = at.n, at.hash
		if s.Last, err = time.Parse(time.RFC3339Nano, one.At); err != nil {
			return s, broken(at.n)
		}
		if at.n == 1 {
			s.First = s.Last
		}
	}
	switch {
	case mark.n < 0 && at.n > 0:
		return s, store.NewError("audit_unmarked", nil, markPath(path))
	case mark.n > at.n:
		return s, store.NewError("audit_short", nil, path, strconv.Itoa(at.n+1), strconv.Itoa(mark.n))
	case !held:
		return s, store.NewError("audit_not_held", nil, path, holds)
	}
	return s, nil
}
