// Package source says where workbooks come from. A source lists what it holds
// and hands over bytes; it knows nothing of spreadsheets. Sizes and times are
// hints of the far side and decide nothing: the hash of the bytes does.
package source

import (
	"context"
	"path"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"jindu/store"
)

// Entry is one file of a source, or one place in it that could not be looked at.
type Entry struct {
	Path     string    // slash-separated, within the source, as the source spells it
	Size     int64     // bytes; a hint
	Modified time.Time // a hint
	Folder   bool      // a folder; listed only with Err: what is below it is unknown
	Err      error     // why the entry cannot be read: a store.Error, also a finding's rule
}

// Source is a place that workbooks come from. Both calls end with the context
// as well as they can; Patient bounds those that cannot.
type Source interface {
	// List returns every entry in path order. An error means that the source as
	// a whole did not answer; what concerns one entry stands in its Err.
	List(ctx context.Context) ([]Entry, error)
	// Fetch returns the whole content of a listed file.
	Fetch(ctx context.Context, e Entry) ([]byte, error)
}

// Caps bound what one look at a source may cost.
type Caps struct {
	Entries int   // files and folders; more fail the source, as a cut list would read as vanished files
	Depth   int   // folders below the source's own
	Bytes   int64 // of one file
}

// DefaultCaps hold for a city's share: 3,000 units with a year of reports each.
func DefaultCaps() Caps { return Caps{Entries: 100_000, Depth: 12, Bytes: 20 << 20} }

// Ignored reports whether a file or folder of that base name is a leftover of
// programs and never a unit's: locks, temporary and partial files, dot files.
func Ignored(name string) bool {
	lower := strings.ToLower(name)
	if strings.HasPrefix(lower, "~$") || strings.HasPrefix(lower, ".") || lower == "thumbs.db" {
		return true
	}
	switch path.Ext(lower) {
	case ".tmp", ".part", ".partial", ".crdownload":
		return true
	default:
		return false
	}
}

// Clean returns the path with everything that could disturb a terminal or a
// log replaced by a middle dot: controls, bidirectional marks, zero-width and
// private characters, bytes that are no UTF-8.
func Clean(name string) string {
	if utf8.ValidString(name) && strings.IndexFunc(name, dirty) < 0 {
		return name
	}
	var b strings.Builder
	for _, r := range name { // a broken byte arrives as U+FFFD
		if dirty(r) {
			r = '·'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// dirty reports whether a character has no place in a name that is shown: the
// list is of what is allowed, since nobody can list what is not.
func dirty(r rune) bool {
	switch r {
	case ' ', '\u3000':
		return false
	case utf8.RuneError:
		return true
	default:
		return !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S)
	}
}

// fault makes the error of one entry.
func fault(code string, cause error, args ...string) error {
	return store.NewError(code, cause, args...)
}
