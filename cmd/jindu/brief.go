package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"jindu/store"
	"jindu/tui"
	"jindu/tui/page"
)

// The size of the screen that a briefing is taken from: wide enough for every
// panel that a page has.
const (
	briefWidth  = 200
	briefHeight = 100
)

// briefFlags are the flags of a briefing as they were typed.
type briefFlags struct {
	page, period, format, out string
	force                     bool
}

// briefCommand writes a page as a paper for a meeting, from the same view as the
// board.
func (a *app) briefCommand() *cobra.Command {
	var f briefFlags
	cmd := &cobra.Command{
		Use:   "brief",
		Short: a.lang.Pick("会议用的简报，或看板的任何一页：文本、Markdown、电子表格", "a briefing for a meeting, or any page of the board, as text, Markdown or a workbook"),
		Args:  a.args(0, 0),
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.brief(cmd.Context(), f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.page, "page", page.SheetPage, a.lang.Pick("哪一页，如 overview、enforcement、tasks", "which page, such as overview, enforcement or tasks"))
	flags.StringVar(&f.period, "period", "", a.lang.Pick("期间，如 2026-06", "period, such as 2026-06"))
	flags.StringVar(&f.format, "format", "", a.lang.Pick("md、txt、csv 或 xlsx（默认按文件名，没有文件名就是 md）", "md, txt, csv or xlsx (default: by the file's name, else md)"))
	flags.StringVar(&f.out, "out", "", a.lang.Pick("写到文件；默认打印", "write a file instead of printing"))
	flags.BoolVar(&f.force, "force", false, a.lang.Pick("替换已有的文件", "replace a file that is there"))
	return cmd
}

// brief takes the page out of one snapshot and writes it.
func (a *app) brief(ctx context.Context, f briefFlags) error {
	format, err := a.briefFormat(f)
	if err != nil {
		return err
	}
	cfg, err := a.setting()
	if err != nil {
		return err
	}
	var period store.Period
	if f.period != "" {
		if period, err = store.ParsePeriod(f.period); err != nil {
			return store.NewError("period_bad", err, f.period)
		}
	}
	asOf, err := a.past(cfg.Settings.Zone)
	if err != nil {
		return err
	}
	db, err := openMirror(ctx, cfg, true)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // nothing was written
	shown := galleryOf(db)
	s, err := shown.Snapshot(ctx, store.SnapshotRequest{Period: period, AsOf: asOf, Now: a.Now()})
	if err != nil {
		return err
	}
	e, ok := tui.Take(s, a.screen(cfg, shown), f.page, briefWidth, briefHeight)
	if !ok {
		return a.usage("没有 "+f.page+" 这一页", "there is no page "+f.page)
	}
	e.Format = format
	data, err := a.exported(e)
	if err != nil {
		return err
	}
	if f.out == "" {
		_, _ = a.out.Write(data) // see writeLine
		return nil
	}
	return a.writeBrief(f.out, data, f.force)
}

// briefFormat goes by the flag, else by the file's name. A workbook is not printed.
func (a *app) briefFormat(f briefFlags) (tui.Format, error) {
	format := tui.Format(f.format)
	if f.format == "" {
		format = tui.AsMarkdown
		if ending := filepath.Ext(f.out); ending != "" {
			format = tui.Format(ending[1:])
		}
	}
	switch format {
	case tui.AsText, tui.AsCSV, tui.AsMarkdown:
		return format, nil
	case tui.AsWorkbook:
		if f.out == "" {
			return "", a.usage("xlsx 要用 --out 写到文件", "a workbook needs --out FILE")
		}
		return format, nil
	default:
		return "", a.usage("--format 只能是 md、txt、csv、xlsx，不能是 "+string(format), "--format is md, txt, csv or xlsx, not "+string(format))
	}
}

// writeBrief writes the file; one that is there only where that is wanted.
func (a *app) writeBrief(path string, data []byte, force bool) error {
	how := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if force {
		how = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	file, err := os.OpenFile(path, how, 0o600)
	if os.IsExist(err) {
		return store.NewError("file_exists", err, path)
	}
	if err != nil {
		return store.NewError("cannot_write", err, path)
	}
	if _, err := file.Write(data); err != nil {
		_ = file.Close() // the first error says more
		return store.NewError("cannot_write", err, path)
	}
	if err := file.Close(); err != nil {
		return store.NewError("cannot_write", err, path)
	}
	a.line(path)
	return nil
}
