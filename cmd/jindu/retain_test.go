package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui"
)

// TestRetentionRefusesWhatItCannotShow lets a folder of reports live through half a
// year with a retention of three months: what is removed is said in one line, once
// a day; a moment of before is refused by every list, by figure and on the board,
// which stays at what it shows; and what stands is what stood.
func TestRetentionRefusesWhatItCannotShow(t *testing.T) {
	t.Parallel()
	p := newPast(t)
	must(t, os.WriteFile(p.config, []byte(pastConfig+"[retention]\nversion_months = 3\nfinding_months = 2\n"), 0o600))
	for i, found := range []string{"40", "41", "42"} {
		p.report("6月.csv", 6, found)
		if i == 1 {
			p.put("damaged.csv", "")
		}
		p.run("pull")
		p.now = p.now.AddDate(0, 0, 1)
	}
	must(t, os.Remove(p.in("damaged.csv")))
	p.now = p.now.AddDate(0, 5, 0)
	r := p.run("pull")
	if !strings.Contains(r.err, "按保留期清除：4 条旧数据、4 条旧表内容") || !strings.Contains(r.err, "最早可看 2026-09-13 00:00") {
		t.Errorf("pull says %s", r.err)
	}
	p.now = p.now.AddDate(0, 0, 1)
	if r := p.run("pull"); strings.Contains(r.err, "清除") {
		t.Errorf("the next day says %s", r.err)
	}
	for _, args := range [][]string{{"list", "figures", "--json"}, {"list", "tasks"}, {"list", "findings"}, {"list", "pulls"}, {"figure", "cxs", "users_found"}} {
		r := p.run(append(args, "--as-of", "2026-07-12")...)
		if r.status != exitFailed || !strings.Contains(r.err, "2026-09-13 00:00 之前的情况已按保留期清除") || !strings.Contains(r.err, "version_months") {
			t.Errorf("%v: status %d: %s", args, r.status, r.err)
		}
	}
	if r := p.run("figure", "cxs", "users_found", "2026-06", "--as-of", "2026-09-20"); r.status != exitOK || !strings.Contains(r.out, "2 个旧版本已按保留期清除") || !strings.Contains(r.out, "42") {
		t.Errorf("figure: %s%s", r.out, r.err)
	}
	a, cfg := p.app("2026-07-12", store.Chinese)
	if _, err := a.overview(context.Background(), cfg, onceWidth, onceHeight); store.ErrorCode(err) != "moment_removed" {
		t.Errorf("overview: %v", err)
	}
	p.looksBack(t, "2026-07-12", "2026-09-13 00:00 之前的情况已按保留期清除")
}

// looksBack types a moment behind t and wants the board to say why it stays at now.
func (p *past) looksBack(t *testing.T, moment, why string) {
	t.Helper()
	a, cfg := p.app("", store.Chinese)
	db, err := openMirror(context.Background(), cfg, true)
	must(t, err)
	defer func() { must(t, db.Close()) }()
	o := a.screen(cfg, galleryOf(db))
	o.Reader, o.Plain = patient{o.Reader}, true
	ended, end := context.WithCancel(context.Background())
	end()
	s := &seat{tui.New(o).Within(ended)}
	s.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	s.run(s.model.Init())
	before := s.model.View().Content
	s.press("t")
	s.send(tea.PasteMsg{Content: moment})
	s.press("enter")
	if got := s.model.View().Content; !strings.Contains(got, why) {
		t.Errorf("the board says\n%s", got)
	}
	s.press("1")
	if got := s.model.View().Content; got != before {
		t.Errorf("the board is not what it was:\n%s", difference(got, before))
	}
}

// TestNothingIsRemovedWithoutABackup: a day whose backup fails keeps all that it has.
func TestNothingIsRemovedWithoutABackup(t *testing.T) {
	t.Parallel()
	p := newPast(t)
	must(t, os.WriteFile(p.config, []byte(pastConfig+"[backup]\nfolder = \"there\"\n[retention]\nversion_months = 1\n"), 0o600))
	for _, found := range []string{"40", "41"} {
		p.report("6月.csv", 6, found)
		p.run("pull")
		p.now = p.now.AddDate(0, 0, 1)
	}
	p.now = p.now.AddDate(0, 3, 0)
	there := filepath.Join(p.dir, "there")
	must(t, os.RemoveAll(there))
	must(t, os.WriteFile(there, nil, 0o600))
	if r := p.run("pull"); !strings.Contains(r.err, "备份") || strings.Contains(r.err, "清除") {
		t.Errorf("pull says %s", r.err)
	}
	must(t, os.Remove(there))
	if r := p.run("pull"); !strings.Contains(r.err, "按保留期清除：2 条旧数据") {
		t.Errorf("with a backup pull says %s", r.err)
	}
}
