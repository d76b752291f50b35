// Package wall is the board for a room: few figures, in digits that are read from
// five metres, turning by themselves. It shows what package page says of a masked
// snapshot ([store.Snapshot.Masked]) and draws it anew: a page is up to a dozen
// tiles or a list, above it stand clock, age of the data and how many units have
// reported, below it who owes something. While something is wrong a band of
// colour says what; the last good figures stay.
//
// Nobody sits at a wall. It has two keys, holds out without a mirror until there
// is one again, and moves by a cell now and then so that no pixel burns in.
// Nothing ticks: the clock, a step of the mark that tells when the next page
// comes, and a new snapshot are all that changes.
package wall
