package main

import (
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"jindu/store/audit"
)

// auditCommand looks after the record of who did what.
func (a *app) auditCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "audit",
		Short: a.lang.Pick("审计日志", "the record of who did what"),
		Args:  a.args(0, 0),
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.auditVerifyCommand())
	return cmd
}

// auditVerifyCommand checks that nobody has changed the record.
func (a *app) auditVerifyCommand() *cobra.Command {
	var holds string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "verify",
		Short: a.lang.Pick("核对审计日志是否完整、未被改动", "check that the record is whole and unchanged"),
		Args:  a.args(0, 0),
		RunE:  func(*cobra.Command, []string) error { return a.verifyAudit(holds, asJSON) },
	}
	cmd.Flags().StringVar(&holds, "holds", "", a.lang.Pick("以前抄下的校验值，应仍在其中", "a hash written down before, which must be in it still"))
	cmd.Flags().BoolVar(&asJSON, "json", false, a.lang.Pick("输出 JSON", "write JSON"))
	return cmd
}

// verified is the JSON of a record that is whole.
type verified struct {
	Lines int        `json:"lines"`
	Hash  string     `json:"hash"`
	First *time.Time `json:"first"`
	Last  *time.Time `json:"last"`
}

// verifyAudit follows the chain from the first line to the last.
func (a *app) verifyAudit(holds string, asJSON bool) error {
	cfg, err := a.setting()
	if err != nil {
		return err
	}
	s, err := audit.Verify(auditPath(cfg.Mirror), holds)
	if err != nil {
		return err
	}
	zone := cfg.Settings.Zone
	if asJSON {
		out := verified{Lines: s.Lines, Hash: s.Hash}
		if s.Lines > 0 {
			first, last := s.First.In(zone), s.Last.In(zone)
			out.First, out.Last = &first, &last
		}
		a.json(out)
		return nil
	}
	if s.Lines == 0 {
		a.line(a.lang.Pick("审计日志是空的。", "the record is empty"))
		return nil
	}
	const layout = "2006-01-02 15:04"
	first, last := s.First.In(zone).Format(layout), s.Last.In(zone).Format(layout)
	n := strconv.Itoa(s.Lines)
	a.line(a.lang.Pick(
		"完整：共 "+n+" 条，"+first+" 至 "+last+"。最后一条的校验值（抄下来，下次用 --holds 核对）：",
		"whole: "+n+" lines, "+first+" to "+last+"; hash of the last (write it down, and check it with --holds next time):"))
	a.line(s.Hash)
	return nil
}
