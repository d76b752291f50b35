package wall_test

import (
	"context"
	"errors"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui/tuitest"
	"jindu/tui/wall"
)

// mirror is what a wall reads from in a simulated time: it answers with the
// district as of then, or fails.
type mirror struct {
	now  func() time.Time
	mu   sync.Mutex
	edit func(*store.SnapshotData)
	fail error
	hang atomic.Bool
	slow time.Duration // between what is read and its arrival
	read int
}

func (r *mirror) Snapshot(ctx context.Context, q store.SnapshotRequest) (*store.Snapshot, error) {
	if r.hang.Load() {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	r.mu.Lock()
	defer time.Sleep(r.slow)
	defer r.mu.Unlock()
	r.read++
	if r.fail != nil {
		return nil, r.fail
	}
	d := base()
	d.Request.Now = q.Now
	d.Pulls = []store.Pull{{Source: "share", Started: q.Now.Truncate(5 * time.Minute), Listed: 1}}
	if r.edit != nil {
		r.edit(&d)
	}
	return store.NewSnapshot(&d), nil
}

// set changes what the mirror answers from now on.
func (r *mirror) set(fail error, edit func(*store.SnapshotData)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fail, r.edit = fail, edit
}

// base is the district without anything that is an alarm.
var wholeDistrict = sync.OnceValue(func() *store.SnapshotData {
	d := tuitest.Data(tuitest.May())
	d.Tasks, d.Conflicts, d.Findings = nil, nil, nil
	d.Settings.Sources = d.Settings.Sources[:1]
	return d
})

func base() store.SnapshotData { return *wholeDistrict() }

// room is a wall that runs in a simulated time.
type room struct {
	t      *testing.T
	m      *wall.Model
	mirror *mirror
	now    func() time.Time
	msgs   chan tea.Msg
	end    context.CancelFunc
	ctx    context.Context
	frames int // that differed from the one before
	bytes  int // of those
	last   string
	change chan struct{}
}

// enter starts a wall; it is for use within synctest.Test.
func enter(t *testing.T, plan wall.Plan) *room {
	t.Helper()
	start := time.Now()
	now := func() time.Time { return tuitest.Now().Add(time.Since(start)) }
	r := &room{t: t, now: now, msgs: make(chan tea.Msg), mirror: &mirror{now: now}, change: make(chan struct{}, 1)}
	r.ctx, r.end = context.WithCancel(context.Background())
	r.m = wall.New(wall.Options{Reader: r.mirror, Clock: now, Zone: tuitest.Zone(), Plan: plan, Changed: r.change}).Within(r.ctx)
	r.do(r.m.Init())
	r.send(tea.WindowSizeMsg{Width: 160, Height: 45})
	r.run(time.Millisecond)
	return r
}

// do runs a command as bubbletea does: beside the loop.
func (r *room) do(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		msg := cmd()
		if all, ok := msg.(tea.BatchMsg); ok {
			for _, one := range all {
				r.do(one)
			}
			return
		}
		if msg == nil {
			return
		}
		select {
		case r.msgs <- msg:
		case <-r.ctx.Done():
		}
	}()
}

func (r *room) send(msg tea.Msg) {
	_, cmd := r.m.Update(msg)
	r.do(cmd)
	if frame := r.m.View().Content; frame != r.last {
		r.frames++
		r.bytes += len(frame)
		r.last = frame
	}
}

// run lets so much time pass.
func (r *room) run(d time.Duration) {
	over := time.After(d)
	for {
		select {
		case msg := <-r.msgs:
			r.send(msg)
		case <-over:
			return
		}
	}
}

// page is the page that is shown.
func (r *room) page() string {
	name, _ := r.m.Shown()
	return name
}

func (r *room) press(code rune, text string) {
	r.send(tea.KeyPressMsg{Code: code, Text: text})
}

func TestWallTurnsByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := enter(t, wall.Plan{Pages: []string{"overview", "enforcement", "data"}, Seconds: 20})
		defer r.end()
		var got []string
		for range 7 {
			got = append(got, r.page())
			r.run(20 * time.Second)
		}
		if s := strings.Join(got, " "); s != "overview enforcement data overview enforcement data overview" {
			t.Errorf("shown: %s", s)
		}
		r.press(tea.KeySpace, " ")
		held := r.page()
		r.run(10 * time.Minute)
		if r.page() != held {
			t.Error("a held page turns")
		}
		r.run(21 * time.Minute)
		if r.page() == held && strings.Contains(r.m.Picture(), "已停在此页") {
			t.Error("a page that was held is held for ever")
		}
	})
}

func TestWallComesBackToPinnedPages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := enter(t, wall.Plan{Pages: []string{"overview", "enforcement", "data"}, Pinned: []string{"overview"}, Seconds: 20})
		defer r.end()
		var got []string
		for range 6 {
			got = append(got, r.page())
			r.run(20 * time.Second)
		}
		if s := strings.Join(got, " "); s != "overview enforcement overview data overview enforcement" {
			t.Errorf("shown: %s", s)
		}
	})
}

// An alarm that is raised is shown at once and comes again after each other page,
// until it is over.
func TestAlarmJumpsTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := enter(t, wall.Plan{Pages: []string{"overview", "enforcement", "programmes", "tasks"}, Seconds: 60})
		defer r.end()
		r.run(5 * time.Second)
		if r.page() != "overview" || len(r.m.Causes()) > 0 {
			t.Fatalf("begins with %s, alarms %v", r.page(), r.m.Causes())
		}
		r.mirror.set(nil, func(d *store.SnapshotData) {
			late := store.Task{ID: "x", Title: "半年总结", Unit: "cx", Due: store.DateOf(d.Request.Now).Add(-3), Status: store.TaskOpen}
			d.Tasks = []store.Task{late}
		})
		r.change <- struct{}{}
		r.run(time.Second)
		if r.page() != "tasks" || !slices.Contains(r.m.Causes(), wall.TasksOverdue) {
			t.Errorf("shows %s, alarms %v", r.page(), r.m.Causes())
		}
		var got []string
		for range 6 {
			r.run(time.Minute)
			got = append(got, r.page())
		}
		if s := strings.Join(got, " "); s != "enforcement tasks programmes tasks overview tasks" {
			t.Errorf("shown: %s", s)
		}
		r.mirror.set(nil, nil)
		r.change <- struct{}{}
		r.run(time.Second)
		if len(r.m.Causes()) > 0 {
			t.Errorf("alarms stay: %v", r.m.Causes())
		}
	})
}

// A meeting sees its own pages, at night the screen is dimmed and other pages turn.
func TestWallKeepsHours(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		plan := wall.Plan{
			Pages: []string{"overview"}, Seconds: 600, Night: wall.Hours{From: 22 * 60, To: 6*60 + 30}, AtNight: []string{"data"},
			Meetings: []wall.Meeting{{Name: "月度会", Weekdays: []time.Weekday{time.Tuesday}, Hours: wall.Hours{From: 9 * 60, To: 10 * 60}, Pages: []string{"tasks", "programmes"}}},
		}
		r := enter(t, plan)
		defer r.end()
		r.run(20 * time.Minute) // 09:02
		if r.page() != "tasks" || !strings.Contains(r.m.Picture(), "月度会") {
			t.Errorf("a meeting sees %s, and not its name:\n%s", r.page(), r.m.Picture())
		}
		r.press(tea.KeySpace, " ")
		if r.page() != "programmes" {
			t.Errorf("space turns a meeting to %s", r.page())
		}
		r.run(time.Hour)
		if r.page() != "overview" {
			t.Errorf("after the meeting: %s", r.page())
		}
		bright := r.last
		r.run(13 * time.Hour) // 23:02
		if r.page() != "data" || r.last == bright {
			t.Errorf("at night: %s", r.page())
		}
		r.run(8 * time.Hour)
		if r.page() != "overview" {
			t.Errorf("in the morning: %s", r.page())
		}
	})
}

// A mirror that cannot be read takes no figure away: the last good ones age
// visibly, and everything is as before when it is back; matrix row V02.
func TestWallOutlivesItsMirror(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := enter(t, wall.Plan{Pages: []string{"overview"}})
		defer r.end()
		before := r.m.Picture()
		r.mirror.set(store.NewError("mirror_damaged", errors.New("malformed"), "jindu.db"), nil)
		r.change <- struct{}{}
		r.run(17 * time.Minute)
		got := r.m.Picture()
		for _, want := range []string{"镜 像 读 不 到", "在 册 吸 毒 人 员 数", "所 示 为 最 后 一 次 读 到 的 数 据"} {
			if !strings.Contains(got, want) {
				t.Errorf("no %s in\n%s", want, got)
			}
		}
		if !slices.Contains(r.m.Causes(), wall.MirrorLost) || r.mirror.read < 15 {
			t.Errorf("alarms %v after %d tries", r.m.Causes(), r.mirror.read)
		}
		r.mirror.set(nil, nil)
		r.run(2 * time.Minute)
		if len(r.m.Causes()) > 0 || !strings.Contains(r.m.Picture(), "在 册") {
			t.Errorf("alarms stay: %v\n%s", r.m.Causes(), before)
		}
	})
}

// What happens to the mirror while a snapshot of it is on its way is shown at once,
// not with the snapshot five minutes later.
func TestWallSeesWhatChangesWhileItReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := enter(t, wall.Plan{Pages: []string{"overview"}})
		defer r.end()
		r.mirror.slow = 2 * time.Second
		r.change <- struct{}{}
		r.run(time.Second)
		r.mirror.set(store.NewError("mirror_damaged", errors.New("malformed"), "jindu.db"), nil)
		r.change <- struct{}{}
		r.run(4 * time.Second)
		if !slices.Contains(r.m.Causes(), wall.MirrorLost) {
			t.Error("a mirror lost while it was read is shown as sound")
		}
		read := r.mirror.read
		r.run(20 * time.Second)
		if r.mirror.read != read {
			t.Error("it reads on and on")
		}
	})
}

// A wall that starts before its mirror is there says so and waits.
func TestWallStartsWithoutAMirror(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := enter(t, wall.Plan{})
		defer r.end()
		r.mirror.set(store.NewError("mirror_missing", nil, "jindu.db"), nil)
		late := wall.New(wall.Options{Reader: r.mirror, Clock: r.now}).Within(r.ctx)
		r.m = late
		r.do(late.Init())
		r.send(tea.WindowSizeMsg{Width: 120, Height: 34})
		r.run(3 * time.Minute)
		if !strings.Contains(late.Picture(), "每分钟再试一次") {
			t.Errorf("waits without a word:\n%s", late.Picture())
		}
		r.mirror.set(nil, nil)
		r.run(61 * time.Second)
		if !strings.Contains(late.Picture(), "在 册") {
			t.Errorf("does not begin:\n%s", late.Picture())
		}
	})
}

// A snapshot that never comes is given up; nothing piles up behind it.
func TestWallOutlivesAReaderThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := enter(t, wall.Plan{Pages: []string{"overview"}})
		defer r.end()
		r.mirror.hang.Store(true)
		before := runtime.NumGoroutine()
		r.change <- struct{}{}
		r.run(40 * time.Minute)
		if n := runtime.NumGoroutine() - before; n > 4 {
			t.Errorf("%d goroutines more", n)
		}
		if !slices.Contains(r.m.Causes(), wall.MirrorLost) && !slices.Contains(r.m.Causes(), wall.DataOld) {
			t.Errorf("says nothing: %v", r.m.Causes())
		}
		r.mirror.hang.Store(false)
		r.run(5 * time.Minute)
		if len(r.m.Causes()) > 0 {
			t.Errorf("does not come back: %v", r.m.Causes())
		}
	})
}

// Between two changes nothing is drawn: an hour of one page is the clock and the
// steps of the mark, and no frame more.
func TestIdleWallDrawsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := enter(t, wall.Plan{Pages: []string{"data"}, Seconds: 3600})
		defer r.end()
		r.run(time.Minute)
		r.frames = 0
		r.run(59 * time.Minute)
		if r.frames > 59+6+12 { // minutes, steps of the mark, signs of life from the mirror
			t.Errorf("%d frames in 59 minutes", r.frames)
		}
	})
}

// Ninety simulated days leave memory and goroutines as they were; matrix row V04.
// JINDU_WALL_DAYS asks for so many instead of one.
func TestWallFor90Days(t *testing.T) {
	days := 1
	if text := os.Getenv("JINDU_WALL_DAYS"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		days = n
	}
	synctest.Test(t, func(t *testing.T) {
		r := enter(t, wall.Plan{Seconds: 300})
		defer r.end()
		heap := func() uint64 {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			return m.HeapAlloc
		}
		r.run(6 * time.Hour)
		first, goroutines := heap(), runtime.NumGoroutine()
		for day := range days {
			for hour := range 24 {
				switch (day*24 + hour) % 50 {
				case 20:
					r.mirror.set(store.NewError("mirror_busy", nil, "1"), nil)
				case 21:
					r.mirror.set(nil, nil)
				case 30:
					r.mirror.hang.Store(true)
				case 31:
					r.mirror.hang.Store(false)
				}
				r.run(time.Hour)
			}
			if day%10 == 9 || day == days-1 {
				t.Logf("day %d: %d snapshots, %d frames, heap %d kB, goroutines %d", day+1, r.mirror.read, r.frames, heap()>>10, runtime.NumGoroutine())
			}
		}
		r.mirror.hang.Store(false)
		r.mirror.set(nil, nil)
		r.run(10 * time.Minute)
		if n := runtime.NumGoroutine(); n > goroutines {
			t.Errorf("%d goroutines, there were %d", n, goroutines)
		}
		if now := heap(); now > first+4<<20 {
			t.Errorf("heap %d kB, was %d kB", now>>10, first>>10)
		}
	})
}
