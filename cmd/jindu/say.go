package main

// All talking to the terminal goes through this file and table.go, by these rules:
//
//   - what was asked for goes to Stdout, everything else to Stderr;
//   - an error is one line, then a line with what to do next;
//   - personal data never gets here: names are masked where they are read; what
//     could move a cursor, turn a text round or hide in it is taken out here once
//     more, as what a person typed into the configuration comes by no other door;
//   - a pipe gets no progress and no colours.

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"jindu/store"
	"jindu/sync"
	"jindu/sync/source"
	"jindu/tui/widget"
)

// fail tells an error and its hint.
func (a *app) fail(err error) {
	message, hint := a.explain(err)
	a.note(a.lang.Pick("错误：", "error: ") + message)
	if hint != "" {
		a.note(a.lang.Pick("提示：", "hint: ") + hint)
	}
}

// explain returns the sentence and the hint. An error without a code is the
// program's own fault and says so.
func (a *app) explain(err error) (message, hint string) {
	var e *store.Error
	switch {
	case errors.Is(err, context.Canceled):
		e = store.NewError("interrupted", nil)
	case !errors.As(err, &e):
		e = store.NewError("internal", nil, oneLine(err.Error()))
	}
	return oneLine(e.Message(a.lang)), oneLine(e.Hint(a.lang))
}

// failJSON gives scripts the error in the shape that they expect of the command.
func (a *app) failJSON(command string, err error) {
	if command == "find" || command == "list" {
		a.json([]any{})
		return
	}
	message, hint := a.explain(err)
	out := map[string]any{"error": map[string]any{
		"code":    store.ErrorCode(err),
		"message": message,
		"hint":    hint,
	}}
	switch command {
	case "pull":
		out["sources"] = []any{}
	case "check":
		out["files"] = []any{}
	}
	a.json(out)
}

// note writes a line to Stderr.
func (a *app) note(line string) { writeLine(a.Stderr, line) }

// line writes a line of what was asked for.
func (a *app) line(line string) { writeLine(a.Stdout, line) }

// writeLine gives up on a reader that has gone, as of jindu list | head: there
// is nobody left to tell.
func writeLine(w io.Writer, line string) { _, _ = io.WriteString(w, widget.Clean(line)+"\n") }

// drawn writes what the board has drawn: its own sequences in it are meant.
func (a *app) drawn(screen string) { _, _ = io.WriteString(a.Stdout, screen+"\n") } // see writeLine

// json writes a value, one line to an element so that lists can be read and compared.
func (a *app) json(v any) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	_ = enc.Encode(v) // of our own types, which all have a JSON form
	a.writeJSON(b.Bytes())
}

// mostMarks is how many combining marks any script puts on one character.
const mostMarks = 4

// writeJSON writes JSON with everything escaped that a terminal would obey or
// not show: scripts get it back as it was.
func (a *app) writeJSON(data []byte) {
	var b bytes.Buffer
	marks := 0 // on the character before
	for _, r := range string(data) {
		if marks++; !unicode.Is(unicode.M, r) {
			marks = 0
		}
		switch {
		case r < 0x7F || marks <= mostMarks && !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp):
			b.WriteRune(r)
		default:
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, `\u%04x`, unit)
			}
		}
	}
	_, _ = a.Stdout.Write(b.Bytes()) // see writeLine
}

// oneLine keeps an error to the one line that it is promised to be.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// terminal reports whether the writer is a terminal that somebody watches.
func terminal(w io.Writer) bool {
	if c, ok := w.(*counter); ok {
		w = c.w
	}
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}

// progress returns what shows a pull's progress on a terminal, and nothing in a pipe.
func (a *app) progress() func(sync.Progress) {
	if !terminal(a.Stderr) {
		return nil
	}
	return func(p sync.Progress) {
		step := a.lang.Pick("查看", "looking")
		if p.Step == sync.Reading {
			step = a.lang.Pick("读取", "reading")
		}
		line := fmt.Sprintf("\r%s %s %d/%d\x1b[K", step, widget.Clean(p.Source), p.Done, p.Total)
		if p.Done == p.Total {
			line = "\r\x1b[K"
		}
		_, _ = io.WriteString(a.Stderr, line) // see writeLine
	}
}

// localise words cobra's own texts in the language of the run.
func (a *app) localise(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			c.Short = a.lang.Pick("显示命令的用法", "how to use a command")
		case "completion":
			c.Short = a.lang.Pick("生成命令行补全脚本", "make a completion script for a shell")
		}
		c.InitDefaultHelpFlag()
		c.Flags().Lookup("help").Usage = a.lang.Pick("显示用法", "show how to use it")
	}
	root.InitDefaultHelpFlag()
	root.Flags().Lookup("help").Usage = a.lang.Pick("显示用法", "show how to use it")
	root.SetUsageTemplate(a.lang.Pick(usageZH, usageEN))
}

const usageZH = `用法：
  {{.UseLine}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} 命令{{end}}{{if .HasExample}}

示例：
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

命令：{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

选项：
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

通用选项：
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`

const usageEN = `Usage:
  {{.UseLine}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} command{{end}}{{if .HasExample}}

Examples:
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

Commands:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Options:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

Global options:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`

// clean makes what somebody typed harmless to repeat.
func clean(typed string) string { return source.Clean(typed) }
