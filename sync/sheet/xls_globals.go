package sheet

import (
	"fmt"

	"jindu/store"
)

// maxLooks bounds the formats and fonts of a workbook; Excel stops at 4,000.
const maxLooks = 1 << 16

// readGlobals reads what belongs to the whole workbook, up to its end.
func (x *xls) readGlobals() error {
	for {
		if err := x.next(); err != nil {
			return err
		}
		var err error
		switch x.op {
		case recEOF:
			if len(x.body) != 0 || len(x.list) == 0 {
				return x.fail("an end without a list of sheets")
			}
			return x.resolve()
		case recFilePass:
			// Also where a password for writing or for the list of sheets locks the file
			// with a key that Excel knows by itself: people see to that by saving again.
			return store.NewError("encrypted", nil)
		case recCodePage:
			err = x.codePage()
		case recDateMode:
			err = x.dateMode()
		case recFormat:
			err = x.addNumberFormat()
		case recFont:
			err = x.addFont()
		case recXF:
			err = x.addLook()
		case recSheet:
			err = x.addListed()
		case recSST:
			if x.shared != 0 {
				return x.fail("two tables of strings")
			}
			x.shared = x.at // its texts may name fonts: it is read when these are known
		case recProject:
			x.book.Macros = true
		case recExtSST:
		default:
			if !x.known() && !ofPivot(x.op) {
				return x.fail("unknown in a workbook")
			}
		}
		if err != nil {
			return err
		}
	}
}

// codePage notes what text before Excel 97 is written in.
func (x *xls) codePage() error {
	if len(x.body) != 2 {
		return x.fail("a code page of another length")
	}
	x.page = codePage{number: le16(x.body)}
	return nil
}

// dateMode notes which day is the first: the Macintosh began with 1904.
func (x *xls) dateMode() error {
	if len(x.body) != 2 || le16(x.body) > 1 {
		return x.fail("neither 1900 nor 1904")
	}
	x.book.Date1904 = le16(x.body) == 1
	return nil
}

// addNumberFormat notes what a number format means: its number and its code, with
// which the reader of xlsx is at home too.
func (x *xls) addNumberFormat() error {
	if len(x.body) < 3 || len(x.formats) == maxLooks {
		return x.fail("a malformed number format")
	}
	code, rest, err := x.shortText(x.body[2:], x.biff8)
	if err != nil {
		return err
	}
	if len(rest) != 0 {
		return x.fail("a number format of another length")
	}
	x.formats[le16(x.body)] = formatStyle(string(code))
	return nil
}

// addFont notes whether a font strikes through. The record begins with height and
// flags. Numbers of fonts leave out 4.
func (x *xls) addFont() error {
	if len(x.body) < 14 || len(x.struck) == maxLooks {
		return x.fail("a malformed font")
	}
	const strike = 0x08
	if len(x.struck) == 4 {
		x.struck = append(x.struck, false)
	}
	x.struck = append(x.struck, le16(x.body[2:])&strike != 0)
	return nil
}

// addLook notes a format of cells. Its number format counts whether or not the
// record says that it applies: programs show it either way.
func (x *xls) addLook() error {
	if n := len(x.body); n != 20 && x.biff8 || n != 16 && !x.biff8 || len(x.looks) == maxLooks {
		return x.fail("a malformed format of cells")
	}
	x.looks = append(x.looks, xlsXF{le16(x.body), le16(x.body[2:])})
	return nil
}

// resolve puts number formats and fonts together.
func (x *xls) resolve() error {
	x.styles = make([]style, len(x.looks))
	for i, l := range x.looks {
		s, ok := x.formats[l.format]
		if !ok {
			s = builtin(int(l.format))
		}
		s.struck = int(l.font) < len(x.struck) && x.struck[l.font]
		x.styles[i] = s
	}
	return nil
}

// addListed notes a sheet of the list: where its records begin (four bytes), in
// its lowest two bits whether it is shown, its kind, and its name.
func (x *xls) addListed() error {
	if len(x.list) == x.limits.Parts {
		return tooLarge(fmt.Sprintf("%d sheets", len(x.list)+1))
	}
	if len(x.body) < 7 {
		return x.fail("a malformed sheet of the list")
	}
	name, rest, err := x.shortText(x.body[6:], false)
	if err != nil {
		return err
	}
	if len(rest) != 0 {
		return x.fail("a sheet's name of another length")
	}
	l := listed{
		at:    int(le32(x.body)),
		kind:  x.body[5],
		sheet: &Sheet{Name: string(name), Index: len(x.list), Visibility: Visibility(x.body[4] & 3)},
	}
	if l.sheet.Visibility > VeryHidden {
		return x.fail("a sheet in an unknown state")
	}
	switch l.kind {
	case sheetGrid, sheetChart:
	case sheetMacros, sheetModule:
		x.book.Macros = true
	default:
		return x.fail("a sheet of an unknown kind")
	}
	x.list = append(x.list, l)
	return nil
}
