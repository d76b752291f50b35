package tui

import (
	"cmp"
	"sync"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/text/unicode/norm"
)

// action is what a key asks for.
type action uint8

const (
	actNone action = iota
	actUp
	actDown
	actLeft
	actRight
	actHalfUp
	actHalfDown
	actFirst
	actLast
	actNextPanel
	actPrevPanel
	actEnter
	actBack
	actFind
	actCommand
	actPeriod
	actAsOf
	actLang
	actSort
	actTurn
	actColumns
	actFilter
	actOdd
	actIndicator
	actBeside
	actExport
	actPull
	actDecide
	actCopy
	actNextUnit
	actPrevUnit
	actHelp
	actRedraw
	actQuit
	actKill
	actPage // 1-9
)

// binding is an action, its keys, how they are written on the screen, and the
// word that says what they do. Help, the footer and the manual are made of these.
type binding struct {
	act   action
	keys  []string
	label string
	word  string // key of the words
}

// bindings lists every key of the board, in the order in which help shows them. They
// are asked for in every frame, and the list is not to be changed.
var bindings = sync.OnceValue(func() []binding {
	return []binding{
		{actPage, []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"}, "1-9", "key.page"},
		{actDown, []string{"j", "down"}, "j", "key.down"},
		{actUp, []string{"k", "up"}, "k", "key.up"},
		{actLeft, []string{"h", "left"}, "h", "key.left"},
		{actRight, []string{"l", "right"}, "l", "key.right"},
		{actFirst, []string{"g", "home"}, "g", "key.first"},
		{actLast, []string{"G", "end"}, "G", "key.last"},
		{actHalfDown, []string{"ctrl+d", "pgdown"}, "Ctrl-d", "key.halfdown"},
		{actHalfUp, []string{"ctrl+u", "pgup"}, "Ctrl-u", "key.halfup"},
		{actNextPanel, []string{"tab"}, "Tab", "key.panel"},
		{actPrevPanel, []string{"shift+tab"}, "Shift-Tab", "key.prevpanel"},
		{actEnter, []string{"enter"}, "Enter", "key.enter"},
		{actBack, []string{"esc", "backspace"}, "Esc", "key.back"},
		{actFind, []string{"/"}, "/", "key.find"},
		{actCommand, []string{":"}, ":", "key.command"},
		{actPeriod, []string{"p"}, "p", "key.period"},
		{actAsOf, []string{"t"}, "t", "key.asof"},
		{actSort, []string{"s"}, "s", "key.sort"},
		{actTurn, []string{"S"}, "S", "key.turn"},
		{actColumns, []string{"c"}, "c", "key.choose"},
		{actFilter, []string{"f"}, "f", "key.filter"},
		{actOdd, []string{"!"}, "!", "key.odd"},
		{actBeside, []string{"="}, "=", "key.beside"},
		{actIndicator, []string{"i"}, "i", "key.indicator"},
		{actNextUnit, []string{"n"}, "n", "key.nextunit"},
		{actPrevUnit, []string{"N"}, "N", "key.prevunit"},
		{actDecide, []string{"a"}, "a", "key.decide"},
		{actCopy, []string{"y"}, "y", "key.copy"},
		{actExport, []string{"e"}, "e", "key.export"},
		{actPull, []string{"r"}, "r", "key.pull"},
		{actLang, []string{"L"}, "L", "key.lang"},
		{actHelp, []string{"?"}, "?", "key.help"},
		{actRedraw, []string{"ctrl+l"}, "Ctrl-l", "key.redraw"},
		{actQuit, []string{"q"}, "q", "key.quit"},
		{actKill, []string{"ctrl+c"}, "Ctrl-c", "key.kill"},
	}
})

// keymap is the bindings by key.
func keymap() map[string]action {
	out := map[string]action{}
	for _, b := range bindings() {
		for _, k := range b.keys {
			out[k] = b.act
		}
	}
	return out
}

// labelOf returns how the action's key is written.
func labelOf(act action) string {
	for _, b := range bindings() {
		if b.act == act {
			return b.label
		}
	}
	return ""
}

// pressed returns the name of a key. Full-width characters that an input method
// types (？／：ｊ１) are folded to what is printed on the key.
func pressed(k tea.KeyPressMsg) string {
	if k.Text != "" && k.Text != " " {
		return norm.NFKC.String(k.Text)
	}
	return k.String()
}

// afterEscape returns the letter that was pressed after Escape where a slow line
// brought both at once: they arrive as the letter with Alt, which no key here has.
func afterEscape(k tea.KeyPressMsg) (letter tea.KeyPressMsg, ok bool) {
	r := cmp.Or(k.ShiftedCode, k.Code)
	if k.Mod&^tea.ModShift != tea.ModAlt || !unicode.IsGraphic(r) {
		return k, false
	}
	return tea.KeyPressMsg{Code: k.Code, Text: string(r)}, true
}

// Key is a key of the board and what it does, for the manual.
type Key struct {
	Keys []string
	Word string // in the words, says what it does
}

// Keys returns every key of the board, in the order of the help.
func Keys() []Key {
	out := make([]Key, 0, len(bindings()))
	for _, b := range bindings() {
		out = append(out, Key{Keys: b.keys, Word: b.word})
	}
	return out
}
