package sheet

import "bytes"

// sharedStrings holds the texts that cells name by number.
type sharedStrings struct {
	text   string   // all texts, one after the other
	ends   []uint32 // where each one ends
	struck map[int]bool
}

// at returns a text, which shares the memory of all.
func (t *sharedStrings) at(i int) string {
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.text[from:t.ends[i]]
}

// readStrings reads the shared strings.
func (w *workbook) readStrings() error {
	part, err := linked(w.links, relStrings, w.main)
	if err != nil || part == "" {
		return err
	}
	s, err := w.scan(part)
	if err != nil {
		return err
	}
	t := &w.strings
	t.struck = map[int]bool{}
	// All texts lie in one block of memory, which every cell that names one of
	// them shares.
	all := make([]byte, 0, len(s.data)/2)
	t.ends = make([]uint32, 0, bytes.Count(s.data, []byte("<si")))
	err = s.document("sst", func() error {
		if string(s.name) != "si" {
			if len(s.name) == 0 || string(s.name) == "extLst" {
				return s.skip()
			}
			return s.fail("an unknown element among the strings")
		}
		var on bool
		if all, on, err = s.rich(all); err != nil {
			return err
		}
		if on {
			t.struck[len(t.ends)] = true
		}
		t.ends = append(t.ends, uint32(len(all)))
		if len(all)+4*len(t.ends) > w.limits.SharedBytes {
			return tooLarge(s.part)
		}
		return nil
	})
	t.text = string(all)
	return err
}

// rich reads a text that may consist of runs, without its phonetic guide, and
// appends it. A run that is struck through marks the whole: nobody can tell
// which part of "12 15" was meant to go.
func (s *scanner) rich(dst []byte) (text []byte, struck bool, err error) {
	err = s.children(func() error {
		switch string(s.name) {
		case "t":
			dst, err = s.appendText(dst)
			return err
		case "r":
			return s.children(func() error {
				switch string(s.name) {
				case "t":
					dst, err = s.appendText(dst)
					return err
				case "rPr":
					on, err := s.struck()
					struck = struck || on
					return err
				}
				return s.skip()
			})
		case "rPh", "phoneticPr", "extLst":
			return s.skip()
		}
		return s.fail("an unknown element in a text")
	})
	return dst, struck, err
}

// appendText appends the text of the open element.
func (s *scanner) appendText(dst []byte) ([]byte, error) {
	text, err := s.content()
	if err != nil {
		return dst, err
	}
	from := len(dst)
	dst = append(dst, text...)
	if hasHex(text) {
		dst = dst[:from+len(unhex(dst[from:]))]
	}
	return dst, nil
}
