package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// verdict is what the doctor thinks of one thing.
type verdict string

// The verdicts: what is well, what a person should look at, and what keeps the
// board from being right.
const (
	verdictWell verdict = "ok"
	verdictMind verdict = "warning"
	verdictBad  verdict = "error"
)

// checkup is one thing that was looked at.
type checkup struct {
	Check string  `json:"check"` // terminal, width, config, mirror...
	State verdict `json:"state"`
	Found string  `json:"found"`
	Hint  string  `json:"hint"`
}

// doctorCommand looks at everything that the board rests on and says what is wrong
// and what to do about it.
func (a *app) doctorCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: a.lang.Pick("体检：终端、字符宽度、配置、镜像库、来源、密钥、磁盘、时钟", "look at the terminal, widths, configuration, mirror, sources, keys, disk and clock"),
		Args:  a.args(0, 0),
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.doctor(cmd.Context(), asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, a.lang.Pick("输出 JSON", "write JSON"))
	return cmd
}

// doctor tells everything that it finds; that something is bad is its exit status.
func (a *app) doctor(ctx context.Context, asJSON bool) error {
	all := a.examine(ctx)
	bad := 0
	for _, one := range all {
		if one.State == verdictBad {
			bad++
		}
	}
	if asJSON {
		a.json(map[string]any{"checks": all})
	} else {
		a.prescribe(all)
	}
	if bad > 0 {
		return store.NewError("doctor_bad", nil, fmt.Sprint(bad))
	}
	return nil
}

// prescribe writes the findings for people, with the test pattern where somebody
// looks at it.
func (a *app) prescribe(all []checkup) {
	t := newTable(a.lang.Pick("项目", "check"), a.lang.Pick("结果", "state"), a.lang.Pick("情况", "found"))
	for _, one := range all {
		t.add(a.checkName(one.Check), a.verdictName(one.State), one.Found)
		if one.Hint != "" {
			t.add("", "", "  "+one.Hint)
		}
	}
	a.table(t)
	if terminal(a.out.w) {
		a.line("")
		for _, line := range a.pattern() {
			a.line(line)
		}
	}
}

func (a *app) checkName(check string) string {
	zh := map[string]string{
		"version": "版本", "terminal": "终端", "colours": "颜色", "locale": "字符编码", "width": "字符宽度", "config": "配置", "mirror": "镜像库",
		"pull": "最近拉取", "source": "来源", "key": "密钥", "backup": "备份", "disk": "磁盘", "clock": "时钟", "export": "导出",
	}
	if name, ok := zh[check]; ok && a.lang == store.Chinese {
		return name
	}
	return check
}

func (a *app) verdictName(v verdict) string {
	switch v {
	case verdictWell:
		return a.lang.Pick("正常", "ok")
	case verdictMind:
		return a.lang.Pick("注意", "mind")
	default:
		return a.lang.Pick("不行", "bad")
	}
}

// pattern is what an eye judges the font by: in a terminal that draws every
// character as wide as jindu thinks, the bars at the right stand under each other.
func (a *app) pattern() []string {
	g := style.UnicodeGlyphs()
	run := func(r rune, n int) string { return strings.Repeat(string(r), n) }
	rows := []string{
		a.lang.Pick("汉字 禁毒办 城西派出所", "Han   禁毒办 城西派出所"),
		run(g.Rule, 20),
		run(g.Heavy, 20),
		string(g.Spark) + " " + string(g.Hero),
		"▄▀▀  ▄█ ▀▀▀█ █▀▀▀",
		"a › b › C4 " + g.Cut,
		"12,345.6  +18*  1/3",
	}
	out := []string{a.lang.Pick("下面每行右端的竖线应当对齐，方块之间没有缝、不重叠：", "the bars at the right should stand under each other, the blocks without gaps or overlaps:")}
	for _, row := range rows {
		out = append(out, "  "+widget.PadRight(row, 26)+"|")
	}
	return append(out, a.lang.Pick(`没有对齐就在配置里写 glyphs = "ascii"`, `where they do not, write glyphs = "ascii" into the configuration`))
}
