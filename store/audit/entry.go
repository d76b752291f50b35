// Package audit keeps the record of who logged in, was refused, took figures out,
// decided or administered: a file of JSON lines that only grows.
//
// Every line carries its number, the hash of the line before and its own hash, so
// that a line that was changed, taken out, put in or moved breaks the chain at a
// place that can be named. Beside the file lies its mark: number and hash of the
// last line, so that lines missing at the end are noticed too. Who can write both
// files can forge both; whoever needs more writes down the hash that verify prints
// and asks for it the next time.
package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"jindu/store"
)

// Event is what an entry is about.
type Event string

// The events.
const (
	Start   Event = "start"   // the server began to listen
	Stop    Event = "stop"    // it ended
	Login   Event = "login"   // a session began
	Logout  Event = "logout"  // and ended; What says why
	Refused Event = "refused" // a connection, a session or a request was refused; What says which
	Export  Event = "export"  // figures are taken out
	Decide  Event = "decide"  // an officer accepted, declined or chose
	Undone  Event = "undone"  // what the record says of a decision did not happen; What says why
	Restore Event = "restore" // a restore that was interrupted was finished
	Pull    Event = "pull"    // somebody asked for a pull
	Denied  Event = "denied"  // a session asked for what its role may not do
	Admin   Event = "admin"   // keys were added or revoked
	Mended  Event = "mended"  // a line that a crash had left unfinished was cut off
)

// Entry is one line of the record. It holds no figures and no names of persons:
// keys have the names of posts.
type Entry struct {
	At    time.Time
	Event Event
	Who   string     // name of the key, or how the machine itself was used
	Role  store.Role // of the key
	Key   string     // its fingerprint
	From  string     // address
	What  string
	Count int // how many times, where that is more than once
}

// line is an entry as it is written. The order of its fields is part of the format.
type line struct {
	N     int    `json:"n"`
	At    string `json:"at"`
	Event Event  `json:"event"`
	Who   string `json:"who,omitempty"`
	Role  string `json:"role,omitempty"`
	Key   string `json:"key,omitempty"`
	From  string `json:"from,omitempty"`
	What  string `json:"what,omitempty"`
	Count int    `json:"count,omitempty"`
	Prev  string `json:"prev"`
	Hash  string `json:"hash,omitempty"`
}

// link is where a chain stands: how many lines, and the hash of the last.
type link struct {
	n    int
	hash string
}

// next makes the bytes of the entry that follows, and the link that it is.
func (l link) next(e Entry) ([]byte, link) {
	out := line{
		N: l.n + 1, At: e.At.UTC().Format(time.RFC3339Nano), Event: e.Event,
		Who: e.Who, Role: string(e.Role), Key: e.Key, From: e.From, What: e.What, Count: e.Count,
		Prev: l.hash,
	}
	out.Hash = out.sum()
	return append(out.bytes(), '\n'), link{out.N, out.Hash}
}

// sum is the hash of a line without its hash.
func (l line) sum() string {
	l.Hash = ""
	sum := sha256.Sum256(l.bytes())
	return hex.EncodeToString(sum[:])
}

// bytes is the line as JSON, everything escaped that is not plain.
func (l line) bytes() []byte {
	b, err := json.Marshal(l)
	if err != nil {
		panic(err) // strings and numbers always have a JSON form
	}
	return b
}

// follows checks a line against the link before it and returns the next. Bytes
// that say the same in another way are a changed line too.
func (l link) follows(text []byte) (link, line, bool) {
	var one line
	if json.Unmarshal(text, &one) != nil {
		return l, one, false
	}
	if one.N != l.n+1 || one.Prev != l.hash || one.Hash != one.sum() || string(one.bytes()) != string(text) {
		return l, one, false
	}
	return link{one.N, one.Hash}, one, true
}
