//go:build ignore

// Cast turns what script(1) has written down, bytes and times, into a recording of
// asciinema's second format: a line of JSON for each piece of output.
//
//	cast WIDTH HEIGHT RAW TIMES FORBIDDEN
//
// A recording that holds the forbidden text, a folder of this machine, is refused.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"unicode/utf8"
)

// longest is how long nothing happens in a recording: who waits longer looks away.
const longest = 2.0

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "cast:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 5 {
		return fmt.Errorf("WIDTH HEIGHT RAW TIMES FORBIDDEN, not %q", args)
	}
	width, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	height, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	raw, err := os.ReadFile(args[2])
	if err != nil {
		return err
	}
	if i := bytes.IndexByte(raw, '\n'); i >= 0 && bytes.HasPrefix(raw, []byte("Script started")) {
		raw = raw[i+1:] // says where and with what: not a part of the screen
	}
	if bytes.Contains(raw, []byte(args[4])) {
		return fmt.Errorf("the recording shows %s", args[4])
	}
	times, err := os.Open(args[3])
	if err != nil {
		return err
	}
	defer times.Close() // read only
	return write(os.Stdout, width, height, raw, times)
}

func write(to *os.File, width, height int, raw []byte, times *os.File) error {
	out := json.NewEncoder(to)
	out.SetEscapeHTML(false)
	if err := out.Encode(map[string]any{"version": 2, "width": width, "height": height, "env": map[string]string{"TERM": "xterm-256color"}}); err != nil {
		return err
	}
	at, pieces := 0.0, bufio.NewScanner(times)
	var rest []byte // of a character that the next piece ends
	for pieces.Scan() {
		var delay float64
		var n int
		if _, err := fmt.Sscan(pieces.Text(), &delay, &n); err != nil {
			return fmt.Errorf("times: %w", err)
		}
		n = min(n, len(raw))
		at += min(delay, longest)
		piece := append(rest, raw[:n]...)
		raw = raw[n:]
		whole := len(piece)
		for whole > 0 && len(piece)-whole < utf8.UTFMax && !utf8.Valid(piece[:whole]) {
			whole--
		}
		rest = append([]byte(nil), piece[whole:]...)
		if whole == 0 {
			continue
		}
		if err := out.Encode([]any{float64(int(at*1000)) / 1000, "o", string(piece[:whole])}); err != nil {
			return err
		}
	}
	return pieces.Err()
}
