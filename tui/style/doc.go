// Package style says what things look like: roles instead of colours, glyphs
// with their ASCII twins, and the marks that say what state a figure is in.
//
// A [Look] is what one cell looks like: a role (what the text is for), a fill
// (what it stands on), bold and underline. Looks are joined with |:
//
//	style.Quiet                        // a measure, a head, an age
//	style.Watch | style.Bold           // a figure below its target
//	style.Ink | style.Above            // a heat cell
//	style.Quiet.On(style.Selected)     // the same text on the selected row
//
// A [Theme] turns looks into escape sequences for one terminal: dark or light
// ground, true colour, sixteen colours or none, Unicode or ASCII glyphs. What
// no colour can say, attributes say: a selected row is reversed, a far-off heat
// cell underlined. The ground itself is never painted.
//
// A [Mark] is the letter and the word of a state; state is never shown by
// colour alone.
package style
