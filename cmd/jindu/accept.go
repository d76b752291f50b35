package main

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jindu/store"
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
	why, by, err := a.signature(f)
	if err != nil {
		return err
	}
	db, reading, err := openEither(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // every commit is on disk already
	a.tellFinished(cfg, db)
	d := a.newDecider(cfg, db, reading)
	q, err := d.ask(ctx, k)
	if err != nil {
		return err
	}
	ack, err := a.matter(q, f)
	if err != nil {
		return err
	}
	ack.Reason, ack.By = why, by
	taken, err := d.carryOut(ctx, ack, q.Decisions, func(act store.Act) error { return a.record(cfg, consoleEntry(by, act)) })
	if err != nil {
		return err
	}
	if f.asJSON {
		a.json(acceptJSON(ack, taken, cfg.Settings.Zone))
		return nil
	}
	a.line(join("  ", cfg.Units.Name(k.Unit), a.indicatorName(cfg, k.Indicator), k.Period.String()))
	a.line("  " + a.decisionLine(ack))
	if !taken {
		a.note(a.lang.Pick("已记下，正在运行的 jindu 下次拉取时生效。", "noted: the jindu that is running takes it in at its next pull"))
	}
	return nil
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

// signature returns the reason and who gave it.
func (a *app) signature(f acceptFlags) (why, by string, err error) {
	by = strings.TrimSpace(f.by)
	if by == "" {
		by = login()
	}
	why, by, err = signed(f.why, by, [2]string{"--why", "--by"})
	switch store.ErrorCode(err) {
	case "ack_reason":
		err = a.usage("请用 --why 写明理由", "say why with --why")
	case "ack_nobody":
		err = a.usage("请用 --by 写明职务", "say who you are with --by")
	case "ack_long":
		message, _ := a.explain(err)
		err = a.usage(message, message)
	}
	return why, by, err
}

// matter is the decision about what can be decided, without its reason: where files
// contradict each other, about the one that was chosen.
func (a *app) matter(q store.Question, f acceptFlags) (store.Acknowledgement, error) {
	decision, place := store.Accept, 0
	if f.reject {
		decision = store.Reject
	}
	conflict := q.Matter == store.ConflictMatter
	switch {
	case conflict:
		place = f.of(q.Stated)
	case f.choice != (choice{}):
		return store.Acknowledgement{}, store.NewError("ack_no_conflict", nil, q.Key.Period.String())
	}
	ack, ok := q.Answer(decision, place, a.Now())
	switch {
	case ok:
		return ack, nil
	case conflict:
		return ack, a.chooseOne(q.Stated)
	default:
		return ack, store.NewError("ack_nothing", nil, q.Key.Period.String())
	}
}

// chooseOne asks for one of the files that contradict each other.
func (a *app) chooseOne(all []store.Stated) error {
	list := make([]string, len(all))
	for i, s := range all {
		list[i] = strconv.FormatInt(s.Cell.Workbook, 10) + " " + s.Cell.Path + " " + s.Cell.Sheet + "!" + s.Cell.Ref + " = " + num(s.Number)
	}
	return store.NewError("ack_choose", nil, strings.Join(list, "; "))
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
