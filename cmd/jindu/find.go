package main

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"jindu/store"
	"jindu/store/find"
	"jindu/tui/words"
)

// findLimit is how many hits are shown: who needs more types more.
const findLimit = 50

// findCommand looks up what a person half remembers.
func (a *app) findCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   a.lang.Pick("find 词...", "find WORDS..."),
		Short: a.lang.Pick("查找单位、指标、任务、案件、页面", "look up units, indicators, tasks, cases and pages"),
		Args:  a.args(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.find(cmd.Context(), strings.Join(args, " "), asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, a.lang.Pick("输出 JSON", "write JSON"))
	return cmd
}

// find looks the words up in the configuration and, where there is one, in the mirror.
func (a *app) find(ctx context.Context, typed string, asJSON bool) error {
	cfg, err := a.setting()
	if err != nil {
		return err
	}
	at, err := a.past(cfg.Settings.Zone)
	if err != nil {
		return err
	}
	items := cfg.items(a.lang)
	items = append(items, cfg.pageItems(a.lang)...)
	db, err := openMirror(ctx, cfg, true)
	switch {
	case err == nil:
		defer func() { _ = db.Close() }() // nothing was written
		tasks, err := db.Tasks(ctx, at)
		if err != nil {
			return err
		}
		cases, err := db.Cases(ctx, at)
		if err != nil {
			return err
		}
		items = append(items, cfg.taskItems(tasks, a.lang, cfg.day(at, a.Now))...)
		items = append(items, caseItems(cases, cfg)...)
	case store.ErrorCode(err) != "mirror_missing":
		return err
	}
	hits := find.New(items).Find(typed, findLimit)
	if len(hits) == 0 {
		return store.NewError("nothing_found", nil, clean(typed))
	}
	if asJSON {
		a.json(hits)
		return nil
	}
	t := newTable(a.lang.Pick("类", "kind"), a.lang.Pick("代码", "code"), a.lang.Pick("名称", "name"), a.lang.Pick("说明", "detail"))
	for _, h := range hits {
		if h.Kind == find.Unit {
			h.Detail = spoken(h.Detail, a.lang) // its kind
		}
		t.add(a.kind(h.Kind), h.Code, h.Name, h.Detail)
	}
	a.table(t)
	return nil
}

// items are what the configuration itself can find.
func (c *config) items(lang store.Lang) []find.Item {
	var items []find.Item
	for _, u := range c.Units.All() {
		items = append(items, find.Item{
			Kind:   find.Unit,
			Code:   u.Code,
			Name:   u.Name,
			Detail: string(u.Kind),
			Others: append(shortForms(u.Name, c.Settings.District.Name), u.Aliases...),
		})
	}
	for _, i := range c.Catalogue.Indicators {
		items = append(items, find.Item{
			Kind:   find.Indicator,
			Code:   i.Code,
			Name:   i.Label(lang),
			Detail: c.Catalogue.MeasureLabel(i.Measure, lang),
			Others: append([]string{i.Name, i.Short, i.English, i.ShortEnglish}, i.Aliases...),
		})
	}
	return items
}

// shortForms are the ways in which people shorten a unit's name.
func shortForms(name, district string) []string {
	var out []string
	bare := name
	for _, prefix := range []string{district, "区"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && prefix != "" {
			bare = rest
			out = append(out, rest)
			break
		}
	}
	for _, s := range [...]struct{ long, short string }{
		{"派出所", "所"},
		{"街道办事处", "街道办"},
		{"街道办事处", "街道"},
	} {
		if stem, ok := strings.CutSuffix(bare, s.long); ok {
			out = append(out, stem+s.short)
		}
	}
	return out
}

// taskItems finds tasks by their screened titles, with how they stand on the day.
func (c *config) taskItems(tasks []store.Task, lang store.Lang, today store.Date) []find.Item {
	awaited := store.Awaited(tasks)
	items := make([]find.Item, len(tasks))
	for i, t := range tasks {
		items[i] = find.Item{Kind: find.Task, Code: t.ID, Name: t.Title, Detail: c.taskDetail(t, lang, today, awaited(t))}
	}
	return items
}

// caseItems finds cases by type and day: the mirror knows no name to find them by.
func caseItems(cases []store.Case, cfg *config) []find.Item {
	items := make([]find.Item, len(cases))
	for i, c := range cases {
		items[i] = find.Item{
			Kind:   find.Case,
			Code:   c.ID,
			Name:   c.Type,
			Detail: join(" ", cfg.Units.Name(c.Unit), c.Accepted.String(), cfg.Units.Name(c.Street)),
			Others: []string{c.Accepted.String(), c.Solved.String()},
		}
	}
	return items
}

// pageItems are the board's pages, by their names and the digits that open them.
func (c *config) pageItems(lang store.Lang) []find.Item {
	var items []find.Item
	for _, p := range c.Pages.Pages() {
		zh, en := c.Pages.Title(words.Of(store.Chinese), p.Name), c.Pages.Title(words.Of(store.English), p.Name)
		item := find.Item{Kind: find.Page, Code: p.Name, Name: lang.Pick(zh, en), Others: []string{zh, en, p.Name}}
		if p.Digit > 0 {
			item.Detail = strconv.Itoa(p.Digit)
		}
		items = append(items, item)
	}
	return items
}

// kind names for people what was found.
func (a *app) kind(k find.Kind) string {
	switch k {
	case find.Unit:
		return a.lang.Pick("单位", "unit")
	case find.Indicator:
		return a.lang.Pick("指标", "indicator")
	case find.Task:
		return a.lang.Pick("任务", "task")
	case find.Case:
		return a.lang.Pick("案件", "case")
	default:
		return a.lang.Pick("页面", "page")
	}
}

// unitNamed returns the code of the unit that was typed: its code, name, alias
// or pinyin. What fits several is an error and never a guess.
func (c *config) unitNamed(typed string) (string, error) {
	if typed == store.DistrictCode || typed == "全区" || typed == c.Settings.District.Name && typed != "" {
		return store.DistrictCode, nil
	}
	return sure(find.New(c.items(store.Chinese)), find.Unit, typed, "unit")
}

// indicatorNamed returns the code of the indicator that was typed, likewise.
func (c *config) indicatorNamed(typed string) (string, error) {
	return sure(find.New(c.items(store.Chinese)), find.Indicator, typed, "indicator")
}

// sure returns the one code that the words name. A code or name typed as it is
// wins over what is spelt alike; word is how messages call the kind.
func sure(x *find.Index, kind find.Kind, typed, word string) (string, error) {
	hits := x.Sure(kind, typed)
	for _, h := range hits {
		if h.Code == typed || h.Name == typed {
			return h.Code, nil
		}
	}
	switch len(hits) {
	case 0:
		return "", store.NewError(word+"_not_found", nil, clean(typed))
	case 1:
		return hits[0].Code, nil
	}
	names := make([]string, len(hits))
	for i, h := range hits {
		names[i] = h.Name + " (" + h.Code + ")"
	}
	return "", store.NewError(word+"_many", nil, clean(typed), strings.Join(names, ", "))
}
