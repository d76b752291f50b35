package store

import (
	_ "embed" // the usual requirements are part of the program
	"errors"
	"fmt"
	"strconv"
)

//go:embed requirements.csv
var requirementsCSV []byte

// Judge says by what a requirement is judged.
type Judge string

// The judges of requirements.
const (
	ByLedger    Judge = "ledger"    // a ledger is there, its columns are filled, its newest row is not too old
	ByReport    Judge = "report"    // the report of a form is in
	ByCheck     Judge = "check"     // an indicator says yes
	ByFigure    Judge = "figure"    // a figure keeps its bounds, or its target
	ByFunds     Judge = "funds"     // nothing was spent off purpose
	ByLeading   Judge = "leading"   // the roster names a post, a document, and a change that is not too old
	ByTasks     Judge = "tasks"     // no task of the strengthening is overdue
	ByRectified Judge = "rectified" // nothing that was to be rectified is overdue
	ByStock     Judge = "stock"     // what enterprises have in stock is what the system says
)

// Judges lists every judge, for settings and their messages.
var Judges = []Judge{ByLedger, ByReport, ByCheck, ByFigure, ByFunds, ByLeading, ByTasks, ByRectified, ByStock}

// Requirement is something that an inspection asks of units.
type Requirement struct {
	Code          string
	Strengthening int // 1..9
	Name          string
	English       string
	Kinds         []UnitKind // of whom it is asked
	By            Judge
	Of            string   // the form or the indicator that it is judged by
	Fields        []string // ledgers: columns that must be filled
	Days          int      // the newest row, or the last change, may be so old; 0: any age
	Least         Num      // figures: at least; ledgers: percent of the columns' cells
	Most          Num      // figures: at most
	Source        string   // the rule or document that asks for it
}

// Label returns the requirement's name in the language.
func (r Requirement) Label(l Lang) string { return l.Pick(r.Name, first(r.English, r.Name)) }

// Inspection is the day for which a district makes itself ready.
type Inspection struct {
	On      Date // zero: none is announced
	Name    string
	English string
}

// Label returns the inspection's name in the language.
func (i Inspection) Label(l Lang) string { return l.Pick(i.Name, first(i.English, i.Name)) }

// UsualRequirements returns what the embedded table asks where a district says
// nothing.
func UsualRequirements() ([]Requirement, error) {
	var out []Requirement
	err := eachRow(requirementsCSV, func(r row) error {
		q := Requirement{
			Code: r["code"], Name: r["name"], English: r["english"], By: Judge(r["by"]), Of: r["of"],
			Fields: r.list("fields"), Source: r["source"],
		}
		for _, k := range r.list("kinds") {
			q.Kinds = append(q.Kinds, UnitKind(k))
		}
		var errs [4]error
		q.Strengthening, errs[0] = strconv.Atoi(r["strengthening"])
		if r["days"] != "" {
			q.Days, errs[1] = strconv.Atoi(r["days"])
		}
		q.Least, errs[2] = numOf(r["least"])
		q.Most, errs[3] = numOf(r["most"])
		out = append(out, q)
		return errors.Join(errs[:]...)
	})
	if err != nil {
		return nil, fmt.Errorf("requirements: %w", err)
	}
	return out, nil
}

// numOf reads a number that may be left out.
func numOf(text string) (Num, error) {
	if text == "" {
		return Num{}, nil
	}
	v, err := strconv.ParseFloat(text, 64)
	return Num{V: v, OK: err == nil}, err
}
