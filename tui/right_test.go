package tui_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"jindu/store"
	"jindu/tui"
)

// ledger is an audit log in memory.
type ledger struct {
	acts []store.Act
	full bool
}

func (l *ledger) put(_ context.Context, a store.Act) error {
	if l.full {
		return store.NewError("cannot_write", errors.New("no space left on device"), "jindu.audit")
	}
	l.acts = append(l.acts, a)
	return nil
}

// Row A01 of the test matrix, on the board: what a key does is done where the
// role may, and otherwise refused in one notice and put on record.
func TestEveryRoleAtEveryKey(t *testing.T) {
	keys := []struct {
		keys  string
		deed  store.Deed
		shows string // that it was done
	}{
		{"4", store.DeedBrowse, "6 在办"},
		{"p", store.DeedBrowse, "2025年12月"},
		{"j*3 enter", store.DeedDrill, "各单位   142  人次"},
		{"/", store.DeedFind, "Enter 前往"},
		{"t", store.DeedLookBack, "数据有变的时刻"},
		{"j*3 y", store.DeedExport, "已复制"},
		{"r", store.DeedPull, "拉取完成"},
	}
	for _, role := range append(store.Roles(), "") {
		for _, k := range keys {
			log := &ledger{}
			s := start(t, 120, 40, func(o *tui.Options) {
				o.Rights, o.Audit = role.Rights(), log.put
				o.Pull = func(context.Context) error { return nil }
			})
			s.press(k.keys)
			may := role.Rights().May(k.deed)
			refused := slices.Contains(log.acts, store.Act{Deed: k.deed, Refused: true})
			if may {
				s.shows(k.shows)
			} else {
				s.hides(k.shows)
				s.shows("这把登录密钥不允许")
			}
			if refused == may {
				t.Errorf("%s, %s: on record stands %v", role, k.keys, log.acts)
			}
		}
	}
}

func TestWhatIsWithheldIsNotOffered(t *testing.T) {
	s := start(t, 160, 40, func(o *tui.Options) { o.Rights = store.RoleDisplay.Rights() })
	s.hides("期间   t", "查找", "回看", "复制", "Enter")
	s.shows("L 语言", "? 帮助")
	s.press("?")
	s.hides("下钻", "查找", "r         拉取", "翻页", "回看", "复制")
	s.press("esc", ":")
	s.hides("r  ", "查找", "复制", "期间")
	s.shows("语言")
}

func TestWhatCannotBeRecordedIsNotCopied(t *testing.T) {
	log := &ledger{full: true}
	s := start(t, 120, 40, func(o *tui.Options) { o.Audit = log.put })
	s.press("j*3", "y")
	s.shows("没有做，因为记不进审计日志")
	s.hides("已复制")
	s.press("4")
	s.shows("6 在办") // views go on
	log.full = false
	s.press("1", "y")
	s.shows("已复制")
	if len(log.acts) != 1 || log.acts[0].Deed != store.DeedExport || !strings.Contains(log.acts[0].What, "overview") {
		t.Errorf("on record stands %v", log.acts)
	}
}
