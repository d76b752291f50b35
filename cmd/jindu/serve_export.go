package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"jindu/store"
	"jindu/sync/form"
	"jindu/tui"
	"jindu/tui/sshd"
)

// What leaves over the network is bounded: a folder that keys can fill would in the
// end take the mirror's own room, and a terminal drops a clipboard that is too long
// without a word.
const (
	mostExports   = 1000
	longestCopied = 64 << 10
)

// handOut gives a visitor the one way in which views leave: as a file here, where
// the district has named a folder, else by the clipboard of the visitor's own
// terminal. Names that a visitor types go on record and into the folder masked.
func (h *house) handOut(o *tui.Options, v sshd.Visitor) {
	o.Audit = func(ctx context.Context, a store.Act) error {
		a.What = form.Mask(a.What)
		return v.Record(ctx, a)
	}
	if h.cfg.SSH.Exports != "" {
		o.Export = func(ctx context.Context, e tui.Export) (string, error) { return h.exportFile(ctx, v, e) }
		return
	}
	o.Copy = func(ctx context.Context, e tui.Export) (string, error) { return h.exportCopy(ctx, v, e) }
}

// exportFile writes the view into the folder. The name is taken first, so that what
// goes on record is the file that there will be; the figures are in it only then.
func (h *house) exportFile(ctx context.Context, v sshd.Visitor, e tui.Export) (string, error) {
	data, err := h.exported(e)
	if err != nil {
		return "", err
	}
	dir := h.cfg.SSH.Exports
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", store.NewError("export_failed", err, dir)
	}
	have, err := os.ReadDir(dir)
	if err != nil {
		return "", store.NewError("export_failed", err, dir)
	}
	if len(have) >= mostExports {
		return "", store.NewError("export_full", nil, dir, strconv.Itoa(len(have)))
	}
	f, err := newExport(dir, filepath.Base(maskedName(e.Name)), string(e.Format))
	if err != nil {
		return "", err
	}
	if err := leaves(ctx, v, "file "+filepath.Base(f.Name()), data); err != nil {
		return "", errors.Join(err, f.Close(), os.Remove(f.Name()))
	}
	if err := fillExport(f, data); err != nil {
		return "", err
	}
	return h.lang.Pick("服务器上的 ", "on the server, ") + f.Name(), nil
}

// exportCopy gives the view for the clipboard, whole or not at all.
func (h *house) exportCopy(ctx context.Context, v sshd.Visitor, e tui.Export) (string, error) {
	data, err := h.exported(e)
	if err != nil {
		return "", err
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // a mark for files
	if len(data) > longestCopied {
		return "", store.NewError("export_large", nil, strconv.Itoa((len(data)+1023)>>10), strconv.Itoa(longestCopied>>10))
	}
	if err := leaves(ctx, v, "clipboard "+maskedName(e.Name)+"."+string(e.Format), data); err != nil {
		return "", err
	}
	return string(data), nil
}

// maskedName is a name that a visitor has typed as it may go on record, and as every
// file system takes it.
func maskedName(name string) string { return strings.ReplaceAll(form.Mask(name), "*", "x") }

// leaves puts on record what is about to leave, so that it is known again where it
// turns up: how long it is, and its hash.
func leaves(ctx context.Context, v sshd.Visitor, what string, data []byte) error {
	sum := sha256.Sum256(data)
	return v.Record(ctx, store.Act{
		Deed: store.DeedExport,
		What: what + " " + strconv.Itoa(len(data)) + " sha256:" + hex.EncodeToString(sum[:]),
	})
}
