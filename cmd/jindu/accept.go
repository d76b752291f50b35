package main

import (
	"cmp"
	"context"
	"errors"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"jindu/store"
	"jindu/store/audit"
	"jindu/store/sqlite"
	"jindu/sync/form"
)

// What an officer may write: a sentence, and a post or a login.
const (
	longestReason = 200
	longestPerson = 40
)

// How long accept waits for the process that writes the mirror to take a
// decision in, and how often it looks.
const (
	takenWithin = 3 * time.Second
	takenLook   = 50 * time.Millisecond
)

// acceptFlags are the flags as they were typed.
type acceptFlags struct {
	reject, asJSON bool
	why, by        string
	choice
}

// choice names one of the files that contradict each other: by the id of its
// workbook, or by its path, alone or behind its source.
type choice struct {
	workbook int64
	file     string
}

// of returns the place of the chosen file in the list; -1 where it fits none,
// or more than one.
func (c choice) of(all []store.Stated) int {
	found := -1
	for i, s := range all {
		cell := s.Cell
		byID := c.workbook == 0 || c.workbook == cell.Workbook
		byPath := c.file == "" || c.file == cell.Path || c.file == cell.Source+"/"+cell.Path
		switch {
		case c == (choice{}) || !byID || !byPath:
		case found >= 0:
			return -1
		default:
			found = i
		}
	}
	return found
}

// acceptCommand is how an officer decides what the mirror must not decide by
// itself: a value that waits, two files that contradict each other; and how a
// correction is taken note of.
func (a *app) acceptCommand() *cobra.Command {
	var f acceptFlags
	cmd := &cobra.Command{
		Use:   a.lang.Pick("accept 单位 指标 期间", "accept UNIT INDICATOR PERIOD"),
		Short: a.lang.Pick("确认或驳回待确认的数据", "accept or reject a value that waits for an officer"),
		Args:  a.args(3, 3),
		RunE:  func(cmd *cobra.Command, args []string) error { return a.accept(cmd.Context(), args, f) },
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.reject, "reject", false, a.lang.Pick("驳回，原数不变", "reject it: the accepted value stays"))
	flags.StringVar(&f.why, "why", "", a.lang.Pick("理由（必填，不得含个人信息）", "the reason (required, no personal data)"))
	flags.StringVar(&f.by, "by", "", a.lang.Pick("职务或账号（默认为登录账号）", "post or login (default: your login)"))
	flags.Int64Var(&f.workbook, "workbook", 0, a.lang.Pick("两个文件冲突时，采用哪个工作簿（编号）", "of two files in conflict, the workbook to go by (its id)"))
	flags.StringVar(&f.file, "file", "", a.lang.Pick("两个文件冲突时，采用哪个文件（路径）", "of two files in conflict, the file to go by (its path)"))
	flags.BoolVar(&f.asJSON, "json", false, a.lang.Pick("输出 JSON", "write JSON"))
	return cmd
}

// accept enters a decision beside the mirror and then takes it in. Where another
// process writes the mirror, that process takes it in at its next look.
func (a *app) accept(ctx context.Context, args []string, f acceptFlags) error {
	cfg, k, err := a.deciding(args)
	if err != nil {
		return err
	}
	ack := store.Acknowledgement{Key: k, Decision: store.Accept, At: a.Now()}
	if f.reject {
		ack.Decision = store.Reject
	}
	if ack.Reason, ack.By, err = a.signature(f); err != nil {
		return err
	}
	db, reading, err := openEither(ctx, cfg)
	if err != nil {
		return err
	}
	writing := reading == nil
	defer func() { _ = db.Close() }() // every commit is on disk already
	a.tellFinished(cfg, db)
	if writing {
		if _, err := db.Replay(ctx, a.Now()); err != nil {
			return err
		}
	}
	before := k.Period.String()
	if err := a.matter(ctx, db, &ack, f.choice); err != nil {
		return err
	}
	if err := a.recordDecision(cfg, ack); err != nil {
		return err // what cannot be put on record is not decided
	}
	taken, err := a.decide(ctx, cfg, db, &ack, writing)
	if err != nil {
		return errors.Join(err, a.recordUndone(cfg, ack, err))
	}
	if f.asJSON {
		a.json(acceptJSON(ack, taken, cfg.Settings.Zone))
		return nil
	}
	a.line(join("  ", cfg.Units.Name(k.Unit), a.indicatorName(cfg, k.Indicator), before))
	a.line("  " + a.decisionLine(ack))
	if !taken {
		a.note(a.lang.Pick("已记下，正在运行的 jindu 下次拉取时生效。", "noted: the jindu that is running takes it in at its next pull"))
	}
	return nil
}

// recordDecision puts on record that somebody decides, and about what.
func (a *app) recordDecision(cfg *config, ack store.Acknowledgement) error {
	return a.record(cfg, audit.Entry{Event: audit.Decide, Who: join(" ", console, ack.By), What: decisionOf(ack)})
}

// recordUndone puts on record that a decision, which is there already, was not
// carried out: it was not noted at all, or was noted and is yet to be taken in.
func (a *app) recordUndone(cfg *config, ack store.Acknowledgement, why error) error {
	how := "not carried out: "
	if ack.ID > 0 {
		how = "noted, not taken in yet: "
	}
	return a.record(cfg, audit.Entry{Event: audit.Undone, Who: join(" ", console, ack.By), What: join(" ", decisionOf(ack), how+store.ErrorCode(why))})
}

// decisionOf names a decision in the record, as scripts read it.
func decisionOf(ack store.Acknowledgement) string {
	return join(" ", string(ack.Decision), ack.Key.Unit, ack.Key.Indicator, ack.Key.Period.String())
}

// deciding finds the one figure that was named. Decisions are about units' own
// figures of now: a total rests on those, and the past stays as it was.
func (a *app) deciding(args []string) (*config, store.Key, error) {
	k := store.Key{}
	if a.asOf != "" {
		return nil, k, a.usage("确认只针对现在，不能用 --as-of", "a decision is of now: no --as-of")
	}
	cfg, err := a.setting()
	if err != nil {
		return nil, k, err
	}
	if k.Unit, err = cfg.unitNamed(args[0]); err != nil {
		return nil, k, err
	}
	if k.Indicator, err = cfg.indicatorNamed(args[1]); err != nil {
		return nil, k, err
	}
	k.Period, err = readPeriod(args[2])
	if err == nil && k.Period.IsZero() {
		err = store.NewError("period_bad", nil, args[2])
	}
	return cfg, k, err
}

// signature returns the reason and who gave it, both without personal data: they
// are kept for years and shown on boards.
func (a *app) signature(f acceptFlags) (why, by string, err error) {
	why, by = strings.TrimSpace(f.why), strings.TrimSpace(f.by)
	if why == "" {
		return "", "", a.usage("请用 --why 写明理由", "say why with --why")
	}
	if by == "" {
		if u, err := user.Current(); err == nil {
			by = filepath.Base(filepath.ToSlash(u.Username)) // on Windows the machine stands before it
		}
	}
	if by == "" {
		return "", "", a.usage("请用 --by 写明职务", "say who you are with --by")
	}
	for _, one := range []struct {
		flag, text string
		longest    int
	}{{"--why", why, longestReason}, {"--by", by, longestPerson}} {
		if utf8.RuneCountInString(one.text) > one.longest {
			return "", "", a.usage(one.flag+" 最多 "+strconv.Itoa(one.longest)+" 字", one.flag+" holds at most "+strconv.Itoa(one.longest)+" characters")
		}
		if form.Mask(one.text) != one.text {
			return "", "", store.NewError("ack_personal", nil, one.flag)
		}
	}
	return why, by, nil
}

// matter fills in what the decision is about: a conflict, else a value that
// waits, else one that was rejected and is accepted after all, else a correction
// of the day.
func (a *app) matter(ctx context.Context, db *sqlite.DB, ack *store.Acknowledgement, chosen choice) error {
	figures, err := db.Figures(ctx, sqlite.FigureQuery{
		Units: []string{ack.Key.Unit}, Indicators: []string{ack.Key.Indicator}, Periods: []store.Period{ack.Key.Period},
	})
	if err != nil {
		return err
	}
	if len(figures) > 0 {
		f := figures[0]
		ack.Stood = store.Stated{Number: f.Number(), Cell: f.Cell, Received: f.Received}
	}
	contenders, err := db.Contenders(ctx, ack.Key)
	switch {
	case err != nil:
		return err
	case len(contenders) > 0:
		return a.conflict(ack, contenders, chosen)
	case chosen != (choice{}):
		return store.NewError("ack_no_conflict", nil, ack.Key.Period.String())
	}
	if found, err := a.waiting(ctx, db, ack); err != nil || found {
		return err
	}
	if ack.Decision == store.Accept && len(figures) > 0 {
		if found, err := a.afterAll(ctx, db, ack); err != nil || found {
			return err
		}
		if f := figures[0]; f.Version > 1 && ack.At.Sub(f.KnownFrom) < 24*time.Hour {
			ack.Matter, ack.Decided = store.CorrectionMatter, ack.Stood
			return nil
		}
	}
	return store.NewError("ack_nothing", nil, ack.Key.Period.String())
}

// conflict chooses one of the files that contradict each other.
func (a *app) conflict(ack *store.Acknowledgement, all []store.Stated, chosen choice) error {
	i := chosen.of(all)
	if i < 0 || ack.Decision == store.Reject {
		var list []string
		for _, s := range all {
			list = append(list, strconv.FormatInt(s.Cell.Workbook, 10)+" "+s.Cell.Path+" "+s.Cell.Sheet+"!"+s.Cell.Ref+" = "+num(s.Number))
		}
		return store.NewError("ack_choose", nil, strings.Join(list, "; "))
	}
	ack.Matter, ack.Decided = store.ConflictMatter, all[i]
	for _, s := range all {
		if s.Number != all[i].Number && !slices.Contains(ack.Others, s.Number) {
			ack.Others = append(ack.Others, s.Number)
		}
	}
	return nil
}

// waiting finds the value of the figure that waits.
func (a *app) waiting(ctx context.Context, db *sqlite.DB, ack *store.Acknowledgement) (bool, error) {
	all, err := db.Pending(ctx, time.Time{})
	for _, p := range all {
		if p.Key == ack.Key {
			ack.Matter, ack.Wait = store.PendingMatter, p.Why
			ack.Decided = store.Stated{Number: p.Number(), Cell: p.Cell, Received: p.Received}
			return true, nil
		}
	}
	return false, err
}

// afterAll finds a value that was rejected and that its file still states.
func (a *app) afterAll(ctx context.Context, db *sqlite.DB, ack *store.Acknowledgement) (bool, error) {
	all, err := db.Acknowledgements(ctx, ack.Key, time.Time{})
	if err != nil || len(all) == 0 {
		return false, err
	}
	last := all[len(all)-1]
	books, err := db.Workbooks(ctx, time.Time{})
	stated := slices.ContainsFunc(books, func(w store.Workbook) bool { return w.Live && w.SHA256 == last.Decided.Cell.SHA256 })
	if last.Decision != store.Reject || !stated {
		return false, err
	}
	ack.Matter, ack.Wait, ack.Decided = last.Matter, last.Wait, last.Decided
	return true, err
}

// decide enters the decision and sees to it that it is taken in, here or by the
// process that writes the mirror.
func (a *app) decide(ctx context.Context, cfg *config, db *sqlite.DB, ack *store.Acknowledgement, writing bool) (taken bool, err error) {
	known, err := db.Acknowledgements(ctx, store.Key{}, time.Time{})
	if err != nil {
		return false, err
	}
	acks, err := sqlite.OpenAcks(ctx, acksOf(cfg.Mirror))
	if err != nil {
		return false, err
	}
	ack.ID, err = acks.Add(ctx, *ack, int64(len(known)))
	if err := cmp.Or(err, acks.Close()); err != nil {
		return false, err
	}
	if writing {
		_, err := db.Replay(ctx, a.Now())
		return true, err
	}
	return a.awaited(ctx, db, ack)
}

// awaited waits a little for the process that writes the mirror.
func (a *app) awaited(ctx context.Context, db *sqlite.DB, ack *store.Acknowledgement) (bool, error) {
	ctx, stop := context.WithTimeout(ctx, takenWithin)
	defer stop()
	tick := time.NewTicker(takenLook)
	defer tick.Stop()
	for {
		known, err := db.Acknowledgements(context.WithoutCancel(ctx), ack.Key, time.Time{})
		if err != nil {
			return false, err
		}
		if slices.ContainsFunc(known, func(one store.Acknowledgement) bool { return one.ID == ack.ID }) {
			return true, nil
		}
		select {
		case <-ctx.Done():
			if errors.Is(ctx.Err(), context.Canceled) {
				return false, ctx.Err()
			}
			return false, nil
		case <-tick.C:
		}
	}
}

// accepted is the JSON of a decision. Value is what was decided about, previous
// what stood until then; both are null where there was no number. Applied is
// false where another process has yet to take the decision in.
type accepted struct {
	Unit      string    `json:"unit"`
	Indicator string    `json:"indicator"`
	Period    string    `json:"period"`
	Matter    string    `json:"matter"`
	Decision  string    `json:"decision"`
	Value     *float64  `json:"value"`
	Previous  *float64  `json:"previous"`
	Reason    *string   `json:"reason"`
	Workbook  string    `json:"workbook"`
	Sheet     string    `json:"sheet"`
	Cell      string    `json:"cell"`
	SHA256    string    `json:"sha256"`
	Why       string    `json:"why"`
	By        string    `json:"by"`
	At        time.Time `json:"at"`
	Applied   bool      `json:"applied"`
}

// acceptJSON gives a decision the shape that scripts rely on.
func acceptJSON(ack store.Acknowledgement, taken bool, zone *time.Location) accepted {
	c := ack.Decided.Cell
	return accepted{
		Unit:      ack.Key.Unit,
		Indicator: ack.Key.Indicator,
		Period:    ack.Key.Period.String(),
		Matter:    string(ack.Matter),
		Decision:  string(ack.Decision),
		Value:     known(ack.Decided.Number),
		Previous:  known(ack.Stood.Number),
		Reason:    optional(string(ack.Wait)),
		Workbook:  c.Path,
		Sheet:     c.Sheet,
		Cell:      c.Ref,
		SHA256:    c.SHA256,
		Why:       ack.Reason,
		By:        ack.By,
		At:        ack.At.In(zone),
		Applied:   taken,
	}
}

// decisionLine tells a person what was decided.
func (a *app) decisionLine(ack store.Acknowledgement) string {
	what := a.lang.Pick("已确认", "accepted")
	switch {
	case ack.Decision == store.Reject:
		what = a.lang.Pick("已驳回", "rejected")
	case ack.Matter == store.CorrectionMatter:
		what = a.lang.Pick("更正已阅", "correction noted")
	case ack.Matter == store.ConflictMatter:
		what = a.lang.Pick("已采用", "chosen")
	}
	value := num(ack.Decided.Number)
	if ack.Wait == store.WaitWithdrawn {
		value = spoken(string(ack.Wait), a.lang)
	}
	c := ack.Decided.Cell
	out := join("  ", what, value, c.Path+" "+c.Sheet+"!"+c.Ref)
	if ack.Matter != store.CorrectionMatter && ack.Stood.Cell.SHA256 != "" {
		out = join("  ", out, a.lang.Pick("原数 ", "until now ")+num(ack.Stood.Number))
	}
	return out
}

// num writes a number for people; one that does not apply is a dash.
func num(n store.Num) string {
	if !n.OK {
		return "—"
	}
	return number(n.V)
}

// indicatorName names an indicator for people.
func (a *app) indicatorName(cfg *config, code string) string {
	ind, _ := cfg.Catalogue.ByCode(code)
	return ind.Label(a.lang)
}

// acksOf is where the acknowledgements of a mirror lie: beside it.
func acksOf(mirror string) string {
	return strings.TrimSuffix(mirror, filepath.Ext(mirror)) + ".ack.db"
}
