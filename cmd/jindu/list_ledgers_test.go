package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"jindu/store"
	"jindu/store/sqlite"
)

// ledgerOffice is an office whose mirror holds a publicity ledger.
func ledgerOffice(t *testing.T) *office {
	t.Helper()
	o := listedOffice(t)
	catalogue, err := store.LoadCatalogue()
	must(t, err)
	db, err := sqlite.Open(t.Context(), filepath.Join(o.dir, "jindu.db"), sqlite.Config{
		Units: store.NewUnits([]store.Unit{{Code: "cqj", Name: "长桥街道"}}), Catalogue: catalogue,
	})
	must(t, err)
	cell := store.Cell{Sheet: "活动", Ref: "B4"}
	june := store.MonthOf(2026, 6)
	r := &store.Reading{
		Workbook: store.Workbook{Source: "share", Path: "宣传.xlsx", SHA256: "00", Received: o.at, Verdict: store.Accepted},
		Records: []store.Record{{
			ID: "p1", Form: "publicity", Unit: "cqj", Day: store.NewDate(2026, 6, 12), Cell: cell,
			Values: map[string]store.Value{
				"banners": {Kind: store.CountField, Number: 12},
				"day":     {Kind: store.DateField, Day: store.NewDate(2026, 6, 12)},
				"form":    {Kind: store.WordField, Text: "讲座"},
			},
		}, {
			ID: "f1", Form: "funds", Unit: "cqj", Cell: cell,
			Values: map[string]store.Value{"purpose": {Kind: store.CheckField, Number: 1}},
		}},
		Tallies: []store.Tally{
			{Form: "publicity", Unit: "cqj", Period: june, Indicator: "pub_banners", Value: 12, Rows: 1, Cell: cell},
			{Form: "publicity", Unit: "cqj", Period: june, By: "form", Word: "讲座", Value: 1, Rows: 1, Cell: cell},
		},
	}
	_, err = db.Apply(t.Context(), 1, r)
	must(t, err)
	must(t, db.Close())
	return o
}

func TestListRecords(t *testing.T) {
	t.Parallel()
	o := ledgerOffice(t)
	rows := o.list("records")
	if len(rows) != 2 {
		t.Fatalf("records: %v", rows)
	}
	for key, want := range map[string]any{
		"form": "publicity", "form_name": "宣传活动台账", "unit": "cqj", "unit_name": "长桥街道办事处", "day": "2026-06-12",
		"values": map[string]any{"banners": 12.0, "day": "2026-06-12", "form": "讲座"}, "workbook": "宣传.xlsx", "sheet": "活动", "cell": "B4", "known_to": nil,
	} {
		if got := rows[1][key]; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, want %v", key, got, want)
		}
	}
	if rows[0]["day"] != nil || fmt.Sprint(rows[0]["values"]) != "map[purpose:1]" {
		t.Errorf("a row without a day: %v", rows[0])
	}
	for _, c := range []struct {
		args string
		want int
	}{
		{"--form publicity", 1},
		{"--form 宣传活动台账", 1},

		{"--unit cqj", 2},
		{"--unit dhj", 0},
		{"--period 2026-06", 1},
		{"--period 2026-05", 0},
		{"--as-of 2026-07-01", 0},
	} {
		if rows := o.list(append([]string{"records"}, strings.Fields(c.args)...)...); len(rows) != c.want {
			t.Errorf("%s: %d rows, want %d", c.args, len(rows), c.want)
		}
	}
	if r := o.run("list", "records", "--form", "publicty"); r.status == 0 || !strings.Contains(r.err, "publicity") {
		t.Errorf("a form that there is not: exit %d, %s", r.status, r.err)
	}
	r := o.run("list", "records", "--form", "publicity")
	if !strings.Contains(r.out, "横幅") || !strings.Contains(r.out, "讲座") {
		t.Errorf("the table says %s", r.out)
	}
	if r = o.run("--lang", "en", "list", "records", "--form", "publicity"); !strings.Contains(r.out, "Publicity ledger") {
		t.Errorf("the table in English says %s", r.out)
	}
	if r = o.run("list", "records", "--form", "funds", "--csv"); !strings.Contains(r.out, `"{""purpose"":1}"`) {
		t.Errorf("the table for scripts says %s", r.out)
	}
}

func TestListTallies(t *testing.T) {
	t.Parallel()
	o := ledgerOffice(t)
	var got []string
	for _, row := range o.list("tallies", "--form", "publicity") {
		got = append(got, fmt.Sprint(row["unit"], row["period"], row["indicator"], row["by"], row["word"], row["value"], row["rows"], row["cell"]))
	}
	want := "cqj2026-06pub_banners<nil> <nil> 12 1B4 cqj2026-06<nil>form讲座1 1B4"
	if strings.Join(got, " ") != want {
		t.Errorf("tallies: %v", got)
	}
}

// TestDerivedFiguresHoldTheLedgersCounts: what a ledger counts is listed with
// what else is computed, told by its origin, and is nobody's own figure.
func TestRuling25DerivedFiguresHoldTheLedgersCounts(t *testing.T) {
	t.Parallel()
	o := ledgerOffice(t)
	rows := o.list("figures", "--derived", "--indicator", "pub_banners")
	if len(rows) != 1 || rows[0]["origin"] != "ledger" || rows[0]["value"] != 12.0 || rows[0]["workbook"] != "宣传.xlsx" || rows[0]["state"] != nil {
		t.Errorf("derived: %v", rows)
	}
	if rows = o.list("figures", "--indicator", "pub_banners"); len(rows) != 0 {
		t.Errorf("own figures: %v", rows)
	}
	for _, f := range o.list("figures", "--indicator", "case_criminal") {
		if f["origin"] != "report" {
			t.Errorf("a report's figure is from %v", f["origin"])
		}
	}
}

func TestOriginMustBeCounted(t *testing.T) {
	for _, c := range []struct{ code, origin, want string }{
		{"pub_events", "ledger", ""},
		{"prosecuted", "ledger", "config_uncounted"},
		{"pub_events", "guess", "config_"},
	} {
		text := "[district]\nname = \"云岭区\"\n[[indicator]]\ncode = \"" + c.code + "\"\norigin = \"" + c.origin + "\"\n"
		doc := newDocument()
		must(t, decode("x.toml", []byte(text), doc))
		cfg, err := judge("x.toml", doc, linesOf([]byte(text)), sampleNow())
		code := store.ErrorCode(err)
		if c.want == "" && err != nil || !strings.HasPrefix(code, c.want) {
			t.Errorf("%s from %s: %v", c.code, c.origin, err)
		}
		if err == nil {
			if ind, _ := cfg.Catalogue.ByCode(c.code); ind.Origin != store.FromLedger {
				t.Errorf("origin %s", ind.Origin)
			}
		}
	}
}
