package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jindu/store"
)

// Exit statuses. Commands that judge say more with them; see pull and check.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// Process is what a run of the program is given by its surroundings.
type Process struct {
	Args   []string // without the program's name
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	Getenv func(string) string
	Now    func() time.Time
}

// app is one run: its surroundings, and what the global flags say.
type app struct {
	Process
	out     *counter // Stdout, which knows whether anything was written
	lang    store.Lang
	config  string // --config
	wide    bool   // the terminal says that it draws rules and blocks two cells wide
	asOf    string // --as-of
	noColor bool   // --no-color, or NO_COLOR
}

// status is an exit status that is no error: the command did its work and has
// said all there is to say.
type status int

// Error makes a status pass through cobra, which knows only errors.
func (s status) Error() string { return "status" }

// Run runs the program and returns its exit status. Errors are told on Stderr;
// with --json, Stdout gets valid JSON whatever happens.
func Run(ctx context.Context, p Process) int {
	out := &counter{w: p.Stdout}
	p.Stdout = out
	a := &app{Process: p, out: out, lang: languageOf(p.Args)}
	root := a.rootCommand()
	root.SetArgs(p.Args)
	root.SetIn(p.Stdin)
	root.SetOut(p.Stdout)
	root.SetErr(p.Stderr)
	cmd, err := root.ExecuteContextC(ctx)
	var s status
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &s):
		return int(s)
	}
	a.fail(err)
	if wantsJSON(p.Args) && out.n == 0 {
		a.failJSON(cmd.Name(), err)
	}
	return failStatus(cmd.Name(), err)
}

// failStatus tells a command that could not do its work from one that judged:
// pull and check keep 1 for "partly".
func failStatus(command string, err error) int {
	if store.ErrorCode(err) == "usage" || command == "pull" || command == "check" {
		return exitUsage
	}
	return exitFailed
}

// rootCommand builds the commands in the language of the run.
func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:           "jindu",
		Short:         a.lang.Pick("禁毒工作数据看板", "the board of a district drug-control command centre"),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return a.usage("没有命令 "+args[0], "no command "+args[0])
			}
			return nil
		},
		PersistentPreRunE: func(*cobra.Command, []string) error { return a.checkGlobals() },
		RunE:              func(cmd *cobra.Command, _ []string) error { return a.board(cmd.Context()) },
	}
	flags := root.PersistentFlags()
	flags.StringVar(&a.config, "config", "", a.lang.Pick("配置文件（默认 ./jindu.toml，其次用户配置文件夹）", "configuration file (default ./jindu.toml, else the user's folder)"))
	flags.StringVar((*string)(&a.lang), "lang", string(a.lang), a.lang.Pick("语言：zh 或 en", "language: zh or en"))
	flags.StringVar(&a.asOf, "as-of", "", a.lang.Pick("当时所知，如 2026-06-26 14:05", "as known at a moment, such as 2026-06-26 14:05"))
	flags.BoolVar(&a.noColor, "no-color", a.Getenv("NO_COLOR") != "", a.lang.Pick("不用颜色", "no colours"))
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		return store.NewError("usage", nil, err.Error())
	})
	root.AddCommand(
		a.demoCommand(),
		a.initCommand(),
		a.wallCommand(),
		a.pullCommand(),
		a.acceptCommand(),
		a.backupCommand(),
		a.restoreCommand(),
		a.checkCommand(),
		a.listCommand(),
		a.figureCommand(),
		a.findCommand(),
		a.templateCommand(),
		a.serveCommand(),
		a.keyCommand(),
		a.auditCommand(),
		a.briefCommand(),
		a.doctorCommand(),
		a.versionCommand(),
	)
	a.localise(root)
	return root
}

// checkGlobals checks what cobra cannot: a language that there is none of.
func (a *app) checkGlobals() error {
	if a.lang != store.Chinese && a.lang != store.English {
		bad := string(a.lang)
		a.lang = store.Chinese
		return a.usage("--lang 只能是 zh 或 en，不能是 "+bad, "--lang is zh or en, not "+bad)
	}
	return nil
}

// usage makes the error of a command that was typed wrongly.
func (a *app) usage(zh, en string) error {
	return store.NewError("usage", nil, a.lang.Pick(zh, en))
}

// args checks how many arguments a command got; high below 0 is any number.
func (a *app) args(low, high int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < low || high >= 0 && len(args) > high {
			return a.usage("用法："+cmd.UseLine(), "usage: "+cmd.UseLine())
		}
		return nil
	}
}

// languageOf finds the language before the commands are built, since their
// help is written in it. The system's locale does not matter: a wall in the
// duty room must not change its language with the machine.
func languageOf(args []string) store.Lang {
	for i, arg := range args {
		value, ok := strings.CutPrefix(arg, "--lang=")
		if !ok && arg == "--lang" && i+1 < len(args) {
			value, ok = args[i+1], true
		}
		if ok && store.Lang(value) == store.English {
			return store.English
		}
	}
	return store.Chinese
}

// wantsJSON is asked when a command failed, perhaps before its flags were read.
func wantsJSON(args []string) bool {
	for _, arg := range args {
		if arg == "--json" || arg == "--json=true" {
			return true
		}
	}
	return false
}

// counter is a writer that knows how much went through it.
type counter struct {
	w io.Writer
	n int
}

// Write passes the bytes on.
func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += n
	return n, err
}
