package style

// Glyphs is one set of drawing characters, each one cell wide. They are
// ambiguous in width on some terminals, so the last of a run is always followed
// by a space or the margin.
type Glyphs struct {
	ASCII bool
	Rule  rune   // a hairline
	Heavy rune   // focus, here, the done part of a bar
	Tick  rune   // the target on a bar
	Path  rune   // between workbook, sheet and cell
	Cut   string // what stands where text was cut; the twin needs a space after it
	Gap   rune   // a missing value within a spark
	Spark []rune // six levels of a row's spark, lowest first; the first is zero
	Hero  []rune // seven levels of a spark that stands alone
	Chart []rune // nine levels of one row of a chart, from empty to full
}

// UnicodeGlyphs returns the set that terminals with a good font show.
func UnicodeGlyphs() Glyphs {
	return Glyphs{
		Rule:  '─',
		Heavy: '━',
		Tick:  '┃',
		Path:  '›',
		Cut:   "…",
		Gap:   ' ',
		Spark: []rune("▁▂▃▄▅▆"),
		Hero:  []rune("▁▂▃▄▅▆▇"),
		Chart: []rune(" ▁▂▃▄▅▆▇█"),
	}
}

// ASCIIGlyphs returns the twin for fonts that draw blocks two cells wide. A
// missing value is a question mark there, as zero is a space already.
func ASCIIGlyphs() Glyphs {
	return Glyphs{
		ASCII: true,
		Rule:  '-',
		Heavy: '=',
		Tick:  '|',
		Path:  '>',
		Cut:   "..",
		Gap:   '?',
		Spark: []rune(" .:-=#"),
		Hero:  []rune(" .:-=##"),
		Chart: []rune(" ..::--=#"),
	}
}
