package main

import (
	"math"
	"strconv"
	"strings"
	"time"

	"jindu/store"
)

// optional returns nothing for an empty text: in JSON, what is missing is null.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// moment returns nothing for no time, else the time in the zone.
func moment(t time.Time, zone *time.Location) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.In(zone)
	return &t
}

// day returns nothing for no date.
func day(d store.Date) *string { return optional(d.String()) }

// count returns nothing for a number that was not given.
func count(n int) *int {
	if n < 0 {
		return nil
	}
	return &n
}

// join joins what is not empty.
func join(sep string, parts ...string) string {
	var given []string
	for _, p := range parts {
		if p != "" {
			given = append(given, p)
		}
	}
	return strings.Join(given, sep)
}

// number writes a value as a person reads it: as exact as it is kept, without
// the noise of binary fractions.
func number(v float64) string {
	return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64)
}

// when writes a moment for people.
func when(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format("2006-01-02 15:04")
}

// parseMoment reads RFC 3339, or a date with or without a time in the zone. A
// date alone is its end: as known that day.
func parseMoment(s string, zone *time.Location) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02 15:04", "2006-01-02 15:04:05"} {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return t, nil
		}
	}
	if t, err := time.ParseInLocation(time.DateOnly, s, zone); err == nil {
		return t.AddDate(0, 0, 1).Add(-time.Microsecond), nil
	}
	return time.Time{}, store.NewError("time_bad", nil, s)
}

// past is the moment that --as-of names; none is now. What will be known nobody
// knows, so a moment to come is refused; of today, which has no end yet, it is now.
func (a *app) past(zone *time.Location) (time.Time, error) {
	at, err := parseMoment(a.asOf, zone)
	now := a.Now()
	switch {
	case err != nil || !at.After(now):
		return at, err
	case a.asOf == now.In(zone).Format(time.DateOnly):
		return now, nil
	default:
		return time.Time{}, store.NewError("time_future", nil, a.asOf)
	}
}

// readPeriod reads a period as scripts write it; no text is no period.
func readPeriod(s string) (store.Period, error) {
	if s == "" {
		return store.Period{}, nil
	}
	p, err := store.ParsePeriod(s)
	if err != nil {
		return p, store.NewError("period_bad", err, s)
	}
	return p, nil
}
