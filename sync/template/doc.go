// Package template writes the empty workbooks that units fill in: heads that the
// reader knows, drop-down lists of the district's own words, limits on what can be
// typed, and a layout that prints. What is typed into one of them reads back as it
// was meant.
//
// It writes xlsx by itself. What a template needs of the format is little, and the
// library that writes everything costs every start of the program 2 ms for its
// tables, knows no formula whose stored result is blank, and puts the time into
// its zips; here the same template is the same bytes.
package template
