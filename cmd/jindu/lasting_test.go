package main

import (
	"context"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// A mirror that comes back and is lost again between two looks, while the wall reads
// it in between, was shown as sound until the next snapshot, up to five minutes later.
func TestAMirrorLostAgainBetweenTwoLooks(t *testing.T) {
	t.Parallel()
	config, _ := smallOffice(t, "4711")
	pullOnce(t, config)
	cfg, err := loadConfig(config, time.Now())
	must(t, err)
	l := newLasting(func(ctx context.Context) (*sqlite.DB, error) { return openMirror(ctx, cfg, true) })
	defer func() { must(t, l.Close()) }()
	read := func() error {
		_, err := l.Snapshot(t.Context(), store.SnapshotRequest{Now: time.Now()})
		return err
	}
	must(t, read())
	var rung atomic.Int64
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- l.watch(ctx, func() { rung.Add(1) }) }()
	rings := func(what string, before int64) {
		t.Helper()
		for end := time.Now().Add(patience); rung.Load() == before; time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%s: it does not ring", what)
			}
		}
	}
	time.Sleep(lookEvery / 4) // it has had its first look
	must(t, os.Rename(cfg.Mirror, cfg.Mirror+".kept"))
	rings("lost", 0)
	must(t, os.Rename(cfg.Mirror+".kept", cfg.Mirror))
	must(t, read()) // as the wall does every minute while it has none
	before := rung.Load()
	must(t, os.Rename(cfg.Mirror, cfg.Mirror+".kept"))
	rings("lost again", before)
	before = rung.Load()
	time.Sleep(2 * lookEvery)
	if n := rung.Load(); n != before {
		t.Errorf("it rings %d times while nothing changes", n-before)
	}
	end()
	must(t, <-ended)
}
