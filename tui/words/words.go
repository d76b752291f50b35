// Package words is every sentence and label that the screens say: one catalogue
// per language, a CSV of key and text that a person can read and correct. What
// has a name elsewhere keeps it there: indicators and measures in the
// catalogue, findings and errors in messages.csv, states in package style.
package words

import (
	_ "embed" // the catalogues are part of the program
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"jindu/store"
)

//go:embed zh.csv
var zhCSV string

//go:embed en.csv
var enCSV string

// Book is the catalogue of one language. It is made once and then only read.
type Book struct {
	Lang store.Lang
	text map[string]string
}

var books = sync.OnceValue(func() map[store.Lang]*Book {
	return map[store.Lang]*Book{
		store.Chinese: read(store.Chinese, zhCSV),
		store.English: read(store.English, enCSV),
	}
})

// Of returns the book of the language; Chinese where there is none.
func Of(l store.Lang) *Book {
	if b, ok := books()[l]; ok {
		return b
	}
	return books()[store.Chinese]
}

// read takes a catalogue apart. It is part of the program, so a line that
// cannot be read is a mistake that the first start shows.
func read(l store.Lang, text string) *Book {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("words of %s: %v", l, err))
	}
	b := &Book{Lang: l, text: make(map[string]string, len(rows))}
	for _, r := range rows {
		b.text[r[0]] = r[1]
	}
	return b
}

// Keys returns every key of the book, in no order.
func (b *Book) Keys() []string {
	out := make([]string, 0, len(b.text))
	for k := range b.text {
		out = append(out, k)
	}
	return out
}

// Say returns the text of the key with {0}, {1}... filled in; the key itself
// where the book has no such text.
func (b *Book) Say(key string, args ...any) string {
	text, ok := b.text[key]
	if !ok {
		return key
	}
	for i, a := range args {
		text = strings.ReplaceAll(text, "{"+strconv.Itoa(i)+"}", fmt.Sprint(a))
	}
	return text
}

// Count returns the text of the key for n of something: English has another
// word for one, under the key with ".one" behind it.
func (b *Book) Count(key string, n int) string {
	if _, ok := b.text[key+".one"]; ok && n == 1 {
		key += ".one"
	}
	return b.Say(key, n)
}

// Period names a period as a title does: 2026年6月, June 2026.
func (b *Book) Period(p store.Period) string {
	switch p.Kind {
	case store.Month:
		if b.Lang == store.English {
			return time.Month(p.N).String() + " " + strconv.Itoa(p.Year)
		}
		return b.Say("period.month", p.Year, p.N)
	case store.Week:
		return b.Say("period.week", p.Year, p.N)
	case store.Quarter:
		return b.Say("period.quarter", p.Year, p.N)
	case store.Half:
		return b.Say("period.half."+strconv.Itoa(p.N), p.Year)
	case store.Cumulative:
		if b.Lang == store.English {
			return b.Say("period.cumulative", p.Year, time.Month(p.N).String()[:3])
		}
		return b.Say("period.cumulative", p.Year, p.N)
	case store.Year:
		return b.Say("period.year", p.Year)
	default:
		return ""
	}
}

// Present names the period itself, for the head over its figures: 本月, now.
func (b *Book) Present(p store.Period) string {
	if p.Kind == store.Month {
		return b.Say("head.month")
	}
	return b.Say("head.longer")
}

// Before names the period before the period, for the head of a comparison:
// 较上月, v. May.
func (b *Book) Before(p store.Period) string {
	switch {
	case p.Kind == store.Month && b.Lang == store.English:
		return b.Say("head.before", p.Add(-1).Start().Month.String()[:3])
	case p.Kind == store.Month:
		return b.Say("head.before", p.Add(-1).String())
	case p.Kind == store.Cumulative, p.Kind == store.Year:
		return b.YearAgo(p)
	default:
		return b.Say("head.beforelonger")
	}
}

// YearAgo names the same period of last year, for the head of a comparison:
// 较同期, v. 2025.
func (b *Book) YearAgo(p store.Period) string { return b.Say("head.yearago", p.Year-1) }

// Weekday names the day of the week: 周二, Tue.
func (b *Book) Weekday(t time.Time) string {
	return b.Say("weekday." + strconv.Itoa(int(t.Weekday())))
}

// Stamp writes a moment as short as it stays clear beside now: 08:02 on the
// same day, 06-21 17:40 within the year, else 2025-12-30 17:40.
func Stamp(t, now time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case store.DateOf(t) == store.DateOf(now):
		return t.Format("15:04")
	case t.Year() == now.Year():
		return t.Format("01-02 15:04")
	default:
		return t.Format("2006-01-02 15:04")
	}
}

// Day writes a date without its year where that is this one: 06-26.
func Day(d store.Date, today store.Date) string {
	s := d.String()
	if d.Year == today.Year && len(s) > 5 {
		return s[5:]
	}
	return s
}
