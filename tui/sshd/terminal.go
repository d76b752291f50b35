package sshd

import (
	"encoding/binary"
	"strings"

	"github.com/charmbracelet/colorprofile"
	gossh "golang.org/x/crypto/ssh"
)

// The sizes of a window that are believed.
const (
	leastColumns, mostColumns = 20, 500
	leastRows, mostRows       = 10, 200
)

// plainTerm is what a terminal counts as that says nothing we know: it gets no
// colours, and no question that it might not understand.
const plainTerm = "vt100"

// terms are the beginnings of the names of terminals that are known. The name goes
// into the program's environment and nowhere else.
func terms() []string {
	return []string{
		"xterm", "screen", "tmux", "rxvt", "vt1", "vt2", "linux", "alacritty", "kitty", "foot", "wezterm", "ghostty",
		"konsole", "gnome", "vte", "putty", "cygwin", "iterm", "mlterm", "contour", "st-", "ansi", "rio", "mintty", "msys",
	}
}

// longTerm is longer than the name of any terminal.
const longTerm = 40

// cleanTerm returns the terminal's name where it is one that is known.
func cleanTerm(name string) string {
	if len(name) > longTerm {
		return plainTerm
	}
	for _, r := range name {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789-+.", r) {
			return plainTerm
		}
	}
	for _, known := range terms() {
		if strings.HasPrefix(name, known) {
			return name
		}
	}
	return plainTerm
}

// size is a window's, in cells.
type size struct{ columns, rows int }

// clamped returns a size that can be drawn for. A client that does not know its
// own says 0 x 0: it gets the size that every terminal once had.
func (s size) clamped() size {
	if s.columns == 0 || s.rows == 0 {
		return size{80, 24}
	}
	return size{min(max(s.columns, leastColumns), mostColumns), min(max(s.rows, leastRows), mostRows)}
}

// terminalRequest is the payload of pty-req.
type terminalRequest struct {
	Term          string
	Columns, Rows uint32
	Width, Height uint32
	Modes         string
}

// tame reads a request for a terminal and writes it anew with what may be passed
// on: a known name, a size within bounds, no pixels and no modes.
func tame(payload []byte) (term string, at size, tamed []byte, ok bool) {
	var r terminalRequest
	if gossh.Unmarshal(payload, &r) != nil {
		return "", size{}, nil, false
	}
	term, at = cleanTerm(r.Term), sizeOf(r.Columns, r.Rows)
	return term, at, gossh.Marshal(terminalRequest{Term: term, Columns: uint32(at.columns), Rows: uint32(at.rows)}), true
}

// windowSize reads a window-change.
func windowSize(payload []byte) (size, bool) {
	if len(payload) < 8 {
		return size{}, false
	}
	return sizeOf(binary.BigEndian.Uint32(payload), binary.BigEndian.Uint32(payload[4:])), true
}

// sizeOf clamps before it converts: what a client says is any number.
func sizeOf(columns, rows uint32) size {
	return size{int(min(columns, mostColumns)), int(min(rows, mostRows))}.clamped()
}

// taken are the variables of a client's environment that are listened to: they say
// what the terminal can show.
func taken(name, value string) bool {
	switch name {
	case "COLORTERM":
		return value == "truecolor" || value == "24bit" || value == "yes" || value == "true"
	case "NO_COLOR":
		return len(value) <= 8
	default:
		return false
	}
}

// colours goes by the terminal's name and what it says of itself.
func colours(term string, environ []string) colorprofile.Profile {
	if term == plainTerm {
		return colorprofile.ASCII
	}
	// The library believes only variables, and asks whether there is a terminal.
	return colorprofile.Env(append([]string{"TERM=" + term, "TTY_FORCE=1"}, environ...))
}
