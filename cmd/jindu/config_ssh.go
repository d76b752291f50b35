package main

import (
	"net"
	"strconv"
	"time"

	"jindu/tui/sshd"
)

// sshConfig is how the board is shown over the network.
type sshConfig struct {
	Listen  string
	Exports string // folder that views are written into over the network; empty: they go to the clipboard
	Limits  sshd.Limits
}

// sshEntry is [ssh].
type sshEntry struct {
	Listen                string `toml:"listen"`
	IdleMinutes           int    `toml:"idle_minutes"`
	Sessions              int    `toml:"sessions"`
	SessionsPerKey        int    `toml:"sessions_per_key"`
	ConnectionsPerAddress int    `toml:"connections_per_address"`
	Exports               string `toml:"exports"`
}

// defaultSSH is what holds where the file says nothing.
func defaultSSH() sshEntry {
	l := sshd.DefaultLimits()
	return sshEntry{
		Listen:                ":2222",
		IdleMinutes:           int(l.Idle / time.Minute),
		Sessions:              l.Sessions,
		SessionsPerKey:        l.PerKey,
		ConnectionsPerAddress: l.PerAddress,
	}
}

// ssh checks how the board is shown over the network.
func (j *judging) ssh(cfg *config) {
	e := j.doc.SSH
	_, port, err := net.SplitHostPort(e.Listen)
	if n, bad := strconv.Atoi(port); err != nil || bad != nil || n < 0 || n > 65535 {
		j.fail("config_like", "ssh.listen", e.Listen, ":2222, 10.0.0.5:2222")
	}
	j.within("ssh.idle_minutes", e.IdleMinutes, 1, 24*60)
	j.within("ssh.sessions", e.Sessions, 1, 2000)
	j.within("ssh.sessions_per_key", e.SessionsPerKey, 1, 2000)
	j.within("ssh.connections_per_address", e.ConnectionsPerAddress, 1, 2000)
	limits := sshd.DefaultLimits()
	limits.Idle = time.Duration(e.IdleMinutes) * time.Minute
	limits.Sessions, limits.PerKey, limits.PerAddress = e.Sessions, min(e.SessionsPerKey, e.Sessions), e.ConnectionsPerAddress
	cfg.SSH = sshConfig{Listen: e.Listen, Exports: j.path(e.Exports), Limits: limits}
}
