package main

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"jindu/store"
	"jindu/sync"
	"jindu/sync/source"
)

// checkCommand judges files that nobody has handed in yet: units run it before
// they send a workbook.
func (a *app) checkCommand() *cobra.Command {
	var asJSON, explain bool
	cmd := &cobra.Command{
		Use:   a.lang.Pick("check 文件...", "check FILE..."),
		Short: a.lang.Pick("检查表格能否读懂，不动镜像库", "judge spreadsheets without touching the mirror"),
		Args:  a.args(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.check(cmd.Context(), args, asJSON, explain)
		},
	}
	cmd.Flags().BoolVar(&explain, "explain", false, a.lang.Pick("说明每一列是怎么读的", "say how each column was understood"))
	cmd.Flags().BoolVar(&asJSON, "json", false, a.lang.Pick("输出 JSON", "write JSON"))
	return cmd
}

// check judges each file by itself and exits with the worst verdict.
func (a *app) check(ctx context.Context, names []string, asJSON, explain bool) error {
	c, err := a.newChecker()
	if err != nil {
		return err
	}
	worst := store.Verdict("")
	out := checked{Files: []checkedFile{}}
	for _, name := range names {
		if leftover(name) {
			out.Files = append(out.Files, checkedFile{c.understanding.Mask(filepath.ToSlash(name)), skipped, []checkedSheet{}, []checkedFinding{}})
			if !asJSON {
				a.line(c.understanding.Mask(filepath.ToSlash(name)) + "  " + a.lang.Pick("跳过：是程序留下的文件，不是报表", "skipped: a leftover of a program and no report"))
			}
			continue
		}
		rd := c.read(ctx, name, explain)
		if err := ctx.Err(); err != nil {
			return err
		}
		worst = store.WorseVerdict(worst, rd.Workbook.Verdict)
		shown := c.shown(name, rd)
		if asJSON {
			out.Files = append(out.Files, a.checkJSON(shown, rd, explain))
			continue
		}
		a.tellCheck(shown, rd, c, explain)
	}
	if asJSON {
		a.json(out)
	}
	switch worst {
	case store.Partly:
		return status(pullPartly)
	case store.Rejected:
		return status(pullFailed)
	default:
		return nil
	}
}

// skipped is the verdict in JSON of a file that a pull does not look at either.
const skipped store.Verdict = "skipped"

// leftover reports whether a file is one that programs leave beside a unit's, as
// Excel does while a workbook is open: *.xlsx names it too. A folder is none.
func leftover(name string) bool {
	info, err := os.Stat(name)
	return source.Ignored(filepath.Base(name)) && (err != nil || info.Mode().IsRegular())
}

// checker reads files as a pull would, without a mirror.
type checker struct {
	understanding sync.Understanding
	reader        *sync.Reader
	sources       []sourceConfig
	today         store.Date
}

// newChecker takes the units of the configuration; where there is none, files
// are judged without knowing any unit.
func (a *app) newChecker() (*checker, error) {
	cfg, err := a.setting()
	if a.config == "" && store.ErrorCode(err) == "no_config" {
		a.note(a.lang.Pick("没有配置文件，单位名称无法核对；用 --config 指明。", "without a configuration no unit's name is known; name one with --config"))
		cfg, err = judge(configName, newDocument(), nil, a.Now())
	}
	if err != nil {
		return nil, err
	}
	at, err := parseMoment(a.asOf, cfg.Settings.Zone)
	if err != nil {
		return nil, err
	}
	if at.IsZero() {
		at = a.Now().In(cfg.Settings.Zone)
	}
	// The mirror's own secret names case numbers alike; a stranger's will do here.
	secret, err := os.ReadFile(secretPath(cfg.Mirror))
	if err != nil {
		secret = []byte(rand.Text())
	}
	understanding := cfg.reading(secret)
	return &checker{understanding, understanding.Reader(), cfg.Sources, store.DateOf(at)}, nil
}

// read reads one file; that it cannot be had is a verdict as well.
func (c *checker) read(ctx context.Context, name string, explain bool) *store.Reading {
	path := real(name) // whoever names a link means what it leads to
	folder := source.Folder{Name: "check", Dir: filepath.Dir(path)}
	data, err := folder.Fetch(ctx, source.Entry{Path: filepath.Base(path)})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return sync.Refused(store.NewError("file_missing", nil, c.understanding.Mask(filepath.ToSlash(name))))
	case err != nil:
		return sync.Refused(err)
	}
	return c.reader.Read(ctx, sync.File{
		Path:    filepath.Base(name),
		Data:    data,
		Unit:    c.boundUnit(name),
		Today:   c.today,
		Alone:   true,
		Explain: explain,
	})
}

// shown is how a file is called in what is printed. Of a list of persons its own
// name and its folder's are reduced; the folders above lead to the share.
func (c *checker) shown(name string, rd *store.Reading) string {
	name = filepath.ToSlash(name)
	if !rd.Workbook.Persons {
		return c.understanding.Mask(name)
	}
	folder := path.Dir(name)
	if folder == "." || folder == "/" {
		return c.understanding.MaskList()(name)
	}
	shown := c.understanding.MaskList()(path.Join(path.Base(folder), path.Base(name)))
	if above := path.Dir(folder); above != "." {
		return c.understanding.Mask(above) + "/" + shown
	}
	return shown
}

// boundUnit returns the unit of the source in whose folder the file lies; the
// innermost one where sources lie within each other.
func (c *checker) boundUnit(name string) string {
	file := real(name)
	unit, longest := "", -1
	for _, s := range c.sources {
		if isRemote(s.Remote) {
			continue
		}
		rel, err := filepath.Rel(real(s.Remote), file)
		if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			continue
		}
		if n := len(s.Remote); n > longest {
			unit, longest = s.Unit, n
		}
	}
	return unit
}

// real returns the path without links, as far as it exists.
func real(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if plain, err := filepath.EvalSymlinks(path); err == nil {
		path = plain
	}
	return path
}

// checked is the JSON of check: one entry to a file, in the order of the arguments.
type checked struct {
	Files []checkedFile `json:"files"`
}

// checkedFile is how one file was judged.
type checkedFile struct {
	File     string           `json:"file"`
	Verdict  store.Verdict    `json:"verdict"`
	Sheets   []checkedSheet   `json:"sheets"`
	Findings []checkedFinding `json:"findings"`
}

// checkedSheet is how one sheet was understood. Form, unit and period are null
// where the sheet is of none, or of several.
type checkedSheet struct {
	Sheet   string            `json:"sheet"`
	Form    *string           `json:"form"`
	Unit    *string           `json:"unit"`
	Period  *string           `json:"period"`
	From    *string           `json:"period_from"` // of months across the first one; null where there is one period
	Figures int               `json:"figures"`
	Rows    int               `json:"rows"`
	Verdict store.Verdict     `json:"verdict"`
	Explain []store.Explained `json:"explain,omitempty"`
}

// checkedFinding is one thing to mend. Sheet and cell are null where it is about
// the file as a whole; the offending value itself is never told.
type checkedFinding struct {
	Severity store.Severity `json:"severity"`
	Rule     string         `json:"rule"`
	Sheet    *string        `json:"sheet"`
	Cell     *string        `json:"cell"`
	Message  string         `json:"message"`
	Hint     string         `json:"hint"`
}

// checkJSON gives a reading the shape that scripts rely on.
func (a *app) checkJSON(name string, rd *store.Reading, explain bool) checkedFile {
	f := checkedFile{File: name, Verdict: rd.Workbook.Verdict, Sheets: []checkedSheet{}, Findings: []checkedFinding{}}
	for _, s := range rd.Sheets {
		sheet := checkedSheet{
			Sheet:   s.Name,
			Form:    optional(s.Form),
			Unit:    optional(s.Unit),
			Period:  optional(s.Period.String()),
			From:    optional(s.From.String()),
			Figures: s.Figures,
			Rows:    s.Rows,
			Verdict: s.Verdict,
		}
		if explain {
			sheet.Explain = s.Explain
		}
		f.Sheets = append(f.Sheets, sheet)
	}
	for _, one := range rd.Findings {
		f.Findings = append(f.Findings, checkedFinding{
			Severity: one.Severity,
			Rule:     one.Rule,
			Sheet:    optional(one.Sheet),
			Cell:     optional(one.Cell),
			Message:  one.Message(a.lang),
			Hint:     one.Hint(a.lang),
		})
	}
	return f
}

// tellCheck tells a person how one file was judged: the verdict, the sheets,
// then what to mend, each with its place and what to do.
func (a *app) tellCheck(name string, rd *store.Reading, c *checker, explain bool) {
	a.line(name + "  " + a.verdict(rd.Workbook.Verdict))
	for _, s := range rd.Sheets {
		whose := a.nameOf(c.understanding.Units, c.understanding.District, s.Unit)
		parts := []string{s.Name, a.form(s.Form, c.understanding.Catalogue), whose, a.span(s)}
		if s.Figures > 0 {
			parts = append(parts, strconv.Itoa(s.Figures)+a.lang.Pick(" 个数据", " figures"))
		}
		if s.Rows > 0 {
			parts = append(parts, strconv.Itoa(s.Rows)+a.lang.Pick(" 行", " rows"))
		}
		a.line("  " + join("  ", parts...))
		if explain {
			a.picture(s, c.understanding)
		}
	}
	for _, f := range rd.Findings {
		place := join("!", f.Sheet, f.Cell)
		a.line("  " + join("  ", a.severity(f.Severity), place, f.Message(a.lang)))
		for hint := range strings.Lines(f.Hint(a.lang)) {
			a.line("    " + strings.TrimSuffix(hint, "\n"))
		}
	}
}

// span is the sheet's period, or from when to when its periods run.
func (a *app) span(s store.SheetReading) string {
	if s.From.IsZero() {
		return s.Period.String()
	}
	return s.From.String() + a.lang.Pick(" 至 ", " to ") + s.Period.String()
}

// verdict and severity name for people what JSON writes as words.
func (a *app) verdict(v store.Verdict) string {
	switch v {
	case store.Accepted:
		return a.lang.Pick("接受", "accepted")
	case store.Partly:
		return a.lang.Pick("部分接受", "partly accepted")
	default:
		return a.lang.Pick("拒收", "refused")
	}
}

func (a *app) severity(s store.Severity) string { return spoken(string(s), a.lang) }

// form names what a sheet was taken for by the catalogue's forms.
func (a *app) form(code string, c *store.Catalogue) string {
	f, ok := c.FormByCode(code)
	switch {
	case code == "report":
		return a.lang.Pick("报表", "report")
	case !ok:
		return code
	case f.Kind == store.CountedForm:
		return f.Label(a.lang) + a.lang.Pick("，只计数", ", counted only")
	default:
		return f.Label(a.lang)
	}
}
