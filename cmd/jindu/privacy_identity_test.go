package main

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// secret is one planted identity as the scanner looks for it: an identity
// number, telephone or card by its digits, anything else by its characters.
type secret struct {
	kind string // id, phone, card, name, address, account, plate
	text string
}

// planted is a secret in the form in which it is written into a place.
type planted struct {
	secret
	form  string
	text  string  // as a cell's or a name's text
	num   float64 // as a number, where the form is one
	asNum bool
}

// planter invents identities: of region 539901, which does not exist, with
// names of rare characters. The same seed always plants the same.
type planter struct {
	*rand.Rand
	all  []planted
	used map[string]bool
}

func newPlanter(seed uint64) *planter {
	return &planter{Rand: rand.New(rand.NewPCG(seed, 539901)), used: map[string]bool{}}
}

// fresh returns what make gives, and never the same twice.
func (p *planter) fresh(make func() string) string {
	for {
		if s := make(); !p.used[s] {
			p.used[s] = true
			return s
		}
	}
}

// id is an identity number with its right check digit; births end in 2011, so
// that no day of a district's reports looks like one.
func (p *planter) id() string {
	return p.fresh(func() string {
		s := fmt.Sprintf("539901%04d%02d%02d%03d", 1940+p.IntN(72), 1+p.IntN(12), 1+p.IntN(28), p.IntN(1000))
		return s + checkDigit(s)
	})
}

// idEnding is an identity number whose check digit is an X, or is none.
func (p *planter) idEnding(x bool) string {
	for {
		if s := p.id(); strings.HasSuffix(s, "X") == x {
			return s
		}
	}
}

// checkDigit is ISO 7064, MOD 11-2, written here once more so that the program
// is not tested by itself.
func checkDigit(s string) string {
	weights := [...]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += int(s[i]-'0') * w
	}
	return "10X98765432"[sum%11 : sum%11+1]
}

func (p *planter) oldID() string {
	return p.fresh(func() string {
		return fmt.Sprintf("539901%02d%02d%02d%03d", 30+p.IntN(70), 1+p.IntN(12), 1+p.IntN(28), p.IntN(1000))
	})
}

func (p *planter) mobile() string {
	return p.fresh(func() string { return fmt.Sprintf("19%d%08d", p.IntN(10), p.IntN(1e8)) })
}

// areaCode and the seven digits after it.
func (p *planter) landline() (area, number string) {
	s := p.fresh(func() string { return fmt.Sprintf("0%d%07d", 310+p.IntN(600), 2_000_000+p.IntN(7_000_000)) })
	return s[:4], s[4:]
}

func (p *planter) card(n int) string {
	return p.fresh(func() string {
		s := "6222"
		for len(s) < n-1 {
			s += strconv.Itoa(p.IntN(10))
		}
		for d := range 10 {
			if full := s + strconv.Itoa(d); luhnHolds(full) {
				return full
			}
		}
		return s
	})
}

func luhnHolds(s string) bool {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			d = d*2/10 + d*2%10
		}
		sum += d
	}
	return sum%10 == 0
}

// The characters of the invented names: surnames that are common and that are
// rare, and given names that nobody bears.
const (
	commonFamily = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
	rareFamily   = "佴麴仉缑郏隗郗邴郄邬鄢芈阚昝"
	rareGiven    = "蕤葳薿蘅蓁荪荃菡萏苕荻芗茼蒴蓼蔻蕻藁薜薷蘧瑀璠珩瑢琤珣玥琬琚璟璘璆瓒旼昉晞暾晖暄曛曦朏沅沄泓洵浔淏淳湜溱滢澍澹濯灏炘烨焱煊煜燊"
)

// person is a name of three or four characters.
func (p *planter) person() string {
	return p.fresh(func() string {
		families := []rune(commonFamily + rareFamily)
		family := string(families[p.IntN(len(families))])
		if p.IntN(8) == 0 {
			family = []string{"欧阳", "司马", "诸葛", "皇甫", "尉迟"}[p.IntN(5)]
		}
		given := []rune(rareGiven)
		return family + string(given[p.IntN(len(given))]) + string(given[p.IntN(len(given))])
	})
}

// everyday is a name of characters that words are made of.
func (p *planter) everyday() string {
	return p.fresh(func() string {
		family, given := []rune(commonFamily), []rune("伟强军建国华明丽芳敏静勇磊洋艳杰娟涛超秀霞平刚桂英")
		return string(family[p.IntN(len(family))]) + string(given[p.IntN(len(given))]) + string(given[p.IntN(len(given))])
	})
}

// quarter is a street that does not exist.
func (p *planter) quarter() string {
	return p.fresh(func() string {
		given := []rune(rareGiven)
		return string(given[p.IntN(len(given))]) + string(given[p.IntN(len(given))]) + strconv.Itoa(10+p.IntN(80))
	})
}

// hidden is one way in which an identity is written.
type hidden struct {
	name  string
	write func(p *planter) planted
}

// plant writes a new identity in the form and remembers it.
func (p *planter) plant(h hidden) planted {
	one := h.write(p)
	one.form = h.name
	p.all = append(p.all, one)
	return one
}

// digits makes a form of a number: what is searched for, and how it is written.
func digits(kind, name string, number func(*planter) string, write func(string) string) hidden {
	return hidden{kind + " " + name, func(p *planter) planted {
		n := number(p)
		return planted{secret: secret{kind, n}, text: write(n)}
	}}
}

// numeric is digits kept as a number by a spreadsheet, which has 15 of them.
func numeric(kind, name string, number func(*planter) string) hidden {
	return hidden{kind + " " + name, func(p *planter) planted {
		n := strings.TrimSuffix(number(p), "X")
		f, _ := strconv.ParseFloat(n, 64)
		return planted{secret: secret{kind, n[:min(len(n), 15)]}, text: strconv.FormatFloat(f, 'f', 0, 64), num: f, asNum: true}
	}}
}

// wide writes ASCII in full-width characters.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7F {
			return r - '!' + '！'
		}
		return r
	}, s)
}

// parted writes separators at places.
func parted(sep string, at ...int) func(string) string {
	return func(s string) string {
		for i := len(at) - 1; i >= 0; i-- {
			s = s[:at[i]] + sep + s[at[i]:]
		}
		return s
	}
}

// spelledIn writes digits by another row of ten characters.
func spelledIn(ten string) func(string) string {
	row := []rune(ten)
	return func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return row[r-'0']
			}
			return r
		}, s)
	}
}

func around(before, after string) func(string) string {
	return func(s string) string { return before + s + after }
}

func as(s string) string { return s }

// TestPlantedIdentitiesAreWellFormed holds the generator to what it promises.
func TestPlantedIdentitiesAreWellFormed(t *testing.T) {
	p := newPlanter(1)
	if s := "11010519491231002"; checkDigit(s) != "X" { // the example of the standard
		t.Errorf("check digit of %s is %s", s, checkDigit(s))
	}
	for range 1000 {
		if id := p.id(); len(id) != 18 || id[:6] != "539901" || id[6:10] > "2011" {
			t.Fatalf("identity %s", id)
		}
		if c := p.card(19); len(c) != 19 || !luhnHolds(c) {
			t.Fatalf("card %s", c)
		}
		if n := len([]rune(p.person())); n < 3 || n > 4 {
			t.Fatalf("a name of %d characters", n)
		}
	}
	if a, b := newPlanter(7).id(), newPlanter(7).id(); a != b {
		t.Errorf("seed 7 gives %s and %s", a, b)
	}
}
