package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"

	"jindu/store"
)

// Packed rows part their fields and themselves by the separators that ASCII has for it.
const (
	fieldMark = "\x1f"
	rowMark   = "\x1e"
)

// figureRow is one row of a figure's history with its cell, before names of
// files and heads are filled in.
type figureRow struct {
	key       store.Key
	version   int
	value     sql.NullString
	suspect   bool
	reported  bool
	workbook  int64
	heading   int64
	ref       string
	raw       string
	unitRef   string
	periodRef string
	note      string
	since     int64
	to        sql.NullInt64
	arrived   int64 // when the workbook arrived
	first     int64 // when the workbook of version 1 arrived
}

// figureColumns selects figure rows, in the order of scanFigure. A figure and
// the statement behind it hold the value twice, so that one can tell if the
// other was damaged. The last two columns are store.Workbook.Arrived, of the workbook that states the figure and of the
// one that stated it first.
const figureColumns = `
	SELECT
		f.unit,
		f.indicator,
		f.period,
		f.version,
		f.value,
		f.suspect,
		s.reported,
		f.workbook,
		s.heading,
		s.ref,
		s.raw,
		s.unit_ref,
		s.period_ref,
		s.note,
		f.since,
		f.known_to,
		f.value IS s.value,
		iif(w.initial AND w.modified > 0 AND w.modified < w.received, w.modified, w.received),
		iif(o.initial AND o.modified > 0 AND o.modified < o.received, o.modified, o.received)
	FROM figure f
	JOIN statement s ON s.workbook = f.workbook AND s.unit = f.unit AND s.indicator = f.indicator AND s.period = f.period
	JOIN workbook w ON w.id = f.workbook
	JOIN workbook o ON o.id = f.first`

// scanFigure reads a row that figureColumns has selected.
func scanFigure(scan func(...any) error) (figureRow, error) {
	f := figureRow{}
	var period string
	var agreed bool
	err := scan(
		&f.key.Unit,
		&f.key.Indicator,
		&period,
		&f.version,
		&f.value,
		&f.suspect,
		&f.reported,
		&f.workbook,
		&f.heading,
		&f.ref,
		&f.raw,
		&f.unitRef,
		&f.periodRef,
		&f.note,
		&f.since,
		&f.to,
		&agreed,
		&f.arrived,
		&f.first,
	)
	if err != nil {
		return f, err
	}
	if !agreed {
		return f, fmt.Errorf("%s %s %s: %w", f.key.Unit, f.key.Indicator, period, errBroken)
	}
	f.key.Period, err = decodePeriod(period)
	return f, err
}

// The flags of a packed row.
const (
	flagNA = 1 << iota
	flagSuspect
	flagReported
)

// pack writes the row as the board keeps it, without unit and period, by
// which the board is ordered.
func (f figureRow) pack() string {
	flags, value := 0, f.value.String
	if !f.value.Valid {
		flags, value = flagNA, "0"
	}
	if f.suspect {
		flags |= flagSuspect
	}
	if f.reported {
		flags |= flagReported
	}
	return strings.Join([]string{
		f.key.Indicator,
		strconv.Itoa(f.version),
		value,
		strconv.Itoa(flags),
		strconv.FormatInt(f.workbook, 10),
		strconv.FormatInt(f.heading, 10),
		f.ref,
		f.raw,
		f.unitRef,
		f.periodRef,
		f.note,
		strconv.FormatInt(f.since, 10),
		strconv.FormatInt(f.arrived, 10),
		strconv.FormatInt(f.first, 10),
	}, fieldMark)
}

// packedFields is how many fields pack writes.
const packedFields = 14

// unpack reads what pack wrote, with its seal behind it.
func unpack(unit string, period store.Period, line string, to *figureRow) error {
	rest, err := unseal(line, period.String(), unit)
	if err != nil {
		return err
	}
	var field [packedFields]string
	for i := range packedFields - 1 {
		var ok bool
		if field[i], rest, ok = strings.Cut(rest, fieldMark); !ok {
			return fmt.Errorf("board line of %s %s: %d fields", unit, period, i+1)
		}
	}
	field[packedFields-1] = rest
	var number [packedFields]int64
	for _, i := range []int{1, 3, 4, 5, 11, 12, 13} {
		n, err := strconv.ParseInt(field[i], 10, 64)
		if err != nil {
			return fmt.Errorf("board line of %s %s: %w", unit, period, err)
		}
		number[i] = n
	}
	*to = figureRow{
		key:       store.Key{Unit: unit, Indicator: field[0], Period: period},
		version:   int(number[1]),
		value:     sql.NullString{String: field[2], Valid: number[3]&flagNA == 0},
		suspect:   number[3]&flagSuspect != 0,
		reported:  number[3]&flagReported != 0,
		workbook:  number[4],
		heading:   number[5],
		ref:       field[6],
		raw:       field[7],
		unitRef:   field[8],
		periodRef: field[9],
		note:      field[10],
		since:     number[11],
		arrived:   number[12],
		first:     number[13],
	}
	return nil
}

// names is what rows refer to by number.
type names struct {
	headings map[int64]shownHeading
	books    map[int64]store.Workbook
}

// wanted collects what rows refer to by number, until all rows are read.
type wanted struct{ headings, books map[int64]bool }

// newWanted returns an empty collection.
func newWanted() wanted { return wanted{map[int64]bool{}, map[int64]bool{}} }

// note adds what one row refers to.
func (w wanted) note(heading, book int64) { w.headings[heading], w.books[book] = true, true }

// names looks up all that was noted, with the names of files as they were at the
// moment; books holds those that are known already, and more from then on.
func (d *DB) names(ctx context.Context, q querier, w wanted, at int64, books map[int64]store.Workbook) (names, error) {
	headings, err := d.headingsOf(ctx, q, w.headings)
	if err != nil {
		return names{}, fmt.Errorf("headings: %w", err)
	}
	if err := loadBooks(ctx, q, w.books, at, books); err != nil {
		return names{}, fmt.Errorf("workbooks: %w", err)
	}
	return names{headings, books}, nil
}

// locate fills in the file of a ledger's cell, its sheet and its heads.
func (n names) locate(c *store.Cell, heading int64) {
	h, b := n.headings[heading], n.books[c.Workbook]
	c.Sheet, c.Header, c.HeaderRefs = h.sheet, h.header, h.refs
	c.Source, c.Path, c.SHA256 = b.Source, b.Path, b.SHA256
}

// figure fills in the names.
func (n names) figure(f figureRow) (store.Figure, error) {
	value, na, err := decodeValue(f.value)
	h, b := n.headings[f.heading], n.books[f.workbook]
	return store.Figure{
		Key:           f.key,
		Value:         value,
		NotApplicable: na,
		Reported:      f.reported,
		Suspect:       f.suspect,
		Cell: store.Cell{
			Workbook:   f.workbook,
			Source:     b.Source,
			Path:       b.Path,
			SHA256:     b.SHA256,
			Sheet:      h.sheet,
			Ref:        f.ref,
			Raw:        f.raw,
			Header:     h.header,
			HeaderRefs: h.refs,
			UnitRef:    f.unitRef,
			PeriodRef:  f.periodRef,
			Note:       f.note,
		},
		Version:      f.version,
		KnownFrom:    timeOf(f.since),
		Received:     timeOf(f.arrived),
		FirstArrived: timeOf(f.first),
	}, err
}

// named returns the rows as figures, with the names as they were at the moment.
func (d *DB) named(ctx context.Context, q querier, rows []figureRow, at int64, books map[int64]store.Workbook) ([]store.Figure, error) {
	w := newWanted()
	for _, f := range rows {
		w.note(f.heading, f.workbook)
	}
	n, err := d.names(ctx, q, w, at, books)
	if err != nil {
		return nil, err
	}
	out := make([]store.Figure, len(rows))
	for i, f := range rows {
		if out[i], err = n.figure(f); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// FigureQuery says which figures are wanted; an empty list means all.
type FigureQuery struct {
	Units      []string
	Indicators []string
	Periods    []store.Period
	AsOf       time.Time // zero: now
}

// standing is the condition that a figure row stood at a moment.
const standing = ` f.known_from <= ?1 AND (f.known_to IS NULL OR f.known_to > ?1)`

// Figures returns the versions that stood at the moment, by the units' and
// indicators' order and by period. What they are worth (State) a snapshot says.
func (d *DB) Figures(ctx context.Context, query FigureQuery) ([]store.Figure, error) {
	var out []store.Figure
	at := asOf(query.AsOf)
	err := d.readAt(ctx, at, false, func(ctx context.Context, q querier) error {
		rows, err := figureRows(ctx, q, `
			WHERE`+standing+`
			  AND (?2 = '[]' OR f.unit IN (SELECT value FROM json_each(?2)))
			  AND (?3 = '[]' OR f.indicator IN (SELECT value FROM json_each(?3)))
			  AND (?4 = '[]' OR f.period IN (SELECT value FROM json_each(?4)))`,
			at, encodeList(query.Units), encodeList(query.Indicators), encodeList(periodNames(query.Periods)))
		if err != nil {
			return err
		}
		out, err = d.named(ctx, q, rows, at, map[int64]store.Workbook{})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("figures: %w", err)
	}
	return d.sortFigures(out), nil
}

// figureRows reads the figure rows that fit the condition.
func figureRows(ctx context.Context, q querier, where string, args ...any) ([]figureRow, error) {
	var out []figureRow
	err := each(ctx, q, func(scan func(...any) error) error {
		f, err := scanFigure(scan)
		out = append(out, f)
		return err
	}, figureColumns+where, args...)
	return out, err
}

// periodNames returns the periods as the mirror spells them.
func periodNames(periods []store.Period) []string {
	out := make([]string, len(periods))
	for i, p := range periods {
		out[i] = p.String()
	}
	return out
}

// Versions returns every version of a figure that was known at the moment, the
// first one first.
func (d *DB) Versions(ctx context.Context, k store.Key, at time.Time) ([]store.Figure, error) {
	var out []store.Figure
	moment := asOf(at)
	err := d.readAt(ctx, moment, false, func(ctx context.Context, q querier) error {
		rows, err := figureRows(ctx, q, `
			WHERE f.known_from <= ?1 AND f.unit = ?2 AND f.indicator = ?3 AND f.period = ?4
			ORDER BY f.known_from`, moment, k.Unit, k.Indicator, k.Period.String())
		if err != nil {
			return err
		}
		rows = lastOfVersions(rows)
		if out, err = d.named(ctx, q, rows, moment, map[int64]store.Workbook{}); err != nil {
			return err
		}
		for i, f := range rows {
			out[i].KnownTo = endOf(f.to, moment)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("versions: %w", err)
	}
	return out, nil
}

// History returns every version of the indicators' figures of the units for one
// period that was known at the moment, unit by unit.
func (d *DB) History(ctx context.Context, units, indicators []string, p store.Period, at time.Time) ([]store.Figure, error) {
	var out []store.Figure
	moment := asOf(at)
	err := d.read(ctx, func(ctx context.Context, q querier) error {
		var all []figureRow
		for _, unit := range units {
			for _, code := range indicators {
				rows, err := figureRows(ctx, q, `
					WHERE f.known_from <= ?1 AND f.unit = ?2 AND f.indicator = ?3 AND f.period = ?4
					ORDER BY f.known_from`, moment, unit, code, p.String())
				if err != nil {
					return err
				}
				all = append(all, lastOfVersions(rows)...)
			}
		}
		var err error
		if out, err = d.named(ctx, q, all, moment, map[int64]store.Workbook{}); err != nil {
			return err
		}
		for i, f := range all {
			out[i].KnownTo = endOf(f.to, moment)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	return out, nil
}

// lastOfVersions leaves of each version the row that stood last.
func lastOfVersions(rows []figureRow) []figureRow {
	var out []figureRow
	for i, f := range rows {
		if i == len(rows)-1 || rows[i+1].version != f.version {
			out = append(out, f)
		}
	}
	return out
}

// Neighbours returns the other figures that the same version of the workbook
// states on the same sheet, within so many rows and columns of the cell.
func (d *DB) Neighbours(ctx context.Context, c store.Cell, rows, cols int) ([]store.Neighbour, error) {
	var out []store.Neighbour
	row, col, ok := store.ParseRef(c.Ref)
	if !ok {
		return nil, nil
	}
	err := d.read(ctx, func(ctx context.Context, q querier) error {
		return each(ctx, q, func(scan func(...any) error) error {
			n := store.Neighbour{}
			var ref, period string
			var value sql.NullString
			err := scan(&ref, &n.Unit, &n.Indicator, &period, &value)
			if err != nil {
				return err
			}
			var located bool
			if n.Row, n.Col, located = store.ParseRef(ref); !located || !within(n.Row-row, rows) || !within(n.Col-col, cols) {
				return nil
			}
			if n.Period, err = decodePeriod(period); err != nil {
				return err
			}
			n.Value, n.NA, err = decodeValue(value)
			out = append(out, n)
			return err
		}, `
			SELECT
				s.ref,
				s.unit,
				s.indicator,
				s.period,
				s.value
			FROM statement s
			JOIN heading h ON h.id = s.heading
			WHERE s.workbook = ? AND h.sheet = ? AND s.ref <> ?`, c.Workbook, c.Sheet, c.Ref)
	})
	if err != nil {
		return nil, fmt.Errorf("neighbours: %w", err)
	}
	return out, nil
}

// within reports whether a distance, to either side, is not over the limit.
func within(distance, limit int) bool { return -limit <= distance && distance <= limit }
