package sqlite

import (
	"errors"
	"fmt"
	"hash/crc32"
	"strconv"
	"strings"
)

// errBroken is damage that SQLite does not notice; translate names it.
var errBroken = errors.New("a row does not fit its seal")

// errEmptied is a mirror of which only the log is left.
var errEmptied = errors.New("the file is empty and its log is not")

// sealOf returns a checksum over what a row says and what it says it of.
func sealOf(parts ...string) int64 {
	text := make([]byte, 0, 256)
	for _, p := range parts {
		text = append(text, p...)
		text = append(text, fieldMark...)
	}
	return int64(crc32.Checksum(text, crc32.MakeTable(crc32.Castagnoli)))
}

// unseal parts a packed row from its seal, and fails where the two do not fit: a
// number that may have turned into another is not shown.
func unseal(packed string, key ...string) (string, error) {
	i := strings.LastIndex(packed, fieldMark)
	if i < 0 {
		return "", fmt.Errorf("%v: %w", key, errBroken)
	}
	seal, err := strconv.ParseInt(packed[i+len(fieldMark):], 10, 64)
	if err != nil || seal != sealOf(append(key, packed[:i])...) {
		return "", fmt.Errorf("%v: %w", key, errBroken)
	}
	return packed[:i], nil
}
