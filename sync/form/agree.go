package form

import (
	"math"

	"jindu/store"
)

// agree holds the amounts of a row against each other. Rows that contradict
// themselves stay: nobody can tell which side is wrong.
func (l *ledger) agree() {
	switch l.form.Code {
	case "funds":
		l.balances()
	case "inspections":
		l.stocktaking()
	case store.ScoresForm:
		l.noteScores()
	default: // nothing to hold against anything
	}
}

// number returns an amount of the row and the weight of its last digit.
func (l *ledger) number(field string) (n, step float64, ok bool) {
	v, ok := l.at.values[field]
	return v.Number, l.at.steps[field], ok
}

// purse is what a unit had of one source after its last row.
type purse struct{ unit, source string }

// balances checks 结余 = 到账 - 支出: of the row by itself, or carried on from the
// rows before of the same unit and source.
func (l *ledger) balances() {
	key := purse{l.at.unit, l.at.values["source"].Text}
	received, a, hasReceived := l.number("received")
	spent, b, hasSpent := l.number("spent")
	balance, c, hasBalance := l.number("balance")
	if l.purses == nil {
		l.purses = map[purse]float64{}
	}
	before := l.purses[key]
	carried := before + received - spent
	l.purses[key] = carried
	if !hasReceived || !hasSpent || !hasBalance {
		return
	}
	slack := (cents(a)+cents(b)+cents(c))/2 + 1e-9
	if math.Abs(balance-(received-spent)) > slack && math.Abs(balance-carried) > slack {
		l.find("balance_mismatch", "balance", plainNumber(balance), plainNumber(received-spent))
	}
	l.purses[key] = balance
}

// stocktaking checks what lies there against what the system says.
func (l *ledger) stocktaking() {
	there, a, one := l.number("stock")
	system, b, two := l.number("stock_system")
	if one && two && math.Abs(there-system) > max(a, b)/2+1e-9 {
		l.find("stock_mismatch", "stock", plainNumber(there), plainNumber(system))
	}
}

// cents is the weight of an amount's last digit: one that is written without
// decimals is not rounded to whole ten thousands.
func cents(step float64) float64 {
	if step >= 1 {
		return 0.01
	}
	return step
}
