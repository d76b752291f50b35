package sync

import (
	"context"
	"slices"
	"strings"
	stdsync "sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"jindu/store"
)

func TestInterval(t *testing.T) {
	from := time.Date(2026, 6, 26, 9, 3, 0, 0, time.UTC) // a Friday
	for schedule, want := range map[string]time.Duration{
		"*/10 * * * *":     10 * time.Minute,
		"* * * * *":        time.Minute,
		"@hourly":          time.Hour,
		"@every 90s":       90 * time.Second,
		"0 8 * * *":        24 * time.Hour,
		"*/10 8-18 * * *":  13*time.Hour + 10*time.Minute, // the night
		"0 9 * * 1-5":      72 * time.Hour,                // the weekend
		"* 8-17 * * 1-5":   62*time.Hour + time.Minute,
		"0 8 5 * *":        31 * 24 * time.Hour,
		"  0 8 * * *  ":    24 * time.Hour,
		"0,30 9-10 * * *":  22*time.Hour + 30*time.Minute,
		"0 0 1 1 *":        366 * 24 * time.Hour,
		"59 23 31 12 *":    366 * 24 * time.Hour,
		"0 0 29 2 *":       (4*365 + 1) * 24 * time.Hour,
		"@every 10s":       10 * time.Second,
		"0 12 * * MON,THU": 96 * time.Hour,
	} {
		got, err := Interval(schedule, from)
		if err != nil || got != want {
			t.Errorf("%q: %v, %v; want %v", schedule, got, err, want)
		}
	}
}

func TestIntervalRefuses(t *testing.T) {
	for _, schedule := range []string{
		"", "   ", "nonsense", "* * * *", "* * * * * *", "61 * * * *", "0 0 30 2 *", "0 0 31 4 *",
		"@every 5s", "@every 0s", "@every -1h", "TZ=Asia/Shanghai", "TZ=", "CRON_TZ=UTC 0 8 * * *", "TZ=UTC * * * * *", "@reboot",
	} {
		if got, err := Interval(schedule, time.Unix(0, 0)); store.ErrorCode(err) != "schedule_bad" {
			t.Errorf("%q: %v, %v; want schedule_bad", schedule, got, err)
		}
	}
}

func TestJitter(t *testing.T) {
	seen := map[time.Duration]bool{}
	for _, name := range []string{"share", "城西", "城东", "a", "b", "c"} {
		j := jitter(name, 10*time.Minute)
		if j < 0 || j >= longestJitter || j != jitter(name, 10*time.Minute) {
			t.Errorf("%s: %v", name, j)
		}
		seen[j] = true
	}
	if len(seen) < 5 {
		t.Errorf("sources fall together: %v", seen)
	}
	if j := jitter("share", 10*time.Second); j >= time.Second {
		t.Errorf("jitter %v of a short interval", j)
	}
}

// book notes when each source was pulled.
type book struct {
	mu    stdsync.Mutex
	start time.Time
	at    map[string][]time.Duration
	do    func(source string)
}

func (b *book) pull(_ context.Context, source string) {
	b.mu.Lock()
	b.at[source] = append(b.at[source], time.Since(b.start).Truncate(time.Second))
	do := b.do
	b.mu.Unlock()
	if do != nil {
		do(source)
	}
}

func (b *book) count(source string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.at[source])
}

// serve runs a scheduler for a while of the bubble's time.
func serve(t *testing.T, clock func() time.Time, tasks []Task, b *book, during func(*Scheduler)) {
	t.Helper()
	time.Sleep(3 * time.Minute) // a bubble begins at midnight, when everything falls due
	b.at, b.start = map[string][]time.Duration{}, time.Now()
	s := NewScheduler(tasks, b.pull, clock, time.UTC, nil)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx) }()
	during(s)
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestSchedulerPullsAtOnceAndAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &book{}
		serve(t, time.Now, []Task{{"share", "*/10 * * * *"}, {"far", "@hourly"}}, b, func(*Scheduler) {
			time.Sleep(65 * time.Minute)
		})
		if n := len(b.at["share"]); n != 7 || b.at["share"][0] != 0 {
			t.Errorf("share was pulled at %v, want at once and six times more", b.at["share"])
		}
		if n := len(b.at["far"]); n != 2 {
			t.Errorf("far was pulled at %v, want at once and once more", b.at["far"])
		}
		gap := b.at["share"][2] - b.at["share"][1]
		if gap != 10*time.Minute {
			t.Errorf("the jitter changes: %v", b.at["share"])
		}
	})
}

func TestSchedulerSkipsWhileOneRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &book{do: func(string) { time.Sleep(25 * time.Minute) }}
		serve(t, time.Now, []Task{{"slow", "*/10 * * * *"}}, b, func(s *Scheduler) {
			time.Sleep(time.Minute)
			s.Now("slow") // asked for while it runs: left alone
			time.Sleep(59 * time.Minute)
		})
		if n := len(b.at["slow"]); n != 2 && n != 3 {
			t.Errorf("pulled at %v: pulls of one source ran beside each other", b.at["slow"])
		}
	})
}

func TestSchedulerSurvivesAPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &book{do: func(string) { panic("a cell with 539901198001102030") }}
		serve(t, time.Now, []Task{{"share", "*/10 * * * *"}}, b, func(*Scheduler) { time.Sleep(35 * time.Minute) })
		if n := len(b.at["share"]); n != 4 {
			t.Errorf("pulled at %v: one panic must not end the schedule", b.at["share"])
		}
	})
}

func TestSchedulerNow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &book{}
		serve(t, time.Now, []Task{{"a", "@daily"}, {"b", "@daily"}}, b, func(s *Scheduler) {
			time.Sleep(time.Minute)
			s.Now("a")
			time.Sleep(time.Minute)
			s.Now("")
			s.Now("nobody")
			time.Sleep(time.Minute)
			synctest.Wait()
			if b.count("a") != 3 || b.count("b") != 2 {
				t.Errorf("a %d, b %d pulls; want 3 and 2", b.count("a"), b.count("b"))
			}
		})
	})
}

// Who asks for a pull is told that it has ended, and not before: of one that runs
// already too.
func TestSchedulerPullWaitsForTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &book{do: func(string) { time.Sleep(7 * time.Minute) }}
		serve(t, time.Now, []Task{{"a", "@daily"}, {"b", "@daily"}}, b, func(s *Scheduler) {
			time.Sleep(2 * time.Minute) // the pull of the start has five minutes to go
			for _, want := range []time.Duration{5 * time.Minute, 7 * time.Minute} {
				asked := time.Now()
				if err := s.Pull(t.Context(), ""); err != nil {
					t.Error(err)
				}
				if waited := time.Since(asked); waited != want {
					t.Errorf("waited %v, want %v", waited, want)
				}
			}
		})
	})
}

func TestSchedulerCatchesUpAfterAJump(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu stdsync.Mutex
		var ahead time.Duration
		clock := func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			return time.Now().Add(ahead)
		}
		b := &book{}
		serve(t, clock, []Task{{"share", "@daily"}}, b, func(*Scheduler) {
			time.Sleep(5 * time.Minute)
			for _, by := range []time.Duration{2 * time.Hour, -2 * time.Hour} {
				mu.Lock()
				ahead += by
				mu.Unlock()
				time.Sleep(5 * time.Minute)
			}
		})
		if n := len(b.at["share"]); n != 3 {
			t.Errorf("pulled at %v, want at once and after each jump", b.at["share"])
		}
	})
}

func TestSchedulerLeavesNothingBehind(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := NewScheduler([]Task{{"share", "@every 1h"}}, func(context.Context, string) {}, time.Now, time.UTC, nil)
	ctx, cancel := context.WithCancel(t.Context())
	s.Now("share")
	cancel()
	if err := s.Serve(ctx); err != nil {
		t.Error(err)
	}
}

func TestSchedulerRefusesABadTask(t *testing.T) {
	s := NewScheduler([]Task{{"share", "TZ="}}, nil, time.Now, time.UTC, nil)
	if err := s.Serve(t.Context()); store.ErrorCode(err) != "schedule_bad" {
		t.Errorf("error %v", err)
	}
}

func TestSayKeepsToTheSentence(t *testing.T) {
	err := store.NewError("source_failed", context.DeadlineExceeded, "share")
	if got := Say(err, store.English); strings.Contains(got, "deadline") || !strings.Contains(got, "share") {
		t.Errorf("said %q", got)
	}
	if codes := slices.Sorted(slices.Values([]string{store.ErrorCode(err)})); codes[0] != "source_failed" {
		t.Error(codes)
	}
}
