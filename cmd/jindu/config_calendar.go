package main

import (
	"bytes"
	"os"
	"strings"

	"jindu/store"
)

// dueShift is the one way in which a due date on a day off may move.
const dueShift = "next_workday"

// calendar is the yearly arrangement of the holidays, with the district's own
// file laid over it.
func (j *judging) calendar() store.Calendar {
	var over [][]byte
	name := j.path(j.doc.Calendar.File)
	if name != "" {
		data, err := os.ReadFile(name)
		if err != nil {
			if j.err == nil {
				j.err = store.NewError("file_missing", err, name)
			}
			return store.Calendar{}
		}
		over = append(over, bytes.TrimPrefix(data, []byte("\ufeff")))
	}
	c, err := store.LoadCalendar(over...)
	if err != nil {
		j.fail("config_file", "calendar.file", name, lineIn(err))
	}
	return c
}

// lineIn is in which line of a table something is wrong; in English also what.
func lineIn(err error) string {
	english := plain(err.Error())
	_, rest, _ := strings.Cut(english, "line ")
	line, _, _ := strings.Cut(rest, ":")
	return store.Bilingual("第 "+line+" 行", english)
}
