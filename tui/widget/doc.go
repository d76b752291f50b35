// Package widget draws what pages are made of onto a screen of cells, and turns
// the screen into one string. Everything here is a function of its data: no
// clock, no input or output, no message loop.
//
// # Canvas
//
// [New] makes a screen for a theme; [Canvas.Sub] and [Grid.Panel] give regions
// of it. A Canvas is passed by value, draws nothing outside its region and keeps
// every row as wide as it was. Columns and rows count from 0; an end or edge is
// the column after the last one.
//
//	c := widget.New(120, 40, style.Dark())
//	x := c.Put(2, 0, style.Strong, "云岭区禁毒")  // returns the column after
//	c.PutRight(118, 0, style.Strong, "08:42")
//	c.Line(2, 2, widget.Text(style.Quiet, "快照 ").Text(style.Ink, "08:40"))
//	view := c.String()                            // or c.Text() without colours
//
// Put, PutRight, PutCut, PutDecimal draw text; Line, LineRight, LineCut,
// LineDecimal draw lines of pieces of several looks. Fill, Select, Clear and Dim
// change grounds. A look without a fill keeps the fill that a cell has.
//
// # Text and numbers
//
// [Clean] makes foreign text safe, and Put always does. [Cut], [PadRight] and
// [PadLeft] work in cells and never cut a number in two. [Number], [Delta],
// [DeltaCell], [Share] and [Age] write figures; [Decimals] knows how many
// decimals an indicator has; [StateLetter] and [StateWord] write states.
//
// # Parts
//
// [Panel] draws a head and returns the region below it. [Table] draws columns
// with hide order, heat, selection and group rules, and says where its rows
// stand. [Spark], [Bar], [Place] and [Chart] are parts of a cell or a panel;
// [Canvas.Big] and [Canvas.Huge] draw digits. [Modules] is the grid of a page,
// [Window] the scrolling of a list.
package widget
