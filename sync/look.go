package sync

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"time"

	"jindu/store"
	"jindu/sync/source"
)

// file is one listed file on its way through a pull.
type file struct {
	entry   source.Entry
	path    string // masked: how the mirror and every message call it
	sha     string // hex of the bytes at the first look
	size    int64
	moved   bool           // was known under another path
	err     error          // why it cannot be read in this pull
	reading *store.Reading // what it says
}

// justWritten is how long after its last change a file may still be growing.
const justWritten = 10 * time.Second

// look fetches every file and notes the hash of its bytes: size and time are
// hints that network shares get wrong. Files that cannot be had become
// findings and are not returned. An error is the source's.
func (r *round) look(ctx context.Context, entries []source.Entry) ([]*file, error) {
	files := make([]*file, 0, len(entries))
	for _, e := range entries {
		files = append(files, &file{entry: e, path: r.pathOf(e.Path), err: e.Err})
	}
	var present []*file
	done := 0
	err := inOrder(ctx, files, workers, r.hash, func(f *file) error {
		done++
		r.progress(Looking, done, len(files))
		if !f.entry.Folder {
			r.pull.Listed++
		}
		switch {
		case sourceDown(f.err):
			return f.err
		case f.err != nil:
			r.fault(f)
		default:
			present = append(present, f)
		}
		return nil
	})
	return present, err
}

// hash takes the first look at a file; the bytes are let go again at once, so that
// a share of any size fits into memory.
func (r *round) hash(ctx context.Context, f *file) *file {
	if f.err != nil {
		return f
	}
	data, err := r.place.Source.Fetch(ctx, f.entry)
	if err != nil {
		f.err = err
		return f
	}
	f.sha, f.size = hashOf(data), int64(len(data))
	r.call(ctx, f, data)
	return f
}

// pathOf returns how the mirror calls a file: as it calls lists of persons where
// it knows the file as one.
func (r *round) pathOf(name string) string {
	plain := r.Understanding.Mask(name)
	if _, known := r.stamps[plain]; known {
		return plain
	}
	strict := r.maskList(name)
	if _, known := r.stamps[strict]; known {
		return strict
	}
	return plain
}

// call gives a file that is new its name in the mirror. Of one that lists persons
// only known words may ever be written down, so that it is read for that first.
func (r *round) call(ctx context.Context, f *file, data []byte) {
	if _, known := r.stamps[f.path]; known {
		return
	}
	strict := r.maskList(f.entry.Path)
	if strict != f.path && r.reader.Read(ctx, File{Path: f.entry.Path, Data: data}).Workbook.Persons {
		f.path = strict
	}
}

// hashOf returns the hex by which a version of a file is known.
func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// settleMoves tells the mirror which known files have another path now and
// which are gone, before anything is applied: a file that replaces another must
// not be in conflict with it.
func (r *round) settleMoves(ctx context.Context, entries []source.Entry, files []*file) error {
	gone := r.missing(entries)
	bySHA := map[string][]string{}
	for _, path := range gone {
		sha := r.stamps[path].SHA256
		bySHA[sha] = append(bySHA[sha], path)
	}
	renamed := map[string]bool{}
	arrived := 0
	for _, f := range files {
		if r.stamps[f.path].Live {
			continue
		}
		if len(bySHA[f.sha]) == 0 {
			arrived++
			continue
		}
		from := bySHA[f.sha][0]
		bySHA[f.sha] = bySHA[f.sha][1:]
		if err := r.Mirror.Rename(ctx, r.place.Name, from, f.path, r.Clock()); err != nil {
			return err
		}
		renamed[from], f.moved = true, true // read again: the name may carry unit and period
	}
	var left []string
	for _, path := range gone {
		if !renamed[path] {
			left = append(left, path)
		}
	}
	return r.farewell(ctx, left, len(entries), arrived)
}

// missing returns the paths that the mirror knows as live and that are not
// listed, in order. What lies below a folder that cannot be looked into is
// unknown and not missing.
func (r *round) missing(entries []source.Entry) []string {
	listed := make(map[string]bool, len(entries))
	var closed []string
	for _, e := range entries {
		if e.Folder {
			closed = append(closed, r.Understanding.Mask(e.Path)+"/", r.maskList(e.Path)+"/")
			continue
		}
		listed[r.pathOf(e.Path)] = true
	}
	var out []string
	for path, stamp := range r.stamps {
		if stamp.Live && !listed[path] && !below(path, closed) {
			out = append(out, path)
		}
	}
	return sorted(out)
}

// below reports whether the path lies under one of the folders, each ending in a slash.
func below(path string, folders []string) bool {
	for _, f := range folders {
		if strings.HasPrefix(path, f) {
			return true
		}
	}
	return false
}

// farewell records the files that are gone. Where the share shrinks by too many
// at once it is the share that failed and not the units: one alarm, and nothing
// is marked. Files that came in their stead make up for those that went.
func (r *round) farewell(ctx context.Context, gone []string, listed, arrived int) error {
	if len(gone) == 0 {
		return nil
	}
	many := r.failing(gone, arrived) || listed == 0 && len(gone) > arrived
	if many && !r.AcceptGone {
		alarm := store.NewFinding("vanished", "", "", strconv.Itoa(len(gone)))
		alarm.Source = r.place.Name
		r.pull.Findings = append(r.pull.Findings, alarm)
		return nil
	}
	r.pull.Gone = gone
	return r.Mirror.Gone(ctx, r.pull.ID, r.place.Name, gone, r.Clock())
}

// failing reports whether more than three in ten of the files are gone, or of the
// units by what is left of their files: a few units may keep most of them.
func (r *round) failing(gone []string, arrived int) bool {
	live := 0
	left := map[string]int{} // unit -> its live files that are still there
	for _, stamp := range r.stamps {
		if stamp.Live {
			live++
			left[stamp.Unit]++
		}
	}
	for _, path := range gone {
		left[r.stamps[path].Unit]--
	}
	delete(left, "")
	bereft := 0
	for _, files := range left {
		if files == 0 {
			bereft++
		}
	}
	return tooMany(len(gone)-arrived, live) || tooMany(bereft-arrived, len(left))
}

// tooMany reports whether it is over three in ten, and more than two: of a handful
// of files one or two go as a matter of course.
func tooMany(lost, of int) bool { return lost >= 3 && lost*10 > of*3 }

// settleUploads waits before the second look where a file was written just
// now, or where a clock runs wrong: whoever still writes it will change it.
func (r *round) settleUploads(ctx context.Context, changed []*file) error {
	now := r.Clock()
	for _, f := range changed {
		if now.Sub(f.entry.Modified) > justWritten {
			continue
		}
		timer := time.NewTimer(r.Settle)
		defer timer.Stop()
		select {
		case <-timer.C:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// understand takes the second look at a changed file and reads it. Other bytes
// than at the first look mean that it is still being written.
func (r *round) understand(ctx context.Context, f *file) *file {
	data, err := r.place.Source.Fetch(ctx, f.entry)
	switch {
	case err != nil:
		f.err = err
	case hashOf(data) != f.sha:
		f.err = store.NewError("uploading", nil)
	default:
		f.reading = r.reader.Read(ctx, File{
			Path:  f.entry.Path,
			Data:  data,
			Unit:  r.place.Unit,
			Today: store.DateOf(r.Clock().In(r.Understanding.Zone)),
		})
		f.err = ctx.Err() // a reading that was cut short is no verdict
	}
	return f
}

// sourceDown reports whether an error of one file is really the source's.
func sourceDown(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	return strings.HasPrefix(store.ErrorCode(err), "source_")
}
