package audit

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"jindu/store"
)

// Log is the record of a running process. Other processes may write to the same
// file: each appends under its lock, after what the others have written.
type Log struct {
	path  string
	clock func() time.Time

	mu   sync.Mutex // of what follows
	file *os.File
	mark *os.File
	at   link  // the chain as far as this process has read it
	size int64 // bytes that far

	syncing sync.Mutex // one writes to disk for all that wait
	written int        // lines appended; guarded by mu
	safe    int        // of these, on disk; guarded by syncing
}

// markPath is where the mark lies.
func markPath(path string) string { return path + ".mark" }

// Open opens the record, and makes it where there is none, for its owner only.
// A line that a crash has left unfinished is cut off, and that is put on record.
func Open(path string, clock func() time.Time) (*Log, error) {
	l := &Log{path: path, clock: clock}
	var err error
	if l.file, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600); err != nil {
		return nil, store.NewError("audit_write", err, path)
	}
	if l.mark, err = os.OpenFile(markPath(path), os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		_ = l.file.Close() // nothing was written
		return nil, store.NewError("audit_write", err, markPath(path))
	}
	return l, nil
}

// Close closes the record.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return errors.Join(l.file.Close(), l.mark.Close())
}

// Record appends an entry and returns when it is on disk. An entry without a time
// gets that of now.
func (l *Log) Record(e Entry) error {
	if e.At.IsZero() {
		e.At = l.clock()
	}
	mine, err := l.append(e)
	if err == nil {
		err = l.flush(mine)
	}
	if err != nil {
		return store.NewError("audit_write", err, l.path)
	}
	return nil
}

// append writes the line behind what is there and returns its place in the order
// of this process.
func (l *Log) append(e Entry) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := lock(l.file); err != nil {
		return 0, fmt.Errorf("lock: %w", err)
	}
	defer func() { _ = unlock(l.file) }() // closing it would do, too
	cut, err := l.catchUp()
	if err != nil {
		return 0, err
	}
	if cut > 0 {
		if err := l.put(Entry{At: e.At, Event: Mended, What: "line", Count: cut}); err != nil {
			return 0, err
		}
	}
	switch mark, ok := l.readMark(); {
	case !ok && l.size > 0 && l.written == 0:
		if err := l.put(Entry{At: e.At, Event: Mended, What: "mark"}); err != nil {
			return 0, err
		}
	case mark.n > l.at.n:
		l.at = mark // lines are gone: the chain goes on from where it was, so that the gap stays to be seen
	}
	if err := l.put(e); err != nil {
		return 0, err
	}
	l.written++
	return l.written, nil
}

// put writes one line whole: what a full disk took only in part is taken back.
func (l *Log) put(e Entry) error {
	text, next := l.at.next(e)
	if _, err := l.file.Write(text); err != nil {
		return errors.Join(err, l.file.Truncate(l.size))
	}
	l.at, l.size = next, l.size+int64(len(text))
	return nil
}

// catchUp reads what others have appended. Only where the chain stands is taken
// from it: whether it is whole is for [Verify] to say, and a broken one goes on
// after its last line. It returns how many bytes of an unfinished line it cut off.
func (l *Log) catchUp() (cut int, err error) {
	info, err := l.file.Stat()
	if err != nil {
		return 0, err
	}
	if info.Size() == l.size {
		return 0, nil
	}
	if info.Size() < l.size {
		l.size, l.at = 0, link{} // somebody has made it shorter: its last line counts
	}
	tail, err := io.ReadAll(io.NewSectionReader(l.file, l.size, info.Size()-l.size))
	if err != nil {
		return 0, err
	}
	whole := tail[:bytes.LastIndexByte(tail, '\n')+1]
	if cut = len(tail) - len(whole); cut > 0 {
		if err := l.file.Truncate(l.size + int64(len(whole))); err != nil {
			return 0, err
		}
	}
	l.size += int64(len(whole))
	if last := lastLine(whole); last != nil {
		l.at = linkOf(last)
	}
	return cut, nil
}

// lastLine returns the last whole line of the text.
func lastLine(text []byte) []byte {
	text = bytes.TrimSuffix(text, []byte("\n"))
	if len(text) == 0 {
		return nil
	}
	return text[bytes.LastIndexByte(text, '\n')+1:]
}

// flush returns when the line is on disk. Of many that wait, one writes for all.
// The mark follows the line: were it first, a power cut could make a whole record
// look as if its end were missing.
func (l *Log) flush(mine int) error {
	l.syncing.Lock()
	defer l.syncing.Unlock()
	if l.safe >= mine {
		return nil
	}
	l.mu.Lock()
	upTo, at := l.written, l.at
	l.mu.Unlock()
	if err := l.file.Sync(); err != nil {
		return err
	}
	if err := l.setMark(at); err != nil {
		return err
	}
	l.safe = upTo
	return nil
}

// setMark moves the mark on, never back: another process may have been further.
func (l *Log) setMark(to link) error {
	if err := lock(l.mark); err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	defer func() { _ = unlock(l.mark) }() // closing it would do, too
	if old, ok := l.readMark(); ok && old.n >= to.n {
		return nil
	}
	_, err := l.mark.WriteAt(to.mark(), 0)
	return err
}

// readMark reads the mark.
func (l *Log) readMark() (link, bool) {
	text, err := io.ReadAll(io.NewSectionReader(l.mark, 0, int64(len(link{}.mark()))))
	if err != nil {
		return link{}, false
	}
	return parseMark(text)
}
