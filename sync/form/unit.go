package form

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jindu/store"
)

// unitIndex finds units by the names that people write for them.
type unitIndex struct {
	units    store.Units
	area     string              // folded name of the district
	official map[string][]string // folded name or alias -> codes
	short    map[string][]string // usual short forms -> codes
	codes    map[string][]string // folded code, and digits without leading zeros -> codes
	longest  int                 // runes of the longest key
	prefix   *regexp.Regexp      // the district's or bureau's name before a unit's
}

// newUnitIndex indexes every name, alias and usual short form.
func newUnitIndex(units store.Units, district store.District) *unitIndex {
	x := &unitIndex{
		units:    units,
		area:     fold(district.Name),
		official: map[string][]string{},
		short:    map[string][]string{},
		codes:    map[string][]string{},
		prefix:   prefixPattern(district),
	}
	for _, u := range units.All() {
		for _, name := range append([]string{u.Name}, u.Aliases...) {
			name = fold(name)
			x.add(x.official, name, u.Code)
			for _, stem := range x.stems(name) {
				for _, form := range endings(stem, u.Kind) {
					x.add(x.short, form, u.Code)
				}
			}
		}
		x.add(x.codes, fold(u.Code), u.Code)
		if n := withoutZeros(u.Code); n != u.Code && len(u.Code) > 2 {
			x.add(x.codes, n, u.Code)
		}
	}
	return x
}

func (x *unitIndex) add(to map[string][]string, key, code string) {
	if utf8.RuneCountInString(key) < 2 || slices.Contains(to[key], code) {
		return
	}
	to[key] = append(to[key], code)
	x.longest = max(x.longest, utf8.RuneCountInString(key))
}

// withoutZeros returns a code of digits as a spreadsheet shows it after it took
// it for a number: 0101 becomes 101.
func withoutZeros(code string) string {
	if strings.Trim(code, "0123456789") != "" {
		return code
	}
	return strings.TrimLeft(code, "0")
}

// prefixPattern matches what may stand before a unit's name: the district with
// or without its city, a leading 区, the bureau in its several wordings.
func prefixPattern(district store.District) *regexp.Regexp {
	name := fold(district.Name)
	place := `(?:本|我|全)?区`
	if name != "" {
		short := name
		for _, end := range []string{"自治县", "新区", "区", "县", "市", "旗"} {
			if cut, ok := strings.CutSuffix(name, end); ok && utf8.RuneCountInString(cut) >= 2 {
				short = cut
				break
			}
		}
		place += `|` + regexp.QuoteMeta(name) + `|` + regexp.QuoteMeta(short)
	}
	bureaus := `公安分局|公安局|分局`
	for _, b := range district.Bureaus {
		if b = fold(b); b != "" {
			bureaus = regexp.QuoteMeta(b) + `|` + bureaus
		}
	}
	city := `(?:\p{Han}{2,4}省)?(?:\p{Han}{2,4}?市|市)?`
	return regexp.MustCompile(`^(?:` + city + `公安局(?:` + place + `)(?:公安)?(?:分局)?|` +
		city + `(?:` + place + `)?(?:` + bureaus + `)|` + city + `(?:` + place + `))`)
}

// stems returns the name as it is and without what may be dropped before it,
// longest first.
func (x *unitIndex) stems(name string) []string {
	out := []string{name}
	for {
		cut := x.prefix.FindString(name)
		if cut == "" || cut == name {
			return out
		}
		name = name[len(cut):]
		if utf8.RuneCountInString(name) < 2 {
			return out
		}
		out = append(out, name)
	}
}

// ways are endings that mean the same unit, for the kinds that they belong to.
var ways = []struct {
	kinds   []store.UnitKind
	endings []string
}{
	{[]store.UnitKind{store.Station, store.BorderStation}, []string{"边防派出所", "边防所"}},
	{[]store.UnitKind{store.Station, store.BorderStation}, []string{"派出所", "所"}},
	{[]store.UnitKind{store.Street}, []string{"街道办事处", "街道办", "街道"}},
	{[]store.UnitKind{store.Community}, []string{"社区居民委员会", "社区居委会", "社区"}},
	{[]store.UnitKind{store.Community}, []string{"村民委员会", "村委会", "村"}},
	{[]store.UnitKind{store.Office}, []string{"禁毒委员会办公室", "禁毒委办公室", "禁毒办公室", "禁毒办"}},
}

// endings returns the name with every ending that means the same.
func endings(name string, kind store.UnitKind) []string {
	for _, way := range ways {
		if !slices.Contains(way.kinds, kind) {
			continue
		}
		for _, end := range way.endings {
			stem, ok := strings.CutSuffix(name, end)
			if !ok || stem == "" && kind != store.Office {
				continue
			}
			out := make([]string, len(way.endings))
			for i, e := range way.endings {
				out[i] = stem + e
			}
			return out
		}
	}
	return []string{name}
}

var (
	numbering = newPattern(`^\(?[0-9一二三四五六七八九十]{1,3}(?:[)、]|\.)`)
	sealed    = newPattern(`\((?:盖章|公章|签章|章|试点|牵头|配合|主办|协办|负责|原[^()]*)\)$`)
	former    = newPattern(`^原(?:来的?)?`)
)

// find returns the code of the unit that a cell names, or the rule of the
// finding: row_unit_unknown or row_unit_ambiguous.
func (x *unitIndex) find(text string) (code, rule string) {
	name := strings.Trim(unsealed(fold(text)), ":;,.、。\"'“”*")
	plain := numbering.ReplaceAllString(name, "")
	for _, one := range []string{name, plain, former.ReplaceAllString(plain, "")} {
		if codes := x.lookUp(one); len(codes) == 1 {
			return codes[0], ""
		} else if len(codes) > 1 {
			return "", "row_unit_ambiguous"
		}
	}
	return "", "row_unit_unknown"
}

// unsealed takes what stands in brackets behind a unit's name off it, as long as
// it says nothing of which unit it is: (盖章), (原望江派出所).
func unsealed(name string) string {
	for {
		cut := sealed.ReplaceAllString(name, "")
		if cut == name {
			return name
		}
		name = cut
	}
}

// lookUp returns the codes of the units that the whole folded text names.
func (x *unitIndex) lookUp(name string) []string {
	for _, stem := range x.stems(name) {
		for _, known := range []map[string][]string{x.official, x.short} {
			if codes := known[stem]; len(codes) > 0 {
				return codes
			}
		}
		if codes := x.inStreet(stem); len(codes) > 0 {
			return codes
		}
	}
	return x.codes[name]
}

// inStreet reads 东湖街道桥北社区: a unit behind the name of another that it
// belongs to. The one before decides between two of the same name.
func (x *unitIndex) inStreet(name string) []string {
	for at := range name {
		above := x.short[name[:at]]
		below := x.short[name[at:]]
		if len(above) != 1 || len(below) == 0 {
			continue
		}
		for _, code := range below {
			if u, ok := x.units.ByCode(code); ok && u.Parent == above[0] {
				return []string{code}
			}
		}
		if u, ok := x.units.ByCode(above[0]); ok && u.Kind == store.Street {
			return below
		}
	}
	return nil
}

// district reports whether the text names the district itself (云岭区, 全区),
// which is not a unit.
func (x *unitIndex) district(text string) bool {
	name := fold(text)
	for _, end := range []string{"合计", "总计", "小计", "汇总"} {
		name = strings.TrimSuffix(name, end)
	}
	switch name {
	case "":
		return false
	case "全区", "本区", "我区", "区级", "全县", "全市", x.area:
		return true
	default:
		return strings.HasSuffix(name, x.area) && x.prefix.FindString(name) == name
	}
}

// mention is a place in a text where a unit may be named.
type mention struct {
	from, to int // bytes
	codes    []string
}

// within returns the codes of the units named inside a longer text such as a
// title or a file name, in their order: longest names first, none of them a part
// of another name, and of a street with its community only the community. A name
// that fits several units, or stands inside the name of a stranger, names none.
func (x *unitIndex) within(text string) []string {
	text = fold(text)
	var taken []mention
	for _, m := range x.mentions(text) {
		if !slices.ContainsFunc(taken, func(t mention) bool { return m.from < t.to && t.from < m.to }) {
			taken = append(taken, m)
		}
	}
	slices.SortFunc(taken, func(a, b mention) int { return a.from - b.from })
	x.settle(taken)
	var out []string
	for i, m := range taken {
		if len(m.codes) != 1 || !x.starts(text[:m.from], taken[:i]) || !ends(text[m.from:m.to], text[m.to:]) {
			continue
		}
		if i+1 < len(taken) && taken[i+1].from == m.to && len(taken[i+1].codes) == 1 {
			continue // 东湖街道桥北社区 is about the community
		}
		if !slices.Contains(out, m.codes[0]) {
			out = append(out, m.codes[0])
		}
	}
	return out
}

// settle decides between communities of one name by the street that stands
// right before.
func (x *unitIndex) settle(taken []mention) {
	for i := 1; i < len(taken); i++ {
		above := taken[i-1]
		if len(taken[i].codes) < 2 || len(above.codes) != 1 || above.to != taken[i].from {
			continue
		}
		for _, code := range taken[i].codes {
			if u, _ := x.units.ByCode(code); u.Parent == above.codes[0] {
				taken[i].codes = []string{code}
				break
			}
		}
	}
}

// mentions lists every place where a known name stands, longest first.
func (x *unitIndex) mentions(text string) []mention {
	var all []mention
	for from := range text {
		to := from
		for n := 0; n < x.longest && to < len(text); n++ {
			_, size := utf8.DecodeRuneInString(text[to:])
			to += size
			codes := x.official[text[from:to]]
			if len(codes) == 0 {
				codes = x.short[text[from:to]]
			}
			if len(codes) > 0 {
				all = append(all, mention{from, to, codes})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b mention) int { return (b.to - b.from) - (a.to - a.from) })
	return all
}

// before are the characters after which a unit's name may begin inside a
// sentence. After any other Chinese character the name could be the tail of a
// stranger's: 大城西派出所 is not 城西派出所.
const before = "年月日度份周期季表单位名称为是各及和与同或对向给由在于从到至的之据告料附件总汇送报示年本我该属:"

// starts reports whether a name may begin after the text before it.
func (x *unitIndex) starts(head string, taken []mention) bool {
	if len(taken) > 0 && taken[len(taken)-1].to == len(head) {
		return true
	}
	from := len(head)
	for from > 0 {
		r, size := utf8.DecodeLastRuneInString(head[:from])
		if !unicode.Is(unicode.Han, r) {
			break
		}
		from -= size
	}
	run := head[from:]
	if run == "" {
		return true
	}
	if last, _ := utf8.DecodeLastRuneInString(run); strings.ContainsRune(before, last) {
		return true
	}
	for at := range run { // the district or bureau, possibly behind other words
		if x.prefix.FindString(run[at:]) == run[at:] && (at == 0 || x.starts(run[:at], nil)) {
			return true
		}
	}
	return false
}

var (
	notAfterStation = newPattern(`^[属有在需谓辖长]`)
	notAfterPlace   = newPattern(`^(?:戒毒|康复)`)
	stranger        = newPattern(`^[^各辖全下属内及和与、0-9年月]{2,4}?(?:社区|村)(?:$|[^戒康])`)
)

// ends reports whether a name may end before the text behind it: 城西所属 is
// not 城西所, 东湖社区戒毒 not 东湖社区, and an unknown community of a street is
// not the street.
func ends(name, tail string) bool {
	switch {
	case strings.HasSuffix(name, "所"):
		return !notAfterStation.MatchString(tail)
	case strings.HasSuffix(name, "社区"), strings.HasSuffix(name, "村"):
		return !notAfterPlace.MatchString(tail)
	case strings.HasSuffix(name, "街道"), strings.HasSuffix(name, "办"), strings.HasSuffix(name, "办事处"):
		return !stranger.MatchString(tail)
	default:
		return true
	}
}
