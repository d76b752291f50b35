package words

import (
	"strconv"

	"jindu/store"
)

// Why says by what a unit meets a requirement, lacks it, or why nobody knows.
func (b *Book) Why(r store.Readiness) string {
	args := make([]any, len(r.Args))
	for i, a := range r.Args {
		switch v := a.(type) {
		case float64:
			args[i] = strconv.FormatFloat(round(v), 'f', -1, 64)
		case store.Period:
			args[i] = b.Period(v)
		case store.FormField:
			args[i] = b.Lang.Pick(v.Heads[0], v.English)
		default:
			args[i] = a
		}
	}
	return b.Say("why."+r.Why, args...)
}

// round keeps one decimal: a share is never more exact than that to a reader.
func round(v float64) float64 { return float64(int64(v*10+0.5)) / 10 }
