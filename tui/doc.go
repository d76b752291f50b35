// Package tui is the board: the root model of the terminal program, its keys
// and its overlays. What the pages show is in package page, how it is drawn in
// packages widget and style, and every word in package words.
//
// One [Model] owns the message loop of one session. It declares what it needs:
// a [Reader] that gives snapshots and a [Finder] that looks things up; whoever
// starts it (the command, or the SSH server) provides them. Update does no I/O:
// what has to be read is read by a command that returns a message. Nothing
// ticks but the clock, once a minute, and a screen that has not changed sends
// nothing.
package tui
