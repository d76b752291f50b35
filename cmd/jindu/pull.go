package main

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jindu/store"
	"jindu/store/sqlite"
	"jindu/sync"
)

// Exit statuses of pull: all well, something was partly accepted or refused, a
// source failed.
const (
	pullPartly = 1
	pullFailed = 2
)

// pullCommand looks at the sources once; the board and the server do so on schedule.
func (a *app) pullCommand() *cobra.Command {
	var only string
	var asJSON, gone bool
	cmd := &cobra.Command{
		Use:   "pull",
		Short: a.lang.Pick("拉取各单位的表格", "pull the units' spreadsheets"),
		Args:  a.args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.pull(cmd.Context(), only, gone, asJSON)
		},
	}
	cmd.Flags().StringVar(&only, "source", "", a.lang.Pick("只拉取这个来源", "pull this source only"))
	cmd.Flags().BoolVar(&gone, "accept-gone", false, a.lang.Pick("不见了的文件确实已删去", "the files that vanished are really gone"))
	cmd.Flags().BoolVar(&asJSON, "json", false, a.lang.Pick("输出 JSON", "write JSON"))
	return cmd
}

// pull pulls the sources one after another, so that which of two files is the
// newer one does not depend on chance.
func (a *app) pull(ctx context.Context, only string, gone, asJSON bool) error {
	cfg, err := a.setting()
	if err != nil {
		return err
	}
	if only != "" {
		if _, err := cfg.source(only); err != nil {
			return err
		}
	}
	db, err := openMirror(ctx, cfg, false)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // every commit is already on disk
	a.tellFinished(cfg, db)
	puller, err := a.newPuller(cfg, db)
	if err != nil {
		return err
	}
	puller.AcceptGone = gone
	puller.Progress = a.progress()
	started := a.Now()
	pulls, err := a.pullAll(ctx, puller, only)
	if err != nil {
		return err
	}
	if asJSON {
		a.json(pullJSON(pulls, started, a.Now(), cfg.Settings.Zone))
	} else {
		a.tellPulls(pulls)
		a.tellWaiting(ctx, db)
	}
	removed, err := a.daily(ctx, cfg, db, newRing(cfg))
	if err != nil {
		a.fail(err) // the pull itself went as it says
	}
	if !removed.IsZero() {
		a.note(a.removalLine(removed, cfg.Settings.Zone))
	}
	return pullStatus(pulls)
}

// tellWaiting tells how much waits for an officer, whichever pull it came with.
func (a *app) tellWaiting(ctx context.Context, db *sqlite.DB) {
	waits, err := db.Pending(ctx, time.Time{})
	if n := len(waits); err == nil && n > 0 { // an error will be told by whoever asks for the list
		a.note(strconv.Itoa(n) + a.lang.Pick(" 个数据待确认：jindu list pending", " values wait for an officer: jindu list pending"))
	}
}

// pullAll pulls every source, or only the named one.
func (a *app) pullAll(ctx context.Context, puller *sync.Puller, only string) ([]store.Pull, error) {
	var pulls []store.Pull
	for _, place := range puller.Places {
		if only != "" && place.Name != only {
			continue
		}
		p, err := puller.Pull(ctx, place)
		if err != nil {
			return pulls, err
		}
		pulls = append(pulls, p)
	}
	return pulls, nil
}

// pullStatus is how the command exits; see the statuses above.
func pullStatus(pulls []store.Pull) error {
	if worst := worstOf(pulls); worst != exitOK {
		return status(worst)
	}
	return nil
}

// worstOf judges this pull alone: what was refused before and has not changed
// since was told then, and stands in the findings.
func worstOf(pulls []store.Pull) int {
	worst := exitOK
	for _, p := range pulls {
		switch {
		case p.Error != "":
			worst = pullFailed
		case p.Partial+p.Refused > 0:
			worst = max(worst, pullPartly)
		}
	}
	return worst
}

// pulledSource is the JSON of one look at one source. Listed counts files;
// fetched those that were new or changed and were read; gone those that the last
// pull saw and this one does not; error is null where the source answered.
type pulledSource struct {
	Source    string  `json:"source"`
	Listed    int     `json:"listed"`
	Fetched   int     `json:"fetched"`
	Unchanged int     `json:"unchanged"`
	Accepted  int     `json:"accepted"`
	Partial   int     `json:"partial"`
	Refused   int     `json:"refused"`
	Gone      int     `json:"gone"`
	Error     *string `json:"error"`
}

// pulled is the JSON of the command.
type pulled struct {
	Started time.Time      `json:"started"`
	Ended   time.Time      `json:"ended"`
	Sources []pulledSource `json:"sources"`
}

// pullJSON gives pulls the shape that scripts rely on, times in the zone.
func pullJSON(pulls []store.Pull, started, ended time.Time, zone *time.Location) pulled {
	out := pulled{Started: started.In(zone), Ended: ended.In(zone), Sources: []pulledSource{}}
	for _, p := range pulls {
		out.Sources = append(out.Sources, pulledSource{
			Source:    p.Source,
			Listed:    p.Listed,
			Fetched:   p.Fetched,
			Unchanged: p.Unchanged,
			Accepted:  p.Accepted,
			Partial:   p.Partial,
			Refused:   p.Refused,
			Gone:      len(p.Gone),
			Error:     optional(p.Error),
		})
	}
	return out
}

// tellPulls tells a person how the pulls went: the counts, then what is wrong
// with the sources themselves.
func (a *app) tellPulls(pulls []store.Pull) {
	t := newTable(
		a.lang.Pick("来源", "source"),
		a.lang.Pick(">文件", ">files"),
		a.lang.Pick(">未变", ">unchanged"),
		a.lang.Pick(">接受", ">accepted"),
		a.lang.Pick(">部分", ">partly"),
		a.lang.Pick(">拒收", ">refused"),
	)
	for _, p := range pulls {
		t.add(p.Source, strconv.Itoa(p.Listed), strconv.Itoa(p.Unchanged),
			strconv.Itoa(p.Accepted), strconv.Itoa(p.Partial), strconv.Itoa(p.Refused))
	}
	a.table(t)
	for _, p := range pulls {
		if p.Error != "" {
			a.note(p.Source + ": " + p.Error)
		}
		if len(p.Gone) > 0 {
			a.note(a.departed(p))
		}
		for _, f := range p.Findings {
			a.note(join(": ", p.Source, f.Path, f.Message(a.lang), f.Hint(a.lang)))
		}
	}
	if worstOf(pulls) == pullPartly {
		a.note(a.lang.Pick("问题清单：jindu list findings", "what was wrong: jindu list findings"))
	}
}

// goneNamed is how many of the files that are gone are named.
const goneNamed = 3

// departed says which files are gone: nobody is told by a count of those that are
// there, and a unit may have lost its folder.
func (a *app) departed(p store.Pull) string {
	n := strconv.Itoa(len(p.Gone))
	names := strings.Join(p.Gone[:min(goneNamed, len(p.Gone))], a.lang.Pick("、", ", "))
	if len(p.Gone) > goneNamed {
		names += a.lang.Pick(" 等", " ...")
	}
	files := " files are gone, what they said stays: "
	if len(p.Gone) == 1 {
		files = " file is gone, what it said stays: "
	}
	return p.Source + ": " + n + a.lang.Pick(" 个文件不在了，原有数据保留：", files) + names
}
