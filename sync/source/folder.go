package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"jindu/store"
)

// Folder is a source in the file system: a folder of this machine or a mounted
// share. Only regular files are read; links, pipes and devices never, and no
// name can lead out of the folder.
type Folder struct {
	Name string // of the source, for errors
	Dir  string
	Caps Caps // zero: DefaultCaps
}

// List walks the folder in path order.
func (f Folder) List(ctx context.Context) ([]Entry, error) {
	root, err := f.open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }() // it was only read
	w := walk{ctx: ctx, caps: f.caps()}
	err = fs.WalkDir(root.FS(), ".", w.visit)
	switch {
	case errors.Is(err, errTooMany):
		return nil, store.NewError("source_too_many", nil, f.Name, strconv.Itoa(w.caps.Entries))
	case err != nil:
		return nil, f.failed(err)
	}
	// A walk goes folder by folder; order by the whole path is what callers get.
	slices.SortFunc(w.entries, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	return w.entries, nil
}

// Fetch reads a listed file. A file that changes while it is read is an error
// with the code uploading.
func (f Folder) Fetch(ctx context.Context, e Entry) ([]byte, error) {
	if e.Err != nil {
		return nil, e.Err
	}
	root, err := f.open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }() // it was only read
	before, err := root.Lstat(e.Path)
	if err != nil {
		return nil, unreadable(err)
	}
	if !before.Mode().IsRegular() {
		return nil, fault("not_regular", nil)
	}
	file, err := root.OpenFile(e.Path, os.O_RDONLY|safeOpen, 0)
	if err != nil {
		return nil, unreadable(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	return f.read(ctx, file, before)
}

// read takes the bytes and makes sure that they are those of one version of
// the file that was looked at, and of no other.
func (f Folder) read(ctx context.Context, file *os.File, before fs.FileInfo) ([]byte, error) {
	opened, err := file.Stat()
	if err != nil {
		return nil, unreadable(err)
	}
	if !os.SameFile(before, opened) {
		return nil, fault("uploading", nil)
	}
	limit := f.caps().Bytes
	if opened.Size() > limit {
		return nil, fault("too_large", nil, strconv.FormatInt(opened.Size()>>20, 10)+" MB")
	}
	data, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, unreadable(err)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	after, err := file.Stat()
	if err != nil {
		return nil, unreadable(err)
	}
	if int64(len(data)) != after.Size() || !after.ModTime().Equal(before.ModTime()) {
		return nil, fault("uploading", nil)
	}
	return data, nil
}

// caps returns the bounds that hold.
func (f Folder) caps() Caps {
	if f.Caps == (Caps{}) {
		return DefaultCaps()
	}
	return f.Caps
}

// open takes hold of the folder as a root that no name can lead out of. A folder
// that is not there is told apart from one that may not be read: the one is a
// share that is not connected, the other a matter of permissions.
func (f Folder) open() (*os.Root, error) {
	root, err := os.OpenRoot(f.Dir)
	if err != nil {
		if errors.Is(err, fs.ErrPermission) {
			return nil, f.failed(err)
		}
		return nil, store.NewError("source_missing", err, f.Name, f.Dir)
	}
	return root, nil
}

// failed makes the error of a listing that broke off.
func (f Folder) failed(err error) error {
	return store.NewError("source_failed", fmt.Errorf("list: %w", err), f.Name)
}

// unreadable makes the error of one file that cannot be opened or read.
func unreadable(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fault("uploading", err) // replaced or moved between the look and the read
	}
	return fault("unreadable_file", err)
}

// errTooMany ends a walk; List words it.
var errTooMany = errors.New("too many entries")

// walk gathers the entries of one listing.
type walk struct {
	ctx     context.Context
	caps    Caps
	seen    int
	entries []Entry
}

// visit takes one file or folder. What goes wrong with one of them stays with
// it, so that the others are still pulled.
func (w *walk) visit(path string, d fs.DirEntry, err error) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if path == "." {
		return err
	}
	if w.seen++; w.seen > w.caps.Entries {
		return errTooMany
	}
	switch {
	case Ignored(d.Name()):
		if d.IsDir() {
			return fs.SkipDir
		}
		return nil
	case d.IsDir() && err != nil:
		w.add(Entry{Path: path, Folder: true, Err: fault("unreadable_folder", err)})
		return fs.SkipDir
	case d.IsDir() && strings.Count(path, "/") >= w.caps.Depth:
		w.add(Entry{Path: path, Folder: true, Err: fault("folder_deep", nil, strconv.Itoa(w.caps.Depth))})
		return fs.SkipDir
	case d.IsDir():
		return nil
	}
	w.file(path, d)
	return nil
}

// file adds a file, or why it is none that can be read.
func (w *walk) file(path string, d fs.DirEntry) {
	e := Entry{Path: path}
	info, err := d.Info()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return // gone since the folder was read
	case err != nil:
		e.Err = fault("unreadable_file", err)
	case !info.Mode().IsRegular():
		e.Err = fault("not_regular", nil)
	default:
		e.Size, e.Modified = info.Size(), info.ModTime()
	}
	w.add(e)
}

func (w *walk) add(e Entry) { w.entries = append(w.entries, e) }
