package sheet

import "strings"

// arena hands out many small strings cut from few large blocks, so that a cell
// costs no allocation of its own. It must not be copied.
type arena struct {
	block strings.Builder
	size  int // of the next block
}

const (
	firstBlock = 2 << 10
	lastBlock  = 64 << 10
)

// add returns the bytes as a string of their own. A block is only ever
// appended to, never grown, so strings cut earlier stay as they are.
func (a *arena) add(b []byte) string {
	if a.block.Cap()-a.block.Len() < len(b) {
		a.size = min(max(2*a.size, firstBlock), lastBlock)
		a.block = strings.Builder{}
		a.block.Grow(max(a.size, len(b)))
	}
	from := a.block.Len()
	a.block.Write(b)
	return a.block.String()[from:]
}
