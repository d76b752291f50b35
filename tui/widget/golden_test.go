package widget_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"jindu/tui/style"
	"jindu/tui/widget"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden holds the text of a canvas to testdata/name.golden.
func golden(t *testing.T, name string, c widget.Canvas) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	got := c.Text() + "\n"
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("not as in %s:\n%s", path, got)
	}
}

func ascii() *style.Theme {
	return style.NewTheme(false, style.TrueColour, style.ASCIIGlyphs())
}

func noColour() *style.Theme {
	return style.NewTheme(false, style.NoColour, style.UnicodeGlyphs())
}

// eachTheme draws the same with both sets of glyphs, as name and name-ascii.
func eachTheme(t *testing.T, name string, w, h int, draw func(c widget.Canvas)) {
	t.Helper()
	for suffix, theme := range map[string]*style.Theme{"": style.Dark(), "-ascii": ascii()} {
		c := widget.New(w, h, theme)
		draw(c)
		golden(t, name+suffix, c)
	}
}
