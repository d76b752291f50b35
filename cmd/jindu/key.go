package main

import (
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"jindu/store"
	"jindu/store/audit"
	"jindu/tui/sshd"
)

// console is who acts, on record, when somebody uses the machine itself.
const console = "console"

// keyCommand keeps who may log in over the network, and as what.
func (a *app) keyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "key",
		Short: a.lang.Pick("管理谁可以通过 SSH 登录", "keep who may log in over SSH"),
		Args:  a.args(0, 0),
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.keyAddCommand(), a.keyListCommand(), a.keyRevokeCommand())
	return cmd
}

// keyAddCommand lets a public key log in.
func (a *app) keyAddCommand() *cobra.Command {
	var name, role, from string
	cmd := &cobra.Command{
		Use: a.lang.Pick("add 公钥文件", "add PUBLIC-KEY-FILE"),
		Short: a.lang.Pick("登记一把公钥（- 从标准输入读）",
			"let a public key log in (- reads it from standard input)"),
		Example: "  jindu key add id_ed25519.pub --name " + a.lang.Pick("值班室", "duty-room") + " --role officer",
		Args:    a.args(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.addKey(args[0], name, store.Role(role), from)
		},
	}
	cmd.Flags().StringVar(&name, "name", "", a.lang.Pick("岗位或屏幕的名称，不写人名（默认用公钥的注释）", "name of the post or display, never of a person (default: the key's comment)"))
	cmd.Flags().StringVar(&role, "role", "", a.lang.Pick("角色：officer 值班、director 领导、display 大屏、admin 管理", "role: officer, director, display, admin"))
	cmd.Flags().StringVar(&from, "from", "", a.lang.Pick("只允许从这些地址登录，逗号分隔", "only from these addresses or networks, with commas"))
	return cmd
}

// addKey adds the key. It goes on record first: a key that nobody can say who
// added is not added.
func (a *app) addKey(file, name string, role store.Role, from string) error {
	cfg, err := a.setting()
	if err != nil {
		return err
	}
	data, err := a.publicKey(file)
	if err != nil {
		return err
	}
	k, err := sshd.ParseKey(data, name, role, from, a.Now().In(cfg.Settings.Zone).Format("2006-01-02"))
	if err != nil {
		return err
	}
	path := keysPath(cfg.Mirror)
	have, err := readKeys(path)
	if err != nil {
		return err
	}
	all := append(have.All(), k)
	if _, err := sshd.NewKeys(all); err != nil {
		return err
	}
	if err := a.recordAdmin(cfg, "key add "+k.Name+" "+string(k.Role), k.Fingerprint); err != nil {
		return err
	}
	if err := writeKeys(path, all); err != nil {
		return err
	}
	a.line(join("  ", a.lang.Pick("已登记：", "added: ")+k.Name, a.roleName(k.Role), k.Fingerprint))
	return nil
}

// publicKey reads a key file, or standard input.
func (a *app) publicKey(file string) ([]byte, error) {
	const most = 64 << 10
	if file == "-" {
		data, err := io.ReadAll(io.LimitReader(a.Stdin, most))
		if err != nil {
			return nil, store.NewError("file_unreadable", err, file)
		}
		return data, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, store.NewError("file_missing", err, file)
	}
	defer func() { _ = f.Close() }() // nothing was written
	data, err := io.ReadAll(io.LimitReader(f, most))
	if err != nil {
		return nil, store.NewError("file_unreadable", err, file)
	}
	return data, nil
}

// keyListCommand lists the keys.
func (a *app) keyListCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: a.lang.Pick("列出可以登录的公钥", "list the keys that may log in"),
		Args:  a.args(0, 0),
		RunE:  func(*cobra.Command, []string) error { return a.listKeys(asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, a.lang.Pick("输出 JSON", "write JSON"))
	return cmd
}

// listedKey is the JSON of a key.
type listedKey struct {
	Name        string     `json:"name"`
	Role        store.Role `json:"role"`
	Fingerprint string     `json:"fingerprint"`
	Kind        string     `json:"kind"`
	Added       string     `json:"added"`
	From        string     `json:"from"`
}

// listKeys lists them as a table, or as JSON.
func (a *app) listKeys(asJSON bool) error {
	cfg, err := a.setting()
	if err != nil {
		return err
	}
	keys, err := readKeys(keysPath(cfg.Mirror))
	if err != nil {
		return err
	}
	if asJSON {
		out := []listedKey{}
		for _, k := range keys.All() {
			out = append(out, listedKey{k.Name, k.Role, k.Fingerprint, k.Kind, k.Added, k.From})
		}
		a.json(out)
		return nil
	}
	t := newTable(a.lang.Pick("名称", "name"), a.lang.Pick("角色", "role"), a.lang.Pick("登记", "added"),
		a.lang.Pick("来自", "from"), a.lang.Pick("指纹", "fingerprint"))
	for _, k := range keys.All() {
		t.add(k.Name, a.roleName(k.Role), k.Added, k.From, k.Fingerprint)
	}
	a.table(t)
	return nil
}

// keyRevokeCommand takes a key out.
func (a *app) keyRevokeCommand() *cobra.Command {
	return &cobra.Command{
		Use:   a.lang.Pick("revoke 名称或指纹", "revoke NAME-OR-FINGERPRINT"),
		Short: a.lang.Pick("吊销一把公钥，正在看板上的几秒内退出", "revoke a key; who is on the board with it is let go within seconds"),
		Args:  a.args(1, 1),
		RunE:  func(_ *cobra.Command, args []string) error { return a.revokeKey(args[0]) },
	}
}

// revokeKey takes the key out. A record that cannot be written does not keep a key
// alive: it is told, and the key goes.
func (a *app) revokeKey(which string) error {
	cfg, err := a.setting()
	if err != nil {
		return err
	}
	path := keysPath(cfg.Mirror)
	have, err := readKeys(path)
	if err != nil {
		return err
	}
	all := have.All()
	i := slices.IndexFunc(all, func(k sshd.Key) bool { return k.Name == which || k.Fingerprint == which })
	if i < 0 {
		return store.NewError("key_unknown", nil, which)
	}
	gone := all[i]
	unrecorded := a.recordAdmin(cfg, "key revoke "+gone.Name, gone.Fingerprint)
	if err := writeKeys(path, slices.Delete(all, i, i+1)); err != nil {
		return err
	}
	a.line(join("  ", a.lang.Pick("已吊销：", "revoked: ")+gone.Name, gone.Fingerprint))
	return unrecorded
}

// recordAdmin puts on record what is done to keys at the machine itself.
func (a *app) recordAdmin(cfg *config, what, fingerprint string) error {
	return a.record(cfg, audit.Entry{Event: audit.Admin, Who: console, Key: fingerprint, What: what})
}

// record puts on record what is done at the machine itself, now.
func (a *app) record(cfg *config, e audit.Entry) error {
	log, err := a.openAudit(cfg)
	if err != nil {
		return err
	}
	e.At = a.Now()
	return errors.Join(log.Record(e), log.Close())
}

// roleName names a role.
func (a *app) roleName(r store.Role) string {
	switch r {
	case store.RoleOfficer:
		return a.lang.Pick("值班 officer", "officer")
	case store.RoleDirector:
		return a.lang.Pick("领导 director", "director")
	case store.RoleDisplay:
		return a.lang.Pick("大屏 display", "display")
	case store.RoleAdmin:
		return a.lang.Pick("管理 admin", "admin")
	default:
		return strings.TrimSpace(string(r))
	}
}
