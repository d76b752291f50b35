package sshd

import (
	"bufio"
	"bytes"
	"crypto/rsa"
	"errors"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	gossh "golang.org/x/crypto/ssh"

	"jindu/store"
	"jindu/tui/widget"
)

// Key is a public key that may log in, and as what.
type Key struct {
	Name        string // of a post or a display, never of a person
	Role        store.Role
	Fingerprint string // SHA256:...
	Kind        string // such as ssh-ed25519
	Added       string // day
	From        string // addresses and networks that it may come from, with commas; empty: any
	blob        string // as it is compared
}

// Keys are the keys that may log in. They are not changed: a new list replaces
// the old one.
type Keys struct {
	all    []Key
	byBlob map[string]Key
}

// What bounds a list of keys.
const (
	leastRSA   = 2048
	mostRSA    = 8192
	longestRow = 16 << 10
	mostKeys   = 5000
	longName   = 40
)

// NewKeys makes a list of keys; no two may be the same or have the same name.
func NewKeys(all []Key) (*Keys, error) {
	k := &Keys{all: slices.Clone(all), byBlob: make(map[string]Key, len(all))}
	names := map[string]bool{}
	for _, one := range all {
		if _, twice := k.byBlob[one.blob]; twice || names[one.Name] {
			return nil, store.NewError("key_twice", nil, one.Name)
		}
		k.byBlob[one.blob], names[one.Name] = one, true
	}
	if len(all) > mostKeys {
		return nil, store.NewError("key_many", nil, strconv.Itoa(mostKeys))
	}
	return k, nil
}

// All returns the keys in the order of the file.
func (k *Keys) All() []Key { return slices.Clone(k.all) }

// find returns the key that is the same as the one offered.
func (k *Keys) find(key gossh.PublicKey) (Key, bool) {
	one, ok := k.byBlob[string(key.Marshal())]
	return one, ok
}

// by returns the key of a fingerprint.
func (k *Keys) by(fingerprint string) (Key, bool) {
	for _, one := range k.all {
		if one.Fingerprint == fingerprint {
			return one, true
		}
	}
	return Key{}, false
}

// ParseKeys reads a file of keys: lines as in OpenSSH's authorized_keys, with the
// options role, name, added and from. Anything that is not understood is an error
// with its line: a list that says who may log in is not guessed at.
func ParseKeys(file string, data []byte) (*Keys, error) {
	var all []Key
	in := bufio.NewScanner(bytes.NewReader(data))
	in.Buffer(nil, longestRow)
	row := 0
	for in.Scan() {
		row++
		line := bytes.TrimSpace(in.Bytes())
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		one, err := parseRow(line)
		if err != nil {
			return nil, store.NewError("key_line", err, file+":"+strconv.Itoa(row), store.Bilingual(reason(err, store.Chinese), reason(err, store.English)))
		}
		all = append(all, one)
	}
	if err := in.Err(); err != nil {
		return nil, store.NewError("key_line", err, file+":"+strconv.Itoa(row+1), err.Error())
	}
	return NewKeys(all)
}

// reason is an error's sentence.
func reason(err error, l store.Lang) string {
	var e *store.Error
	if errors.As(err, &e) {
		return e.Message(l)
	}
	return err.Error()
}

// parseRow reads one line.
func parseRow(line []byte) (Key, error) {
	public, comment, options, _, err := gossh.ParseAuthorizedKey(line)
	if err != nil {
		return Key{}, store.NewError("key_unreadable", err)
	}
	one := Key{Name: comment}
	for _, o := range options {
		name, value, _ := strings.Cut(o, "=")
		value = strings.Trim(value, `"`)
		switch name {
		case "role":
			one.Role = store.Role(value)
		case "name":
			one.Name = value
		case "added":
			one.Added = value
		case "from":
			one.From = value
		default:
			return Key{}, store.NewError("key_option", nil, name)
		}
	}
	return one.holding(public)
}

// ParseKey reads a public key as ssh-keygen writes it, for somebody to log in with.
func ParseKey(data []byte, name string, role store.Role, from, added string) (Key, error) {
	public, comment, options, rest, err := gossh.ParseAuthorizedKey(data)
	switch {
	case bytes.Contains(data, []byte("PRIVATE KEY")):
		return Key{}, store.NewError("key_private", nil)
	case err != nil:
		return Key{}, store.NewError("key_unreadable", err)
	case len(options) > 0:
		return Key{}, store.NewError("key_option", nil, options[0])
	case len(bytes.TrimSpace(rest)) > 0:
		return Key{}, store.NewError("key_several", nil)
	}
	if name == "" {
		name = comment
	}
	return Key{Name: name, Role: role, From: from, Added: added}.holding(public)
}

// holding checks a key with what was said of it and completes it.
func (k Key) holding(public gossh.PublicKey) (Key, error) {
	if err := fit(public); err != nil {
		return Key{}, err
	}
	switch {
	case k.Name == "" || k.Name != widget.Clean(k.Name) || utf8.RuneCountInString(k.Name) > longName || strings.ContainsAny(k.Name, `",\`):
		return Key{}, store.NewError("key_name", nil, strconv.Itoa(longName))
	case !k.Role.Known():
		return Key{}, store.NewError("key_role", nil, widget.Clean(string(k.Role)))
	}
	if k.From != "" {
		for one := range strings.SplitSeq(k.From, ",") {
			_, err := netip.ParsePrefix(one)
			if _, bad := netip.ParseAddr(one); err != nil && bad != nil {
				return Key{}, store.NewError("key_from", nil, widget.Clean(one))
			}
		}
	}
	k.blob = string(public.Marshal())
	k.Fingerprint = gossh.FingerprintSHA256(public)
	k.Kind = public.Type()
	return k, nil
}

// Line writes the key as [ParseKeys] reads it.
func (k Key) Line() string {
	options := []string{`role="` + string(k.Role) + `"`, `name="` + k.Name + `"`}
	if k.Added != "" {
		options = append(options, `added="`+k.Added+`"`)
	}
	if k.From != "" {
		options = append(options, `from="`+k.From+`"`)
	}
	public, err := gossh.ParsePublicKey([]byte(k.blob))
	if err != nil {
		return "" // it was made of one
	}
	return strings.Join(options, ",") + " " + strings.TrimSpace(string(gossh.MarshalAuthorizedKey(public))) + "\n"
}

// fit refuses keys that are too weak to trust, or so big that checking them is work.
func fit(public gossh.PublicKey) error {
	switch public.Type() {
	case gossh.KeyAlgoED25519, gossh.KeyAlgoSKED25519, gossh.KeyAlgoSKECDSA256,
		gossh.KeyAlgoECDSA256, gossh.KeyAlgoECDSA384, gossh.KeyAlgoECDSA521:
		return nil
	case gossh.KeyAlgoRSA:
		inside, _ := public.(gossh.CryptoPublicKey)
		bits := 0
		if k, ok := inside.CryptoPublicKey().(*rsa.PublicKey); ok {
			bits = k.N.BitLen()
		}
		if bits < leastRSA || bits > mostRSA {
			return store.NewError("key_weak", nil, strconv.Itoa(bits))
		}
		return nil
	default:
		return store.NewError("key_kind", nil, public.Type())
	}
}
