package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"jindu/store"
	"jindu/tui"
	"jindu/tui/words"
)

// A keyWalk is how a key is tried in a real terminal: from page 1, after some keys, it
// shows words, by their keys in the catalogue, or at least changes the screen.
type keyWalk struct {
	before string
	says   string // key of the words; "": the screen changes
}

// keyWalks has one walk for every key of the board.
func keyWalks() map[string]keyWalk {
	out := map[string]keyWalk{
		"j": {}, "down": {}, "k": {before: "j"}, "up": {before: "j"}, "h": {before: "3 j l l"}, "left": {before: "3 j l l"}, "l": {before: "3 j"}, "right": {before: "3 j"},
		"g": {before: "j j"}, "home": {before: "j j"}, "G": {}, "end": {}, "ctrl+d": {before: "9"}, "pgdown": {before: "9"}, "ctrl+u": {before: "9 G"}, "pgup": {before: "9 G"},
		"tab": {}, "shift+tab": {}, "enter": {before: "j"}, "esc": {before: "?"}, "backspace": {before: "j enter"},
		"/": {says: "find.title"}, ":": {says: "find.commands"}, "p": {says: "period.title"}, "t": {says: "past.title"}, "=": {says: "beside.title"},
		"s": {before: "4"}, "S": {before: "4"}, "c": {before: "4", says: "columns.title"}, "f": {before: "4", says: "filter.label"}, "!": {before: "9"},
		"i": {before: "j"}, "n": {before: "/ c x p c s enter"}, "N": {before: "/ c x p c s enter"}, "y": {before: "j", says: "app.copied"}, "e": {says: "export.title"},
		"r": {says: "app.pulled"}, "a": {before: "4", says: "decide.none"}, "L": {}, "?": {says: "help.foot"}, "ctrl+l": {}, "q": {before: "j enter"}, "ctrl+c": {},
	}
	for digit := '1'; digit <= '9'; digit++ {
		out[string(digit)] = keyWalk{before: string('1' + (digit-'0')%9)}
	}
	return out
}

// named are the keys that tmux calls otherwise.
func named(key string) string {
	if rest, ok := strings.CutPrefix(key, "ctrl+"); ok {
		return "C-" + rest
	}
	other := map[string]string{
		"enter": "Enter", "esc": "Escape", "tab": "Tab", "shift+tab": "BTab", "backspace": "BSpace", "up": "Up", "down": "Down", "left": "Left",
		"right": "Right", "home": "Home", "end": "End", "pgup": "PPage", "pgdown": "NPage", ";": "\\;",
	}
	if name, ok := other[key]; ok {
		return name
	}
	return key
}

// walker walks a board in a real terminal.
type walker struct {
	*pane
	words *words.Book
	seen  []string
}

// start goes to page 1 as it is at first.
func (w *walker) start(before string) {
	w.Helper()
	for range 3 {
		w.typed("Escape")
		time.Sleep(120 * time.Millisecond) // alone, or it is another key
	}
	w.typed("1", "g")
	for _, k := range strings.Fields(before) {
		w.typed(named(k))
	}
	w.still()
}

// still waits until the screen has stood still for a moment, and returns it.
func (w *walker) still() string {
	w.Helper()
	last := w.text()
	for range 100 {
		time.Sleep(70 * time.Millisecond)
		now := w.text()
		if now == last {
			break
		}
		last = now
	}
	w.narrowEnough(last)
	return last
}

// changes waits until the screen is another one.
func (w *walker) changes(what, from string) {
	w.Helper()
	for end := time.Now().Add(patience); w.text() == from; time.Sleep(30 * time.Millisecond) {
		if time.Now().After(end) {
			w.Fatalf("%s changes nothing on\n%s", what, from)
		}
	}
}

// try presses one key.
func (w *walker) try(key string, walk keyWalk) {
	w.Helper()
	w.start(walk.before)
	before := w.text()
	switch {
	case key == "ctrl+l":
		w.mends(before)
	case walk.says != "":
		w.typed(named(key))
		w.sees(strings.TrimSuffix(w.words.Say(walk.says, "\x00"), "\x00"))
	default:
		w.typed(named(key))
		w.changes(key, before)
	}
	w.narrowEnough(w.still())
	if key == "L" {
		w.typed("L")
	}
	w.seen = append(w.seen, key)
}

// mends spoils the screen from outside and has it drawn anew.
func (w *walker) mends(whole string) {
	w.Helper()
	tty := strings.TrimSpace(w.tmux("display-message", "-p", "#{pane_tty}"))
	must(w, os.WriteFile(tty, []byte("\x1b7\x1b[12;30HSPOILT\x1b8"), 0o600))
	w.sees("SPOILT")
	w.typed("C-l")
	for end := time.Now().Add(patience); w.text() != whole; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			w.Fatalf("it is still spoilt:\n%s", w.text())
		}
	}
}

// Every key of the board is pressed in a real terminal, in both languages: a new key
// without a walk fails. q and Ctrl-c lead out at the end.
func TestEveryKeyInARealTerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("a real terminal is left to the long run")
	}
	t.Parallel()
	for lang, out := range map[store.Lang]string{store.Chinese: "q", store.English: "C-c"} {
		t.Run(string(lang), func(t *testing.T) {
			t.Parallel()
			w := &walker{pane: open(t, 120, 40, "--config", madeDemo(t), "--lang", string(lang)), words: words.Of(lang)}
			w.sees(w.words.Say("source.label"))
			walks := keyWalks()
			for _, k := range tui.Keys() {
				for _, key := range k.Keys {
					walk, ok := walks[key]
					if !ok {
						t.Errorf("no walk presses %s", key)
						continue
					}
					if key != "ctrl+c" {
						w.try(key, walk)
					}
				}
			}
			w.fullWidth()
			w.mouse()
			w.start("")
			w.typed(out)
			if !w.ended() {
				t.Errorf("%s does not lead out:\n%s", out, w.text())
			}
			t.Logf("%d keys", len(w.seen))
		})
	}
}

// fullWidth presses keys as an input method types them.
func (w *walker) fullWidth() {
	w.Helper()
	for key, says := range map[string]string{"？": "help.foot", "／": "find.title", "：": "find.commands"} {
		w.start("")
		w.tmux("send-keys", "-l", key)
		w.sees(w.words.Say(says))
	}
	w.start("")
	before := w.text()
	w.tmux("send-keys", "-l", "ｊ")
	w.changes("ｊ", before)
}

// mouse turns the wheel and clicks a row, as a terminal reports them.
func (w *walker) mouse() {
	w.Helper()
	for _, event := range []string{"\x1b[<65;60;20M", "\x1b[<0;90;19M\x1b[<0;90;19m"} {
		w.start("")
		before := w.text()
		args := []string{"send-keys", "-H"}
		for _, b := range []byte(event) {
			args = append(args, fmt.Sprintf("%02x", b))
		}
		w.tmux(args...)
		w.changes(fmt.Sprintf("%q", event), before)
	}
}
