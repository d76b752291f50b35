package tui

import (
	"strconv"

	"jindu/store"
	"jindu/tui/page"
	"jindu/tui/style"
	"jindu/tui/words"
)

// record tells of a row of a ledger: every field that was read, and where it stands.
func (k *card) record(m *Model, r *store.Record) {
	k.title = m.words.Say("card.record")
	k.add("card.unit", style.Ink, m.frame().Name(r.Unit))
	form, _ := m.board.Catalogue.FormByCode(r.Form)
	for _, f := range form.Fields {
		if text := m.frame().FieldText(f, r.Values[f.Name]); text != "" {
			name := m.words.Lang.Pick(page.HeadOf(f), f.English)
			k.add(name, style.Ink, text) // the words have no such key: it is said as it stands
		}
	}
	k.where(m, r.Cell)
	k.add("card.known", style.Ink, m.stamp(r.KnownFrom))
}

// sharesShown is how many of the cells of a result its card names.
const sharesShown = 8

// result tells how a campaign stands with an indicator: what is reached, what it
// rests on, and the newest of the cells that it is the sum of.
func (k *card) result(m *Model, r *store.Result) {
	f := m.frame()
	k.title = m.words.Say("card.campaign")
	k.add("card.campaign", style.Ink, beside(r.Campaign.Label(m.words.Lang), f.CampaignDay(r.Campaign)))
	k.add("card.unit", style.Ink, f.Name(r.Scope))
	k.fields = append(k.fields, cardField{key: "card.reached", value: f.Reached(*r)})
	k.fields = append(k.fields, cardField{key: "card.basis", value: f.BasisLine(*r)})
	if line := f.LastLine(*r); line != nil {
		k.fields = append(k.fields, cardField{key: "card.last", value: line})
	}
	if r.Unmarked > 0 {
		k.add("card.unmarked", style.Watch, m.words.Count("campaign.unmarked", r.Unmarked))
	}
	if r.Blanks > 0 {
		k.add("card.blanks", style.Watch, m.words.Count("campaign.blanks", r.Blanks))
	}
	if n := len(r.Missing); n > 0 && r.M > 1 {
		k.add("card.missing", style.Watch, f.Names(r.Missing))
	}
	for i, s := range r.Shares[:min(sharesShown, len(r.Shares))] {
		key := ""
		if i == 0 {
			key = "card.cells"
		}
		k.fields = append(k.fields, cardField{key: key, value: f.ShareLine(*r, s)})
	}
	if rest := len(r.Shares) - sharesShown; rest > 0 {
		k.add("", style.Quiet, m.words.Count("list.more", rest))
	}
	if r.Scope == store.DistrictCode {
		k.unit = ""
	}
}

// campaign tells of a campaign as a whole.
func (k *card) campaign(m *Model, c *store.Campaign) {
	k.title = m.words.Say("card.campaign")
	k.add("card.days", style.Ink, beside(c.From.String()+" - "+c.To.String(), m.frame().CampaignDay(*c)))
	k.add("card.doc", style.Ink, c.Document)
	k.add("card.takespart", style.Ink, m.frame().TakingPart(*c))
	k.add("card.word", style.Ink, c.Word)
	if last, ok := m.board.Settings.Campaign(c.Against); ok {
		k.add("card.last", style.Ink, beside(last.Label(m.words.Lang), last.From.String()+" - "+last.To.String()))
	}
	for _, other := range m.board.Campaigns() {
		if other.Code != c.Code {
			k.add("card.others", style.Quiet, beside(other.Label(m.words.Lang), words.Day(other.From, m.board.Today)+" - "+words.Day(other.To, m.board.Today),
				m.frame().CampaignDay(other)))
		}
	}
	if n := store.CountPlans(m.board.Plans(*c)); c.Plan != "" {
		untold := ""
		if n.Untold > 0 {
			untold = strconv.Itoa(n.Untold) + " " + m.words.Say("plan.untold")
		}
		k.add("card.plans", style.Ink, beside(m.words.Say("plan.counts", strconv.Itoa(n.In), strconv.Itoa(n.Late), strconv.Itoa(n.Overdue), strconv.Itoa(n.Open)), untold))
	}
}
