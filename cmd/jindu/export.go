package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"jindu/store"
	"jindu/sync/template"
	"jindu/tui"
	"jindu/tui/page"
	"jindu/tui/widget"
)

// exporter writes views into the folder for exports. A file that is there is never
// replaced, and what is written only its owner can read.
func (a *app) exporter(cfg *config) func(context.Context, tui.Export) (string, error) {
	return func(_ context.Context, e tui.Export) (string, error) {
		data, err := a.exported(e)
		if err != nil {
			return "", err
		}
		if err := os.MkdirAll(cfg.Export, 0o700); err != nil {
			return "", store.NewError("export_failed", err, cfg.Export)
		}
		return writeExport(cfg.Export, filepath.Base(e.Name), string(e.Format), data)
	}
}

// writeExport writes a file of that name, or of the name and a number where one is
// there already.
func writeExport(dir, name, ending string, data []byte) (string, error) {
	f, err := newExport(dir, name, ending)
	if err != nil {
		return "", err
	}
	return f.Name(), fillExport(f, data)
}

// newExport makes the file, with nothing in it yet: the name is taken from then on.
func newExport(dir, name, ending string) (*os.File, error) {
	for n := 1; ; n++ {
		path := filepath.Join(dir, name+"."+ending)
		if n > 1 {
			path = filepath.Join(dir, name+"-"+strconv.Itoa(n)+"."+ending)
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return nil, store.NewError("export_failed", err, path)
		}
		return f, nil
	}
}

// fillExport writes the file whole and closes it; of what cannot be written whole
// nothing is left.
func fillExport(f *os.File, data []byte) error {
	_, err := f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		return store.NewError("export_failed", errors.Join(err, os.Remove(f.Name())), f.Name())
	}
	return nil
}

// exported is a view as the bytes of its file.
func (a *app) exported(e tui.Export) ([]byte, error) {
	switch e.Format {
	case tui.AsWorkbook:
		return workbookOf(e.Extract, store.DateOf(a.Now()))
	case tui.AsCSV:
		return csvOf(e.Extract, a.lang), nil
	case tui.AsMarkdown:
		return markdownOf(e.Extract), nil
	default:
		return []byte(strings.Join(append([]string{e.Extract.Title}, e.Extract.About...), "\n") + "\n\n" + squeezed(e.Screen) + "\n"), nil
	}
}

// squeezed is a screen without the room that a page leaves at its foot.
func squeezed(screen string) string {
	var out []string
	blank := 0
	for line := range strings.SplitSeq(screen, "\n") {
		if blank++; strings.TrimSpace(line) != "" {
			blank = 0
		}
		if blank < 2 {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// workbookOf makes a sheet of each table. Numbers are numbers, and texts are never
// formulas.
func workbookOf(x page.Extract, day store.Date) ([]byte, error) {
	tables := make([]template.Table, len(x.Sheets))
	for i, s := range x.Sheets {
		tables[i] = template.Table{Name: s.Name, About: aboutOf(x, s), Heads: s.Heads, Rows: unrounded(s.Rows)}
	}
	if len(tables) == 0 {
		tables = []template.Table{{Name: x.Title, About: append([]string{x.Title}, x.About...)}}
	}
	var b bytes.Buffer
	if err := template.WriteTables(&b, x.Title, day, tables); err != nil {
		return nil, store.NewError("export_failed", err, x.Title)
	}
	return b.Bytes(), nil
}

// unrounded are rows with every number as it is kept, for a program that goes on counting
// with them.
func unrounded(rows [][]any) [][]any {
	out := make([][]any, len(rows))
	for i, row := range rows {
		out[i] = slices.Clone(row)
		for j, value := range row {
			if v, ok := value.(page.Rounded); ok {
				out[i][j] = v.Kept
			}
		}
	}
	return out
}

// aboutOf says above a table what it is of and how complete.
func aboutOf(x page.Extract, s page.Sheet) []string {
	out := append([]string{x.Title + "   " + s.Name}, x.About...)
	if s.Note != "" {
		out = append(out, s.Note)
	}
	return out
}

// csvOf makes one table, with what it is of in columns of its own, so that rows that
// are pasted elsewhere keep it. A mark of the encoding lets office programs read
// it right.
func csvOf(x page.Extract, lang store.Lang) []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	about := append([]string{x.Title}, x.About...)
	if x.Focus < 0 {
		_ = w.Write(harmlessAll(about)) // a Buffer takes everything
	} else {
		s := x.Sheets[x.Focus]
		about = aboutOf(x, s)
		heads := strings.Fields(lang.Pick("页面 区与期间 时刻 可信度 面板", "page period moment trust panel"))
		_ = w.Write(harmlessAll(append(s.Heads[:len(s.Heads):len(s.Heads)], heads[:len(about)]...)))
		for _, row := range unrounded(s.Rows) {
			cells := make([]string, 0, len(row)+len(about))
			for _, value := range row {
				cells = append(cells, exportText(value))
			}
			_ = w.Write(harmlessAll(append(cells, about...)))
		}
	}
	w.Flush()
	return b.Bytes()
}

// exportText writes a value; what is missing is left blank and never 0.
func exportText(value any) string {
	switch v := value.(type) {
	case float64:
		return number(v)
	case page.Rounded:
		return exportText(v.Shown)
	case string:
		return v
	default:
		return ""
	}
}

// markdownOf writes the page's tables under each other.
func markdownOf(x page.Extract) []byte {
	var b strings.Builder
	b.WriteString("# " + markdownText(x.Title) + "\n\n")
	for _, line := range x.About {
		b.WriteString("- " + markdownText(line) + "\n")
	}
	for _, s := range x.Sheets {
		b.WriteString("\n## " + markdownText(s.Name) + "\n\n")
		if s.Note != "" {
			b.WriteString(markdownText(s.Note) + "\n\n")
		}
		heads := make([]any, len(s.Heads))
		for i, h := range s.Heads {
			heads[i] = h
		}
		b.WriteString(markdownRow(heads))
		b.WriteString("|" + strings.Repeat(" --- |", len(heads)) + "\n")
		for _, row := range s.Rows {
			b.WriteString(markdownRow(row))
		}
	}
	return []byte(b.String())
}

func markdownRow(row []any) string {
	cells := make([]string, len(row))
	for i, value := range row {
		cells[i] = markdownText(exportText(value))
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

// markdownText keeps a text a text: nothing in it is a mark, a link or a tag.
func markdownText(text string) string {
	return markdownMarks.Replace(widget.Clean(text))
}

var markdownMarks = strings.NewReplacer(`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "<", "&lt;", "`", "\\`", "[", `\[`, "]", `\]`, "#", `\#`)
