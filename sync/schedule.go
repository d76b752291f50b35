package sync

import (
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"jindu/store"
)

// Limits of schedules: sources are people's shares and not sensors, and pulls
// of many sources must not all fall on the same second.
const (
	shortestInterval = 10 * time.Second
	longestJitter    = 30 * time.Second
)

// Interval returns the longest time between two pulls by the schedule, as far
// as the weeks after from show it. A schedule that never comes, comes too often
// or cannot be read is an error.
func Interval(schedule string, from time.Time) (time.Duration, error) {
	s, err := parse(schedule)
	if err != nil {
		return 0, err
	}
	var longest time.Duration
	last := s.Next(from)
	// A week shows the gaps of nights and weekends; rarer schedules need more
	// than a week to show any.
	for n := 0; n < 14 || n < 4000 && last.Sub(from) < 8*24*time.Hour; n++ {
		next := s.Next(last)
		if last.IsZero() || next.IsZero() {
			return 0, store.NewError("schedule_bad", nil, schedule)
		}
		gap := next.Sub(last)
		if gap < shortestInterval {
			return 0, store.NewError("schedule_bad", nil, schedule)
		}
		longest = max(longest, gap)
		last = next
	}
	return longest, nil
}

// parse reads five fields or a word such as @hourly. A zone within the schedule
// is refused: times are the district's, and the library panics on a bare TZ=.
func parse(schedule string) (cron.Schedule, error) {
	spec := strings.TrimSpace(schedule)
	if strings.Contains(spec, "TZ=") {
		return nil, store.NewError("schedule_bad", nil, schedule)
	}
	parser := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor)
	s, err := parser.Parse(spec)
	if err != nil {
		return nil, store.NewError("schedule_bad", fmt.Errorf("parse: %w", err), schedule)
	}
	if every, ok := s.(cron.ConstantDelaySchedule); ok && every.Delay < shortestInterval {
		return nil, store.NewError("schedule_bad", nil, schedule)
	}
	return s, nil
}

// shifted is a schedule moved by a source's own delay.
type shifted struct {
	cron.Schedule
	by time.Duration
}

// Next returns when the schedule comes after t.
func (s shifted) Next(t time.Time) time.Time {
	next := s.Schedule.Next(t.Add(-s.by))
	if next.IsZero() {
		return next
	}
	return next.Add(s.by)
}

// jitter is the delay of a source: always the same for the same name, less than
// a tenth of its interval.
func jitter(name string, interval time.Duration) time.Duration {
	h := fnv.New32a()
	h.Write([]byte(name))
	span := min(interval/10, longestJitter)
	return time.Duration(h.Sum32()) % max(span, 1)
}
