package tui_test

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

func split(s string) []string { return strings.Fields(s) }

func keyMsg(k string) tea.KeyPressMsg {
	special := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
		"backspace": tea.KeyBackspace, "space": tea.KeySpace,
	}
	if r, ok := special[k]; ok {
		return tea.KeyPressMsg{Code: r}
	}
	if rest, ok := strings.CutPrefix(k, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(rest[0]), Mod: tea.ModCtrl}
	}
	return tea.KeyPressMsg{Code: []rune(k)[0], Text: k}
}

func run(m tea.Model, c tea.Cmd) tea.Model {
	if c == nil {
		return m
	}
	msg := c()
	if batch, ok := msg.(tea.BatchMsg); ok {
		for _, one := range batch {
			m = run(m, one)
		}
		return m
	}
	m, _ = m.Update(msg)
	return m
}
