package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jindu/store"
	"jindu/store/sqlite"
	"jindu/tui/words"
)

// lister is one list under way: what the flags ask for, found in the
// configuration and the mirror.
type lister struct {
	*app
	cfg       *config
	db        *sqlite.DB // nil for the lists that need no mirror
	at        time.Time  // zero: now
	unit      string     // code; empty: all
	indicator string     // code; empty: all
	period    store.Period
	form      string // code of a ledger; empty: all
	doc       string // of tasks: what their source holds
	derived   bool
}

// listFlags are the flags as they were typed.
type listFlags struct {
	unit, indicator, period, form, doc string
	asJSON, asCSV, derived             bool
}

// lists names every list and what makes it.
func lists() map[string]func(*lister, context.Context) (*listing, error) {
	return map[string]func(*lister, context.Context) (*listing, error){
		"units":      (*lister).units,
		"indicators": (*lister).indicators,
		"figures":    (*lister).figures,
		"tasks":      (*lister).tasks,
		"meetings":   (*lister).meetings,
		"cases":      (*lister).cases,
		"records":    (*lister).records,
		"tallies":    (*lister).tallies,
		"pulls":      (*lister).pulls,
		"findings":   (*lister).findings,
		"pending":    (*lister).pending,
		"rules":      (*lister).rules,
		"reports":    (*lister).reports,
		"practice":   (*lister).practice,
		"grades":     (*lister).grades,
		"campaigns":  (*lister).campaigns,
		"readiness":  (*lister).readiness,
		"workbooks":  (*lister).workbooks,
	}
}

// listCommand is the way out for scripts and spreadsheets: every list as a
// table, as JSON and as CSV.
func (a *app) listCommand() *cobra.Command {
	var f listFlags
	names := []string{"units", "indicators", "figures", "tasks", "cases", "records", "tallies", "pulls", "findings", "workbooks", "pending", "rules", "meetings", "reports", "practice", "grades", "campaigns", "readiness"}
	cmd := &cobra.Command{
		Use:       "list " + strings.Join(names, "|"),
		Short:     a.lang.Pick("列出单位、指标、数据、任务等", "list units, indicators, figures, tasks and more"),
		ValidArgs: names,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 || !slices.Contains(names, args[0]) {
				return a.usage("用法："+cmd.UseLine(), "usage: "+cmd.UseLine())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.list(cmd.Context(), args[0], f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.unit, "unit", "", a.lang.Pick("单位：代码、名称或拼音", "unit: code, name or pinyin"))
	flags.StringVar(&f.indicator, "indicator", "", a.lang.Pick("指标：代码、名称或拼音", "indicator: code, name or pinyin"))
	flags.StringVar(&f.period, "period", "", a.lang.Pick("期间，如 2026-06", "period, such as 2026-06"))
	flags.StringVar(&f.form, "form", "", a.lang.Pick("台账：代码或名称", "ledger: code or name"))
	flags.StringVar(&f.doc, "source-doc", "", a.lang.Pick("任务来源中的文字；“会议”指所有会议，“上次会议”指上一次", "text in the source of tasks; meeting: of any meeting; last-meeting: of the last one"))
	flags.BoolVar(&f.derived, "derived", false, a.lang.Pick("加上合计、比率等推算的数据", "add totals, ratios and what else is computed"))
	flags.BoolVar(&f.asJSON, "json", false, a.lang.Pick("输出 JSON", "write JSON"))
	flags.BoolVar(&f.asCSV, "csv", false, a.lang.Pick("输出 CSV", "write CSV"))
	return cmd
}

// list reads only: it needs no lock and runs beside a pull or a board.
func (a *app) list(ctx context.Context, what string, f listFlags) error {
	if f.asJSON && f.asCSV {
		return a.usage("--json 与 --csv 只能选一个", "--json or --csv, not both")
	}
	if f.doc != "" && what != "tasks" {
		return a.usage("--source-doc 只用于 list tasks", "--source-doc goes with list tasks alone")
	}
	l, err := a.newLister(f)
	if err != nil {
		return err
	}
	if what != "units" && what != "indicators" && what != "rules" {
		if l.db, err = openMirror(ctx, l.cfg, true); err != nil {
			return err
		}
		defer func() { _ = l.db.Close() }() // nothing was written
	}
	out, err := lists()[what](l, ctx)
	if err != nil {
		return err
	}
	out.zone = l.cfg.Settings.Zone
	a.show(out, f.asJSON, f.asCSV)
	return nil
}

// newLister turns what was typed into codes, a period and a moment, or says
// which of them there is none of.
func (a *app) newLister(f listFlags) (*lister, error) {
	cfg, err := a.setting()
	if err != nil {
		return nil, err
	}
	l := &lister{app: a, cfg: cfg, derived: f.derived, doc: strings.TrimSpace(f.doc)}
	if l.at, err = a.past(cfg.Settings.Zone); err != nil {
		return nil, err
	}
	if l.period, err = readPeriod(f.period); err != nil {
		return nil, err
	}
	if f.unit != "" {
		if l.unit, err = cfg.unitNamed(f.unit); err != nil {
			return nil, err
		}
	}
	if f.indicator != "" {
		if l.indicator, err = cfg.indicatorNamed(f.indicator); err != nil {
			return nil, err
		}
	}
	if f.form != "" {
		form, err := cfg.formNamed(f.form)
		if err != nil {
			return nil, err
		}
		l.form = form.Code
	}
	return l, nil
}

// today is the day of the moment that is listed, in the district's zone.
func (l *lister) today() store.Date { return l.cfg.day(l.at, l.Now) }

// day is the day of a moment in the district's zone; of now where it is zero.
func (c *config) day(at time.Time, now func() time.Time) store.Date {
	if at.IsZero() {
		at = now()
	}
	return store.DateOf(at.In(c.Settings.Zone))
}

// wants reports whether rows of the unit are asked for; those of no unit only
// where none was named.
func (l *lister) wants(unit string) bool { return l.unit == "" || l.unit == unit }

// wantsIndicator reports whether rows of the indicator are asked for.
func (l *lister) wantsIndicator(code string) bool { return l.indicator == "" || l.indicator == code }

// units lists the units of the configuration, in the order of the boards.
func (l *lister) units(context.Context) (*listing, error) {
	out := &listing{columns: []column{
		{"code", "代码", "code", false},
		{"name", "名称", "name", false},
		{"kind", "类型", "kind", false},
		{"parent", "上级", "parent", false},
		{"aliases", "别名", "aliases", false},
	}}
	for _, u := range l.cfg.Units.All() {
		if l.wants(u.Code) {
			out.add(u.Code, u.Name, string(u.Kind), l.unitCell(u.Parent), u.Aliases)
		}
	}
	return out, nil
}

// unitCell is a unit's code, for people its name.
func (l *lister) unitCell(code string) coded { return coded{code, l.scopeName(l.cfg, code)} }

// measure is the catalogue's name of an indicator's measure, for people in their
// language.
func (l *lister) measure(ind store.Indicator) coded {
	return coded{ind.Measure, l.cfg.Catalogue.MeasureLabel(ind.Measure, l.lang)}
}

// indicators lists the catalogue with the district's overlays.
func (l *lister) indicators(context.Context) (*listing, error) {
	out := &listing{columns: []column{
		{"code", "代码", "code", false},
		{"name", "名称", "name", false},
		{"short", "", "", false},
		{"english", "英文", "English", false},
		{"group", "类", "group", false},
		{"kind", "性质", "kind", false},
		{"measure", "计量", "measure", false},
		{"cadence", "周期", "cadence", false},
		{"polarity", "", "", false},
		{"numerator", "", "", false},
		{"denominator", "", "", false},
		{"parts", "", "", false},
		{"bounded", "", "", false},
		{"sensitive", "", "", false},
		{"origin", "", "", false},
		{"reporters", "", "", false},
		{"aliases", "", "", false},
		{"definition", "", "", false},
	}}
	for _, i := range l.cfg.Catalogue.Indicators {
		if !l.wantsIndicator(i.Code) {
			continue
		}
		group, _ := l.cfg.Catalogue.GroupByCode(i.Group)
		out.add(i.Code, i.Name, i.Short, i.English, coded{i.Group, l.lang.Pick(group.Name, group.English)}, string(i.Kind), l.measure(i),
			coded{string(i.Cadence), words.Of(l.lang).Say("cadence." + string(i.Cadence))},
			string(i.Polarity), optional(i.Numerator), optional(i.Denominator), i.Parts, i.Bounded, i.Sensitive,
			string(i.Origin), i.Reporters, i.Aliases, i.Definition)
	}
	return out, nil
}
