package words

import (
	"strconv"
	"strings"
)

// Recurs names how a task comes back, as store.Task writes it: monthly:25 is
// 每月25日. What it does not know stands as it is.
func (b *Book) Recurs(rule string) string {
	how, rest, _ := strings.Cut(rule, ":")
	nth, day, _ := strings.Cut(rest, ":")
	n, err := strconv.Atoi(rest)
	switch {
	case how == "weekly" && err == nil:
		return b.Say("recur.weekly", b.Say("weekday."+strconv.Itoa(n%7)))
	case how == "monthly" && nth == "workday":
		return b.Say("recur.workday", day)
	case how == "monthly" && nth == "last_workday":
		return b.Say("recur.lastworkday")
	case how == "monthly" && n == 31:
		return b.Say("recur.end")
	case how == "monthly" && err == nil:
		return b.Say("recur.day", n)
	case how == "quarterly" && rest != "":
		month, day, _ := strings.Cut(rest, "-")
		return b.Say("recur.quarterday", month, day)
	case how == "quarterly":
		return b.Say("recur.quarterly")
	case how == "half-yearly":
		return b.Say("recur.half")
	case how == "yearly":
		month, day, _ := strings.Cut(rest, "-")
		return b.Say("recur.yearly", month, day)
	default:
		return rule
	}
}

// Word names a word of a ledger's dictionary: those that the program goes by in the
// words of the screen, the others as they stand.
func (b *Book) Word(field, word string) string {
	if word == "?" {
		return b.Say("word.unread")
	}
	if field == "category" {
		field = "status" // of one dictionary
	}
	if text, ok := b.text["word."+field+"."+word]; ok {
		return text
	}
	return word
}
