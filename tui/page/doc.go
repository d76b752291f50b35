// Package page says what the pages show: which panels stand where, and how each
// kind of panel is made of a snapshot.
//
// A page is a function of its data: [Build] takes a [Frame] (a [Board], the
// words, the screen's size), a [Visit] (which page, of which unit or indicator)
// and a [Place] (where the cursor stands) and returns a [Layout], which draws
// itself and knows the [Spot] under the cursor. Nothing here keeps state, reads
// a clock or does I/O. Which panels a page has is data, a [Book]: the files in
// pages/ and what a district says otherwise. A new indicator on a page is one
// word there.
package page
