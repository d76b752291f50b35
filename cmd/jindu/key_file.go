package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"

	gossh "golang.org/x/crypto/ssh"

	"jindu/store"
	"jindu/store/audit"
	"jindu/tui/sshd"
)

// beside is the path of a file that belongs to the mirror and lies beside it.
func beside(mirror, ending string) string {
	return filepath.Join(filepath.Dir(mirror), baseOf(mirror)+ending)
}

// keysPath is where the keys are that may log in.
func keysPath(mirror string) string { return beside(mirror, ".keys") }

// hostKeyPath is where the server's own key is.
func hostKeyPath(mirror string) string { return beside(mirror, ".hostkey") }

// auditPath is where the record is of who did what.
func auditPath(mirror string) string { return beside(mirror, ".audit") }

// keysHead explains the file to whoever opens it.
const keysHead = "# jindu key add / list / revoke\n"

// readKeys reads the keys that may log in; none is an empty list.
func readKeys(path string) (*sshd.Keys, error) {
	data, err := readOwn(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return sshd.ParseKeys(path, data)
}

// writeKeys replaces the file whole.
func writeKeys(path string, all []sshd.Key) error {
	text := []byte(keysHead)
	for _, k := range all {
		text = append(text, k.Line()...)
	}
	return replaceFile(path, text)
}

// readOwn reads a file that decides who may do what: one that others on this
// machine can read or write is not to be trusted, and not to be used.
func readOwn(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, own(path, err)
	}
	defer func() { _ = f.Close() }() // nothing was written
	if err := closed(path); err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, own(path, err)
	}
	const most = 4 << 20
	if info.Size() > most || !info.Mode().IsRegular() {
		return nil, store.NewError("file_odd", nil, path)
	}
	data, err := os.ReadFile(path)
	return data, own(path, err)
}

// own makes the error of a file that cannot be read; one that is not there stays
// what it is.
func own(path string, err error) error {
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return store.NewError("file_unreadable", err, path)
}

// hostKey returns the key that the server shows itself by, and makes it where
// there is none. made says that it did.
func hostKey(path string) (key gossh.Signer, made bool, err error) {
	data, err := readOwn(path)
	if errors.Is(err, fs.ErrNotExist) {
		made = true
		if data, err = newHostKey(path); err != nil {
			return nil, false, err
		}
	}
	if err != nil {
		return nil, false, err
	}
	key, err = gossh.ParsePrivateKey(data)
	if err != nil {
		return nil, false, store.NewError("host_key_bad", err, path)
	}
	return key, made, nil
}

// newHostKey makes a key and writes it for its owner only.
func newHostKey(path string) ([]byte, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	block, err := gossh.MarshalPrivateKey(private, "jindu")
	if err != nil {
		return nil, err
	}
	data := pem.EncodeToMemory(block)
	return data, replaceFile(path, data)
}

// openAudit opens the record.
func (a *app) openAudit(cfg *config) (*audit.Log, error) {
	path := auditPath(cfg.Mirror)
	if err := closed(path); err != nil {
		return nil, err
	}
	return audit.Open(path, a.Now)
}

// closed refuses a file that others on this machine can read or write. One that is
// not there yet will be made for its owner only.
func closed(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return store.NewError("file_unreadable", err, path)
	}
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode&0o077 != 0 {
		return store.NewError("file_open", nil, path, "0"+strconv.FormatUint(uint64(mode), 8))
	}
	return nil
}
