package sheet

import "testing"

func TestFormatStyle(t *testing.T) {
	tests := map[string]style{
		"":                                {},
		"General":                         {},
		"G/通用格式":                          {},
		"GENERAL\"年\"":                    {},
		"0":                               {},
		"#,##0.00":                        {},
		"0.00E+00":                        {},
		"0.0e-0":                          {},
		"@":                               {},
		`"days"0`:                         {},
		`"open`:                           {},
		`0\d`:                             {},
		`0_m`:                             {},
		`*y0`:                             {},
		`0\年`:                             {},
		"[Red]0":                          {},
		"[DBNum1]0":                       {},
		"[>=100]0":                        {},
		"[open":                           {},
		"_ ¥* #,##0_ ":                    {},
		"0;[Red]yyyy":                     {},
		"0%":                              {percent: true},
		"0.00%":                           {percent: true},
		"[Green]0.0%":                     {percent: true},
		`0"%"`:                            {},
		`0\%`:                             {},
		"yyyy-mm-dd":                      {date: true},
		"YYYY/M/D":                        {date: true},
		`yyyy"年"m"月"d"日"`:                 {date: true},
		"yyyy年m月":                         {date: true},
		"[$-804]aaaa":                     {date: true},
		"aaa":                             {date: true},
		"[$-F800]dddd, mmmm dd, yyyy":     {date: true},
		"[h]:mm":                          {date: true},
		"[MM]":                            {date: true},
		"h:mm AM/PM":                      {date: true},
		"上午/下午h:mm":                       {date: true},
		"mm:ss.0":                         {date: true},
		"e-m":                             {date: true},
		"[DBNum1][$-804]yyyy年m月d日;@":      {date: true},
		`\d0\m`:                           {},
		`_(* #,##0_);_(* \(#,##0\);_(@_)`: {},
	}
	for code, want := range tests {
		if got := formatStyle(code); got != want {
			t.Errorf("%s: %+v", code, got)
		}
	}
}

func TestBuiltin(t *testing.T) {
	for id := range 200 {
		date := id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
		if got := builtin(id); got != (style{date: date, percent: id == 9 || id == 10}) {
			t.Errorf("%d: %+v", id, got)
		}
	}
}
