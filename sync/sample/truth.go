package sample

import (
	"cmp"
	"slices"

	"jindu/store"
)

// live returns the files of the folder as they are at the end, each in its last
// version, oldest first.
func (d *District) live() []file {
	var out []file
	for i, f := range d.files {
		if i+1 == len(d.files) || d.files[i+1].path != f.path {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b file) int { return a.sent.Compare(b.sent) })
	return out
}

// Truth returns every figure that a correct reading of the final folder gives,
// by unit, indicator and period. What is refused, set aside or in conflict is
// not among them.
func (d *District) Truth() []Expected {
	facts, _ := d.read()
	return facts
}

// Faults returns what a correct reading of the final folder must find fault
// with, by file and cell.
func (d *District) Faults() []Fault {
	_, faults := d.read()
	return faults
}

// read goes through the live files as a perfect reader would: the same figure
// twice is a duplicate, two different ones are a conflict.
func (d *District) read() ([]Expected, []Fault) {
	var faults []Fault
	known := map[store.Key]Expected{}
	conflicts := map[store.Key]bool{}
	for _, f := range d.live() {
		if f.book == nil {
			continue
		}
		same := false
		for _, s := range f.book().sheets {
			faults = append(faults, inFile(s.faults, f.path)...)
			if s.refused {
				continue
			}
			for _, e := range s.facts {
				e.File = f.path
				before, ok := known[e.Key]
				switch {
				case !ok:
					known[e.Key] = e
				case before.Value == e.Value:
					same = true
				default:
					conflicts[e.Key] = true
					faults = append(faults, Fault{f.path, e.Sheet, e.Cell, store.Fault, "conflict"})
				}
			}
		}
		if same {
			faults = append(faults, Fault{File: f.path, Severity: store.Info, Rule: "duplicate"})
		}
	}
	for k := range conflicts {
		delete(known, k)
	}
	return inOrder(known), byPlace(faults)
}

// inFile says which file the faults of a sheet are in.
func inFile(faults []Fault, path string) []Fault {
	out := slices.Clone(faults)
	for i := range out {
		out[i].File = path
	}
	return out
}

// inOrder lists the figures by unit, indicator and period.
func inOrder(known map[store.Key]Expected) []Expected {
	out := make([]Expected, 0, len(known))
	for _, e := range known {
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b Expected) int {
		return cmp.Or(
			cmp.Compare(a.Unit, b.Unit),
			cmp.Compare(a.Indicator, b.Indicator),
			a.Period.Start().Time().Compare(b.Period.Start().Time()),
			cmp.Compare(a.Period.Kind, b.Period.Kind))
	})
	return out
}

// byPlace lists the faults by file, sheet and cell.
func byPlace(faults []Fault) []Fault {
	slices.SortFunc(faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Cell, b.Cell))
	})
	return faults
}
