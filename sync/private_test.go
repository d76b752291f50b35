package sync_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"jindu/sync"
	"jindu/sync/source"
)

const list = "2026年6月人员花名册,,,,\n序号,姓名,身份证号,管辖街道,人员类别\n1,张伟,539901198001102038,城西派出所,社区戒毒\n"

// paths are what the mirror calls the files, as they stand now.
func (o *office) paths() []string {
	o.t.Helper()
	stamps, err := o.db.Stamps(o.t.Context(), "share")
	must(o.t, err)
	var out []string
	for path, s := range stamps {
		if s.Live {
			out = append(out, path)
		}
	}
	return out
}

// A person's name alone is no different from a word: of the name of a file that
// lists persons only known words reach the mirror, at its first pull as at any
// later one, and wherever it is moved to.
func TestPullNamesListsOfPersonsByKnownWordsOnly(t *testing.T) {
	o := newOffice(t)
	o.put("李强/张伟.csv", list)
	o.put("李强/王芳.csv", strings.Replace(list, "张伟", "王芳", 1))
	o.put("李强/城西派出所花名册.csv", strings.Replace(list, "张伟", "赵敏", 1))
	o.put("石门.csv", report("城西派出所", 6, 3))
	o.want("at first", o.pull(), [6]int{4, 4, 0, 4, 0, 0})
	o.want("again", o.pull(), [6]int{4, 0, 4, 0, 0, 0})
	must(t, os.Rename(filepath.Join(o.dir, "李强", "张伟.csv"), filepath.Join(o.dir, "刘洋.csv")))
	o.pull()
	o.want("after a move", o.pull(), [6]int{4, 0, 4, 0, 0, 0})
	all := strings.Join(o.paths(), "\n")
	for _, name := range []string{"李强", "张伟", "王芳", "刘洋"} {
		if strings.Contains(all, name) {
			t.Errorf("%s stands in\n%s", name, all)
		}
	}
	for _, name := range []string{"石门.csv", "城西派出所花名册.csv"} {
		if !strings.Contains(all, name) {
			t.Errorf("%s is missing in\n%s", name, all)
		}
	}
}

// Reliability T07: whatever a file or source is called, an event is one line of
// JSON, and nothing in it moves a cursor.
func TestLogIsOneLineOfJSONForEachEvent(t *testing.T) {
	o := newOffice(t)
	for _, bad := range []string{"\n{\"a\":1}", "\x1b[2J\x1b]0;x\a", "\u202e\u2028", "\xff\xfe", "张伟19900000700"} {
		o.put("6月"+bad+".csv", report("城西派出所", 6, 3))
	}
	var log bytes.Buffer
	p := o.puller()
	p.Log = slog.New(slog.NewJSONHandler(&log, nil))
	_, err := p.Pull(t.Context(), sync.Place{Name: "share\x1b[2J\n{}", Source: o.source})
	must(t, err)
	lines := strings.Split(strings.TrimSuffix(log.String(), "\n"), "\n")
	for _, line := range lines {
		var event map[string]any
		if err := json.Unmarshal([]byte(line), &event); err != nil || event["msg"] == nil {
			t.Errorf("no event: %q", line)
		}
		if strings.ContainsFunc(line, unicode.IsControl) || strings.Contains(line, "19900000700") {
			t.Errorf("an event disturbs: %q", line)
		}
	}
	if len(lines) != 5 {
		t.Errorf("%d lines of 5 files", len(lines))
	}
}

// careless is a source whose reader breaks while it holds somebody's row.
type careless struct{ source.Folder }

func (careless) Fetch(context.Context, source.Entry) ([]byte, error) {
	panic("row 7: 张伟 539901198001102038")
}

// Reliability P07: what breaks while it holds a person's row says that it broke
// and where, and nothing of the row; the pull goes on.
func TestPanicWithAPersonsRowSaysNothingOfIt(t *testing.T) {
	o := newOffice(t)
	o.put("6月.csv", report("城西派出所", 6, 3))
	o.source = source.NewPatient(careless{source.Folder{Name: "share", Dir: o.dir}}, "share", time.Minute, time.Minute)
	var log bytes.Buffer
	p := o.puller()
	p.Log = slog.New(slog.NewJSONHandler(&log, nil))
	got, err := p.Pull(t.Context(), sync.Place{Name: "share", Source: o.source})
	must(t, err)
	if got.Error == "" {
		t.Error("nobody is told that the source broke")
	}
	if said := got.Error + log.String() + fmt.Sprint(got.Findings); strings.Contains(said, "张伟") || strings.Contains(said, "539901") {
		t.Errorf("the row is told: %s", said)
	}
}

// The same where the reader itself breaks: the type of what it broke with is told.
func TestPanicWhileReadingTellsTheTypeAlone(t *testing.T) {
	u := newOffice(t).understanding()
	u.Catalogue = nil // breaks every reader
	rd := u.Reader().Read(t.Context(), sync.File{Path: "张伟.csv", Data: []byte(list)})
	if len(rd.Findings) != 1 || rd.Findings[0].Rule != "reader_failed" {
		t.Fatalf("findings %+v", rd.Findings)
	}
	if said := fmt.Sprint(rd.Findings[0].Args); strings.Contains(said, "张伟") || !strings.Contains(said, "runtime.") {
		t.Errorf("it says %s", said)
	}
}
