package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"jindu/store"
	"jindu/store/sqlite"
	"jindu/tui/widget"
)

// What the doctor minds.
const (
	leastDisk  = 1 << 30            // bytes that a mirror, its backups and exports need to grow
	oldBackup  = 3 * 24 * time.Hour // one a day is made, so three without one are no accident
	clockSlack = 2 * time.Minute
)

// examine looks at one thing after the other. Without a configuration there is no
// mirror to look at.
func (a *app) examine(ctx context.Context) []checkup {
	out := []checkup{{Check: "version", State: verdictWell, Found: "jindu " + versionOf()}}
	out = append(out, a.checkTerminal()...)
	cfg, err := a.setting()
	if err != nil {
		return append(out, a.failed("config", err))
	}
	out = append(out, checkup{Check: "config", State: verdictWell, Found: a.lang.Pick(
		cfg.File+"，"+strconv.Itoa(cfg.Units.Len())+" 个单位，"+strconv.Itoa(len(cfg.Sources))+" 个来源",
		cfg.File+", "+strconv.Itoa(cfg.Units.Len())+" units, "+strconv.Itoa(len(cfg.Sources))+" sources")})
	out = append(out, a.checkMirror(ctx, cfg)...)
	out = append(out, a.checkSources(ctx, cfg)...)
	return append(out, a.checkKey(cfg), a.checkBackup(cfg), a.checkDisk(cfg), a.checkExport(cfg))
}

// failed is a thing that does not work, in the words of its error.
func (a *app) failed(check string, err error) checkup {
	message, hint := a.explain(err)
	return checkup{Check: check, State: verdictBad, Found: message, Hint: hint}
}

// checkTerminal looks at what the board would be drawn on.
func (a *app) checkTerminal() []checkup {
	if !terminal(a.out.w) {
		return []checkup{{Check: "terminal", State: verdictWell, Found: a.lang.Pick("输出不是终端，终端的几项没有查", "the output is no terminal: what concerns it was not looked at")}}
	}
	one := checkup{Check: "terminal", State: verdictWell, Found: a.Getenv("TERM")}
	if f, ok := a.out.w.(*os.File); ok {
		if w, h, err := term.GetSize(f.Fd()); err == nil {
			one.Found += " " + strconv.Itoa(w) + "x" + strconv.Itoa(h)
			if w < 80 || h < 24 {
				one.State, one.Hint = verdictMind, a.lang.Pick("80x24 起才显示全部栏目", "80x24 and more shows every panel")
			}
		}
	}
	if a.Getenv("TMUX") != "" {
		one.Found += " tmux"
	}
	return []checkup{one, a.checkColours(), a.checkLocale(), a.checkWidth()}
}

func (a *app) checkColours() checkup {
	profile := colorprofile.Detect(a.out.w, os.Environ())
	one := checkup{Check: "colours", State: verdictWell, Found: profile.String()}
	if profile < colorprofile.ANSI256 && a.Getenv("NO_COLOR") == "" && !a.noColor {
		one.Hint = a.lang.Pick("终端若支持真彩色，设 COLORTERM=truecolor", "where the terminal has all colours, set COLORTERM=truecolor")
	}
	return one
}

// checkLocale looks at the encoding that programs beside jindu believe in; jindu
// itself writes UTF-8.
func (a *app) checkLocale() checkup {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		value := a.Getenv(name)
		if value == "" {
			continue
		}
		one := checkup{Check: "locale", State: verdictWell, Found: name + "=" + value}
		plain := strings.ToLower(strings.ReplaceAll(value, "-", ""))
		if !strings.Contains(plain, "utf8") {
			one.State = verdictMind
			one.Hint = a.lang.Pick("jindu 输出 UTF-8；终端显示乱码就设 LANG=C.UTF-8", "jindu writes UTF-8; where the terminal shows other characters, set LANG=C.UTF-8")
		}
		return one
	}
	return checkup{Check: "locale", State: verdictWell, Found: "UTF-8"}
}

// checkWidth asks the terminal how wide it draws a character of which fonts
// disagree.
func (a *app) checkWidth() checkup {
	one := checkup{Check: "width", State: verdictWell}
	switch a.askWidth() {
	case 1:
		one.Found = a.lang.Pick("线条和方块占一格", "rules and blocks take one cell")
	case 0:
		one.Found = a.lang.Pick("终端没有回答；看下面的图案", "the terminal did not answer: look at the pattern below")
	default:
		one.State = verdictMind
		one.Found = a.lang.Pick("线条和方块占两格", "rules and blocks take two cells")
		one.Hint = a.lang.Pick(`glyphs = "auto" 时看板自动改用 ASCII 字符`, `with glyphs = "auto" the board uses ASCII characters by itself`)
	}
	return one
}

// checkMirror opens the mirror for reading and looks at its age and its clock.
func (a *app) checkMirror(ctx context.Context, cfg *config) []checkup {
	info, err := os.Stat(cfg.Mirror)
	if errors.Is(err, fs.ErrNotExist) {
		found := cfg.Mirror + a.lang.Pick(" 还没有", " is not there yet")
		hint := a.lang.Pick("运行 jindu pull 或打开看板就会建立", "jindu pull, or opening the board, makes it")
		return []checkup{{Check: "mirror", State: verdictMind, Found: found, Hint: hint}}
	}
	db, err := openMirror(ctx, cfg, true)
	if err != nil {
		return []checkup{a.failed("mirror", err)}
	}
	defer func() { _ = db.Close() }() // nothing was written
	if err := db.Check(ctx); err != nil {
		return []checkup{a.failed("mirror", err)}
	}
	found := cfg.Mirror
	if info != nil {
		found += " " + sizeText(info.Size())
	}
	out := []checkup{{Check: "mirror", State: verdictWell, Found: found + a.lang.Pick("，逐页核对无误", ", every page is sound")}}
	return append(out, a.checkPulls(ctx, cfg, db)...)
}

// checkPulls looks at when each source was last looked at, and whether the clock
// has gone back since.
func (a *app) checkPulls(ctx context.Context, cfg *config, db *sqlite.DB) []checkup {
	pulls, err := db.Pulls(ctx, time.Time{}, 1)
	if err != nil {
		return []checkup{a.failed("pull", err)}
	}
	if len(pulls) == 0 {
		return []checkup{{Check: "pull", State: verdictMind, Found: a.lang.Pick("从未拉取", "never"), Hint: a.lang.Pick("运行 jindu pull", "run jindu pull")}}
	}
	last := pulls[0].Started
	for _, p := range pulls {
		if p.Started.After(last) {
			last = p.Started
		}
	}
	now := a.Now()
	out := []checkup{{Check: "pull", State: verdictWell, Found: last.In(cfg.Settings.Zone).Format("2006-01-02 15:04") + " " +
		widget.Age(now.Sub(last), a.lang) + a.lang.Pick("前", " ago")}}
	clock := checkup{Check: "clock", State: verdictWell, Found: now.In(cfg.Settings.Zone).Format("2006-01-02 15:04:05 -07:00")}
	if last.After(now.Add(clockSlack)) {
		clock.State = verdictBad
		clock.Hint = a.lang.Pick("时钟比镜像库里最近一次拉取还早：先校准时钟，再拉取", "the clock is before the last pull: set it right before anything is pulled")
	}
	return append(out, clock)
}

// checkSources lists each source, as a pull would.
func (a *app) checkSources(ctx context.Context, cfg *config) []checkup {
	var out []checkup
	for _, s := range cfg.Sources {
		entries, err := sourceOf(s).List(ctx)
		if err != nil {
			one := a.failed("source", err)
			one.Found = s.Name + "  " + one.Found
			out = append(out, one)
			continue
		}
		out = append(out, checkup{
			Check: "source", State: verdictWell,
			Found: s.Name + "  " + strconv.Itoa(len(entries)) + a.lang.Pick(" 个文件", " files"),
		})
	}
	return out
}

// checkKey looks at the key of case numbers: it must be there once there is a
// mirror, and nobody else may read it.
func (a *app) checkKey(cfg *config) checkup {
	path := secretPath(cfg.Mirror)
	info, err := os.Stat(path)
	one := checkup{Check: "key", State: verdictWell, Found: path}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		one.Found += a.lang.Pick(" 还没有", " is not there yet")
		if _, err := os.Stat(cfg.Mirror); err == nil {
			one.State = verdictMind
			one.Hint = a.lang.Pick("从备份取回，否则案件编号对不上", "take it from a backup, else the numbers of cases will not match")
		}
	case err != nil:
		return a.failed("key", store.NewError("mirror_readonly", err))
	case othersMayRead(info):
		one.State = verdictBad
		one.Hint = a.lang.Pick("别人也能读：chmod 600 ", "others can read it: chmod 600 ") + path
	}
	return one
}

// checkBackup looks at how old the newest backup is.
func (a *app) checkBackup(cfg *config) checkup {
	if cfg.Backup.Daily+cfg.Backup.Weekly == 0 {
		return checkup{
			Check: "backup", State: verdictMind, Found: a.lang.Pick("没有自动备份", "none is made"),
			Hint: a.lang.Pick("backup.daily 写 7 就每天备份", "backup.daily = 7 makes one a day"),
		}
	}
	all, err := newRing(cfg).all()
	if err != nil {
		return a.failed("backup", err)
	}
	one := checkup{Check: "backup", State: verdictMind, Found: a.lang.Pick("还没有", "none yet"), Hint: a.lang.Pick("jindu backup 现在就做一份", "jindu backup makes one now")}
	if len(all) > 0 {
		age := a.Now().Sub(all[0].at)
		one.Found = all[0].path + " " + widget.Age(age, a.lang) + a.lang.Pick("前", " ago")
		if age < oldBackup {
			one.State, one.Hint = verdictWell, ""
		}
	}
	return one
}

// checkDisk looks at the room beside the mirror.
func (a *app) checkDisk(cfg *config) checkup {
	dir := filepath.Dir(cfg.Mirror)
	free, ok := freeDisk(dir)
	if !ok {
		return checkup{Check: "disk", State: verdictWell, Found: a.lang.Pick("没有查", "not looked at")}
	}
	one := checkup{Check: "disk", State: verdictWell, Found: dir + "  " + sizeText(free) + a.lang.Pick(" 可用", " free")}
	if free < leastDisk {
		one.State, one.Hint = verdictBad, a.lang.Pick("少于 1 GB：腾出空间，镜像库写满会停止拉取", "less than 1 GB: make room, a full disk stops every pull")
	}
	return one
}

// checkExport looks whether views could be written: into the folder, or beside
// where it will be made.
func (a *app) checkExport(cfg *config) checkup {
	one := checkup{Check: "export", State: verdictWell, Found: cfg.Export}
	info, err := os.Stat(cfg.Export)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		one.Found += a.lang.Pick("，第一次导出时建立", ", made by the first export")
	case err != nil || !info.IsDir():
		one.State, one.Hint = verdictMind, a.lang.Pick("不是能写的文件夹；改 export.folder", "no folder that can be written; change export.folder")
	case othersMayRead(info):
		one.State, one.Hint = verdictMind, a.lang.Pick("别人也能读：chmod 700 ", "others can read it: chmod 700 ")+cfg.Export
	}
	return one
}

// sizeText writes a number of bytes in one measure.
func sizeText(n int64) string {
	for _, unit := range []struct {
		name string
		size float64
	}{{" GB", 1 << 30}, {" MB", 1 << 20}, {" kB", 1 << 10}} {
		if v := float64(n) / unit.size; v >= 1 {
			return strconv.FormatFloat(v, 'f', 1, 64) + unit.name
		}
	}
	return strconv.FormatInt(n, 10) + " B"
}
