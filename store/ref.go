package store

// ParseRef reads an A1 address, such as F12, into a row and a column counted
// from 0. Of a range it reads the first corner.
func ParseRef(ref string) (row, col int, ok bool) {
	i := 0
	for ; i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		col = col*26 + int(ref[i]-'A') + 1
	}
	letters := i
	for ; i < len(ref) && ref[i] >= '0' && ref[i] <= '9'; i++ {
		row = row*10 + int(ref[i]-'0')
	}
	if letters == 0 || letters > 3 || i == letters || i-letters > 7 || row == 0 || i < len(ref) && ref[i] != ':' {
		return 0, 0, false
	}
	return row - 1, col - 1, true
}
