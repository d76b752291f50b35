package sqlite_test

import (
	"maps"
	"math"
	"slices"
	"time"

	"jindu/store"
)

// model is the mirror as simply as it can be said: every file with what it
// states, every figure that stands, what waits beside it, and what officers
// decided. It keeps no history.
type model struct {
	settings store.Settings
	files    map[string]*modelFile
	figures  map[store.Key]modelFigure
	pending  map[store.Key]modelPending
	began    map[store.Key]modelFigure // what stood when the pull began
	decided  []store.Acknowledgement
	pull     int64
	seq      int64
	made     int64 // files that there ever were
}

type modelFile struct {
	id     int64
	live   bool
	sha    string // of the latest version
	claims map[store.Key]store.Claim
	ledger modelLedger
}

type modelFigure struct {
	value   float64
	na      bool
	suspect bool
	sha     string // of the workbook that states it
	book    int64  // the version: a file that comes back with the same bytes is another
	pull    int64  // that made it so
}

// modelPending is a value that waits, and why.
type modelPending struct {
	modelFigure
	why store.Wait
}

func newModel(s store.Settings) *model {
	return &model{
		settings: s,
		files:    map[string]*modelFile{},
		figures:  map[store.Key]modelFigure{},
		pending:  map[store.Key]modelPending{},
		began:    map[store.Key]modelFigure{},
		pull:     1,
	}
}

// apply takes in a version of a file. Of what was set aside the file's last word
// stays.
func (m *model) apply(v version, sha string, now time.Time) {
	f := m.files[v.path]
	if f == nil {
		m.made++
		f = &modelFile{id: m.made}
		m.files[v.path] = f
	}
	m.seq++
	said := f.ledger.said
	f.ledger.replace(v.ledger, sha, f.live, m.seq)
	if f.live && f.sha == sha && f.ledger.said == said {
		return // it was there and says what it said
	}
	stayed := f.live
	f.live, f.sha = true, sha
	touched := map[store.Key]bool{}
	claims := map[store.Key]store.Claim{}
	for k := range f.claims {
		touched[k] = true
	}
	for _, s := range v.statements {
		touched[s.Key] = true
		c := store.Claim{Statement: s, File: f.id, Live: true, Pull: m.pull, Since: time.Unix(m.seq, 0)}
		c.Cell.SHA256, c.Cell.Workbook = sha, m.seq
		if old, ok := f.claims[s.Key]; ok && old.Same(s) && old.Own == s.Own {
			c.Pull, c.Since = old.Pull, old.Since
		}
		claims[s.Key] = c
	}
	for _, k := range v.aside {
		if old, ok := f.claims[k]; ok {
			claims[k] = old
			if stayed {
				delete(touched, k) // nobody says anything new about it
			}
		}
	}
	f.claims = claims
	m.resolve(touched, m.pull, now)
}

// rename moves a file; what it states stays.
func (m *model) rename(from, to string) {
	m.files[to] = m.files[from]
	delete(m.files, from)
}

func (m *model) gone(path string, now time.Time) {
	f := m.files[path]
	f.live = false
	touched := map[store.Key]bool{}
	for k := range f.claims {
		for _, o := range m.files {
			if _, ok := o.claims[k]; ok && o.live {
				touched[k] = true
			}
		}
	}
	m.resolve(touched, m.pull, now)
}

// acknowledge notes a decision and decides its figure anew, as part of no pull.
func (m *model) acknowledge(a store.Acknowledgement, now time.Time) {
	m.decided = append(m.decided, a)
	m.resolve(map[store.Key]bool{a.Key: true}, -int64(len(m.decided)), now)
	if f, ok := m.figures[a.Key]; ok && f.pull < 0 {
		m.began[a.Key] = f // no pull can take it back
	}
}

func (m *model) resolve(touched map[store.Key]bool, pull int64, now time.Time) {
	for k := range touched {
		var claims []store.Claim
		live := false
		for _, path := range slices.Sorted(maps.Keys(m.files)) {
			f := m.files[path]
			if c, ok := f.claims[k]; ok {
				c.Live = f.live
				claims = append(claims, c)
				live = live || c.Own && c.Live
			}
		}
		said := claims
		res := store.Resolve(claims)
		if res.Conflict() {
			claims = m.chosen(k, claims)
			res = store.Resolve(claims)
		}
		switch {
		case res.Conflict():
			delete(m.pending, k)
			m.retreat(k, pull)
			continue
		case res.Winner < 0:
			m.vanish(k, pull, now)
			continue
		}
		w := claims[res.Winner]
		m.enter(k, modelFigure{w.Value, w.NotApplicable, w.Suspect, w.Cell.SHA256, w.Cell.Workbook, pull}, now)
		for _, f := range m.files {
			if c, ok := f.claims[k]; live && ok && c.Own && !f.live && len(said) > 0 {
				delete(f.claims, k)
			}
		}
	}
}

// retreat goes back to the agreed value: that of before the pull, if this pull
// changed it.
func (m *model) retreat(k store.Key, pull int64) {
	f, stands := m.figures[k]
	if !stands || f.pull != pull {
		return
	}
	began, ok := m.began[k]
	switch {
	case !ok:
		delete(m.figures, k)
	case began.value != f.value || began.na != f.na || began.suspect != f.suspect:
		began.pull = pull
		m.figures[k] = began
	}
}

// before returns what a new value is held against.
func (m *model) before(k store.Key, pull int64) (modelFigure, bool) {
	f, stands := m.figures[k]
	if stands && f.pull == pull {
		f, stands = m.began[k]
	}
	return f, stands
}

// decision returns the latest word about a value of a workbook.
func (m *model) decision(k store.Key, f modelFigure, withdrawn bool) (word store.Decision) {
	for _, a := range m.decided {
		same := a.Decided.Number.OK != f.na && a.Decided.Number.V == f.value && a.Decided.Cell.SHA256 == f.sha
		if a.Key == k && a.Matter != store.CorrectionMatter && same && (a.Wait == store.WaitWithdrawn) == withdrawn {
			word = a.Decision
		}
	}
	return word
}

func (m *model) closed(k store.Key, now time.Time) bool {
	return now.After(k.Period.End().Add(m.settings.CloseDays + 1).Time().Add(-time.Nanosecond))
}

// large is the second half of the rule, in numbers of its own.
func large(k store.Key, then, now modelFigure) bool {
	change := math.Abs(now.value-then.value) / math.Abs(then.value)
	switch {
	case then.na || now.na || now.value == then.value:
		return false
	case k.Indicator == "reg_total":
		z := 2 * math.Abs(math.Sqrt(max(0, now.value))-math.Sqrt(max(0, then.value)))
		return change > 0.2 && z > 3
	default:
		return k.Indicator == "seized_total_g" && change > 0.5
	}
}

func (m *model) enter(k store.Key, next modelFigure, now time.Time) {
	then, had := m.before(k, next.pull)
	standing, stands := m.figures[k]
	already := stands && standing.na == next.na && standing.value == next.value
	differs := had && !already && (then.na != next.na || then.value != next.value)
	word := store.Decision("")
	if differs {
		word = m.decision(k, next, false)
	}
	delete(m.pending, k)
	switch {
	case word == store.Reject:
	case differs && word == "" && m.closed(k, now):
		m.pending[k] = modelPending{next, store.WaitClosed}
	case differs && word == "" && large(k, then, next):
		m.pending[k] = modelPending{next, store.WaitLarge}
	default:
		if f, ok := m.figures[k]; ok && f.value == next.value && f.na == next.na && f.suspect == next.suspect && f.book == next.book {
			return // it stands already, and was not moved
		}
		m.figures[k] = next
	}
}

func (m *model) vanish(k store.Key, pull int64, now time.Time) {
	f, stands := m.figures[k]
	_, had := m.before(k, pull)
	delete(m.pending, k)
	gone := modelFigure{na: true, sha: f.sha}
	word := m.decision(k, gone, true)
	switch {
	case stands && had && m.closed(k, now) && word == store.Reject:
	case stands && had && m.closed(k, now) && word == "":
		m.pending[k] = modelPending{gone, store.WaitWithdrawn}
	default:
		delete(m.figures, k)
		delete(m.began, k) // taken back: not agreed any more
	}
}

// chosen leaves of contradicting claims what an officer chose, as long as nobody
// says anything that he did not know of.
func (m *model) chosen(k store.Key, claims []store.Claim) []store.Claim {
	var choice *store.Acknowledgement
	for i, a := range m.decided {
		if a.Key == k && a.Matter == store.ConflictMatter {
			choice = &m.decided[i]
		}
	}
	live := slices.ContainsFunc(claims, func(c store.Claim) bool { return c.Own && c.Live })
	found := false
	var left []store.Claim
	for _, c := range claims {
		switch counts := c.Own && (c.Live || !live); {
		case choice == nil, counts && c.Number() != choice.Decided.Number && !slices.Contains(choice.Others, c.Number()):
			return claims
		case c.Own && c.Number() != choice.Decided.Number:
			continue
		case counts:
			found = true
		}
		left = append(left, c)
	}
	if !found {
		return claims
	}
	return left
}
