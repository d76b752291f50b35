package main

import (
	"context"
	"os"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
	"jindu/sync"
	"jindu/sync/source"
)

// How long a source may take before it counts as not answering.
const (
	listTime  = 60 * time.Second
	fetchTime = 30 * time.Second
	settle    = time.Second // between the two looks at a file that was written just now
)

// setting is the configuration of this run.
func (a *app) setting() (*config, error) {
	file, err := findConfig(a.config)
	if err != nil {
		return nil, err
	}
	return loadConfig(file, a.Now())
}

// openMirror opens the mirror of the configuration. An empty file beside backups
// is no new mirror: all that it held is gone, and that must be told.
func openMirror(ctx context.Context, cfg *config, readOnly bool) (*sqlite.DB, error) {
	if info, err := os.Stat(cfg.Mirror); err == nil && info.Size() == 0 {
		if all, err := newRing(cfg).all(); err != nil || len(all) > 0 {
			return nil, store.NewError("mirror_damaged", err, cfg.Mirror)
		}
	}
	return sqlite.Open(ctx, cfg.Mirror, sqlite.Config{
		Units:     cfg.Units,
		Catalogue: cfg.Catalogue,
		Settings:  cfg.Settings,
		ReadOnly:  readOnly,
		Acks:      acksOf(cfg.Mirror),
	})
}

// schemaOf names the layout of the mirrors that this program makes.
func schemaOf() string { return sqlite.Schema() }

// newPuller joins the sources, the readers and the mirror.
func (a *app) newPuller(cfg *config, db *sqlite.DB) (*sync.Puller, error) {
	secret, err := secretOf(cfg.Mirror)
	if err != nil {
		return nil, err
	}
	return &sync.Puller{
		Mirror:        db,
		Places:        placesOf(cfg),
		Understanding: cfg.reading(secret),
		Clock:         a.Now,
		Settle:        settle,
		Lang:          a.lang,
	}, nil
}

// placesOf joins the configured sources with what reads them.
func placesOf(cfg *config) []sync.Place {
	places := make([]sync.Place, len(cfg.Sources))
	for i, s := range cfg.Sources {
		places[i] = sync.Place{Name: s.Name, Unit: s.Unit, Source: sourceOf(s)}
	}
	return places
}

// sourceOf chooses what reads a remote. Each is bounded, since a dead mount hangs
// beyond any deadline.
func sourceOf(s sourceConfig) source.Source {
	if isRemote(s.Remote) {
		return absent{store.NewError("remote_later", nil, s.Name, s.Remote)}
	}
	return source.NewPatient(source.Folder{Name: s.Name, Dir: s.Remote}, s.Name, listTime, fetchTime)
}

// absent is a source that can never answer, and says why.
type absent struct{ err error }

// List fails.
func (s absent) List(context.Context) ([]source.Entry, error) { return nil, s.err }

// Fetch fails.
func (s absent) Fetch(context.Context, source.Entry) ([]byte, error) { return nil, s.err }
