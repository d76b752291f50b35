package form

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// view is a text as its digits are meant: half-width whatever script they are
// written in, with what is invisible taken out, each rune knowing where it stood.
type view struct {
	runes []rune
	at    []int // rune index in the original
}

// longNumeral is from how many Chinese digits in a row on a text is a number
// that was spelled out to hide it.
const longNumeral = 11

func viewOf(s string) view {
	var v view
	i := -1
	for _, r := range s {
		i++
		if unicode.Is(unicode.Cc, r) {
			r = ' '
		}
		if invisible(r) {
			continue
		}
		v.runes = append(v.runes, digitOf(r))
		v.at = append(v.at, i)
	}
	for from := 0; from < len(v.runes); from++ {
		to := from
		for to < len(v.runes) && spelled(v.runes[to]) >= 0 {
			to++
		}
		if to-from >= longNumeral {
			for k := from; k < to; k++ {
				v.runes[k] = rune('0' + spelled(v.runes[k]))
			}
		}
		from = max(from, to-1)
	}
	return v
}

func spelled(r rune) int {
	switch r {
	case '幺':
		return 1
	case '两':
		return -1
	}
	if d, ok := chineseDigit(r); ok {
		return d
	}
	return -1
}

// digitOf returns a digit of any script as 0 to 9 and a full-width character as
// its half-width twin; any other rune stays.
func digitOf(r rune) rune {
	switch {
	case r < 0x80:
		return r
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Nd, r):
		for _, table := range unicode.Nd.R16 {
			if uint16(r) >= table.Lo && uint16(r) <= table.Hi && r <= 0xFFFF {
				return '0' + (r-rune(table.Lo))%10
			}
		}
		for _, table := range unicode.Nd.R32 {
			if uint32(r) >= table.Lo && uint32(r) <= table.Hi {
				return '0' + (r-rune(table.Lo))%10
			}
		}
		return r
	case unicode.Is(unicode.No, r):
		if n := norm.NFKC.String(string(r)); len(n) == 1 {
			return rune(n[0])
		}
		return r
	case strings.ContainsRune("‐‑‒–—―−－", r):
		return '-'
	default:
		return r
	}
}

// group is a run of digits in a view.
type group struct {
	from, to int
	gap      string // what stands between it and the group before, where that is only separators
}

// personal returns the marks in a text, from left to right; only the first where
// one is enough.
func personal(s string, one bool) []mark {
	if !suspicious(s) {
		return nil
	}
	v := viewOf(s)
	var out []mark
	add := func(from, to int, shape string) {
		if shape != "" {
			out = append(out, mark{v.at[from], v.at[to-1] + 1, shape})
		}
	}
	groups := v.groups()
	for i, g := range groups {
		add(g.from, v.tail(g), v.single(groups, i))
		if len(out) > 0 && one {
			return out
		}
	}
	for i := range groups {
		from, to, shape := v.joined(groups[i:])
		add(from, to, shape)
		if len(out) > 0 && one {
			return out
		}
	}
	v.worded(add)
	slices.SortStableFunc(out, func(a, b mark) int { return a.from - b.from })
	return out
}

// fewest is how many digits the shortest number of a person has.
const fewest = 7

// suspicious is a cheap test that most cells fail: a text needs seven digits, in
// whatever script, or a rune that one of the wordings needs.
func suspicious(s string) bool {
	digits := 0
	for _, r := range s {
		if needed()[r] || r == '：' || r == '＠' {
			return true
		}
		switch {
		case isDigit(r), r >= 0x80 && (r < 0x4E00 || r > 0x9FFF), spelled(r) >= 0:
			digits++
		}
	}
	return digits >= fewest
}

var needed = sync.OnceValue(func() map[rune]bool {
	all := map[rune]bool{}
	for _, w := range wordings {
		for _, r := range w.needs {
			all[r] = true
		}
	}
	return all
})

// groups lists the runs of digits; a gap of up to three separators joins a run
// to the one before.
func (v view) groups() []group {
	var out []group
	for i := 0; i < len(v.runes); i++ {
		if !isDigit(v.runes[i]) {
			continue
		}
		from := i
		for i < len(v.runes) && isDigit(v.runes[i]) {
			i++
		}
		g := group{from: from, to: i}
		if n := len(out); n > 0 && from-out[n-1].to <= 3 {
			gap := string(v.runes[out[n-1].to:from])
			if strings.Trim(gap, " -._·()/,") == "" {
				g.gap = gap
			}
		}
		out = append(out, g)
	}
	return out
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// tail returns where the group ends with an X that belongs to it.
func (v view) tail(g group) int {
	if g.to < len(v.runes) && (v.runes[g.to] == 'X' || v.runes[g.to] == 'x') {
		return g.to + 1
	}
	return g.to
}

// single judges one unbroken run of digits.
func (v view) single(groups []group, i int) string {
	g := groups[i]
	if v.fraction(groups, i) {
		return ""
	}
	before := ' '
	if g.from > 0 {
		before = v.runes[g.from-1]
	}
	return runShape(strings.ToUpper(string(v.runes[g.from:v.tail(g)])), before)
}

// fraction reports whether the run is part of a decimal number that is the whole
// text, such as an amount. A lone .0 behind is what programs add to identifiers
// that they took for numbers, and does not count.
func (v view) fraction(groups []group, i int) bool {
	if len(groups) != 2 || groups[1].gap != "." || groups[0].from > 1 || groups[1].to != len(v.runes) {
		return false
	}
	return i == 1 || string(v.runes[groups[1].from:groups[1].to]) != "0" && groups[0].to-groups[0].from < 15
}

var (
	mobile   = newPattern(`^(?:0|86|0086)?1[3-9][0-9]{9}$`)
	landline = newPattern(`^0(?:10|2[0-9])[1-9][0-9]{7}$|^0[3-9][0-9]{2}[1-9][0-9]{6,7}$`)
	area     = newPattern(`^0(?:10|2[0-9]|[3-9][0-9]{2})$`)
	local    = newPattern(`^[1-9][0-9]{6,7}$`)
)

// runShape judges digits that stand together, with an X at their end where one
// follows; before is the rune before them.
func runShape(digits string, before rune) string {
	letter := before < 0x80 && unicode.IsLetter(before)
	switch n := len(digits); {
	case n < 11:
		return ""
	case isID(digits):
		return shapeID
	case n > 18 && !letter && holdsID(digits):
		return shapeID
	case letter: // part of a case or document number
		return ""
	case mobile.MatchString(digits), landline.MatchString(digits):
		return shapePhone
	case n >= 15 && n <= 19 && isCard(digits):
		return shapeCard
	default:
		return ""
	}
}

// joined judges runs of digits held together by separators: 539901 19800110 2038,
// 199-0000-0700, 6222 0000 0000 0000. The longest that has a shape is taken.
func (v view) joined(groups []group) (from, to int, shape string) {
	digits := string(v.runes[groups[0].from:groups[0].to])
	sizes := []int{len(digits)}
	for i := 1; i < len(groups) && groups[i].gap != "" && len(digits) < 19; i++ {
		g := groups[i]
		digits += string(v.runes[g.from:v.tail(g)])
		sizes = append(sizes, g.to-g.from)
		if one := joinedShape(strings.ToUpper(digits), sizes, g.gap); one != "" {
			from, to, shape = groups[0].from, v.tail(g), one
		}
		digits = strings.TrimRight(digits, "Xx")
	}
	return from, to, shape
}

func joinedShape(digits string, sizes []int, gap string) string {
	spelledOut := len(digits) == len(sizes)
	grouped := gap == "," && slices.Max(sizes) == 3 && slices.Min(sizes[1:]) == 3 // 539,901,198,001,102,038
	switch n := len(digits); {
	case n == 18 && isID(digits), n == 15 && isID(digits) && (grouped || strings.Trim(gap, " -_./") == ""),
		n >= 14 && (spelledOut || grouped) && isID(digits):
		return shapeID
	case gap == ",": // numbers in a list, or an amount
		return ""
	case n == 11 && mobile.MatchString(digits) && (spelledOut || slices.Min(sizes) >= 3 && len(sizes) <= 4):
		return shapePhone
	case n >= 10 && n <= 12 && len(sizes) <= 3 && gap != "/" && area.MatchString(digits[:sizes[0]]) && local.MatchString(digits[sizes[0]:]):
		return shapePhone
	case n >= 16 && n <= 19 && (spelledOut || slices.Min(sizes[:len(sizes)-1]) == 4 && slices.Max(sizes) == 4) && luhn(digits):
		return shapeCard
	default:
		return ""
	}
}

const provinceCodes = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"

// isID reports whether 18 characters, or the 15 digits of older ones, are an ID
// number: a day of birth that fits, and the check digit or a province that
// exists. Case numbers of recent years look alike but for the year, so births
// count until 2012, with a right check digit until 2020. One that lost its last
// digits, as in a sheet's name that was too long, is known by region and birth.
func isID(s string) bool {
	switch {
	case len(s) == 17 && checkDigit(s) == 'X', len(s) == 18:
		if strings.Contains(s[:17], "X") || !dayOfBirth(s[6:14], "1900", "2020") {
			return false
		}
		if len(s) == 17 || checkDigit(s) == s[17] {
			return true
		}
		return province(s) && s[6:10] <= "2012"
	case len(s) == 15 && !strings.Contains(s, "X") && province(s) && dayOfBirth("19"+s[6:12], "1930", "1999"):
		return true
	case len(s) >= 14 && len(s) <= 17: // one that was cut off, or rounded
		return province(s) && dayOfBirth(s[6:14], "1930", "2012")
	default:
		return false
	}
}

// holdsID looks for an ID number inside a longer run.
func holdsID(s string) bool {
	s = strings.TrimRight(s, "X")
	for i := 0; i+18 <= len(s); i++ {
		if one := s[i : i+18]; province(one) && dayOfBirth(one[6:14], "1930", "2012") && checkDigit(one) == one[17] {
			return true
		}
	}
	return false
}

func province(s string) bool { return strings.Contains(provinceCodes, s[:2]) }

// dayOfBirth reports whether eight digits are a day between two years.
func dayOfBirth(s, first, last string) bool {
	year, month, day := s[:4], s[4:6], s[6:]
	return year >= first && year <= last && month >= "01" && month <= "12" && day >= "01" && day <= "31"
}

// checkDigit returns the eighteenth character that belongs to seventeen digits
// (ISO 7064, MOD 11-2).
func checkDigit(s string) byte {
	sum := 0
	for i := range 17 {
		if s[i] < '0' || s[i] > '9' {
			return 0
		}
		sum = (sum + int(s[i]-'0')) * 2 % 11
	}
	return "10X98765432"[sum%11]
}

// isCard reports whether digits are a bank card's: the issuers' first digits and
// the check digit. Numbers that hold a recent month where case numbers do, do not
// count.
func isCard(s string) bool {
	if !luhn(s) {
		return false
	}
	dated := dayOfBirth(s[6:10]+s[10:12]+"01", "2000", "2099")
	switch {
	case strings.HasPrefix(s, "62"), strings.HasPrefix(s, "9558"):
		return !dated || len(s) == 16 || len(s) == 19
	case len(s) == 15:
		return strings.HasPrefix(s, "34") || strings.HasPrefix(s, "37")
	case len(s) == 16, len(s) == 19:
		return strings.ContainsRune("3456", rune(s[0])) && !dated
	default:
		return false
	}
}

func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if d < 0 || d > 9 {
			return false
		}
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0 && strings.Trim(s, "0") != ""
}

const (
	surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
	// provinces begin a number plate.
	provinces = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
	number    = `(?:[0-9]{1,5}|[一二三四五六七八九十百]{1,4})`
)

// wordings are the shapes that need words: where a label, a road or a sign says
// what the rest is.
var wordings = []struct {
	shape   string
	needs   string // runes of which the text must hold one: a cheap test that most fail
	pattern *pattern
}{
	{shapeID, "Ee", newPattern(`[0-9](?:\.[0-9]+)?[Ee]\+?1[4-8]`)},
	{shapePhone, "Ee", newPattern(`^1\.[3-9][0-9]*[Ee]\+?10$`)},
	{shapePhone, "话机式线Ll", newPattern(`(?:电话|手机号?码?|联系方式|热线|[Tt][Ee][Ll])[:： ]{0,3}(?:是|为)?[0-9][0-9 -]{6,}`)},
	{shapeAddress, "号", newPattern(`(?:路|街|巷|弄|里|坊|苑|园|胡同|大道|街道|道|村|组|屯|庄|寨|小区|新村|洲|湾|桥|港) ?` + number + `(?:-[0-9]{1,4})? ?号(?:$|[^文令线机])`)},
	{shapeAddress, "栋幢座元弄楼室", newPattern(number + ` ?[栋幢座] ?` + number + `|` + number + ` ?单元|` + number + ` ?(?:号楼|栋|幢|弄)|[0-9]{2,5} ?室`)},
	{shapeName, ":", newPattern(`(?:姓名|责任人|联系人|联络员|嫌疑人|当事人|填表人|制表人|审核人|经办人|监护人|代表人|负责人|户主|绰号|曾用名)[:：] ?[\p{Han}·]{2,6}`)},
	{shapeName, "某", newPattern(`\p{Han}某某`)},
	{shapeName, "某", newPattern(`[` + surnames + `]某(?:$|某|[^年月日时地处种些个天区市县街社单])`)},
	{shapeAccount, "@微Q", newPattern(`[A-Za-z0-9._+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.]+|微信号?[:： ]{0,2}[A-Za-z0-9][\w-]{5,19}|QQ号?[:： ]{0,2}[1-9][0-9]{4,10}`)},
	{shapePlate, provinces, newPattern(`[` + provinces + `][A-HJ-NP-Z][·. ]?[A-HJ-NP-Z0-9]{5,6}(?:$|[^A-Za-z0-9])`)},
}

// worded finds the shapes that need words.
func (v view) worded(add func(from, to int, shape string)) {
	text := string(v.runes)
	for _, w := range wordings {
		if !strings.ContainsAny(text, w.needs) {
			continue
		}
		for _, m := range w.pattern.FindAllStringIndex(text, -1) {
			from := utf8.RuneCountInString(text[:m[0]])
			add(from, from+utf8.RuneCountInString(text[m[0]:m[1]]), w.shape)
		}
	}
}
