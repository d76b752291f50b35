// Package sync pulls units' workbooks into the mirror: it looks at a source,
// reads what changed, checks it against itself and against history, and has the
// mirror apply it, one workbook at a time. Puller.Pull tells the whole story in
// order; Scheduler tells it again and again.
//
// A pull never loses a figure: what cannot be read, has vanished or is still
// being uploaded leaves the last good figures in place and says why. It keeps
// its name because the call sites read as the users' own word for what it does;
// the standard library's sync is not imported here.
package sync
