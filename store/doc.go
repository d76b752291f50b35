// Package store is the vocabulary of jindu: the words that every other package
// speaks, as pure types. A unit keeps workbooks; a workbook states figures,
// tasks and cases; every figure is a version with the cell that it came from;
// a snapshot is everything that the screens show as of one moment.
//
// It imports the standard library only and does no I/O but reading its own
// embedded tables: the catalogue of indicators, the measures and the messages,
// each a CSV that a person can read and correct. What fills and keeps these
// types lives beside it: package sync reads spreadsheets, package store/sqlite
// keeps the mirror, package tui shows it.
package store
