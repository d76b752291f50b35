package sshd

import (
	"bufio"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"math/big"
	"net"

	gossh "golang.org/x/crypto/ssh"
)

// wire is a client that has shaken hands and says whatever it is told to within
// the encrypted channel: the library's own client only says what is right.
type wire struct {
	conn    net.Conn
	in      *bufio.Reader
	session []byte
	out     sealed
	back    sealed
}

// sealed is one direction of AES-128 in Galois counter mode, as OpenSSH frames it.
type sealed struct {
	cipher.AEAD
	nonce [12]byte
}

// next returns the nonce of the next packet.
func (s *sealed) next() []byte {
	now := s.nonce
	binary.BigEndian.PutUint64(s.nonce[4:], binary.BigEndian.Uint64(s.nonce[4:])+1)
	return now[:]
}

// frame pads a payload to blocks, without its length.
func frame(payload []byte, block, beside int) []byte {
	pad := block - (beside+1+len(payload))%block
	if pad < 4 {
		pad += block
	}
	out := append([]byte{byte(pad)}, payload...)
	return append(out, make([]byte, pad)...)
}

// shake shakes hands over a connection: curve25519, ed25519, AES.
func shake(conn net.Conn) (*wire, error) {
	const own = "SSH-2.0-fuzz"
	w := &wire{conn: conn, in: bufio.NewReader(conn)}
	sent := make(chan error, 1)
	init := clientInit()
	go func() {
		_, err := conn.Write(append([]byte(own+"\r\n"), plain(init)...))
		sent <- err
	}()
	theirs, err := w.in.ReadString('\n')
	if err != nil {
		return nil, err
	}
	serverInit, err := w.readPlain()
	if err = errors.Join(err, <-sent); err != nil {
		return nil, err
	}
	secret, err := ecdh.X25519().NewPrivateKey(sha256.New().Sum(nil)[:32])
	if err != nil {
		return nil, err
	}
	public := secret.PublicKey().Bytes()
	if _, err := conn.Write(plain(gossh.Marshal(struct {
		Q []byte `sshtype:"30"`
	}{Q: public}))); err != nil {
		return nil, err
	}
	text, err := w.readPlain()
	if err != nil {
		return nil, err
	}
	var reply struct {
		K, Q, S []byte `sshtype:"31"`
	}
	if err := gossh.Unmarshal(text, &reply); err != nil {
		return nil, err
	}
	peer, err := ecdh.X25519().NewPublicKey(reply.Q)
	if err != nil {
		return nil, err
	}
	shared, err := secret.ECDH(peer)
	if err != nil {
		return nil, err
	}
	k := new(big.Int).SetBytes(shared)
	sum := sha256.Sum256(gossh.Marshal(struct {
		VC, VS          string
		IC, IS, K, C, S []byte
		Shared          *big.Int
	}{own, theirs[:len(theirs)-2], init, serverInit, reply.K, public, reply.Q, k}))
	w.session = sum[:]
	if err := w.keys(k); err != nil {
		return nil, err
	}
	go func() { _, err := conn.Write(plain([]byte{21})); sent <- err }()
	if text, err = w.readPlain(); err == nil && text[0] != 21 {
		err = errors.New("no new keys")
	}
	return w, errors.Join(err, <-sent)
}

// keys derives what both directions are sealed with.
func (w *wire) keys(k *big.Int) error {
	part := func(letter byte, n int) []byte {
		shared := gossh.Marshal(struct{ K *big.Int }{k})
		sum := sha256.Sum256(append(append(append(shared, w.session...), letter), w.session...))
		return sum[:n]
	}
	for _, one := range []struct {
		s       *sealed
		iv, key byte
	}{{&w.out, 'A', 'C'}, {&w.back, 'B', 'D'}} {
		block, err := aes.NewCipher(part(one.key, 16))
		if err != nil {
			return err
		}
		if one.s.AEAD, err = cipher.NewGCM(block); err != nil {
			return err
		}
		copy(one.s.nonce[:], part(one.iv, 12))
	}
	return nil
}

// clientInit is what the client can do.
func clientInit() []byte {
	return gossh.Marshal(struct {
		Cookie                                                  [16]byte `sshtype:"20"`
		Kex, Host, CipherC, CipherS, MACC, MACS, ZC, ZS, LC, LS []string
		Follows                                                 bool
		Reserved                                                uint32
	}{
		Kex: []string{gossh.KeyExchangeCurve25519}, Host: []string{gossh.KeyAlgoED25519},
		CipherC: []string{gossh.CipherAES128GCM}, CipherS: []string{gossh.CipherAES128GCM},
		MACC: []string{gossh.HMACSHA256ETM}, MACS: []string{gossh.HMACSHA256ETM},
		ZC: []string{"none"}, ZS: []string{"none"},
	})
}

// plain frames a packet before there are keys.
func plain(payload []byte) []byte {
	text := frame(payload, 8, 4)
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(text))), text...)
}

// readPlain reads a packet before there are keys.
func (w *wire) readPlain() ([]byte, error) {
	text, err := w.readFrame(0)
	if err != nil {
		return nil, err
	}
	return payloadOf(text)
}

// readFrame reads a length and as many bytes and more.
func (w *wire) readFrame(more int) ([]byte, error) {
	var length [4]byte
	if _, err := io.ReadFull(w.in, length[:]); err != nil {
		return nil, err
	}
	text := make([]byte, min(int(binary.BigEndian.Uint32(length[:])), 64<<10)+more)
	_, err := io.ReadFull(w.in, text)
	return text, err
}

// payloadOf takes the padding off.
func payloadOf(text []byte) ([]byte, error) {
	if len(text) < 2 || int(text[0])+1 >= len(text) {
		return nil, errors.New("odd padding")
	}
	return text[1 : len(text)-int(text[0])], nil
}

// say sends a packet.
func (w *wire) say(payload []byte) error {
	text := frame(payload, 16, 0)
	length := binary.BigEndian.AppendUint32(nil, uint32(len(text)))
	_, err := w.conn.Write(w.out.Seal(length, w.out.next(), text, length))
	return err
}

// hear returns the next packet.
func (w *wire) hear() ([]byte, error) {
	text, err := w.readFrame(w.back.Overhead())
	if err != nil {
		return nil, err
	}
	length := binary.BigEndian.AppendUint32(nil, uint32(len(text)-w.back.Overhead()))
	if text, err = w.back.Open(nil, w.back.next(), text, length); err != nil {
		return nil, err
	}
	return payloadOf(text)
}
