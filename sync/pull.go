package sync

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"time"

	"jindu/store"
	"jindu/sync/source"
)

// Mirror is what a pull writes to.
type Mirror interface {
	// Stamps returns what is known of every path of the source, by path.
	Stamps(ctx context.Context, source string) (map[string]store.Stamp, error)
	// BeginPull records that a pull started, and whether it is the source's first.
	BeginPull(ctx context.Context, source string, started time.Time) (id int64, initial bool, err error)
	// Apply takes in one workbook in one transaction.
	Apply(ctx context.Context, pull int64, r *store.Reading) (store.Outcome, error)
	// Gone records that files are no longer there; their figures stay.
	Gone(ctx context.Context, pull int64, source string, paths []string, at time.Time) error
	// Rename records that a file has another path now.
	Rename(ctx context.Context, source, from, to string, at time.Time) error
	// Note makes the findings those that are open about the source itself.
	Note(ctx context.Context, source string, at time.Time, found []store.Finding) error
	// FinishPull records how the pull went.
	FinishPull(ctx context.Context, p store.Pull) error
	// Held returns when the file at the path last held these bytes before it held
	// others; the zero time where it never did.
	Held(ctx context.Context, source, path, sha256 string) (time.Time, error)
	// Heads returns the heads of the sheets of one form and unit as they stood when
	// each was last accepted: of periods before the given one, the latest first, or
	// of sheets without a period.
	Heads(ctx context.Context, source, form, unit string, before store.Period) ([]store.HeadList, error)
	// Understanding returns the fingerprint that Understood noted last.
	Understanding(ctx context.Context, source string) (string, error)
	// Understood notes by what the whole source has been read.
	Understood(ctx context.Context, source, fingerprint string) error
}

// Place is a source and what the configuration says of it.
type Place struct {
	Name   string
	Unit   string // code of the unit that the source is bound to; empty: none
	Source source.Source
}

// Progress says how far a pull has come.
type Progress struct {
	Source string
	Step   Step
	Done   int
	Total  int
}

// Step is a part of a pull that takes time.
type Step string

// The steps that are reported.
const (
	Looking Step = "look" // every file is fetched and compared
	Reading Step = "read" // those that changed are read and applied
)

// Puller pulls sources into a mirror.
type Puller struct {
	Mirror        Mirror
	Places        []Place
	Understanding Understanding
	Clock         func() time.Time
	Settle        time.Duration  // pause between the two looks at a file that was written just now
	AcceptGone    bool           // many vanished files are no alarm: somebody has said that they are gone
	Lang          store.Lang     // of the errors kept with a pull
	Log           *slog.Logger   // nil: nothing is logged
	Progress      func(Progress) // nil: nobody watches
}

// workers is how many files are fetched and read at once: enough to hide the
// waiting of a network share, few enough to leave a board on a small machine responsive.
const workers = 2

// batchSize is how many readings may wait to be applied: a district's first
// pull is one batch, and a city's stays within some hundred megabytes.
const batchSize = 500

// Pull looks at one source once. The pull returned says what was found, and in
// Error that the source did not answer. An error is the mirror's or the
// context's: then the pull is not finished, and the next one takes up from there.
func (p *Puller) Pull(ctx context.Context, place Place) (store.Pull, error) {
	started := p.Clock()
	id, initial, err := p.Mirror.BeginPull(ctx, place.Name, started)
	if err != nil {
		return store.Pull{}, fmt.Errorf("begin pull: %w", err)
	}
	r := &round{
		Puller:   p,
		place:    place,
		initial:  initial,
		reader:   p.Understanding.Reader(),
		maskList: p.Understanding.MaskList(),
		pull:     store.Pull{ID: id, Source: place.Name, Started: started},
	}
	if err := r.run(ctx); err != nil {
		return r.pull, err
	}
	r.pull.Ended = p.Clock()
	if err := p.Mirror.FinishPull(ctx, r.pull); err != nil {
		return r.pull, fmt.Errorf("finish pull: %w", err)
	}
	return r.pull, nil
}

// round is one pull under way.
type round struct {
	*Puller
	place   Place
	initial bool
	reader  *Reader
	again   bool // every file is read again, whether it changed or not
	stamps  map[string]store.Stamp
	// maskList names a file that lists persons.
	maskList func(name string) string
	pull     store.Pull
	layouts  map[pastHeads]layout // of sheets of before, see layoutBefore
}

// run is the story of a pull. What the source does wrong ends it with an error
// in the pull; what one file does wrong ends as a finding.
func (r *round) run(ctx context.Context) error {
	understood, err := r.Mirror.Understanding(ctx, r.place.Name)
	if err != nil {
		return fmt.Errorf("understanding: %w", err)
	}
	// An alias that was added today may turn a refused file into an accepted one.
	fingerprint := r.Understanding.Fingerprint(r.place.Unit)
	r.again = understood != fingerprint
	if r.stamps, err = r.Mirror.Stamps(ctx, r.place.Name); err != nil {
		return fmt.Errorf("stamps: %w", err)
	}
	entries, err := r.place.Source.List(ctx)
	if err != nil {
		return r.sourceFailed(ctx, err)
	}
	files, err := r.look(ctx, entries)
	if err != nil {
		return r.sourceFailed(ctx, err)
	}
	if err := r.settleMoves(ctx, entries, files); err != nil {
		return err
	}
	changed := r.changed(files)
	if err := r.settleUploads(ctx, changed); err != nil {
		return err
	}
	if err := r.read(ctx, changed); err != nil || r.pull.Error != "" {
		return err
	}
	return r.close(ctx, fingerprint)
}

// close notes what the source was read by and what is wrong with it, now that
// every file of it was looked at. A source that did not answer says nothing.
func (r *round) close(ctx context.Context, fingerprint string) error {
	if r.again {
		if err := r.Mirror.Understood(ctx, r.place.Name, fingerprint); err != nil {
			return fmt.Errorf("understood: %w", err)
		}
	}
	if err := r.Mirror.Note(ctx, r.place.Name, r.Clock(), r.pull.Findings); err != nil {
		return fmt.Errorf("note: %w", err)
	}
	return nil
}

// sourceFailed keeps the reason with the pull, unless it was us who stopped.
func (r *round) sourceFailed(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	r.log("source failed", slog.String("code", store.ErrorCode(err)))
	r.pull.Error = Say(err, r.Lang)
	return nil
}

// changed returns the files to be read: new content, or content that was
// understood by other words than those of today.
func (r *round) changed(files []*file) []*file {
	var out []*file
	for _, f := range files {
		stamp, known := r.stamps[f.path]
		if known && stamp.Live && stamp.SHA256 == f.sha && !r.again && !f.moved {
			r.pull.Unchanged++
			continue
		}
		out = append(out, f)
	}
	return out
}

// read reads the changed files side by side and applies them one by one, the
// earlier period first, so that history stands before what is judged by it, and
// the same files always give the same mirror.
func (r *round) read(ctx context.Context, changed []*file) error {
	slices.SortFunc(changed, byName)
	done := 0
	for batch := range slices.Chunk(changed, batchSize) {
		var ready []*file
		err := inOrder(ctx, batch, workers, r.understand, func(f *file) error {
			done++
			r.progress(Reading, done, len(changed))
			switch {
			case sourceDown(f.err):
				return f.err
			case f.err != nil:
				r.fault(f)
			default:
				ready = append(ready, f)
			}
			return nil
		})
		if err != nil {
			return r.sourceFailed(ctx, err)
		}
		slices.SortStableFunc(ready, byPeriod)
		for _, f := range ready {
			if err := r.apply(ctx, f); err != nil {
				return err
			}
		}
	}
	return nil
}

// apply hands one workbook to the mirror and counts how it went.
func (r *round) apply(ctx context.Context, f *file) error {
	rd := f.reading
	rd.Workbook.Source = r.place.Name
	rd.Workbook.Path = f.path
	rd.Workbook.SHA256 = f.sha
	rd.Workbook.Size = f.size
	rd.Workbook.Modified = f.entry.Modified
	rd.Workbook.Received = r.Clock()
	rd.Workbook.Initial = r.initial
	if err := r.drift(ctx, rd); err != nil {
		return fmt.Errorf("heads: %w", err)
	}
	if err := r.reverted(ctx, rd); err != nil {
		return fmt.Errorf("held: %w", err)
	}
	out, err := r.Mirror.Apply(ctx, r.pull.ID, rd)
	if err != nil {
		return fmt.Errorf("apply: %w", err)
	}
	f.reading = nil // a first pull holds hundreds
	r.pull.Fetched++
	switch {
	case rd.Workbook.Verdict == store.Rejected:
		r.pull.Refused++
	case rd.Workbook.Verdict == store.Partly || out.Conflicts > 0:
		r.pull.Partial++ // of what contradicts another file, nothing applies
	default:
		r.pull.Accepted++
	}
	r.log("applied", slog.Int64("workbook", out.Workbook), slog.String("verdict", string(rd.Workbook.Verdict)),
		slog.Int("opened", out.Opened), slog.Int("corrected", out.Corrected), slog.Int("conflicts", out.Conflicts))
	return nil
}

// reverted tells of a file that holds again what it held before it was corrected:
// more often an old copy that was put back than a correction that was taken back.
func (r *round) reverted(ctx context.Context, rd *store.Reading) error {
	at, err := r.Mirror.Held(ctx, r.place.Name, rd.Workbook.Path, rd.Workbook.SHA256)
	if err == nil && !at.IsZero() {
		rd.Findings = append(rd.Findings, store.NewFinding("reverted", "", "", at.In(r.Understanding.Zone).Format("2006-01-02 15:04")))
	}
	return err
}

// fault records a file that could not be had: its last good figures stay.
func (r *round) fault(f *file) {
	rule, args := reason(f.err)
	found := store.NewFinding(rule, "", "", args...)
	found.Source, found.Path = r.place.Name, f.path
	r.pull.Findings = append(r.pull.Findings, found)
	if found.Severity == store.Fault {
		r.pull.Refused++
	}
}

func (r *round) progress(step Step, done, total int) {
	if r.Progress != nil {
		r.Progress(Progress{r.place.Name, step, done, total})
	}
}

func (r *round) log(event string, attrs ...slog.Attr) {
	if r.Log == nil {
		return
	}
	attrs = append(attrs, slog.String("source", r.place.Name), slog.String("pull", strconv.FormatInt(r.pull.ID, 10)))
	r.Log.LogAttrs(context.Background(), slog.LevelInfo, event, attrs...)
}
