package sample

import "jindu/store"

// Expected is one figure that a correct reading of the folder gives.
type Expected struct {
	store.Key
	Value         float64 // in the catalogue's measure
	NotApplicable bool    // the cell says that the indicator does not apply
	Suspect       bool    // it is read, but contradicts something that a fault names
	Derived       bool    // a ratio that the mirror recomputes from its parts and does not store
	File          string  // slash-separated, within the folder
	Sheet         string  // name; of a csv: csv
	Cell          string  // A1
}

// Fault is one deliberate slip in the folder and the rule that must name it.
// What any office file sets off (personal data in a footer that is not read) is
// not listed.
type Fault struct {
	File     string
	Sheet    string
	Cell     string // A1; empty: the sheet or the file as a whole
	Severity store.Severity
	Rule     string // code of the message
}

// ExpectedTask is one task that a correct reading of the task ledger gives.
type ExpectedTask struct {
	Title  string
	Unit   string // code
	Due    store.Date
	Recurs string // monthly:25; Due is then not given
	Status store.TaskStatus
	DoneOn store.Date
}

// hand is how a unit writes.
type hand struct {
	words    int    // which of the three names of an indicator it uses
	zero     string // what it writes for zero; empty: 0
	wide     bool   // small counts as text in full-width digits
	text     bool   // ratios as text such as 97.4%
	broken   bool   // line breaks and full-width spaces in the heads
	kilo     bool   // seizures in 千克
	yuan     bool   // money in 元
	scribe   int    // which of the invented persons fills the forms in
	noFooter bool
}

// item is one indicator in a layout, as the unit's hand writes it.
type item struct {
	word
	name    string  // as the head shows it
	measure string  // as the head shows it
	factor  float64 // value in the catalogue's measure = shown * factor
}

// slip is what stands in a cell instead of the truth.
type slip struct {
	shown   any
	rule    string  // the fault that it sets off; empty: none, the value is only another one
	read    float64 // what a correct reading gives, where it is readable
	bad     bool    // not readable: set aside
	suspect bool
}

// page is what a layout draws from: the figures, the hand, and the slips of
// this one version of this one file.
type page struct {
	m     *model
	hand  hand
	slips map[store.Key]slip
}

// items picks the indicators in the words of the page's hand.
func (g page) items(codes ...string) []item {
	out := make([]item, len(codes))
	for i, code := range codes {
		w := g.m.words[code]
		it := item{word: w, name: w.names[g.hand.words], measure: w.measure, factor: 1}
		switch {
		case w.measure == "克" && g.hand.kilo:
			it.measure, it.factor = "千克", 1000
		case w.measure == "万元" && g.hand.yuan:
			it.measure, it.factor = "元", 1e-4
		}
		out[i] = it
	}
	return out
}

// reading returns what a correct reading of the figure's cell gives; false
// where the cell is blank or unreadable.
func (g page) reading(k store.Key) (float64, bool) {
	if s, ok := g.slips[k]; ok {
		return s.read, !s.bad
	}
	if g.m.absent[k] {
		return 0, false
	}
	return g.m.value(k)
}
