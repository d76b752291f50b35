package main

import (
	"context"
	"strconv"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// daily is what the process that writes the mirror does once a day, behind the
// first pull: the backup, and then what is to be kept no longer goes. Where no
// backup could be made nothing is removed.
func (a *app) daily(ctx context.Context, cfg *config, db *sqlite.DB, backups *ring) (store.Removal, error) {
	if err := backups.turn(ctx, db, a.Now()); err != nil {
		return store.Removal{}, err
	}
	if !backups.busy.CompareAndSwap(false, true) {
		return store.Removal{}, nil
	}
	defer backups.busy.Store(false)
	last, err := db.Retained(ctx)
	if err != nil || sameDay(last, a.Now(), cfg.Settings.Zone) {
		return store.Removal{}, err
	}
	return db.Retain(ctx, cfg.Retention, a.Now())
}

// sameDay reports whether two moments are of one day in the zone.
func sameDay(one, other time.Time, zone *time.Location) bool {
	return store.DateOf(one.In(zone)) == store.DateOf(other.In(zone))
}

// removalLine says in one line what the retention has removed.
func (a *app) removalLine(r store.Removal, zone *time.Location) string {
	counts := join(a.lang.Pick("、", ", "),
		a.counted(r.Versions, " 条旧数据", " old rows of figures"),
		a.counted(r.Statements, " 条旧表内容", " statements of old workbooks"),
		a.counted(r.Rows, " 行旧台账和旧状态", " old rows of ledgers and states"),
		a.counted(r.Findings, " 条已了结的问题", " findings that hold no more"),
		a.counted(r.Pulls, " 条拉取记录", " notes of pulls"))
	line := a.lang.Pick("按保留期清除：", "removed by the retention: ") + counts
	if !r.KeptFrom.IsZero() {
		line += a.lang.Pick("；此后最早可看 ", "; the earliest moment that can be shown is now ") + when(r.KeptFrom, zone)
	}
	return line
}

// counted is a count with its words; nothing for none.
func (a *app) counted(n int, zh, en string) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n) + a.lang.Pick(zh, en)
}
