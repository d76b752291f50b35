package main

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"jindu/store"
)

// secretPath is where the key of the mirror's hashes is kept.
func secretPath(mirrorPath string) string { return mirrorPath + ".secret" }

// secretOf returns the key beside the mirror that hashes of case numbers are
// made with, and makes it where it is missing: a mirror that is carried away
// alone must not let anybody try case numbers against it.
func secretOf(mirrorPath string) ([]byte, error) {
	path := secretPath(mirrorPath)
	secret, err := os.ReadFile(path)
	if err == nil && len(secret) >= 16 {
		return secret, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, store.NewError("mirror_readonly", err)
	}
	secret = []byte(rand.Text())
	return secret, replaceFile(path, secret)
}

// replaceFile writes a file whole or not at all, for its owner only.
func replaceFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp") // made 0600
	if err != nil {
		return store.NewError("mirror_readonly", err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // the first error says more
		return store.NewError("mirror_readonly", err)
	}
	return nil
}
