package main

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jindu/store"
	"jindu/store/sqlite"
)

// figureCommand answers the director who wants one number now, and the officer
// who is asked where it comes from.
func (a *app) figureCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   a.lang.Pick("figure 单位 指标 [期间]", "figure UNIT INDICATOR [PERIOD]"),
		Short: a.lang.Pick("一个数据：数值、出处、版本、构成", "one figure: value, cell, versions, contributors"),
		Args:  a.args(2, 3),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.figure(cmd.Context(), args, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, a.lang.Pick("输出 JSON", "write JSON"))
	return cmd
}

// asked is one figure with everything that is known of it.
type asked struct {
	cfg      *config
	snap     *store.Snapshot
	line     store.Line
	own      store.Figure // the unit's own, where it has one
	hasOwn   bool
	versions []store.Figure
	decided  []store.Acknowledgement
	parts    []store.Figure // what a total or ratio is made of
}

// figure finds what was asked for in the configuration before it opens the
// mirror, so that a slip of the keyboard is told first.
func (a *app) figure(ctx context.Context, args []string, asJSON bool) error {
	cfg, err := a.setting()
	if err != nil {
		return err
	}
	unit, err := cfg.unitNamed(args[0])
	if err != nil {
		return err
	}
	indicator, err := cfg.indicatorNamed(args[1])
	if err != nil {
		return err
	}
	request := store.SnapshotRequest{Now: a.Now()}
	if len(args) == 3 {
		if request.Period, err = readPeriod(args[2]); err != nil {
			return err
		}
	}
	if request.AsOf, err = a.past(cfg.Settings.Zone); err != nil {
		return err
	}
	db, err := openMirror(ctx, cfg, true)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // nothing was written
	q := &asked{cfg: cfg}
	if err := q.read(ctx, db, unit, indicator, request); err != nil {
		return err
	}
	if asJSON {
		a.json(a.figureJSON(q))
		return nil
	}
	a.tellFigure(q)
	return nil
}

// read takes the figure out of one snapshot, so that it agrees with the board.
func (q *asked) read(ctx context.Context, db *sqlite.DB, unit, indicator string, request store.SnapshotRequest) error {
	data, err := db.Snapshot(ctx, request)
	if err != nil {
		return err
	}
	q.snap = store.NewSnapshot(data)
	q.line = q.snap.Line(unit, indicator)
	q.own, q.hasOwn = q.snap.Figure(unit, indicator, q.snap.Period)
	q.hasOwn = q.hasOwn && len(q.own.Of) == 0 // a sum stands in no cell
	if q.hasOwn {
		if q.versions, err = db.Versions(ctx, q.own.Key, request.AsOf); err != nil {
			return err
		}
		if q.decided, err = db.Acknowledgements(ctx, q.own.Key, request.AsOf); err != nil {
			return err
		}
		// What a state means is known of the version that stands; the others are history.
		for i := range q.versions {
			if q.versions[i].Version == q.own.Version {
				q.versions[i].State = q.own.State
			}
		}
	}
	codes := []string{indicator}
	if q.line.Indicator.Kind == store.Ratio {
		codes = []string{q.line.Indicator.Numerator, q.line.Indicator.Denominator}
	}
	for _, code := range codes {
		for _, below := range q.cfg.Units.Below(unit) {
			f, ok := q.snap.Figure(below, code, q.snap.Period)
			if ok && (f.Key != q.own.Key || !q.hasOwn) {
				q.parts = append(q.parts, q.summed(f)...)
			}
		}
	}
	if q.hasOwn && len(q.parts) > 0 && q.line.Indicator.Kind != store.Ratio {
		q.parts = append([]store.Figure{q.own}, q.parts...)
	}
	return nil
}

// summed returns the figures that a sum over shorter periods is made of; of anything
// else the figure itself.
func (q *asked) summed(f store.Figure) []store.Figure {
	if len(f.Of) == 0 {
		return []store.Figure{f}
	}
	out := make([]store.Figure, 0, len(f.Of))
	for _, k := range f.Of {
		part, _ := q.snap.Figure(k.Unit, k.Indicator, k.Period)
		out = append(out, part)
	}
	return out
}

// single reports whether the value is one cell's and nothing was added up.
func (q *asked) single() bool { return q.hasOwn && len(q.parts) == 0 }

// period is the figure's own: a quarterly indicator asked for by a month is its
// quarter's.
func (q *asked) period() store.Period {
	if q.single() {
		return q.own.Period
	}
	return q.snap.Period
}

// value returns nothing where there is none: a missing figure is never zero.
func (q *asked) value() *float64 {
	if !q.line.Value.OK {
		return nil
	}
	v := q.line.Value.V
	return &v
}

// figureOut is the JSON of one figure. Workbook, sheet, cell and the two times are
// null for totals and recomputed ratios: those stand in no cell.
type figureOut struct {
	Unit          string       `json:"unit"`
	UnitName      string       `json:"unit_name"`
	Indicator     string       `json:"indicator"`
	IndicatorName string       `json:"indicator_name"`
	Period        string       `json:"period"`
	Value         *float64     `json:"value"`
	Measure       string       `json:"measure"`
	State         string       `json:"state"`
	NotApplicable bool         `json:"not_applicable"`
	Reported      int          `json:"reported"` // units with a figure
	Expected      int          `json:"expected"` // units that owe one
	Oldest        *time.Time   `json:"oldest"`
	Before        *float64     `json:"previous"`
	YearAgo       *float64     `json:"year_ago"`
	ToDate        *float64     `json:"year_to_date"`
	ToDateLacks   int          `json:"year_to_date_missing"` // months of units
	Target        *float64     `json:"target"`
	Cell          *cellOut     `json:"origin"`
	Workbook      *string      `json:"workbook"`
	Sheet         *string      `json:"sheet"`
	Ref           *string      `json:"cell"`
	KnownFrom     *time.Time   `json:"known_from"`
	KnownTo       *time.Time   `json:"known_to"`
	Versions      []versionOut `json:"versions"`
	Contributors  []versionOut `json:"contributors"`
	Missing       []string     `json:"missing"` // units that owe a figure and have none
	Pending       *pendingOut  `json:"pending"` // of one cell's figure: the newer value that waits for an officer
	Waiting       int          `json:"waiting"` // figures in it of which a newer value waits
	Decisions     []ackOut     `json:"decisions"`
	Comparisons   []deltaOut   `json:"comparisons"` // of the periods that can be compared
	Numerator     *float64     `json:"numerator"`   // of ratios that were recomputed: the sums that were divided
	Denominator   *float64     `json:"denominator"`
	Definition    string       `json:"definition"` // what is divided by what; of what is no ratio mostly empty
}

// cellOut is where the figure stands, down to how its unit and period were told.
// Raw is empty where the cell showed something other than a number.
type cellOut struct {
	Source    string   `json:"source"`
	Workbook  string   `json:"workbook"`
	SHA256    string   `json:"sha256"`
	Sheet     string   `json:"sheet"`
	Cell      string   `json:"cell"`
	Raw       string   `json:"raw"`
	Header    []string `json:"header"`
	UnitRef   string   `json:"unit_from"`
	PeriodRef string   `json:"period_from"`
}

// versionOut is one version of a figure, or one figure that a total is made of.
type versionOut struct {
	Unit          string     `json:"unit"`
	Indicator     string     `json:"indicator"`
	Period        string     `json:"period"`
	Version       int        `json:"version"`
	Value         *float64   `json:"value"`
	NotApplicable bool       `json:"not_applicable"`
	State         string     `json:"state"`
	Workbook      string     `json:"workbook"`
	Sheet         string     `json:"sheet"`
	Cell          string     `json:"cell"`
	KnownFrom     *time.Time `json:"known_from"`
	KnownTo       *time.Time `json:"known_to"`
}

// figureJSON gives a figure the shape that scripts rely on.
func (a *app) figureJSON(q *asked) figureOut {
	zone := q.cfg.Settings.Zone
	l := q.line
	out := figureOut{
		Unit:          l.Scope,
		UnitName:      a.scopeName(q.cfg, l.Scope),
		Indicator:     l.Indicator.Code,
		IndicatorName: l.Indicator.Label(a.lang),
		Period:        q.period().String(),
		Value:         q.value(),
		Measure:       l.Indicator.Measure,
		State:         l.State.String(),
		NotApplicable: l.NA,
		Reported:      l.N,
		Expected:      l.M,
		Oldest:        moment(l.Oldest, zone),
		Before:        known(l.Before.Then),
		YearAgo:       known(l.YearAgo.Then),
		ToDate:        known(l.ToDate),
		ToDateLacks:   l.ToDateLacks,
		Target:        known(l.Target),
		Versions:      versionsOut(q.versions, zone),
		Contributors:  versionsOut(q.parts, zone),
		Missing:       append([]string{}, l.Missing...),
		Waiting:       l.Waiting,
		Decisions:     acksOut(q.decided, zone),
		Comparisons:   deltasOut(l),
		Numerator:     known(l.Numerator),
		Denominator:   known(l.Divisor),
		Definition:    definition(q.cfg.Catalogue, l.Indicator, a.lang),
	}
	if q.single() {
		c := q.own.Cell
		out.Workbook, out.Sheet, out.Ref = optional(c.Path), optional(c.Sheet), optional(c.Ref)
		out.KnownFrom, out.KnownTo = moment(q.own.KnownFrom, zone), moment(q.own.KnownTo, zone)
		out.Pending = pendingOf(q.snap, q.own.Key, zone)
		out.Cell = &cellOut{c.Source, c.Path, c.SHA256, c.Sheet, c.Ref, c.Raw, c.Header, c.UnitRef, c.PeriodRef}
	}
	return out
}

// known returns nothing for a number that is not known.
func known(n store.Num) *float64 {
	if !n.OK {
		return nil
	}
	return &n.V
}

// versionsOut keeps the order, the first version first; no versions are an empty list.
func versionsOut(figures []store.Figure, zone *time.Location) []versionOut {
	out := []versionOut{}
	for _, f := range figures {
		v := versionOut{
			Unit:          f.Unit,
			Indicator:     f.Indicator,
			Period:        f.Period.String(),
			Version:       f.Version,
			NotApplicable: f.NotApplicable,
			State:         f.State.String(),
			Workbook:      f.Cell.Path,
			Sheet:         f.Cell.Sheet,
			Cell:          f.Cell.Ref,
			KnownFrom:     moment(f.KnownFrom, zone),
			KnownTo:       moment(f.KnownTo, zone),
		}
		if !f.NotApplicable {
			v.Value = &f.Value
		}
		out = append(out, v)
	}
	return out
}

// scopeName names a unit, or the district for its totals.
func (a *app) scopeName(cfg *config, scope string) string {
	return a.nameOf(cfg.Units, cfg.Settings.District, scope)
}

// nameOf names a unit, or the district where the code is its own.
func (a *app) nameOf(units store.Units, d store.District, code string) string {
	switch {
	case code != store.DistrictCode:
		return units.Name(code)
	case d.Name != "":
		return d.Name
	default:
		return a.lang.Pick("全区", "the district")
	}
}

// tellFigure tells a person the number, what to think of it, and where it stands.
func (a *app) tellFigure(q *asked) {
	l, zone := q.line, q.cfg.Settings.Zone
	a.line(join("  ", a.scopeName(q.cfg, l.Scope), l.Indicator.Label(a.lang), q.period().String()))
	a.line("")
	a.line("  " + join("  ", a.shown(q), a.standing(l)))
	a.divided(q)
	a.compared(l)
	if l.M > 1 {
		a.line("  " + a.lang.Pick("完整", "complete") + "  " + strconv.Itoa(l.N) + "/" + strconv.Itoa(l.M) +
			a.lang.Pick(" 单位，最旧 ", " units, oldest ") + when(l.Oldest, zone))
	}
	if q.single() {
		c := q.own.Cell
		a.line("  " + join("  ", a.lang.Pick("出处", "cell"), c.Source+"/"+c.Path, c.Sheet+"!"+c.Ref, when(q.own.Received, zone)))
		if len(c.Header) > 0 {
			a.line("  " + a.lang.Pick("表头", "head") + "  " + strings.Join(c.Header, " › "))
		}
	}
	a.tellPending(q)
	a.tellRows(a.lang.Pick("版本", "versions"), q, q.versions)
	if n := store.VersionsRemoved(q.versions); n > 0 {
		a.line("  " + strconv.Itoa(n) + a.lang.Pick(" 个旧版本已按保留期清除", " older versions were removed by the retention"))
	}
	a.tellRows(a.lang.Pick("构成", "made of"), q, q.parts)
	for _, code := range l.Missing {
		a.line("  " + a.lang.Pick("缺  ", "missing  ") + q.cfg.Units.Name(code))
	}
}

// standing is the state of a line in words. A figure that is not there and of which
// nobody waits for anything is not normal.
func (a *app) standing(l store.Line) string {
	switch {
	case l.Value.OK || l.NA || l.State != store.Fresh:
		return a.stateWord(l.State)
	case l.M == 0:
		return a.lang.Pick("不报送", "not reported")
	default:
		return a.lang.Pick("算不出", "cannot be worked out")
	}
}

// shown is the value with its measure, or in words why there is none.
func (a *app) shown(q *asked) string {
	switch {
	case q.line.NA:
		return a.lang.Pick("不适用", "not applicable")
	case !q.line.Value.OK:
		return "—"
	default:
		return told(q.line.Indicator, q.line.Value.V) + " " + q.cfg.Catalogue.MeasureLabel(q.line.Indicator.Measure, a.lang)
	}
}

// tellRows tells versions or contributors, a line each with its cell.
func (a *app) tellRows(head string, q *asked, figures []store.Figure) {
	if len(figures) == 0 {
		return
	}
	a.line("")
	t := newTable(head, a.lang.Pick("单位", "unit"), a.lang.Pick("指标", "indicator"), a.lang.Pick(">数值", ">value"),
		a.lang.Pick("状态", "state"), a.lang.Pick("出处", "cell"), a.lang.Pick("自", "since"))
	for _, f := range figures {
		ind, _ := q.cfg.Catalogue.ByCode(f.Indicator)
		value := number(f.Value)
		if f.NotApplicable {
			value = "—"
		}
		t.add(strconv.Itoa(f.Version), q.cfg.Units.Name(f.Unit), ind.Head(a.lang), value, a.stateWord(f.State),
			f.Cell.Path+" "+f.Cell.Sheet+"!"+f.Cell.Ref, when(f.KnownFrom, q.cfg.Settings.Zone))
	}
	for _, line := range t.lines() {
		a.line("  " + line)
	}
}

// stateWord names a state for people.
func (a *app) stateWord(s store.State) string {
	return spoken(s.String(), a.lang)
}
