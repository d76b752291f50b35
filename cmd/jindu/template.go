package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"jindu/store"
	"jindu/sync/template"
)

// templateFlags are the flags of template as they were typed.
type templateFlags struct {
	output, unit, period string
	allUnits             bool
	force, asJSON        bool
}

// templateCommand hands out the forms: who fills one of these in is understood.
func (a *app) templateCommand() *cobra.Command {
	var f templateFlags
	cmd := &cobra.Command{
		Use:   a.lang.Pick("template [表样]", "template [FORM]"),
		Short: a.lang.Pick("列出表样，或写一份空表", "list the forms, or write an empty workbook of one"),
		Args:  a.args(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.forms(f)
			}
			return a.template(args[0], f)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&f.output, "output", "o", "", a.lang.Pick("写到哪个文件", "the file to write"))
	flags.StringVar(&f.unit, "unit", "", a.lang.Pick("只给这个单位；不写则全区一张", "for this unit alone; else for all of the district"))
	flags.BoolVar(&f.allUnits, "all-units", false, a.lang.Pick("全区一张", "for all of the district"))
	flags.StringVar(&f.period, "period", "", a.lang.Pick("期间，如 2026-06；默认眼下该报的一期", "period, such as 2026-06; else the one to be reported now"))
	flags.BoolVar(&f.force, "force", false, a.lang.Pick("覆盖已有的文件", "overwrite a file that is there"))
	flags.BoolVar(&f.asJSON, "json", false, a.lang.Pick("输出 JSON", "write JSON"))
	return cmd
}

// listedForm is a form as scripts get it.
type listedForm struct {
	Code       string         `json:"code"`
	Name       string         `json:"name"`
	English    string         `json:"english"`
	Kind       store.FormKind `json:"kind"`
	Reporters  []string       `json:"reporters"`
	Indicators []string       `json:"indicators"`
	Fields     []string       `json:"fields"`
}

// forms lists the forms of the catalogue and of the configuration, where there is one.
func (a *app) forms(f templateFlags) error {
	if f.output != "" || f.unit != "" || f.period != "" || f.allUnits || f.force {
		return a.usage("要写模板，请先写明表样", "name the form to write")
	}
	cfg, err := a.settingOrNone()
	if err != nil {
		return err
	}
	out := []listedForm{}
	t := newTable(a.lang.Pick("代码", "code"), a.lang.Pick("名称", "name"), a.lang.Pick("类型", "kind"), a.lang.Pick("谁报", "handed in by"))
	for _, one := range cfg.Catalogue.Forms {
		out = append(out, listedForm{
			Code:       one.Code,
			Name:       one.Name,
			English:    one.English,
			Kind:       one.Kind,
			Reporters:  append([]string{}, one.Reporters...),
			Indicators: append([]string{}, one.Indicators...),
			Fields:     append([]string{}, fieldNames(one.Fields)...),
		})
		t.add(one.Code, one.Label(a.lang), spoken(string(one.Kind), a.lang), a.reporters(one))
	}
	if f.asJSON {
		a.json(out)
		return nil
	}
	a.table(t)
	return nil
}

// reporters names the kinds of unit that hand a form in.
func (a *app) reporters(f store.Form) string {
	if len(f.Reporters) == 0 {
		return spoken("all", a.lang)
	}
	kinds := make([]string, len(f.Reporters))
	for i, r := range f.Reporters {
		kinds[i] = spoken(r, a.lang)
	}
	return strings.Join(kinds, a.lang.Pick("、", ", "))
}

// settingOrNone returns the configuration, or where none is named and none is
// there, what holds without one.
func (a *app) settingOrNone() (*config, error) {
	cfg, err := a.setting()
	if a.config == "" && store.ErrorCode(err) == "no_config" {
		return judge(configName, newDocument(), nil, a.Now())
	}
	return cfg, err
}

// template writes the empty workbook of a form.
func (a *app) template(typed string, f templateFlags) error {
	if f.unit != "" && f.allUnits {
		return a.usage("--unit 与 --all-units 只能选一个", "--unit or --all-units, not both")
	}
	cfg, err := a.settingOrNone()
	if err != nil {
		return err
	}
	one, err := cfg.formNamed(typed)
	if err != nil {
		return err
	}
	opt, err := a.templateOptions(cfg, one, f)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := template.Write(&b, one, opt); err != nil {
		return err
	}
	name := f.output
	if name == "" {
		name = templateName(one, opt)
	}
	if err := writeNew(name, b.Bytes(), f.force); err != nil {
		return err
	}
	if f.asJSON {
		a.json(map[string]any{"file": name, "form": one.Code, "unit": optional(opt.Unit), "period": opt.Period.String()})
		return nil
	}
	a.line(a.lang.Pick("写好了 ", "wrote ") + name)
	return nil
}

// formNamed returns the form that was typed: by its code or its name.
func (c *config) formNamed(typed string) (store.Form, error) {
	var names []string
	for _, f := range c.Catalogue.Forms {
		if f.Code == typed || f.Name == typed {
			return f, nil
		}
		names = append(names, f.Code, f.Name)
	}
	if near := nearest(typed, names); near != "" {
		return store.Form{}, store.NewError("form_near", nil, clean(typed), near)
	}
	return store.Form{}, store.NewError("form_not_found", nil, clean(typed))
}

// templateOptions turns what was typed into whose and of when the template is.
func (a *app) templateOptions(cfg *config, f store.Form, flags templateFlags) (template.Options, error) {
	at, err := parseMoment(a.asOf, cfg.Settings.Zone)
	if err != nil {
		return template.Options{}, err
	}
	if at.IsZero() {
		at = a.Now().In(cfg.Settings.Zone)
	}
	opt := template.Options{
		Catalogue:   cfg.Catalogue,
		Units:       cfg.Units,
		District:    cfg.Settings.District,
		MonthStarts: cfg.Settings.MonthStarts,
		Lang:        a.lang,
		Today:       store.DateOf(at),
	}
	if opt.Period, err = templatePeriod(cfg, f, flags.period, opt.Today); err != nil {
		return opt, err
	}
	if flags.unit == "" {
		if f.Kind == store.ReportForm && len(template.Reporters(f, cfg.Units)) == 0 {
			return opt, store.NewError("form_no_units", nil, f.Name, a.reporters(f))
		}
		return opt, nil
	}
	if opt.Unit, err = cfg.unitNamed(flags.unit); err != nil {
		return opt, err
	}
	opt.Rows = gradeRows(cfg, f, opt.Unit)
	if opt.Unit == store.DistrictCode {
		opt.Unit = ""
		return opt, nil
	}
	for _, u := range template.Reporters(f, cfg.Units) {
		if u.Code == opt.Unit {
			return opt, nil
		}
	}
	return opt, store.NewError("form_not_theirs", nil, cfg.Units.Name(opt.Unit), f.Name, a.reporters(f))
}

// gradeRows are the items that a unit scores itself by, so that their names on the
// sheet are those of the scheme.
func gradeRows(cfg *config, f store.Form, unit string) []map[string]any {
	var out []map[string]any
	u, _ := cfg.Units.ByCode(unit)
	for _, g := range cfg.Settings.Grades {
		if f.Code != store.ScoresForm || !g.Covers(u) {
			continue
		}
		for _, i := range g.Items {
			out = append(out, map[string]any{"unit": u.Name, "item": i.Name, "points": i.Points})
		}
	}
	return out
}

// templatePeriod reads the period that was typed, which must be one that the form
// is handed in for.
func templatePeriod(cfg *config, f store.Form, typed string, today store.Date) (store.Period, error) {
	usual := template.DefaultPeriod(f, cfg.Catalogue, cfg.Settings, today)
	if typed == "" {
		return usual, nil
	}
	p, err := readPeriod(typed)
	switch {
	case err != nil:
		return p, err
	case f.Kind != store.ReportForm && usual.Kind == store.Year:
		return p.Of(store.Year), nil
	case p.Kind != usual.Kind:
		return p, store.NewError("form_period", nil, f.Name, p.String(), usual.String())
	default:
		return p, nil
	}
}

// templateName is what a template is called where no name was given: what the
// reader of files would look for in it.
func templateName(f store.Form, opt template.Options) string {
	name := join("-", f.Name, opt.Units.Name(opt.Unit), opt.Period.String()) + ".xlsx"
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return -1
		}
		return r
	}, name)
}

// writeNew writes a file that was not there; with force it takes the place of one
// that was, whole or not at all.
func writeNew(name string, data []byte, force bool) error {
	if !force {
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			return store.NewError("file_exists", nil, name)
		}
		if err == nil {
			_, err = f.Write(data)
			err = errors.Join(err, f.Close())
		}
		if err != nil {
			return store.NewError("cannot_write", err, name)
		}
		return nil
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".jindu-*")
	if err != nil {
		return store.NewError("cannot_write", err, name)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return store.NewError("cannot_write", errors.Join(err, os.Remove(f.Name())), name)
	}
	return nil
}
