package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// mostExposed is the worst mark, of a hundred, that systemd may give a unit of ours.
const mostExposed = "15"

// analyze asks systemd about a unit and returns what it says.
func analyze(t *testing.T, args ...string) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "systemd-analyze", args...)
	cmd.Env = append(os.Environ(), "SYSTEMD_LOG_LEVEL=warning", "SYSTEMD_COLORS=0")
	out, err := cmd.CombinedOutput()
	return strings.TrimSpace(string(out)), err
}

// systemd understands every line of the units that the manual gives, and finds that
// they may do little beside their work.
func TestUnitsForSystemd(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("systemd is not installed: apt-get install systemd")
	}
	files, err := filepath.Glob("../../docs/systemd/*.service")
	must(t, err)
	if len(files) < 4 {
		t.Fatalf("only %v", files)
	}
	programs := strings.NewReplacer( // that need not be installed where this is tested
		"/usr/local/bin/jindu", "/bin/true", "/usr/bin/jindu", "/bin/true", "/usr/bin/litestream", "/bin/true", "/usr/bin/setterm", "/bin/true")
	for _, file := range files {
		data, err := os.ReadFile(file)
		must(t, err)
		copied := filepath.Join(t.TempDir(), filepath.Base(file))
		must(t, os.WriteFile(copied, []byte(programs.Replace(string(data))), 0o600))
		if said, err := analyze(t, "verify", copied); err != nil || said != "" {
			t.Errorf("%s: %v %s", filepath.Base(file), err, said)
		}
		if said, err := analyze(t, "security", "--offline=true", "--threshold="+mostExposed, copied); err != nil {
			t.Errorf("%s may do too much:\n%s", filepath.Base(file), said)
		}
		must(t, os.WriteFile(copied, []byte(strings.Replace(programs.Replace(string(data)), "[Service]", "[Service]\nProtectSytem=yes", 1)), 0o600))
		if said, _ := analyze(t, "verify", copied); !strings.Contains(said, "ProtectSytem") {
			t.Errorf("%s: a misspelt line is not noticed: %s", filepath.Base(file), said)
		}
	}
}
