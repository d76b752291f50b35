package main

import (
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/term"
)

// Asking a terminal how wide it draws.
const (
	widthSample = "─█›…"             // characters of which terminals disagree
	widthAsk    = "\r" + widthSample // from the first column on
	widthWhere  = "\x1b[6n"          // where does the cursor stand
	widthErase  = "\r\x1b[2K"        // nobody should see it
	widthWait   = 200                // milliseconds, in all
)

// cursorAt is a terminal's answer to where its cursor stands.
var cursorAt = regexp.MustCompile(`\x1b\[\d+;(\d+)R`)

// askWidth asks the terminal how many cells it gives to a character of a rule or a
// block, and returns 1 or 2; 0 where it does not say. It writes those characters,
// asks where the cursor stands then, and takes them away again. A terminal that
// does not answer costs a fifth of a second, once.
func (a *app) askWidth() int {
	in, ok := a.Stdin.(*os.File)
	if !ok || !terminal(a.out.w) || !term.IsTerminal(in.Fd()) || a.Getenv("TERM") == "dumb" {
		return 0
	}
	old, err := term.MakeRaw(in.Fd())
	if err != nil {
		return 0
	}
	defer func() { _ = term.Restore(in.Fd(), old) }() // the board sets its own mode
	if _, err := io.WriteString(a.out.w, widthAsk+widthWhere); err != nil {
		return 0
	}
	answer := readAnswer(in)
	_, _ = io.WriteString(a.out.w, widthErase) // the answer is what counts
	return widthOf(answer)
}

// readAnswer reads what comes in time, up to the end of an answer.
func readAnswer(in *os.File) string {
	var got strings.Builder
	buf := make([]byte, 64)
	for waited := 0; waited < widthWait && got.Len() < 256; {
		if !awaitInput(in, 20) {
			waited += 20
			continue
		}
		n, err := in.Read(buf)
		got.Write(buf[:n])
		if err != nil || cursorAt.MatchString(got.String()) {
			break
		}
	}
	return got.String()
}

// widthOf reads the answer: the column behind the sample, counted from 1.
func widthOf(answer string) int {
	m := cursorAt.FindStringSubmatch(answer)
	if m == nil {
		return 0
	}
	column, err := strconv.Atoi(m[1])
	cells, drawn := column-1, len([]rune(widthSample))
	switch {
	case err != nil || cells < drawn:
		return 0 // it has not drawn what it was asked about
	case cells == drawn:
		return 1
	default:
		return 2 // one of them is wide: that is enough to spoil a line
	}
}
