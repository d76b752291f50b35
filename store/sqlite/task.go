package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"jindu/store"
)

// recordTasks makes the open tasks of the file those of the new version. Tasks
// of a sheet that was refused stay.
func (a *applying) recordTasks(ctx context.Context) error {
	seen := map[string]int{}
	for _, task := range a.reading.Tasks {
		task.ID = again(task.ID, seen)
		if err := a.recordTask(ctx, task); err != nil {
			return err
		}
	}
	return a.endRows(ctx, "task")
}

// again makes the ids of like rows different: a ledger may list a task twice.
func again(id string, seen map[string]int) string {
	seen[id]++
	if n := seen[id]; n > 1 {
		return id + "-" + strconv.Itoa(n)
	}
	return id
}

// endRows closes the open rows of a ledger that the new version has no more: it
// has written a row of its own for each that it has.
func (a *applying) endRows(ctx context.Context, table string) error {
	type open struct{ id, sheet string }
	var ended []open
	err := each(ctx, a, func(scan func(...any) error) error {
		o := open{}
		err := scan(&o.id, &o.sheet)
		ended = append(ended, o)
		return err
	}, `
		SELECT l.id, h.sheet
		FROM `+table+` l
		JOIN heading h ON h.id = l.heading
		WHERE l.file = ? AND l.known_to IS NULL AND l.workbook <> ?`, a.file, a.book)
	if err != nil {
		return err
	}
	for _, o := range ended {
		if a.refusedSheet(o.sheet) {
			continue
		}
		if err := a.closeLedgerRow(ctx, table, o.id); err != nil {
			return err
		}
	}
	return nil
}

// closeLedgerRow ends the open row of an id, if there is one.
func (a *applying) closeLedgerRow(ctx context.Context, table, id string) error {
	return a.exec(ctx, `UPDATE `+table+` SET known_to = ? WHERE file = ? AND id = ? AND known_to IS NULL`, a.now, a.file, id)
}

// ledgerRow is what is known of a row of a ledger from before.
type ledgerRow struct {
	since   int64
	changes int
	due     string
	content string
}

// recordTask closes the row of the version before and writes the new one. It
// keeps its age where it says the same, and counts how often the due date was moved.
func (a *applying) recordTask(ctx context.Context, task store.Task) error {
	bare := task
	bare.Cell, bare.KnownFrom, bare.KnownTo, bare.Changes = store.Cell{}, time.Time{}, time.Time{}, 0
	content, err := hashOf(bare)
	if err != nil {
		return err
	}
	head, err := a.headingID(ctx, task.Cell)
	if err != nil {
		return err
	}
	old := ledgerRow{since: a.now, due: task.Due.String()}
	err = a.QueryRowContext(ctx, `SELECT since, changes, due, content FROM task WHERE file = ? AND id = ? AND known_to IS NULL`, a.file, task.ID).
		Scan(&old.since, &old.changes, &old.due, &old.content)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if old.content != content {
		old.since = a.now
	}
	if old.due != task.Due.String() {
		old.changes++
	}
	if err := a.closeLedgerRow(ctx, "task", task.ID); err != nil {
		return err
	}
	return a.insertTask(ctx, task, head, content, old)
}

// insertTask writes a row of the task ledger.
func (a *applying) insertTask(ctx context.Context, task store.Task, head int64, content string, old ledgerRow) error {
	return a.exec(ctx, `
		INSERT INTO task (
			file,
			id,
			known_from,
			since,
			changes,
			workbook,
			heading,
			ref,
			content,
			title,
			unit,
			co_units,
			source_doc,
			level,
			strengthening,
			due,
			recurs,
			status,
			done_on,
			percent,
			set_on,
			waits_for
		) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.file,
		task.ID,
		a.now,
		old.since,
		old.changes,
		a.book,
		head,
		task.Cell.Ref,
		content,
		task.Title,
		task.Unit,
		encodeList(task.CoUnits),
		task.SourceDoc,
		task.Level,
		task.Strengthening,
		task.Due.String(),
		task.Recurs,
		task.Status,
		task.DoneOn.String(),
		task.Percent,
		task.SetOn.String(),
		encodeList(task.WaitsFor),
	)
}

// Tasks returns the tasks that stood at the moment: by their due date, those
// without one last, then by unit. A task that two ledgers list is taken from the
// one that was received last.
func (d *DB) Tasks(ctx context.Context, at time.Time) ([]store.Task, error) {
	var out []store.Task
	err := d.readAt(ctx, asOf(at), false, func(ctx context.Context, q querier) (err error) {
		out, err = d.tasks(ctx, q, asOf(at), map[int64]store.Workbook{})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("tasks: %w", err)
	}
	return out, nil
}

// tasks is Tasks within its transaction. Rows come in the order in which they
// became known, so that the last of one id replaces the others.
func (d *DB) tasks(ctx context.Context, q querier, at int64, books map[int64]store.Workbook) ([]store.Task, error) {
	var out []store.Task
	var heads []int64 // one for one
	index := map[string]int{}
	w := newWanted()
	err := each(ctx, q, func(scan func(...any) error) error {
		task, head, err := d.scanTask(scan)
		w.note(head, task.Cell.Workbook)
		if i, ok := index[task.ID]; ok {
			out[i], heads[i] = task, head
			return err
		}
		index[task.ID] = len(out)
		out, heads = append(out, task), append(heads, head)
		return err
	}, `
		SELECT
			id,
			since,
			changes,
			workbook,
			heading,
			ref,
			title,
			unit,
			co_units,
			source_doc,
			level,
			strengthening,
			due,
			recurs,
			status,
			done_on,
			percent,
			set_on,
			waits_for,
			CASE recurs WHEN '' THEN 0 ELSE (
				SELECT min(p.known_from)
				FROM task p
				WHERE p.file = t.file AND p.id = t.id AND p.recurs = t.recurs
			) END
		FROM task t
		WHERE known_from <= ?1 AND (known_to IS NULL OR known_to > ?1)
		ORDER BY known_from, file, id`, at)
	if err != nil {
		return nil, err
	}
	n, err := d.names(ctx, q, w, at, books)
	if err != nil {
		return nil, err
	}
	for i := range out {
		n.locate(&out[i].Cell, heads[i])
	}
	slices.SortFunc(out, d.compareTasks)
	return out, nil
}

// compareTasks puts what is due first before the rest.
func (d *DB) compareTasks(a, b store.Task) int {
	return cmp.Or(
		store.CompareDue(a.Due, b.Due),
		cmp.Compare(d.cfg.Units.Rank(a.Unit), d.cfg.Units.Rank(b.Unit)),
		cmp.Compare(a.Unit, b.Unit),
		cmp.Compare(a.ID, b.ID),
	)
}

// scanTask reads a row in the order of the query in tasks; names of sheet and
// heads are still missing.
func (d *DB) scanTask(scan func(...any) error) (task store.Task, head int64, err error) {
	var since, first int64
	var co, due, done, set, waits string
	err = scan(
		&task.ID,
		&since,
		&task.Changes,
		&task.Cell.Workbook,
		&head,
		&task.Cell.Ref,
		&task.Title,
		&task.Unit,
		&co,
		&task.SourceDoc,
		&task.Level,
		&task.Strengthening,
		&due,
		&task.Recurs,
		&task.Status,
		&done,
		&task.Percent,
		&set,
		&waits,
		&first,
	)
	if err != nil {
		return task, 0, err
	}
	task.KnownFrom = timeOf(since)
	if first > 0 {
		task.Since = store.DateOf(timeOf(first).In(d.cfg.Settings.Zone))
	}
	if task.WaitsFor, err = decodeList(waits); err != nil {
		return task, 0, err
	}
	if task.SetOn, err = decodeDate(set); err != nil {
		return task, 0, err
	}
	if task.CoUnits, err = decodeList(co); err != nil {
		return task, 0, err
	}
	if task.Due, err = decodeDate(due); err != nil {
		return task, 0, err
	}
	task.DoneOn, err = decodeDate(done)
	return task, head, err
}
