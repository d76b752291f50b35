// Package sheet turns the bytes of a spreadsheet into a grid of cells. It goes
// by content and never by extension, is strict (a damaged file is an error and
// never a shorter sheet) and bounded in bytes, cells, text and time. It knows
// nothing of units, indicators or periods: meaning is the business of package
// form.
package sheet
