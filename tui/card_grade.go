package tui

import (
	"strconv"

	"jindu/store"
	"jindu/tui/page"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// grade makes the card of one item of a unit's grading: how it is scored, from
// what, and what the unit and the office say of it.
func (k *card) grade(m *Model, s page.Spot) {
	f := m.frame()
	i := s.Grading.Items[s.Item]
	k.title = m.words.Say("card.grade")
	k.about = i.Item.Label(m.words.Lang)
	k.add("card.unit", style.Ink, f.Name(s.Unit))
	k.fields = append(k.fields, cardField{"head.score", m.scored(i)})
	k.add("card.why", style.Watch, f.GradeWhy(&i))
	k.add("card.scored", style.Ink, f.GradeRule(i.Item))
	k.add("card.veto", style.Ink, f.GradeVeto(i.Item))
	for _, l := range []store.Line{i.Line, i.Base} {
		if l.Indicator.Code != "" {
			k.fields = append(k.fields, cardField{"card.figure", f.NameValue(l)})
		}
	}
	if i.Item.YearRound && i.Line.ToDate.OK {
		k.add("head.todate", style.Ink, points(i.Line.ToDate.V))
	}
	if i.Self.OK {
		k.add("head.self", style.Ink, points(i.Self.V))
	}
	if i.Checked.OK {
		k.add("by.office", style.Ink, points(i.Checked.V))
	}
	k.add("card.evidence", style.Ink, f.GradeForms(i.Item.Evidence))
	k.add("card.doc", style.Quiet, s.Grading.Grade.Source)
	k.where(m, f.GradeCell(i))
	if i.Item.Indicator != "" {
		k.figure = page.Spot{ID: s.ID, Unit: s.Unit, Indicator: i.Item.Indicator}
	}
}

// scored is the points of an item, of how many, and who gives them.
func (m *Model) scored(i store.ItemScore) widget.Line {
	out := widget.Text(style.Strong, points(i.Low))
	if i.Low != i.High {
		out = widget.Text(style.Strong, m.words.Say("grade.range", points(i.Low), points(i.High)))
	}
	out = out.Text(style.Quiet, " / "+points(i.Item.Points))
	if i.By != store.ByNobody {
		out = out.Text(style.Quiet, "   "+m.words.Say("by."+string(i.By)))
	}
	return out
}

// points writes points without needless zeros.
func points(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
