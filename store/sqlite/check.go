package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Check goes through the whole mirror and returns mirror_damaged where anything
// in it contradicts the rest: its pages, its references, the seal of any row, or
// a figure and the statement that it rests on. It takes seconds for each gigabyte.
func (d *DB) Check(ctx context.Context) error {
	err := d.alone(ctx, func(c *sql.Conn) error { return checkAll(ctx, c) })
	if err != nil {
		return d.translate(fmt.Errorf("check: %w", err))
	}
	return nil
}

// errUnsound is damage that a check has found; translate names it.
var errUnsound = errors.New("the mirror contradicts itself")

// checkAll is Check on any connection.
func checkAll(ctx context.Context, q querier) error {
	var verdict string
	if err := q.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("%s: %w", verdict, errUnsound)
	}
	if err := checkShape(ctx, q); err != nil {
		return fmt.Errorf("tables: %w", err)
	}
	tables, err := tablesOf(ctx, q)
	if err != nil {
		return err
	}
	wrong := contradictions()
	if slices.Contains(tables, "record") { // an older mirror has none
		wrong = append(wrong, contradiction{"rows' cells cannot be read", `
		SELECT count(*) FROM record WHERE json_type(iif(json_valid(refs), refs, '0')) <> 'object'`})
	}
	for _, one := range wrong {
		var n int
		if err := q.QueryRowContext(ctx, one.count).Scan(&n); err != nil {
			return fmt.Errorf("%s: %w", one.what, err)
		}
		if n > 0 {
			return fmt.Errorf("%d %s: %w", n, one.what, errUnsound)
		}
	}
	if err := checkBoard(ctx, q); err != nil {
		return fmt.Errorf("board: %w", err)
	}
	for _, s := range seals() {
		if slices.Contains(tables, s.table) { // an older mirror has fewer
			if err := s.check(ctx, q); err != nil {
				return fmt.Errorf("%s: %w", s.table, err)
			}
		}
	}
	return nil
}

// contradiction counts rows that cannot be so, whatever their seals say.
type contradiction struct{ what, count string }

// contradictions lists what can be wrong between tables.
func contradictions() []contradiction {
	return []contradiction{
		{"rows refer to nothing", `SELECT count(*) FROM pragma_foreign_key_check`},
		{"headings cannot be read", `
		SELECT count(*) FROM heading WHERE json_type(iif(json_valid(header), header, '0')) <> 'array' OR json_type(iif(json_valid(refs), refs, '0')) <> 'array'`},
		{"figures differ from what was stated", `
		SELECT count(*)
		FROM figure f
		LEFT JOIN statement s ON s.workbook = f.workbook AND s.unit = f.unit AND s.indicator = f.indicator AND s.period = f.period
		WHERE s.workbook IS NULL OR s.value IS NOT f.value`},
		{"figures are not on the board", `
		SELECT count(*)
		FROM figure f
		LEFT JOIN board b ON b.period = f.period AND b.unit = f.unit AND b.indicator = f.indicator
		WHERE f.known_to IS NULL AND (b.unit IS NULL OR b.value IS NOT f.value)`},
		{"figures on the board do not stand", `
		SELECT (SELECT count(*) FROM board) - (SELECT count(*) FROM figure WHERE known_to IS NULL)`},
	}
}

// sealed is a table whose rows carry a seal over some of their columns, in the
// order in which they were sealed.
type sealed struct {
	table   string
	columns string
	of      func(c []string) int64
}

// seals lists them; a row of the board holds more than its seal, see checkBoard.
func seals() []sealed {
	return []sealed{
		{"course", "year, unit, indicator, months", func(c []string) int64 {
			return sealOf(c[0], c[1], c[2]+fieldMark+c[3])
		}},
		{"record", "id, form, unit, day, content", func(c []string) int64 { return sealOf(c...) }},
		{"tally", "form, unit, period, indicator, field, word, value, rows", func(c []string) int64 { return sealOf(c...) }},
	}
}

// check reads every row of the table.
func (s sealed) check(ctx context.Context, q querier) error {
	return each(ctx, q, func(scan func(...any) error) error {
		var columns [8]string
		var seal int64
		n := strings.Count(s.columns, ",") + 1
		targets := make([]any, 0, len(columns)+1)
		for i := range n {
			targets = append(targets, &columns[i])
		}
		if err := scan(append(targets, &seal)...); err != nil {
			return err
		}
		if seal != s.of(columns[:n]) {
			return errBroken
		}
		return nil
	}, `SELECT `+s.columns+`, seal FROM `+s.table)
}

// checkBoard reads every line of the board and holds it against the columns that
// totals are made of.
func checkBoard(ctx context.Context, q querier) error {
	return each(ctx, q, func(scan func(...any) error) error {
		var period, unit, indicator, line string
		var value sql.NullString
		var arrived, seal int64
		if err := scan(&period, &unit, &indicator, &value, &arrived, &line, &seal); err != nil {
			return err
		}
		p, err := decodePeriod(period)
		if err != nil {
			return err
		}
		f := figureRow{}
		if err := unpack(unit, p, line+fieldMark+strconv.FormatInt(seal, 10), &f); err != nil {
			return err
		}
		if f.key.Indicator != indicator || f.value.Valid != value.Valid || value.Valid && f.value.String != value.String || f.arrived != arrived {
			return errBroken
		}
		return nil
	}, `SELECT period, unit, indicator, value, arrived, line, seal FROM board`)
}

// checkShape holds the columns of tables and indexes against those that the
// mirror's own migrations make: to SQLite a name that has lost a letter is whole.
func checkShape(ctx context.Context, q querier) error {
	var had []string
	err := each(ctx, q, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		had = append(had, name)
		return err
	}, `SELECT name FROM migration ORDER BY name`)
	if err != nil {
		return err
	}
	empty := connect(":memory:", url.Values{}, `PRAGMA journal_mode = MEMORY;`)
	defer func() { _ = empty.Close() }() // it is in memory only
	empty.SetMaxOpenConns(1)
	if _, err := empty.ExecContext(ctx, migrationTable); err != nil {
		return err
	}
	for _, name := range had {
		if err := migrateOne(ctx, empty, name); err != nil {
			return err
		}
	}
	want, err := shapeOf(ctx, empty)
	if err != nil {
		return err
	}
	got, err := shapeOf(ctx, q)
	if err == nil && got != want {
		return errUnsound
	}
	return err
}

// shapeOf returns the names and types of all columns, as one text. The tables that
// Litestream keeps its place in are no part of the mirror.
func shapeOf(ctx context.Context, q querier) (string, error) {
	var shape sql.NullString
	err := q.QueryRowContext(ctx, `
		SELECT group_concat(line, x'0a')
		FROM (
			SELECT json_array(s.name, c.name, c.type, c."notnull", c.pk) AS line
			FROM sqlite_schema s
			JOIN pragma_table_xinfo(s.name) c
			WHERE s.type = 'table' AND s.name NOT GLOB '_litestream_*'
			UNION ALL
			SELECT json_array(s.tbl_name, s.name, c.seqno, c.name)
			FROM sqlite_schema s
			JOIN pragma_index_xinfo(s.name) c
			WHERE s.type = 'index' AND s.tbl_name NOT GLOB '_litestream_*'
			ORDER BY line
		)`).Scan(&shape)
	return shape.String, err
}
