package sync

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"jindu/store"
)

func TestSuits(t *testing.T) {
	for name, want := range map[string]bool{
		"a.xlsx xlsx": true, "a.XLSX xlsx": true, "a.xlsm xlsx": true, "a.csv csv": true, "a.txt csv": true,
		"a.xls xlsx": false, "a.csv xlsx": false, "a xlsx": false, "a.xls csv": false, "a.et xls": true,
		"a.et xlsx": true, "a.et csv": false, "a.xlt xls": true, "a.xls xls": true, "a.xls html": false, "a.xls xml": false,
		"a.ods ods": true, "a.fods ods": true, "a.ots ods": true, "a.ods xlsx": false, "a.html html": true, "a.HTM html": true,
		"a.xml xml": true, "a.xml ods": false, "a.tsv csv": true, "a.tab csv": true, "a.htm csv": false, "a.xlsx html": false,
	} {
		var file, format string
		_, err := fmt.Sscan(name, &file, &format)
		if err != nil {
			t.Fatal(err)
		}
		if got := suits(file, format); got != want {
			t.Errorf("suits(%q, %q) = %v, want %v", file, format, got, want)
		}
	}
}

func TestRefusedTellsWhy(t *testing.T) {
	for _, c := range []struct {
		err  error
		rule string
	}{
		{store.NewError("damaged", nil, "part 3"), "damaged"},
		{fmt.Errorf("read sheet: %w", store.NewError("encrypted", nil)), "encrypted"},
		{context.DeadlineExceeded, "too_slow"},
		{errors.New("something with 539901198001102030 in it"), "unreadable_file"},
	} {
		rd := Refused(c.err)
		if rd.Workbook.Verdict != store.Rejected || len(rd.Findings) != 1 || rd.Findings[0].Rule != c.rule {
			t.Errorf("%v: %+v, want a refusal by %s", c.err, rd, c.rule)
		}
		if f := rd.Findings[0]; slices.Contains(f.Args, "539901198001102030") {
			t.Errorf("the finding repeats what the error quoted: %v", f.Args)
		}
	}
}

// A catalogue that is missing makes the readers break: the pull must live on.
func TestReadSurvivesAPanic(t *testing.T) {
	rd := Understanding{}.Reader().Read(t.Context(), File{Path: "a.csv", Data: []byte("城西派出所2026年6月报表\n指标,本月\n破获毒品刑事案件,4\n")})
	if rd.Workbook.Verdict != store.Rejected || len(rd.Findings) == 0 {
		t.Fatalf("reading = %+v, want a refusal", rd)
	}
}

func TestReadGivesUp(t *testing.T) {
	ctx, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	rd := Understanding{}.Reader().Read(ctx, File{Path: "a.csv", Data: []byte("a,b\n")})
	if rd.Findings[0].Rule != "too_slow" && rd.Findings[0].Rule != "reader_failed" {
		t.Errorf("rule %s, want too_slow", rd.Findings[0].Rule)
	}
}

// A file that takes long is given up in the middle, and its reader ends too: no
// pile of them grows behind the pull.
func TestReadGivesUpWhileReading(t *testing.T) {
	defer goleak.VerifyNone(t)
	page := []byte("<table>" + strings.Repeat("<tr><td>", 1_500_000))
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	rd := Understanding{}.Reader().Read(ctx, File{Path: "a.html", Data: page})
	if len(rd.Findings) != 1 || rd.Findings[0].Rule != "too_slow" || rd.Workbook.Verdict != store.Rejected {
		t.Errorf("%+v, want a refusal by too_slow", rd)
	}
}

func TestFingerprint(t *testing.T) {
	catalogue, err := store.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	base := Understanding{Catalogue: catalogue, MonthStarts: 1}
	with := base
	with.Units = store.NewUnits([]store.Unit{{Code: "a", Name: "甲"}})
	month := base
	month.MonthStarts = 26
	load := func(o store.Overlay) Understanding {
		c, err := store.LoadCatalogue(o)
		if err != nil {
			t.Fatal(err)
		}
		return Understanding{Catalogue: c, MonthStarts: 1}
	}
	form := load(store.Overlay{Forms: []store.Form{{Code: "funds", Fields: []store.FormField{{Name: "received", Heads: []string{"实到资金"}}}}}})
	word := load(store.Overlay{Words: []store.Word{{Dictionary: "drug", Word: "白面", Value: "海洛因"}}})
	secret := base
	secret.Secret = []byte("x")
	seen := map[string]string{base.Fingerprint(""): "base"}
	for name, print := range map[string]string{
		"units": with.Fingerprint(""),
		"month": month.Fingerprint(""),
		"bound": base.Fingerprint("a"),
		"form":  form.Fingerprint(""),
		"word":  word.Fingerprint(""),
	} {
		if other, ok := seen[print]; ok {
			t.Errorf("%s has the fingerprint of %s", name, other)
		}
		seen[print] = name
	}
	if secret.Fingerprint("") != base.Fingerprint("") {
		t.Error("what does not change a reading changes the fingerprint")
	}
}

func TestInOrder(t *testing.T) {
	var items []int
	for i := range 50 {
		items = append(items, i)
	}
	slow := func(_ context.Context, i int) int {
		time.Sleep(time.Duration(50-i) * 10 * time.Microsecond)
		return i
	}
	var got []int
	err := inOrder(t.Context(), items, 4, slow, func(i int) error { got = append(got, i); return nil })
	if err != nil || !slices.Equal(got, items) {
		t.Errorf("results %v, %v; want the order of the items", got, err)
	}
	boom := errors.New("boom")
	got = nil
	err = inOrder(t.Context(), items, 4, slow, func(i int) error {
		got = append(got, i)
		if i == 3 {
			return boom
		}
		return nil
	})
	if !errors.Is(err, boom) || len(got) != 4 {
		t.Errorf("after an error: %v, %v; want to stop at once", got, err)
	}
}
