package sync

import (
	"context"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jindu/store"
)

// compare holds what a workbook prints of other periods against what is known
// of them: 去年同期 and 上月 against the mirror's own figures, which stay, and
// what is cumulated from January against the months and against what had been
// cumulated before. A cumulative number that contradicts them applies as
// suspect, as does the month's own beside it: nobody can tell which is wrong.
func (r *round) compare(ctx context.Context, rd *store.Reading) error {
	m, err := r.recall(ctx, rd)
	if err != nil {
		return err
	}
	for i := range rd.Compared {
		s := &rd.Compared[i]
		if v, ok := m.value(s.Key); ok && math.Abs(v-s.Value) > lastDigit(s)/2+tiny {
			m.find("compare_mismatch", s)
		}
	}
	for i := range rd.Statements {
		s := &rd.Statements[i]
		ind, _ := r.Understanding.Catalogue.ByCode(s.Indicator)
		if cumulated(s.Period) && ind.Kind == store.Flow && !s.NotApplicable && !m.told(s) {
			m.cumulative(s, ind.Counted())
		}
	}
	return nil
}

// tiny is below every difference of printed numbers.
const tiny = 1e-9

// cumulated reports whether the period is several months from January on.
func cumulated(p store.Period) bool {
	return p.Kind != store.Month && p.Kind != store.Week && p.Start() == store.NewDate(p.Year, 1, 1)
}

// recollection is what is known beside a reading: what it states itself, and
// for what it does not, the mirror.
type recollection struct {
	rd     *store.Reading
	stated map[store.Key]*store.Statement
	mirror map[store.Key]float64
}

// recall asks the mirror for the periods that the reading is held against, once
// for each unit.
func (r *round) recall(ctx context.Context, rd *store.Reading) (*recollection, error) {
	m := &recollection{rd, make(map[store.Key]*store.Statement, len(rd.Statements)), map[store.Key]float64{}}
	wanted := map[string][]store.Period{}
	want := func(unit string, p store.Period) {
		if !slices.Contains(wanted[unit], p) {
			wanted[unit] = append(wanted[unit], p)
		}
	}
	for _, s := range rd.Compared {
		want(s.Unit, s.Period)
	}
	for i := range rd.Statements {
		s := &rd.Statements[i]
		m.stated[s.Key] = s
		if !cumulated(s.Period) {
			continue
		}
		end := int(s.Period.End().Month)
		want(s.Unit, store.CumulativeTo(s.Period.Year, end-1))
		for month := 1; month <= end; month++ {
			want(s.Unit, store.MonthOf(s.Period.Year, month))
		}
	}
	for unit, periods := range wanted {
		known, err := r.Mirror.Known(ctx, unit, periods)
		if err != nil {
			return nil, err
		}
		for k, v := range known {
			m.mirror[k] = v
		}
	}
	return m, nil
}

func (m *recollection) value(k store.Key) (float64, bool) {
	if s, ok := m.stated[k]; ok {
		return s.Value, !s.NotApplicable
	}
	v, ok := m.mirror[k]
	return v, ok
}

// told reports whether the workbook by itself has already shown the contradiction.
func (m *recollection) told(s *store.Statement) bool {
	return slices.ContainsFunc(m.rd.Findings, func(f store.Finding) bool {
		return f.Sheet == s.Cell.Sheet && f.Cell == s.Cell.Ref && strings.HasPrefix(f.Rule, "cumulative_")
	})
}

// cumulative judges one cumulative number: by all of its months where they are
// known, else by the number before it and the month's own.
func (m *recollection) cumulative(s *store.Statement, counted bool) {
	end := int(s.Period.End().Month)
	sum, slack, whole := 0.0, 0.0, true
	for month := 1; month <= end; month++ {
		v, ok := m.value(at(s.Key, store.MonthOf(s.Period.Year, month)))
		sum, whole = sum+v, whole && ok
	}
	if !counted {
		slack = lastDigit(s) / 2 * float64(end+1)
	}
	slack += tiny
	month := m.stated[at(s.Key, store.MonthOf(s.Period.Year, end))]
	before, follows := m.value(at(s.Key, store.CumulativeTo(s.Period.Year, end-1)))
	switch {
	case follows && s.Value < before-slack:
		m.find("cumulative_falls", s)
	case whole && math.Abs(s.Value-sum) > slack:
		m.find("cumulative_mismatch", s, decimal(s.Value), decimal(sum))
	case !whole && follows && month != nil && !month.NotApplicable && math.Abs(s.Value-before-month.Value) > slack:
		m.find("cumulative_mismatch", s, decimal(s.Value), decimal(before+month.Value))
	default:
		return
	}
	s.Suspect = true
	if month != nil {
		month.Suspect = true
	}
}

func at(k store.Key, p store.Period) store.Key {
	k.Period = p
	return k
}

func (m *recollection) find(rule string, s *store.Statement, args ...string) {
	f := store.NewFinding(rule, s.Cell.Sheet, s.Cell.Ref, args...)
	f.Unit, f.Indicator, f.Period = s.Unit, s.Indicator, s.Period
	m.rd.Findings = append(m.rd.Findings, f)
}

// decimal writes a number without the noise of binary fractions.
func decimal(v float64) string {
	return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64)
}

var printed = regexp.MustCompile(`[0-9][0-9,]*(\.[0-9]+)?`)

// lastDigit returns the weight of a number's last printed digit in the
// catalogue's measure: 100 for 1.5千克, of which grams are kept.
func lastDigit(s *store.Statement) float64 {
	m := printed.FindStringSubmatch(s.Cell.Raw)
	if m == nil {
		return 0
	}
	digit := math.Pow10(-max(0, len(m[1])-1))
	n, _ := strconv.ParseFloat(strings.ReplaceAll(m[0], ",", ""), 64)
	if n == 0 || s.Value == 0 {
		return digit
	}
	return digit * math.Abs(s.Value) / n
}
