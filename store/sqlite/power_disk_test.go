package sqlite_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// disk is a folder as a power cut may leave it: of each file what was synced and
// what only waits to be written, and of the folder its names, likewise.
type disk struct {
	folder string
	lying  bool             // says that it synced and does not: the test of the test
	names  map[string]*body // as a process sees them
	kept   map[string]*body // as they were when the folder was synced last
	moves  []move           // since then, in their order
}

// body is a file, whatever it is called.
type body struct {
	kept  []byte // as it was when it was synced last
	waits []step // since then
}

// move changes names; a renaming changes two at once.
type move map[string]*body

// do takes in a step.
func (d *disk) do(s step) {
	switch s.call {
	case "create":
		b := &body{}
		d.names[s.path] = b
		d.moves = append(d.moves, move{s.path: b})
	case "write", "cut":
		b := d.names[s.path]
		b.waits = append(b.waits, s)
	case "remove":
		delete(d.names, s.path)
		d.moves = append(d.moves, move{s.path: nil})
	case "rename":
		b := d.names[s.path]
		d.names[s.to] = b
		delete(d.names, s.path)
		d.moves = append(d.moves, move{s.to: b, s.path: nil})
	case "sync":
		d.sync(s.path)
	}
}

// sync keeps a file's bytes, or the folder's names.
func (d *disk) sync(path string) {
	switch {
	case d.lying:
	case path == d.folder:
		for _, m := range d.moves {
			m.onto(d.kept)
		}
		d.moves = nil
	default:
		b := d.names[path]
		for _, s := range b.waits {
			b.kept = s.onto(b.kept)
		}
		b.waits = nil
	}
}

// onto makes the move in a folder.
func (m move) onto(names map[string]*body) {
	for name, b := range m {
		if b == nil {
			delete(names, name)
		} else {
			names[name] = b
		}
	}
}

// cut is what a power cut does to what was not synced yet: how much of it is
// kept, in which order it was written, and whether a write may be torn.
type cut struct {
	share   float64 // of what waits: 0 nothing, 1 everything
	shuffle bool
	torn    bool
}

// cuts are drawn by turns: the two ends, and what lies between them.
func cutOf(turn int, random *rand.Rand) cut {
	switch turn % 4 {
	case 0:
		return cut{}
	case 1:
		return cut{share: 1}
	case 2:
		return cut{share: random.Float64(), torn: true}
	default:
		return cut{share: random.Float64(), shuffle: true, torn: true}
	}
}

// sector is what a disk writes whole.
const sector = 512

// after returns the bytes of a file behind a power cut.
func (c cut) after(b *body, random *rand.Rand) []byte {
	out := b.kept
	waits := slices.Clone(b.waits)
	if c.shuffle {
		random.Shuffle(len(waits), func(i, j int) { waits[i], waits[j] = waits[j], waits[i] })
	}
	for _, s := range waits {
		if random.Float64() >= c.share {
			continue
		}
		if sectors := len(s.data) / sector; c.torn && sectors > 1 && random.IntN(8) == 0 {
			s.data = s.data[:sector*(1+random.IntN(sectors-1))]
		}
		out = s.onto(out)
	}
	return out
}

// leave writes what is left behind a power cut to a folder. Names change in their
// order, as in every file system that keeps a journal of them. The memory that
// readers share with a writer is no file that anybody syncs: it holds anything.
func (d *disk) leave(t *testing.T, folder string, c cut, random *rand.Rand) {
	t.Helper()
	names := map[string]*body{}
	move(d.kept).onto(names)
	for _, m := range d.moves {
		if random.Float64() >= c.share {
			break
		}
		m.onto(names)
	}
	for name, b := range names {
		data := c.after(b, random)
		if filepath.Ext(name) == ".db-shm" {
			data = make([]byte, 32<<10)
			for i := range data {
				data[i] = byte(random.Uint32())
			}
		}
		must(t, os.WriteFile(filepath.Join(folder, filepath.Base(name)), data, 0o600))
	}
}
