package sync

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"
	stdsync "sync"
	"time"

	"jindu/store"
	"jindu/sync/form"
	"jindu/sync/sheet"
)

// Understanding is what workbooks are understood by: the same bytes and the
// same understanding always give the same reading.
type Understanding struct {
	Units       store.Units
	District    store.District
	Catalogue   *store.Catalogue
	Zone        *time.Location
	Calendar    store.Calendar // by which working days are counted
	MonthStarts int            // 1, or 26 where the statistical month runs from the 26th
	Secret      []byte         // keys the hashes of case numbers and masked names
}

// File is one file to be read.
type File struct {
	Path  string // as the source spells it
	Data  []byte
	Unit  string     // code of the unit that its source is bound to; empty: none
	Today store.Date // in the district's zone

	Alone   bool // no mirror will judge what it states: hold it against the rules
	Explain bool // say of every sheet how it was understood; of files that are read alone
}

// readingTime is how long one workbook may take: a hundred times the usual.
const readingTime = 5 * time.Second

// generation counts the changes of the readers after which workbooks must be
// read again though neither they nor the configuration changed.
const generation = 6

// Reader reads any number of files by one understanding: what it looks names up
// in is made once, and only when the first file needs it. It may be used by
// several goroutines at once.
type Reader struct {
	by    Understanding
	forms func() *form.Reader
}

// Reader returns a reader of files.
func (u Understanding) Reader() *Reader {
	return &Reader{u, stdsync.OnceValue(func() *form.Reader {
		return form.NewReader(form.Options{
			Units:       u.Units,
			District:    u.District,
			Catalogue:   u.Catalogue,
			Calendar:    u.Calendar,
			MonthStarts: u.MonthStarts,
			Secret:      u.Secret,
		})
	})}
}

// Read says what the file states. It always returns a reading: a file that
// cannot be read, takes too long or breaks the program is a refused one with a
// finding that says so, and the pull goes on.
func (r *Reader) Read(ctx context.Context, f File) *store.Reading {
	ctx, cancel := context.WithTimeout(ctx, readingTime)
	defer cancel()
	done := make(chan *store.Reading, 1) // buffered: a reading that was given up can still end
	go func() {
		defer func() {
			if v := recover(); v != nil {
				// The type alone: the value may quote a cell.
				done <- Refused(store.NewError("reader_failed", nil, fmt.Sprintf("%T", v)))
			}
		}()
		done <- r.read(ctx, f)
	}()
	select {
	case rd := <-done:
		return rd
	case <-ctx.Done():
		return Refused(store.NewError("too_slow", ctx.Err()))
	}
}

// read is Read without its bounds.
func (r *Reader) read(ctx context.Context, f File) *store.Reading {
	book, err := sheet.Read(ctx, f.Data, sheet.DefaultLimits())
	if err != nil {
		return Refused(err)
	}
	forms := r.forms().Of(f.Unit, f.Today)
	if f.Alone {
		forms = forms.Alone(f.Explain)
	}
	rd := forms.Read(book, path.Base(f.Path))
	r.by.takeCounts(rd)
	if !suits(f.Path, string(book.Format)) {
		rd.Findings = append(rd.Findings, store.NewFinding("wrong_extension", "", "", string(book.Format)))
	}
	return rd
}

// Refused is the reading of a file of which nothing can be trusted.
func Refused(err error) *store.Reading {
	if errors.Is(err, context.DeadlineExceeded) {
		err = store.NewError("too_slow", err)
	}
	code, told := reason(err)
	args := make([]string, len(told))
	for i, arg := range told {
		args[i] = form.Mask(arg) // the name of a part may be somebody's
	}
	rd := &store.Reading{Findings: []store.Finding{store.NewFinding(code, "", "", args...)}}
	rd.Workbook.Verdict = store.Rejected
	return rd
}

// suits reports whether a file's extension is one that programs give to its
// format. A web page or XML of 2003 named .xls is what they write, and yet says
// something else than it is.
func suits(name, format string) bool {
	ext := strings.TrimPrefix(strings.ToLower(path.Ext(name)), ".")
	switch ext {
	case "xlsm", "xltx", "xltm", "ett":
		return format == "xlsx"
	case "et": // the program that writes them chose either
		return format == "xls" || format == "xlsx"
	case "xlt":
		return format == "xls"
	case "txt", "tsv", "tab", "prn":
		return format == "csv"
	case "fods", "ots":
		return format == "ods"
	case "htm", "xhtml":
		return format == "html"
	default:
		return ext == format
	}
}

// Mask returns the path as the mirror and every message may hold it: without
// personal data and without what could disturb a terminal. Where something was
// taken out, a keyed hash keeps two such files apart.
func (u Understanding) Mask(name string) string {
	return u.told(name, form.Mask(name))
}

// told keeps apart two names of which the same is left.
func (u Understanding) told(name, masked string) string {
	if masked == name {
		return name
	}
	mac := hmac.New(sha256.New, u.Secret)
	mac.Write([]byte(name))
	return masked + "#" + hex.EncodeToString(mac.Sum(nil)[:4])
}

// MaskList returns Mask for the files that list persons: a name that could be a
// person's is no different from a word, so that only known words are left. The
// words are gathered when it is first asked for anything.
func (u Understanding) MaskList() func(name string) string {
	mask := stdsync.OnceValue(func() func(string) string {
		return form.NewReader(form.Options{Units: u.Units, District: u.District, Catalogue: u.Catalogue}).MaskList()
	})
	return func(name string) string { return u.told(name, mask()(name)) }
}

// Fingerprint tells one understanding from another.
func (u Understanding) Fingerprint(boundUnit string) string {
	data, err := json.Marshal(struct {
		Generation  int
		Units       []store.Unit
		District    store.District
		Indicators  []store.Indicator
		Forms       []store.Form
		Words       []store.Word
		Rules       []store.Rule
		Calendar    []byte
		MonthStarts int
		Unit        string
	}{generation, u.Units.All(), u.District, u.Catalogue.Indicators, u.Catalogue.Forms, u.Catalogue.Words, u.Catalogue.Rules, u.Calendar.Data(), u.MonthStarts, boundUnit})
	if err != nil {
		return "" // plain data always has a JSON form
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}
