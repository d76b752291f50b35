// Package sshd puts the board on the network: whoever holds a key that is known
// types ssh and is on it, and can do nothing else.
//
// The libraries (wish and charm.land/ssh over golang.org/x/crypto) speak the
// protocol. What a hostile or broken client could do with it is decided here, in
// the order in which it meets a connection:
//
//   - the [gate] decides who may shake hands: so many connections for an address, so
//     many handshakes under way, and growing waits for addresses that keep failing;
//   - keys alone log in, and who a session is comes from the key that has signed,
//     through the connection's permissions, never from a key that was merely offered;
//   - the [guard] lets one session channel through, and on it a terminal and a shell:
//     no commands, files, forwarding, agents or second channels;
//   - a [visit] is one person on the board: it ends when the key is revoked, when
//     nobody presses a key, and when the other end stops reading.
//
// Sessions share what they show and wait for nobody: each has a message loop of its
// own, and what the board tells them goes into slots that hold only the last word.
// The package reads no files and knows no pages: keys, host key, record and model
// are given to it.
package sshd
