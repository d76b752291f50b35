package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/pelletier/go-toml/v2"

	"jindu/store"
	"jindu/sync"
	"jindu/tui/page"
)

// configName is the file that is looked for where none is named.
const configName = "jindu.toml"

// config is the configuration, read and judged: nothing in it needs checking again.
type config struct {
	File      string // as it was named or found
	Mirror    string // path of the mirror's file
	Units     store.Units
	Catalogue *store.Catalogue
	Settings  store.Settings
	Sources   []sourceConfig
	Pages     *page.Book // of the board
	Backup    backupConfig
	Retention store.Retention
	SSH       sshConfig
	Wall      wallConfig
	Export    string // folder that views are written into
	Theme     string // auto, dark or light
	Glyphs    string // auto, unicode or ascii
	Mouse     bool   // the board takes the mouse: the terminal selects text with Shift only
}

// backupConfig says where the mirror's backups lie and how many are kept: the last
// one of each of so many days and weeks.
type backupConfig struct {
	Folder        string
	Daily, Weekly int
}

// What theme and glyphs can be.
const (
	themeAuto     = "auto"
	themeDark     = "dark"
	themeLight    = "light"
	glyphsAuto    = "auto"
	glyphsUnicode = "unicode"
	glyphsASCII   = "ascii"
)

// sourceConfig is one source with what only the puller needs of it.
type sourceConfig struct {
	store.SourceSetting
	Schedule string
}

// document is jindu.toml as it is written. Every key stands here and nowhere
// else; an unknown one is an error.
type document struct {
	Mirror      string   `toml:"mirror"`
	UnitsFile   string   `toml:"units_file"`
	TimeZone    string   `toml:"time_zone"`
	Theme       string   `toml:"theme"`
	Glyphs      string   `toml:"glyphs"`
	Mouse       bool     `toml:"mouse"`
	BureauNames []string `toml:"bureau_names"`
	District    struct {
		Name        string   `toml:"name"`
		Population  int      `toml:"population"`
		BureauNames []string `toml:"bureau_names"`
	} `toml:"district"`
	Report struct {
		DueDay      int    `toml:"due_day"`
		CloseDays   int    `toml:"close_days"`
		DueShift    string `toml:"due_shift"`
		MonthStarts int    `toml:"month_starts"`
	} `toml:"report"`
	Backup struct {
		Folder string `toml:"folder"`
		Daily  int    `toml:"daily"`
		Weekly int    `toml:"weekly"`
	} `toml:"backup"`
	Retention struct {
		VersionMonths int `toml:"version_months"`
		ClosedYears   int `toml:"closed_years"`
		FindingMonths int `toml:"finding_months"`
	} `toml:"retention"`
	SSH    sshEntry `toml:"ssh"`
	Export struct {
		Folder string `toml:"folder"`
	} `toml:"export"`
	Calendar struct {
		File string `toml:"file"`
	} `toml:"calendar"`
	Units      []unitEntry      `toml:"unit"`
	Sources    []sourceEntry    `toml:"source"`
	Indicators []indicatorEntry `toml:"indicator"`
	Aliases    []aliasEntry     `toml:"alias"`
	Targets    []targetEntry    `toml:"target"`
	Forms      []formEntry      `toml:"form"`
	Rules      []ruleEntry      `toml:"rule"`
	Expect     []expectEntry    `toml:"expect"`
	Practice   []practiceEntry  `toml:"practice"`
	Wall       wallEntry        `toml:"wall"`
	Alerts     []alertEntry     `toml:"alert"`
	Pages      []page.Plan      `toml:"page"`
	Panels     []page.Spec      `toml:"panel"`
	Campaigns  []campaignEntry  `toml:"campaign"`
	Attention  *attentionEntry  `toml:"attention"`
	Grades     []gradeEntry     `toml:"grade"`

	Requirements []requirementEntry `toml:"requirement"`
	Inspection   inspectionEntry    `toml:"inspection"`
}

// unitEntry is one [[unit]], or a row of the units file.
type unitEntry struct {
	Code    string   `toml:"code"`
	Name    string   `toml:"name"`
	Kind    string   `toml:"kind"`
	Parent  string   `toml:"parent"`
	Aliases []string `toml:"aliases"`
	Sums    string   `toml:"sums"`
}

// sourceEntry is one [[source]]: a place that workbooks come from.
type sourceEntry struct {
	Name     string `toml:"name"`
	Remote   string `toml:"remote"`
	Schedule string `toml:"schedule"`
	Unit     string `toml:"unit"`
}

// indicatorEntry is one [[indicator]]: a district's own, or what it says otherwise
// of one in the catalogue; what is left out stays as the catalogue has it.
type indicatorEntry struct {
	Code        string   `toml:"code"`
	Name        string   `toml:"name"`
	Short       string   `toml:"short"`
	English     string   `toml:"english"`
	Group       string   `toml:"group"`
	Measure     string   `toml:"measure"`
	Kind        string   `toml:"kind"`
	Numerator   string   `toml:"numerator"`
	Denominator string   `toml:"denominator"`
	Scale       float64  `toml:"scale"`
	Polarity    string   `toml:"polarity"`
	Cadence     string   `toml:"cadence"`
	Reporters   []string `toml:"reporters"`
	Sensitive   bool     `toml:"sensitive"`
	Origin      string   `toml:"origin"`
	Aliases     []string `toml:"aliases"`
	Definition  string   `toml:"definition"`
}

// aliasEntry is one [[alias]]: other names of one indicator, of one unit or of a
// ledger's field, as they stand in heads and titles. Form keeps the names of an
// indicator to the reports of that form.
type aliasEntry struct {
	Indicator string   `toml:"indicator"`
	Unit      string   `toml:"unit"`
	Form      string   `toml:"form"`
	Field     string   `toml:"field"`
	Names     []string `toml:"names"`
}

// findConfig returns the configuration file: the one named, else jindu.toml
// here, else the one in the user's folder for configurations.
func findConfig(named string) (string, error) {
	if named != "" {
		if _, err := os.Stat(named); err != nil {
			return "", store.NewError("no_config", err, named)
		}
		return named, nil
	}
	candidates := []string{configName}
	if dir, err := os.UserConfigDir(); err == nil {
		candidates = append(candidates, filepath.Join(dir, "jindu", configName))
	}
	for _, path := range candidates {
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path, nil
		}
	}
	return "", store.NewError("no_config", fs.ErrNotExist, configName)
}

// newDocument is what holds where the file says nothing.
func newDocument() *document {
	doc := &document{Mirror: "jindu.db", TimeZone: "Asia/Shanghai", Theme: themeAuto, Glyphs: glyphsAuto, Mouse: true}
	doc.Report.DueDay, doc.Report.CloseDays, doc.Report.MonthStarts = 5, 40, 1
	doc.SSH = defaultSSH()
	doc.Wall.Seconds = 30
	doc.Backup.Folder, doc.Backup.Daily, doc.Backup.Weekly = "backup", 7, 4
	doc.Retention.VersionMonths, doc.Retention.ClosedYears, doc.Retention.FindingMonths = 24, 10, 12
	doc.Export.Folder = "export"
	return doc
}

// loadConfig reads the file; paths in it are relative to its folder.
func loadConfig(file string, now time.Time) (*config, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, store.NewError("no_config", err, file)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // editors on Windows write one
	doc := newDocument()
	if err := decode(file, data, doc); err != nil {
		return nil, err
	}
	return judge(file, doc, linesOf(data), now)
}

// decode reads the document strictly: a value that is not of its key's kind is told
// first, as the decoder does not survive a date where a text is to stand; and a key
// that is not one of ours is an error with its line and the nearest key that is.
func decode(file string, data []byte, doc *document) error {
	if err := misfits(file, data); err != nil {
		return err
	}
	err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(doc)
	var strict *toml.StrictMissingError
	switch {
	case errors.As(err, &strict):
		first := &strict.Errors[0]
		line, _ := first.Position()
		key := first.Key()
		return store.NewError("config_key", nil, file, strconv.Itoa(line), dotted(key), nearestKey(key))
	case err != nil:
		return badConfig(file, err)
	}
	return nil
}

// judge makes the configuration of what was written, or says what is wrong with it.
func judge(file string, doc *document, lines keyLines, now time.Time) (*config, error) {
	j := &judging{file: file, dir: filepath.Dir(file), doc: doc, lines: lines, now: now}
	cfg := &config{File: file, Mirror: j.path(doc.Mirror)}
	for _, step := range []func(*config){
		j.settings, j.units, j.catalogue, j.expectations, j.practice, j.grades, j.campaigns, j.requirements, j.targets, j.attention, j.sources, j.pages,
		j.ssh,
		j.walls,
	} {
		step(cfg)
		if j.err != nil {
			return nil, j.err
		}
	}
	cfg.Settings.Sources = make([]store.SourceSetting, len(cfg.Sources))
	for i, s := range cfg.Sources {
		cfg.Settings.Sources[i] = s.SourceSetting
	}
	return cfg, nil
}

// source returns the source of that name.
func (c *config) source(name string) (sourceConfig, error) {
	for _, s := range c.Sources {
		if s.Name == name {
			return s, nil
		}
	}
	return sourceConfig{}, store.NewError("source_unknown", nil, name)
}

// reading is what workbooks are understood by.
func (c *config) reading(secret []byte) sync.Understanding {
	return sync.Understanding{
		Units:       c.Units,
		District:    c.Settings.District,
		Catalogue:   c.Catalogue,
		Zone:        c.Settings.Zone,
		Calendar:    c.Settings.Calendar,
		MonthStarts: c.Settings.MonthStarts,
		Secret:      secret,
	}
}
