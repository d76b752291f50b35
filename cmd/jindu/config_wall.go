package main

import (
	"slices"
	"strings"
	"time"

	"jindu/store"
	"jindu/tui/wall"
)

// wallConfig is what the configuration says of walls.
type wallConfig struct {
	Plan wall.Plan
	Pull bool // pulls on schedule where nobody else does
	Open bool // shows small counts too
}

// wallEntry is [wall]: which pages a room sees, and when.
type wallEntry struct {
	Pages        []string       `toml:"pages"`
	Pinned       []string       `toml:"pinned"`
	Seconds      int            `toml:"seconds"`
	Digits       int            `toml:"digits"`
	Night        string         `toml:"night"`
	NightPages   []string       `toml:"night_pages"`
	QuietMinutes int            `toml:"quiet_minutes"`
	Pull         bool           `toml:"pull"`
	Open         bool           `toml:"open"`
	Page         []wall.Page    `toml:"page"`
	Meeting      []meetingEntry `toml:"meeting"`
}

// meetingEntry is one [[wall.meeting]]: days are weekdays or dates.
type meetingEntry struct {
	Name    string   `toml:"name"`
	Days    []string `toml:"days"`
	Hours   string   `toml:"hours"`
	Pages   []string `toml:"pages"`
	Seconds int      `toml:"seconds"`
}

// alertEntry is one [[alert]]: from how many on something is an alarm.
type alertEntry struct {
	Cause string `toml:"cause"`
	At    int    `toml:"at"`
	Page  string `toml:"page"`
}

// longestPage is how long a page may stand: a wall that hardly turns burns in.
const longestPage = 3600

// walls checks [wall] with its pages and meetings, and every [[alert]].
func (j *judging) walls(cfg *config) {
	d := j.doc.Wall
	p := wall.Plan{Seconds: d.Seconds, Digits: d.Digits, Quiet: time.Duration(d.QuietMinutes) * time.Minute}
	p.Book = j.wallPages(cfg)
	names := make([]string, len(p.Book))
	for i, one := range p.Book {
		names[i] = one.Name
	}
	j.within("wall.seconds", d.Seconds, 5, longestPage)
	j.within("wall.digits", d.Digits, 0, 2)
	j.within("wall.quiet_minutes", d.QuietMinutes, 0, 60*24*31)
	p.Pages = j.pageNames("wall.pages", d.Pages, names)
	p.Pinned = j.pageNames("wall.pinned", d.Pinned, names)
	p.AtNight = j.pageNames("wall.night_pages", d.NightPages, names)
	if d.Night != "" {
		p.Night = j.hours("wall.night", d.Night)
	}
	for i, m := range d.Meeting {
		p.Meetings = append(p.Meetings, j.meeting(nth("wall.meeting", i), m, names))
	}
	p.Alerts = j.alerts(names)
	cfg.Wall = wallConfig{Plan: p, Pull: d.Pull, Open: d.Open}
}

// wallPages lays the district's pages over the usual ones: a name that exists
// replaces the page wholly.
func (j *judging) wallPages(cfg *config) []wall.Page {
	book := wall.UsualPages()
	codes := append(indicatorCodes(cfg.Catalogue), wall.InspectionTile)
	lists := make([]string, len(wall.Lists))
	for i, l := range wall.Lists {
		lists[i] = string(l)
	}
	for i, p := range j.doc.Wall.Page {
		at := nth("wall.page", i)
		j.required(at, "name", p.Name)
		if p.List != "" {
			j.oneOf(at+".list", string(p.List), lists...)
		} else if len(p.Tiles) == 0 {
			j.required(at, "tiles", "")
		}
		for k, code := range p.Tiles {
			j.refer(nth(at+".tiles", k), code, codes)
		}
		for k, code := range p.More {
			j.refer(nth(at+".more", k), code, codes)
		}
		if k := slices.IndexFunc(book, func(one wall.Page) bool { return one.Name == p.Name }); k >= 0 {
			book[k] = p
			continue
		}
		book = append(book, p)
	}
	return book
}

// pageNames checks names of pages.
func (j *judging) pageNames(key string, list, names []string) []string {
	for i, one := range list {
		j.refer(nth(key, i), one, names)
	}
	return list
}

// hours reads a stretch of the day, such as 22:00-06:30.
func (j *judging) hours(key, text string) wall.Hours {
	from, to, ok := strings.Cut(text, "-")
	a, err := time.Parse("15:04", strings.TrimSpace(from))
	b, err2 := time.Parse("15:04", strings.TrimSpace(to))
	if !ok || err != nil || err2 != nil || a.Equal(b) {
		j.fail("config_like", key, text, "22:00-06:30")
		return wall.Hours{}
	}
	minutes := func(t time.Time) int { return t.Hour()*60 + t.Minute() }
	return wall.Hours{From: minutes(a), To: minutes(b)}
}

// meeting checks a time at which a room looks at chosen pages.
func (j *judging) meeting(at string, e meetingEntry, names []string) wall.Meeting {
	j.required(at, "name", e.Name)
	j.required(at, "hours", e.Hours)
	if len(e.Pages) == 0 {
		j.required(at, "pages", "")
	}
	if e.Seconds != 0 {
		j.within(at+".seconds", e.Seconds, 5, longestPage)
	}
	m := wall.Meeting{Name: e.Name, Seconds: e.Seconds, Pages: j.pageNames(at+".pages", e.Pages, names)}
	m.Hours = j.hours(at+".hours", e.Hours)
	for i, text := range e.Days {
		if w := slices.Index(weekdays(), text); w >= 0 {
			m.Weekdays = append(m.Weekdays, time.Weekday(w))
			continue
		}
		day, err := store.ParseDate(text)
		if err != nil {
			j.oneOf(nth(at+".days", i), text, append(weekdays(), "2026-06-26")...)
		}
		m.Days = append(m.Days, day)
	}
	return m
}

// weekdays are the words for the days of a week, Sunday first.
func weekdays() []string { return []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} }

// alerts lays every [[alert]] over the usual ones.
func (j *judging) alerts(names []string) []wall.Alert {
	all := wall.UsualAlerts()
	causes := make([]string, len(wall.Causes))
	for i, c := range wall.Causes {
		causes[i] = string(c)
	}
	for i, e := range j.doc.Alerts {
		at := nth("alert", i)
		j.oneOf(at+".cause", e.Cause, causes...)
		j.within(at+".at", e.At, 0, 100_000)
		if e.Page != "" {
			j.refer(at+".page", e.Page, names)
		}
		k := slices.IndexFunc(all, func(a wall.Alert) bool { return string(a.Cause) == e.Cause })
		if k < 0 {
			return nil // told above
		}
		all[k].At = e.At
		if e.Page != "" {
			all[k].Page = e.Page
		}
	}
	return all
}
