package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"jindu/store"
)

// example is the expect.json of an office example.
type example struct {
	Check    map[string]string `json:"check"`
	Figures  []exampleFigure   `json:"figures"`
	Absent   []exampleFigure   `json:"absent"`
	Tasks    []exampleTask     `json:"tasks"`
	Findings []struct {
		File, Sheet, Cell string
	} `json:"findings"`
	Secrets  []string `json:"secrets"`
	PullExit *int     `json:"pull_exit"`
}

type exampleFigure struct {
	Unit      string
	Indicator string
	Period    string
	Value     float64
}

type exampleTask struct {
	Title      string  `json:"title"`
	Unit       string  `json:"unit"`
	Due        *string `json:"due"`
	DueMonthly int     `json:"due_monthly"`
}

// TestSharedOffice pulls every example as an office would and compares what the
// commands print with what must come out.
func TestSharedOffice(t *testing.T) {
	t.Parallel()
	folders, err := filepath.Glob(filepath.Join(shared(t, "office"), "*", "expect.json"))
	must(t, err)
	for _, file := range folders {
		from := filepath.Dir(file)
		t.Run(filepath.Base(from), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			must(t, err)
			want := example{}
			must(t, json.Unmarshal(data, &want))
			dir := t.TempDir()
			must(t, os.CopyFS(dir, os.DirFS(from)))
			must(t, os.Remove(filepath.Join(dir, "expect.json")))
			oldFiles(t, dir, time.Now())
			want.compare(t, dir)
		})
	}
}

func (want example) compare(t *testing.T, dir string) {
	t.Helper()
	config := filepath.Join(dir, configName)
	var said strings.Builder
	say := func(args ...string) ran {
		r := run(t, append([]string{"--config", config}, args...)...)
		said.WriteString(r.out + r.err)
		return r
	}
	for file, verdict := range want.Check {
		var got checked
		must(t, json.Unmarshal([]byte(say("check", "--json", filepath.Join(dir, "reports", file)).out), &got))
		if len(got.Files) != 1 || string(got.Files[0].Verdict) != verdict {
			t.Errorf("check %s: %+v, want %s", file, got.Files, verdict)
		}
		say("check", "--explain", filepath.Join(dir, "reports", file))
	}
	pull := say("pull", "--json")
	if want.PullExit != nil && pull.status != *want.PullExit {
		t.Errorf("pull exited with %d, want %d: %s", pull.status, *want.PullExit, pull.out)
	}
	for _, what := range []string{"units", "figures", "tasks", "cases", "pulls", "findings", "workbooks"} {
		say("list", what)
		say("list", what, "--csv")
		say("list", what, "--json", "--derived")
	}
	want.compareFigures(t, rows(t, "--config", config, "list", "figures"))
	want.compareTasks(t, rows(t, "--config", config, "list", "tasks"))
	findings := rows(t, "--config", config, "list", "findings")
	for _, f := range want.Findings {
		found := false
		for _, got := range findings {
			found = found || got["workbook"] == f.File && got["sheet"] == f.Sheet && got["cell"] == f.Cell
		}
		if !found {
			t.Errorf("no finding at %s %s!%s", f.File, f.Sheet, f.Cell)
		}
	}
	keepsSecrets(t, want.Secrets, said.String(), dir)
}

func (want example) compareFigures(t *testing.T, figures []map[string]any) {
	t.Helper()
	got := valueOf(figures)
	for _, f := range want.Figures {
		p, err := store.ParsePeriod(f.Period)
		must(t, err)
		v, ok := got[store.Key{Unit: f.Unit, Indicator: f.Indicator, Period: p}]
		if !ok || math.Abs(v-f.Value) > 1e-9 {
			t.Errorf("%s %s %s = %v (there: %v), want %v", f.Unit, f.Indicator, f.Period, v, ok, f.Value)
		}
	}
	for _, a := range want.Absent {
		for k, v := range got {
			if fits(a.Unit, k.Unit) && fits(a.Indicator, k.Indicator) && fits(a.Period, k.Period.String()) {
				t.Errorf("%v = %v must not be there", k, v)
			}
		}
	}
}

func fits(pattern, s string) bool { return pattern == "*" || pattern == "" || pattern == s }

func (want example) compareTasks(t *testing.T, tasks []map[string]any) {
	t.Helper()
	for _, w := range want.Tasks {
		found := false
		for _, got := range tasks {
			if got["title"] != w.Title || got["unit"] != w.Unit {
				continue
			}
			found = true
			switch {
			case w.DueMonthly > 0:
				day := "-" + strconv.Itoa(w.DueMonthly)
				if due, _ := got["due"].(string); !strings.HasSuffix(due, day) || got["recurs"] != "monthly:"+strconv.Itoa(w.DueMonthly) {
					t.Errorf("%s: due %v recurs %v, want the next %s", w.Title, got["due"], got["recurs"], day)
				}
			case w.Due == nil:
				if got["due"] != nil || got["state"] != "undated" || got["days"] != nil {
					t.Errorf("%s: due %v, state %v; want none, undated", w.Title, got["due"], got["state"])
				}
			case got["due"] != *w.Due:
				t.Errorf("%s: due %v, want %s", w.Title, got["due"], *w.Due)
			}
		}
		if !found {
			t.Errorf("no task %s of %s", w.Title, w.Unit)
		}
	}
}

// keepsSecrets searches everything that was printed and every file beside the
// mirror, but not the units' own workbooks.
func keepsSecrets(t *testing.T, secrets []string, said, dir string) {
	t.Helper()
	texts := map[string]string{"the output": said}
	files, err := filepath.Glob(filepath.Join(dir, "jindu.db*"))
	must(t, err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		must(t, err)
		texts[filepath.Base(file)] = string(data)
	}
	for _, secret := range secrets {
		for where, text := range texts {
			if strings.Contains(text, secret) {
				t.Errorf("a secret of %d bytes stands in %s", len(secret), where)
			}
		}
	}
}

// TestSharedCorpus puts every odd spreadsheet through check: none may break it
// and none may take long; one process that reads them all stays small.
func TestSharedCorpus(t *testing.T) {
	files := corpus(t)
	config := filepath.Join(t.TempDir(), configName)
	must(t, os.WriteFile(config, configZH, 0o644))
	for _, path := range files {
		start := time.Now()
		r := run(t, "--config", config, "check", "--json", path)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s took %v", path, took)
		}
		var got checked
		if err := json.Unmarshal([]byte(r.out), &got); err != nil || len(got.Files) != 1 {
			t.Errorf("%s: no valid JSON: %v", path, err)
			continue
		}
		for _, f := range got.Files[0].Findings {
			if f.Rule == "reader_failed" || f.Rule == "too_slow" {
				t.Errorf("%s: %s: %s", path, f.Rule, f.Message)
			}
		}
		if r.status == pullFailed && len(got.Files[0].Findings) == 0 {
			t.Errorf("%s: refused without a reason", path)
		}
	}
	var out bytes.Buffer
	program, err := exec.LookPath("jindu")
	must(t, err)
	cmd := exec.CommandContext(t.Context(), program, append([]string{"--config", config, "check", "--json"}, files...)...)
	cmd.Stdout = &out
	must(t, cmd.Start())
	peak := peakOf(cmd.Process.Pid)
	_ = cmd.Wait() // that some are refused is as it should be
	if !json.Valid(out.Bytes()) {
		t.Errorf("all of them at once gave %d bytes that are no JSON", out.Len())
	}
	if peak > 256<<10 {
		t.Errorf("reading them all took %d MB", peak>>10)
	}
}

// peakOf watches a process until it ends and returns its highest resident size
// in kB, 0 where the system does not tell. What the parent's wait returns will not
// do: it counts the parent's own size before the program was loaded.
func peakOf(pid int) (peak int) {
	for {
		data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if err != nil {
			return peak
		}
		_, after, found := strings.Cut(string(data), "VmHWM:")
		if !found { // it has ended
			return peak
		}
		var now int
		if _, err := fmt.Sscan(after, &now); err == nil {
			peak = max(peak, now)
		}
		time.Sleep(time.Millisecond)
	}
}

// corpus lists the odd spreadsheets.
func corpus(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(shared(t, "corpus"), func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasSuffix(path, ".jsonl") && !strings.HasSuffix(path, ".md") {
			files = append(files, path)
		}
		return err
	})
	must(t, err)
	return files
}
