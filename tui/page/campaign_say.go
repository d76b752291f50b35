package page

import (
	"strconv"
	"strings"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
	"jindu/tui/words"
)

// Reached says what a campaign has brought: 横幅 260 条  目标 300  86.7%  应到 74.0%.
func (f *Frame) Reached(r store.Result) widget.Line {
	look, number := f.resultValue(r)
	out := widget.Text(style.Ink, f.name(r.Indicator)+" ")
	out = append(out, widget.Commas(look, number)...)
	if m := f.measure(r.Indicator); m != "" && r.Value.OK {
		out = out.Text(style.Quiet, " "+m)
	}
	lines := []widget.Line{out}
	if r.Target.OK {
		lines = append(lines, widget.Text(style.Quiet, f.say("head.target")+" ").Text(style.Ink, widget.Number(r.Target.V, 0)))
	}
	if rate := r.Rate(); rate.OK {
		lines = append(lines, widget.Text(style.Ink, widget.Number(rate.V, 1)).Text(style.Quiet, "%"))
	}
	if pace := r.Pace(); pace.OK && pace.V < 100 {
		lines = append(lines, widget.Text(style.Quiet, f.say("campaign.pace", widget.Number(pace.V, 1))))
	}
	return widget.Join(3, lines...)
}

// BasisLine says what a result rests on, until which day it tells, and of how many
// units.
func (f *Frame) BasisLine(r store.Result) widget.Line {
	if r.Basis == store.NoBasis {
		return widget.Text(style.Quiet, f.say("basis.none"))
	}
	what := f.say("basis.long." + string(r.Basis))
	lines := []widget.Line{widget.Text(style.Ink, what)}
	if !r.Until.IsZero() {
		lines = append(lines, widget.Text(style.Quiet, f.say("head.until")+" ").Text(style.Ink, words.Day(r.Until, f.Today)))
	}
	if r.M > 0 {
		lines = append(lines, f.units(r.N, r.M))
	}
	return widget.Join(3, append(lines, f.oldest(r.Oldest))...)
}

// LastLine compares a result with the earlier campaign, or says that it cannot be;
// nothing where there is none.
func (f *Frame) LastLine(r store.Result) widget.Line {
	if !r.LastKnown {
		return nil
	}
	if !r.Last.Diff.OK {
		return widget.Text(style.Quiet, f.say("campaign.nolast"))
	}
	d := widget.Decimals(r.Indicator)
	out := widget.Text(style.Ink, widget.Number(r.Last.Now.V, d)).
		Text(style.Quiet, f.say("campaign.beside")+" ").Text(style.Ink, widget.Number(r.Last.Then.V, d))
	return widget.Join(3, out, delta(r.Last, r.Indicator), widget.Share(r.Last.Units, r.Last.Of).Text(style.Quiet, " "+f.say("fact.units")))
}

// ShareLine is one of the cells of a result: its day or month, its unit, its value,
// and where it stands.
func (f *Frame) ShareLine(r store.Result, s store.Share) widget.Line {
	when := words.Day(s.Day, f.Today)
	if s.Day.IsZero() {
		when = s.Period.String()
	}
	lines := []widget.Line{widget.Text(style.Quiet, when)}
	if r.Scope != s.Unit {
		lines = append(lines, widget.Text(style.Ink, f.Short(s.Unit)))
	}
	lines = append(lines, widget.Text(style.Ink, widget.Number(s.Value, widget.Decimals(r.Indicator))), whereLine(s.Cell.Path, s.Cell.Sheet, s.Cell.Ref))
	return widget.Join(2, lines...)
}

// Names lists units by their short names.
func (f *Frame) Names(units []string) string {
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = f.Short(u)
	}
	return strings.Join(names, f.say("list.comma"))
}

// TakingPart says who takes part in a campaign.
func (f *Frame) TakingPart(c store.Campaign) string {
	if len(c.Units)+len(c.Kinds) == 0 {
		return f.say("unit.all")
	}
	var all []string
	for _, kind := range c.Kinds {
		all = append(all, f.say("unitkind."+string(kind)))
	}
	if len(c.Units) > 0 {
		all = append(all, f.Names(c.Units))
	}
	return strings.Join(all, f.say("list.comma"))
}

// resultSource tells of a result on the source line: what it rests on, and its
// newest cell.
func (f *Frame) resultSource(r *store.Result) []phrase {
	name := f.Reached(*r)
	if r.Scope != store.DistrictCode {
		name = append(widget.Text(style.Ink, f.Short(r.Scope)+"  "), name...)
	}
	all := []phrase{{line: name, keep: keepName}}
	if r.Basis == store.NoBasis {
		return append(all, phrase{line: widget.Text(style.Quiet, f.say("basis.none")), keep: keepState})
	}
	basis := widget.Text(style.Quiet, f.basis(r.Basis))
	if !r.Until.IsZero() {
		basis = basis.Text(style.Quiet, " "+f.say("head.until")+" "+words.Day(r.Until, f.Today))
	}
	all = append(all, phrase{line: basis, keep: keepValue})
	if len(r.Shares) > 0 {
		s := r.Shares[0]
		label := widget.Line(nil)
		if len(r.Shares) > 1 {
			label = widget.Text(style.Quiet, f.say("campaign.cells", strconv.Itoa(len(r.Shares)))+" ")
		}
		all = append(all, where(label, s.Cell.Path, s.Cell.Sheet, s.Cell.Ref),
			phrase{line: widget.Text(style.Quiet, f.stamp(s.Received)), keep: keepTime})
	}
	if r.State != store.Fresh {
		all = append(all, phrase{line: widget.StateWord(r.State, f.lang()), keep: keepState})
	}
	return all
}

func (f *Frame) campaignSource(c *store.Campaign) []phrase {
	all := []phrase{
		{line: widget.Text(style.Ink, c.Label(f.lang())), keep: keepAlways},
		{line: widget.Text(style.Quiet, f.daysOf(*c)), keep: keepValue},
		{line: widget.Text(style.Quiet, f.CampaignDay(*c)), keep: keepName},
	}
	if c.Document != "" {
		all = append(all, phrase{line: widget.Text(style.Quiet, c.Document), keep: keepSum})
	}
	return all
}

// recordSource tells of a row of a ledger.
func (f *Frame) recordSource(r *store.Record) []phrase {
	return []phrase{
		{line: widget.Text(style.Ink, f.Short(r.Unit)+"  "+f.RecordTitle(r)), keep: keepSum},
		where(nil, r.Cell.Path, r.Cell.Sheet, r.Cell.Ref),
		{line: widget.Text(style.Quiet, f.stamp(r.KnownFrom)), keep: keepTime},
	}
}

// RecordTitle names a row of a ledger: by its title where it has one, else by its
// ledger and day.
func (f *Frame) RecordTitle(r *store.Record) string {
	form, _ := f.Catalogue.FormByCode(r.Form)
	for _, field := range form.Fields {
		if v := r.Values[field.Name]; v.Kind == store.TitleField && v.Text != "" {
			return v.Text
		}
	}
	return strings.TrimSpace(form.Label(f.lang()) + " " + words.Day(r.Day, f.Today))
}

// FieldText writes what a field of a ledger's row holds; nothing where it is blank,
// and of a hash nothing at all.
func (f *Frame) FieldText(field store.FormField, v store.Value) string {
	switch v.Kind {
	case store.CountField, store.NumberField:
		d := 0
		if v.Kind == store.NumberField {
			d = 1
		}
		return strings.TrimSpace(widget.Number(v.Number, d) + " " + f.Catalogue.MeasureLabel(field.Measure, f.lang()))
	case store.CheckField, store.FilledField:
		if v.Number == 1 {
			return f.say("check.yes")
		}
		return f.say("check.no")
	case store.DateField:
		return v.Day.String()
	case store.UnitField:
		return f.Units.Name(v.Text)
	case store.HashField:
		return ""
	default:
		return v.Text
	}
}

// HeadOf is the name of a ledger's column in Chinese: the first of its heads.
func HeadOf(field store.FormField) string {
	if len(field.Heads) == 0 {
		return field.Name
	}
	return field.Heads[0]
}
