package tuitest

import "jindu/store"

// Neighbours returns the figures about a cell as a sheet of units and indicators
// would hold them: three rows of six.
func Neighbours(s *store.Snapshot, c store.Cell) []store.Neighbour {
	if c.Ref == "" {
		return nil
	}
	col, row := int(c.Ref[0]-'A'), 0
	for _, r := range c.Ref[1:] {
		row = row*10 + int(r-'0')
	}
	row--
	codes := []string{"case_criminal", "case_admin", "suspects", "users_found", "reg_new", "compulsory_dec"}
	var out []store.Neighbour
	for i, unit := range []string{"bg", "cx", "cd"} {
		for j, code := range codes {
			f, ok := s.Figure(unit, code, s.Period)
			if ok {
				out = append(out, store.Neighbour{
					Row: row + i - 1, Col: col + j - 3, Unit: unit, Indicator: code, Period: s.Period, Value: f.Value,
				})
			}
		}
	}
	return out
}
