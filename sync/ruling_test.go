package sync_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jindu/store"
	"jindu/sync"
)

// The tests of this file carry the number of the ruling that they hold to: those
// that take a file as bytes, or a history.

func TestRuling01ReadByContent(t *testing.T) {
	o := newOffice(t)
	o.put("六月.xls", report("城西派出所", 6, 4))
	o.put("六月.docx", "PK\x03\x04")
	o.put("六月.pdf", "%PDF-1.4 城西派出所")
	o.put("照片.png", "\x89PNG\r\n\x1a\n")
	p := o.pull()
	if p.Accepted != 1 || p.Refused != 3 || o.value("cxs", 6) != 4 {
		t.Errorf("%v, figure %v: what is a table is read, whatever its name", counts(p), o.value("cxs", 6))
	}
	if rules := o.rules(); !slices.Contains(rules, "wrong_extension") {
		t.Errorf("findings %v name no wrong extension", rules)
	}
}

func TestRuling02NotForUs(t *testing.T) {
	o := newOffice(t)
	for i, name := range []string{
		"~$6月.csv", ".~lock.6月.csv#", "6月.csv.tmp", "6月.csv.part", "6月.csv.partial", "6月.csv.crdownload", "Thumbs.db", ".6月.csv",
	} {
		o.put(name, report("城东派出所", 6, 90+i))
	}
	o.put("6月.csv", report("城西派出所", 6, 4))
	o.put("6月 - 副本.csv", report("滨江派出所", 6, 5))
	o.put("5月(1).csv", report("城西派出所", 5, 3))
	p := o.pull()
	if p.Listed != 3 || p.Accepted != 3 || o.value("cds", 6) != -1 || o.value("bjs", 6) != 5 || o.value("cxs", 5) != 3 {
		t.Errorf("%v: a copy is a file like any other, a lock is none", counts(p))
	}
}

func TestRuling03WhatHoldsSomethingCounts(t *testing.T) {
	read := func(text string) *store.Reading {
		return newOffice(t).understanding().Reader().Read(t.Context(), sync.File{Path: "a.csv", Data: []byte(text), Today: store.Date{Year: 2026, Month: 7, Day: 3}})
	}
	blank := strings.Repeat(",,,\r\n", 60000)
	if rd := read(report("城西派出所", 6, 4) + blank); rd.Workbook.Verdict != store.Accepted || len(rd.Statements) != 2 {
		t.Errorf("blank rows count: %s, %v", rd.Workbook.Verdict, rd.Findings)
	}
	if rd := read(report("城西派出所", 6, 4) + strings.Repeat("x,1\r\n", 20000)); rd.Workbook.Verdict != store.Rejected || rd.Findings[0].Rule != "too_many_rows" {
		t.Errorf("20,004 rows are %s, %v", rd.Workbook.Verdict, rd.Findings)
	}
}

// TestRuling05TwoFiles: equal figures are a duplicate, different ones a conflict in
// which neither wins, also at the first pull; the same path corrects.
func TestRuling05TwoFiles(t *testing.T) {
	o := newOffice(t)
	o.put("a.csv", report("城西派出所", 6, 4))
	o.put("b.csv", report("城西派出所", 6, 4))
	o.want("equal", o.pull(), [6]int{2, 2, 0, 2, 0, 0}, "duplicate")
	o.put("b.csv", report("城西派出所", 6, 9))
	if o.pull(); o.value("cxs", 6) != 4 || !slices.Contains(o.rules(), "conflict") {
		t.Errorf("figure %v, findings %v: the last agreed value stays", o.value("cxs", 6), o.rules())
	}
	o.put("a.csv", report("城西派出所", 6, 9))
	if o.pull(); o.value("cxs", 6) != 9 || slices.Contains(o.rules(), "conflict") {
		t.Errorf("figure %v, findings %v: both agree again", o.value("cxs", 6), o.rules())
	}
}

// TestRuling16Compared: 上月 and 去年同期 as printed are held against the mirror
// and never stored; a difference is told and changes nothing.
func TestRuling16Compared(t *testing.T) {
	o := newOffice(t)
	o.put("5月.csv", report("城西派出所", 5, 4))
	o.pull()
	june := "城西派出所2026年6月禁毒工作报表\n指标,本月,上月,去年同期\n破获毒品刑事案件,6,%d,9\n查处涉毒行政案件,13,13,9\n"
	o.put("6月.csv", fmt.Sprintf(june, 4))
	if o.pull(); len(o.rules()) != 0 {
		t.Errorf("what agrees is told: %v", o.rules())
	}
	o.put("6月.csv", fmt.Sprintf(june, 5))
	p := o.pull()
	if p.Accepted != 1 || o.value("cxs", 5) != 4 || o.value("cxs", 6) != 6 || !slices.Equal(o.rules(), []string{"compare_mismatch"}) {
		t.Errorf("%v, May is %v, June %v, findings %v", counts(p), o.value("cxs", 5), o.value("cxs", 6), o.rules())
	}
}
