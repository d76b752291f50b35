package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jindu/tui"
)

// BenchmarkKeys is a key and the frame after it at 200x60, on the office that JINDU_DEEP
// names: see TestDeepOffice of package sqlite.
func BenchmarkKeys(b *testing.B) {
	dir := os.Getenv("JINDU_DEEP")
	if dir == "" {
		b.Skip("JINDU_DEEP names no folder")
	}
	cfg, err := loadConfig(filepath.Join(dir, configName), time.Now())
	must(b, err)
	db, err := openMirror(b.Context(), cfg, true)
	must(b, err)
	defer func() { must(b, db.Close()) }()
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	var m tea.Model = tui.New(tui.Options{Reader: galleryOf(db), Clock: time.Now, Zone: cfg.Settings.Zone}).Within(ctx)
	m, _ = m.Update(tea.WindowSizeMsg{Width: 200, Height: 60})
	first, ok := m.Init()().(tea.BatchMsg)
	if !ok {
		b.Fatal("a board asks for nothing at first")
	}
	answers := make(chan tea.Msg, len(first))
	for _, cmd := range first {
		go func() { answers <- cmd() }()
	}
	for !strings.Contains(m.View().Content, "快照") {
		m, _ = m.Update(<-answers)
	}
	for _, page := range "123456789" {
		m, _ = m.Update(tea.KeyPressMsg{Code: page, Text: string(page)})
		b.Run(string(page), func(b *testing.B) {
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				key := rune("jjjkkk"[n%6])
				m, _ = m.Update(tea.KeyPressMsg{Code: key, Text: string(key)})
				if m.View().Content == "" {
					b.Fatal("nothing is drawn")
				}
			}
		})
	}
}
