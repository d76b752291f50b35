package sync

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/robfig/cron/v3"
	"golang.org/x/sync/errgroup"
)

// Task is one source and when it is pulled.
type Task struct {
	Source   string
	Schedule string
}

// Scheduler pulls sources again and again: each by its schedule, all of them at
// the start and after the clock has jumped or the machine has slept.
type Scheduler struct {
	tasks []Task
	pull  func(ctx context.Context, source string)
	clock func() time.Time
	zone  *time.Location
	log   *slog.Logger
	now   chan request
}

// request is one that somebody has made by hand.
type request struct {
	source string        // empty: all
	ended  chan struct{} // closed when what was asked for has been pulled
}

// flight is the pull of a source that is under way, or was the last one.
type flight struct {
	id    cron.EntryID
	ended atomic.Pointer[chan struct{}]
}

// follow pulls and lets others know when that has ended, however it does.
func (f *flight) follow(pull func()) {
	over := make(chan struct{})
	f.ended.Store(&over)
	defer close(over)
	pull()
}

// wait returns when the pull that is under way has ended.
func (f *flight) wait() {
	if over := f.ended.Load(); over != nil {
		<-*over
	}
}

// How often the clock is compared with what has passed, and by how much they
// may differ. Timers do not notice that a clock was set or a machine slept.
const (
	watchEvery = 30 * time.Second
	watchSlack = 15 * time.Second
)

// NewScheduler makes a scheduler that calls pull for a source; pull tells its
// errors itself. Schedules are in the zone; log may be nil.
func NewScheduler(tasks []Task, pull func(context.Context, string), clock func() time.Time, zone *time.Location, log *slog.Logger) *Scheduler {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Scheduler{
		tasks: tasks,
		pull:  pull,
		clock: clock,
		zone:  zone,
		log:   log,
		now:   make(chan request, len(tasks)+1),
	}
}

// Now asks for a pull of the source, or of all for an empty name, without
// waiting for it. A source that is being pulled already is left alone.
func (s *Scheduler) Now(source string) {
	select {
	case s.now <- request{source, make(chan struct{})}:
	default: // as many requests wait as there are sources
	}
}

// Pull asks for a pull like Now and waits until it has ended; of a source that is
// being pulled already, until that has.
func (s *Scheduler) Pull(ctx context.Context, source string) error {
	r := request{source, make(chan struct{})}
	select {
	case s.now <- r:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-r.ended:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Serve pulls until the context ends and every pull under way has returned.
func (s *Scheduler) Serve(ctx context.Context) error {
	table := cron.New(
		cron.WithLocation(s.zone),
		// The order matters: were Recover the outer one, a panic would leave the
		// source marked as running for ever.
		cron.WithChain(cron.SkipIfStillRunning(quiet{s.log}), cron.Recover(quiet{s.log})),
	)
	flights := map[string]*flight{}
	for _, t := range s.tasks {
		plan, err := parse(t.Schedule)
		if err != nil {
			return err
		}
		interval, err := Interval(t.Schedule, s.clock())
		if err != nil {
			return err
		}
		f := &flight{}
		job := cron.FuncJob(func() { f.follow(func() { s.pull(ctx, t.Source) }) })
		f.id = table.Schedule(shifted{plan, jitter(t.Source, interval)}, job)
		flights[t.Source] = f
	}
	var running errgroup.Group
	run := func(r request) {
		var asked errgroup.Group
		for name, f := range flights {
			if r.source == "" || r.source == name {
				job := table.Entry(f.id).WrappedJob
				asked.Go(func() error { job.Run(); f.wait(); return nil })
			}
		}
		running.Go(func() error { defer close(r.ended); return asked.Wait() })
	}
	table.Start()
	run(request{ended: make(chan struct{})})
	s.loop(ctx, table, run)
	<-table.Stop().Done()
	return running.Wait()
}

// loop serves requests and watches the clock until the context ends.
func (s *Scheduler) loop(ctx context.Context, table *cron.Cron, run func(request)) {
	watch := time.NewTicker(watchEvery)
	defer watch.Stop()
	seen := s.clock().Round(0) // without the monotonic reading, which a jump leaves alone
	for {
		select {
		case <-ctx.Done():
			return
		case r := <-s.now:
			run(r)
		case <-watch.C:
			now := s.clock().Round(0)
			if off := now.Sub(seen) - watchEvery; off.Abs() > watchSlack {
				s.log.LogAttrs(ctx, slog.LevelWarn, "clock jumped", slog.Duration("by", off))
				table.Stop() // starting again works out every next time anew
				table.Start()
				run(request{ended: make(chan struct{})})
			}
			seen = now
		}
	}
}

// quiet is the library's logger: it keeps what happened and drops the values,
// since a panic may quote a cell.
type quiet struct{ log *slog.Logger }

// Info is called when a pull is skipped because the last one still runs.
func (q quiet) Info(msg string, _ ...any) {
	if msg == "skip" {
		q.log.LogAttrs(context.Background(), slog.LevelInfo, "pull skipped: the last one still runs")
	}
}

// Error is called when a pull panicked.
func (q quiet) Error(_ error, msg string, _ ...any) {
	q.log.LogAttrs(context.Background(), slog.LevelError, "pull broke off", slog.String("event", msg))
}
