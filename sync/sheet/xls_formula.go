package sheet

// more reports whether a formula keeps more behind its tokens, as constant arrays
// and remembered areas do. The tokens are stepped over one by one, since what
// stands for an array may be part of another.
func (s *xlsSheet) more(tokens []byte) bool {
	for len(tokens) > 0 {
		op := tokens[0]
		if op >= 0x20 {
			op = op&0x1f | 0x20 // the same token for a reference, a value and an array
		}
		if op == 0x18 || op == 0x20 || op == 0x26 {
			return true
		}
		n := s.tokenSize(op, tokens)
		if n <= 0 || n > len(tokens) {
			return false
		}
		tokens = tokens[n:]
	}
	return false
}

// tokenSize returns the bytes of a token, 0 for one that is not known.
func (s *xlsSheet) tokenSize(op byte, tokens []byte) int {
	if op == 0x17 || op == 0x19 {
		return s.longToken(op, tokens)
	}
	// References have two bytes for the row and, in Excel 97, two for the column;
	// those to other sheets name the sheet in more bytes before.
	ref, area, other, name, far := 4, 8, 3, 5, 7
	if !s.biff8 {
		ref, area, other, name, far = 3, 6, 15, 15, 25
	}
	switch op {
	case 0x01, 0x02, 0x1a: // shared formulas, tables
		return 5
	case 0x1c, 0x1d: // errors and truths
		return 2
	case 0x1e, 0x21, 0x29, 0x2e, 0x2f: // small numbers, functions
		return 3
	case 0x1f:
		return 9
	case 0x22:
		return 4
	case 0x23:
		return name
	case 0x24, 0x2a, 0x2c:
		return 1 + ref
	case 0x25, 0x2b, 0x2d:
		return 1 + area
	case 0x27, 0x28:
		return 7
	case 0x39:
		return far
	case 0x3a, 0x3c:
		return other + ref
	case 0x3b, 0x3d:
		return other + area
	}
	if op >= 0x03 && op <= 0x16 { // operators
		return 1
	}
	return 0
}

// longToken returns the bytes of a token that says itself how long it is: a
// text, or an attribute, of which CHOOSE has a list.
func (s *xlsSheet) longToken(op byte, tokens []byte) int {
	const list = 0x04
	switch {
	case len(tokens) < 4:
		return 0
	case op == 0x19 && tokens[1]&list != 0:
		return 4 + 2*(int(le16(tokens[2:]))+1)
	case op == 0x19:
		return 4
	case !s.biff8:
		return 2 + int(tokens[1])
	default:
		return 3 + int(tokens[1])*(1+int(tokens[2]&textWide))
	}
}
