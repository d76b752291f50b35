package sheet

import "bytes"

// What is read here names its elements and attributes by the prefixes that every
// program writes (table:, office:, ss:). The root element must bind them to what
// they are known for; then a full name can be compared as it is written, and a
// name whose prefix nobody declared is a damaged one.

// tag returns the full name of the element last opened.
func (s *scanner) tag() []byte { return s.cut(s.stack[len(s.stack)-1]) }

// begin opens the root element and notes the prefixes that it declares. Those of
// the table must be bound to the address beside them, or to nothing.
func (s *scanner) begin(bound map[string]string) error {
	if _, err := s.step(false); err != nil {
		return err
	}
	for _, a := range s.attrs {
		name := s.cut(a.name)
		prefix, found := bytes.CutPrefix(name, []byte("xmlns:"))
		if !found {
			continue
		}
		if url, known := bound[string(prefix)]; known && url != string(s.cut(a.value)) {
			return s.fail("a prefix is bound to another namespace")
		}
		s.spaces = append(s.spaces, span{a.name.to - len(prefix), a.name.to})
	}
	return nil
}

// foreign reports a name whose prefix is declared and is not among those that
// are read here: such an element or attribute means nothing.
func (s *scanner) foreign(name []byte, own ...string) bool {
	prefix, _, found := bytes.Cut(name, []byte(":"))
	if !found {
		return string(name) == "xmlns" || len(own) == 0
	}
	for _, o := range own {
		if string(prefix) == o {
			return false
		}
	}
	return s.declares(prefix)
}

// declares reports a prefix that the root or the element last opened declares.
func (s *scanner) declares(prefix []byte) bool {
	if string(prefix) == "xml" || string(prefix) == "xmlns" {
		return true
	}
	for _, p := range s.spaces {
		if bytes.Equal(s.cut(p), prefix) {
			return true
		}
	}
	for _, a := range s.attrs {
		if name, found := bytes.CutPrefix(s.cut(a.name), []byte("xmlns:")); found && bytes.Equal(name, prefix) {
			return true
		}
	}
	return false
}
