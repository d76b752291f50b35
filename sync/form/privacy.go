package form

import (
	_ "embed" // the heads that ask for personal data are part of the program
	"math"
	"strconv"
	"strings"
	"sync"

	"jindu/sync/sheet"
)

// The shapes of personal data. They stand in findings instead of the data.
const (
	shapeID      = "id"
	shapePhone   = "phone"
	shapeCard    = "card"
	shapeAddress = "address"
	shapeName    = "name_label"
	shapeAccount = "account"
	shapePlate   = "plate"
)

// mark is a stretch of a text, in runes, that has the shape of personal data.
type mark struct {
	from, to int
	shape    string
}

// shapeOf returns the shape of personal data in a text, or nothing.
func shapeOf(s string) string {
	if len(s) < 4 {
		return ""
	}
	if all := personal(s, true); len(all) > 0 {
		return all[0].shape
	}
	return ""
}

// shapeOfCell judges a cell: numbers too, among them those that lost digits.
func shapeOfCell(c sheet.Cell) string {
	switch c.Kind {
	case sheet.Text:
		return shapeOf(c.Text)
	case sheet.Number:
		if !c.Date && !c.Percent {
			return shapeOfNumber(c.Num)
		}
	default: // no other kind can hold any
	}
	return ""
}

// shapeOfNumber judges a number: no count or amount of a district has 16
// digits, and a spreadsheet keeps only 15 of them.
func shapeOfNumber(n float64) string {
	if n != math.Trunc(n) || n < 1e10 {
		return ""
	}
	digits := strconv.FormatFloat(n, 'f', 0, 64)
	switch {
	case len(digits) == 17 || len(digits) == 18:
		return shapeID // 17: an ID whose X was left out
	case len(digits) >= 16:
		return shapeCard
	default:
		return runShape(digits, ' ')
	}
}

// Mask returns a file's or sheet's name as it may be printed: what has the shape
// of personal data is replaced by ***, and the rest cleaned.
func Mask(name string) string { return mask(name) }

func mask(name string) string {
	name = masked(name)
	for personal(name, true) != nil { // what cleaning set apart may only now be seen
		name = masked(name)
	}
	return name
}

// masked replaces every mark once and cleans the rest.
func masked(name string) string {
	runes := []rune(name)
	var b strings.Builder
	at := 0
	for _, m := range personal(name, false) {
		if m.from >= at {
			b.WriteString(string(runes[at:m.from]))
			b.WriteString("***")
		}
		at = max(at, m.to)
	}
	b.WriteString(string(runes[at:]))
	return clean(nameless(b.String()))
}

// Surnames that mean little else at the head of a word: the rare ones and those
// of two characters.
const (
	rareSurnames   = "佴麴仉缑郏覃隗戢郗亓佘佟邴郄邬鄢郜臧仝芈阚亢昝糜胥菅鞠麹"
	doubleSurnames = "欧阳|司马|上官|诸葛|皇甫|尉迟|公孙|长孙|司徒|夏侯|轩辕|令狐|慕容|宇文|闻人|呼延|鲜于|公羊|端木|澹台|濮阳|亓官"
)

// names of files and sheets are no sentences, so a person's name stands in them
// as a word of its own, or before the word for the paper about that person.
// Common surnames are words themselves (高, 石, 文): there the paper must tell.
var inNames = newPattern(`(^|[^\p{Han}])((?:` + doubleSurnames + `)\p{Han}{1,2}|[` + rareSurnames + `]\p{Han}{1,2})` +
	`((?:的)?(?:名单|档案|简历|材料|笔录|登记表|情况说明|审批表|决定书|协议书)?)($|[^\p{Han}])`)

var papers = newPattern(`(^|[^\p{Han}])([` + surnames + `]\p{Han}{1,2})((?:的)?(?:档案|简历|笔录|决定书|协议书|尿检记录))($|[^\p{Han}])`)

// nameless takes persons' names out of the name of a file or sheet.
func nameless(s string) string {
	s = inNames.ReplaceAllString(s, "$1***$3$4")
	return papers.ReplaceAllString(s, "$1***$3$4")
}

// personalHead returns the shape of the personal data that a column head asks
// for, or nothing.
func personalHead(s string) string {
	s = fold(s)
	for _, h := range personalHeads() {
		if s == h.head || h.part && strings.Contains(s, h.head) {
			return h.shape
		}
	}
	return ""
}

//go:embed personal.csv
var personalCSV []byte

type personalWord struct {
	head, shape string
	part        bool // anywhere in a head, not only as the whole of it
}

var personalHeads = sync.OnceValue(func() []personalWord {
	var all []personalWord
	for _, row := range table(personalCSV) {
		all = append(all, personalWord{fold(row["head"]), row["shape"], row["match"] == "part"})
	}
	return all
})
