// Package form turns a grid of cells into meaning: figures of units, indicators
// and periods, and the rows of ledgers. Forms are recognised and not configured
// one by one: the head block is matched against the catalogue's names, units
// and periods are looked for in the row, the title, the sheet's name, the
// file's name and the source's binding, in that order of trust.
//
// Nothing is guessed, rounded or silently dropped. A cell that cannot be read
// is set aside with a finding; figures that contradict each other apply as
// suspect; a sheet whose form, unit or period cannot be trusted is refused.
// Persons never pass: what is mirrored are numbers, dates and words of
// dictionaries, and a finding names the cell and the shape, never the value.
package form
