package words_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"testing"

	"jindu/store"
	"jindu/tui/words"
)

func TestRecurs(t *testing.T) {
	zh, en := words.Of(store.Chinese), words.Of(store.English)
	for rule, want := range map[string][2]string{
		"weekly:5":             {"每周五", "every Fri"},
		"weekly:7":             {"每周日", "every Sun"},
		"monthly:25":           {"每月25日", "monthly on day 25"},
		"monthly:31":           {"每月底", "every end of month"},
		"monthly:workday:5":    {"每月第5个工作日", "on working day 5 of the month"},
		"monthly:last_workday": {"每月最后一个工作日", "on the last working day of the month"},
		"quarterly":            {"每季度末", "every quarter's end"},
		"quarterly:3-25":       {"每季度第3个月25日", "on day 25 of a quarter's month 3"},
		"half-yearly":          {"每半年末", "every half-year's end"},
		"yearly:06-30":         {"每年06月30日", "every year on 06-30"},
		"":                     {"", ""},
		"daily":                {"daily", "daily"},
	} {
		if got := [2]string{zh.Recurs(rule), en.Recurs(rule)}; got != want {
			t.Errorf("%s is %q, want %q", rule, got, want)
		}
	}
}

// The last of two lines with one key would silently win.
func TestNoKeyIsThereTwice(t *testing.T) {
	for _, name := range []string{"zh.csv", "en.csv"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, r := range rows {
			if seen[r[0]] {
				t.Errorf("%s: %s is there twice", name, r[0])
			}
			seen[r[0]] = true
		}
	}
}
